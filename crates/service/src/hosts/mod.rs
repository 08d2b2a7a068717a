//! Zoom users who hold rooms: read from Zoom, kept here.

use jiff::Timestamp;
use model::{ConnectionId, Email, Host, Right, ZoomUserId};
use store::{Tx, connection::Connection};
use zoom_client::{User, UserKind, ZoomClient};

use crate::{
    Actor, Listing, Service,
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

    /// The same page by page, and only those in whose name or address every word of the filter's text is.
    pub async fn hosts_page(&self, actor: &Actor, filter: &HostFilter) -> Result<Listing<Host, ZoomUserId>> {
        let text = filter.text.to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let all = self.hosts(actor).await?;
        let start = match &filter.after {
            // Before the words are asked about: whoever ended the page before may have another name now.
            Some(after) => all.iter().position(|host| host.id == *after).ok_or(Error::NotFound)?.saturating_add(1),
            None => 0,
        };
        let is_meant = |host: &Host| {
            let said = format!("{} {}", host.name.to_lowercase(), host.email);
            words.iter().all(|word| said.contains(word))
        };
        let mut items: Vec<Host> =
            all.into_iter().skip(start).filter(is_meant).take(filter.limit.saturating_add(1)).collect();
        let more = items.len() > filter.limit;
        items.truncate(filter.limit);
        let next = items.last().filter(|_| more).map(|host| host.id.clone());
        Ok(Listing { items, next })
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
        let client = self.inner.zooms.of(connection).working_for(zoom_client::Work::Sync);
        let hosts = list_users(&client).await.map_err(|e| HostsFault::Zoom(e.into()))?;
        self.keep_hosts(connection, &hosts, self.now()).await.map_err(HostsFault::Ours)?;
        Ok(hosts.iter().filter(|h| h.active).count())
    }

    pub(crate) async fn keep_hosts(&self, connection: &Connection, hosts: &[Host], now: Timestamp) -> Result<()> {
        let id = connection.id;
        let write = |mut tx| async move { replace_allowed(&mut tx, id, hosts, now).await };
        Ok(self.store().write(write).await?)
    }
}

/// Keeps of what Zoom lists whom the site may act for, as the connection says now: it may have changed since Zoom was
/// asked.
pub(crate) async fn replace_allowed(
    tx: &mut Tx,
    id: ConnectionId,
    hosts: &[Host],
    now: Timestamp,
) -> Result<(), store::Error> {
    let Some(connection) = store::connection::get(tx, id).await? else { return Ok(()) };
    let allowed: Vec<Host> = hosts.iter().filter(|host| connection.allowed.allows(&host.email)).cloned().collect();
    store::host::replace_all(tx, id, &allowed, now).await
}

/// Which Zoom users to list.
#[derive(Clone, Debug, Default)]
pub struct HostFilter {
    /// Words, each of which is in the name or the address.
    pub text: String,
    /// Where the page before ended ([`Listing::next`]).
    pub after: Option<ZoomUserId>,
    /// The most users to list.
    pub limit: usize,
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
