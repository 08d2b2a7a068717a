//! Sends a request: token, one attempt or several, and the error that says whether it was executed.

use std::{pin::Pin, time::Duration};

use backon::{ExponentialBuilder, Retryable as _, Sleeper};
use clock::{SharedClock, Timestamp};
use jiff::SignedDuration;
use reqwest::{
    Method,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue},
};
use serde::{Serialize, de::DeserializeOwned};
use url::Url;

use crate::{
    Call, CredentialProblem, Error, Found, Limit, Place, ZoomClient,
    answer::{Answer, Cut, look},
    refusal,
    token::Token,
};

/// A token that lacks a scope is replaced only if it is older than this: a younger one already has every scope there is.
const SCOPES_AGE: SignedDuration = SignedDuration::from_mins(5);

/// A request as data: what to call, with what.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) call: &'static Call,
    path: String,
    query: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
}

impl Request {
    /// `params` are encoded path segments.
    pub(crate) fn new(call: &'static Call, params: &[String]) -> Self {
        Self { call, path: call.at(params), query: Vec::new(), body: None }
    }

    pub(crate) fn query(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    pub(crate) fn maybe(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    /// The JSON body.
    pub(crate) fn body(mut self, body: &impl Serialize) -> Result<Self, Error> {
        let json = serde_json::to_vec(body).map_err(|_| Error::Invalid {
            operation: self.call.id,
            code: 0,
            message: "the request cannot be written as JSON".into(),
            fields: Vec::new(),
        })?;
        self.body = Some(json);
        Ok(self)
    }

    fn url(&self, api: &Url) -> Option<Url> {
        let mut url: Url = format!("{}{}", api.as_str().trim_end_matches('/'), self.path).parse().ok()?;
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        Some(url)
    }
}

impl ZoomClient {
    /// Sends `request` and reads the answer as `T`.
    pub(crate) async fn read<T: DeserializeOwned>(&self, request: Request) -> Result<T, Error> {
        let answer = self.send(&request).await?;
        read(request.call, &answer, self.now())
    }

    /// Sends `request`, whose answer has no body, or none that matters.
    pub(crate) async fn done(&self, request: Request) -> Result<(), Error> {
        self.send(&request).await.map(drop)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// 1. Only a GET is ever sent again for a failure, and only for one that may pass: nobody reached, no whole answer,
    ///    a status of 500 or above, or the per-second limit.
    /// 2. It waits 0.5 s, then 1 s, by the injected clock; for the per-second limit, as long as Zoom says (at most 5 s).
    /// 3. A token refused with 401 or 124 is replaced once, for any method: the request was not executed.
    pub(crate) async fn send(&self, request: &Request) -> Result<Answer, Error> {
        if request.call.method != Method::GET {
            return self.authorised(request).await;
        }
        let pauses = ExponentialBuilder::new()
            .with_min_delay(Duration::from_millis(500))
            .with_max_delay(Duration::from_secs(2))
            .with_max_times(self.inner.retries);
        let attempt = || self.authorised(request);
        attempt
            .retry(pauses)
            .sleep(ClockSleeper(self.inner.clock.clone()))
            .when(may_pass)
            .adjust(|error, pause| self.adjust(error, pause))
            .await
    }

    fn adjust(&self, error: &Error, pause: Option<Duration>) -> Option<Duration> {
        let Error::RateLimited { retry_after, .. } = error else { return pause };
        let wait = Duration::try_from(retry_after.duration_since(self.now())).unwrap_or_default();
        pause.map(|pause| pause.max(wait)).filter(|pause| *pause <= Duration::from_secs(5))
    }

    /// One attempt, or two where the token was at fault.
    async fn authorised(&self, request: &Request) -> Result<Answer, Error> {
        let (operation, minter) = (request.call.id, &self.inner.minter);
        let token = minter.token(operation, None).await?;
        let error = match self.attempt(request, &token).await? {
            Ok(answer) => return Ok(answer),
            Err(Refused::Token) => None,
            Err(Refused::Otherwise(error)) => Some(error),
        };
        let fresh = match error {
            None => minter.token(operation, Some(&token)).await?,
            Some(error @ Error::MissingScopes { .. }) => {
                // New scopes come with a new token only.
                let old = self.now().duration_since(token.minted_at()) > SCOPES_AGE;
                match old.then_some(minter.token(operation, Some(&token))) {
                    Some(fresh) => fresh.await.map_err(|_| error)?,
                    None => return Err(error),
                }
            }
            Some(error) => return Err(error),
        };
        tracing::debug!(operation, "sent again with a new token");
        match self.attempt(request, &fresh).await? {
            Ok(answer) => Ok(answer),
            Err(Refused::Otherwise(error)) => Err(error),
            Err(Refused::Token) => Err(Error::Credentials { problem: CredentialProblem::TokenRefused, reason: None }),
        }
    }

    async fn attempt(&self, request: &Request, token: &Token) -> Result<Result<Answer, Refused>, Error> {
        let operation = request.call.id;
        let api = token.api().unwrap_or(&self.inner.places.api);
        let host = || api.host_str().unwrap_or_default().to_owned();
        let unreachable = |why| Error::Unreachable { place: Place::Api, operation, host: host(), why };
        let url = request.url(api).ok_or_else(|| unreachable("the address is not one"))?;
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.access()))
            .map_err(|_| unreachable("the access token cannot be sent"))?;
        bearer.set_sensitive(true);
        let mut sent = self
            .inner
            .http
            .request(request.call.method.clone(), url)
            .header(AUTHORIZATION, bearer)
            .header(ACCEPT, "application/json")
            .timeout(self.inner.timeouts.answer);
        if let Some(body) = &request.body {
            sent = sent.header(CONTENT_TYPE, "application/json").body(body.clone());
        }
        let response = sent.send().await.map_err(|error| {
            if error.is_connect() || error.is_builder() {
                unreachable(why(&error))
            } else {
                Error::AnswerLost { operation, why: why(&error) }
            }
        })?;
        let answer = Answer::read(response).await.map_err(|cut| match cut {
            Cut::Lost(error) => Error::AnswerLost { operation, why: why(&error) },
            Cut::TooLong(status) => {
                Error::Unreadable { place: Place::Api, operation, status, found: Found::TooLong, field: None }
            }
        })?;
        let tracking = answer.headers.get("x-zm-trackingid").and_then(|id| id.to_str().ok());
        tracing::debug!(operation, status = answer.status, tracking, "Zoom answered");
        Ok(self.judge(request.call, answer))
    }

    fn judge(&self, call: &'static Call, answer: Answer) -> Result<Answer, Refused> {
        if (200..300).contains(&answer.status) {
            return Ok(answer);
        }
        let code = refusal::parse(&answer.body).map(|refusal| refusal.code);
        if code == Some(124) || answer.status == 401 && !matches!(code, Some(4700 | 4711)) {
            return Err(Refused::Token);
        }
        Err(Refused::Otherwise(refusal::error(call, answer.status, &answer.headers, &answer.body, self.now())))
    }
}

/// Reads an answer of success as `T`.
fn read<T: DeserializeOwned>(call: &'static Call, answer: &Answer, now: Timestamp) -> Result<T, Error> {
    let mut json = serde_json::Deserializer::from_slice(&answer.body);
    let field = match serde_path_to_error::deserialize(&mut json) {
        Ok(value) if json.end().is_ok() => return Ok(value),
        Ok(_) => None,
        Err(error) => Some(error.path().to_string()).filter(|path| path != "."),
    };
    // Some refusals come with a status of success.
    if let Some(refusal) = refusal::parse(&answer.body).filter(|refusal| refusal.code != 0) {
        return Err(refusal::of_code(call, answer.status, &answer.headers, refusal, now));
    }
    let found = look(&answer.body);
    let field = field.filter(|_| found == Found::OtherJson);
    Err(Error::Unreadable { place: Place::Api, operation: call.id, status: answer.status, found, field })
}

/// A request that Zoom turned down.
enum Refused {
    /// Because of the token.
    Token,
    /// For another reason.
    Otherwise(Error),
}

fn may_pass(error: &Error) -> bool {
    match error {
        Error::RateLimited { limit, .. } => matches!(limit, Limit::PerSecond | Limit::Concurrent),
        Error::Unreachable { .. } | Error::AnswerLost { .. } | Error::Unavailable { .. } => true,
        _ => false,
    }
}

/// What happened on the way, in words without addresses or tokens.
pub(crate) fn why(error: &reqwest::Error) -> &'static str {
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => "connecting took too long",
        (true, false) => "no connection",
        (false, true) => "no answer in time",
        (false, false) if error.is_builder() => "the request cannot be written",
        (false, false) => "the connection broke",
    }
}

/// Lets backon wait by the injected clock.
struct ClockSleeper(SharedClock);

impl Sleeper for ClockSleeper {
    type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

    fn sleep(&self, pause: Duration) -> Self::Sleep {
        let clock = self.0.clone();
        Box::pin(async move {
            let until = clock.now().checked_add(pause).unwrap_or(Timestamp::MAX);
            clock.sleep_until(until).await;
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use reqwest::header::HeaderMap;
    use serde_json::{Value, json};

    use super::*;
    use crate::{Executed, Meeting, User, Webinar};

    static CALL: Call = Call::new("meetingCreate", Method::POST, "/users/{userId}/meetings");

    fn read_any<T: DeserializeOwned>(body: Vec<u8>) -> Result<T, Error> {
        read(&CALL, &Answer { status: 201, headers: HeaderMap::new(), body }, Timestamp::UNIX_EPOCH)
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "\\PC{0,9}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::hash_map("[a-z_]{1,9}", inner, 0..4).prop_map(|map| map.into_iter().collect()),
            ]
        })
    }

    #[test]
    fn nulls_and_empty_texts_hide_nothing() {
        let body =
            br#"{"id":"85746065432","uuid":"","host_id":null,"topic":null,"type":2,"start_time":null,"duration":null,
            "agenda":null,"join_url":null,"password":123456,"settings":null,"occurrences":null,"recurrence":null}"#;
        let meeting: Meeting = read_any(body.to_vec()).unwrap();
        assert_eq!((meeting.id.get(), &*meeting.topic), (85_746_065_432, ""));
        assert!(meeting.uuid.is_none() && meeting.occurrences.is_empty() && meeting.passcode.is_some());
        let user: User = read_any(br#"{"id":null,"email":null,"type":1,"role_id":null}"#.to_vec()).unwrap();
        assert_eq!((&*user.id, user.name()), ("", String::new()));
    }

    proptest! {
        #[test]
        fn any_bytes_in_an_answer_of_success_are_read_or_an_error(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let executed = read_any::<Meeting>(body).map_err(|error| error.executed());
            prop_assert!(matches!(executed, Ok(_) | Err(Executed::Yes | Executed::No)));
        }

        #[test]
        fn a_member_of_any_type_is_read_or_named(name in prop::sample::select(vec![
            "uuid", "topic", "type", "start_time", "duration", "agenda", "join_url", "password", "settings", "occurrences",
            "recurrence", "email", "status", "unheard_of",
        ]), value in any_json()) {
            let mut body = json!({ "id": 85_746_065_432_u64, "type": 2 });
            body[name] = value;
            let bytes = serde_json::to_vec(&body).unwrap();
            let readable = |error: &Error| matches!(error, Error::Unreadable { found: Found::OtherJson, status: 201, .. });
            prop_assert!(read_any::<Meeting>(bytes.clone()).err().is_none_or(|error| readable(&error)));
            prop_assert!(read_any::<Webinar>(bytes.clone()).err().is_none_or(|error| readable(&error)));
            prop_assert!(read_any::<User>(bytes).err().is_none_or(|error| readable(&error)));
        }
    }
}
