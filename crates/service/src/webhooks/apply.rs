//! Applies a webhook to the room it is about: once, and by when it happened, not by when it arrived.

use jiff::Timestamp;
use model::{AtZoom, ConnectionId, InboxId, RoomId, RoomKind, ZoomUserId};
use store::{
    Reader, Tx,
    inbox::Entry,
    job::{Claimed, JobKind, NewJob, Phase},
    room::{Landed, RoomRecord},
};

use super::event::{AboutRoom, Envelope, News};
use crate::{
    Service,
    connections::allow::may_act_for,
    outbox::{
        account::Account,
        agenda::room_of,
        fault::Fault,
        gone_at_zoom,
        job_error::{JobError, Result},
    },
};

/// What came of a webhook that means nothing to any room here.
const SEEN: &str = "seen";
const APPLIED: &str = "applied";
/// What came of one that something newer had overtaken.
const OLD: &str = "overtaken by a newer one";

impl Service {
    pub(crate) async fn apply_webhook(&self, claimed: &Claimed) -> Result<()> {
        let inbox = claimed.job.payload.get("inbox").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
        let Some(inbox) = inbox else { return self.give_up(&claimed.claim, "the job names no webhook").await };
        let mut reader = self.store().read().await?;
        let (entry, body) =
            (store::inbox::get(&mut reader, inbox).await?, store::inbox::body(&mut reader, inbox).await?);
        let (Some(entry), Some(body)) = (entry, body) else { return self.done(&claimed.claim).await };
        let connection = store::connection::get(&mut reader, entry.connection).await?;
        drop(reader);
        let ours = |envelope: &Envelope| connection.is_some_and(|c| envelope.is_of_account(&c.account_id));
        let about = serde_json::from_slice::<Envelope>(&body).ok().filter(ours);
        let about = about.and_then(|envelope| envelope.about_room());
        let Some(about) = about else { return self.finish(claimed, inbox, SEEN).await };
        // Asked before the transaction: nobody calls Zoom inside one.
        let made = match self.room_that_was_made(&entry, &about).await? {
            Ok(made) => made,
            Err(fault) => return self.wait(claimed, Phase::Planned, fault.reason(), None).await,
        };
        let (now, claim, entry, about) = (self.now(), &claimed.claim, &entry, &about);
        let write = |mut tx| async move {
            let outcome = match made {
                Some(room) => adopt(&mut tx, room, entry, about, now).await?,
                None => apply(&mut tx, entry.connection, about, entry.event_ts, now).await?,
            };
            store::inbox::finish(&mut tx, entry.id, outcome, now).await?;
            store::job::complete(&mut tx, claim, now).await?;
            Ok::<_, JobError>(())
        };
        self.store().write(write).await
    }

    /// What somebody has done at Zoom by way of this site's console: the room that is meant, if any, stands as it would
    /// after Zoom's event, which not every account sends.
    pub(crate) async fn has_done(&self, connection: ConnectionId, about: &AboutRoom) -> Result<(), store::Error> {
        let now = self.now();
        let write = |mut tx| async move { apply(&mut tx, connection, about, now, now).await.map(drop) };
        self.store().write(write).await
    }

    async fn finish(&self, claimed: &Claimed, inbox: InboxId, outcome: &str) -> Result<()> {
        let (now, claim) = (self.now(), &claimed.claim);
        let write = |mut tx| async move {
            store::inbox::finish(&mut tx, inbox, outcome, now).await?;
            store::job::complete(&mut tx, claim, now).await
        };
        let _: store::job::Completed = self.store().write(write).await?;
        Ok(())
    }

    /// The room of ours that an event about a new meeting or webinar tells of, while we do not know its number. The
    /// event has no agenda at Zoom, so the meeting is read where one of our rooms may be meant.
    async fn room_that_was_made(&self, entry: &Entry, about: &AboutRoom) -> Result<Result<Option<RoomId>, Fault>> {
        let News::Created { host, agenda } = &about.news else { return Ok(Ok(None)) };
        let mut reader = self.store().read().await?;
        if store::room::by_number(&mut reader, entry.connection, about.number).await?.is_some() {
            return Ok(Ok(None));
        }
        if let Some(room) = agenda.as_deref().and_then(room_of) {
            return Ok(Ok(Some(room)));
        }
        let host = host.as_deref().and_then(ZoomUserId::parse);
        let Some(connection) = store::connection::get(&mut reader, entry.connection).await? else {
            return Ok(Ok(None));
        };
        if let Some(host) = &host
            && !may_act_for(&mut reader, &connection, host).await?
        {
            return Ok(Ok(None));
        }
        let awaited = is_awaited(&mut reader, entry.connection, about.kind, host, self.now()).await?;
        drop(reader);
        if !awaited {
            return Ok(Ok(None));
        }
        let account = Account(self.inner.zooms.of(&connection).working_for(zoom_client::Work::FollowUp));
        Ok(match account.facts(about.kind, about.number).await.map_err(Fault::from) {
            Ok(facts) => Ok(facts.room),
            // What may not be read, or is gone again, resolves nothing; the owner can still decide.
            Err(Fault::Gone { .. } | Fault::Refused { .. } | Fault::MissingScope { .. }) => Ok(None),
            Err(fault) => Err(fault),
        })
    }
}

/// Whether a room of this host has no number yet: unknown, waiting for the answer to its create, or deleted here and
/// to be deleted at Zoom.
async fn is_awaited(
    reader: &mut Reader,
    connection: ConnectionId,
    kind: RoomKind,
    host: Option<ZoomUserId>,
    now: Timestamp,
) -> Result<bool> {
    if store::job::removal_is_awaited(reader, connection, kind, host.as_ref()).await? {
        return Ok(true);
    }
    for state in [AtZoom::Unknown, AtZoom::Waiting] {
        let mut filter = store::room::RoomFilter {
            kind: Some(kind),
            at_zoom: Some(state.as_str()),
            host: host.clone(),
            ..store::room::RoomFilter::default()
        };
        loop {
            let page = store::room::list(reader, &filter, now).await?;
            if page.items.iter().any(|room| room.zoom_number.is_none() && room.connection == connection) {
                return Ok(true);
            }
            filter.after = page.next;
            if filter.after.is_none() {
                break;
            }
        }
    }
    Ok(false)
}

/// A room whose number was not known has this one.
async fn adopt(tx: &mut Tx, id: RoomId, entry: &Entry, about: &AboutRoom, now: Timestamp) -> Result<&'static str> {
    let Some(record) = store::room::get_any(tx, id).await? else { return Ok(SEEN) };
    let room = &record.room;
    // An agenda is anybody's to copy: the marker counts only on what can be the room.
    let can_be = room.kind == about.kind && room.connection == entry.connection && about.is_of(&room.host);
    if room.zoom_number.is_some() || !can_be {
        return Ok(SEEN);
    }
    let landed = Landed { number: about.number, uuid: None, join_url: None, version: 0, digest: None };
    store::room::landed(tx, id, landed, now).await?;
    let next = match record.deleted_at {
        None => Some(JobKind::PushRoom),
        Some(_) => store::job::removal_was_asked(tx, id).await?.then_some(JobKind::RemoveFromZoom),
    };
    if let Some(kind) = next {
        store::job::enqueue(tx, &NewJob::for_room(kind, room.connection, id, now), now).await?;
        store::job::hurry(tx, id, now).await?;
    }
    Ok(APPLIED)
}

/// What happened `at` a time: told by an event, or done here.
async fn apply(
    tx: &mut Tx,
    connection: ConnectionId,
    about: &AboutRoom,
    at: Timestamp,
    now: Timestamp,
) -> Result<&'static str, store::Error> {
    let Some(record) = room_of_event(tx, connection, about.kind, about.number).await? else { return Ok(SEEN) };
    let room = &record.room;
    let newer = match about.news {
        News::Started => store::room::started(tx, room.id, at).await?,
        News::Ended => store::room::ended(tx, room.id, at).await?,
        News::Deleted => {
            gone_at_zoom(tx, room.id, about.number, now).await?;
            true
        }
        News::Updated if store::room::changed_at_zoom(tx, room.id, at).await? => true,
        // A change that is no newer than what was sent is this site's own.
        News::Updated | News::Created { .. } => return Ok(SEEN),
    };
    Ok(if newer { APPLIED } else { OLD })
}

async fn room_of_event(
    tx: &mut Tx,
    connection: ConnectionId,
    kind: RoomKind,
    number: i64,
) -> Result<Option<RoomRecord>, store::Error> {
    let found = store::room::by_number(tx, connection, number).await?;
    Ok(found.filter(|record| record.room.kind == kind))
}
