//! Approve, deny or cancel registrations.

use reqwest::Method;
use serde::Serialize;

use super::Registrants;
use crate::{Call, held::Twins};

pub(super) static CALL: Twins = Twins {
    meeting: Call::new("meetingRegistrantStatus", Method::PUT, "/meetings/{meetingId}/registrants/status"),
    webinar: Call::new("webinarRegistrantStatus", Method::PUT, "/webinars/{webinarId}/registrants/status"),
};

words! {
    /// What the host decides about registrations.
    Decision {
        /// They may come.
        Approve = "approve",
        /// They may not come.
        Deny = "deny",
        /// Approved ones may not come any more.
        Cancel = "cancel",
    }
}

#[derive(Serialize)]
struct Body<'a> {
    action: &'a Decision,
    registrants: Vec<One<'a>>,
}

#[derive(Serialize)]
struct One<'a> {
    id: &'a str,
}

impl Registrants {
    /// Decides about registrants, at most thirty, by id. Scope `meeting:update:registrant_status` or
    /// `webinar:update:registrant_status`; medium.
    pub fn decide(&self, decision: &Decision, registrants: &[&str]) -> SetRegistrantStatus {
        let registrants = registrants.iter().map(|id| One { id }).collect();
        SetRegistrantStatus(self.0.ask(&CALL).body(&Body { action: decision, registrants }))
    }
}

ask! {
    /// A decision; await it.
    SetRegistrantStatus => () {
        /// Of this sitting only.
        occurrence: String = "occurrence_id",
    }
}
