//! Which accounts' webhooks are known to arrive: from then on Zoom, not the schedule, says what is live.

use model::ConnectionId;
use store::Reader;

use crate::error::Result;

/// The connections whose webhooks arrived at least once.
#[derive(Clone, Debug)]
pub(crate) struct Told(Vec<ConnectionId>);

impl Told {
    pub(crate) async fn read(reader: &mut Reader) -> Result<Self> {
        let all = store::connection::list(reader).await?;
        Ok(Self(all.into_iter().filter(|c| c.webhooks_proven_at.is_some()).map(|c| c.id).collect()))
    }

    pub(crate) fn about(&self, connection: ConnectionId) -> bool {
        self.0.contains(&connection)
    }
}
