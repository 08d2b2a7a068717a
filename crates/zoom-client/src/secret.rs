//! Secrets on their way into a request body, and out of an answer.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes a secret into a request; the only place where one is turned into JSON.
#[expect(clippy::ref_option, reason = "the signature that serde wants")]
pub(crate) fn write<S: Serializer>(secret: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(ExposeSecret::expose_secret).serialize(serializer)
}

/// As [`write`], where there always is one.
pub(crate) fn write_one<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    secret.expose_secret().serialize(serializer)
}

/// Reads a secret; `null` and the empty text mean that there is none, a number is taken as its digits.
pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SecretString>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
        Number(u64),
    }
    let text = match Option::<Either>::deserialize(deserializer)? {
        Some(Either::Text(text)) => text,
        Some(Either::Number(number)) => number.to_string(),
        None => String::new(),
    };
    Ok((!text.is_empty()).then(|| text.into()))
}
