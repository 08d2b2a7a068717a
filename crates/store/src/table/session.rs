//! `session`: who is signed in, by the hash of the token in their cookie.

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

/// A login that goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The hash of its token.
    pub hash: TokenHash,
    /// Whose it is.
    pub member: MemberId,
    /// From where, in words for its owner (a browser's name).
    pub client: String,
    /// When they signed in.
    pub created_at: Timestamp,
    /// When it was last used, within a minute or so.
    pub last_seen_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Raw {
    token_hash: String,
    member_id: String,
    client: String,
    created_at: i64,
    last_seen_at: i64,
    expires_at: i64,
}

impl Raw {
    fn parse(self) -> Result<Session> {
        let row = Row::of("session", &self.token_hash);
        Ok(Session {
            hash: row.some("token_hash", TokenHash::parse(&self.token_hash))?,
            member: row.parse("member_id", &self.member_id)?,
            client: self.client,
            created_at: row.instant("created_at", self.created_at)?,
            last_seen_at: row.instant("last_seen_at", self.last_seen_at)?,
            expires_at: row.instant("expires_at", self.expires_at)?,
        })
    }
}

#[derive(sqlx::FromRow)]
struct Joined {
    #[sqlx(flatten)]
    session: Raw,
    email: String,
    name: String,
    role: String,
}

/// The session with this token, and whose it is, where it has not expired.
pub async fn find(reader: &mut Reader, hash: &TokenHash, now: Timestamp) -> Result<Option<(Session, Member)>> {
    let joined: Option<Joined> = reader.row("reading a session", sql!("session/find"), params![hash, now]).await?;
    joined
        .map(|j| {
            let id = j.session.member_id.clone();
            let member = member::parse(Row::of("member", &id), &id, &j.email, &j.name, &j.role)?;
            Ok((j.session.parse()?, member))
        })
        .transpose()
}

/// The sessions of a member that have not expired, the last used first.
pub async fn of_member(reader: &mut Reader, member: MemberId, now: Timestamp) -> Result<Vec<Session>> {
    let raw: Vec<Raw> = reader.rows("listing sessions", sql!("session/of_member"), params![member, now]).await?;
    raw.into_iter().map(Raw::parse).collect()
}

/// Begins a session.
pub async fn insert(tx: &mut Tx, session: &Session) -> Result<()> {
    let s = session;
    let params = params![&s.hash, s.member, s.client.as_str(), s.created_at, s.last_seen_at, s.expires_at];
    tx.run("beginning a session", sql!("session/insert"), params).await?;
    Ok(())
}

/// Notes that it was used, and until when it lasts now.
pub async fn touch(tx: &mut Tx, hash: &TokenHash, now: Timestamp, expires_at: Timestamp) -> Result<()> {
    tx.run("noting a session's use", sql!("session/touch"), params![hash, now, expires_at]).await?;
    Ok(())
}

/// Ends a session; false where there was none.
pub async fn end(tx: &mut Tx, hash: &TokenHash) -> Result<bool> {
    Ok(tx.run("ending a session", sql!("session/end"), params![hash]).await? > 0)
}

/// Ends all sessions of a member but `except`; how many that were.
pub async fn end_all(tx: &mut Tx, member: MemberId, except: Option<&TokenHash>) -> Result<u64> {
    tx.run("ending sessions", sql!("session/end_all"), params![member, except.map(TokenHash::as_str)]).await
}

/// Removes what has expired.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    tx.run("sweeping sessions", sql!("session/sweep"), params![now]).await
}
