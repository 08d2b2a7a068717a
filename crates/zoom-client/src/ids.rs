//! Zoom's identifiers, which cannot be written wrongly into an address.

use std::{fmt, str::FromStr};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Everything that RFC 3986 does not call unreserved.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text that is not the identifier it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a Zoom {what}")]
pub struct BadId {
    /// What was wanted: `meeting number`, `meeting UUID`, `user id`.
    pub what: &'static str,
    /// What was given, cut after 80 characters.
    pub text: String,
}

impl BadId {
    fn new(what: &'static str, text: &str) -> Self {
        Self { what, text: text.chars().take(80).collect() }
    }
}

/// One segment of a path, percent-encoded.
pub(crate) fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// The number of a meeting or webinar: 9 to 11 digits today, and growing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MeetingId(u64);

impl MeetingId {
    /// The number; Zoom's are positive and fit in an `i64`.
    pub fn new(number: u64) -> Result<Self, BadId> {
        let fits = number > 0 && i64::try_from(number).is_ok();
        fits.then_some(Self(number)).ok_or_else(|| BadId::new("meeting number", &number.to_string()))
    }

    /// The number.
    pub fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for MeetingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for MeetingId {
    type Err = BadId;

    /// Digits, also grouped as people write them (`812 3456 7890`, `812-3456-7890`).
    fn from_str(text: &str) -> Result<Self, BadId> {
        let digits: String = text.trim().chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.parse().ok().filter(|_| all_digits).ok_or_else(|| BadId::new("meeting number", text))?;
        Self::new(number)
    }
}

impl Serialize for MeetingId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.0)
    }
}

/// REST answers carry a number, some webhooks a text.
impl<'de> Deserialize<'de> for MeetingId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Number(u64),
            Text(String),
        }
        match Either::deserialize(deserializer)? {
            Either::Number(number) => Self::new(number).map_err(de::Error::custom),
            Either::Text(text) => text.parse().map_err(de::Error::custom),
        }
    }
}

/// The identifier of one sitting of a meeting or webinar: base64 of 16 bytes, which may hold slashes.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct MeetingUuid(Box<str>);

impl MeetingUuid {
    /// The text as Zoom writes it in answers and webhooks.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The segment that stands for it in a path. Zoom wants it encoded twice when it begins with `/` or holds `//`.
    pub fn path_segment(&self) -> String {
        let once = segment(&self.0);
        if self.0.starts_with('/') || self.0.contains("//") { segment(&once) } else { once }
    }
}

impl FromStr for MeetingUuid {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let ok = !text.is_empty()
            && text.len() <= 64
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=-_".contains(&byte));
        ok.then(|| Self(text.into())).ok_or_else(|| BadId::new("meeting UUID", text))
    }
}

impl<'de> Deserialize<'de> for MeetingUuid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl fmt::Display for MeetingUuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for MeetingUuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MeetingUuid({})", self.0)
    }
}

/// One sitting by its UUID, or the last one that is over by the number of its meeting or webinar.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum MeetingKey {
    /// The last sitting.
    Number(MeetingId),
    /// This sitting.
    Uuid(MeetingUuid),
}

impl MeetingKey {
    pub(crate) fn path_segment(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Uuid(uuid) => uuid.path_segment(),
        }
    }
}

impl From<MeetingId> for MeetingKey {
    fn from(number: MeetingId) -> Self {
        Self::Number(number)
    }
}

impl From<MeetingUuid> for MeetingKey {
    fn from(uuid: MeetingUuid) -> Self {
        Self::Uuid(uuid)
    }
}

impl From<&MeetingUuid> for MeetingKey {
    fn from(uuid: &MeetingUuid) -> Self {
        Self::Uuid(uuid.clone())
    }
}

impl fmt::Display for MeetingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Uuid(uuid) => uuid.fmt(f),
        }
    }
}

/// Whose meetings, whose token: a user as Zoom's paths name one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum UserId {
    /// The token's own user. With Server-to-Server OAuth that is the account's owner.
    Me,
    /// A user id.
    Id(UserKey),
    /// The e-mail address a user signs in with.
    Email(UserKey),
}

/// A user id or address that is safe to write into a path; made by [`UserId`]'s `parse`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UserKey(Box<str>);

impl UserKey {
    /// The id or address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl UserId {
    /// `me`, an id, or an address.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Me => "me",
            Self::Id(key) | Self::Email(key) => key.as_str(),
        }
    }

    pub(crate) fn path_segment(&self) -> String {
        segment(self.as_str())
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for UserId {
    type Err = BadId;

    /// `me`, an address (it holds an `@`), or an id.
    fn from_str(text: &str) -> Result<Self, BadId> {
        let dots = matches!(text, "." | "..");
        let odd = text.is_empty() || text.len() > 254 || text.chars().any(|c| c.is_control() || c.is_whitespace());
        if dots || odd {
            return Err(BadId::new("user id", text));
        }
        let key = UserKey(text.into());
        Ok(match text {
            "me" => Self::Me,
            _ if text.contains('@') => Self::Email(key),
            _ => Self::Id(key),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_uuid_is_encoded_twice_only_when_it_begins_with_a_slash_or_holds_two() {
        let path = |text: &str| text.parse::<MeetingUuid>().unwrap().path_segment();
        assert_eq!(path("4444AAAiAAAAAiAiAiiAii=="), "4444AAAiAAAAAiAiAiiAii%3D%3D");
        assert_eq!(path("/ajXp112QmuoKj4854875=="), "%252FajXp112QmuoKj4854875%253D%253D");
        assert_eq!(path("aj//p112Qmu+Kj4854875=="), "aj%252F%252Fp112Qmu%252BKj4854875%253D%253D");
        assert_eq!(path("aj/Xp112QmuoKj4854875=="), "aj%2FXp112QmuoKj4854875%3D%3D");
    }

    #[test]
    fn a_meeting_number_is_read_from_a_number_and_from_a_text() {
        let read = |json: &str| serde_json::from_str::<MeetingId>(json).map(MeetingId::get).ok();
        assert_eq!(read("85746065432"), Some(85_746_065_432));
        assert_eq!(read("\"85746065432\""), Some(85_746_065_432));
        assert_eq!(read("\"857 4606 5432\""), Some(85_746_065_432));
        for bad in ["0", "-1", "1.5", "\"\"", "\"8574x\"", "null", "18446744073709551615", "[1]", "\"+5\""] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_user_is_me_an_address_or_an_id_and_never_a_way_out_of_the_path() {
        assert_eq!("me".parse(), Ok(UserId::Me));
        assert!(matches!("jchill@example.com".parse(), Ok(UserId::Email(_))));
        assert!(matches!("30R7kT7bTIKSNUFEuH_Qlg".parse(), Ok(UserId::Id(_))));
        for bad in ["", ".", "..", "a b", "a\nb", "\u{0}"] {
            assert!(bad.parse::<UserId>().is_err(), "{bad:?}");
        }
        assert_eq!("a/../b@x".parse::<UserId>().unwrap().path_segment(), "a%2F..%2Fb%40x");
    }

    proptest! {
        #[test]
        fn every_uuid_survives_its_path(text in "[A-Za-z0-9+/]{22}==") {
            let segment = text.parse::<MeetingUuid>().unwrap().path_segment();
            prop_assert!(!segment.contains('/'));
            let once = percent_encoding::percent_decode_str(&segment).decode_utf8().unwrap().into_owned();
            let twice = percent_encoding::percent_decode_str(&once).decode_utf8().unwrap().into_owned();
            prop_assert!(once == text || twice == text);
            prop_assert_eq!(once != text, text.starts_with('/') || text.contains("//"));
        }

        #[test]
        fn any_text_is_an_id_or_refused_but_never_a_panic(text in "\\PC*") {
            let _ = (text.parse::<MeetingId>(), text.parse::<MeetingUuid>(), text.parse::<UserId>());
        }
    }
}
