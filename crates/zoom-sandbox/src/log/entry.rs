//! One line of the log.

use clock::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Body, Headers, LONGEST_NOTE, MOST_NOTES};

/// Who called whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// A client called the sandbox.
    In,
    /// The sandbox delivered a webhook.
    Out,
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// Not answered yet.
    Open,
    /// Carried out.
    Allowed,
    /// Answered with an error.
    Refused,
    /// The connection was cut by a fault, or by the caller.
    Cut,
}

/// One call, in or out.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Entry {
    /// Counts up from 1.
    pub id: u64,
    /// Grows whenever any entry changes.
    pub revision: u64,
    /// When it began, by the sandbox's clock.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// In or out.
    pub way: Way,
    /// The HTTP method.
    pub method: String,
    /// The path and query as sent, secrets hidden; for deliveries the receiver's address.
    pub target: String,
    /// Zoom's operation id, `token` for the OAuth server, `webhook` for deliveries; absent for a path Zoom does not know.
    #[schema(value_type = Option<String>)]
    pub operation: Option<&'static str>,
    /// The meeting or webinar it is about, where that is known.
    pub meeting: Option<i64>,
    /// What became of it.
    pub decision: Decision,
    /// Why, in one line.
    pub why: String,
    /// The HTTP status of the answer, once there is one.
    pub status: Option<u16>,
    /// How long it took, in milliseconds of the sandbox's clock; of the machine's, where that stands still.
    pub took_ms: f64,
    /// The headers sent, secrets hidden.
    #[schema(value_type = Vec<(String, String)>)]
    pub headers: Headers,
    /// The headers answered, beside the usual ones.
    #[schema(value_type = Vec<(String, String)>)]
    pub answer_headers: Headers,
    /// The body sent, secrets hidden.
    #[schema(value_type = Option<serde_json::Value>)]
    pub request: Option<Body>,
    /// The body answered, secrets hidden.
    #[schema(value_type = Option<serde_json::Value>)]
    pub answer: Option<Body>,
    /// What the sandbox noticed on the way: unknown fields, values read leniently, faults met.
    pub notes: Vec<String>,
    /// About the bytes its texts and bodies take, as when the log last changed it.
    #[serde(skip)]
    pub(crate) weighs: usize,
}

impl Entry {
    /// An entry for a call that has just begun.
    pub(crate) fn begun(at: Timestamp, way: Way, method: &str, target: String) -> Self {
        Self {
            id: 0,
            revision: 0,
            at,
            way,
            method: method.to_owned(),
            target,
            operation: None,
            meeting: None,
            decision: Decision::Open,
            why: String::new(),
            status: None,
            took_ms: 0.0,
            headers: Headers::default(),
            answer_headers: Headers::default(),
            request: None,
            answer: None,
            notes: Vec::new(),
            weighs: 0,
        }
    }

    fn weight(&self) -> usize {
        let bodies = [&self.request, &self.answer].into_iter().flatten().map(Body::weight).sum::<usize>();
        self.target.len() + self.headers.weight() + self.notes.iter().map(String::len).sum::<usize>() + bodies
    }

    /// Leaves out what is too much for the log, and says so; what remains weighs this.
    pub(super) fn lighten(&mut self) -> usize {
        if self.notes.len() > MOST_NOTES {
            self.notes.truncate(MOST_NOTES - 1);
            self.notes.push("And more of this kind.".to_owned());
        }
        for note in &mut self.notes {
            if note.len() > LONGEST_NOTE {
                *note = note.chars().take(LONGEST_NOTE / 4).chain("…".chars()).collect();
            }
        }
        self.weighs = self.weight();
        self.weighs
    }
}
