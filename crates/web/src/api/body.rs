//! What a program sends: JSON bodies and query parameters, read strictly, with the place named where they are wrong.

use axum::extract::{FromRequest, FromRequestParts, Request};
use bytes::Bytes;
use http::{StatusCode, header, request::Parts};
use serde::de::DeserializeOwned;

use super::refusal::Refusal;
use crate::{app::App, fault::Fault, language::say_with};

/// The most bytes of a JSON body: more than the longest agenda, all of it escaped.
pub(crate) const MAX_BYTES: usize = 256 * 1024;

/// A JSON body, read into `T`.
pub(crate) struct Sent<T>(pub(crate) T);

/// The same, with the bytes it was read from.
pub(crate) struct SentAs<T>(pub(crate) T, pub(crate) Bytes);

/// Query parameters, read into `T`.
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        SentAs::from_request(request, app).await.map(|SentAs(value, _)| Self(value))
    }
}

impl<T: DeserializeOwned> FromRequest<App> for SentAs<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !(kind.eq_ignore_ascii_case("application/json") || kind.ends_with("+json")) {
            return Err(Fault::NotAForm.into());
        }
        let bytes = Bytes::from_request(request, app).await.map_err(|_| Fault::TooLarge)?;
        read(&bytes).map(|value| Self(value, bytes))
    }
}

/// Reads a JSON text.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        if inner.is_data() {
            misfit(&path, &inner.to_string())
        } else {
            Fault::Unreadable(format!("JSON: {inner}")).into()
        }
    })?;
    reader.end().map_err(|error| Fault::Unreadable(format!("JSON: {error}")))?;
    Ok(value)
}

/// A value that is JSON and does not fit: which field, and whether it is unknown, missing or of another type.
fn misfit(path: &str, said: &str) -> Refusal {
    let named = said.split('`').nth(1).unwrap_or_default();
    let (code, field) = if said.starts_with("unknown field") {
        ("unknown-field", path_to(path, named))
    } else if said.starts_with("missing field") {
        ("missing", path_to(path, named))
    } else if said.starts_with("duplicate field") {
        ("duplicate", path_to(path, named))
    } else {
        ("wrong-type", path.to_owned())
    };
    let field = if field == "." { "(body)".to_owned() } else { field };
    let message = match code {
        "wrong-type" => {
            // serde says "invalid type: string "…", expected i64 at line …": the value and the place are the sender's.
            let expected = said.split("expected ").nth(1).unwrap_or_default();
            let expected = expected.split(" at line").next().unwrap_or_default();
            if expected.is_empty() && ["digit", "number too"].iter().any(|of_number| said.contains(of_number)) {
                say_with("problem-not-number", &[])
            } else if expected.is_empty() {
                say_with("problem-not-a-choice", &[])
            } else {
                say_with("api-wrong-type", &[("expected", in_json(expected).into())])
            }
        }
        _ => say_with(&format!("api-{code}"), &[]),
    };
    Refusal::field(StatusCode::UNPROCESSABLE_ENTITY, field, code, message)
}

/// A type as serde calls it, in the words of JSON.
fn in_json(expected: &str) -> &str {
    match expected {
        "i64" | "i32" | "i16" | "u64" | "u32" | "u16" | "u8" | "usize" => "a whole number",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        _ if expected.starts_with("struct ") => "an object",
        other => other,
    }
}

fn path_to(path: &str, name: &str) -> String {
    match path.rsplit_once('.') {
        _ if path == "." || path == name => name.to_owned(),
        Some((_, last)) if last == name => path.to_owned(),
        _ => format!("{path}.{name}"),
    }
}

impl<T: DeserializeOwned> FromRequestParts<App> for Asked<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Refusal> {
        ask(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

/// How many there are on a page at the most, as asked for: 1 to 200, 50 where nobody says.
pub(crate) fn page_limit(asked: Option<usize>) -> Result<usize, Refusal> {
    match asked {
        Some(limit @ 1..=200) => Ok(limit),
        None => Ok(50),
        Some(_) => Err(Refusal::fields(&[model::Problem::OutOfRange { min: 1, max: 200 }.at("limit")])),
    }
}

fn ask<T: DeserializeOwned>(query: &str) -> Result<T, Refusal> {
    let reader = serde_urlencoded::Deserializer::new(url::form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let path = error.path().to_string();
        misfit(&path, &error.into_inner().to_string())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;
    use crate::api::rooms::wire::{NewRoom, RoomChange};

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Small {
        #[expect(dead_code, reason = "only whether it is read matters")]
        count: i64,
    }

    fn field_of<T>(read: Result<T, Refusal>) -> (String, String) {
        match read.err().unwrap() {
            Refusal::Fields(_, errors) => (errors[0].field.clone(), errors[0].code.clone()),
            Refusal::Fault(fault) => (String::new(), fault.said().kind.to_owned()),
        }
    }

    #[test]
    fn each_misfit_names_its_field() {
        let of = |json: &str| field_of(read::<Small>(json.as_bytes()));
        assert_eq!(of(r#"{"count":1,"colour":2}"#), ("colour".into(), "unknown-field".into()));
        assert_eq!(of("{}"), ("count".into(), "missing".into()));
        assert_eq!(of(r#"{"count":"many"}"#), ("count".into(), "wrong-type".into()));
        assert_eq!(of(r#"{"count":1,"count":2}"#), ("count".into(), "duplicate".into()));
        assert_eq!(of("[]").1, "wrong-type");
        assert_eq!(of(r#"{"count":1} x"#).1, "unreadable");
        assert_eq!(of("").1, "unreadable");
    }

    #[test]
    fn another_type_is_told_in_the_words_of_json() {
        let message = |read: Result<Small, Refusal>| match read.err().unwrap() {
            Refusal::Fields(_, errors) => errors[0].message.clone(),
            Refusal::Fault(fault) => panic!("{fault:?}"),
        };
        assert_eq!(message(read(br#"{"count":"many"}"#)), "This has another type; expected a whole number.");
        assert_eq!(message(read(b"[]")), "This has another type; expected an object.");
        assert_eq!(message(ask("count=many")), "This is not a whole number.");
    }

    #[test]
    fn a_query_is_read_as_strictly() {
        assert_eq!(field_of(ask::<Small>("colour=1")), ("colour".into(), "unknown-field".into()));
        assert_eq!(field_of(ask::<Small>("count=many")), ("count".into(), "wrong-type".into()));
        assert!(ask::<Small>("count=7").is_ok());
    }

    #[test]
    fn what_was_sent_is_not_sent_back() {
        let Err(Refusal::Fields(_, errors)) = read::<NewRoom>(br#"{"title":7,"passcode":"hunter2"}"#) else { panic!() };
        assert!(!errors[0].message.contains('7'));
        let Err(Refusal::Fields(_, errors)) = read::<RoomChange>(br#"{"duration":"hunter2"}"#) else { panic!() };
        assert!(!errors[0].message.contains("hunter2"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(bytes in any::<Vec<u8>>(), query in any::<String>()) {
            let _ = read::<NewRoom>(&bytes).map(|room| room.draft().is_ok());
            let _ = read::<RoomChange>(&bytes).is_ok();
            let _ = ask::<Small>(&query).is_ok();
        }

        #[test]
        fn any_json_object_is_answered(key in "[a-z_]{1,12}", number in any::<i64>(), text in any::<String>()) {
            for value in [serde_json::json!(number), serde_json::json!(text), serde_json::json!(null), serde_json::json!([text])] {
                let json = serde_json::to_vec(&serde_json::json!({ key.as_str(): value })).unwrap();
                let _ = read::<NewRoom>(&json).map(|room| room.draft().is_ok());
            }
        }
    }
}
