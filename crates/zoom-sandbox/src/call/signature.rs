//! Reading a Meeting SDK signature as Zoom would: HS256 over the SDK client secret, and what it may say.
//!
//! Written for itself, independent of any code that signs: two readings of Zoom's rules, so that a mistake in one is
//! caught by the other.

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Map, Value};
use sha2::Sha256;

use super::Refusal;

/// `exp` and `tokenExp` lie at least this many seconds after `iat` (Zoom's Meeting SDK authorisation page).
const SHORTEST_S: i64 = 1_800;
/// … and at most this many.
const LONGEST_S: i64 = 172_800;
/// How far a signer's clock may run ahead of ours, in seconds. Our choice; Zoom publishes none.
const SKEW_S: i64 = 60;

/// What a valid signature says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SdkClaims {
    /// The SDK client id it was signed for.
    pub app_key: String,
    /// As what the holder may join.
    pub role: SdkRole,
}

/// The `role` claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SdkRole {
    /// 0
    Participant,
    /// 1
    Host,
}

/// Verifies `signature` for joining meeting `number` at `now` (seconds since 1970); `secret_of` finds the SDK client
/// secret of a client id.
///
/// The checks run in the order form, key, HMAC, number, role, window, expiry; the first that fails is the answer.
pub fn verify(
    signature: &str,
    number: u64,
    now: i64,
    secret_of: &dyn Fn(&str) -> Option<String>,
) -> Result<SdkClaims, Refusal> {
    let token = Token::parse(signature)?;
    let app_key = token.claims.get("appKey").and_then(Value::as_str).ok_or(Refusal::UnknownApp)?;
    let secret = secret_of(app_key).ok_or(Refusal::UnknownApp)?;
    token.check_mac(secret.as_bytes())?;
    if integer(&token.claims, "mn") != i64::try_from(number).ok() {
        return Err(Refusal::SignatureInvalid("mn is not the meeting number that was given to join"));
    }
    let role = match integer(&token.claims, "role") {
        Some(0) => SdkRole::Participant,
        Some(1) => SdkRole::Host,
        _ => return Err(Refusal::UnknownRole),
    };
    check_window(&token.claims, now)?;
    Ok(SdkClaims { app_key: app_key.to_owned(), role })
}

fn check_window(claims: &Map<String, Value>, now: i64) -> Result<(), Refusal> {
    let iat = integer(claims, "iat").ok_or(Refusal::SignatureInvalid("iat is missing"))?;
    let exp = integer(claims, "exp").ok_or(Refusal::SignatureInvalid("exp is missing"))?;
    let token_exp = integer(claims, "tokenExp").unwrap_or(exp);
    if iat > now.saturating_add(SKEW_S) {
        return Err(Refusal::SignatureInvalid("iat lies in the future; check the signing server's clock"));
    }
    for end in [exp, token_exp] {
        let length = end.saturating_sub(iat);
        if length < SHORTEST_S {
            return Err(Refusal::SignatureInvalid("exp and tokenExp must lie at least 1,800 seconds after iat"));
        }
        if length > LONGEST_S {
            return Err(Refusal::SignatureInvalid("exp and tokenExp must lie at most 172,800 seconds after iat"));
        }
    }
    if now >= exp.min(token_exp) { Err(Refusal::SignatureExpired) } else { Ok(()) }
}

struct Token<'a> {
    signed: &'a str,
    mac: Vec<u8>,
    claims: Map<String, Value>,
}

impl<'a> Token<'a> {
    fn parse(text: &'a str) -> Result<Self, Refusal> {
        const FORM: Refusal = Refusal::SignatureInvalid("it is not three base64 parts joined by dots");
        let (signed, mac) = text.rsplit_once('.').ok_or(FORM)?;
        let (header, payload) = signed.split_once('.').ok_or(FORM)?;
        let header: Value = json(header).ok_or(FORM)?;
        if header.get("alg").and_then(Value::as_str) != Some("HS256") {
            return Err(Refusal::SignatureInvalid("alg is not HS256"));
        }
        let claims = json(payload).ok_or(FORM)?;
        Ok(Self { signed, mac: bytes(mac).ok_or(FORM)?, claims })
    }

    /// The strict reading first; then that of signers who take the HMAC over standard base64 and make the text URL safe
    /// afterwards, which Zoom is seen to accept.
    fn check_mac(&self, secret: &[u8]) -> Result<(), Refusal> {
        let as_signed = self.signed.replace('-', "+").replace('_', "/");
        if self.matches(secret, self.signed) || self.matches(secret, &as_signed) {
            Ok(())
        } else {
            Err(Refusal::SignatureInvalid("the HMAC does not fit the client secret"))
        }
    }

    fn matches(&self, secret: &[u8], text: &str) -> bool {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return false };
        mac.update(text.as_bytes());
        mac.verify_slice(&self.mac).is_ok()
    }
}

fn json<T: serde::de::DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&bytes(part)?).ok()
}

/// URL-safe base64 without padding, or else standard base64 with or without it.
fn bytes(part: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(part).ok().or_else(|| {
        let standard = part.trim_end_matches('=').replace('-', "+").replace('_', "/");
        STANDARD_NO_PAD.decode(standard).ok()
    })
}

/// A whole number, or digits in a string: Zoom's own sample signs `mn` as a string.
fn integer(claims: &Map<String, Value>, name: &str) -> Option<i64> {
    match claims.get(name)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
