//! Who held meetings, and which.

use clock::Timestamp;
use jiff::civil::Date;
use reqwest::Method;

use super::Reports;
use crate::{Call, MeetingId, MeetingUuid, UserId, ask::Ask};

pub(super) static HOSTS: Call = Call::new("reportUsers", Method::GET, "/report/users");
pub(super) static MEETINGS: Call = Call::new("reportMeetings", Method::GET, "/report/users/{userId}/meetings");

words! {
    /// Which users a report is on.
    WhichHosts {
        /// Who held something.
        Active = "active",
        /// Who held nothing.
        Inactive = "inactive",
    }
}

words! {
    /// Which meetings of a user a report is on.
    WhichMeetings {
        /// That the user held.
        Past = "past",
        /// That the user held, each with one participant at least.
        PastOne = "pastOne",
        /// That the user took part in.
        PastJoined = "pastJoined",
    }
}

answer! {
    /// What a user held.
    HostReport {
        /// The user's id.
        id: String,
        /// The user's address.
        email: String,
        /// The user's name.
        user_name: String,
        /// How many meetings the user held.
        meetings: u32,
        /// How many took part in them.
        participants: u32,
        /// The minutes of all of them together.
        meeting_minutes: u32,
    }
}

answer! {
    /// One sitting of a meeting or webinar.
    MeetingReport {
        /// The number.
        id: Option<MeetingId>,
        /// The sitting's identifier.
        uuid: Option<MeetingUuid>,
        /// What it was about.
        topic: String,
        /// The name of the user who held it.
        user_name: String,
        /// The address of the user who held it.
        user_email: String,
        /// When it began.
        start_time: Option<Timestamp>,
        /// When it ended.
        end_time: Option<Timestamp>,
        /// How long it was, in minutes.
        duration: u32,
        /// The minutes of all participants together.
        total_minutes: u32,
        /// How many took part.
        participants_count: u32,
        /// Whether it was recorded.
        has_recording: bool,
        /// Whether somebody wrote in it.
        has_chat: bool,
    }
}

impl Reports {
    /// Who held meetings from the first day to the last (UTC), over all pages. Scope `report:read:list_users`; heavy.
    pub fn hosts(&self, from: Date, to: Date) -> ListHostReports {
        ListHostReports(Ask::new(&self.0, &HOSTS, &[]).set("from", &from).set("to", &to))
    }

    /// What a user held from the first day to the last (UTC), over all pages. Scope `report:read:user`; heavy.
    pub fn meetings(&self, user: &UserId, from: Date, to: Date) -> ListMeetingReports {
        ListMeetingReports(Ask::new(&self.0, &MEETINGS, &[user]).set("from", &from).set("to", &to))
    }
}

list! {
    /// A list of hosts; await it for all of them.
    ListHostReports of HostReport, "users" {
        /// Those who held nothing, instead.
        which: WhichHosts = "type",
    }
}

list! {
    /// A list of sittings; await it for all of them.
    ListMeetingReports of MeetingReport, "meetings" {
        /// Others than those the user held.
        which: WhichMeetings = "type",
    }
}
