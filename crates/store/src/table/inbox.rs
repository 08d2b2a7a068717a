//! `inbox`: verified webhooks as they arrived, each kept once and applied once. Their bodies are sealed.

use jiff::Timestamp;
use model::{ConnectionId, InboxId};
use zeroize::Zeroizing;

use crate::{
    engine::{params, sql},
    error::Result,
    page::{Cursor, Page},
    row::Row,
    tx::{Reader, Tx},
};

const TABLE: &str = "inbox";
const PAGE: usize = 50;

/// A webhook that arrived.
#[derive(Clone, Debug)]
pub struct NewInbox {
    /// For which account.
    pub connection: ConnectionId,
    /// Zoom's name of the event, such as `meeting.started`.
    pub event: String,
    /// When it happened, says Zoom (`event_ts`).
    pub event_ts: Timestamp,
    /// Equal for two deliveries of one event, such as a hash of the body.
    pub dedupe: String,
}

/// An entry of the inbox, without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The entry.
    pub id: InboxId,
    /// For which account.
    pub connection: ConnectionId,
    /// Zoom's name of the event.
    pub event: String,
    /// When it happened, says Zoom.
    pub event_ts: Timestamp,
    /// When it arrived here.
    pub received_at: Timestamp,
    /// When it was applied.
    pub applied_at: Option<Timestamp>,
    /// What came of it, in words for people.
    pub outcome: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Raw {
    id: String,
    connection_id: String,
    event: String,
    event_ts: i64,
    received_at: i64,
    applied_at: Option<i64>,
    outcome: Option<String>,
}

impl Raw {
    fn parse(self) -> Result<Entry> {
        let row = Row::of(TABLE, &self.id);
        Ok(Entry {
            id: row.parse("id", &self.id)?,
            connection: row.parse("connection_id", &self.connection_id)?,
            event: self.event,
            event_ts: row.instant("event_ts", self.event_ts)?,
            received_at: row.instant("received_at", self.received_at)?,
            applied_at: row.instant_some("applied_at", self.applied_at)?,
            outcome: self.outcome,
        })
    }
}

/// Keeps a webhook with its raw body; `None` where it is here already.
pub async fn receive(tx: &mut Tx, new: &NewInbox, body: &[u8], now: Timestamp) -> Result<Option<InboxId>> {
    let id = InboxId::from_parts(now.as_millisecond(), tx.random());
    let key = id.to_string();
    let body = tx.seal(Row::of(TABLE, &key).place("body"), body)?;
    let params = params![id, new.connection, new.event.as_str(), new.event_ts, new.dedupe.as_str(), body, now];
    let touched = tx.run("receiving a webhook", sql!("inbox/receive"), params).await?;
    Ok((touched > 0).then_some(id))
}

/// An entry.
pub async fn get(reader: &mut Reader, id: InboxId) -> Result<Option<Entry>> {
    let raw: Option<Raw> = reader.row("reading the inbox", sql!("inbox/get"), params![id]).await?;
    raw.map(Raw::parse).transpose()
}

/// The raw body of an entry. It may hold addresses and passwords.
pub async fn body(reader: &mut Reader, id: InboxId) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let row: Option<(Vec<u8>,)> = reader.row("reading a webhook", sql!("inbox/body"), params![id]).await?;
    let key = id.to_string();
    row.map(|(sealed,)| reader.keys().open(Row::of(TABLE, &key).place("body"), &sealed)).transpose()
}

/// Notes what came of an entry; false where that was noted before: then nothing must be applied.
pub async fn finish(tx: &mut Tx, id: InboxId, outcome: &str, now: Timestamp) -> Result<bool> {
    Ok(tx.run("finishing a webhook", sql!("inbox/finish"), params![id, outcome, now]).await? > 0)
}

/// What arrived, the newest first.
pub async fn list(reader: &mut Reader, after: Option<&Cursor>) -> Result<Page<Entry>> {
    let (at, id) = after.map_or((i64::MAX, "~"), |cursor| (cursor.at, &cursor.id));
    let raw: Vec<Raw> = reader.rows("listing the inbox", sql!("inbox/list"), params![at, id]).await?;
    let page = Page::cut(raw, PAGE, |raw| Cursor { at: raw.received_at, id: raw.id.clone() });
    let items = page.items.into_iter().map(Raw::parse).collect::<Result<_>>()?;
    Ok(Page { items, next: page.next })
}

/// Removes entries that arrived before `before`.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run("sweeping the inbox", sql!("inbox/sweep"), params![before]).await
}

/// Forgets all webhooks of a connection.
pub async fn forget_of(tx: &mut Tx, connection: ConnectionId) -> Result<()> {
    tx.run("forgetting an account's webhooks", sql!("inbox/forget_of"), params![connection]).await?;
    Ok(())
}
