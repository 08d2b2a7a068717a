//! What works with a connection, and what to add where: the scope doctor over what is stored.

use model::{ConnectionId, Feature, Right, RoomKind};
use store::connection::Connection;

use super::{granted, leave::need_staying};
use crate::{
    Actor, Service,
    audit::note,
    doctor::{FeatureHealth, Held, Standing, diagnose},
    error::{Error, Result},
    outbox::fault::Fault,
};

/// How a connection stands. No secret is in it.
#[derive(Clone, Debug)]
pub struct ConnectionHealth {
    /// Which.
    pub id: ConnectionId,
    /// What people here call it.
    pub name: String,
    /// Whether its meetings are being deleted at Zoom, and it goes after them: nothing new is done through it.
    pub leaving: bool,
    /// What the site wants of the account.
    pub asked: Vec<Feature>,
    /// What the app was granted by its last token; none where no token has told it yet.
    pub granted: Option<Vec<String>>,
    /// Each feature, how it stands, and what it lacks.
    pub features: Vec<FeatureHealth>,
}

impl Service {
    /// How a connection stands, by what Zoom said last. Zoom is not asked.
    pub async fn connection_health(&self, actor: &Actor, id: ConnectionId) -> Result<ConnectionHealth> {
        actor.need(Right::ManageConnection)?;
        let connection = store::connection::get(&mut self.store().read().await?, id).await?.ok_or(Error::NotFound)?;
        self.health_of(&connection).await
    }

    /// Asks Zoom now what the app was granted, by a new token; work that waited for a scope goes on.
    pub async fn recheck(&self, actor: &Actor, id: ConnectionId) -> Result<ConnectionHealth> {
        actor.need(Right::ManageConnection)?;
        let connection = store::connection::get(&mut self.store().read().await?, id).await?.ok_or(Error::NotFound)?;
        let client = self.inner.zooms.of(&connection);
        let renewed = self.in_time(self.patience_ends(), "oauth/token", client.renew_token()).await;
        renewed.map_err(|error| match Fault::from(error) {
            Fault::Later { reason, .. } | Fault::Lost { reason } => Error::Unavailable { reason },
            fault => Error::refused(fault.reason()),
        })?;
        let now = self.now();
        self.store().write(|mut tx| async move { store::job::hurry_connection(&mut tx, id, now).await }).await?;
        self.health_of(&connection).await
    }

    /// How each connection stands, for whoever runs the machine.
    pub async fn health(&self) -> Result<Vec<ConnectionHealth>> {
        let all = store::connection::list(&mut self.store().read().await?).await?;
        let mut health = Vec::new();
        for connection in &all {
            health.push(self.health_of(connection).await?);
        }
        Ok(health)
    }

    /// How rooms of this kind stand: at an account where they work, else at the default; none before there is one.
    pub async fn room_health(&self, actor: &Actor, kind: RoomKind) -> Result<Option<FeatureHealth>> {
        actor.need(Right::KeepOwnRooms)?;
        let feature = match kind {
            RoomKind::Meeting => Feature::Meetings,
            RoomKind::Webinar => Feature::Webinars,
        };
        let all = store::connection::list(&mut self.store().read().await?).await?;
        let mut first = None;
        for connection in all.iter().filter(|connection| !connection.leaving) {
            let health = self.health_of(connection).await?;
            let Some(one) = health.features.into_iter().find(|one| one.feature == feature) else { continue };
            if matches!(one.standing, Standing::Works) {
                return Ok(Some(one));
            }
            first.get_or_insert(one);
        }
        Ok(first)
    }

    /// Says what the site wants of the account: what is wanted and off is told as missing, the rest is not.
    pub async fn ask_for(&self, actor: &Actor, id: ConnectionId, features: &[Feature]) -> Result<()> {
        self.choose(actor, Some(id), features).await
    }

    /// What the site is to do, and this account where there is one: what is connected next is wanted for the same.
    pub(crate) async fn choose(&self, actor: &Actor, of: Option<ConnectionId>, features: &[Feature]) -> Result<()> {
        actor.need(Right::ManageConnection)?;
        let now = self.now();
        let words = features.iter().map(|feature| feature.as_str()).collect::<Vec<_>>().join(", ");
        let (whose, words) = (&of.map_or_else(|| "site".to_owned(), |id| id.to_string()), &words);
        self.store()
            .write(|mut tx| async move {
                if let Some(id) = of {
                    let connection = store::connection::get(&mut tx, id).await?.ok_or(Error::NotFound)?;
                    need_staying(Some(&connection))?;
                    store::connection::ask(&mut tx, id, features).await?;
                }
                store::wanted::put(&mut tx, features, now).await?;
                note(&mut tx, actor, "features-chosen", whose, words, now).await
            })
            .await
    }

    async fn health_of(&self, connection: &Connection) -> Result<ConnectionHealth> {
        let granted = granted(&mut self.store().read().await?, connection.id).await?;
        let features = diagnose(&Held {
            scopes: granted.as_deref(),
            sdk: connection.sdk_key.is_some() && connection.sdk_secret.is_some(),
            secure: self.inner.settings.secure_address().is_ok(),
            webhook_secret: connection.webhook_secret.is_some(),
            asked: &connection.asked,
        });
        let (name, asked) = (connection.name.clone(), connection.asked.clone());
        Ok(ConnectionHealth { id: connection.id, name, leaving: connection.leaving, asked, granted, features })
    }
}
