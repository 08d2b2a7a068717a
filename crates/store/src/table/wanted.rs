//! `wanted`: one row, what a site wants of Zoom, said before it has an account there.

use jiff::Timestamp;
use model::Feature;

use super::connection::{features, words};
use crate::{
    engine::{params, sql},
    error::Result,
    row::Row,
    tx::{Reader, Tx},
};

#[derive(sqlx::FromRow)]
struct Raw {
    features: String,
}

/// What the site wants; `None` where nobody has said.
pub async fn get(reader: &mut Reader) -> Result<Option<Vec<Feature>>> {
    let raw: Option<Raw> = reader.row("reading what is wanted", sql!("wanted/get"), params![]).await?;
    raw.map(|raw| Ok(features(&Row::of("wanted", "1").json("features", &raw.features)?))).transpose()
}

/// Says what the site wants.
pub async fn put(tx: &mut Tx, wanted: &[Feature], now: Timestamp) -> Result<()> {
    tx.run("saying what is wanted", sql!("wanted/put"), params![words(wanted), now]).await?;
    Ok(())
}
