//! Who registered for a meeting or webinar, what they are asked when they do, and how often they may try.

use std::fmt;

use clock::Timestamp;
use jiff::{civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Change, Meeting, Occurrence, keep::parts};

/// How registrations become valid: Zoom's `approval_type` 0 and 1. With 2 there is no registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval {
    /// At once.
    Automatic,
    /// When the host says so.
    Manual,
}

/// Where a registration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Admission {
    /// The host has not decided.
    Pending,
    /// They may come.
    Approved,
    /// They may not.
    Denied,
    /// It was approved and taken back. No list shows it.
    Cancelled,
}

impl Admission {
    /// Zoom's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Denied => "denied",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Somebody who registered.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Registrant {
    /// 22 characters, begins `sbx`.
    pub id: String,
    /// Their address, lower case: what tells them from others.
    pub email: String,
    /// What they answered, by Zoom's names: `first_name`, `org`, `custom_questions` …
    pub answers: Map<String, Value>,
    /// Where it stands.
    pub admission: Admission,
    /// When they first registered.
    pub created_at: Timestamp,
    /// The sittings of a series they registered for; empty for all of it.
    pub occurrences: Vec<String>,
    /// The `tk` of their join link.
    pub token: String,
    /// What they type on a telephone.
    pub pin: i64,
}

impl Registrant {
    /// Whether they registered for the sitting with this id.
    pub fn comes_to(&self, occurrence: &str) -> bool {
        self.occurrences.is_empty() || self.occurrences.iter().any(|known| known == occurrence)
    }

    /// A text among the answers; empty where they gave none.
    pub fn answer(&self, name: &str) -> &str {
        self.answers.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

impl fmt::Debug for Registrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registrant").field("id", &self.id).field("admission", &self.admission).finish_non_exhaustive()
    }
}

/// What is counted for each person and day of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Counted {
    /// Registering, by e-mail address: three times.
    Registration,
    /// A decision of the host, by registrant: ten times.
    Decision,
}

impl Counted {
    pub(crate) fn most(self) -> usize {
        match self {
            Self::Registration => 3,
            Self::Decision => 10,
        }
    }
}

/// The registration of one meeting or webinar.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Registration {
    /// `questions` and `custom_questions`, as they were sent.
    pub questions: Map<String, Value>,
    /// In the order they came.
    pub registrants: Vec<Registrant>,
    counted: Vec<(Counted, String, Date)>,
}

parts!(Registration { questions, registrants, counted });

impl Registration {
    /// The registrant with this id or e-mail address.
    pub fn registrant(&self, id_or_email: &str) -> Option<&Registrant> {
        let is_meant = |one: &&Registrant| one.id == id_or_email || one.email.eq_ignore_ascii_case(id_or_email);
        self.registrants.iter().find(is_meant)
    }

    /// How many hold a place: those who wait for a decision hold one too.
    pub fn places_taken(&self) -> usize {
        let holds = |one: &&Registrant| matches!(one.admission, Admission::Approved | Admission::Pending);
        self.registrants.iter().filter(holds).count()
    }

    /// Counts something that `who` may have only so often a day; false where that is used up.
    pub(crate) fn count(&mut self, what: Counted, who: &str, at: Timestamp) -> bool {
        let today = TimeZone::UTC.to_datetime(at).date();
        self.counted.retain(|(_, _, day)| *day == today);
        let so_far = self.counted.iter().filter(|(of, by, _)| *of == what && by == who).count();
        if so_far >= what.most() {
            return false;
        }
        self.counted.push((what, who.to_owned(), today));
        true
    }
}

impl Change<'_> {
    /// Forgets how often people have registered and hosts have decided today.
    pub(crate) fn forget_counts(&mut self) {
        let counted = self.state.registrations.iter().filter(|(_, one)| !one.counted.is_empty());
        for number in counted.map(|(number, _)| *number).collect::<Vec<_>>() {
            if let Some(one) = self.state.registrations.get_mut(&number) {
                one.counted.clear();
            }
        }
    }
}

impl Meeting {
    /// How one registers for it; none where one need not.
    pub fn approval(&self) -> Option<Approval> {
        match self.settings.get("approval_type").and_then(Value::as_i64) {
            Some(0) if self.code != 1 => Some(Approval::Automatic),
            Some(1) if self.code != 1 => Some(Approval::Manual),
            _ => None,
        }
    }

    /// Of a series: 1 for all of it, 2 for one sitting at a time, 3 for chosen ones.
    pub fn registration_type(&self) -> i64 {
        self.settings.get("registration_type").and_then(Value::as_i64).unwrap_or(1)
    }

    /// Whether it is too late to register: the host closes registration with the event, and it is over.
    pub fn registration_is_closed(&self, now: Timestamp) -> bool {
        let closes = self.settings.get("close_registration").and_then(Value::as_bool).unwrap_or(false);
        closes && !matches!(self.code, 3 | 6) && self.planned_end() < now
    }

    /// The sittings that are neither deleted nor over.
    pub fn coming(&self, now: Timestamp) -> impl Iterator<Item = &Occurrence> {
        self.occurrences.iter().filter(move |one| !one.deleted && one.end(self.duration) >= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_utc_has_three_tries_for_each_address() {
        let mut registration = Registration::default();
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let late = at("2026-11-23T23:59:59Z");
        for _ in 0..3 {
            assert!(registration.count(Counted::Registration, "a@x.example", late));
        }
        assert!(!registration.count(Counted::Registration, "a@x.example", late));
        assert!(registration.count(Counted::Registration, "b@x.example", late));
        assert!(registration.count(Counted::Decision, "a@x.example", late), "counted apart");
        assert!(registration.count(Counted::Registration, "a@x.example", at("2026-11-24T00:00:00Z")));
    }
}
