//! Whether this process can serve: what `/readyz` asks.

use crate::Service;

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
        match asked.await {
            Ok(_) => Ok(()),
            Err(error) => {
                tracing::warn!(error = %crate::service::with_sources(&error), "the database does not answer");
                Err(NotReady { what: "the database does not answer".into() })
            }
        }
    }
}
