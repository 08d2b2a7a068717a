//! The account and the credentials of the one app it has.

use std::fmt;

use clock::{Entropy, Timestamp};
use serde::{Deserialize, Serialize};

use super::ids;

/// The account that everything belongs to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    /// 22 characters, begins `sbx`.
    pub id: String,
    /// What `account_number` of a user shows.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The app's credentials, of the lengths Zoom's have. All begin `sbx`, so that nobody takes them for real ones.
#[derive(Clone, Serialize, Deserialize)]
pub struct Credentials {
    /// Account ID, 22 characters.
    pub account_id: String,
    /// Client ID of the Server-to-Server OAuth app, 22 characters.
    pub client_id: String,
    /// Client Secret of the Server-to-Server OAuth app, 32 characters.
    pub client_secret: String,
    /// Client ID of the app with the Meeting SDK, 22 characters.
    pub sdk_key: String,
    /// Client Secret of the app with the Meeting SDK, 32 characters.
    pub sdk_secret: String,
    /// Secret Token of the app's event subscriptions, 22 characters.
    pub webhook_secret: String,
}

impl Credentials {
    pub(crate) fn fresh(entropy: &dyn Entropy) -> Self {
        Self {
            account_id: ids::opaque(entropy, 22),
            client_id: ids::opaque(entropy, 22),
            client_secret: ids::opaque(entropy, 32),
            sdk_key: ids::opaque(entropy, 22),
            sdk_secret: ids::opaque(entropy, 32),
            webhook_secret: ids::opaque(entropy, 22),
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("account_id", &self.account_id).finish_non_exhaustive()
    }
}
