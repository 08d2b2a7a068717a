//! A meeting or a webinar: Zoom keeps both in one row of numbers.

use std::fmt;

use clock::{Entropy, Timestamp};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Occurrence, Recurrence, ids};
use crate::wire;

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Everybody may speak; types 1, 2, 3, 8 and 10.
    Meeting,
    /// Few speak, many listen; types 5, 6 and 9.
    Webinar,
}

impl Kind {
    /// Zoom's word, as in `meeting.started`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Webinar => "webinar",
        }
    }
}

/// Zoom's `status`: there is no "ended".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Nobody has started it.
    Waiting,
    /// Its call is on.
    Started,
}

impl Status {
    /// Zoom's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Started => "started",
        }
    }
}

fn yes() -> bool {
    true
}

/// How long after its last use the number of a meeting that does not recur stays valid.
pub(crate) const EXPIRES_AFTER: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The same for one that recurs.
const RECURRING_EXPIRES_AFTER: SignedDuration = SignedDuration::from_hours(365 * 24);

/// Zoom's `type` of a user's personal room, whose number is their PMI.
pub(crate) const PERSONAL_ROOM: u8 = 4;

/// A meeting or webinar.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// The meeting number, nine to eleven digits.
    pub number: i64,
    /// The UUID of the present instance; each call has its own.
    pub uuid: String,
    /// Meeting or webinar.
    pub kind: Kind,
    /// Zoom's `type`: 1, 2, 3, 8, 10 for meetings, 4 for a personal room, 5, 6, 9 for webinars.
    pub code: u8,
    /// The host's user id.
    pub host_id: String,
    /// The topic.
    pub topic: String,
    /// The agenda, whole.
    pub agenda: String,
    /// The passcode; empty where it has none.
    pub passcode: String,
    /// What `pwd=` of the join link says in the passcode's place; empty where it has none.
    pub encrypted_passcode: String,
    /// Six digits for telephones and room systems; empty where it has no passcode.
    pub digits: String,
    /// Whether join links carry the passcode.
    #[serde(default = "yes")]
    pub embeds_passcode: bool,
    /// When it is planned to start; absent for instant ones and those without a fixed time.
    pub start: Option<Timestamp>,
    /// Planned length in minutes.
    pub duration: i64,
    /// The IANA time zone it was planned in.
    pub timezone: String,
    /// `settings`: what was sent, over Zoom's defaults.
    pub settings: Map<String, Value>,
    /// `tracking_fields`, as sent.
    pub tracking_fields: Vec<Value>,
    /// The name of the app it was made through.
    #[serde(default)]
    pub app: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when lists show it; later than `created_at` only by the visibility fault.
    pub listed_from: Timestamp,
    /// Whether its call is on.
    pub status: Status,
    /// When the present call began.
    pub started_at: Option<Timestamp>,
    /// When the last call ended.
    pub ended_at: Option<Timestamp>,
    /// When it was deleted; it can be recovered.
    pub deleted_at: Option<Timestamp>,
    /// The rule of types 8 and 9.
    #[serde(default)]
    pub recurrence: Option<Recurrence>,
    /// From when the rule counts: the start that was asked for, which need not be one of the rule's days.
    #[serde(default)]
    pub series_from: Option<Timestamp>,
    /// The sittings of types 8 and 9.
    #[serde(default)]
    pub occurrences: Vec<Occurrence>,
    /// The host's personal meeting id, where it is held under that: its links and webhooks show it.
    #[serde(default)]
    pub pmi: Option<i64>,
    /// The id of the user who scheduled it for its host; empty where the host did.
    #[serde(default)]
    pub assistant_id: String,
    /// Whether it was made without invitations, for a calendar to fill.
    #[serde(default)]
    pub pre_schedule: bool,
}

impl Meeting {
    /// A meeting about which nothing was said yet, without a number.
    pub(crate) fn blank(entropy: &dyn Entropy, kind: Kind, code: u8, host_id: &str, now: Timestamp) -> Self {
        Self {
            number: 0,
            uuid: ids::uuid(entropy),
            kind,
            code,
            host_id: host_id.to_owned(),
            topic: if kind == Kind::Meeting { "Zoom Meeting" } else { "Zoom Webinar" }.to_owned(),
            agenda: String::new(),
            passcode: String::new(),
            encrypted_passcode: String::new(),
            digits: String::new(),
            embeds_passcode: true,
            start: None,
            duration: 60,
            timezone: String::new(),
            settings: wire::default_settings(kind),
            tracking_fields: Vec::new(),
            app: String::new(),
            created_at: now,
            listed_from: now,
            status: Status::Waiting,
            started_at: None,
            ended_at: None,
            deleted_at: None,
            recurrence: None,
            series_from: None,
            occurrences: Vec::new(),
            pmi: None,
            assistant_id: String::new(),
            pre_schedule: false,
        }
    }

    /// The number that links and webhooks show: the personal meeting id where it is held under that.
    pub fn shown_number(&self) -> i64 {
        self.pmi.unwrap_or(self.number)
    }

    /// Gives it a passcode, with what follows from one.
    pub(crate) fn set_passcode(&mut self, passcode: &str, entropy: &dyn Entropy) {
        if self.passcode != passcode {
            passcode.clone_into(&mut self.passcode);
            self.encrypted_passcode = ids::encrypted_passcode(entropy);
            self.digits = ids::digits(entropy);
        }
    }

    /// Takes the passcode of another one, with what follows from it.
    pub(crate) fn share_passcode_of(&mut self, other: &Self) {
        self.passcode.clone_from(&other.passcode);
        self.encrypted_passcode.clone_from(&other.encrypted_passcode);
        self.digits.clone_from(&other.digits);
    }

    /// Whether the API still knows it at `now`: not deleted, and its number has not expired.
    pub fn exists(&self, now: Timestamp) -> bool {
        self.deleted_at.is_none() && !self.expired(now)
    }

    fn expired(&self, now: Timestamp) -> bool {
        if self.code == PERSONAL_ROOM || self.status == Status::Started {
            return false;
        }
        let life = if self.is_recurring() { RECURRING_EXPIRES_AFTER } else { EXPIRES_AFTER };
        let planned = self.start.map(|_| self.planned_end());
        let last = [Some(self.created_at), planned, self.ended_at].into_iter().flatten().max();
        last.is_some_and(|last| now.duration_since(last) > life)
    }

    /// Whether it has no fixed time or several sittings.
    pub fn is_recurring(&self) -> bool {
        matches!(self.code, 3 | 6 | 8 | 9)
    }

    /// When the planned time is over; the planned start (or making) plus the duration. Of a series, the last sitting's.
    pub fn planned_end(&self) -> Timestamp {
        let held = self.occurrences.iter().filter(|occurrence| !occurrence.deleted);
        if let Some(last) = held.map(|occurrence| occurrence.end(self.duration)).max() {
            return last;
        }
        let from = self.start.unwrap_or(self.created_at);
        from.saturating_add(SignedDuration::from_mins(self.duration)).unwrap_or(Timestamp::MAX)
    }

    fn flag(&self, name: &str) -> bool {
        self.settings.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// Whether the host lets people in one by one.
    pub fn waiting_room(&self) -> bool {
        self.flag("waiting_room")
    }

    /// Whether people may be in the call before the host. Never true beside a waiting room.
    pub fn join_before_host(&self) -> bool {
        self.flag("join_before_host") && !self.waiting_room()
    }

    /// What reports say it was made with: the app, or Zoom itself.
    pub fn source(&self) -> &str {
        if self.app.is_empty() { "Zoom" } else { &self.app }
    }

    /// How many minutes before the planned start people may join before the host: 0 means any time.
    pub fn jbh_time(&self) -> i64 {
        self.settings.get("jbh_time").and_then(Value::as_i64).unwrap_or(0)
    }

    /// Whether participants are muted when they enter.
    pub fn mute_upon_entry(&self) -> bool {
        self.flag("mute_upon_entry")
    }

    /// Whether it has a chat that goes on before and after it.
    pub fn has_chat(&self) -> bool {
        self.settings.get("continuous_meeting_chat").and_then(|chat| chat.get("enable")) == Some(&Value::Bool(true))
    }

    /// Whether the host's camera is on at the start.
    pub fn host_video(&self) -> bool {
        self.flag("host_video")
    }

    /// Whether participants' cameras are on when they enter.
    pub fn participant_video(&self) -> bool {
        self.flag("participant_video")
    }

    /// The e-mail addresses or ids of the alternative hosts, as they were sent.
    pub fn alternative_hosts(&self) -> Vec<String> {
        let text = self.settings.get("alternative_hosts").and_then(Value::as_str).unwrap_or_default();
        text.split([';', ',']).map(str::trim).filter(|host| !host.is_empty()).map(str::to_owned).collect()
    }
}

impl fmt::Debug for Meeting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Meeting")
            .field("number", &self.number)
            .field("kind", &self.kind)
            .field("topic", &self.topic)
            .finish_non_exhaustive()
    }
}
