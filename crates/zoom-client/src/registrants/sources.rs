//! Where the registrants of a webinar come from.

use reqwest::Method;

use super::WebinarRegistrants;
use crate::{Call, Error};

pub(super) static CALL: Call = Call::new("getTrackingSources", Method::GET, "/webinars/{webinarId}/tracking_sources");

answer! {
    /// A link that counts who comes by it.
    TrackingSource {
        /// The source's id.
        id: String,
        /// Its name.
        source_name: String,
        /// The link.
        tracking_url: String,
        /// How many registered by it.
        registration_count: u32,
        /// How many looked at the page of registration by it.
        visitor_count: u32,
    }
}

impl WebinarRegistrants {
    /// The webinar's tracking sources. Scope `webinar:read:list_tracking_sources`; medium.
    pub async fn tracking_sources(&self) -> Result<Vec<TrackingSource>, Error> {
        let held = &self.0.0;
        held.client().whole(held.ask_alone(&CALL), "tracking_sources").await
    }
}
