//! Those who speak at a webinar.

mod create;
mod delete;
mod list;

pub use create::NewPanelist;
pub use list::Panelist;

use crate::{Call, MeetingId, ZoomClient, webinars::Webinars};

pub(crate) const CALLS: &[&Call] = &[&list::CALL, &create::CALL, &delete::ONE, &delete::ALL];

/// Asks about the panelists of a webinar; from [`Webinars::panelists`].
#[derive(Clone, Debug)]
pub struct Panelists {
    client: ZoomClient,
    webinar: MeetingId,
}

impl Webinars {
    /// The panelists of a webinar.
    pub fn panelists(&self, webinar: MeetingId) -> Panelists {
        Panelists { client: self.0.clone(), webinar }
    }
}
