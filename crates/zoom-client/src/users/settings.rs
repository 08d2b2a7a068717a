//! A user's settings.

use reqwest::Method;

use super::Users;
use crate::{Call, SettingsDocument, SettingsPart, UserId, ask::Ask};

pub(super) static READ: Call = Call::new("userSettings", Method::GET, "/users/{userId}/settings");
pub(super) static WRITE: Call = Call::new("userSettingsUpdate", Method::PATCH, "/users/{userId}/settings");

impl Users {
    /// A user's settings. Scope `user:read:settings`; medium.
    pub fn settings(&self, user: &UserId) -> GetUserSettings {
        GetUserSettings(Ask::new(&self.0, &READ, &[user]))
    }

    /// Changes what `change` has and leaves the rest. Scope `user:update:settings`; medium. What the account has
    /// locked is [`Error::Invalid`](crate::Error::Invalid).
    pub fn set_settings(&self, user: &UserId, change: &SettingsDocument) -> SetUserSettings {
        SetUserSettings(Ask::new(&self.0, &WRITE, &[user]).body(change))
    }
}

ask! {
    /// A question for settings; await it.
    GetUserSettings => SettingsDocument {
        /// Only this part.
        part: SettingsPart = "option",
        /// Only these settings, by path.
        only: Vec<String> = "custom_query_fields",
    }
}

ask! {
    /// A change of settings; await it.
    SetUserSettings => () {
        /// The change is of this part.
        part: SettingsPart = "option",
    }
}
