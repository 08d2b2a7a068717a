//! Bodies and headers in the log: kept as they were sent, which costs next to nothing, and shown with their secrets
//! hidden. Nothing but what is shown leaves these types.

use std::{borrow::Borrow, fmt};

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use bytes::Bytes;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::redact::{hide_in_value, shown_header, shown_query};

/// The heaviest body that is kept, in bytes of memory once it is read.
const HEAVIEST: usize = 512 * 1024;

/// The bytes that the headers of a message take as a rule.
const USUAL_HEAD: usize = 512;

/// What a member or an item takes beside its text, in bytes: its name's and its own place in the tree.
const PLACE: usize = 96;

/// The body of a request or an answer. What it serialises to is what may be shown: secrets are hidden.
#[derive(Clone)]
pub struct Body {
    held: Held,
    /// About the bytes that it takes once it is read; exact enough for a limit.
    weight: usize,
}

#[derive(Clone)]
enum Held {
    Json(Bytes),
    Form(Bytes),
    /// About so many bytes, too many to keep.
    Left(usize),
}

impl Body {
    /// A body that is JSON.
    pub(crate) fn json(bytes: Bytes) -> Self {
        let weight = bytes.len() + PLACE * places(&bytes);
        // What is too heavy is left out at once.
        if weight > HEAVIEST {
            return Self { held: Held::Left(weight), weight: 0 };
        }
        Self { held: Held::Json(bytes), weight }
    }

    /// What a client sent, unless that is nothing. JSON is told by looking, as many clients call it something else.
    pub(crate) fn sent(bytes: &Bytes, headers: &HeaderMap) -> Option<Self> {
        let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace())?;
        let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let is_form = kind.starts_with("application/x-www-form-urlencoded") && !matches!(first, b'{' | b'[');
        Some(match bytes.len() {
            weight if is_form && weight <= HEAVIEST => Self { held: Held::Form(bytes.clone()), weight },
            _ => Self::json(bytes.clone()),
        })
    }

    pub(super) fn weight(&self) -> usize {
        self.weight
    }

    /// What may be seen of it.
    pub fn shown(&self) -> Value {
        match &self.held {
            Held::Json(bytes) => match serde_json::from_slice(bytes) {
                Ok(mut value) => {
                    hide_in_value(&mut value);
                    value
                }
                Err(_) => unreadable(bytes),
            },
            Held::Form(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Value::from(shown_query(text)),
                Err(_) => unreadable(bytes),
            },
            Held::Left(weight) => Value::from(format!("About {} KiB, too much for the log.", weight / 1024)),
        }
    }
}

/// About how many members and items there are. Counted in short runs, whose numbers fit a byte: the compiler makes a few
/// wide instructions of that, and this is done for every call.
fn places(json: &[u8]) -> usize {
    let begins = |byte: &u8| u8::from(matches!(byte, b',' | b'{' | b'['));
    json.chunks(255).map(|run| usize::from(run.iter().map(begins).sum::<u8>())).sum()
}

/// What is neither JSON nor a form may hold anything, a secret too.
fn unreadable(bytes: &Bytes) -> Value {
    Value::from(format!("{} bytes that are not JSON", bytes.len()))
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shown().serialize(serializer)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shown().fmt(f)
    }
}

/// The headers of a request or an answer. They serialise to pairs of name and value with secrets hidden.
///
/// Kept as lines of one text: values share the bytes of everything that came with them, and would keep all that.
#[derive(Clone, Default)]
pub struct Headers(Box<[u8]>);

impl Headers {
    pub(super) fn weight(&self) -> usize {
        self.0.len()
    }

    /// What may be seen of them.
    pub fn shown(&self) -> Vec<(String, String)> {
        let lines = self.0.split(|byte| *byte == b'\n');
        let pairs = lines.filter_map(|line| {
            let (name, value) = line.split_at_checked(line.iter().position(|byte| *byte == b':')?)?;
            Some(shown_header(std::str::from_utf8(name).ok()?, value.strip_prefix(b":")?))
        });
        pairs.collect()
    }
}

impl<N: Borrow<HeaderName>, V: Borrow<HeaderValue>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut lines = Vec::with_capacity(USUAL_HEAD);
        for (name, value) in pairs {
            // No name has a colon, and no value a line's end.
            lines.extend_from_slice(name.borrow().as_str().as_bytes());
            lines.push(b':');
            lines.extend_from_slice(value.borrow().as_bytes());
            lines.push(b'\n');
        }
        Self(lines.into())
    }
}

impl Serialize for Headers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shown().serialize(serializer)
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shown().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn json_of(value: &Value) -> Body {
        Body::json(value.to_string().into())
    }

    #[test]
    fn small_bodies_are_kept_and_heavy_ones_become_a_sentence() {
        let small = json!({ "topic": "Choir", "settings": { "waiting_room": true } });
        assert_eq!(json_of(&small).shown(), small);
        // Two bytes each on the wire, sixteen times that in memory.
        assert!(places(&[b',', b'1'].repeat(1000)) == 1000);
        let zeros = json_of(&Value::from(vec![0; 100_000]));
        assert!(zeros.shown().as_str().is_some_and(|text| text.ends_with("too much for the log.")));
    }

    #[test]
    fn no_way_to_look_at_a_body_or_a_header_shows_a_secret() {
        let form = HeaderMap::from_iter([(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded; charset=utf-8"),
        )]);
        let bodies = [
            json_of(&json!({ "list": [{ "password": "p4ss" }] })),
            Body::sent(&Bytes::from_static(b"client_id=1&client_secret=p4ss"), &form).unwrap(),
            Body::sent(&Bytes::from_static(b" {\"passcode\": \"p4ss\"}"), &form).unwrap(),
            Body::sent(&Bytes::from_static(b"the password is p4ss"), &HeaderMap::new()).unwrap(),
            Body::sent(&Bytes::from_static(b"{\"password\": \"p4ss"), &HeaderMap::new()).unwrap(),
        ];
        for body in bodies {
            let seen = format!("{body:?} {}", serde_json::to_string(&body).unwrap());
            assert!(!seen.contains("p4ss"), "{seen}");
        }
        let headers = HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_static("Bearer p4ss"))]);
        let headers = Headers::from_iter(&headers);
        let seen = format!("{headers:?} {}", serde_json::to_string(&headers).unwrap());
        assert!(seen.contains("Bearer") && !seen.contains("p4ss"), "{seen}");
    }

    #[test]
    fn what_was_sent_is_shown_as_what_it_is() {
        let shown = |bytes: &'static [u8]| Body::sent(&Bytes::from_static(bytes), &HeaderMap::new());
        assert!(shown(b"").is_none(), "nothing was sent");
        assert_eq!(shown(b"[]").unwrap().shown(), json!([]));
        assert_eq!(shown(b"\xff\xfe").unwrap().shown(), "2 bytes that are not JSON");
    }
}
