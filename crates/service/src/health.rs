//! Whether this process can serve: what `/readyz` asks.

use std::time::Duration;

use crate::Service;

/// How long the database has; who asks whether we are ready does not wait long either. The machine's own time: that is
/// what a load balancer counts.
const PATIENCE: Duration = Duration::from_millis(800);

/// What does not work, in words for operators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotReady {
    /// What does not answer.
    pub what: String,
}

impl Service {
    /// Whether this process can serve: the database answers. Zoom is not asked: pages work without it.
    pub async fn ready(&self) -> Result<(), NotReady> {
        let asked = async { store::change::epoch(&mut self.store().read().await?).await };
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(_)) => Ok(()),
            Err(_) => Err(NotReady { what: "the database does not answer in time".into() }),
            Ok(Err(error)) => {
                tracing::warn!(error = %crate::service::with_sources(&error), "the database does not answer");
                Err(NotReady { what: "the database does not answer".into() })
            }
        }
    }
}
