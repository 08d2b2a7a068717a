//! Makes Zoom's meeting what the room is: creates it once, then keeps it up to date.

use jiff::{SignedDuration, Timestamp};
use model::{AtZoom, Room};
use secrecy::{ExposeSecret as _, SecretString};
use store::{
    job::{Claim, Claimed, Completed, Phase, Progress},
    room::{Landed, RoomRecord},
};

use super::job_error::Result;
use super::{
    account::{Account, Change, Made},
    agenda::agenda_for,
    fault::Fault,
    gone_at_zoom,
    pace::later,
    payload::Push,
    work_of,
};
use crate::{
    Service,
    connections::allow::{NOT_ALLOWED, may_act_for},
};

impl Service {
    pub(super) async fn push(&self, claimed: &Claimed) -> Result<()> {
        let Claimed { job, claim } = claimed;
        let Some(id) = job.room else { return self.give_up(claim, "the job names no room").await };
        let mut reader = self.store().read().await?;
        let Some(record) = store::room::get_any(&mut reader, id).await? else { return self.done(claim).await };
        let Some(connection) = store::connection::get(&mut reader, record.room.connection).await? else {
            return self.give_up(claim, "the connection is gone").await;
        };
        let may_act = may_act_for(&mut reader, &connection, &record.room.host).await?;
        drop(reader);
        let account = Account(self.inner.zooms.of(&connection).working_for(work_of(job)));
        let room = &record.room;
        if !may_act {
            return self.refuse(claim, room, NOT_ALLOWED).await;
        }
        // A worker that had the job before may have sent it and died; a person may have left it unknown.
        let open = job.phase != Phase::Planned || room.at_zoom == AtZoom::Unknown;
        match room.zoom_number {
            _ if record.deleted_at.is_some() && (room.zoom_number.is_some() || !open) => self.done(claim).await,
            Some(number) => self.bring_up_to_date(claimed, &account, &record, number).await,
            None if open => self.look(claimed, &account, &record).await,
            // Zoom's event that it is gone came after the job was enqueued: it is made anew only when asked for.
            None if matches!(room.at_zoom, AtZoom::Refused { .. }) => self.done(claim).await,
            None => self.create(claimed, &account, room).await,
        }
    }

    async fn create(&self, claimed: &Claimed, account: &Account, room: &Room) -> Result<()> {
        let claim = &claimed.claim;
        // Without a token nothing can be sent, and nothing need be marked.
        if let Err(error) = account.0.token().await {
            return self.not_created(claimed, room, Fault::from(error), self.now()).await;
        }
        let taken = match self.take_plan(claim, room.connection, &room.host).await? {
            Ok(taken) => taken,
            Err(full) => return self.wait(claimed, Phase::Planned, &full.waits(), Some(full.until)).await,
        };
        let agenda = agenda_for(&self.inner.settings, room);
        let deadline = self.mark_sent(claimed).await?;
        // This process may have been asleep: what is carried out after the deadline could be made a second time.
        let patience = SignedDuration::try_from(account.0.timeouts().answer).unwrap_or(SignedDuration::MAX);
        if later(self.now(), patience) > deadline {
            self.give_plan_back(&taken).await?;
            let reason = "There was too little time left to wait for Zoom's answer; it is sent anew.";
            return self.wait(claimed, Phase::Planned, reason, None).await;
        }
        let digest = Change::of(room, agenda.clone()).digest();
        match account.create(room, agenda).await {
            Ok(made) => {
                metrics::counter!("eroom_outbox_total", "step" => "created").increment(1);
                self.land(claim, room, &made, room.version, Some(&digest)).await
            }
            Err(error) => {
                self.settle_plan(taken, &error).await?;
                let fault = Fault::from(error);
                tracing::info!(room = %room.id, reason = fault.reason(), "a room was not created at Zoom");
                self.not_created(claimed, room, fault, deadline).await
            }
        }
    }

    /// Commits that the request is about to be sent, and until when it may still be carried out.
    async fn mark_sent(&self, claimed: &Claimed) -> Result<Timestamp> {
        let now = self.now();
        let deadline = later(now, self.inner.pace.in_flight);
        let payload = Push { missed_at: None, over_at: Some(deadline), ..Push::read(&claimed.job.payload) }.json();
        let progress = &Progress { phase: Phase::Sent, sent_at: Some(now), deadline_at: Some(deadline), payload };
        let claim = &claimed.claim;
        self.store().write(|mut tx| async move { store::job::note_progress(&mut tx, claim, progress).await }).await?;
        Ok(deadline)
    }

    /// Zoom has the room, at `version` of it, and was sent what has this `digest`.
    pub(super) async fn land(
        &self,
        claim: &Claim,
        room: &Room,
        made: &Made,
        version: i64,
        digest: Option<&SecretString>,
    ) -> Result<()> {
        let now = self.now();
        let join_url = made.join_url.as_ref();
        let landed = Landed { number: made.number, uuid: made.uuid.as_deref(), join_url, version, digest };
        let next = self
            .store()
            .write(|mut tx| async move {
                store::room::landed(&mut tx, room.id, landed, now).await?;
                let is = store::room::get_any(&mut tx, room.id).await?;
                // What was edited meanwhile goes out next.
                if is.is_some_and(|r| r.deleted_at.is_none() && r.room.version != version) {
                    let job =
                        store::job::NewJob::for_room(store::job::JobKind::PushRoom, room.connection, room.id, now);
                    store::job::enqueue(&mut tx, &job, now).await?;
                }
                store::job::complete(&mut tx, claim, now).await
            })
            .await?;
        if next == Completed::Again {
            tracing::debug!(room = %room.id, "the room was changed meanwhile and is sent once more");
        }
        Ok(())
    }

    async fn not_created(&self, claimed: &Claimed, room: &Room, fault: Fault, deadline: Timestamp) -> Result<()> {
        match fault {
            Fault::Lost { reason } => {
                metrics::counter!("eroom_outbox_total", "step" => "lost").increment(1);
                let over_at = deadline.min(later(self.now(), self.inner.pace.aftermath));
                let payload = Push { missed_at: None, over_at: Some(over_at), ..Push::read(&claimed.job.payload) };
                let progress = Progress {
                    phase: Phase::Unknown,
                    sent_at: claimed.job.sent_at.or(Some(self.now())),
                    deadline_at: None,
                    payload: payload.json(),
                };
                // A first look soon: if Zoom has it, nobody need wait for the deadline.
                let soon = later(self.now(), self.inner.pace.first_wait);
                self.again(&claimed.claim, &progress, soon, &reason).await
            }
            Fault::Later { reason, after } => self.wait(claimed, Phase::Planned, &reason, after).await,
            Fault::Gone { .. } => {
                let reason = "Zoom does not know this host any more. Refresh the hosts and choose another one.";
                self.refuse(&claimed.claim, room, reason).await
            }
            Fault::Refused { reason } => self.refuse(&claimed.claim, room, &reason).await,
            Fault::MissingScope { reason } => self.park(claimed, &reason).await,
        }
    }

    async fn bring_up_to_date(
        &self,
        claimed: &Claimed,
        account: &Account,
        record: &RoomRecord,
        number: i64,
    ) -> Result<()> {
        let (room, claim) = (&record.room, &claimed.claim);
        if record.sent_version == Some(room.version) && room.at_zoom == AtZoom::Live {
            return match record.join_url {
                Some(_) => self.done(claim).await,
                None => self.read_back(claimed, account, room, number, record.sent_digest.as_ref()).await,
            };
        }
        let change = Change::of(room, agenda_for(&self.inner.settings, room));
        let digest = change.digest();
        if record.sent_digest.as_ref().is_some_and(|sent| sent.expose_secret() == digest.expose_secret()) {
            // Nothing that Zoom knows of was changed, such as the page's address: none of the host's day is spent on it.
            metrics::counter!("eroom_outbox_total", "step" => "unchanged").increment(1);
            let known = Made { number, uuid: None, join_url: record.join_url.clone() };
            return match known.join_url {
                Some(_) => self.land(claim, room, &known, room.version, Some(&digest)).await,
                None => self.read_back(claimed, account, room, number, Some(&digest)).await,
            };
        }
        let taken = match self.take_plan(claim, room.connection, &room.host).await? {
            Ok(taken) => taken,
            Err(full) => return self.wait(claimed, Phase::Planned, &full.waits(), Some(full.until)).await,
        };
        let updated = account.update(number, change).await;
        if let Err(error) = &updated {
            self.settle_plan(taken, error).await?;
        }
        match updated.map_err(Fault::from) {
            Ok(()) => {
                metrics::counter!("eroom_outbox_total", "step" => "updated").increment(1);
                self.read_back(claimed, account, room, number, Some(&digest)).await
            }
            // An update may be carried out twice, so a lost answer is no more than a failure.
            Err(Fault::Lost { reason }) => self.wait(claimed, Phase::Planned, &reason, None).await,
            Err(Fault::Later { reason, after }) => self.wait(claimed, Phase::Planned, &reason, after).await,
            Err(Fault::Gone { .. }) => self.gone(claim, room, number).await,
            Err(Fault::Refused { reason }) => self.refuse(claim, room, &reason).await,
            Err(Fault::MissingScope { reason }) => self.park(claimed, &reason).await,
        }
    }

    /// Zoom has the room as it is, but the address for visitors may have changed with the passcode: it is read anew.
    async fn read_back(
        &self,
        claimed: &Claimed,
        account: &Account,
        room: &Room,
        number: i64,
        digest: Option<&SecretString>,
    ) -> Result<()> {
        let claim = &claimed.claim;
        let unread = Made { number, uuid: None, join_url: None };
        let (reason, after) = match account.read_back(room.kind, number).await.map_err(Fault::from) {
            Ok(made) => return self.land(claim, room, &made, room.version, digest).await,
            Err(Fault::Gone { .. }) => return self.gone(claim, room, number).await,
            // Without the scope to read there is an address all the same: one that asks for the passcode.
            Err(Fault::Refused { reason } | Fault::MissingScope { reason }) => {
                tracing::warn!(room = %room.id, reason, "a room was updated at Zoom, and its address could not be read");
                return self.land(claim, room, &unread, room.version, digest).await;
            }
            Err(Fault::Later { reason, after }) => (reason, after),
            Err(Fault::Lost { reason }) => (reason, None),
        };
        // The old address is dropped at once, and the job stays to read the new one.
        let (now, id, version) = (self.now(), room.id, room.version);
        let landed = Landed { number, uuid: None, join_url: None, version, digest };
        self.store().write(|mut tx| async move { store::room::landed(&mut tx, id, landed, now).await }).await?;
        self.wait(claimed, Phase::Planned, &reason, after).await
    }

    /// Keeps a job that lacks a scope, until the scope may have arrived.
    pub(super) async fn park(&self, claimed: &Claimed, reason: &str) -> Result<()> {
        let after = later(self.now(), self.inner.pace.scope_check);
        self.wait(claimed, Phase::Planned, reason, Some(after)).await
    }

    /// Keeps the job, to be tried at the latest of `after` and a growing wait.
    pub(crate) async fn wait(
        &self,
        claimed: &Claimed,
        phase: Phase,
        reason: &str,
        after: Option<Timestamp>,
    ) -> Result<()> {
        metrics::counter!("eroom_outbox_total", "step" => "postponed").increment(1);
        let mut payload = Push::read(&claimed.job.payload);
        payload.failures = payload.failures.saturating_add(1);
        let run_at = later(self.now(), self.inner.pace.wait(payload.failures, &*self.inner.entropy));
        let run_at = after.map_or(run_at, |after| after.max(run_at));
        let progress = Progress {
            phase,
            sent_at: if phase == Phase::Planned { None } else { claimed.job.sent_at },
            deadline_at: None,
            payload: payload.json(),
        };
        self.again(&claimed.claim, &progress, run_at, reason).await
    }

    /// Notes how far the job has come and gives it back.
    pub(super) async fn again(
        &self,
        claim: &Claim,
        progress: &Progress,
        run_at: Timestamp,
        reason: &str,
    ) -> Result<()> {
        let write = |mut tx| async move {
            store::job::note_progress(&mut tx, claim, progress).await?;
            store::job::release(&mut tx, claim, run_at, reason).await
        };
        Ok(self.store().write(write).await?)
    }

    /// Zoom said no: the room says why, and waits for somebody to do something.
    pub(super) async fn refuse(&self, claim: &Claim, room: &Room, reason: &str) -> Result<()> {
        metrics::counter!("eroom_outbox_total", "step" => "refused").increment(1);
        let (now, refused) = (self.now(), &AtZoom::Refused { reason: reason.to_owned() });
        let write = |mut tx| async move {
            // Where it was changed meanwhile, the change may be what Zoom wants: it is sent once more.
            let again = store::job::complete(&mut tx, claim, now).await? == Completed::Again;
            let state = if again { &AtZoom::Waiting } else { refused };
            store::room::set_at_zoom(&mut tx, room.id, state, now).await
        };
        Ok(self.store().write(write).await?)
    }

    /// Zoom does not have the room any more.
    async fn gone(&self, claim: &Claim, room: &Room, number: i64) -> Result<()> {
        metrics::counter!("eroom_outbox_total", "step" => "gone").increment(1);
        let now = self.now();
        let write = |mut tx| async move {
            gone_at_zoom(&mut tx, room.id, number, now).await?;
            store::job::complete(&mut tx, claim, now).await
        };
        let _: Completed = self.store().write(write).await?;
        Ok(())
    }

    pub(crate) async fn done(&self, claim: &Claim) -> Result<()> {
        let now = self.now();
        let write = |mut tx| async move { store::job::complete(&mut tx, claim, now).await };
        let _: Completed = self.store().write(write).await?;
        Ok(())
    }

    pub(crate) async fn give_up(&self, claim: &Claim, why: &str) -> Result<()> {
        tracing::error!(job = %claim.job(), why, "a job is given up");
        let now = self.now();
        let write = |mut tx| async move { store::job::fail(&mut tx, claim, why, now).await };
        let _: Completed = self.store().write(write).await?;
        Ok(())
    }
}
