//! `setup`: which steps of the set-up guide are done. `service` knows what the steps are.

use jiff::Timestamp;

use crate::{
    engine::{params, sql},
    error::Result,
    tx::{Reader, Tx},
};

#[derive(sqlx::FromRow)]
struct Raw {
    step: String,
}

/// The steps that are marked as done.
pub async fn list(reader: &mut Reader) -> Result<Vec<String>> {
    let raw: Vec<Raw> = reader.rows("listing steps of the set-up", sql!("setup/list"), params![]).await?;
    Ok(raw.into_iter().map(|raw| raw.step).collect())
}

/// Marks a step as done. Twice is once.
pub async fn mark(tx: &mut Tx, step: &str, now: Timestamp) -> Result<()> {
    tx.run("marking a step of the set-up", sql!("setup/mark"), params![step, now]).await?;
    Ok(())
}

/// Takes the mark away.
pub async fn unmark(tx: &mut Tx, step: &str) -> Result<()> {
    tx.run("unmarking a step of the set-up", sql!("setup/unmark"), params![step]).await?;
    Ok(())
}
