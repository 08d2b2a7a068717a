//! What people decide about rooms that do not go on by themselves: unknown at Zoom, refused, or waiting.

use std::ops::RangeInclusive;

use model::{AtZoom, Problem, Right, RoomId};
use store::job::{JobKind, NewJob};

use super::Decision;
use crate::{
    Actor, Service,
    audit::note_room,
    connections::{
        allow::{NOT_ALLOWED, may_act_for},
        leave::KEPT,
    },
    error::{Error, Result},
    outbox::{account::Account, fault::Fault, payload::Push},
};

/// What can be a number at Zoom: nine to twelve digits.
const NUMBERS: RangeInclusive<i64> = 100_000_000..=999_999_999_999;

impl Service {
    /// Decides about a room whose create got no answer: it exists under a number, or it is created again. That it exists
    /// only somebody who keeps all rooms may say, and Zoom must agree that the number can be this room.
    pub async fn decide_unknown(&self, actor: &Actor, id: RoomId, decision: Decision) -> Result<()> {
        if let Decision::ItExists { number } = decision {
            // Asked before the transaction: nobody calls Zoom inside one.
            self.need_its_meeting(actor, id, number).await?;
        }
        let now = self.now();
        self.store()
            .write(|mut tx| async move {
                let room = self.room_to_keep(&mut tx, actor, id).await?;
                if room.at_zoom != AtZoom::Unknown {
                    return Err(Error::Conflict { version: room.version });
                }
                let (payload, detail) = match decision {
                    Decision::ItExists { number } => {
                        need_free_number(&mut tx, &room, number).await?;
                        // Version 0 is older than any: what Zoom has is brought up to date, and gets the marker.
                        let landed =
                            store::room::Landed { number, uuid: None, join_url: None, version: 0, digest: None };
                        store::room::landed(&mut tx, id, landed, now).await?;
                        (Push::default(), format!("it exists as {number}"))
                    }
                    Decision::CreateAgain => {
                        store::room::set_at_zoom(&mut tx, id, &AtZoom::Waiting, now).await?;
                        (Push::default(), "create again".to_owned())
                    }
                };
                let job = NewJob::for_room(JobKind::PushRoom, room.connection, id, now).with_payload(payload.json());
                store::job::enqueue(&mut tx, &job, now).await?;
                note_room(&mut tx, actor, "unknown-decided", (room.id, &room.title), &detail, now).await
            })
            .await
    }

    /// Refuses a number of which Zoom does not say that it is of the room's kind and host and of no other room.
    async fn need_its_meeting(&self, actor: &Actor, id: RoomId, number: i64) -> Result<()> {
        actor.need(Right::KeepAllRooms)?;
        if !NUMBERS.contains(&number) {
            return Err(Error::field("number", Problem::OutOfRange { min: *NUMBERS.start(), max: *NUMBERS.end() }));
        }
        let mut reader = self.store().read().await?;
        let room = self.room_to_keep(&mut reader, actor, id).await?;
        let connection = store::connection::get(&mut reader, room.connection).await?.ok_or(Error::NotFound)?;
        let may_act = may_act_for(&mut reader, &connection, &room.host).await?;
        drop(reader);
        if room.at_zoom != AtZoom::Unknown {
            return Err(Error::Conflict { version: room.version });
        }
        if !may_act {
            return Err(Error::refused(NOT_ALLOWED));
        }
        let facts = Account(self.inner.zooms.of(&connection)).facts(room.kind, number).await.map_err(|error| {
            Error::refused(format!("Whether {number} is this room is not certain. {}", Fault::from(error).reason()))
        })?;
        if facts.host.as_deref() != Some(room.host.as_str()) {
            return Err(Error::refused(format!("At Zoom, {number} is held by somebody else than this room's host.")));
        }
        if facts.room.is_some_and(|named| named != id) {
            return Err(Error::refused(format!("At Zoom, the agenda of {number} names another room.")));
        }
        Ok(())
    }

    /// Tries again at once what Zoom refused or what waits. A room that is unknown is looked for again, not created.
    pub async fn retry_room(&self, actor: &Actor, id: RoomId) -> Result<()> {
        let now = self.now();
        self.store()
            .write(|mut tx| async move {
                let room = self.room_to_keep(&mut tx, actor, id).await?;
                if store::connection::get(&mut tx, room.connection).await?.is_none() {
                    return Err(Error::refused(KEPT));
                }
                if matches!(room.at_zoom, AtZoom::Refused { .. }) {
                    store::room::set_at_zoom(&mut tx, id, &AtZoom::Waiting, now).await?;
                }
                if room.at_zoom != AtZoom::Live {
                    let job = NewJob::for_room(JobKind::PushRoom, room.connection, id, now);
                    store::job::enqueue(&mut tx, &job, now).await?;
                }
                store::job::hurry(&mut tx, id, now).await?;
                note_room(&mut tx, actor, "room-retried", (room.id, &room.title), "", now).await
            })
            .await
    }
}

async fn need_free_number(tx: &mut store::Tx, room: &model::Room, number: i64) -> Result<()> {
    match store::room::by_number(tx, room.connection, number).await? {
        Some(other) if other.room.id != room.id => {
            Err(Error::refused(format!("{number} is the room “{}” already.", other.room.title)))
        }
        _ => Ok(()),
    }
}
