//! How the server of a join page signs for the Meeting SDK: by Zoom's documentation, apart from the code under test.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use clock::Timestamp;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// A signature by `key` and `secret` for `number`, good for two hours.
pub(crate) fn sign(key: &str, secret: &str, number: i64, role: u8, now: Timestamp) -> String {
    let iat = now.as_second() - 30;
    let exp = iat + 7200;
    let claims = serde_json::json!({
        "appKey": key, "sdkKey": key, "mn": number.to_string(), "role": role, "iat": iat, "exp": exp, "tokenExp": exp,
    });
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let text = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}
