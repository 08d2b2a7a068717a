//! Why a room is not at Zoom, or not as it should be, in words: for pages and programs alike.

use model::AtZoom;
use service::RoomView;

use crate::language::say;

/// What Zoom refused, what went wrong with the last try or what a room that waits is waiting for; `None` where there is
/// nothing to tell.
pub(crate) fn why_not(view: &RoomView) -> Option<String> {
    match &view.room.at_zoom {
        AtZoom::Waiting => view.work.as_ref().and_then(|work| work.last_error.clone()),
        AtZoom::Live => None,
        AtZoom::Disconnected => Some(say("at-zoom-disconnected-short")),
        AtZoom::Refused { reason } => Some(reason.clone()),
        AtZoom::Unknown => Some(say("at-zoom-unknown-short")),
    }
}
