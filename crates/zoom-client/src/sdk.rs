//! The Meeting SDK's signature: what the browser needs to join, signed with the SDK's secret, and looked over before
//! it is handed out.
//!
//! ```
//! use zoom_client::{MeetingId, sdk::{self, Key, Role}};
//!
//! let key = Key::new("sdk client id", "sdk client secret");
//! let (number, now) = (MeetingId::new(85_746_065_432)?, "2026-12-01T17:00:00Z".parse()?);
//! let signature = sdk::sign(&key, number, Role::Attendee, now)?;
//! let claims = sdk::inspect(&signature, &key, now)?;
//! assert_eq!((claims.mn, claims.role), (number, Role::Attendee));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use clock::Timestamp;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::SignedDuration;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::MeetingId;

/// The least and the most a signature may last.
pub const LASTS: std::ops::RangeInclusive<SignedDuration> =
    SignedDuration::from_mins(30)..=SignedDuration::from_hours(48);

/// How far back a signature is dated, so that a clock slightly ahead of Zoom's does no harm.
const BACKDATED: SignedDuration = SignedDuration::from_secs(30);

/// What most signatures last: two hours.
const USUAL: SignedDuration = SignedDuration::from_hours(2);

/// The client id and secret of the app with the Meeting SDK.
#[derive(Clone, Debug)]
pub struct Key {
    /// The client id, public.
    pub client_id: String,
    /// The client secret.
    pub client_secret: SecretString,
}

impl Key {
    /// The two texts of the app's page. Blanks around them, as copying brings along, are dropped.
    pub fn new(client_id: &str, client_secret: &str) -> Self {
        Self { client_id: client_id.trim().to_owned(), client_secret: client_secret.trim().to_owned().into() }
    }
}

/// As what somebody joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Role {
    /// A participant, or a webinar's attendee.
    Attendee,
    /// The host, who needs a ZAK as well.
    Host,
}

impl From<Role> for u8 {
    fn from(role: Role) -> Self {
        match role {
            Role::Attendee => 0,
            Role::Host => 1,
        }
    }
}

impl TryFrom<u8> for Role {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            0 => Ok(Self::Attendee),
            1 => Ok(Self::Host),
            _ => Err("a role is 0 or 1"),
        }
    }
}

/// What a signature says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The client id; the Web SDK wants it under this name since 5.0.0.
    #[serde(rename = "appKey")]
    pub app_key: String,
    /// The client id under its old name, which Zoom's own sample still sends.
    #[serde(rename = "sdkKey", default, skip_serializing_if = "Option::is_none")]
    pub sdk_key: Option<String>,
    /// The number of the meeting or webinar, signed as text.
    #[serde(serialize_with = "as_text")]
    pub mn: MeetingId,
    /// As what.
    pub role: Role,
    /// From when, in seconds since 1970.
    pub iat: i64,
    /// Until when.
    pub exp: i64,
    /// The same again, as Zoom wants it.
    #[serde(rename = "tokenExp")]
    pub token_exp: i64,
    /// Whether the SDK uses WebRTC for video (web only): 0 or 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_webrtc_mode: Option<u8>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde wants")]
fn as_text<S: serde::Serializer>(number: &MeetingId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(number)
}

impl Claims {
    /// That `key`'s app lets somebody into `number` as `role`, for two hours from `now`.
    pub fn new(key: &Key, number: MeetingId, role: Role, now: Timestamp) -> Self {
        let (app_key, sdk_key) = (key.client_id.clone(), Some(key.client_id.clone()));
        let iat = now.as_second().saturating_sub(BACKDATED.as_secs());
        let exp = iat.saturating_add(USUAL.as_secs());
        Self { app_key, sdk_key, mn: number, role, iat, exp, token_exp: exp, video_webrtc_mode: None }
    }

    /// For another time than two hours: [`LASTS`] are Zoom's bounds.
    #[must_use]
    pub fn lasting(self, lasts: SignedDuration) -> Self {
        let exp = self.iat.saturating_add(lasts.as_secs());
        Self { exp, token_exp: exp, ..self }
    }

    /// With WebRTC for video, or without.
    #[must_use]
    pub fn video_webrtc_mode(self, on: bool) -> Self {
        Self { video_webrtc_mode: Some(on.into()), ..self }
    }

    /// The signature, after [`inspect`] has found nothing wrong with it.
    pub fn sign(&self, key: &Key, now: Timestamp) -> Result<SecretString, SignatureProblem> {
        let claims = serde_json::to_vec(self).map_err(|_| SignatureProblem::Malformed)?;
        let (header, claims) = (URL_SAFE_NO_PAD.encode(HEADER), URL_SAFE_NO_PAD.encode(claims));
        let signed = format!("{header}.{claims}");
        let mac = mac(key, &signed)?.finalize().into_bytes();
        let signature = SecretString::from(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac)));
        inspect(&signature, key, now).map(|_| signature)
    }
}

const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

/// Why Zoom would not take a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureProblem {
    /// It is not three parts of base64url with JSON in them.
    #[error("the Meeting SDK signature is malformed")]
    Malformed,
    /// It was signed with another secret.
    #[error("the Meeting SDK signature does not fit the Meeting SDK Client Secret")]
    WrongSecret,
    /// It names another app.
    #[error("the Meeting SDK signature names another Client ID")]
    WrongKey,
    /// It lasts less than 30 minutes or more than 48 hours.
    #[error("the Meeting SDK signature lasts less than 30 minutes or more than 48 hours")]
    Lasts,
    /// It is not good yet: a clock is wrong.
    #[error("the Meeting SDK signature is not good yet; is the clock right?")]
    NotYet,
    /// It is good no longer.
    #[error("the Meeting SDK signature has run out")]
    Over,
    /// Client id or secret are empty.
    #[error("the Meeting SDK Client ID or Client Secret is empty")]
    NoKey,
}

/// The signature that lets somebody into `number` as `role`, good for two hours. [`Claims`] has more to choose.
pub fn sign(key: &Key, number: MeetingId, role: Role, now: Timestamp) -> Result<SecretString, SignatureProblem> {
    Claims::new(key, number, role, now).sign(key, now)
}

/// What a signature says, if Zoom would take it now: the checks of Zoom's documents, in their order of likelihood.
pub fn inspect(signature: &SecretString, key: &Key, now: Timestamp) -> Result<Claims, SignatureProblem> {
    use SignatureProblem::{Lasts, Malformed, NotYet, Over, WrongKey, WrongSecret};
    let (signed, mac_text) = signature.expose_secret().rsplit_once('.').ok_or(Malformed)?;
    let (header, claims) = signed.split_once('.').ok_or(Malformed)?;
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| Malformed);
    mac(key, signed)?.verify_slice(&decode(mac_text)?).map_err(|_| WrongSecret)?;
    let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| Malformed)?;
    if (&*header.alg, &*header.typ) != ("HS256", "JWT") {
        return Err(Malformed);
    }
    let claims: Claims = serde_json::from_slice(&decode(claims)?).map_err(|_| Malformed)?;
    let lasts = |until: i64| LASTS.contains(&SignedDuration::from_secs(until.saturating_sub(claims.iat)));
    if claims.app_key != key.client_id {
        Err(WrongKey)
    } else if !lasts(claims.exp) || !lasts(claims.token_exp) {
        Err(Lasts)
    } else if claims.iat > now.as_second() {
        Err(NotYet)
    } else if claims.exp.min(claims.token_exp) <= now.as_second() {
        Err(Over)
    } else {
        Ok(claims)
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    typ: String,
}

fn mac(key: &Key, signed: &str) -> Result<Hmac<Sha256>, SignatureProblem> {
    let secret = key.client_secret.expose_secret();
    if secret.is_empty() || key.client_id.is_empty() {
        return Err(SignatureProblem::NoKey);
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|_| SignatureProblem::NoKey)?;
    mac.update(signed.as_bytes());
    Ok(mac)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key() -> Key {
        Key::new("abc123", "the secret ")
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn number() -> MeetingId {
        MeetingId::new(85_746_065_432).unwrap()
    }

    #[test]
    fn a_signature_is_the_one_that_another_implementation_computes() {
        // Computed with Python's hmac and base64 over the same header and claims.
        let signature = sign(&key(), number(), Role::Host, at("2026-12-01T17:00:30Z")).unwrap();
        assert_eq!(
            signature.expose_secret(),
            concat!(
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.",
                "eyJhcHBLZXkiOiJhYmMxMjMiLCJzZGtLZXkiOiJhYmMxMjMiLCJtbiI6Ijg1NzQ2MDY1NDMyIiwicm9sZSI6MSwiaWF0IjoxNzk2MTQ0NDAwLCJleHAiOjE3OTYxNTE2MDAsInRva2VuRXhwIjoxNzk2MTUxNjAwfQ.",
                "9AJCdPOEfqNZztQpdkz-dpnOLwRob9O63EuWni-bxRA"
            )
        );
    }

    #[test]
    fn each_thing_that_zoom_would_refuse_is_named() {
        let now = at("2026-12-01T17:00:00Z");
        let claims = Claims::new(&key(), number(), Role::Attendee, now);
        let refused = |claims: Claims, now| claims.sign(&key(), now).unwrap_err();
        let (minutes, hours) = (SignedDuration::from_mins, SignedDuration::from_hours);
        assert_eq!(refused(claims.clone().lasting(minutes(29)), now), SignatureProblem::Lasts);
        assert_eq!(refused(claims.clone().lasting(hours(49)), now), SignatureProblem::Lasts);
        assert_eq!(refused(claims.clone(), at("2026-12-01T19:00:00Z")), SignatureProblem::Over);
        assert_eq!(refused(claims.clone(), at("2026-12-01T16:59:00Z")), SignatureProblem::NotYet);
        assert_eq!(refused(Claims { app_key: "other".into(), ..claims.clone() }, now), SignatureProblem::WrongKey);
        let good = claims.clone().lasting(hours(48)).video_webrtc_mode(true).sign(&key(), now).unwrap();
        assert_eq!(inspect(&good, &key(), now).unwrap().video_webrtc_mode, Some(1));
        assert_eq!(inspect(&good, &Key::new("abc123", "another"), now), Err(SignatureProblem::WrongSecret));
        assert_eq!(inspect(&good, &Key::new("abc123", ""), now), Err(SignatureProblem::NoKey));
        for broken in ["", "a.b", "a.b.c.d", "..", "eyJ.eyJ.!!"] {
            let problem = inspect(&broken.to_owned().into(), &key(), now).unwrap_err();
            assert!(matches!(problem, SignatureProblem::Malformed | SignatureProblem::WrongSecret), "{broken}");
        }
    }

    proptest! {
        #[test]
        fn what_is_signed_is_read_back_and_has_no_padding(
            number in 1_u64..=99_999_999_999, host in any::<bool>(), second in 0_i64..4_000_000_000,
            id in "[A-Za-z0-9_-]{1,30}", secret in "[!-~]{1,40}",
        ) {
            let (key, number) = (Key::new(&id, &secret), MeetingId::new(number).unwrap());
            let (role, now) = (if host { Role::Host } else { Role::Attendee }, Timestamp::from_second(second).unwrap());
            let signature = sign(&key, number, role, now).unwrap();
            prop_assert!(!signature.expose_secret().contains(['=', '+', '/']));
            let claims = inspect(&signature, &key, now).unwrap();
            prop_assert_eq!((claims.mn, claims.role), (number, role));
            let mut bent = signature.expose_secret().to_owned();
            let last = if bent.ends_with('A') { 'Q' } else { 'A' };
            bent.pop();
            bent.push(last);
            prop_assert!(inspect(&bent.into(), &key, now).is_err());
        }
    }
}
