//! `attempt_minute`: how many requests were sent to Zoom in each minute.

use jiff::Timestamp;
use model::ConnectionId;

use crate::{
    engine::{params, sql},
    error::Result,
    tx::{Reader, Tx},
};

/// The requests of one minute that ended alike.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Minute {
    /// Minutes of the Unix epoch.
    pub minute: i64,
    /// The rate label.
    pub label: String,
    /// How they ended.
    pub outcome: String,
    /// How many.
    pub attempts: i64,
}

/// The minute that an instant is in.
pub fn minute_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(60)
}

/// Adds to what was counted.
pub async fn add(tx: &mut Tx, connection: ConnectionId, counted: &Minute) -> Result<()> {
    let Minute { minute, label, outcome, attempts } = counted;
    let params = params![connection, *minute, label.as_str(), outcome.as_str(), *attempts];
    tx.run("counting requests", sql!("attempt_minute/add"), params).await?;
    Ok(())
}

/// What was counted in and after the minute of an instant, the oldest first.
pub async fn since(reader: &mut Reader, connection: ConnectionId, from: Timestamp) -> Result<Vec<Minute>> {
    let params = params![connection, minute_of(from)];
    reader.rows("reading counted requests", sql!("attempt_minute/since"), params).await
}

/// Drops what was counted before an instant.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<()> {
    tx.run("dropping counted requests", sql!("attempt_minute/sweep"), params![minute_of(before)]).await?;
    Ok(())
}

/// Forgets how much was sent through a connection.
pub async fn forget_of(tx: &mut Tx, connection: ConnectionId) -> Result<()> {
    tx.run("forgetting an account's minutes", sql!("attempt_minute/forget_of"), params![connection]).await?;
    Ok(())
}
