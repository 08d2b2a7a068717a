//! `idempotency`: API requests that carried a key, so that a repeated one gets the first one's answer.

use jiff::Timestamp;
use model::MemberId;
use zeroize::Zeroizing;

use crate::{
    engine::{params, sql},
    error::Result,
    row::Row,
    token::TokenHash,
    tx::Tx,
};

const TABLE: &str = "idempotency";

/// Which request.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose.
    pub member: MemberId,
    /// The hash of the key it carried.
    pub key: TokenHash,
    /// The hash of everything that must be equal in a repetition: method, path, body.
    pub request: TokenHash,
}

/// What is known of a request that carries a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing: go on, and [`finish`] it in the same transaction or a later one.
    New,
    /// It was answered; answer the same.
    Answered {
        /// The HTTP status.
        status: u16,
        /// The body.
        body: Vec<u8>,
    },
    /// It came and has not been answered yet.
    Underway,
    /// The key came with another request.
    Different,
}

#[derive(sqlx::FromRow)]
struct Raw {
    request_hash: String,
    status: Option<i64>,
    answer: Option<Vec<u8>>,
}

fn row_key(request: &Request) -> String {
    format!("{}/{}", request.member, request.key.as_str())
}

/// Takes the key for this request, or says what is known of it. A key whose time is over is free again.
pub async fn begin(tx: &mut Tx, request: &Request, now: Timestamp, expires_at: Timestamp) -> Result<Known> {
    let params = params![request.member, &request.key, now];
    tx.run("freeing a key", sql!("idempotency/expire"), params).await?;
    let params = params![request.member, &request.key, &request.request, now, expires_at];
    if tx.run("taking a key", sql!("idempotency/begin"), params).await? > 0 {
        return Ok(Known::New);
    }
    let params = params![request.member, &request.key];
    let raw: Option<Raw> = tx.row("reading a key", sql!("idempotency/get"), params).await?;
    let Some(raw) = raw else { return Ok(Known::Underway) };
    if raw.request_hash != request.request.as_str() {
        return Ok(Known::Different);
    }
    let (Some(status), Some(answer)) = (raw.status, raw.answer) else { return Ok(Known::Underway) };
    let key = row_key(request);
    let row = Row::of(TABLE, &key);
    let body = tx.keys().open(row.place("answer"), &answer)?.to_vec();
    Ok(Known::Answered { status: row.take("status", u16::try_from(status))?, body })
}

/// Keeps the answer, sealed.
pub async fn finish(tx: &mut Tx, request: &Request, status: u16, body: &[u8]) -> Result<()> {
    let key = row_key(request);
    let body = Zeroizing::new(body.to_vec());
    let sealed = tx.seal(Row::of(TABLE, &key).place("answer"), &body)?;
    let params = params![request.member, &request.key, i64::from(status), sealed];
    tx.run("keeping an answer", sql!("idempotency/finish"), params).await?;
    Ok(())
}

/// Gives the key free, because the request came to nothing that must not happen twice.
pub async fn abandon(tx: &mut Tx, request: &Request) -> Result<()> {
    tx.run("giving a key free", sql!("idempotency/abandon"), params![request.member, &request.key]).await?;
    Ok(())
}

/// Removes what has expired.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    tx.run("sweeping keys", sql!("idempotency/sweep"), params![now]).await
}
