//! The audit log: who did what, newest first.

use axum::{extract::State, response::Response};
use model::RoomId;
use serde::Serialize;
use service::AuditLine;

use super::{
    inside::{Content, Place, show},
    times::Instant,
};
use crate::{
    app::{App, Query},
    fault::Fault,
    guard::Signed,
    language::{self, Words},
    pages::Page,
};

/// Lines on the first page.
pub(crate) const FIRST: usize = 100;

/// The most lines on a page.
pub(crate) const MOST: usize = 2_000;

/// The log's page.
#[derive(Serialize)]
pub(crate) struct AuditPage {
    pub(crate) lines: Vec<Entry>,
    /// How many lines the next longer page has; none where there are no more.
    pub(crate) more: Option<usize>,
}

impl Page for AuditPage {
    const TEMPLATE: &'static str = "admin/audit.html";
}

impl Content for AuditPage {
    const PLACE: Place = Place::Audit;
}

/// One line.
#[derive(Debug, Serialize)]
pub(crate) struct Entry {
    #[serde(flatten)]
    at: Instant,
    actor: String,
    word: String,
    action: String,
    subject: String,
    detail: String,
}

impl From<&AuditLine> for Entry {
    fn from(line: &AuditLine) -> Self {
        Self {
            at: line.at.into(),
            actor: line.actor.clone(),
            action: action(&line.action),
            word: line.action.clone(),
            subject: line.subject.clone(),
            // An id alone says nothing to people; it is there to find the line by.
            detail: if line.detail.parse::<RoomId>().is_ok() { String::new() } else { line.detail.clone() },
        }
    }
}

/// What an action's word says to people; the word itself, spaced, where no sentence is known.
fn action(word: &str) -> String {
    language::find(&format!("audit-action-{word}"), &Words::new()).unwrap_or_else(|| word.replace('-', " "))
}

/// `GET /admin/audit`
pub(crate) async fn audit(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    let limit = limit(&query);
    let lines = app.service.audit(&actor, limit).await?;
    let page = AuditPage { more: more(lines.len(), limit), lines: lines.iter().map(Entry::from).collect() };
    show(&app, &actor, &query, page).await
}

/// How many lines the address asks for.
pub(crate) fn limit(query: &Query) -> usize {
    query.get("limit").and_then(|limit| limit.parse().ok()).unwrap_or(FIRST).clamp(1, MOST)
}

/// How many lines the next longer page has.
pub(crate) fn more(found: usize, limit: usize) -> Option<usize> {
    (found >= limit && limit < MOST).then(|| (limit * 2).min(MOST))
}
