//! `member`: who has a login.

use jiff::Timestamp;
use model::{Email, Member, MemberId, PersonName, Role};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    engine::{params, sql},
    error::{Error, Result},
    row::Row,
    tx::{Reader, Tx},
};

const TABLE: &str = "member";

/// A member and what signs them in.
#[derive(Clone, Debug)]
pub struct MemberRecord {
    /// The member.
    pub member: Member,
    /// The argon2id hash of their password; `None` until they set one.
    pub password_hash: Option<SecretString>,
    /// When they were added.
    pub created_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Raw {
    id: String,
    email: String,
    name: String,
    role: String,
    password_hash: Option<String>,
    created_at: i64,
}

/// A member from the columns that say who somebody is.
pub(super) fn parse(row: Row<'_>, id: &str, email: &str, name: &str, role: &str) -> Result<Member> {
    Ok(Member {
        id: row.parse("id", id)?,
        email: row.take("email", Email::parse(email))?,
        name: row.take("name", PersonName::parse(name))?,
        role: row.parse("role", role)?,
    })
}

impl Raw {
    fn parse(self) -> Result<MemberRecord> {
        let row = Row::of(TABLE, &self.id);
        Ok(MemberRecord {
            member: parse(row, &self.id, &self.email, &self.name, &self.role)?,
            password_hash: self.password_hash.map(SecretString::from),
            created_at: row.instant("created_at", self.created_at)?,
        })
    }
}

/// The member with this id.
pub async fn get(reader: &mut Reader, id: MemberId) -> Result<Option<MemberRecord>> {
    let raw: Option<Raw> = reader.row("reading a member", sql!("member/get"), params![id]).await?;
    raw.map(Raw::parse).transpose()
}

/// The member with this address.
pub async fn by_email(reader: &mut Reader, email: &Email) -> Result<Option<MemberRecord>> {
    let raw: Option<Raw> = reader.row("reading a member", sql!("member/by_email"), params![email.as_str()]).await?;
    raw.map(Raw::parse).transpose()
}

/// All members, the oldest first.
pub async fn list(reader: &mut Reader) -> Result<Vec<MemberRecord>> {
    let raw: Vec<Raw> = reader.rows("listing members", sql!("member/list"), params![]).await?;
    raw.into_iter().map(Raw::parse).collect()
}

/// How many members have this role.
pub async fn count(reader: &mut Reader, role: Role) -> Result<i64> {
    reader.number("counting members", sql!("member/count"), params![role.as_str()]).await
}

/// Adds a member; [`Error::EmailTaken`] where another one has the address.
pub async fn insert(tx: &mut Tx, member: &Member, password_hash: Option<&SecretString>, now: Timestamp) -> Result<()> {
    let params = params![
        member.id,
        member.email.as_str(),
        member.name.as_str(),
        member.role.as_str(),
        password_hash.map(SecretString::expose_secret),
        now,
    ];
    if tx.run("adding a member", sql!("member/insert"), params).await? == 0 { Err(Error::EmailTaken) } else { Ok(()) }
}

/// Sets the hash of a member's password.
pub async fn set_password(tx: &mut Tx, id: MemberId, hash: &SecretString) -> Result<()> {
    let params = params![id, hash.expose_secret()];
    touched_one(tx.run("setting a password", sql!("member/set_password"), params).await?, id)
}

/// Changes what a member is called and may do.
pub async fn update(tx: &mut Tx, id: MemberId, name: &PersonName, role: Role) -> Result<()> {
    let params = params![id, name.as_str(), role.as_str()];
    touched_one(tx.run("changing a member", sql!("member/update"), params).await?, id)
}

/// Removes a member with their sessions, tokens and links; false where there was none.
pub async fn remove(tx: &mut Tx, id: MemberId) -> Result<bool> {
    Ok(tx.run("removing a member", sql!("member/remove"), params![id]).await? > 0)
}

fn touched_one(touched: u64, id: MemberId) -> Result<()> {
    if touched == 0 { Err(Error::Stale { table: TABLE, row: id.to_string() }) } else { Ok(()) }
}
