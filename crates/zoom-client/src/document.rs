//! Settings of an account or a user: hundreds of values that Zoom adds to all the time, so they are read and written
//! by their path.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Settings by path, such as `schedule_meeting.host_video`. Read, it holds what Zoom said; written, only what was
/// [set](SettingsDocument::set).
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SettingsDocument(Map<String, Value>);

impl SettingsDocument {
    /// No settings yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The setting at `path`: its group, a dot, its name.
    pub fn get(&self, path: &str) -> Option<&Value> {
        let mut names = path.split('.');
        let first = self.0.get(names.next()?)?;
        names.try_fold(first, |value, name| value.get(name))
    }

    /// Whether the setting at `path` is on; nothing where there is none, or it is not one of on and off.
    pub fn is_on(&self, path: &str) -> Option<bool> {
        self.get(path)?.as_bool()
    }

    /// Sets the setting at `path`. What is in the way of the path is replaced.
    #[must_use]
    pub fn set(mut self, path: &str, value: impl Into<Value>) -> Self {
        let (groups, name) = path.rsplit_once('.').map_or(("", path), |(groups, name)| (groups, name));
        let mut inside = &mut self.0;
        for group in groups.split('.').filter(|group| !group.is_empty()) {
            let entry = inside.entry(group).or_insert_with(|| Value::Object(Map::new()));
            if !entry.is_object() {
                *entry = Value::Object(Map::new());
            }
            let Value::Object(next) = entry else { return self };
            inside = next;
        }
        inside.insert(name.to_owned(), value.into());
        self
    }

    /// The names of the groups.
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Names of groups only: values may be secret.
impl fmt::Debug for SettingsDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.groups()).finish()
    }
}

words! {
    /// Which part of the settings is meant, where it is not all of them.
    SettingsPart {
        /// Who must sign in to a meeting, and how.
        MeetingAuthentication = "meeting_authentication",
        /// Who must sign in to see a recording, and how.
        RecordingAuthentication = "recording_authentication",
        /// How meetings are secured.
        MeetingSecurity = "meeting_security",
        /// How people sign in (accounts).
        Security = "security",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn settings_are_found_and_set_by_their_path() {
        let set = SettingsDocument::new().set("in_meeting.chat", true).set("in_meeting.deep.er", "x").set("alone", 7);
        assert_eq!(
            serde_json::to_value(&set).unwrap(),
            json!({"in_meeting": {"chat": true, "deep": {"er": "x"}}, "alone": 7})
        );
        assert_eq!(
            (set.is_on("in_meeting.chat"), set.get("in_meeting.no"), set.is_on("alone")),
            (Some(true), None, None)
        );
        assert_eq!(set.clone().set("alone.now", 1).get("alone.now"), Some(&json!(1)));
        assert!(!format!("{set:?}").contains('7'));
    }
}
