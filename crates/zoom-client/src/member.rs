//! Members of answers, read as Zoom writes them: absent, `null`, empty, or a number where the documents promise a text.

use clock::Timestamp;
use jiff::civil::Date;
use secrecy::SecretString;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _},
};
use serde_json::Value;

use crate::{MeetingId, MeetingUuid, instant, null, secret};

/// What a member of an answer may be. An absent member is the type's default.
pub(crate) trait Member: Sized {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// For `#[serde(deserialize_with)]`.
pub(crate) fn read<'de, D: Deserializer<'de>, T: Member>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// Texts; a number is taken as its digits.
impl Member for Option<String> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Null => Ok(None),
            Value::String(text) => Ok(Some(text)),
            Value::Number(number) => Ok(Some(number.to_string())),
            _ => Err(D::Error::custom("a text is expected")),
        }
    }
}

impl Member for String {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<Self>::read(deserializer).map(Option::unwrap_or_default)
    }
}

/// Numbers and yes or no, which Zoom sometimes writes as texts; an empty text is nothing.
macro_rules! plain {
    ($($type:ty)+) => {$(
        impl Member for Option<$type> {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                match Value::deserialize(deserializer)? {
                    Value::Null => Ok(None),
                    Value::String(text) if text.is_empty() => Ok(None),
                    Value::String(text) => text.trim().parse().map(Some).map_err(D::Error::custom),
                    other => serde_json::from_value(other).map(Some).map_err(D::Error::custom),
                }
            }
        }

        impl Member for $type {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Option::<Self>::read(deserializer).map(Option::unwrap_or_default)
            }
        }
    )+};
}

plain! { bool u32 i32 u64 f64 }

impl Member for Option<Timestamp> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        instant::lenient(deserializer)
    }
}

impl Member for Option<Date> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        null::lenient(deserializer)
    }
}

impl Member for Option<SecretString> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        secret::read(deserializer)
    }
}

/// Zoom writes 0, an empty text or nothing where there is no meeting.
impl Member for Option<MeetingId> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        null::lenient(deserializer)
    }
}

impl Member for Option<MeetingUuid> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        null::lenient(deserializer)
    }
}

impl<T: DeserializeOwned> Member for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        null::default(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn value<T: Member>(value: Value) -> Option<T> {
        T::read(value).ok()
    }

    #[test]
    fn texts_numbers_and_instants_are_read_however_they_are_written() {
        assert_eq!(value::<String>(json!(7)), Some("7".into()));
        assert_eq!(value::<String>(json!(null)), Some(String::new()));
        assert_eq!(value::<String>(json!([1])), None);
        assert_eq!(value::<Option<u32>>(json!("60")), Some(Some(60)));
        assert_eq!(value::<Option<u32>>(json!("")), Some(None));
        assert_eq!(value::<u32>(json!("x")), None);
        assert_eq!(value::<bool>(json!("true")), Some(true));
        assert_eq!(value::<Option<Timestamp>>(json!("soon")), Some(None));
        assert_eq!(value::<Option<MeetingId>>(json!(0)), Some(None));
        assert_eq!(value::<Vec<u32>>(json!(null)), Some(vec![]));
    }
}
