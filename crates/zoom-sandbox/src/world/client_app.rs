//! Apps as the Marketplace makes them: what a client signs in with, and what that lets it do.

use std::fmt;

use clock::{Entropy, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Subscription, ids};

/// Which of the two types an app is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppKind {
    /// A Server-to-Server OAuth app: its tokens speak for the account.
    ServerToServer,
    /// A General App: it may carry the Meeting SDK.
    General,
}

/// A client id and the secret that goes with it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyPair {
    /// 22 characters, begins `sbx`.
    pub client_id: String,
    /// 32 characters, begins `sbx`.
    pub client_secret: String,
}

impl KeyPair {
    pub(crate) fn fresh(entropy: &dyn Entropy) -> Self {
        Self { client_id: ids::opaque(entropy, 22), client_secret: ids::opaque(entropy, 32) }
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// What the Information page asks for; an app without the required parts cannot be activated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Information {
    /// Optional.
    #[serde(default)]
    pub short_description: String,
    /// Required.
    #[serde(default)]
    pub company_name: String,
    /// Required.
    #[serde(default)]
    pub developer_name: String,
    /// Required, an e-mail address.
    #[serde(default)]
    pub developer_email: String,
}

/// An app.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ClientApp {
    /// 22 characters, begins `sbx`.
    pub id: String,
    /// The account it belongs to.
    pub account_id: String,
    /// The user who made it: whom `me` means.
    pub owner_id: String,
    /// Server-to-Server or General.
    pub kind: AppKind,
    /// Its name.
    pub name: String,
    /// The pair that clients use; of a General App the development pair.
    pub keys: KeyPair,
    /// A General App's production pair.
    pub production: Option<KeyPair>,
    /// The secret token of its webhooks, 22 characters.
    pub secret_token: String,
    /// The scopes it has now. Tokens keep those of the moment they were issued.
    pub scopes: Vec<String>,
    /// The Information page.
    pub information: Information,
    /// Whether it was activated; without that no token is issued.
    pub active: bool,
    /// Whether a General App is managed by the admin rather than by each user.
    pub admin_managed: bool,
    /// A General App's OAuth redirect URL.
    pub redirect_url: String,
    /// Whether a General App embeds the Meeting SDK.
    pub meeting_sdk: bool,
    /// Its event subscriptions.
    pub subscriptions: Vec<Subscription>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl ClientApp {
    /// A new app, not yet active, without scopes.
    pub(crate) fn fresh(
        (kind, name): (AppKind, &str),
        account_id: &str,
        owner_id: &str,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Self {
        Self {
            id: ids::opaque(entropy, 22),
            account_id: account_id.to_owned(),
            owner_id: owner_id.to_owned(),
            kind,
            name: name.to_owned(),
            keys: KeyPair::fresh(entropy),
            production: (kind == AppKind::General).then(|| KeyPair::fresh(entropy)),
            secret_token: ids::opaque(entropy, 22),
            scopes: Vec::new(),
            information: Information::default(),
            active: false,
            admin_managed: true,
            redirect_url: String::new(),
            meeting_sdk: false,
            subscriptions: Vec::new(),
            created_at: now,
        }
    }

    /// The secret that belongs to `client_id`, if the id is one of this app's.
    pub(crate) fn secret_of(&self, client_id: &str) -> Option<&str> {
        let pairs = std::iter::once(&self.keys).chain(&self.production);
        pairs.into_iter().find(|pair| pair.client_id == client_id).map(|pair| pair.client_secret.as_str())
    }
}

impl fmt::Debug for ClientApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientApp").field("id", &self.id).field("name", &self.name).finish_non_exhaustive()
    }
}
