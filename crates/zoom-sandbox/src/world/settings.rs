//! The settings that hold for an account or a user: their own over the account's over the defaults, under its locks.

use serde_json::{Map, Value};

use super::{Account, Person, Plan, State};
use crate::settings::{Requirement, canonical, covers, default};

/// Settings that accounts on the free plan cannot change: their meetings always have a passcode.
const FIXED_WHEN_FREE: [&str; 3] = [
    "schedule_meeting.require_password_for_instant_meetings",
    "schedule_meeting.require_password_for_pmi_meetings",
    "schedule_meeting.require_password_for_scheduling_new_meetings",
];

/// The setting that a user's profile calls `use_pmi`.
pub(crate) const USE_PMI: &str = "schedule_meeting.use_pmi_for_scheduled_meetings";

/// What the settings of registration for webinars are kept under.
pub(crate) const WEBINAR_REGISTRATION: &str = "webinar_registration";

impl Account {
    /// What holds in the account for a setting, by any of its names; null for what is no setting.
    pub(crate) fn setting(&self, path: &str) -> Value {
        let path = canonical(path);
        self.settings.get(&path).or_else(|| default(&path)).cloned().unwrap_or_default()
    }

    /// Whether the account has locked a setting, or an object it is in, or the plan has: users go by the account.
    pub(crate) fn locks(&self, path: &str) -> bool {
        let path = canonical(path);
        let is_locked = |(name, value): (&String, &Value)| *value == Value::Bool(true) && covers(name, &path);
        self.locks.iter().any(is_locked) || self.plan == Plan::Free && FIXED_WHEN_FREE.contains(&path.as_str())
    }
}

impl State {
    /// What holds for a user.
    pub(crate) fn setting(&self, person: &Person, path: &str) -> Value {
        let path = canonical(path);
        let account = self.account(&person.account_id);
        let own = person.settings.get(&path).filter(|_| !account.is_some_and(|account| account.locks(&path)));
        let theirs = || account.map(|account| account.setting(&path));
        own.cloned().or_else(theirs).unwrap_or_default()
    }

    /// The same, for a setting that is on or off.
    pub(crate) fn is_on(&self, person: &Person, path: &str) -> bool {
        self.setting(person, path) == Value::Bool(true)
    }

    /// What the passcodes of a user's meetings must be like.
    pub(crate) fn passcode_rules(&self, person: &Person) -> Requirement {
        Requirement::read(|name| self.setting(person, &format!("meeting_security.meeting_password_requirement.{name}")))
    }
}

/// Keeps a setting, unless it is what holds without it.
pub(crate) fn keep(settings: &mut Map<String, Value>, path: &str, value: Value, otherwise: &Value) {
    let path = canonical(path);
    if value == *otherwise {
        settings.remove(&path);
    } else {
        settings.insert(path, value);
    }
}
