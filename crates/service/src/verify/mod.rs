//! `eroom verify`: a story told against a real account, and what came of it: how each answer differs from Zoom's documents
//! and from the sandbox. No value of an answer is kept, only names of members and their types.

mod report;
mod shape;
mod story;

pub use report::{Compared, Outcome, Report, StepReport};
pub use shape::{Difference, Shape, differences, shape_of};
pub use story::{Cost, MARK, Step, cost, steps, tell};

use model::{ConnectionId, Right};
use zoom_client::{Work, ZoomClient};

use crate::{
    Actor, Service,
    audit::note,
    error::{Error, Result},
};

impl Service {
    /// Tells the story against a connection's account. With `write`, a meeting is made, changed and deleted again for the
    /// user who made the app.
    pub async fn verify(&self, actor: &Actor, id: ConnectionId, write: bool) -> Result<Report> {
        actor.need(Right::ManageConnection)?;
        let connection = store::connection::get(&mut self.store().read().await?, id).await?.ok_or(Error::NotFound)?;
        let client: ZoomClient = self.inner.zooms.of(&connection).working_for(Work::Sync);
        let detail = if write { "reading and writing" } else { "reading" };
        let now = self.now();
        self.store()
            .write(|mut tx| async move { note(&mut tx, actor, "verified", &id.to_string(), detail, now).await })
            .await?;
        let allowed = |email: &str| model::Email::parse(email).is_ok_and(|email| connection.allowed.allows(&email));
        Ok(tell(&client, &*self.inner.clock, write, allowed).await)
    }
}
