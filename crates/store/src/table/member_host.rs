//! `member_host`: as which Zoom users a member may act.

use jiff::Timestamp;
use model::{ConnectionId, MemberId, ZoomUserId};

use crate::{
    engine::{params, sql},
    error::Result,
    row::Row,
    tx::{Reader, Tx},
};

/// A member's right to act as a Zoom user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Who.
    pub member: MemberId,
    /// On which account.
    pub connection: ConnectionId,
    /// As whom.
    pub host: ZoomUserId,
}

#[derive(sqlx::FromRow)]
#[expect(clippy::struct_field_names, reason = "they are the columns' names")]
struct Raw {
    member_id: String,
    connection_id: String,
    host_id: String,
}

impl Raw {
    fn parse(self) -> Result<Link> {
        let row = Row::of("member_host", &self.member_id);
        Ok(Link {
            member: row.parse("member_id", &self.member_id)?,
            connection: row.parse("connection_id", &self.connection_id)?,
            host: row.some("host_id", ZoomUserId::parse(&self.host_id))?,
        })
    }
}

/// The links of one member.
pub async fn of_member(reader: &mut Reader, member: MemberId) -> Result<Vec<Link>> {
    let raw: Vec<Raw> = reader.rows("reading links", sql!("member_host/of_member"), params![member]).await?;
    raw.into_iter().map(Raw::parse).collect()
}

/// All links of a connection.
pub async fn list(reader: &mut Reader, connection: ConnectionId) -> Result<Vec<Link>> {
    let raw: Vec<Raw> = reader.rows("listing links", sql!("member_host/list"), params![connection]).await?;
    raw.into_iter().map(Raw::parse).collect()
}

/// Lets a member act as a Zoom user; false where they could already.
pub async fn link(tx: &mut Tx, link: &Link, now: Timestamp) -> Result<bool> {
    let params = params![link.member, link.connection, link.host.as_str(), now];
    Ok(tx.run("linking a host", sql!("member_host/link"), params).await? > 0)
}

/// Takes that right back; false where there was none.
pub async fn unlink(tx: &mut Tx, link: &Link) -> Result<bool> {
    let params = params![link.member, link.connection, link.host.as_str()];
    Ok(tx.run("unlinking a host", sql!("member_host/unlink"), params).await? > 0)
}

/// Forgets which members act as users of a connection.
pub async fn forget_of(tx: &mut Tx, connection: ConnectionId) -> Result<()> {
    tx.run("forgetting an account's links", sql!("member_host/forget_of"), params![connection]).await?;
    Ok(())
}
