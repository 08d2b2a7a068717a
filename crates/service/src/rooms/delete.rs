//! Deleting a room here, and at Zoom if asked to.

use model::{AtZoom, Right, RoomId};
use store::job::{JobKind, NewJob};

use crate::{Actor, Service, audit::note_room, error::Result};

impl Service {
    /// Deletes a room here, and its meeting at Zoom if asked to: that happens in the background, also where it is not
    /// known yet whether Zoom has it.
    pub async fn delete_room(&self, actor: &Actor, id: RoomId, also_at_zoom: bool) -> Result<()> {
        actor.need(Right::KeepOwnRooms)?;
        let now = self.now();
        self.store()
            .write(|mut tx| async move {
                let room = self.room_to_keep(&mut tx, actor, id).await?;
                store::room::delete(&mut tx, id, now).await?;
                // Where the account was disconnected nothing at Zoom belongs to the room.
                let also_at_zoom = also_at_zoom && store::connection::get(&mut tx, room.connection).await?.is_some();
                if also_at_zoom {
                    let job = NewJob::for_room(JobKind::RemoveFromZoom, room.connection, id, now);
                    store::job::enqueue(&mut tx, &job, now).await?;
                }
                let detail = match (also_at_zoom, &room.at_zoom) {
                    // Its number is not known: an owner who reads this can look for it at Zoom.
                    (true, AtZoom::Unknown) => "also at Zoom, once Zoom tells whether it has it",
                    (true, _) => "also at Zoom",
                    (false, _) => "kept at Zoom",
                };
                note_room(&mut tx, actor, "room-deleted", (room.id, &room.title), detail, now).await
            })
            .await
    }
}
