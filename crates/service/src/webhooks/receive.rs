//! The door for webhooks: the raw bytes are verified before anything is read, then kept, then answered.

use jiff::{SignedDuration, Timestamp};
use model::{ConnectionId, Right};
use store::{connection::Connection, inbox::NewInbox, job::NewJob};
use zoom_client::webhook::{self, NotZoom};

use super::{InboxLine, WebhookAnswer, WebhookRefused, event::Envelope};
use crate::{Actor, Service, error::Result, secrets, service::with_sources};

/// After how long another webhook that cannot be verified is noted.
const DOUBTED_ANEW: SignedDuration = SignedDuration::from_mins(1);

impl Service {
    /// Takes a webhook: raw header values (empty where absent) and the raw body. It is answered once it is kept; a
    /// job applies it.
    pub async fn receive_webhook(
        &self,
        connection: ConnectionId,
        timestamp: &str,
        signature: &str,
        body: &[u8],
    ) -> Result<WebhookAnswer, WebhookRefused> {
        let answer = self.take_webhook(connection, timestamp, signature, body).await;
        let outcome = match &answer {
            Ok(WebhookAnswer::Taken) => "taken",
            Ok(WebhookAnswer::Validation { .. }) => "validation",
            Err(_) => "refused",
        };
        metrics::counter!("eroom_webhooks_total", "outcome" => outcome).increment(1);
        answer
    }

    async fn take_webhook(
        &self,
        id: ConnectionId,
        timestamp: &str,
        signature: &str,
        body: &[u8],
    ) -> Result<WebhookAnswer, WebhookRefused> {
        let connection = self.listening(id).await?;
        let secret = connection.webhook_secret.as_ref().ok_or(WebhookRefused::NobodyListens)?;
        let now = self.now();
        let mut with_present = true;
        if let Err(problem) = webhook::verify(secret, timestamp, signature, body, now) {
            let former = connection.former_webhook_secret.as_ref();
            with_present = false;
            if former.is_none_or(|former| webhook::verify(former, timestamp, signature, body, now).is_err()) {
                if problem == NotZoom::Signature && !signature.is_empty() {
                    self.doubt(&connection, now).await;
                }
                return Err(match problem {
                    NotZoom::Window => WebhookRefused::OutOfTime,
                    NotZoom::NoSecret => WebhookRefused::NobodyListens,
                    NotZoom::Timestamp | NotZoom::Signature => WebhookRefused::BadSignature,
                });
            }
        }
        let secret = connection.former_webhook_secret.as_ref().filter(|_| !with_present).unwrap_or(secret);
        if let Some(validation) = webhook::answer_validation(secret, body) {
            if with_present {
                self.trust(id, now).await;
            }
            let json = serde_json::to_string(&validation).map_err(|_| WebhookRefused::Unreadable)?;
            return Ok(WebhookAnswer::Validation { json });
        }
        let envelope: Envelope = serde_json::from_slice(body).map_err(|_| WebhookRefused::Unreadable)?;
        let new = &NewInbox {
            connection: id,
            event_ts: envelope.at(now),
            // Zoom's redeliveries carry the same bytes under a new timestamp.
            dedupe: secrets::digest(body),
            event: envelope.event.chars().take(100).collect(),
        };
        let write = |mut tx| async move {
            if with_present {
                store::connection::prove_webhooks(&mut tx, id, now).await?;
            }
            if let Some(inbox) = store::inbox::receive(&mut tx, new, body, now).await? {
                store::job::enqueue(&mut tx, &NewJob::for_inbox(id, inbox, now), now).await?;
            }
            Ok(())
        };
        self.store().write(write).await.map_err(|error: store::Error| {
            tracing::error!(error = %with_sources(&error), "a webhook was not kept");
            WebhookRefused::NotStored
        })?;
        Ok(WebhookAnswer::Taken)
    }

    /// Notes that something came which could not be verified: when, and nothing that anybody wrote. Anybody can send
    /// that, so it is written once a minute at most.
    async fn doubt(&self, connection: &Connection, now: Timestamp) {
        let id = connection.id;
        if connection.webhooks_failed_at.is_some_and(|at| now.duration_since(at) < DOUBTED_ANEW) {
            return;
        }
        let write = |mut tx| async move { store::connection::doubt_webhooks(&mut tx, id, now).await };
        if let Err(error) = self.store().write(write).await {
            tracing::warn!(error = %with_sources(&error), "a webhook that could not be verified was not noted");
        }
    }

    /// Zoom's check of the address is signed with the same secret: a doubt is over.
    async fn trust(&self, id: ConnectionId, now: Timestamp) {
        let write = |mut tx| async move { store::connection::trust_webhooks(&mut tx, id, now).await };
        if let Err(error) = self.store().write(write).await {
            tracing::warn!(error = %with_sources(&error), "that webhooks can be verified was not noted");
        }
    }

    async fn listening(&self, id: ConnectionId) -> Result<Connection, WebhookRefused> {
        let read = async { store::connection::get(&mut self.store().read().await?, id).await };
        let found = read.await.map_err(|error| {
            tracing::error!(error = %with_sources(&error), "a webhook's connection could not be read");
            WebhookRefused::NotStored
        })?;
        found.ok_or(WebhookRefused::NobodyListens)
    }

    /// The last webhooks, latest first; at most `limit`.
    pub async fn inbox(&self, actor: &Actor, limit: usize) -> Result<Vec<InboxLine>> {
        actor.need(Right::ReadAudit)?;
        let mut reader = self.store().read().await?;
        let (mut lines, mut after) = (Vec::new(), None);
        loop {
            let page = store::inbox::list(&mut reader, after.as_ref()).await?;
            lines.extend(page.items.into_iter().map(|entry| InboxLine {
                id: entry.id,
                event: entry.event,
                event_at: entry.event_ts,
                received_at: entry.received_at,
                outcome: entry.outcome,
            }));
            after = page.next;
            if after.is_none() || lines.len() >= limit {
                lines.truncate(limit);
                return Ok(lines);
            }
        }
    }
}
