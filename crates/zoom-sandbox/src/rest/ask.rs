//! A call that has passed authentication: its parts, read and checked against Zoom's table.

use std::cell::RefCell;

use clock::Timestamp;
use jiff::SignedDuration;
use serde_json::{Map, Value};
use zoom_spec::{
    Method, Operation, Place,
    code::{NOT_JSON, USER_ELSEWHERE, USER_NOT_FOUND},
};

use super::{
    Raw, Sent,
    access::Caller,
    check,
    meetings::forgotten,
    validate,
    words::{fill, worded},
};
use crate::{
    answer::Refusal,
    app::App,
    settings,
    world::{Change, ChangeError, Meeting, Person, PersonStatus},
};

/// How long an invitation to an account waits for its answer.
const INVITATION_LIFE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What a behaviour works on.
pub(crate) struct Ask<'a> {
    pub(crate) app: &'a App,
    pub(crate) operation: &'static Operation,
    pub(crate) now: Timestamp,
    /// Who calls.
    pub(crate) caller: Caller,
    /// The account the call is about: the caller's own, or one of its sub-accounts.
    pub(crate) account_id: String,
    /// The JSON body; empty for operations without one.
    pub(crate) body: Map<String, Value>,
    params: &'a [(&'static str, String)],
    query: Vec<(String, String)>,
    notes: RefCell<Vec<String>>,
}

impl<'a> Ask<'a> {
    /// Reads query and body and checks them against the fields Zoom documents.
    pub(crate) fn read(
        app: &'a App,
        operation: &'static Operation,
        caller: Caller,
        account_id: String,
        sent: &Sent<'a>,
    ) -> Result<Self, Refusal> {
        let mut notes: Vec<String> = sent.params.iter().filter_map(|(_, value)| forgotten(value)).collect();
        let mut query: Vec<(String, String)> =
            url::form_urlencoded::parse(sent.query.as_bytes()).into_owned().collect();
        // Clients send `[]` and the like with DELETE and GET; Zoom reads no body there unless it needs one.
        let needs_none = matches!(operation.method, Method::Get | Method::Delete);
        // Files are sent as forms, which no operation with a behaviour reads.
        let reads_body = !operation.multipart
            && operation.sent().any(|field| field.place == Place::Body && (field.required || !needs_none));
        let mut body = Map::new();
        if reads_body {
            let Ok(Value::Object(members)) = serde_json::from_slice(sent.body) else { return Err(NOT_JSON.into()) };
            body = members;
        }
        if let Some(check) = check(operation) {
            check(&Raw { operation, query: &query, body: &body })?;
        }
        validate::query(operation, &mut query, &mut notes)?;
        if reads_body {
            let option = query.iter().rev().find(|(name, value)| name == "option" && !value.is_empty());
            let shapes = settings::shapes(operation.id, option.map(|(_, value)| value.as_str()));
            validate::body(operation, &shapes, &mut body, &mut notes)?;
        }
        let (now, params, notes) = (app.now(), sent.params, RefCell::new(notes));
        Ok(Self { app, operation, now, caller, account_id, body, params, query, notes })
    }

    /// A parameter of the path; empty where the operation has none of that name.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str())
    }

    /// The last value of a query parameter, unless it is empty.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The whole query but one parameter, in one text: what a page token is bound to.
    pub(crate) fn query_without(&self, name: &str) -> String {
        let mut pairs: Vec<_> = self.query.iter().filter(|(known, _)| known != name).collect();
        pairs.sort();
        let params = self.params.iter().map(|(_, value)| value.as_str());
        let query = pairs.into_iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]);
        params.chain(query).collect::<Vec<_>>().join("\n")
    }

    /// Says something in the log beside the answer.
    pub(crate) fn note(&self, note: impl Into<String>) {
        self.notes.borrow_mut().push(note.into());
    }

    pub(crate) fn into_notes(self) -> Vec<String> {
        self.notes.into_inner()
    }

    /// The user of `{userId}`: an id, an e-mail address, or `me`.
    ///
    /// Operations word it differently that there is nobody; some say that an invitation was not answered in time.
    pub(crate) fn user(&self) -> Result<Person, Refusal> {
        let asked = self.param("userId");
        let person = self.user_named(asked).map_err(|refusal| {
            let own = self.operation.errors().iter().find(|error| error.code == USER_ELSEWHERE.code);
            let own = own.filter(|error| refusal.code() == error.code && error.message.contains(['{', '$']));
            let words = |message: &str| fill(message, &[self.account_id.as_str()]);
            own.map_or(refusal, |error| Refusal::new(error.status, error.code, words(&error.message)))
        })?;
        // Some operations say in their own words who may do what to others.
        let own = ["Only an account administrator", "Not allowed to view meetings scheduled for others"];
        let says = |message: &str| own.iter().any(|begins| message.starts_with(begins));
        if !self.operation.errors().iter().any(|error| says(&error.message)) {
            self.caller.may_with(self.operation, &person)?;
        }
        let is_waiting = person.status == PersonStatus::Pending;
        if is_waiting && self.now.duration_since(person.created_at) > INVITATION_LIFE {
            return worded(self, "A valid invitation to join", "").map_or(Ok(person), Err);
        }
        Ok(person)
    }

    /// A user of the account by id, e-mail address, or `me`.
    pub(crate) fn user_named(&self, asked: &str) -> Result<Person, Refusal> {
        let found = self.app.world.read(|state| match asked {
            "me" if self.account_id == self.caller.account_id => Some(Person::clone(&self.caller.me)),
            "me" => state.owner(&self.account_id).cloned(),
            other => state.person(other).cloned(),
        });
        match found {
            Some(person) if person.account_id == self.account_id => Ok(person),
            Some(_) if self.documents(USER_ELSEWHERE.code) => Err(Refusal::about(&USER_ELSEWHERE, &self.account_id)),
            _ => Err(["User does not exist: ", "User {userId} does not exist"]
                .iter()
                .find_map(|begins| worded(self, begins, asked))
                .unwrap_or_else(|| Refusal::about(&USER_NOT_FOUND, asked))),
        }
    }

    /// Everybody of the account, in the order they came.
    pub(crate) fn people(&self) -> Vec<Person> {
        let mut people = self.app.world.people();
        people.retain(|person| person.account_id == self.account_id);
        people
    }

    /// Whether a setting is on for the host of a meeting.
    pub(crate) fn is_on_for_host(&self, meeting: &Meeting, setting: &str) -> bool {
        self.app.world.read(|state| {
            let host = state.person_by_id(&meeting.host_id);
            host.is_some_and(|host| state.is_on(host, setting))
        })
    }

    /// Whether Zoom documents a refusal with this code for the operation.
    pub(crate) fn documents(&self, code: u32) -> bool {
        self.operation.errors().iter().any(|error| error.code == code)
    }

    /// Makes a change in the world.
    pub(crate) fn change<T>(&self, make: impl FnOnce(&mut Change<'_>) -> Result<T, Refusal>) -> Result<T, Refusal> {
        self.app.world.change_by(Some(&self.caller.me.id), make).map_err(|problem| match problem {
            ChangeError::Refused(refusal) => refusal,
            ChangeError::Disk(problem) => Refusal::disk(&problem),
        })
    }

    /// A text of the body.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.body.get(name).and_then(Value::as_str)
    }
}
