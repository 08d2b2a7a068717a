//! Zoom Events: hubs and events, and what belongs to an event.

mod actions;
mod create;
mod find;
mod hubs;
mod links;
mod list;
mod rooms;
mod shape;
mod speakers;
mod update;

use super::Behaviour;

pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("getHubList", hubs::list),
    ("gethubhostList", hubs::hosts),
    ("createHubHost", hubs::add_host),
    ("deleteHubHost", hubs::remove_host),
    ("getEvents", list::answer),
    ("getEventInfo", list::one),
    ("createEvent", create::answer),
    ("updateEvent", update::answer),
    ("deleteEvent", update::delete),
    ("EventActions", actions::answer),
    ("getSpeakers", speakers::list),
    ("getSpeaker", speakers::get),
    ("createSpeaker", speakers::create),
    ("updateSpeaker", speakers::update),
    ("deleteSpeaker", speakers::delete),
    ("getEventAccessLinks", links::list),
    ("GetEventAccessLink", links::get),
    ("createEventAccessLink", links::create),
    ("updateEventAccess", links::update),
    ("deleteEventAccessLink", links::delete),
];
