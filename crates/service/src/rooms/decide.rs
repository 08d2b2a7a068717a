//! What people decide about rooms that do not go on by themselves: unknown at Zoom, refused, or waiting.

use model::{AtZoom, Problem, RoomId};
use store::job::{JobKind, NewJob};

use super::Decision;
use crate::{
    Actor, Service,
    audit::note,
    error::{Error, Result},
    outbox::{DELETED_AT_ZOOM, payload::Push},
};

impl Service {
    /// Decides about a room whose create got no answer: it exists under a number, or it is created again.
    pub async fn decide_unknown(&self, actor: &Actor, id: RoomId, decision: Decision) -> Result<()> {
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
                        let landed = store::room::Landed { number, uuid: None, version: 0 };
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
                note(&mut tx, actor, "unknown-decided", room.title.as_str(), &detail, now).await
            })
            .await
    }

    /// Tries again at once what Zoom refused or what waits. A room that is unknown is looked for again, not created.
    pub async fn retry_room(&self, actor: &Actor, id: RoomId) -> Result<()> {
        let now = self.now();
        self.store()
            .write(|mut tx| async move {
                let room = self.room_to_keep(&mut tx, actor, id).await?;
                if matches!(&room.at_zoom, AtZoom::Refused { reason } if reason == DELETED_AT_ZOOM) {
                    // Zoom said itself that it is gone, so nothing can be made twice.
                    store::room::lost_at_zoom(&mut tx, id, now).await?;
                } else if matches!(room.at_zoom, AtZoom::Refused { .. }) {
                    store::room::set_at_zoom(&mut tx, id, &AtZoom::Waiting, now).await?;
                }
                if room.at_zoom != AtZoom::Live {
                    let job = NewJob::for_room(JobKind::PushRoom, room.connection, id, now);
                    store::job::enqueue(&mut tx, &job, now).await?;
                }
                store::job::hurry(&mut tx, id, now).await?;
                note(&mut tx, actor, "room-retried", room.title.as_str(), "", now).await
            })
            .await
    }
}

async fn need_free_number(tx: &mut store::Tx, room: &model::Room, number: i64) -> Result<()> {
    if !(100_000_000..=999_999_999_999).contains(&number) {
        return Err(Error::field("number", Problem::OutOfRange { min: 100_000_000, max: 999_999_999_999 }));
    }
    match store::room::by_number(tx, room.connection, number).await? {
        Some(other) if other.room.id != room.id => {
            Err(Error::refused(format!("{number} is the room “{}” already.", other.room.title)))
        }
        _ => Ok(()),
    }
}
