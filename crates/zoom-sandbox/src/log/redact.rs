//! Hides secrets in what the log shows: by name in JSON, forms and queries, and inside addresses.

use serde_json::Value;

/// What stands in a secret's place.
const HIDDEN: &str = "••• hidden •••";

/// Members and parameters that are secret wherever they stand. Compared without case.
const SECRET: [&str; 23] = [
    "access_token",
    "assertion",
    "chat_join_url",
    "client_secret",
    "custom_header_value",
    "dynamic_host_key",
    "encrypted_passcode",
    "encrypted_password",
    "encryptedtoken",
    "h323_passcode",
    "h323_password",
    "host_key",
    "passcode",
    "password",
    "plaintoken",
    "pstn_password",
    "pwd",
    "refresh_token",
    "signature",
    "start_url",
    "tk",
    "token",
    "zak",
];

fn is_secret(name: &str) -> bool {
    SECRET.iter().any(|secret| name.eq_ignore_ascii_case(secret))
}

/// Parts of the names of headers whose values are secret.
const SECRET_HEADERS: [&str; 6] = ["auth", "cookie", "token", "secret", "key", "signature"];

/// A header as the log shows it; of a secret one the scheme at most.
pub(super) fn shown_header(name: &str, value: &[u8]) -> (String, String) {
    let value = String::from_utf8_lossy(value);
    let shown = match value.split_once(' ') {
        _ if !SECRET_HEADERS.iter().any(|part| name.contains(part)) => hide_in_text(&value),
        _ if name == "x-zm-signature" => format!("v0={HIDDEN}"),
        Some((scheme, _)) if name == "authorization" => format!("{scheme} {HIDDEN}"),
        _ => HIDDEN.to_owned(),
    };
    (name.to_owned(), shown)
}

/// Hides secrets at any depth.
pub(crate) fn hide_in_value(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                // An empty or absent secret tells nothing, and that it is empty explains much.
                let says_something = !matches!(member, Value::Null) && member.as_str() != Some("");
                if is_secret(name) && says_something {
                    *member = Value::from(HIDDEN);
                } else {
                    hide_in_value(member);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(hide_in_value),
        Value::String(text) if text.contains('?') => *text = hide_in_text(text),
        _ => {}
    }
}

/// Hides the values of secret parameters in the query of an address.
fn hide_in_text(address: &str) -> String {
    match address.split_once('?') {
        Some((before, query)) => format!("{before}?{}", shown_query(query)),
        None => address.to_owned(),
    }
}

/// A query string or form with the values of secret parameters hidden.
pub(crate) fn shown_query(query: &str) -> String {
    let hide = |pair: &str| match pair.split_once('=') {
        Some((name, value)) if is_secret(name) && !value.is_empty() => format!("{name}=•••"),
        _ => pair.to_owned(),
    };
    query.split('&').map(hide).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn headers_are_shown_but_for_those_that_let_somebody_in() {
        let shown = |name, value: &str| shown_header(name, value.as_bytes()).1;
        assert_eq!(shown("authorization", "Bearer abc"), format!("Bearer {HIDDEN}"));
        assert_eq!(shown("authorization", "abc"), HIDDEN);
        assert_eq!(shown("x-api-key", "abc def"), HIDDEN);
        assert_eq!(shown("accept", "*/*"), "*/*");
        assert_eq!(shown("referer", "http://x/?zak=abc"), "http://x/?zak=•••");
    }

    #[test]
    fn secrets_are_hidden_at_any_depth_and_inside_addresses() {
        let mut body = json!({
            "id": 81, "start_url": "http://x/s/81?zak=abc", "join_url": "http://x/j/81?pwd=abc&x=1",
            "list": [{"Password": "p4ss"}], "password": "", "settings": {"waiting_room": true},
        });
        hide_in_value(&mut body);
        let text = body.to_string();
        assert!(!text.contains("abc") && !text.contains("p4ss"), "{text}");
        assert_eq!(body["join_url"], "http://x/j/81?pwd=•••&x=1");
        assert_eq!(body["password"], "");
        assert_eq!(body["settings"]["waiting_room"], true);
    }
}
