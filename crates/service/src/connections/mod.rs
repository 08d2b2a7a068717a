//! Connections to Zoom accounts: showing, testing, storing, leaving.

pub(crate) mod allow;
mod draft;
mod health;
pub(crate) mod leave;
mod put;
mod test;
mod trial;
mod views;
pub(crate) mod zooms;

pub use health::ConnectionHealth;
use jiff::Timestamp;
pub use leave::{Farewell, RoomsThen};
use model::{ConnectionId, PersonName, Problem, Right, ZoomUserId};
use store::{
    Reader,
    connection::Connection,
    job::{JobKind, NewJob},
};
pub use views::{ConnectionDraft, ConnectionView, Outcome, Saved, Step, StepName, TestReport};

use crate::{
    Actor, Service,
    audit::note,
    error::{Error, Result},
};

impl Service {
    /// All connections: the site's default first, then the oldest.
    pub async fn connections(&self, actor: &Actor) -> Result<Vec<ConnectionView>> {
        actor.need(Right::ManageConnection)?;
        let mut reader = self.store().read().await?;
        let mut views = Vec::new();
        for (place, connection) in store::connection::list(&mut reader).await?.iter().enumerate() {
            let told = Told::read(&mut reader, connection).await?;
            views.push(self.view(connection, place == 0, &told));
        }
        Ok(views)
    }

    /// The site's default connection; `None` before there is one.
    pub async fn connection(&self, actor: &Actor) -> Result<Option<ConnectionView>> {
        self.chosen_connection(actor, None).await
    }

    /// The connection with this id, or the site's default; `None` before there is one.
    pub async fn chosen_connection(&self, actor: &Actor, id: Option<ConnectionId>) -> Result<Option<ConnectionView>> {
        let mut all = self.connections(actor).await?.into_iter();
        match id {
            Some(id) => all.find(|view| view.id == id).map(Some).ok_or(Error::NotFound),
            None => Ok(all.next()),
        }
    }

    /// An id for a connection that is yet to be made: a form that is sent twice makes it once.
    pub fn fresh_connection(&self, actor: &Actor) -> Result<ConnectionId> {
        actor.need(Right::ManageConnection)?;
        Ok(self.new_connection_id())
    }

    /// Calls a connection something else.
    pub async fn name_connection(&self, actor: &Actor, id: ConnectionId, name: &str) -> Result<()> {
        actor.need(Right::ManageConnection)?;
        let name = PersonName::parse(name).map_err(|problem: Problem| Error::field("name", problem))?;
        let (name, now) = (name.as_str(), self.now());
        self.store()
            .write(|mut tx| async move {
                store::connection::get(&mut tx, id).await?.ok_or(Error::NotFound)?;
                store::connection::rename(&mut tx, id, name).await?;
                note(&mut tx, actor, "connection-named", &id.to_string(), name, now).await
            })
            .await
    }

    /// Makes a connection the site's default: its people come first, and what names no account means it.
    pub async fn prefer_connection(&self, actor: &Actor, id: ConnectionId) -> Result<()> {
        actor.need(Right::ManageConnection)?;
        let now = self.now();
        self.store()
            .write(|mut tx| async move {
                let connection = store::connection::get(&mut tx, id).await?.ok_or(Error::NotFound)?;
                if connection.leaving {
                    return Err(Error::refused(leave::LEAVING));
                }
                store::connection::prefer(&mut tx, id).await?;
                note(&mut tx, actor, "connection-preferred", &id.to_string(), &connection.name, now).await
            })
            .await
    }

    /// Whether a stored connection leads to a sandbox.
    pub async fn uses_sandbox(&self) -> Result<bool> {
        let all = store::connection::list(&mut self.store().read().await?).await?;
        Ok(all.iter().any(|c| c.sandbox))
    }

    /// The connection with this id, or the site's default.
    pub(crate) async fn connection_or_default(&self, id: Option<ConnectionId>) -> Result<Option<Connection>> {
        let mut reader = self.store().read().await?;
        match id {
            Some(id) => store::connection::get(&mut reader, id).await?.map(Some).ok_or(Error::NotFound),
            None => Ok(store::connection::list(&mut reader).await?.into_iter().next()),
        }
    }

    fn view(&self, c: &Connection, is_default: bool, told: &Told) -> ConnectionView {
        ConnectionView {
            id: c.id,
            name: c.name.clone(),
            is_default,
            leaving: c.leaving,
            account_id: c.account_id.clone(),
            client_id: c.client_id.clone(),
            has_client_secret: true,
            sdk_key: c.sdk_key.clone(),
            has_sdk_secret: c.sdk_secret.is_some(),
            has_webhook_secret: c.webhook_secret.is_some(),
            sdk_code: c.sdk_trial.as_ref().and_then(|trial| trial.code.clone()),
            sandbox: c.sandbox,
            webhook_url: self.inner.settings.address(&format!("/webhooks/zoom/{}", c.id)),
            webhooks_proven: c.webhooks_proven_at.is_some() && c.former_webhook_secret.is_none(),
            last_report: c
                .test_report
                .clone()
                .and_then(|json| serde_json::from_value(json).ok())
                .map(|report| today(report, c, told)),
            nobodys: told.nobodys.clone(),
            allowed: c.allowed.clone(),
            version: c.updated_at.as_millisecond(),
        }
    }
}

/// The connection through which a Zoom user is known: `first` where they are known there, else the first in order that
/// is not being left. None where nobody knows them.
pub(crate) async fn connection_of_host(
    reader: &mut Reader,
    host: &ZoomUserId,
    first: Option<ConnectionId>,
) -> std::result::Result<Option<Connection>, store::Error> {
    let mut all = store::connection::list(reader).await?;
    all.retain(|connection| !connection.leaving);
    // Stable: the others keep their order.
    all.sort_by_key(|connection| Some(connection.id) != first);
    for connection in all {
        if store::host::get(reader, connection.id, host).await?.is_some() {
            return Ok(Some(connection));
        }
    }
    Ok(None)
}

/// What Zoom has said of an account beside what its connection holds.
struct Told {
    /// What the app was granted by its last token.
    granted: Option<Vec<String>>,
    /// The entries of the list of hosts that are about nobody who was read.
    nobodys: Vec<String>,
}

impl Told {
    async fn read(reader: &mut Reader, connection: &Connection) -> Result<Self, store::Error> {
        let granted = granted(reader, connection.id).await?;
        if connection.allowed.is_everybody() {
            return Ok(Self { granted, nobodys: Vec::new() });
        }
        let hosts = store::host::list(reader, connection.id).await?;
        let emails: Vec<_> = hosts.iter().map(|host| &host.email).collect();
        // Until the users have been read again after a change of the list, nobody can tell.
        let reading = NewJob::for_connection(JobKind::RefreshHosts, connection.id, Timestamp::MIN).single_key;
        let reading = store::job::open_by_key(reader, &reading.unwrap_or_default()).await?;
        let is_read = reading.is_none_or(|job| job.last_error.is_some());
        let nobodys = if is_read { connection.allowed.about_nobody_of(&emails) } else { Vec::new() };
        Ok(Self { granted, nobodys })
    }
}

/// What the app was granted by its last token; none where no token has told it yet.
pub(crate) async fn granted(reader: &mut Reader, id: ConnectionId) -> Result<Option<Vec<String>>, store::Error> {
    let token = store::connection::token(reader, id).await?;
    Ok(token.map(|token| token.scopes.split_whitespace().map(str::to_owned).collect()))
}

/// A report with what is known since the test: events come when they come, and a later token may bring other scopes.
fn today(mut report: TestReport, connection: &Connection, told: &Told) -> TestReport {
    let mut put = |name, outcome| {
        if let Some(step) = report.steps.iter_mut().find(|step| step.name == name) {
            step.outcome = outcome;
        }
    };
    put(StepName::Webhook, test::webhook(&test::Deliveries::of(connection)));
    if let Some(granted) = &told.granted {
        put(StepName::Scopes, test::scopes(granted, &connection.asked));
    }
    test::overlay(&mut report, connection.sdk_trial.as_ref());
    report
}
