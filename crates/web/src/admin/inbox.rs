//! The inbox: what Zoom told us, and what came of it.

use axum::{extract::State, response::Response};
use model::Right;
use serde::Serialize;
use service::InboxLine;

use super::{
    audit::{limit, more},
    inside::{Content, Place, show},
    times::Instant,
};
use crate::{
    app::{App, Query},
    fault::Fault,
    guard::Signed,
    language::{self, Words, say},
    pages::Page,
};

/// The inbox's page.
#[derive(Serialize)]
pub(crate) struct InboxPage {
    pub(crate) lines: Vec<Arrived>,
    pub(crate) more: Option<usize>,
    pub(crate) may_connect: bool,
}

impl Page for InboxPage {
    const TEMPLATE: &'static str = "admin/inbox.html";
}

impl Content for InboxPage {
    const PLACE: Place = Place::Inbox;
}

/// One webhook.
#[derive(Debug, Serialize)]
pub(crate) struct Arrived {
    event: String,
    event_at: Instant,
    received_at: Instant,
    voice: &'static str,
    state: String,
}

impl From<&InboxLine> for Arrived {
    fn from(line: &InboxLine) -> Self {
        let voice = match line.outcome.as_deref() {
            Some("applied") => "good",
            _ => "",
        };
        let state = match line.outcome.as_deref() {
            None => say("inbox-waiting"),
            Some(word) => {
                language::find(&format!("inbox-{word}"), &Words::new()).unwrap_or_else(|| word.replace('-', " "))
            }
        };
        Self {
            event: line.event.clone(),
            event_at: line.event_at.into(),
            received_at: line.received_at.into(),
            voice,
            state,
        }
    }
}

/// `GET /admin/inbox`
pub(crate) async fn inbox(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    let limit = limit(&query);
    let lines = app.service.inbox(&actor, limit).await?;
    let page = InboxPage {
        more: more(lines.len(), limit),
        lines: lines.iter().map(Arrived::from).collect(),
        may_connect: actor.may(Right::ManageConnection),
    };
    show(&app, &actor, &query, page).await
}
