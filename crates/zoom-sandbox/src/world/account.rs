//! Accounts, and the ids and secrets that a client of the sandbox is given.

use std::fmt;

use clock::{Entropy, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Licence, Shared, ids};

/// What an account has paid for; Zoom's limits and some refusals follow from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Plan {
    /// Nothing.
    Free,
    /// Pro.
    Pro,
    /// Business, Education, Enterprise or Partner.
    #[default]
    Business,
}

impl Plan {
    /// The word for it on the command line and in the controls.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Pro => "pro",
            Self::Business => "business",
        }
    }

    /// The column of Zoom's table of limits.
    pub(crate) fn of_limits(self) -> zoom_spec::Plan {
        match self {
            Self::Free => zoom_spec::Plan::Free,
            Self::Pro => zoom_spec::Plan::Pro,
            Self::Business => zoom_spec::Plan::Business,
        }
    }

    /// How many licences of each kind the account has bought.
    pub(crate) fn seats(self) -> usize {
        match self {
            Self::Free => 0,
            Self::Pro => 2,
            Self::Business => 3,
        }
    }

    /// How many people fit into the meetings of somebody with this licence.
    pub(crate) fn meeting_capacity(self, licence: Licence) -> u32 {
        if self == Self::Business && licence == Licence::Licensed { 300 } else { 100 }
    }
}

impl std::str::FromStr for Plan {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "free" => Ok(Self::Free),
            "pro" => Ok(Self::Pro),
            "business" => Ok(Self::Business),
            other => Err(format!("there is no plan {other:?}; choose free, pro or business")),
        }
    }
}

/// An account: the one that everything belongs to, or one of its sub-accounts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// 22 characters, begins `sbx`.
    pub id: String,
    /// What `account_number` of a user shows.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// What it has paid for.
    #[serde(default)]
    pub plan: Plan,
    /// Settings that somebody has changed, by the path Zoom's documents give them; the rest are at their defaults.
    #[serde(default)]
    pub settings: Shared<Map<String, Value>>,
    /// Settings that are locked for everybody, in the same form.
    #[serde(default)]
    pub locks: Shared<Map<String, Value>>,
    /// What a primary account may set of a sub-account: `options`.
    #[serde(default)]
    pub options: Shared<Map<String, Value>>,
}

impl Account {
    pub(crate) fn fresh(id: String, name: String, now: Timestamp, entropy: &dyn Entropy) -> Self {
        Self {
            id,
            number: 10_000_000 + ids::pmi(entropy) % 90_000_000,
            name,
            created_at: now,
            plan: Plan::default(),
            settings: Shared::default(),
            locks: Shared::default(),
            options: Shared::default(),
        }
    }
}

/// Ids and secrets of the lengths Zoom's have. All begin `sbx`, so that nobody takes them for real ones.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Account ID, 22 characters.
    pub account_id: String,
    /// Id of the Server-to-Server OAuth app, 22 characters: what its webhook logs are asked for by.
    pub app_id: String,
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

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("account_id", &self.account_id).finish_non_exhaustive()
    }
}
