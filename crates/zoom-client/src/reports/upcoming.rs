//! What is to come in an account.

use clock::Timestamp;
use jiff::civil::Date;
use reqwest::Method;

use super::Reports;
use crate::{Call, ask::Ask};

pub(super) static CALL: Call = Call::new("reportUpcomingEvents", Method::GET, "/report/upcoming_events");

answer! {
    /// A meeting or webinar that is to come.
    UpcomingEvent {
        /// Its identifier: the number or the sitting's UUID, as Zoom has it.
        id: String,
        /// What it is about.
        topic: String,
        /// When it starts.
        start_time: Option<Timestamp>,
        /// The id of the user who holds it.
        host_id: String,
        /// The name of the user who holds it.
        host_name: String,
        /// The department of that user.
        dept: String,
    }
}

words! {
    /// What a report on what is to come has.
    UpcomingKind {
        /// Meetings only.
        Meeting = "meeting",
        /// Webinars only.
        Webinar = "webinar",
        /// Both.
        All = "all",
    }
}

impl Reports {
    /// Meetings and webinars from the first day to the last (UTC), over all pages. Scope
    /// `report:read:upcoming_meetings_webinars`; heavy.
    pub fn upcoming(&self, from: Date, to: Date) -> ListUpcomingEvents {
        ListUpcomingEvents(Ask::new(&self.0, &CALL, &[]).set("from", &from).set("to", &to))
    }
}

list! {
    /// A list of what is to come; await it for all of it.
    ListUpcomingEvents of UpcomingEvent, "upcoming_events" {
        /// Only one of both.
        kind: UpcomingKind = "type",
    }
}
