//! The cover image of a room.

use model::RoomId;
use store::cover::Cover as Kept;

use super::image;
use crate::{
    Actor, Cover, Service,
    audit::note_room,
    error::{Error, Result},
};

impl Service {
    /// Sets a room's cover (JPEG, PNG or WebP by content, at most 5 MB), or removes it.
    pub async fn set_cover(&self, actor: &Actor, id: RoomId, image: Option<Vec<u8>>) -> Result<()> {
        let cover = image.map(|bytes| Ok::<_, Error>(Kept::new(image::kind_of(&bytes)?, bytes))).transpose()?;
        let (now, cover) = (self.now(), cover.as_ref());
        self.store()
            .write(|mut tx| async move {
                let room = self.room_to_keep(&mut tx, actor, id).await?;
                let action = if let Some(cover) = cover {
                    store::cover::put(&mut tx, id, cover, now).await?;
                    "cover-set"
                } else {
                    store::cover::remove(&mut tx, id).await?;
                    "cover-removed"
                };
                note_room(&mut tx, actor, action, (room.id, &room.title), "", now).await
            })
            .await
    }

    /// A room's cover image; a draft's only for a member who sees its page.
    pub async fn cover(&self, id: RoomId, asker: Option<&Actor>) -> Result<Cover> {
        let mut reader = self.store().read().await?;
        let record = store::room::get(&mut reader, id).await?;
        let shown =
            record.filter(|r| r.room.published || asker.is_some_and(|actor| actor.may_see_unpublished(&r.room)));
        shown.ok_or(Error::NotFound)?;
        let cover = store::cover::get(&mut reader, id).await?.ok_or(Error::NotFound)?;
        let size = image::size_of(&cover.bytes);
        Ok(Cover { content_type: cover.kind.media_type(), bytes: cover.bytes, size })
    }
}
