//! The door for webhooks: the raw bytes are verified before anything is read, then kept, then answered.

use model::{ConnectionId, Right};
use store::{connection::Connection, inbox::NewInbox, job::NewJob};
use zoom_client::webhook::{self, NotZoom};

use super::{InboxLine, WebhookAnswer, WebhookRefused, event::Envelope};
use crate::{Actor, Service, error::Result, secrets, service::with_sources};

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
        webhook::verify(secret, timestamp, signature, body, now).map_err(|problem| match problem {
            NotZoom::Window => WebhookRefused::OutOfTime,
            NotZoom::NoSecret => WebhookRefused::NobodyListens,
            NotZoom::Timestamp | NotZoom::Signature => WebhookRefused::BadSignature,
        })?;
        if let Some(validation) = webhook::answer_validation(secret, body) {
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
            store::connection::prove_webhooks(&mut tx, id, now).await?;
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
