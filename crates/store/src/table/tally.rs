//! `tally`: what of an account's limits is taken. The Zoom client knows what the text says.

use model::ConnectionId;

use crate::{
    engine::{params, sql},
    error::Result,
    tx::{Reader, Tx},
};

/// What is taken, as it was put; nothing before there is anything.
pub async fn get(reader: &mut Reader, connection: ConnectionId) -> Result<Option<String>> {
    let row: Option<(String,)> = reader.row("reading a tally", sql!("tally/get"), params![connection]).await?;
    Ok(row.map(|(state,)| state))
}

/// Keeps what is taken. Read and put it in one transaction.
pub async fn put(tx: &mut Tx, connection: ConnectionId, state: &str) -> Result<()> {
    tx.run("keeping a tally", sql!("tally/put"), params![connection, state]).await?;
    Ok(())
}

/// Forgets what is taken of a connection's limits.
pub async fn forget_of(tx: &mut Tx, connection: ConnectionId) -> Result<()> {
    tx.run("forgetting an account's tally", sql!("tally/forget_of"), params![connection]).await?;
    Ok(())
}
