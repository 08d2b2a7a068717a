//! Zoom users who hold rooms: read from Zoom, kept here.

use futures_util::future::join_all;
use jiff::Timestamp;
use model::{ConnectionId, Email, Feature, Host, Right, ZoomUserId};
use store::{Tx, connection::Connection};
use zoom_client::{User, UserId, UserKind, ZoomClient};

use crate::{
    Actor, Listing, Service,
    connections::{allow::take_up_again, granted},
    doctor::ADD_ON,
    error::{Error, Result},
    outbox::fault::Fault,
};

impl Service {
    /// Zoom users as last read, active ones first; the default account's before others', by name.
    pub async fn hosts(&self, actor: &Actor) -> Result<Vec<Host>> {
        let accounts = self.accounts(actor).await?;
        let mut hosts: Vec<Host> = accounts.into_iter().flat_map(|account| account.hosts).collect();
        hosts.sort_by_key(|host| !host.active);
        Ok(hosts)
    }

    /// The same by account: the default one first. Accounts that are being disconnected are left out.
    pub async fn accounts(&self, actor: &Actor) -> Result<Vec<Account>> {
        actor.need(Right::LookAround)?;
        let mut reader = self.store().read().await?;
        let mut accounts = Vec::new();
        for connection in store::connection::list(&mut reader).await? {
            if !connection.leaving {
                let mut hosts = store::host::list(&mut reader, connection.id).await?;
                hosts.sort_by_key(|host| !host.active);
                accounts.push(Account { id: connection.id, name: connection.name, hosts });
            }
        }
        Ok(accounts)
    }

    /// The same page by page, and only those in whose name or address every word of the filter's text is.
    pub async fn hosts_page(&self, actor: &Actor, filter: &HostFilter) -> Result<Listing<KnownHost, ZoomUserId>> {
        let text = filter.text.to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let of =
            |account: Account| account.hosts.into_iter().map(move |host| KnownHost { connection: account.id, host });
        let mut all: Vec<KnownHost> = self.accounts(actor).await?.into_iter().flat_map(of).collect();
        all.sort_by_key(|known| !known.host.active);
        let start = match &filter.after {
            // Before the words are asked about: whoever ended the page before may have another name now.
            Some(after) => {
                all.iter().position(|known| known.host.id == *after).ok_or(Error::NotFound)?.saturating_add(1)
            }
            None => 0,
        };
        let is_meant = |known: &KnownHost| {
            let said = format!("{} {}", known.host.name.to_lowercase(), known.host.email);
            words.iter().all(|word| said.contains(word))
        };
        let mut items: Vec<KnownHost> =
            all.into_iter().skip(start).filter(is_meant).take(filter.limit.saturating_add(1)).collect();
        let more = items.len() > filter.limit;
        items.truncate(filter.limit);
        let next = items.last().filter(|_| more).map(|known| known.host.id.clone());
        Ok(Listing { items, next })
    }

    /// Reads the users of all accounts from Zoom now. What could be read is kept, also where one account fails.
    pub async fn refresh_hosts(&self, actor: &Actor) -> Result<Vec<Host>> {
        actor.need(Right::KeepOwnRooms)?;
        let mut all = store::connection::list(&mut self.store().read().await?).await?;
        all.retain(|connection| !connection.leaving);
        if all.is_empty() {
            return Err(Error::refused("Connect a Zoom account first."));
        }
        let (until, several) = (self.patience_ends(), all.len() > 1);
        let mut failed = None;
        for connection in &all {
            let client = self.inner.zooms.of(connection);
            match self.in_time(until, "users", list_users(&client)).await {
                Ok(mut hosts) => {
                    if may_ask_for_add_on(&connection.asked, &self.granted(connection.id).await?) {
                        // What came until it failed is kept.
                        self.in_time(until, "userSettings", look_for_add_on(&client, &mut hosts)).await.ok();
                    }
                    self.keep_hosts(connection, &hosts, self.now()).await?;
                }
                Err(error) => {
                    let of = if several { format!("{}: ", connection.name) } else { String::new() };
                    failed.get_or_insert(match Fault::from(error) {
                        Fault::Later { reason, .. } | Fault::Lost { reason } => {
                            Error::Unavailable { reason: format!("{of}{reason}") }
                        }
                        fault => Error::refused(format!("{of}{}", fault.reason())),
                    });
                }
            }
        }
        match failed {
            Some(error) => Err(error),
            None => self.hosts(actor).await,
        }
    }

    /// Reads a connection's users from Zoom and keeps them, as a job does; how many are active.
    pub(crate) async fn read_hosts(&self, connection: &Connection) -> Result<usize, HostsFault> {
        let client = self.inner.zooms.of(connection).working_for(zoom_client::Work::Sync);
        let mut hosts = list_users(&client).await.map_err(|e| HostsFault::Zoom(e.into()))?;
        let granted = self.granted(connection.id).await.map_err(HostsFault::Ours)?;
        if may_ask_for_add_on(&connection.asked, &granted) {
            look_for_add_on(&client, &mut hosts).await.ok();
        }
        self.keep_hosts(connection, &hosts, self.now()).await.map_err(HostsFault::Ours)?;
        Ok(hosts.iter().filter(|h| h.active).count())
    }

    /// The scopes that the last token told; none before there was one.
    async fn granted(&self, id: ConnectionId) -> Result<Vec<String>> {
        Ok(granted(&mut self.store().read().await?, id).await?.unwrap_or_default())
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
    store::host::replace_all(tx, id, &allowed, now).await?;
    take_up_again(tx, &connection, now).await
}

/// A Zoom account and its users who can hold rooms.
#[derive(Clone, Debug)]
pub struct Account {
    /// Which connection.
    pub id: ConnectionId,
    /// What people here call it.
    pub name: String,
    /// Its users, active ones first, by name.
    pub hosts: Vec<Host>,
}

/// A Zoom user, and the account through which they are known.
#[derive(Clone, Debug)]
pub struct KnownHost {
    /// Which connection.
    pub connection: ConnectionId,
    /// The user.
    pub host: Host,
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

/// The most users whose settings are read to know who has the webinar add-on: each is a call of its own.
const LOOKED_AT: usize = 10;

/// Whether it is of use, and allowed by these scopes, to ask who has the webinar add-on.
pub(crate) fn may_ask_for_add_on(asked: &[Feature], granted: &[String]) -> bool {
    asked.contains(&Feature::Webinars) && ADD_ON.allowed_by(granted)
}

/// Notes of each who may hold webinars, as far as Zoom tells: nobody without a licence, and of those with one whoever
/// has the add-on. The list of users does not say it.
pub(crate) async fn look_for_add_on(client: &ZoomClient, hosts: &mut [Host]) -> Result<(), zoom_client::Error> {
    for host in hosts.iter_mut().filter(|host| !host.licensed) {
        host.webinars = Some(false);
    }
    // Side by side: one that takes long does not hold up the others.
    let look = async |host: &mut Host| {
        let Ok(id) = host.id.as_str().parse::<UserId>() else { return Ok(()) };
        let settings = client.users().settings(&id).await?;
        host.webinars = settings.is_on("feature.webinar");
        Ok(())
    };
    let some = hosts.iter_mut().filter(|host| host.active && host.licensed).take(LOOKED_AT);
    join_all(some.map(look)).await.into_iter().collect()
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
