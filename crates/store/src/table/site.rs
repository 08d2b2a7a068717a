//! `site`: one row, what the site is called and looks like.

use jiff::Timestamp;

use crate::{
    engine::{params, sql},
    error::Result,
    row::Row,
    tx::{Reader, Tx},
};

/// What visitors see on every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// What the site is called.
    pub name: String,
    /// The accent colour's hue, 0 to 359 degrees.
    pub accent_hue: u16,
}

#[derive(sqlx::FromRow)]
struct Raw {
    name: String,
    accent_hue: i64,
}

/// The site; `None` until it was first set.
pub async fn get(reader: &mut Reader) -> Result<Option<Site>> {
    let raw: Option<Raw> = reader.row("reading the site", sql!("site/get"), params![]).await?;
    raw.map(|raw| {
        let hue = u16::try_from(raw.accent_hue).ok().filter(|hue| *hue < 360);
        Ok(Site { name: raw.name, accent_hue: Row::of("site", "1").some("accent_hue", hue)? })
    })
    .transpose()
}

/// Sets it.
pub async fn put(tx: &mut Tx, site: &Site, now: Timestamp) -> Result<()> {
    tx.visitors_see_it();
    let params = params![site.name.as_str(), i64::from(site.accent_hue), now];
    tx.run("setting the site", sql!("site/put"), params).await?;
    Ok(())
}
