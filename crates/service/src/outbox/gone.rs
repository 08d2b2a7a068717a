//! A room whose meeting is gone at Zoom.

use jiff::Timestamp;
use model::{AtZoom, RoomId};
use store::Tx;

/// Notes that Zoom no longer has the room under `number`: its door is shut, and it is made anew only when somebody asks
/// for it.
pub(crate) async fn gone_at_zoom(tx: &mut Tx, room: RoomId, number: i64, now: Timestamp) -> Result<(), store::Error> {
    store::room::lost_at_zoom(tx, room, now).await?;
    let reason = format!(
        "It was deleted at Zoom. Its number was {number}. Try again or save it to make it there anew, with another \
         number, or delete the room here too."
    );
    store::room::set_at_zoom(tx, room, &AtZoom::Refused { reason }, now).await
}
