//! `attempt`: the requests sent to Zoom last, and nothing that was in them.

use jiff::Timestamp;
use model::{AuditId, ConnectionId};

use crate::{
    engine::{params, sql},
    error::Result,
    row::Row,
    tx::{Reader, Tx},
};

/// How many are kept of each connection.
const KEPT: i64 = 500;

/// One request. Words are the Zoom client's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When it was sent.
    pub at: Timestamp,
    /// Zoom's `operationId`.
    pub operation: String,
    /// The rate label.
    pub label: String,
    /// For whom it was sent.
    pub work: String,
    /// Which attempt of its call it was, from 1.
    pub number: i64,
    /// How long it had waited for its turn, in milliseconds.
    pub waited_ms: i64,
    /// How long the answer took, in milliseconds.
    pub took_ms: i64,
    /// The HTTP status, where there was an answer.
    pub status: Option<i64>,
    /// How it ended.
    pub outcome: String,
}

#[derive(sqlx::FromRow)]
struct Raw {
    happened_at: i64,
    operation: String,
    label: String,
    work: String,
    number: i64,
    waited: i64,
    took: i64,
    status: Option<i64>,
    outcome: String,
}

/// Adds requests of a connection; the oldest go, so that 500 are kept.
pub async fn add(tx: &mut Tx, connection: ConnectionId, attempts: &[Attempt]) -> Result<()> {
    for a in attempts {
        let id = AuditId::from_parts(a.at.as_millisecond(), tx.random());
        let params = params![
            id,
            connection,
            a.at,
            a.operation.as_str(),
            a.label.as_str(),
            a.work.as_str(),
            a.number,
            a.waited_ms,
            a.took_ms,
            a.status,
            a.outcome.as_str(),
        ];
        tx.run("keeping a request", sql!("attempt/add"), params).await?;
    }
    tx.run("dropping old requests", sql!("attempt/trim"), params![connection, KEPT - 1]).await?;
    Ok(())
}

/// The last requests of a connection, the latest first.
pub async fn list(reader: &mut Reader, connection: ConnectionId, limit: i64) -> Result<Vec<Attempt>> {
    let raw: Vec<Raw> = reader.rows("listing requests", sql!("attempt/list"), params![connection, limit]).await?;
    let key = connection.to_string();
    let row = Row::of("attempt", &key);
    let parse = |raw: Raw| {
        Ok(Attempt {
            at: row.instant("happened_at", raw.happened_at)?,
            operation: raw.operation,
            label: raw.label,
            work: raw.work,
            number: raw.number,
            waited_ms: raw.waited,
            took_ms: raw.took,
            status: raw.status,
            outcome: raw.outcome,
        })
    };
    raw.into_iter().map(parse).collect()
}

/// Forgets what was sent through a connection.
pub async fn forget_of(tx: &mut Tx, connection: ConnectionId) -> Result<()> {
    tx.run("forgetting an account's attempts", sql!("attempt/forget_of"), params![connection]).await?;
    Ok(())
}
