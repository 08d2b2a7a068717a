//! `grant_`: the server's short-lived answer to "may I join", used once. (`GRANT` is a word of SQL.)

use jiff::Timestamp;
use model::{Door, Email, MemberId, PersonName, RoomId, ZoomUserId};

use crate::{
    engine::{params, sql},
    error::Result,
    row::Row,
    token::TokenHash,
    tx::{Reader, Tx},
};

/// A right to enter a room, once.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The hash of its token.
    pub hash: TokenHash,
    /// Into which room.
    pub room: RoomId,
    /// Under which name.
    pub name: PersonName,
    /// With which address, where one was asked for.
    pub email: Option<Email>,
    /// As what.
    pub door: Door,
    /// As which Zoom user a host starts the room; `None` for visitors.
    pub acts_as: Option<ZoomUserId>,
    /// Which member, where it is one.
    pub member: Option<MemberId>,
    /// When it was given.
    pub created_at: Timestamp,
    /// When it stops working.
    pub expires_at: Timestamp,
}

fn word(door: Door) -> &'static str {
    match door {
        Door::Participant => "participant",
        Door::Host => "host",
    }
}

#[derive(sqlx::FromRow)]
struct Raw {
    token_hash: String,
    room_id: String,
    name: String,
    email: Option<String>,
    role: String,
    host_id: Option<String>,
    member_id: Option<String>,
    created_at: i64,
    expires_at: i64,
}

impl Raw {
    fn parse(self) -> Result<Grant> {
        let row = Row::of("grant_", &self.token_hash);
        let door = [Door::Participant, Door::Host].into_iter().find(|door| word(*door) == self.role);
        Ok(Grant {
            hash: row.some("token_hash", TokenHash::parse(&self.token_hash))?,
            room: row.parse("room_id", &self.room_id)?,
            name: row.take("name", PersonName::parse(&self.name))?,
            email: self.email.map(|email| row.take("email", Email::parse(&email))).transpose()?,
            door: row.some("role", door)?,
            acts_as: self.host_id.map(|id| row.some("host_id", ZoomUserId::parse(&id))).transpose()?,
            member: row.parse_some("member_id", self.member_id.as_deref())?,
            created_at: row.instant("created_at", self.created_at)?,
            expires_at: row.instant("expires_at", self.expires_at)?,
        })
    }
}

/// Adds a grant.
pub async fn insert(tx: &mut Tx, grant: &Grant) -> Result<()> {
    let g = grant;
    let email = g.email.as_ref().map(Email::as_str);
    let acts_as = g.acts_as.as_ref().map(ZoomUserId::as_str);
    let params =
        params![&g.hash, g.room, g.name.as_str(), email, word(g.door), g.member, g.created_at, g.expires_at, acts_as,];
    tx.run("adding a grant", sql!("grant_/insert"), params).await?;
    Ok(())
}

/// The grant, where it still works; looking does not use it up.
pub async fn find(reader: &mut Reader, hash: &TokenHash, now: Timestamp) -> Result<Option<Grant>> {
    let raw: Option<Raw> = reader.row("reading a grant", sql!("grant_/find"), params![hash, now]).await?;
    raw.map(Raw::parse).transpose()
}

/// Uses the grant up; `None` where it does not work any more. Of many who try at once, one gets it.
pub async fn spend(tx: &mut Tx, hash: &TokenHash, now: Timestamp) -> Result<Option<Grant>> {
    let raw: Option<Raw> = tx.row("using a grant", sql!("grant_/spend"), params![hash, now]).await?;
    raw.map(Raw::parse).transpose()
}

/// Removes what has expired.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    tx.run("sweeping grants", sql!("grant_/sweep"), params![now]).await
}
