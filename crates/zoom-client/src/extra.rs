//! What Zoom sends and we do not know yet, without its secrets.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// Fields of an answer that this crate has no name for. They never hold `start_url`, `zak`, `tk`, a host key or any
/// password, at any depth, nor an address that carries one in its query.
#[derive(Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Extra(Map<String, Value>);

impl Extra {
    /// The field called `name`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The names of the fields.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Names only: values may be personal.
impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut map = Map::deserialize(deserializer)?;
        clean_map(&mut map);
        Ok(Self(map))
    }
}

fn clean_map(map: &mut Map<String, Value>) {
    map.retain(|name, value| !is_secret_name(name) && clean(value));
}

/// Cleans `value` in place; false if nothing of it may stay.
fn clean(value: &mut Value) -> bool {
    match value {
        Value::Object(map) => clean_map(map),
        Value::Array(items) => items.retain_mut(clean),
        Value::String(text) => return !carries_secret(text),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    true
}

/// Whether a member of this name holds what opens something: `h323_password`, `encrypted_passcode`, `start_url`, `zak`,
/// `dynamic_host_key`, `download_token`, `stream_key` …
pub fn is_secret_name(name: &str) -> bool {
    let folded: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let holds = ["password", "passcode", "starturl", "hostkey", "streamkey", "token", "secret", "pwd"];
    let is = ["zak", "tk", "pin", "joinurl", "passwd"];
    holds.iter().any(|word| folded.contains(word)) || is.contains(&&*folded) || folded.ends_with("zak")
}

/// Whether a text looks like an address (or a part of one) with a secret in its query.
fn carries_secret(text: &str) -> bool {
    let folded = text.to_ascii_lowercase();
    let asked = |name: &str| {
        folded.match_indices(name).any(|(at, _)| {
            folded.get(..at).is_some_and(|before| before.is_empty() || before.ends_with(['?', '&', '#', ';']))
        })
    };
    ["zak=", "tk=", "pwd=", "passcode=", "password=", "token="].into_iter().any(asked)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_unknown_stays_and_what_is_secret_goes_at_any_depth() {
        let extra: Extra = serde_json::from_value(json!({
            "start_url": "https://zoom.us/s/1?zak=eyJ", "chat_join_url": "https://zoom.us/launch/jc/1",
            "creation_source": "open_api", "h323_password": "1", "encrypted_passcode": "2", "dynamic_host_key": "3",
            "odd": [{"zak": "4", "fine": 5, "tk": "6", "deep": {"start_url": "7", "Password": "8"}}],
            "link": "https://zoom.us/w/1?tk=eyJ&pwd=2", "Start-URL": "9", "links": ["https://x/?a=1&ZAK=z", "https://x/"],
        }))
        .unwrap();
        assert_eq!(
            serde_json::to_value(&extra).unwrap(),
            json!({
                "chat_join_url": "https://zoom.us/launch/jc/1", "creation_source": "open_api",
                "odd": [{"fine": 5, "deep": {}}], "links": ["https://x/"],
            })
        );
        assert_eq!(format!("{extra:?}"), r#"{"chat_join_url", "creation_source", "links", "odd"}"#);
    }

    proptest! {
        #[test]
        fn a_planted_secret_never_survives(depth in 0_usize..6, key in prop::sample::select(
            vec!["start_url", "zak", "tk", "password", "pstn_password", "passcode", "join_url", "host_key"])) {
            let mut value = json!({ key: "canary", "ok": 1 });
            for level in 0..depth {
                value = if level % 2 == 0 { json!({ "in": value }) } else { json!({ "list": [value, 2] }) };
            }
            let extra: Extra = serde_json::from_value(value).unwrap();
            prop_assert!(!serde_json::to_string(&extra).unwrap().contains("canary"));
        }
    }
}
