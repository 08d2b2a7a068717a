//! The audit log: who did what, when. Lines are written in the transaction of what they tell of.

use jiff::Timestamp;
use model::{AuditId, Right, RoomId, Title};
use serde_json::Value as Json;
use store::{Tx, audit::NewAudit};

use crate::{Actor, Service, error::Result};

/// A line of the audit log.
#[derive(Clone, Debug)]
pub struct AuditLine {
    /// The line.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who: a member's name and address, `command line`, or an address that tried to sign in.
    pub actor: String,
    /// What was done: a word such as `room-created` or `zak-requested`.
    pub action: String,
    /// To what: a title, an address, an id.
    pub subject: String,
    /// More, in words for people; may be empty.
    pub detail: String,
}

/// Writes a line about what `actor` does.
pub(crate) async fn note(
    tx: &mut Tx,
    actor: &Actor,
    action: &str,
    subject: &str,
    detail: &str,
    now: Timestamp,
) -> Result<()> {
    let (member, actor) = (actor.member_id(), &actor.name());
    let line = NewAudit { member, actor, action, subject, room: None, detail: text(detail) };
    store::audit::add(tx, &line, now).await?;
    Ok(())
}

/// Writes a line about what `actor` does to a room: one of its history.
pub(crate) async fn note_room(
    tx: &mut Tx,
    actor: &Actor,
    action: &str,
    (room, title): (RoomId, &Title),
    detail: &str,
    now: Timestamp,
) -> Result<()> {
    let (member, actor) = (actor.member_id(), &actor.name());
    let line = NewAudit { member, actor, action, subject: title.as_str(), room: Some(room), detail: text(detail) };
    store::audit::add(tx, &line, now).await?;
    Ok(())
}

/// Writes a line about what somebody does who is nobody here (yet).
pub(crate) async fn note_stranger(
    tx: &mut Tx,
    who: &str,
    action: &str,
    subject: &str,
    detail: &str,
    now: Timestamp,
) -> Result<()> {
    let line = NewAudit { member: None, actor: who, action, subject, room: None, detail: text(detail) };
    store::audit::add(tx, &line, now).await?;
    Ok(())
}

fn text(detail: &str) -> Json {
    if detail.is_empty() { Json::Null } else { Json::String(detail.to_owned()) }
}

impl Service {
    /// The last lines of the audit log, latest first; at most `limit`.
    pub async fn audit(&self, actor: &Actor, limit: usize) -> Result<Vec<AuditLine>> {
        actor.need(Right::ReadAudit)?;
        let mut reader = self.store().read().await?;
        let (mut lines, mut after) = (Vec::new(), None);
        loop {
            let page = store::audit::list(&mut reader, after.as_ref()).await?;
            lines.extend(page.items.into_iter().map(line));
            after = page.next;
            if after.is_none() || lines.len() >= limit {
                lines.truncate(limit);
                return Ok(lines);
            }
        }
    }

    /// The last lines about a room, latest first; at most `limit`. They outlive its titles, and the room itself.
    pub async fn room_history(&self, actor: &Actor, room: RoomId, limit: usize) -> Result<Vec<AuditLine>> {
        actor.need(Right::ReadAudit)?;
        let mut reader = self.store().read().await?;
        let lines = store::audit::of_room(&mut reader, room, limit).await?;
        Ok(lines.into_iter().map(line).collect())
    }
}

fn line(entry: store::audit::Entry) -> AuditLine {
    let detail = match entry.detail {
        Json::Null => String::new(),
        Json::String(text) => text,
        other => other.to_string(),
    };
    let (id, at) = (entry.id, entry.happened_at);
    AuditLine { id, at, actor: entry.actor, action: entry.action, subject: entry.subject, detail }
}
