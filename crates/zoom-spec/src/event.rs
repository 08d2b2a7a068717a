//! Webhook events and the scopes that gate them.

use crate::{table, words::Product};

/// A webhook event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// The value of `event` in the envelope, such as `meeting.started`.
    pub name: &'static str,
    /// The part of Zoom's documents it is described in.
    pub product: Product,
    /// Granular scopes, of which one is enough to subscribe.
    pub granular: &'static [&'static str],
    /// Classic scopes, of which one is enough to subscribe.
    pub classic: &'static [&'static str],
}

impl Event {
    /// Whether an app with the `granted` scopes may subscribe; an event without scopes is open to all.
    pub fn allowed_by<'a>(&self, granted: impl IntoIterator<Item = &'a str>) -> bool {
        self.granular.is_empty() && self.classic.is_empty()
            || granted.into_iter().any(|scope| self.granular.contains(&scope) || self.classic.contains(&scope))
    }
}

/// All webhook events.
pub fn events() -> &'static [Event] {
    &table::EVENTS
}

/// The event called `name`.
pub fn event(name: &str) -> Option<&'static Event> {
    events().iter().find(|event| event.name == name)
}
