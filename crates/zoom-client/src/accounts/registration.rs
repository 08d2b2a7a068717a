//! What registration for new webinars begins with.

use reqwest::Method;

use super::{AccountId, Accounts};
use crate::{Call, Error, ask::Ask};

pub(super) static READ: Call =
    Call::new("accountSettingsRegistration", Method::GET, "/accounts/{accountId}/settings/registration");
pub(super) static WRITE: Call =
    Call::new("accountSettingsRegistrationUpdate", Method::PATCH, "/accounts/{accountId}/settings/registration");

settings! {
    /// Options of registration.
    RegistrationOptions {
        /// The host is mailed about each registration.
        host_email_notification: bool,
        /// Nobody can register once it has begun.
        close_registration: bool,
        /// One registrant may come with several devices.
        allow_participants_to_join_from_multiple_devices: bool,
        /// The page of registration can be shared by buttons.
        show_social_share_buttons: bool,
    }
}

settings! {
    /// What registration for new webinars begins with.
    RegistrationSettings {
        /// Options.
        options: RegistrationOptions,
        /// 0: approved by itself, 1: by hand.
        approve_type: u8,
    }
}

impl Accounts {
    /// What registration for new webinars begins with. Scope `account:read:registration_settings`; medium.
    pub async fn registration_settings(&self, account: &AccountId) -> Result<RegistrationSettings, Error> {
        Ask::new(&self.0, &READ, &[account]).read().await
    }

    /// Changes what `change` says. Scope `account:update:registration_settings`; medium.
    pub async fn set_registration_settings(
        &self,
        account: &AccountId,
        change: &RegistrationSettings,
    ) -> Result<(), Error> {
        Ask::new(&self.0, &WRITE, &[account]).body(change).done().await
    }
}
