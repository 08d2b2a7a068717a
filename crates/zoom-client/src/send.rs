//! Sends a request: token, one attempt or several, and the error that says whether it was executed.

use std::{sync::Arc, time::Duration};

use clock::{Timestamp, with_jitter};
use jiff::SignedDuration;
use reqwest::{
    Method,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue},
};
use serde::{Serialize, de::DeserializeOwned};
use url::Url;
use zoom_spec::Label;

use crate::{
    Call, CredentialProblem, Error, Found, Limit, Place, ZoomClient,
    answer::{Answer, Cut, look},
    pacing::{Attempt, Outcome},
    refusal,
    token::Token,
};

/// A token that lacks a scope is replaced only if it is older than this: a younger one already has every scope there is.
const SCOPES_AGE: SignedDuration = SignedDuration::from_mins(5);
/// The pause before a call is sent for the second time.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_millis(500);

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

    /// As [`Request::query`], in the place of what was said before.
    pub(crate) fn set(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.retain(|(said, _)| *said != name);
        self.query(name, value)
    }

    /// As [`Request::query`], where nothing was said before.
    pub(crate) fn unless_set(self, name: &'static str, value: impl Into<String>) -> Self {
        if self.query.iter().any(|(said, _)| *said == name) { self } else { self.query(name, value) }
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

    pub(crate) fn url(&self, api: &Url) -> Option<Url> {
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

    /// When a call is sent again:
    ///
    /// 1. What Zoom surely did not execute may be sent again whatever it is: nobody was reached, or a limit of seconds
    ///    (429). So may what was lost on the way, or met a status of 500 and above, if doing it twice is doing it once:
    ///    GET, PUT, PATCH, DELETE.
    /// 2. A POST whose answer was lost is never sent again: Zoom's creations have no idempotency key. The error says that
    ///    it may have been executed, and whoever asked has to look.
    /// 3. A DELETE that was lost, and then finds nothing, is done.
    /// 4. The pauses are 0.5 s, then 1 s, 2 s, and up to a quarter more by chance; where Zoom says when (`Retry-After` in
    ///    seconds, as an HTTP date or as an ISO date-time), it is not asked before.
    /// 5. Nothing is begun later than [`Timeouts::begin`](crate::Timeouts::begin) after the call was made; a pause that
    ///    would end after that is not made at all.
    /// 6. A token refused with 401 or 124 is replaced once, for any method: the request was not executed.
    /// 7. Every attempt takes an instant in its lane ([`pacing`](crate::pacing)) and is told to the book. While Zoom is left
    ///    alone ([`Rests`](crate::Rests)), nothing is sent.
    pub(crate) async fn send(&self, request: &Request) -> Result<Answer, Error> {
        let mut course = Course { attempts: 0, latest: self.latest(), lost: false };
        let mut repeats = 0;
        loop {
            let error = match self.authorised(request, &mut course).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            if course.lost && request.call.method == Method::DELETE && matches!(error, Error::NotFound { .. }) {
                return Ok(Answer::nothing());
            }
            course.lost |= !error.executed().is_no();
            let pause = if repeats < self.inner.retries { self.pause(request, &error, repeats) } else { None };
            match pause.map(|pause| later(self.now(), pause)) {
                Some(until) if until <= course.latest => self.inner.clock.sleep_until(until).await,
                _ => return Err(error),
            }
            repeats += 1;
        }
    }

    /// When the last attempt of a call that is made now may begin.
    fn latest(&self) -> Timestamp {
        later(self.now(), SignedDuration::try_from(self.inner.timeouts.begin).unwrap_or(SignedDuration::MAX))
    }

    /// How long to wait before sending it again; nothing if it must not be, or need not.
    fn pause(&self, request: &Request, error: &Error, repeats: u32) -> Option<SignedDuration> {
        if !may_repeat(&request.call.method, error) {
            return None;
        }
        let pause = FIRST_PAUSE.saturating_mul(1_i32.checked_shl(repeats.min(2)).unwrap_or(1));
        let pause = with_jitter(pause, &*self.inner.entropy);
        let said = match error {
            Error::RateLimited { retry_after, .. } => retry_after.duration_since(self.now()),
            _ => SignedDuration::ZERO,
        };
        Some(pause.max(said))
    }

    /// A token to call with. A failure to get one counts as one of Zoom's.
    pub(crate) async fn fetched(&self, operation: &'static str, refused: Option<&Token>) -> Result<Arc<Token>, Error> {
        let fetched = self.inner.minter.token(operation, refused).await;
        if let Err(error) = &fetched {
            self.inner.breaker.failed(error, self.now());
        }
        fetched
    }

    /// One attempt, or two where the token was at fault.
    async fn authorised(&self, request: &Request, course: &mut Course) -> Result<Answer, Error> {
        let operation = request.call.id;
        self.inner.breaker.may_send(operation, self.work, self.now())?;
        // Nobody waits in line for a token that does not come; and it may run out in line.
        let mut token = self.fetched(operation, None).await?;
        let waited = self.wait_in_line(request.call, course).await?;
        if waited > Duration::from_secs(1) {
            token = self.fetched(operation, None).await?;
        }
        let refused = match self.attempt(request, &token, waited, course).await? {
            Ok(answer) => return Ok(answer),
            Err(refused) => refused,
        };
        let fresh = match refused {
            Refused::Token => self.fetched(operation, Some(&token)).await?,
            // New scopes come with a new token only.
            Refused::Otherwise(error @ Error::MissingScopes { .. })
                if self.now().duration_since(token.minted_at()) > SCOPES_AGE =>
            {
                self.fetched(operation, Some(&token)).await.map_err(|_| error)?
            }
            Refused::Otherwise(error) => return Err(error),
        };
        tracing::debug!(operation, "sent again with a new token");
        let waited = self.wait_in_line(request.call, course).await?;
        match self.attempt(request, &fresh, waited, course).await? {
            Ok(answer) => Ok(answer),
            Err(Refused::Otherwise(error)) => Err(error),
            Err(Refused::Token) => {
                let error = Error::Credentials { problem: CredentialProblem::TokenRefused, reason: None };
                self.inner.breaker.failed(&error, self.now());
                Err(error)
            }
        }
    }

    /// Waits for the call's turn; how long that took.
    async fn wait_in_line(&self, call: &Call, course: &mut Course) -> Result<Duration, Error> {
        let Some(pacer) = &self.inner.pacer else { return Ok(Duration::ZERO) };
        let came = self.now();
        pacer.enter(call.id, label_of(call), self.work, course.latest).await?;
        if self.work.has_time() && course.attempts == 0 {
            course.latest = self.latest();
        }
        Ok(Duration::try_from(self.now().duration_since(came)).unwrap_or_default())
    }

    /// Sends it once, and tells breaker and book what came of it.
    async fn attempt(
        &self,
        request: &Request,
        token: &Token,
        waited: Duration,
        course: &mut Course,
    ) -> Result<Result<Answer, Refused>, Error> {
        course.attempts = course.attempts.saturating_add(1);
        let at = self.now();
        let (status, ended) = match self.exchange(request, token).await {
            Ok(answer) => (Some(answer.status), Ok(self.judge(request.call, answer))),
            Err(error) => (None, Err(error)),
        };
        match &ended {
            Ok(Err(Refused::Otherwise(error))) | Err(error) if is_down(error) => {
                self.inner.breaker.failed(error, self.now());
            }
            Ok(Err(Refused::Token)) => {}
            _ => self.inner.breaker.answered(),
        }
        let (outcome, until) = outcome_of(&ended);
        let took = Duration::try_from(self.now().duration_since(at)).unwrap_or_default();
        let tracking = tracing::debug_span!("attempt", operation = request.call.id, number = course.attempts);
        tracking.in_scope(|| tracing::debug!(status, outcome = outcome.as_str(), ?took, ?waited, "an attempt is over"));
        if let Some(pacer) = &self.inner.pacer {
            let (operation, number) = (request.call.id, course.attempts);
            let (label, work) = (label_of(request.call), self.work);
            let attempt = Attempt { operation, label, work, at, number, waited, took, status, outcome };
            pacer.over(attempt, until).await;
        }
        ended
    }

    /// Sends the request and reads the answer whole.
    async fn exchange(&self, request: &Request, token: &Token) -> Result<Answer, Error> {
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
        Ok(answer)
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

/// How far a call has come.
struct Course {
    /// Attempts that were sent.
    attempts: u32,
    /// When the last one may begin.
    latest: Timestamp,
    /// Whether one of them may have been executed.
    lost: bool,
}

/// Calls of which Zoom's documents name no label are taken for light, as the sandbox does.
fn label_of(call: &Call) -> Label {
    call.label().unwrap_or(Label::Light)
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// How an attempt ended, and for a 429 until when.
fn outcome_of(ended: &Result<Result<Answer, Refused>, Error>) -> (Outcome, Option<Timestamp>) {
    let error = match ended {
        Ok(Ok(_)) => return (Outcome::Done, None),
        Ok(Err(Refused::Token)) => return (Outcome::Token, None),
        Ok(Err(Refused::Otherwise(error))) | Err(error) => error,
    };
    match error {
        Error::RateLimited { limit, retry_after, .. } => (Outcome::Limited(*limit), Some(*retry_after)),
        Error::Unreachable { .. } => (Outcome::Unreached, None),
        Error::AnswerLost { .. } => (Outcome::Lost, None),
        Error::Unavailable { .. } | Error::Unreadable { .. } => (Outcome::Failed, None),
        _ => (Outcome::Refused, None),
    }
}

fn is_down(error: &Error) -> bool {
    matches!(error, Error::Unreachable { .. } | Error::AnswerLost { .. } | Error::Unavailable { .. })
}

/// Rules 1 and 2 of sending again.
fn may_repeat(method: &Method, error: &Error) -> bool {
    match error {
        Error::RateLimited { limit, .. } => matches!(limit, Limit::PerSecond | Limit::Concurrent),
        // Nobody was reached, or there was no token to send it with.
        Error::Unreachable { .. } | Error::Unavailable { place: Place::OAuth, .. } => true,
        Error::AnswerLost { .. } | Error::Unavailable { place: Place::Api, .. } => *method != Method::POST,
        _ => false,
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
