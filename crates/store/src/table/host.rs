//! `host`: the Zoom users of a connection, as last read from Zoom.

use jiff::Timestamp;
use model::{ConnectionId, Email, Host, ZoomUserId};

use crate::{
    engine::{params, sql},
    error::Result,
    row::Row,
    tx::{Reader, Tx},
};

#[derive(sqlx::FromRow)]
struct Raw {
    host_id: String,
    email: String,
    name: String,
    licensed: bool,
    webinars: Option<bool>,
    zone: Option<String>,
    active: bool,
}

impl Raw {
    fn parse(self) -> Result<Host> {
        let row = Row::of("host", &self.host_id);
        Ok(Host {
            id: row.some("host_id", ZoomUserId::parse(&self.host_id))?,
            email: row.take("email", Email::parse(&self.email))?,
            name: self.name,
            licensed: self.licensed,
            webinars: self.webinars,
            zone: self.zone,
            active: self.active,
        })
    }
}

/// All hosts of a connection, also those that are no longer active, by name.
pub async fn list(reader: &mut Reader, connection: ConnectionId) -> Result<Vec<Host>> {
    let raw: Vec<Raw> = reader.rows("listing hosts", sql!("host/list"), params![connection]).await?;
    raw.into_iter().map(Raw::parse).collect()
}

/// One host.
pub async fn get(reader: &mut Reader, connection: ConnectionId, id: &ZoomUserId) -> Result<Option<Host>> {
    let raw: Option<Raw> = reader.row("reading a host", sql!("host/get"), params![connection, id.as_str()]).await?;
    raw.map(Raw::parse).transpose()
}

/// The active host with this address.
pub async fn by_email(reader: &mut Reader, connection: ConnectionId, email: &Email) -> Result<Option<Host>> {
    let raw: Option<Raw> =
        reader.row("reading a host", sql!("host/by_email"), params![connection, email.as_str()]).await?;
    raw.map(Raw::parse).transpose()
}

/// Takes what Zoom lists now as all there is: whoever is not in it is kept, and no longer active. Whether somebody may
/// hold webinars stays known where the list does not say.
pub async fn replace_all(tx: &mut Tx, connection: ConnectionId, hosts: &[Host], now: Timestamp) -> Result<()> {
    tx.visitors_see_it();
    tx.run("retiring hosts", sql!("host/retire_all"), params![connection]).await?;
    for host in hosts {
        let params = params![
            connection,
            host.id.as_str(),
            host.email.as_str(),
            host.name.as_str(),
            host.licensed,
            host.webinars,
            host.zone.as_deref(),
            host.active,
            now,
        ];
        tx.run("keeping a host", sql!("host/put"), params).await?;
    }
    Ok(())
}

/// Forgets a host as if Zoom had never named them.
pub async fn forget(tx: &mut Tx, connection: ConnectionId, id: &ZoomUserId) -> Result<()> {
    tx.visitors_see_it();
    tx.run("forgetting a host", sql!("host/forget"), params![connection, id.as_str()]).await?;
    Ok(())
}

/// Forgets all users of a connection.
pub async fn forget_of(tx: &mut Tx, connection: ConnectionId) -> Result<()> {
    tx.run("forgetting an account's users", sql!("host/forget_of"), params![connection]).await?;
    Ok(())
}
