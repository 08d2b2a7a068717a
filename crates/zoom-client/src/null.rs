//! Members that Zoom writes as `null`, or badly, where its documents promise a value.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The value, or the type's default where Zoom wrote `null`.
pub(crate) fn default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// The value, or nothing where it cannot be read: for members that must not hide the rest of an answer.
pub(crate) fn lenient<'de, D: Deserializer<'de>, T: for<'any> Deserialize<'any>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(deserializer)?).ok())
}
