//! Connections to Zoom accounts: showing, testing, storing.

pub(crate) mod allow;
mod draft;
mod health;
mod put;
mod test;
mod views;
pub(crate) mod zooms;

pub use health::ConnectionHealth;
use model::Right;
use store::connection::Connection;
pub use views::{ConnectionDraft, ConnectionView, Outcome, Saved, Step, StepName, TestReport};

use crate::{Actor, Service, error::Result};

impl Service {
    /// All connections, the oldest first.
    pub async fn connections(&self, actor: &Actor) -> Result<Vec<ConnectionView>> {
        actor.need(Right::ManageConnection)?;
        let all = store::connection::list(&mut self.store().read().await?).await?;
        Ok(all.iter().map(|c| self.view(c)).collect())
    }

    /// The site's connection: the oldest one; `None` before there is one.
    pub async fn connection(&self, actor: &Actor) -> Result<Option<ConnectionView>> {
        actor.need(Right::ManageConnection)?;
        Ok(self.primary_connection().await?.map(|c| self.view(&c)))
    }

    /// Whether a stored connection leads to a sandbox.
    pub async fn uses_sandbox(&self) -> Result<bool> {
        let all = store::connection::list(&mut self.store().read().await?).await?;
        Ok(all.iter().any(|c| c.sandbox))
    }

    pub(crate) async fn primary_connection(&self) -> Result<Option<Connection>> {
        Ok(store::connection::list(&mut self.store().read().await?).await?.into_iter().next())
    }

    fn view(&self, c: &Connection) -> ConnectionView {
        ConnectionView {
            id: c.id,
            account_id: c.account_id.clone(),
            client_id: c.client_id.clone(),
            has_client_secret: true,
            sdk_key: c.sdk_key.clone(),
            has_sdk_secret: c.sdk_secret.is_some(),
            has_webhook_secret: c.webhook_secret.is_some(),
            sandbox: c.sandbox,
            webhook_url: self.inner.settings.address(&format!("/webhooks/zoom/{}", c.id)),
            webhooks_proven: c.webhooks_proven_at.is_some(),
            last_report: c
                .test_report
                .clone()
                .and_then(|json| serde_json::from_value(json).ok())
                .map(|report| today(report, c)),
            allowed: c.allowed.clone(),
            version: c.updated_at.as_millisecond(),
        }
    }
}

/// A report with what webhooks have told since the test: they come when they come.
fn today(mut report: TestReport, connection: &Connection) -> TestReport {
    let told = test::webhook(
        connection.webhook_secret.is_some(),
        connection.webhooks_proven_at.is_some(),
        connection.webhooks_failed_at,
    );
    if let Some(step) = report.steps.iter_mut().find(|step| step.name == StepName::Webhook) {
        step.outcome = told;
    }
    report
}
