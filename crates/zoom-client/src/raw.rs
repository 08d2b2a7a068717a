//! Calls any operation of the table, with a body and an answer as plain JSON: for a console. What eRoom itself needs has
//! typed calls.

use serde_json::Value;
use url::Url;
use zoom_spec::Operation;

use crate::{
    Call, Error, Found, Place, ZoomClient,
    answer::{Answer, look},
    ids::segment,
    refusal,
    send::Request,
};

/// Zoom's answer of success, as it came. It may hold secrets (`start_url`, tokens, passcodes): hide them before anybody
/// sees it.
#[derive(Clone, PartialEq)]
pub struct RawAnswer {
    /// The HTTP status, 200 to 299.
    pub status: u16,
    /// The body; `None` where there was none.
    pub json: Option<Value>,
}

/// The status only: the body may hold secrets.
impl std::fmt::Debug for RawAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RawAnswer").field("status", &self.status).finish_non_exhaustive()
    }
}

impl ZoomClient {
    /// Calls `operation`. `params` are its path parameters in the path's order, not encoded; `query` are pairs of name and
    /// value. Token, retries and errors are those of the typed calls.
    ///
    /// # Errors
    /// Those of any call, and [`Error::Invalid`] without anything sent where a path parameter is missing, empty or a
    /// step of a path (`.`, `..`), or where the operation takes a file.
    pub async fn call(
        &self,
        operation: &'static Operation,
        params: &[String],
        query: &[(&'static str, String)],
        body: Option<&Value>,
    ) -> Result<RawAnswer, Error> {
        let mut request = asked(operation, params, query)?;
        if let Some(body) = body {
            request = request.body(body)?;
        }
        let answer = self.send(&request).await?;
        read(operation, request.call, &answer, self.now())
    }
}

/// The address below `api` that [`ZoomClient::call`] asks with the same parameters and query, encoded as it is sent.
///
/// # Errors
/// [`Error::Invalid`], where the call would not be sent either.
pub fn address(
    api: &Url,
    operation: &'static Operation,
    params: &[String],
    query: &[(&'static str, String)],
) -> Result<Url, Error> {
    asked(operation, params, query)?.url(api).ok_or_else(|| invalid(operation, "its address cannot be written"))
}

fn invalid(operation: &Operation, message: &str) -> Error {
    Error::Invalid { operation: operation.id, code: 0, message: message.to_owned(), fields: Vec::new() }
}

fn asked(operation: &'static Operation, params: &[String], query: &[(&'static str, String)]) -> Result<Request, Error> {
    let call = Call::of(operation).filter(|_| !operation.multipart);
    let call = call.ok_or_else(|| invalid(operation, "it takes a file, which cannot be sent from here"))?;
    let wanted = operation.path.matches('{').count();
    if params.len() != wanted || params.iter().any(|one| matches!(&**one, "" | "." | "..")) {
        return Err(invalid(operation, "a parameter of the path is missing or is none"));
    }
    let encoded: Vec<String> = params.iter().map(|one| encode(one)).collect();
    let request = Request::new(call, &encoded);
    Ok(query.iter().fold(request, |request, (name, value)| request.query(name, value.clone())))
}

/// A segment of a path. A meeting's UUID that begins with a slash, or holds two, is encoded twice, as Zoom wants it.
fn encode(text: &str) -> String {
    let once = segment(text);
    if text.starts_with('/') || text.contains("//") { segment(&once) } else { once }
}

fn read(
    operation: &'static Operation,
    call: &'static Call,
    answer: &Answer,
    now: clock::Timestamp,
) -> Result<RawAnswer, Error> {
    let status = answer.status;
    if look(&answer.body) == Found::Empty {
        return Ok(RawAnswer { status, json: None });
    }
    // Some refusals come with a status of success; an operation that answers a code of its own is none of them.
    let answers_a_code = operation.field(zoom_spec::Place::Answer, "code").is_some();
    if let Some(refusal) = refusal::parse(&answer.body).filter(|refusal| refusal.code != 0 && !answers_a_code) {
        return Err(refusal::of_code(call, status, &answer.headers, refusal, now));
    }
    let Ok(json) = serde_json::from_slice(&answer.body) else {
        let found = look(&answer.body);
        return Err(Error::Unreadable { place: Place::Api, operation: operation.id, status, found, field: None });
    };
    Ok(RawAnswer { status, json: Some(json) })
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderMap;
    use zoom_spec::{Level, operation, operation_at, operations};

    use super::*;

    #[test]
    fn every_operation_of_the_table_is_a_call_of_its_own_level() {
        for operation in operations() {
            let call = Call::of(operation).unwrap();
            assert_eq!((call.method.as_str(), call.path), (operation.method.as_str(), operation.path));
            assert_eq!(call.scopes(), operation.granular, "{}", operation.id);
        }
        let below = Call::of(operation_at(Level::Master, "webinar").unwrap()).unwrap();
        assert!(below.scopes().contains(&"webinar:read:webinar:master"), "{:?}", below.scopes());
    }

    #[test]
    fn nothing_in_a_parameter_leads_to_another_address() {
        assert_eq!(encode("a/b?c#d%2e"), "a%2Fb%3Fc%23d%252e");
        assert_eq!(encode("/ab=="), "%252Fab%253D%253D");
        let api: Url = "https://api.zoom.us/v2".parse().unwrap();
        let at = |param: &str| address(&api, operation("meetings").unwrap(), &[param.to_owned()], &[]);
        assert_eq!(at("a/..\t?b").unwrap().as_str(), "https://api.zoom.us/v2/users/a%2F..%09%3Fb/meetings");
        assert!(at("..").is_err() && at("").is_err());
    }

    #[test]
    fn an_answer_is_read_and_a_refusal_with_a_status_of_success_is_one() {
        let get = operation("meeting").unwrap();
        let call = Call::of(get).unwrap();
        let read_as = |status, body: &str| {
            let answer = Answer { status, headers: HeaderMap::new(), body: body.as_bytes().to_vec() };
            read(get, call, &answer, clock::Timestamp::UNIX_EPOCH)
        };
        assert_eq!(read_as(204, "").unwrap(), RawAnswer { status: 204, json: None });
        let canary = read_as(200, r#"{"start_url":"canary"}"#).unwrap();
        assert!(canary.json.is_some() && !format!("{canary:?}").contains("canary"));
        let refused = read_as(200, r#"{"code":3001,"message":"Meeting does not exist: 1."}"#).unwrap_err();
        assert!(matches!(refused, Error::NotFound { code: 3001, .. }), "{refused:?}");
        let page = read_as(200, "<html>canary</html>").unwrap_err();
        assert!(matches!(page, Error::Unreadable { found: Found::Html, .. }) && !page.to_string().contains("canary"));
    }
}
