//! Zoom users who hold rooms: read from Zoom, kept here.

use jiff::Timestamp;
use model::{Email, Host, Right, ZoomUserId};
use store::connection::Connection;
use zoom_client::{User, UserKind, ZoomClient};

use crate::{
    Actor, Service,
    error::{Error, Result},
    outbox::fault::Fault,
};

impl Service {
    /// Zoom users as last read, active ones first, by name.
    pub async fn hosts(&self, actor: &Actor) -> Result<Vec<Host>> {
        actor.need(Right::LookAround)?;
        let mut reader = self.store().read().await?;
        let Some(connection) = store::connection::list(&mut reader).await?.into_iter().next() else {
            return Ok(Vec::new());
        };
        let mut hosts = store::host::list(&mut reader, connection.id).await?;
        hosts.sort_by_key(|host| !host.active);
        Ok(hosts)
    }

    /// Reads the users from Zoom now.
    pub async fn refresh_hosts(&self, actor: &Actor) -> Result<Vec<Host>> {
        actor.need(Right::KeepOwnRooms)?;
        let connection = self.primary_connection().await?;
        let connection = connection.ok_or_else(|| Error::refused("Connect a Zoom account first."))?;
        let client = self.inner.zooms.of(&connection);
        let read = self.in_time(self.patience_ends(), "users", list_users(&client)).await;
        let hosts = read.map_err(|error| match Fault::from(error) {
            Fault::Later { reason, .. } | Fault::Lost { reason } => Error::Unavailable { reason },
            fault => Error::refused(fault.reason()),
        })?;
        self.keep_hosts(&connection, &hosts, self.now()).await?;
        self.hosts(actor).await
    }

    /// Reads a connection's users from Zoom and keeps them, as a job does; how many are active.
    pub(crate) async fn read_hosts(&self, connection: &Connection) -> Result<usize, HostsFault> {
        let client = self.inner.zooms.of(connection);
        let hosts = list_users(&client).await.map_err(|e| HostsFault::Zoom(e.into()))?;
        self.keep_hosts(connection, &hosts, self.now()).await.map_err(HostsFault::Ours)?;
        Ok(hosts.iter().filter(|h| h.active).count())
    }

    pub(crate) async fn keep_hosts(&self, connection: &Connection, hosts: &[Host], now: Timestamp) -> Result<()> {
        let id = connection.id;
        let write = |mut tx| async move { store::host::replace_all(&mut tx, id, hosts, now).await };
        Ok(self.store().write(write).await?)
    }
}

/// Why the users could not be read.
#[derive(Debug)]
pub(crate) enum HostsFault {
    /// Zoom did not give them.
    Zoom(Fault),
    /// They could not be kept.
    Ours(Error),
}

/// All users of the account who can hold rooms.
pub(crate) async fn list_users(client: &ZoomClient) -> Result<Vec<Host>, zoom_client::Error> {
    Ok(client.users().list().await?.iter().filter_map(host_of).collect())
}

/// A Zoom user as a host; `None` where id or address are not what Zoom documents.
fn host_of(user: &User) -> Option<Host> {
    let id = ZoomUserId::parse(user.id.as_str())?;
    let email = Email::parse(&user.email).ok()?;
    let name = user.name();
    let local = email.as_str().split('@').next().unwrap_or_default();
    Some(Host {
        id,
        name: if name.is_empty() { local.to_owned() } else { name },
        licensed: user.kind == UserKind::Licensed,
        webinars: None,
        zone: user.timezone.clone().filter(|z| !z.is_empty()),
        active: user.status.as_deref().is_none_or(|status| status == "active"),
        email,
    })
}
