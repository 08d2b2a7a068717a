//! `api_token`: programs that act for a member, by the hash of their bearer token.

use jiff::Timestamp;
use model::{Member, MemberId};

use super::member;
use crate::{
    engine::{params, sql},
    error::Result,
    row::Row,
    token::TokenHash,
    tx::{Reader, Tx},
};

/// A program's token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// The token's hash; also its name in lists and forms.
    pub hash: TokenHash,
    /// For whom it acts.
    pub member: MemberId,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, within a minute or so.
    pub last_used_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Raw {
    token_hash: String,
    member_id: String,
    name: String,
    created_at: i64,
    last_used_at: Option<i64>,
}

impl Raw {
    fn parse(self) -> Result<ApiToken> {
        let row = Row::of("api_token", &self.token_hash);
        Ok(ApiToken {
            hash: row.some("token_hash", TokenHash::parse(&self.token_hash))?,
            member: row.parse("member_id", &self.member_id)?,
            name: self.name,
            created_at: row.instant("created_at", self.created_at)?,
            last_used_at: row.instant_some("last_used_at", self.last_used_at)?,
        })
    }
}

#[derive(sqlx::FromRow)]
struct Joined {
    #[sqlx(flatten)]
    token: Raw,
    email: String,
    member_name: String,
    role: String,
}

/// The token with this hash, and for whom it acts.
pub async fn find(reader: &mut Reader, hash: &TokenHash) -> Result<Option<(ApiToken, Member)>> {
    let joined: Option<Joined> = reader.row("reading an API token", sql!("api_token/find"), params![hash]).await?;
    joined
        .map(|j| {
            let id = j.token.member_id.clone();
            let member = member::parse(Row::of("member", &id), &id, &j.email, &j.member_name, &j.role)?;
            Ok((j.token.parse()?, member))
        })
        .transpose()
}

/// The tokens of a member, the oldest first.
pub async fn of_member(reader: &mut Reader, member: MemberId) -> Result<Vec<ApiToken>> {
    let raw: Vec<Raw> = reader.rows("listing API tokens", sql!("api_token/of_member"), params![member]).await?;
    raw.into_iter().map(Raw::parse).collect()
}

/// Adds a token.
pub async fn insert(tx: &mut Tx, token: &ApiToken) -> Result<()> {
    let params = params![&token.hash, token.member, token.name.as_str(), token.created_at, token.last_used_at];
    tx.run("adding an API token", sql!("api_token/insert"), params).await?;
    Ok(())
}

/// Notes that it was used.
pub async fn touch(tx: &mut Tx, hash: &TokenHash, now: Timestamp) -> Result<()> {
    tx.run("noting an API token's use", sql!("api_token/touch"), params![hash, now]).await?;
    Ok(())
}

/// Takes a token back; false where the member has none of this hash.
pub async fn remove(tx: &mut Tx, member: MemberId, hash: &TokenHash) -> Result<bool> {
    Ok(tx.run("removing an API token", sql!("api_token/remove"), params![member, hash]).await? > 0)
}

/// Takes all tokens of a member back; how many there were.
pub async fn remove_all(tx: &mut Tx, member: MemberId) -> Result<u64> {
    tx.run("removing API tokens", sql!("api_token/remove_all"), params![member]).await
}
