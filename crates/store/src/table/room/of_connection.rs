//! The rooms of one Zoom account: how many, which are to come, and what becomes of them without it.

use jiff::Timestamp;
use model::{ConnectionId, RoomId};

use super::TABLE;
use crate::{
    engine::{params, sql},
    error::Result,
    row::Row,
    tx::{Reader, Tx},
};

/// What a room without an account has for a host: nobody of Zoom's.
const NOBODY: &str = "disconnected";

/// How many rooms a connection has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Holdings {
    /// All of them, past ones too.
    pub rooms: i64,
    /// Those that have not ended.
    pub coming: i64,
    /// Those that go on now.
    pub live: i64,
}

/// How many rooms a connection has at `now`.
pub async fn holdings(reader: &mut Reader, connection: ConnectionId, now: Timestamp) -> Result<Holdings> {
    let found = reader.row("counting an account's rooms", sql!("room/holdings"), params![connection, now]).await?;
    Ok(found.unwrap_or_default())
}

/// The rooms of a connection that have not ended at `now`.
pub async fn coming_of(reader: &mut Reader, connection: ConnectionId, now: Timestamp) -> Result<Vec<RoomId>> {
    ids(reader.rows("listing an account's rooms", sql!("room/coming_of"), params![connection, now]).await?)
}

/// The rooms that were kept when their account was disconnected and have not ended at `now`, the next one first.
pub async fn kept(reader: &mut Reader, now: Timestamp) -> Result<Vec<RoomId>> {
    ids(reader.rows("listing kept rooms", sql!("room/kept"), params![now]).await?)
}

/// The rooms of a connection that are refused for exactly this reason.
pub async fn refused_because(reader: &mut Reader, connection: ConnectionId, reason: &str) -> Result<Vec<RoomId>> {
    ids(reader.rows("listing refused rooms", sql!("room/refused_because"), params![connection, reason]).await?)
}

fn ids(raw: Vec<(String,)>) -> Result<Vec<RoomId>> {
    raw.into_iter().map(|(id,)| Row::of(TABLE, &id).parse("id", &id)).collect()
}

/// Forgets the rooms of a connection that were deleted here.
pub async fn forget_deleted(tx: &mut Tx, connection: ConnectionId) -> Result<()> {
    tx.run("forgetting deleted rooms", sql!("room/forget_deleted"), params![connection]).await?;
    Ok(())
}

/// Forgets all rooms of a connection.
pub async fn forget_of(tx: &mut Tx, connection: ConnectionId) -> Result<()> {
    tx.visitors_see_it();
    tx.run("forgetting an account's rooms", sql!("room/forget_of"), params![connection]).await?;
    Ok(())
}

/// Keeps the rooms of a connection without anything of Zoom's: no host, no meeting. How many.
pub async fn keep_without_zoom(tx: &mut Tx, connection: ConnectionId, now: Timestamp) -> Result<u64> {
    tx.visitors_see_it();
    let params = params![connection, NOBODY, now];
    tx.run("keeping an account's rooms", sql!("room/keep_without_zoom"), params).await
}
