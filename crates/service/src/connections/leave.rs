//! Disconnecting a Zoom account: what becomes of its rooms, and that everything which came from Zoom goes.

use model::{ConnectionId, Problem, Right};
use secrecy::SecretString;
use store::{
    Tx,
    connection::Connection,
    job::{Claimed, JobKind, NewJob},
};

use super::allow::may_act_for;
use crate::{
    Actor, Service, Via,
    audit::note,
    error::{Error, Result},
    outbox::{job_error, pace::later},
};

/// What somebody reads who changes an account that is going.
pub(crate) const LEAVING: &str = "This Zoom account is being disconnected.";

/// What a room that was kept needs before anything can be done for it at Zoom.
pub(crate) const KEPT: &str =
    "Its Zoom account was disconnected. Choose a host of a connected account, and save: the meeting is made there.";

/// How long until it is looked again whether the meetings are deleted.
const LOOK_AGAIN: jiff::SignedDuration = jiff::SignedDuration::from_secs(5);

/// What becomes of the rooms of an account that is disconnected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomsThen {
    /// They stay, without host and meeting; their meetings stay at Zoom.
    Keep,
    /// They are deleted here; their meetings stay at Zoom.
    Delete,
    /// They are deleted here, and those to come at Zoom too, before the credentials go.
    DeleteAtZoom,
}

impl RoomsThen {
    /// The word that forms and the API send.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Delete => "delete",
            Self::DeleteAtZoom => "delete-at-zoom",
        }
    }
}

impl std::str::FromStr for RoomsThen {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        [Self::Keep, Self::Delete, Self::DeleteAtZoom]
            .into_iter()
            .find(|one| one.as_str() == text)
            .ok_or(if text.is_empty() { Problem::Missing } else { Problem::NotAChoice })
    }
}

/// What a disconnection would touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Farewell {
    /// Rooms of the account, past ones too.
    pub rooms: i64,
    /// Those that have not ended.
    pub coming: i64,
    /// Those that go on now.
    pub live: i64,
    /// Meetings that still wait to be deleted at Zoom, those of test joins too.
    pub removals: i64,
    /// Coming rooms that have a meeting at Zoom which stays there: this site may not act for their hosts.
    pub stays: i64,
    /// Meetings that were to be deleted at Zoom and stay there, for this reason or another.
    pub given_up: i64,
    /// Why the last of them that was tried is not deleted yet.
    pub waits_for: Option<String>,
}

/// Nothing is changed or made in an account that is being disconnected: it would be forgotten with it, and stay at Zoom.
pub(crate) fn need_staying(connection: Option<&Connection>) -> Result<()> {
    match connection {
        Some(connection) if connection.leaving => Err(Error::refused(LEAVING)),
        _ => Ok(()),
    }
}

impl Service {
    /// What disconnecting this account would touch.
    pub async fn farewell(&self, actor: &Actor, id: ConnectionId) -> Result<Farewell> {
        actor.need(Right::ManageConnection)?;
        let mut reader = self.store().read().await?;
        let connection = store::connection::get(&mut reader, id).await?.ok_or(Error::NotFound)?;
        let mut stays: i64 = 0;
        if !connection.allowed.is_everybody() {
            for room in store::room::coming_of(&mut reader, id, self.now()).await? {
                let Some(record) = store::room::get(&mut reader, room).await? else { continue };
                let barred = !may_act_for(&mut reader, &connection, &record.room.host).await?;
                stays = stays.saturating_add(i64::from(barred && record.room.zoom_number.is_some()));
            }
        }
        let given_up = if connection.leaving { store::job::given_up_of(&mut reader, id).await? } else { 0 };
        let store::room::Holdings { rooms, coming, live } = store::room::holdings(&mut reader, id, self.now()).await?;
        let removals = store::job::removals_of(&mut reader, id).await?;
        let waits_for = store::job::removal_error(&mut reader, id).await?;
        Ok(Farewell { rooms, coming, live, removals, stays, given_up, waits_for })
    }

    /// Disconnects an account: at once, or, where meetings are to be deleted at Zoom, once they are. In a browser the
    /// member's password is asked for again.
    ///
    /// With the account goes everything that came from Zoom through it: its users and who acts as them, numbers and
    /// addresses of meetings, webhooks, the token, and what was reckoned of its limits. The audit log stays.
    pub async fn disconnect(
        &self,
        actor: &Actor,
        id: ConnectionId,
        rooms: RoomsThen,
        password: Option<&SecretString>,
    ) -> Result<()> {
        actor.need(Right::ManageConnection)?;
        if let (Via::Session, Some(member)) = (actor.via(), actor.member()) {
            let password = password.ok_or_else(|| Error::field("password", Problem::Missing))?;
            self.need_password(member, password).await?;
        }
        self.need_no_trial(id, rooms).await?;
        let now = self.now();
        self.store()
            .write(|mut tx| async move {
                let connection = store::connection::get(&mut tx, id).await?.ok_or(Error::NotFound)?;
                let detail = format!("{} ({}), rooms: {}", connection.name, connection.account_id, rooms.as_str());
                note(&mut tx, actor, "connection-left", &id.to_string(), &detail, now).await?;
                match rooms {
                    RoomsThen::Keep => part(&mut tx, id, true, now).await?,
                    RoomsThen::Delete => part(&mut tx, id, false, now).await?,
                    RoomsThen::DeleteAtZoom => {
                        for room in store::room::coming_of(&mut tx, id, now).await? {
                            store::room::delete(&mut tx, room, now).await?;
                            let job = NewJob::for_room(JobKind::RemoveFromZoom, id, room, now);
                            store::job::enqueue(&mut tx, &job, now).await?;
                        }
                        store::connection::leave(&mut tx, id).await?;
                        store::job::enqueue(&mut tx, &NewJob::for_connection(JobKind::Leave, id, now), now).await?;
                        store::job::hurry_connection(&mut tx, id, now).await?;
                    }
                }
                Ok(())
            })
            .await
    }

    /// The meeting of a test join can be deleted only as long as the account is connected: whoever disconnects it at once
    /// waits until that was tried, which is now.
    async fn need_no_trial(&self, id: ConnectionId, rooms: RoomsThen) -> Result<()> {
        if rooms == RoomsThen::DeleteAtZoom {
            return Ok(());
        }
        let now = self.now();
        let untried = self
            .store()
            .write(|mut tx| async move {
                let untried = store::job::untried_trials_of(&mut tx, id).await?;
                if untried > 0 {
                    store::job::hurry_connection(&mut tx, id, now).await?;
                }
                Ok::<_, Error>(untried)
            })
            .await?;
        if untried > 0 {
            return Err(Error::refused(
                "A meeting of a test join is being deleted at Zoom. Try again in a few seconds.",
            ));
        }
        Ok(())
    }

    /// Forgets an account whose meetings are deleted at Zoom, or looks again later.
    pub(crate) async fn leave(&self, claimed: &Claimed) -> job_error::Result<()> {
        let Some(id) = claimed.job.connection else {
            return self.give_up(&claimed.claim, "no connection is named").await;
        };
        let now = self.now();
        let (claim, again) = (&claimed.claim, later(now, LOOK_AGAIN));
        let write = |mut tx| async move {
            // The claim first: whoever lost it must not forget anything.
            store::job::extend(&mut tx, claim, again).await?;
            if store::job::removals_of(&mut tx, id).await? > 0 {
                return store::job::release(&mut tx, claim, again, "meetings are being deleted at Zoom").await;
            }
            part(&mut tx, id, false, now).await
        };
        Ok(self.store().write(write).await?)
    }
}

/// Forgets a connection and everything that came from Zoom through it; its rooms stay, where they are to be kept.
async fn part(
    tx: &mut Tx,
    id: ConnectionId,
    keep: bool,
    now: jiff::Timestamp,
) -> std::result::Result<(), store::Error> {
    store::job::forget_of(tx, id).await?;
    store::member_host::forget_of(tx, id).await?;
    store::host::forget_of(tx, id).await?;
    store::inbox::forget_of(tx, id).await?;
    store::tally::forget_of(tx, id).await?;
    store::attempt::forget_of(tx, id).await?;
    store::attempt_minute::forget_of(tx, id).await?;
    store::host_day::forget_of(tx, id).await?;
    store::room::forget_deleted(tx, id).await?;
    if keep && store::room::keep_without_zoom(tx, id, now).await? > 0 {
        return store::connection::blank(tx, id, now).await;
    }
    store::room::forget_of(tx, id).await?;
    store::connection::remove(tx, id).await
}
