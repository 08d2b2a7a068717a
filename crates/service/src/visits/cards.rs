//! A room as visitors see it: what the list and the page say of it at one moment.

use jiff::Timestamp;
use model::{AtZoom, Entrant, Room, RoomKind};

use super::{NoBrowserJoin, RoomCard, RoomPage};

/// The room's card at `now`; `told` says whether Zoom's webhooks are known to arrive.
pub(crate) fn card(room: &Room, host_name: &str, now: Timestamp, told: bool) -> RoomCard {
    RoomCard {
        id: room.id,
        slug: room.slug.clone(),
        kind: room.kind,
        title: room.title.clone(),
        schedule: room.schedule.clone(),
        host_name: host_name.to_owned(),
        phase: room.phase(now, told),
        phase_changes_at: room.phase_changes_at(now),
        opens_at: room.opens_at(),
        live_since: room.live_since,
        ended_at: room.ended_at,
        disconnected: room.at_zoom == AtZoom::Disconnected,
        has_cover: room.has_cover,
        version: room.version,
    }
}

/// The room's page at `now`.
pub(crate) fn page(
    room: &Room,
    host_name: &str,
    now: Timestamp,
    told: bool,
    browser: Result<(), NoBrowserJoin>,
) -> RoomPage {
    RoomPage {
        card: card(room, host_name, now, told),
        agenda: room.agenda.clone(),
        published: room.published,
        door: room.door(now, told, Entrant::Visitor).map(|_| ()),
        browser,
        needs_email: room.kind == RoomKind::Webinar,
        waiting_room: room.options.waiting_room,
    }
}
