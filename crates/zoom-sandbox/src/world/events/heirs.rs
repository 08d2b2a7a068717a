//! What becomes of somebody's hubs and events when they go.

use serde_json::Value;

use super::{
    super::{Person, State},
    Event, Stage, ZoomEvents,
};

/// The licences of which one lets a user hold events. Zoom Webinars Plus is the one that goes with webinars.
const LICENCES: [&str; 6] = [
    "zoom_events",
    "zoom_events_unlimited",
    "zoom_sessions_unlimited",
    "zoom_webinars_plus_unlimited",
    "zoom_events_pay_per_attendee",
    "zoom_sessions_pay_per_attendee",
];

impl State {
    /// Whether somebody has a licence to hold events.
    pub(crate) fn may_hold_events(&self, person: &Person) -> bool {
        let listed = self.setting(person, "feature.license_info_list");
        let kinds = listed.as_array().into_iter().flatten().filter_map(|one| one.get("license_type")?.as_str());
        LICENCES.iter().any(|name| self.is_on(person, &format!("feature.{name}")))
            || kinds.into_iter().any(|kind| kind.starts_with("ZOOM_EVENTS") || kind.starts_with("ZOOM_SESSIONS"))
    }
}

impl ZoomEvents {
    /// Whether somebody hosts a hub or made an event.
    pub(crate) fn has_any_of(&self, user: &str) -> bool {
        self.hubs.values().any(|hub| hub.hosts.iter().any(|host| host == user)) || self.of(user).next().is_some()
    }

    /// Whether somebody made an event that was published and not called off.
    pub(crate) fn has_published_of(&self, user: &str) -> bool {
        self.of(user).any(|event| event.stage == Stage::Published)
    }

    fn of<'a>(&'a self, user: &'a str) -> impl Iterator<Item = &'a Event> {
        self.events.values().map(|event| &**event).filter(move |event| event.host_id == user)
    }

    /// Gives the hubs and events of one to another, who hosts those hubs in their place.
    pub(crate) fn hand_over(&mut self, from: &str, to: &str) {
        for hub in self.hubs.values_mut() {
            let Some(place) = hub.hosts.iter().position(|host| host == from) else { continue };
            hub.hosts.remove(place);
            if !hub.hosts.iter().any(|host| host == to) {
                hub.hosts.insert(place, to.to_owned());
            }
        }
        for event in self.events.values_mut().filter(|event| event.host_id == from) {
            to.clone_into(&mut event.host_id);
            // Whoever works on an event without a part in its hub could not: its new owner gets one.
            if let Some(hub) = self.hubs.get_mut(&event.hub_id).filter(|hub| !hub.hosts.iter().any(|host| host == to)) {
                hub.hosts.push(to.to_owned());
            }
        }
    }

    /// The meetings and webinars in which the sessions of somebody's events are held.
    pub(crate) fn meetings_of(&self, user: &str) -> Vec<i64> {
        self.of(user).flat_map(|event| event.sessions.iter().filter_map(|session| session.meeting)).collect()
    }
}

/// The setting of a user that is their licence for events beside one for webinars.
pub(crate) const WEBINARS_PLUS: &str = "feature.zoom_webinars_plus_unlimited";

/// Such a licence, as the settings of a new user keep it.
pub(crate) fn webinars_plus() -> (String, Value) {
    (WEBINARS_PLUS.to_owned(), Value::Bool(true))
}
