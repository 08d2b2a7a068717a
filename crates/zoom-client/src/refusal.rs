//! What the API says when it refuses: `{"code":…,"message":"…","errors":[…]}` and its relatives.

use clock::Timestamp;
use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::{Call, Error, Found, InvalidField, Place, answer::look, limit};

/// A refusal in Zoom's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: u32,
    pub(crate) message: String,
    pub(crate) fields: Vec<InvalidField>,
}

/// Reads a refusal from a body; `None` if the body is none. Takes the token server's shape (`reason`, `error`) too.
pub(crate) fn parse(body: &[u8]) -> Option<Refusal> {
    let Value::Object(body) = serde_json::from_slice(body).ok()? else { return None };
    let code = body.get("code").and_then(number);
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let message = text("message").or_else(|| text("reason")).or_else(|| text("errorMessage")).or_else(|| text("error"));
    if code.is_none() && message.is_none() {
        return None;
    }
    let errors = body.get("errors").and_then(Value::as_array).into_iter().flatten();
    let field = |error: &Value| {
        let text = |name: &str| error.get(name).and_then(Value::as_str).map(shorten);
        Some(InvalidField { field: text("field")?, message: text("message").unwrap_or_default() })
    };
    let fields = errors.filter_map(field).take(50).collect();
    Some(Refusal { code: code.unwrap_or_default(), message: message.map(shorten).unwrap_or_default(), fields })
}

/// Codes come as numbers; some gateways send them as text.
fn number(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|code| code.try_into().ok()).or_else(|| value.as_str()?.parse().ok())
}

/// A message that can be shown: one line, at most 300 characters.
pub(crate) fn shorten(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect();
    line.trim().to_owned()
}

/// The error that a status other than success stands for.
pub(crate) fn error(call: &'static Call, status: u16, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Error {
    let operation = call.id;
    let refusal = parse(body);
    if status == 429 {
        return limit::of(operation, headers, &refusal.unwrap_or_default().message, now);
    }
    if status == 408 || status >= 500 {
        return Error::Unavailable { place: Place::Api, operation, status };
    }
    if let Some(refusal) = refusal {
        return of_code(call, status, headers, refusal, now);
    }
    let found = if (300..400).contains(&status) { Found::Redirect } else { look(body) };
    Error::Unreadable { place: Place::Api, operation, status, found, field: None }
}

/// The error that a refusal stands for. Status and code disagree in Zoom's own documents; the code is more precise.
pub(crate) fn of_code(
    call: &'static Call,
    status: u16,
    headers: &HeaderMap,
    refusal: Refusal,
    now: Timestamp,
) -> Error {
    let operation = call.id;
    let Refusal { code, message, fields } = refusal;
    match (code, status) {
        (4711 | 4700, _) => Error::MissingScopes { operation, scopes: scopes(&message, call), code, message },
        (429 | 4001, _) => limit::of(operation, headers, &message, now),
        (1001 | 1010 | 2001 | 3001, _) => Error::NotFound { operation, code, message },
        (_, 404) if code != 2300 => Error::NotFound { operation, code, message },
        (200 | 2305 | 2306 | 3161, _) | (_, 403) => Error::Forbidden { operation, code, reason: message },
        (300, _) => Error::Invalid { operation, code, message, fields },
        (1005, _) | (_, 409) => Error::Conflict { operation, code, message },
        _ if !fields.is_empty() => Error::Invalid { operation, code, message, fields },
        _ => Error::Refused { operation, status, code, message },
    }
}

/// The scopes a message names: `…does not contain scopes:[a, b].`, `…does not contain role:read:admin scope.`; those
/// of the table where it names none.
fn scopes(message: &str, call: &'static Call) -> Vec<String> {
    let is_scope = |word: &&str| {
        word.contains(':') && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-' | '.'))
    };
    let list = message.split_once("scopes:").map_or(message, |(_, list)| list);
    let named: Vec<String> = list
        .split([' ', ',', '[', ']'])
        .map(|word| word.trim_end_matches('.'))
        .filter(is_scope)
        .map(Into::into)
        .collect();
    if named.is_empty() { call.scopes().iter().map(|scope| (*scope).to_owned()).collect() } else { named }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::Executed;

    static CALL: Call = Call::new("meeting", reqwest::Method::GET, "/meetings/{meetingId}");

    fn read(status: u16, body: &str) -> Error {
        error(&CALL, status, &HeaderMap::new(), body.as_bytes(), Timestamp::UNIX_EPOCH)
    }

    #[rstest]
    #[case(400, "Invalid access token, does not contain scopes:[meeting:read:meeting, meeting:read:meeting:admin].",
        &["meeting:read:meeting", "meeting:read:meeting:admin"])]
    #[case(400, "Invalid access token, does not contain scopes:[user:read:list_users:admin].", &["user:read:list_users:admin"])]
    #[case(401, "Invalid access token, does not contain role:read:admin scope.", &["role:read:admin"])]
    #[case(400, "Invalid access token, does not contain scopes.", &["meeting:read:meeting", "meeting:read:meeting:admin"])]
    fn missing_scopes_are_named(#[case] status: u16, #[case] message: &str, #[case] scopes: &[&str]) {
        let code = if message.contains("scopes:") { 4711 } else { 4700 };
        match read(status, &serde_json::json!({ "code": code, "message": message }).to_string()) {
            Error::MissingScopes { scopes: named, .. } => assert_eq!(named, scopes),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn refusals_become_what_the_caller_can_do() {
        let message = String::from("Meeting does not exist: 1.");
        assert_eq!(
            read(404, r#"{"code":3001,"message":"Meeting does not exist: 1."}"#),
            Error::NotFound { operation: "meeting", code: 3001, message }
        );
        assert!(matches!(read(400, r#"{"code":200,"message":"No permission."}"#), Error::Forbidden { code: 200, .. }));
        assert!(matches!(read(403, r#"{"code":2306,"message":"no"}"#), Error::Forbidden { .. }));
        assert!(matches!(read(409, r#"{"code":1005,"message":"used"}"#), Error::Conflict { .. }));
        assert!(matches!(
            read(400, r#"{"code":3000,"message":"Cannot access webinar information."}"#),
            Error::Refused { status: 400, code: 3000, .. }
        ));
        assert!(matches!(
            read(404, r#"{"code":2300,"message":"This API endpoint is not recognized."}"#),
            Error::Refused { code: 2300, .. }
        ));
        let invalid = read(
            400,
            r#"{"code":300,"message":"Validation Failed.","errors":[{"field":"user_info.email","message":"Invalid field."},{"x":1},7]}"#,
        );
        let fields = vec![InvalidField { field: "user_info.email".into(), message: "Invalid field.".into() }];
        let message = "Validation Failed.".into();
        assert_eq!(invalid, Error::Invalid { operation: "meeting", code: 300, message, fields });
        assert!(matches!(read(429, ""), Error::RateLimited { .. }));
        assert!(matches!(
            read(400, r#"{"reason":"Bad Request","error":"invalid_request"}"#),
            Error::Refused { code: 0, .. }
        ));
    }

    #[test]
    fn a_404_that_is_not_zooms_is_never_taken_for_not_found() {
        for body in ["", "<html>nginx</html>", "<?xml version='1.0'?>", "{\"code\":", "[]", "{}", "Not Found"] {
            let error = read(404, body);
            assert!(matches!(error, Error::Unreadable { status: 404, .. }), "{body}: {error:?}");
            assert_eq!(error.executed(), Executed::No);
            assert!(body.is_empty() || !error.to_string().contains(body));
        }
    }

    #[test]
    fn a_message_is_one_short_line() {
        let Error::Invalid { message, .. } =
            read(400, &format!(r#"{{"code":300,"message":"a\nb{}"}}"#, "x".repeat(900)))
        else {
            panic!()
        };
        assert!(message.starts_with("a bx") && message.len() == 300);
    }

    proptest! {
        #[test]
        fn any_status_and_bytes_give_an_error_that_can_be_shown(
            status in 300_u16..600, body in prop::collection::vec(any::<u8>(), 0..200),
        ) {
            let error = error(&CALL, status, &HeaderMap::new(), &body, Timestamp::UNIX_EPOCH);
            prop_assert!(!error.to_string().is_empty());
            prop_assert_eq!(error.executed() == Executed::Maybe, status >= 500 || status == 408);
        }

        #[test]
        fn any_json_gives_an_error_that_can_be_shown(code in any::<i64>(), message in "\\PC{0,40}", field in "\\PC{0,9}") {
            let body = serde_json::json!({ "code": code, "message": message, "errors": [{ "field": field }] });
            prop_assert!(!read(400, &body.to_string()).to_string().is_empty());
        }
    }
}
