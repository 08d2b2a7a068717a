//! `address`: one row, where `serve` is reached when no `public_url` is set.

use jiff::Timestamp;

use crate::{
    engine::{params, sql},
    error::Result,
    tx::{Reader, Tx},
};

#[derive(sqlx::FromRow)]
struct Raw {
    url: String,
}

/// The address `serve` had when it last started without a `public_url`; `None` where it never did.
pub async fn get(reader: &mut Reader) -> Result<Option<String>> {
    let raw: Option<Raw> = reader.row("reading the address", sql!("address/get"), params![]).await?;
    Ok(raw.map(|raw| raw.url))
}

/// Notes it.
pub async fn put(tx: &mut Tx, url: &str, now: Timestamp) -> Result<()> {
    tx.run("noting the address", sql!("address/put"), params![url, now]).await?;
    Ok(())
}
