//! `custom_header` of a subscription: what the API refuses, reads and shows of it.

use serde_json::{Map, Value, json};

use super::super::Raw;
use crate::{answer::Refusal, world::CustomHeader};

/// Header names that a subscription must not take: they are Zoom's or HTTP's.
const RESERVED: [&str; 6] = ["authorization", "clientid", "content-length", "content-type", "host", "user-agent"];

/// A text that is required, and how it must be.
struct Rule {
    name: &'static str,
    /// The beginning of what is said where it is missing; empty for a text that may be.
    missing: &'static str,
    longest: usize,
    too_long: &'static str,
}

const fn rule(name: &'static str, missing: &'static str, longest: usize, too_long: &'static str) -> Rule {
    Rule { name, missing, longest, too_long }
}

const BASIC: [Rule; 2] = [
    rule("username", "The username is required", 256, "The length of username"),
    rule("password", "The password is required", 256, "The length of password"),
];
const OAUTH: [Rule; 5] = [
    rule("client_id", "The client id is required", 256, "The length of client id"),
    rule("client_secret", "The client secret is required", 256, "The length of client secret"),
    rule("token_url", "The token url is required", 1000, "The length of token url"),
    rule("scope", "", 255, "The length of scope"),
    rule("state", "", 255, "The length of state"),
];
const OWN: [Rule; 2] = [
    rule("custom_header_key", "The custom header key is required", 256, "The length of header key"),
    rule("custom_header_value", "The custom header value is required", 256, "The length of header value"),
];

/// What the operation says of a header it will not take.
pub(super) fn check(raw: &Raw<'_>) -> Result<(), Refusal> {
    let Some(Value::Object(header)) = raw.body.get("custom_header") else { return Ok(()) };
    let rules: &[Rule] = match header.get("custom_header_type").and_then(Value::as_i64) {
        Some(1) => &BASIC,
        Some(2) => &OAUTH,
        Some(3) => &OWN,
        Some(0) | None => &[],
        Some(other) => return Err(raw.refused("The custom header type validate failed", &other.to_string())),
    };
    for rule in rules {
        let value = text(header, rule.name);
        if value.is_empty() && !rule.missing.is_empty() {
            return Err(raw.refused(rule.missing, ""));
        }
        if value.chars().count() > rule.longest {
            return Err(raw.refused(rule.too_long, ""));
        }
        if value.contains(['\n', '\r']) {
            return Err(raw.refused("The input value can't contain line feed", ""));
        }
    }
    if let Some(other) = header.get("client_authentication").and_then(Value::as_str)
        && !matches!(other, "header" | "body")
    {
        return Err(raw.refused("Client authentication must be", ""));
    }
    let key = text(header, "custom_header_key");
    if key.contains(' ') {
        return Err(raw.refused("The input value can't contain space", ""));
    }
    if !key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Err(raw.refused("The custom header key can only contain", ""));
    }
    let key = key.to_ascii_lowercase();
    if RESERVED.contains(&key.as_str()) || key.starts_with("x-zm-") {
        return Err(raw.refused("The custom header key is reserved", ""));
    }
    // Beyond ASCII a header cannot be sent.
    if !text(header, "custom_header_value").bytes().all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte)) {
        return Err(Refusal::field("custom_header.custom_header_value"));
    }
    Ok(())
}

/// The header of a body that has passed.
pub(super) fn read(body: &Map<String, Value>) -> CustomHeader {
    let Some(Value::Object(header)) = body.get("custom_header") else { return CustomHeader::None };
    let text = |name: &str| text(header, name).to_owned();
    match header.get("custom_header_type").and_then(Value::as_i64) {
        Some(1) => CustomHeader::Basic { username: text("username"), password: text("password") },
        Some(2) => CustomHeader::OAuth {
            client_id: text("client_id"),
            client_secret: text("client_secret"),
            token_url: text("token_url"),
            scope: text("scope"),
            state: text("state"),
            in_body: text("client_authentication") == "body",
        },
        Some(3) => CustomHeader::Own { key: text("custom_header_key"), value: text("custom_header_value") },
        _ => CustomHeader::None,
    }
}

/// The header as the list shows it.
pub(super) fn shown(header: &CustomHeader) -> Value {
    match header {
        CustomHeader::None => json!({ "custom_header_type": 0 }),
        CustomHeader::Basic { username, password } => {
            json!({ "custom_header_type": 1, "username": username, "password": password })
        }
        CustomHeader::OAuth { client_id, client_secret, token_url, scope, state, in_body } => json!({
            "custom_header_type": 2,
            "client_id": client_id,
            "client_secret": client_secret,
            "token_url": token_url,
            "scope": scope,
            "state": state,
            "client_authentication": if *in_body { "body" } else { "header" },
        }),
        CustomHeader::Own { key, value } => {
            json!({ "custom_header_type": 3, "custom_header_key": key, "custom_header_value": value })
        }
    }
}

fn text<'a>(header: &'a Map<String, Value>, name: &str) -> &'a str {
    header.get(name).and_then(Value::as_str).unwrap_or_default()
}
