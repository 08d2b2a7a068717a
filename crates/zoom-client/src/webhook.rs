//! Zoom's webhooks: is this one Zoom's, what does it say, and the answer to an address check.
//!
//! ```
//! use zoom_client::webhook;
//!
//! let (secret, now) = ("secret token".to_owned().into(), "2026-12-01T17:00:00Z".parse()?);
//! let body = br#"{"event":"meeting.started","event_ts":1796144400000,"payload":{"account_id":"a","object":{"id":"85746065432"}}}"#;
//! // Nothing is read before the signature has been found good.
//! assert!(webhook::verify(&secret, "1796144400", "v0=00", body, now).is_err());
//! let notice = webhook::Notice::read(body).ok_or("not a webhook")?;
//! assert_eq!(notice.event, "meeting.started");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use clock::Timestamp;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::SignedDuration;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::Sha256;

use crate::{Extra, MeetingId, MeetingUuid, instant, null};

/// The header with the time of sending, in seconds since 1970.
pub const TIMESTAMP_HEADER: &str = "x-zm-request-timestamp";
/// The header with the signature.
pub const SIGNATURE_HEADER: &str = "x-zm-signature";

/// How old a webhook may be, or how far ahead its clock. Zoom names no window; this one is usual.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(5);

/// Why a webhook is not taken for Zoom's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotZoom {
    /// The time of sending is not a number of seconds.
    #[error("the webhook's timestamp is not a number of seconds")]
    Timestamp,
    /// It was sent more than five minutes ago, or its clock is more than five minutes ahead.
    #[error("the webhook is more than five minutes old, or from the future; is the clock right?")]
    Window,
    /// It was signed with another secret, or changed on its way.
    #[error("the webhook's signature does not fit the Secret Token")]
    Signature,
    /// There is no secret to check it with.
    #[error("no Secret Token is set, so no webhook can be verified")]
    NoSecret,
}

/// Whether a webhook comes from Zoom: `raw` must be the body's bytes as they came. Compares in constant time.
pub fn verify(
    secret: &SecretString,
    timestamp: &str,
    signature: &str,
    raw: &[u8],
    now: Timestamp,
) -> Result<(), NotZoom> {
    let digits = !timestamp.is_empty() && timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let sent = timestamp.parse().ok().filter(|_| digits).and_then(|seconds| Timestamp::from_second(seconds).ok());
    let sent = sent.ok_or(NotZoom::Timestamp)?;
    let mut expected = mac(secret)?;
    for part in [b"v0:", timestamp.as_bytes(), b":", raw] {
        expected.update(part);
    }
    let given = signature.strip_prefix("v0=").and_then(|text| hex::decode(text).ok()).ok_or(NotZoom::Signature)?;
    expected.verify_slice(&given).map_err(|_| NotZoom::Signature)?;
    // Last, so that only Zoom learns anything about this clock.
    if now.duration_since(sent).abs() > WINDOW { Err(NotZoom::Window) } else { Ok(()) }
}

/// The answer to `endpoint.url_validation`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Validation {
    /// The text Zoom sent.
    pub plain_token: String,
    /// The same, signed.
    pub encrypted_token: String,
}

/// The answer to an address check, to be sent as JSON with status 200 within three seconds; `None` if `raw` is no
/// address check. Verify it first, as any other webhook.
pub fn answer_validation(secret: &SecretString, raw: &[u8]) -> Option<Validation> {
    #[derive(Deserialize)]
    struct Check {
        event: String,
        payload: Payload,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Payload {
        plain_token: String,
    }
    let Check { event, payload: Payload { plain_token } } = serde_json::from_slice(raw).ok()?;
    if event != "endpoint.url_validation" {
        return None;
    }
    let mut mac = mac(secret).ok()?;
    mac.update(plain_token.as_bytes());
    Some(Validation { encrypted_token: hex::encode(mac.finalize().into_bytes()), plain_token })
}

fn mac(secret: &SecretString) -> Result<Hmac<Sha256>, NotZoom> {
    let secret = secret.expose_secret().as_bytes();
    if secret.is_empty() {
        return Err(NotZoom::NoSecret);
    }
    Hmac::<Sha256>::new_from_slice(secret).map_err(|_| NotZoom::NoSecret)
}

/// What a webhook says.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The event, such as `meeting.started`.
    pub event: String,
    /// When it happened. Webhooks come late, twice and out of order: apply them by this.
    pub at: Timestamp,
    /// The account it happened in.
    pub account_id: Option<String>,
    /// Who did it, for events that somebody caused: an address.
    pub operator: Option<String>,
    /// What it happened to.
    pub object: Subject,
}

/// The meeting, webinar or user that an event is about; which members there are depends on the event.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Subject {
    /// The number of a meeting or webinar (a number in some events, a text in others). A user's id, which stands in the
    /// same place, is none.
    #[serde(deserialize_with = "null::lenient")]
    pub id: Option<MeetingId>,
    /// The identifier of the sitting.
    #[serde(deserialize_with = "null::lenient")]
    pub uuid: Option<MeetingUuid>,
    /// The id of the host.
    pub host_id: Option<String>,
    /// What it is about.
    pub topic: Option<String>,
    /// Zoom's number for its kind.
    #[serde(rename = "type")]
    pub kind: Option<u32>,
    /// When it starts or started.
    #[serde(deserialize_with = "instant::lenient")]
    pub start_time: Option<Timestamp>,
    /// When it ended.
    #[serde(deserialize_with = "instant::lenient")]
    pub end_time: Option<Timestamp>,
    /// How long it is planned to last, in minutes.
    pub duration: Option<u32>,
    /// The zone it is shown in.
    pub timezone: Option<String>,
    /// The description.
    pub agenda: Option<String>,
    /// What Zoom sent besides.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Notice {
    /// Reads a webhook's body; `None` if it is not one. A member of an unexpected type is left out, not fatal.
    pub fn read(raw: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Envelope {
            event: String,
            event_ts: i64,
            #[serde(default)]
            payload: Payload,
        }
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Payload {
            account_id: Option<String>,
            operator: Option<String>,
            object: Value,
        }
        let Envelope { event, event_ts, payload } = serde_json::from_slice(raw).ok()?;
        let at = Timestamp::from_millisecond(event_ts).ok()?;
        let Payload { account_id, operator, object } = payload;
        Some(Self { event, at, account_id, operator, object: subject(object) })
    }
}

/// Reads as much of an object as can be read: where the whole fails, the two members that matter most.
fn subject(object: Value) -> Subject {
    let (id, uuid) = (object.get("id").cloned(), object.get("uuid").cloned());
    serde_json::from_value(object).unwrap_or_else(|_| Subject {
        id: id.and_then(|id| serde_json::from_value(id).ok()),
        uuid: uuid.and_then(|uuid| serde_json::from_value(uuid).ok()),
        ..Subject::default()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn secret() -> SecretString {
        "canary webhook secret".to_owned().into()
    }

    fn signed(seconds: &str, raw: &[u8]) -> String {
        let mut mac = mac(&secret()).unwrap();
        mac.update(format!("v0:{seconds}:").as_bytes());
        mac.update(raw);
        format!("v0={}", hex::encode(mac.finalize().into_bytes()))
    }

    #[test]
    fn the_signature_is_the_one_that_another_implementation_computes() {
        // Computed with Python's hmac over `v0:1739923528:{"event":"x"}`.
        assert_eq!(
            signed("1739923528", br#"{"event":"x"}"#),
            "v0=eba44db91954c170dde8eb073fb1b95583166ccdf7ebe1a07d97d2d69cc0b6ab"
        );
        let now = at("2025-02-19T00:05:28Z");
        assert_eq!(
            verify(
                &secret(),
                "1739923528",
                "v0=eba44db91954c170dde8eb073fb1b95583166ccdf7ebe1a07d97d2d69cc0b6ab",
                br#"{"event":"x"}"#,
                now
            ),
            Ok(())
        );
    }

    #[test]
    fn only_what_zoom_signed_in_the_last_five_minutes_is_zooms() {
        let (seconds, raw) = ("1796144400", br#"{"event":"meeting.started"}"#.as_slice());
        let check = |seconds, signature: &str, raw, now| verify(&secret(), seconds, signature, raw, at(now));
        let good = signed(seconds, raw);
        assert_eq!(check(seconds, &good, raw, "2026-12-01T17:05:00Z"), Ok(()));
        assert_eq!(check(seconds, &good, raw, "2026-12-01T17:05:01Z"), Err(NotZoom::Window));
        assert_eq!(check(seconds, &good, raw, "2026-12-01T16:54:59Z"), Err(NotZoom::Window));
        let now = "2026-12-01T17:00:00Z";
        assert_eq!(check(seconds, &good, br#"{"event": "meeting.started"}"#, now), Err(NotZoom::Signature));
        assert_eq!(check("1796144401", &good, raw, now), Err(NotZoom::Signature));
        for bad in ["", "v0=", "v0=zz", "v1=00", good.strip_prefix("v0=").unwrap(), &good[..good.len() - 2]] {
            assert_eq!(check(seconds, bad, raw, now), Err(NotZoom::Signature), "{bad}");
        }
        for bad in ["", "now", "-1796144400", "+1796144400", "1796144400.0", "99999999999999999999"] {
            assert_eq!(check(bad, &good, raw, now), Err(NotZoom::Timestamp), "{bad}");
        }
        assert_eq!(verify(&String::new().into(), seconds, &good, raw, at(now)), Err(NotZoom::NoSecret));
    }

    #[test]
    fn an_address_check_is_answered_and_nothing_else_is() {
        let raw = br#"{"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},"event_ts":1654503849680,"event":"endpoint.url_validation"}"#;
        let answer = answer_validation(&secret(), raw).unwrap();
        assert_eq!(
            serde_json::to_string(&answer).unwrap(),
            r#"{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"6b8ffb2b9d833991194a02b925a803f269597a2510756a2a459cccec04651885"}"#
        );
        assert_eq!(answer_validation(&secret(), br#"{"event":"meeting.started","payload":{"plainToken":"x"}}"#), None);
        assert_eq!(answer_validation(&secret(), b"{"), None);
    }

    #[test]
    fn numbers_come_as_numbers_and_as_texts_and_users_have_neither() {
        let read = |object: &str| {
            let raw = format!(
                r#"{{"event":"e","event_ts":1626230691572,"payload":{{"account_id":"AAA","object":{object}}}}}"#
            );
            Notice::read(raw.as_bytes()).unwrap()
        };
        let started = read(
            r#"{"id":"85746065432","uuid":"/ajXp112QmuoKj4854875==","host_id":"x","duration":60,"start_time":"2021-07-13T21:44:51Z"}"#,
        );
        assert_eq!(started.at, at("2021-07-14T02:44:51.572Z"));
        assert_eq!(started.object.id, MeetingId::new(85_746_065_432).ok());
        assert_eq!(started.object.uuid.unwrap().as_str(), "/ajXp112QmuoKj4854875==");
        assert_eq!(read(r#"{"id":85746065432}"#).object.id, MeetingId::new(85_746_065_432).ok());
        assert_eq!(read(r#"{"id":"z8dsdsdsdsdCfp8uQ","email":"a@b"}"#).object.id, None);
        assert_eq!(read(r#"{"id":1,"duration":"long","topic":"t"}"#).object.id, MeetingId::new(1).ok());
        let created =
            read(r#"{"id":1,"join_url":"https://zoom.us/j/1?pwd=canary","password":"canary","zak":"canary"}"#);
        assert!(!serde_json::to_string(&created.object.extra).unwrap().contains("canary"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_webhook_or_not_but_never_a_panic(raw in prop::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,40}") {
            let now = Timestamp::UNIX_EPOCH;
            prop_assert!(verify(&secret(), &text, &text, &raw, now).is_err());
            let _ = (Notice::read(&raw), answer_validation(&secret(), &raw));
        }
    }
}
