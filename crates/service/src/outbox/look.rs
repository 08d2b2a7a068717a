//! Looks for a meeting whose create got no answer, before anything is sent again.

use jiff::Timestamp;
use model::{AtZoom, RoomId};
use store::{
    Tx,
    job::{Claimed, Completed, Phase, Progress},
    room::RoomRecord,
};

use super::job_error::Result;
use super::{account::Account, fault::Fault, pace::later, payload::Push};
use crate::Service;

impl Service {
    /// One look. Whatever it finds is taken at once; that it finds nothing counts only twice, with a pause between,
    /// after the request's deadline.
    pub(super) async fn look(&self, claimed: &Claimed, account: &Account, record: &RoomRecord) -> Result<()> {
        let room = &record.room;
        match account.find(room.kind, &room.host, room.id).await.map_err(Fault::from) {
            Ok(Some(made)) => {
                metrics::counter!("eroom_outbox_total", "step" => "found").increment(1);
                tracing::info!(room = %room.id, number = made.number, "a room whose answer was lost was found at Zoom");
                // Version 0: nobody knows which version of the room it was made from, so the present one is sent.
                self.land(&claimed.claim, room, &made, 0, None).await
            }
            Ok(None) => self.missed(claimed, record).await,
            Err(Fault::MissingScope { reason } | Fault::Refused { reason } | Fault::Gone { reason }) => {
                self.stay_unknown(claimed, record, &reason).await
            }
            Err(Fault::Later { reason, after }) => self.wait(claimed, Phase::Unknown, &reason, after).await,
            Err(Fault::Lost { reason }) => self.wait(claimed, Phase::Unknown, &reason, None).await,
        }
    }

    async fn missed(&self, claimed: &Claimed, record: &RoomRecord) -> Result<()> {
        let (job, now) = (&claimed.job, self.now());
        let mut payload = Push::read(&job.payload);
        let pause = self.inner.pace.between_looks;
        let progress = |phase, payload: &Push| Progress {
            phase,
            sent_at: if phase == Phase::Planned { None } else { job.sent_at },
            deadline_at: None,
            payload: payload.json(),
        };
        match payload.missed_at {
            // It may still be carried out: that it is not there yet says nothing.
            None if payload.over_at.is_some_and(|over| now < over) => {
                let over = payload.over_at.unwrap_or(now);
                let reason = job.last_error.clone().unwrap_or_default();
                self.again(&claimed.claim, &progress(Phase::Unknown, &payload), over, &reason).await
            }
            None => {
                payload.missed_at = Some(now);
                let reason = "Zoom's answer was lost, and its list does not show the room yet. It is looked at again.";
                self.again(&claimed.claim, &progress(Phase::Unknown, &payload), later(now, pause), reason).await
            }
            Some(first) if now < later(first, pause) => {
                let reason = job.last_error.clone().unwrap_or_default();
                self.again(&claimed.claim, &progress(Phase::Unknown, &payload), later(first, pause), &reason).await
            }
            Some(_) if record.deleted_at.is_some() => self.missing_for_good(claimed, record).await,
            Some(_) => {
                metrics::counter!("eroom_outbox_total", "step" => "missed_twice").increment(1);
                (payload.missed_at, payload.over_at) = (None, None);
                let reason = "Zoom did not carry the last request out; it is sent again.";
                let (progress, room, claim) = (&progress(Phase::Planned, &payload), record.room.id, &claimed.claim);
                let write = |mut tx| async move {
                    known_to_be_missing(&mut tx, room, now).await?;
                    store::job::note_progress(&mut tx, claim, progress).await?;
                    store::job::release(&mut tx, claim, now, reason).await
                };
                Ok(self.store().write(write).await?)
            }
        }
    }

    /// Zoom does not have it, and nobody wants it there any more.
    async fn missing_for_good(&self, claimed: &Claimed, record: &RoomRecord) -> Result<()> {
        let (now, room, claim) = (self.now(), record.room.id, &claimed.claim);
        let write = |mut tx| async move {
            known_to_be_missing(&mut tx, room, now).await?;
            store::job::complete(&mut tx, claim, now).await
        };
        let _: Completed = self.store().write(write).await?;
        Ok(())
    }

    /// It cannot be looked for: only Zoom's event or an owner can say what is the case.
    async fn stay_unknown(&self, claimed: &Claimed, record: &RoomRecord, reason: &str) -> Result<()> {
        metrics::counter!("eroom_outbox_total", "step" => "unknown").increment(1);
        let (now, room, claim) = (self.now(), &record.room, &claimed.claim);
        let write = |mut tx: Tx| async move {
            let is = store::room::get_any(&mut tx, room.id).await?;
            if is.is_some_and(|is| is.room.zoom_number.is_some() || is.room.at_zoom != room.at_zoom) {
                // Zoom's event or an owner said it during the look; what they enqueued begins anew.
                return store::job::complete(&mut tx, claim, now).await;
            }
            store::room::set_at_zoom(&mut tx, room.id, &AtZoom::Unknown, now).await?;
            store::job::fail(&mut tx, claim, reason, now).await
        };
        let _: Completed = self.store().write(write).await?;
        Ok(())
    }
}

/// Has an unknown room wait, now that it is known that Zoom does not have it.
async fn known_to_be_missing(tx: &mut Tx, id: RoomId, now: Timestamp) -> Result<(), store::Error> {
    let is = store::room::get_any(tx, id).await?;
    if is.is_some_and(|is| is.room.at_zoom == AtZoom::Unknown && is.room.zoom_number.is_none()) {
        store::room::set_at_zoom(tx, id, &AtZoom::Waiting, now).await?;
    }
    Ok(())
}
