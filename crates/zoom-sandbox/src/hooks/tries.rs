//! Every attempt of a delivery with its headers and bodies: what Zoom's webhook logs show.

use clock::Timestamp;
use serde_json::{Value, json};

use super::post::{Letter, Receiver, Reply};

/// How many attempts are kept.
pub(super) const KEPT: usize = 500;

/// So much of a text is kept, in characters.
const LONGEST: usize = 8 * 1024;

/// One attempt.
#[derive(Clone, Debug)]
pub(crate) struct Try {
    pub(crate) app_id: String,
    pub(crate) at: Timestamp,
    pub(crate) event: String,
    /// The HTTP status; -1 where there was no answer.
    pub(crate) status: i32,
    pub(crate) is_taken: bool,
    pub(crate) retry: u8,
    /// The row of the list, without what is derived from the rest.
    pub(crate) row: Value,
}

impl Try {
    pub(super) fn new(to: &Receiver, letter: &Letter<'_>, reply: &Reply, retry: u8, at: Timestamp) -> Self {
        let cut = |text: String| text.chars().take(LONGEST).collect::<String>();
        let answer = match reply.status {
            Some(_) => String::from_utf8_lossy(&reply.answer).into_owned(),
            None => reply.problem.clone(),
        };
        let mut row = json!({
            "user_id": to.owner_id,
            "endpoint": to.url,
            "subscription_id": to.subscription,
            // Zoom's example shows none either: they hold what the receiver trusts.
            "request_headers": "N/A",
            "request_body": cut(letter.body.to_string()),
            "response_headers": cut(Value::from(reply.headers.clone()).to_string()),
            "response_body": cut(answer),
            "trace_id": letter.ids.trace,
            "request_id": letter.ids.request,
        });
        if let (Some(reason), Some(members)) = (reply.reason, row.as_object_mut()) {
            members.insert("failed_reason_type".to_owned(), reason.into());
        }
        Self {
            app_id: to.app_id.clone(),
            at,
            event: letter.event.to_owned(),
            status: reply.status.map_or(-1, i32::from),
            is_taken: reply.problem.is_empty(),
            retry,
            row,
        }
    }
}
