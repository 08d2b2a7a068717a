//! `one_time_link`: addresses that work once, for setting up and for setting a password.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use model::{MemberId, Problem};

use crate::{
    engine::{params, sql},
    error::Result,
    row::Row,
    token::TokenHash,
    tx::{Reader, Tx},
};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Makes the first owner of an empty site.
    Setup,
    /// Sets the password of a member.
    Password,
}

impl Purpose {
    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Password => "password",
        }
    }
}

impl FromStr for Purpose {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        [Self::Setup, Self::Password].into_iter().find(|p| p.as_str() == text).ok_or(Problem::NotAChoice)
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneTimeLink {
    /// The hash of its token.
    pub hash: TokenHash,
    /// What it is for.
    pub purpose: Purpose,
    /// For whom; nobody yet where it sets up.
    pub member: Option<MemberId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working.
    pub expires_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Raw {
    token_hash: String,
    purpose: String,
    member_id: Option<String>,
    created_at: i64,
    expires_at: i64,
}

impl Raw {
    fn parse(self) -> Result<OneTimeLink> {
        let row = Row::of("one_time_link", &self.token_hash);
        Ok(OneTimeLink {
            hash: row.some("token_hash", TokenHash::parse(&self.token_hash))?,
            purpose: row.parse("purpose", &self.purpose)?,
            member: row.parse_some("member_id", self.member_id.as_deref())?,
            created_at: row.instant("created_at", self.created_at)?,
            expires_at: row.instant("expires_at", self.expires_at)?,
        })
    }
}

/// Adds a link. Older unused ones of the same purpose and member stop working.
pub async fn insert(tx: &mut Tx, link: &OneTimeLink) -> Result<()> {
    let params = params![link.purpose.as_str(), link.member];
    tx.run("replacing one-time links", sql!("one_time_link/replace"), params).await?;
    let params = params![&link.hash, link.purpose.as_str(), link.member, link.created_at, link.expires_at];
    tx.run("adding a one-time link", sql!("one_time_link/insert"), params).await?;
    Ok(())
}

/// The link, where it still works; looking does not use it up.
pub async fn find(
    reader: &mut Reader,
    hash: &TokenHash,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<OneTimeLink>> {
    let params = params![hash, purpose.as_str(), now];
    let raw: Option<Raw> = reader.row("reading a one-time link", sql!("one_time_link/find"), params).await?;
    raw.map(Raw::parse).transpose()
}

/// Uses the link up; `None` where it does not work any more. Of many who try at once, one gets it.
pub async fn spend(tx: &mut Tx, hash: &TokenHash, purpose: Purpose, now: Timestamp) -> Result<Option<OneTimeLink>> {
    let params = params![hash, purpose.as_str(), now];
    let raw: Option<Raw> = tx.row("using a one-time link", sql!("one_time_link/spend"), params).await?;
    raw.map(Raw::parse).transpose()
}

/// Removes what has expired.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    tx.run("sweeping one-time links", sql!("one_time_link/sweep"), params![now]).await
}
