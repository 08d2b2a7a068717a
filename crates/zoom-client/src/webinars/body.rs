//! The bodies that create and change a webinar.

use super::{WebinarKind, WebinarSettings};

sitting! {
    /// A webinar to be created.
    NewWebinar, WebinarKind, WebinarSettings
}

sitting! {
    /// What to change about a webinar; what is not said stays.
    WebinarChange, WebinarKind, WebinarSettings
}

impl NewWebinar {
    /// A webinar about `topic`.
    pub fn new(topic: impl Into<String>) -> Self {
        Self::default().topic(topic).kind(WebinarKind::Webinar)
    }
}

impl WebinarChange {
    /// No change yet.
    pub fn new() -> Self {
        Self::default()
    }
}
