//! Changing a room: what the site shows changes at once, Zoom gets the newest version in the background.

use model::{AlternativeHosts, AtZoom, Problem, Room, RoomDraft, RoomId};
use store::job::{JobKind, NewJob};

use super::{
    RoomView,
    create::{need_alternative_hosts, need_host},
};
use crate::{
    Actor, Service,
    audit::note_room,
    connections::{connection_of_host, leave::need_staying},
    error::{Error, Result},
};

impl Service {
    /// Changes a room that is still at `version`. Several changes before Zoom was reached become one push.
    pub async fn edit_room(&self, actor: &Actor, id: RoomId, draft: RoomDraft, version: i64) -> Result<RoomView> {
        let (now, draft) = (self.now(), &draft);
        self.store()
            .write(|mut tx| async move {
                let former = self.room_to_keep(&mut tx, actor, id).await?;
                actor.need_rooms_of(&draft.host)?;
                if former.version != version {
                    return Err(Error::Conflict { version: former.version });
                }
                let unknown = || Error::field("host", Problem::UnknownHost);
                let connection = if former.host == draft.host {
                    let same = store::connection::get(&mut tx, former.connection).await?;
                    need_staying(same.as_ref())?;
                    same
                } else {
                    need_movable(&former)?;
                    let first = Some(former.connection);
                    let known = connection_of_host(&mut tx, &draft.host, first).await?.ok_or_else(unknown)?;
                    need_host(&mut tx, &known, draft).await?;
                    Some(known)
                };
                let edited = edited(&former, draft)?;
                let edited = if let Some(connection) = connection {
                    need_alternative_hosts(&mut tx, &connection, draft).await?;
                    Room { connection: connection.id, ..edited }
                } else {
                    // Its account was disconnected: what the site shows changes, and it waits for a host as before.
                    Room { at_zoom: former.at_zoom.clone(), alternative_hosts: AlternativeHosts::default(), ..edited }
                };
                store::room::save(&mut tx, &edited, now).await?;
                if edited.at_zoom == AtZoom::Waiting {
                    let job = NewJob::for_room(JobKind::PushRoom, edited.connection, id, now);
                    store::job::enqueue(&mut tx, &job, now).await?;
                }
                note_room(&mut tx, actor, "room-changed", (edited.id, &edited.title), &id.to_string(), now).await
            })
            .await?;
        self.room(actor, id).await
    }
}

/// Zoom cannot give a meeting to another host.
fn need_movable(former: &Room) -> Result<()> {
    if former.zoom_number.is_none() && matches!(former.at_zoom, AtZoom::Refused { .. } | AtZoom::Disconnected) {
        return Ok(());
    }
    Err(Error::refused(
        "Zoom cannot give a meeting to another host: delete this room and make a new one with that host.",
    ))
}

fn edited(former: &Room, draft: &RoomDraft) -> Result<Room> {
    if draft.kind != former.kind {
        return Err(Error::field("kind", Problem::NotAChoice));
    }
    Ok(Room {
        title: draft.title.clone(),
        slug: draft.slug.clone().unwrap_or_else(|| former.slug.clone()),
        host: draft.host.clone(),
        alternative_hosts: draft.alternative_hosts.clone(),
        schedule: draft.schedule.clone(),
        agenda: draft.agenda.clone(),
        passcode: draft.passcode.clone().unwrap_or_else(|| former.passcode.clone()),
        options: draft.options,
        opens_before: draft.opens_before,
        published: draft.published,
        // As long as nobody knows whether Zoom has it, nothing is sent; what was edited goes out once that is known.
        at_zoom: if former.at_zoom == AtZoom::Unknown { AtZoom::Unknown } else { AtZoom::Waiting },
        ..former.clone()
    })
}
