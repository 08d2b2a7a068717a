//! A room as members' lists and pages show it, and how it stands at Zoom in words.

use model::{AtZoom, Phase, spaced_number};
use serde::Serialize;
use service::{RoomView, Start};

use crate::{
    admin::times::written,
    language::{say, say_with},
    standing::why_not,
};

/// What lists and pages say of a room.
#[derive(Debug, Serialize)]
pub(crate) struct RoomRow {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) slug: String,
    pub(crate) kind: &'static str,
    pub(crate) published: bool,
    /// `upcoming`, `open`, `due`, `live`, `ended`.
    pub(crate) phase: &'static str,
    starts_at: String,
    /// The start in the room's zone.
    pub(crate) local: String,
    zone: String,
    duration: i64,
    opens_before: i64,
    pub(crate) host_name: String,
    pub(crate) may_keep: bool,
    /// `yes`, `confirm`, or none where it cannot be started.
    pub(crate) start: Option<&'static str>,
    /// The key of the sentence that says why not.
    start_note: Option<&'static str>,
    pub(crate) number: Option<String>,
    pub(crate) state: Standing,
}

/// How a room stands at Zoom.
#[derive(Debug, Serialize)]
pub(crate) struct Standing {
    /// `waiting`, `live`, `refused`, `unknown`.
    pub(crate) state: &'static str,
    /// The chip's colour.
    pub(crate) voice: &'static str,
    pub(crate) label: String,
    pub(crate) reason: Option<String>,
}

impl From<&RoomView> for RoomRow {
    fn from(view: &RoomView) -> Self {
        let room = &view.room;
        let (start, start_note) = start(view);
        Self {
            id: room.id.to_string(),
            title: room.title.to_string(),
            slug: room.slug.to_string(),
            kind: room.kind.as_str(),
            published: room.published,
            phase: view.phase.as_str(),
            starts_at: room.schedule.starts_at().to_string(),
            local: written(room.schedule.local()),
            zone: room.schedule.zone().name().to_owned(),
            duration: room.schedule.duration().get(),
            opens_before: room.opens_before.get(),
            host_name: host_name(view),
            may_keep: view.may_keep,
            start,
            start_note,
            number: room.zoom_number.map(spaced_number),
            state: Standing::of(view),
        }
    }
}

/// What the host is called: no reader knows a Zoom user by their id.
pub(super) fn host_name(view: &RoomView) -> String {
    match &view.host {
        Some(host) => host.name.clone(),
        None if view.room.at_zoom == AtZoom::Disconnected => say("rooms-no-host"),
        None => say("rooms-host-unknown"),
    }
}

impl Standing {
    /// How the room stands, in words.
    pub(crate) fn of(view: &RoomView) -> Self {
        let room = &view.room;
        let (voice, label) = match (&room.at_zoom, room.zoom_number) {
            (AtZoom::Waiting, _) => ("", say("at-zoom-waiting")),
            (AtZoom::Live, Some(number)) => {
                let number = spaced_number(number);
                ("good", say_with("at-zoom-live-number", &[("number", number.into())]))
            }
            (AtZoom::Live, None) => ("good", say("at-zoom-live")),
            (AtZoom::Refused { .. }, _) => ("bad", say("at-zoom-refused")),
            (AtZoom::Unknown, _) => ("warn", say("at-zoom-unknown")),
            (AtZoom::Disconnected, _) => ("warn", say("at-zoom-disconnected")),
        };
        Self { state: room.at_zoom.as_str(), voice, label, reason: why_not(view) }
    }
}

fn start(view: &RoomView) -> (Option<&'static str>, Option<&'static str>) {
    match view.start {
        Start::Yes => (Some("yes"), None),
        Start::AfterConfirming => (Some("confirm"), None),
        Start::NotYourHost if view.may_keep => (None, Some("room-start-not-your-host")),
        Start::NotAllowed if view.may_keep => (None, Some("room-start-not-allowed")),
        // What such a room needs is said already.
        Start::NotNow if view.room.at_zoom == AtZoom::Disconnected => (None, None),
        Start::NotNow if view.phase != Phase::Ended && view.may_keep => (None, Some("room-start-waits")),
        Start::NotYourHost | Start::NotAllowed | Start::NotNow => (None, None),
    }
}
