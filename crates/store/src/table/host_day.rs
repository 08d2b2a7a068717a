//! `host_day`: the ledger of meetings and webinars created and changed for each host, by day of UTC.

use jiff::Timestamp;
use model::{ConnectionId, ZoomUserId};

use crate::{
    engine::{params, sql},
    error::Result,
    row::Row,
    tx::{Reader, Tx},
};

/// What was taken of one host's day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostDay {
    /// The Zoom user.
    pub host: ZoomUserId,
    /// Creations and changes that were sent.
    pub used: i64,
    /// Whether Zoom said that there are no more, whatever was counted here: other apps plan for the host too.
    pub refused: bool,
}

#[derive(sqlx::FromRow)]
struct Raw {
    host_id: String,
    used: i64,
    refused: bool,
}

/// The day of UTC that an instant is in, in days of the Unix epoch.
pub fn day_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(86_400)
}

/// Takes one of the `most` creations and changes of the host's day; how many are taken with it, or nothing where there
/// is none left.
pub async fn take(
    tx: &mut Tx,
    connection: ConnectionId,
    host: &ZoomUserId,
    now: Timestamp,
    most: i64,
) -> Result<Option<i64>> {
    let params = params![connection, host.as_str(), day_of(now), most];
    let row: Option<(i64,)> = tx.row("taking of a host's day", sql!("host_day/take"), params).await?;
    Ok(row.map(|(used,)| used))
}

/// Gives one back that was not sent, of the day of `taken`.
pub async fn give_back(tx: &mut Tx, connection: ConnectionId, host: &ZoomUserId, taken: Timestamp) -> Result<()> {
    let params = params![connection, host.as_str(), day_of(taken)];
    tx.run("giving back of a host's day", sql!("host_day/give_back"), params).await?;
    Ok(())
}

/// Notes that Zoom takes no more for this host on the day of `now`.
pub async fn refuse(tx: &mut Tx, connection: ConnectionId, host: &ZoomUserId, now: Timestamp) -> Result<()> {
    let params = params![connection, host.as_str(), day_of(now)];
    tx.run("closing a host's day", sql!("host_day/refuse"), params).await?;
    Ok(())
}

/// The hosts for whom anything was sent on the day of `now`, the busiest first.
pub async fn of_day(reader: &mut Reader, connection: ConnectionId, now: Timestamp) -> Result<Vec<HostDay>> {
    let params = params![connection, day_of(now)];
    let raw: Vec<Raw> = reader.rows("reading the day of hosts", sql!("host_day/of_day"), params).await?;
    let key = connection.to_string();
    let row = Row::of("host_day", &key);
    let parse = |raw: Raw| {
        let host = row.some("host_id", ZoomUserId::parse(&raw.host_id))?;
        Ok(HostDay { host, used: raw.used, refused: raw.refused })
    };
    raw.into_iter().map(parse).collect()
}

/// Drops the days before that of an instant.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<()> {
    tx.run("dropping days of hosts", sql!("host_day/sweep"), params![day_of(before)]).await?;
    Ok(())
}

/// Forgets the days of a connection's hosts.
pub async fn forget_of(tx: &mut Tx, connection: ConnectionId) -> Result<()> {
    tx.run("forgetting an account's days", sql!("host_day/forget_of"), params![connection]).await?;
    Ok(())
}
