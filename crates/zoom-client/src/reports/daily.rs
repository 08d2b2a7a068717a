//! What happened in an account day by day.

use jiff::civil::Date;
use reqwest::Method;

use super::Reports;
use crate::{Call, ask::Ask};

pub(super) static CALL: Call = Call::new("reportDaily", Method::GET, "/report/daily");

answer! {
    /// What happened on one day.
    Day {
        /// The day.
        date: Option<Date>,
        /// How many users were made.
        new_users: u32,
        /// How many meetings were held.
        meetings: u32,
        /// How many took part.
        participants: u32,
        /// The minutes of all of them together.
        meeting_minutes: u32,
    }
}

answer! {
    /// A month, day by day.
    DailyReport {
        /// The year.
        year: u32,
        /// The month, 1 to 12.
        month: u32,
        /// Its days.
        dates: Vec<Day>,
    }
}

impl Reports {
    /// This month day by day. Classic scope `report:read:admin`; heavy.
    pub fn daily(&self) -> GetDailyReport {
        GetDailyReport(Ask::new(&self.0, &CALL, &[]))
    }
}

ask! {
    /// A question for a month; await it.
    GetDailyReport => DailyReport {
        /// Another year.
        year: u16 = "year",
        /// Another month, 1 to 12.
        month: u16 = "month",
    }
}
