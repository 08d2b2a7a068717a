//! An account's settings, and which of them its users cannot change.

use reqwest::Method;

use super::{AccountId, Accounts};
use crate::{Call, SettingsDocument, SettingsPart, ask::Ask};

pub(super) static READ: Call = Call::new("accountSettings", Method::GET, "/accounts/{accountId}/settings");
pub(super) static WRITE: Call = Call::new("accountSettingsUpdate", Method::PATCH, "/accounts/{accountId}/settings");
pub(super) static LOCKS: Call = Call::new("getAccountLockSettings", Method::GET, "/accounts/{accountId}/lock_settings");
pub(super) static LOCK: Call = Call::new("UpdateLockedSettings", Method::PATCH, "/accounts/{accountId}/lock_settings");

impl Accounts {
    /// An account's settings. Scope `account:read:settings`; medium.
    pub fn settings(&self, account: &AccountId) -> GetAccountSettings {
        GetAccountSettings(Ask::new(&self.0, &READ, &[account]))
    }

    /// Changes what `change` has and leaves the rest. Scope `account:update:settings`; medium.
    pub fn set_settings(&self, account: &AccountId, change: &SettingsDocument) -> SetAccountSettings {
        SetAccountSettings(Ask::new(&self.0, &WRITE, &[account]).body(change))
    }

    /// Which settings are locked: users go by the account's value. Scope `account:read:lock_settings`; medium.
    pub fn lock_settings(&self, account: &AccountId) -> GetLockSettings {
        GetLockSettings(Ask::new(&self.0, &LOCKS, &[account]))
    }

    /// Locks and opens settings. Scope `account:update:lock_settings`; medium.
    pub fn set_lock_settings(&self, account: &AccountId, change: &SettingsDocument) -> SetLockSettings {
        SetLockSettings(Ask::new(&self.0, &LOCK, &[account]).body(change))
    }
}

ask! {
    /// A question for settings; await it.
    GetAccountSettings => SettingsDocument {
        /// Only this part.
        part: SettingsPart = "option",
        /// Only these settings, by path.
        only: Vec<String> = "custom_query_fields",
    }
}

ask! {
    /// A change of settings; await it.
    SetAccountSettings => () {
        /// The change is of this part.
        part: SettingsPart = "option",
    }
}

ask! {
    /// A question for what is locked; await it.
    GetLockSettings => SettingsDocument {
        /// Only this part.
        part: SettingsPart = "option",
        /// Only these settings, by path.
        only: Vec<String> = "custom_query_fields",
    }
}

ask! {
    /// A change of what is locked; await it.
    SetLockSettings => () {}
}
