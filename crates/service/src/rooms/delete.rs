//! Deleting a room here, and at Zoom if asked to.

use model::{Right, RoomId};
use store::job::{JobKind, NewJob};

use crate::{Actor, Service, audit::note, error::Result};

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
                if also_at_zoom {
                    let job = NewJob::for_room(JobKind::RemoveFromZoom, room.connection, id, now);
                    store::job::enqueue(&mut tx, &job, now).await?;
                }
                let detail = if also_at_zoom { "also at Zoom" } else { "kept at Zoom" };
                note(&mut tx, actor, "room-deleted", room.title.as_str(), detail, now).await
            })
            .await
    }
}
