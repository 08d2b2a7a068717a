//! Deletes Zoom's meeting of a room that was deleted here.

use model::AtZoom;
use store::job::{Claimed, JobKind, Phase};

use super::job_error::Result;
use super::{account::Account, fault::Fault, pace::later, payload::Push, work_of};
use crate::{
    Service,
    connections::allow::{NOT_ALLOWED, may_act_for},
};

impl Service {
    pub(super) async fn remove(&self, claimed: &Claimed) -> Result<()> {
        let Claimed { job, claim } = claimed;
        let Some(id) = job.room else { return self.give_up(claim, "the job names no room").await };
        let mut reader = self.store().read().await?;
        // Before the room: a push that is over by now has left its number there, one that lands between is waited for.
        let others = store::job::open_of_room(&mut reader, id).await?;
        let Some(record) = store::room::get_any(&mut reader, id).await? else { return self.done(claim).await };
        let Some(connection) = store::connection::get(&mut reader, record.room.connection).await? else {
            return self.give_up(claim, "the connection is gone").await;
        };
        let may_act = may_act_for(&mut reader, &connection, &record.room.host).await?;
        drop(reader);
        let Some(number) = record.room.zoom_number else {
            // A create may be on its way: once it is known what came of it, there is a number or there is none.
            if others.iter().any(|other| other.kind == JobKind::PushRoom) {
                let progress = store::job::Progress {
                    phase: Phase::Planned,
                    sent_at: None,
                    deadline_at: None,
                    payload: Push::read(&job.payload).json(),
                };
                let run_at = later(self.now(), self.inner.pace.first_wait);
                return self.again(claim, &progress, run_at, "it is not known yet whether Zoom has it").await;
            }
            if record.room.at_zoom == AtZoom::Unknown {
                // Zoom's event takes it up again.
                let why = "nobody knows whether Zoom has it; it is deleted there once Zoom tells of it";
                return self.give_up(claim, why).await;
            }
            return self.done(claim).await;
        };
        if !may_act {
            return self.give_up(claim, NOT_ALLOWED).await;
        }
        let account = Account(self.inner.zooms.of(&connection).working_for(work_of(job)));
        match account.delete(record.room.kind, number).await.map_err(Fault::from) {
            Ok(()) | Err(Fault::Gone { .. }) => {
                metrics::counter!("eroom_outbox_total", "step" => "deleted").increment(1);
                self.done(claim).await
            }
            Err(Fault::Lost { reason }) => self.wait(claimed, Phase::Planned, &reason, None).await,
            Err(Fault::Later { reason, after }) => self.wait(claimed, Phase::Planned, &reason, after).await,
            Err(Fault::Refused { reason }) => self.give_up(claim, &reason).await,
            Err(Fault::MissingScope { reason }) => self.park(claimed, &reason).await,
        }
    }
}
