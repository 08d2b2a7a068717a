//! `audit`: who did what to what, for ever.

use jiff::Timestamp;
use model::{AuditId, MemberId, RoomId};
use serde_json::Value as Json;

use crate::{
    engine::{params, sql},
    error::Result,
    page::{Cursor, Page},
    row::Row,
    tx::{Reader, Tx},
};

const PAGE: usize = 50;

/// Something that somebody did.
#[derive(Clone, Debug, PartialEq)]
pub struct NewAudit<'a> {
    /// Who, where it was a member.
    pub member: Option<MemberId>,
    /// Who, in words that outlive them: an address, `command line`, `Zoom`.
    pub actor: &'a str,
    /// What, such as `room.start`.
    pub action: &'a str,
    /// To what: an id or an address.
    pub subject: &'a str,
    /// The room it is about, where it is about one.
    pub room: Option<RoomId>,
    /// More; no secrets.
    pub detail: Json,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The line.
    pub id: AuditId,
    /// When.
    pub happened_at: Timestamp,
    /// Who, where it was a member.
    pub member: Option<MemberId>,
    /// Who, in words.
    pub actor: String,
    /// What.
    pub action: String,
    /// To what.
    pub subject: String,
    /// More.
    pub detail: Json,
}

#[derive(sqlx::FromRow)]
struct Raw {
    id: String,
    happened_at: i64,
    member_id: Option<String>,
    actor: String,
    action: String,
    subject: String,
    detail: String,
}

impl Raw {
    fn parse(self) -> Result<Entry> {
        let row = Row::of("audit", &self.id);
        Ok(Entry {
            id: row.parse("id", &self.id)?,
            happened_at: row.instant("happened_at", self.happened_at)?,
            member: row.parse_some("member_id", self.member_id.as_deref())?,
            detail: row.json("detail", &self.detail)?,
            actor: self.actor,
            action: self.action,
            subject: self.subject,
        })
    }
}

/// Adds a line, in the transaction of what it tells of.
pub async fn add(tx: &mut Tx, new: &NewAudit<'_>, now: Timestamp) -> Result<AuditId> {
    let id = AuditId::from_parts(now.as_millisecond(), tx.random());
    let params = params![id, now, new.member, new.actor, new.action, new.subject, new.detail.to_string(), new.room];
    tx.run("writing the audit log", sql!("audit/add"), params).await?;
    Ok(id)
}

/// What was done to a room, the newest line first; at most `limit`.
pub async fn of_room(reader: &mut Reader, room: RoomId, limit: usize) -> Result<Vec<Entry>> {
    let params = params![room, i64::try_from(limit).unwrap_or(i64::MAX)];
    let raw: Vec<Raw> = reader.rows("reading a room's history", sql!("audit/of_room"), params).await?;
    raw.into_iter().map(Raw::parse).collect()
}

/// The log, the newest line first.
pub async fn list(reader: &mut Reader, after: Option<&Cursor>) -> Result<Page<Entry>> {
    let (at, id) = after.map_or((i64::MAX, "~"), |cursor| (cursor.at, &cursor.id));
    let raw: Vec<Raw> = reader.rows("reading the audit log", sql!("audit/list"), params![at, id]).await?;
    let page = Page::cut(raw, PAGE, |raw| Cursor { at: raw.happened_at, id: raw.id.clone() });
    let items = page.items.into_iter().map(Raw::parse).collect::<Result<_>>()?;
    Ok(Page { items, next: page.next })
}
