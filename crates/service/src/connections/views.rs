//! What owners see of a Zoom connection, and the report of its test. No secret is ever in here.

use jiff::Timestamp;
use model::{AllowedHosts, ConnectionId};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

/// A connection as settings show it: of each secret only whether it is set.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says of one secret or state whether it is there")]
pub struct ConnectionView {
    /// The connection.
    pub id: ConnectionId,
    /// What people here call it.
    pub name: String,
    /// Whether it is the site's default.
    pub is_default: bool,
    /// Whether its meetings are being deleted at Zoom, and it goes after them.
    pub leaving: bool,
    /// Zoom's Account ID.
    pub account_id: String,
    /// The Server-to-Server OAuth app's Client ID.
    pub client_id: String,
    /// Whether its Client Secret is set.
    pub has_client_secret: bool,
    /// The Meeting SDK app's Client ID.
    pub sdk_key: Option<String>,
    /// Whether its Client Secret is set.
    pub has_sdk_secret: bool,
    /// Whether the webhook secret token is set.
    pub has_webhook_secret: bool,
    /// The code with which Zoom's software refused the last test join in the browser; none where it let the person in,
    /// or nobody tried.
    pub sdk_code: Option<String>,
    /// Whether it leads to a sandbox.
    pub sandbox: bool,
    /// What to give Zoom as the event notification endpoint.
    pub webhook_url: String,
    /// Whether a signed webhook ever arrived.
    pub webhooks_proven: bool,
    /// The last test's report.
    pub last_report: Option<TestReport>,
    /// The entries of `allowed` that are about none of the account's users who were read.
    pub nobodys: Vec<String>,
    /// For which Zoom users the site may act.
    pub allowed: AllowedHosts,
    /// Grows with every change.
    pub version: i64,
}

/// What an owner typed into the settings. An absent secret keeps the stored one.
#[derive(Clone, Debug, Default)]
pub struct ConnectionDraft {
    /// Zoom's Account ID.
    pub account_id: String,
    /// The Server-to-Server OAuth app's Client ID.
    pub client_id: String,
    /// Its Client Secret.
    pub client_secret: Option<SecretString>,
    /// The Meeting SDK app's Client ID; empty removes the pair.
    pub sdk_key: String,
    /// Its Client Secret.
    pub sdk_secret: Option<SecretString>,
    /// The webhook secret token.
    pub webhook_secret: Option<SecretString>,
}

/// What came of saving a connection.
#[derive(Clone, Debug)]
pub struct Saved {
    /// Whether it was stored: not where Zoom refused the credentials or a sandbox is not allowed.
    pub saved: bool,
    /// The connection's id, where it is stored.
    pub id: Option<ConnectionId>,
    /// What was tested and what came of it.
    pub report: TestReport,
}

/// What was tested, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestReport {
    /// The steps, in the order they were taken.
    pub steps: Vec<Step>,
    /// When.
    pub at: Timestamp,
}

impl TestReport {
    /// Whether no step failed.
    pub fn is_good(&self) -> bool {
        self.steps.iter().all(|s| !matches!(s.outcome, Outcome::Failed { .. }))
    }
}

/// One thing that was tested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Which.
    pub name: StepName,
    /// What came of it.
    pub outcome: Outcome,
}

/// The steps of a connection's test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StepName {
    /// Zoom's token server answers.
    Reach,
    /// This machine's clock agrees with Zoom's.
    Clock,
    /// Client ID and Client Secret are those of a Server-to-Server app.
    Client,
    /// The Account ID is the app's; and a sandbox is allowed here, where it is one.
    Account,
    /// The app is activated.
    App,
    /// The scopes for what the site wants are granted.
    Scopes,
    /// The account's users can be listed.
    Users,
    /// Somebody has the licences that rooms need.
    Plan,
    /// The site's address leads here, and browsers give its pages camera and microphone.
    Address,
    /// Zoom's events arrive.
    Webhook,
    /// The Meeting SDK's pair is one, and not another app's.
    Sdk,
}

impl StepName {
    /// The word stored, sent, and used in keys of sentences.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reach => "reach",
            Self::Clock => "clock",
            Self::Client => "client",
            Self::Account => "account",
            Self::App => "app",
            Self::Scopes => "scopes",
            Self::Users => "users",
            Self::Plan => "plan",
            Self::Address => "address",
            Self::Webhook => "webhook",
            Self::Sdk => "sdk",
        }
    }
}

/// What came of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It works; `found` says what was seen.
    Ok {
        /// What was seen, in words for people.
        found: String,
    },
    /// It does not; `reason` says what Zoom answered and what to do.
    Failed {
        /// What Zoom answered, in words for people, and what to do.
        reason: String,
    },
    /// It was tried, and nobody can tell from here; `reason` says why, and who can.
    Unknown {
        /// Why.
        reason: String,
    },
    /// It was not tried, because an earlier step failed.
    Skipped {
        /// Why.
        reason: String,
    },
    /// The site does not want it.
    Unwanted {
        /// What would be had by it.
        reason: String,
    },
}

impl Outcome {
    /// The word sent, and used in keys of sentences.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Ok { .. } => "ok",
            Self::Failed { .. } => "failed",
            Self::Unknown { .. } => "unknown",
            Self::Skipped { .. } => "skipped",
            Self::Unwanted { .. } => "unwanted",
        }
    }

    /// What was seen, or why not.
    pub fn text(&self) -> &str {
        match self {
            Self::Ok { found } => found,
            Self::Failed { reason }
            | Self::Unknown { reason }
            | Self::Skipped { reason }
            | Self::Unwanted { reason } => reason,
        }
    }
}
