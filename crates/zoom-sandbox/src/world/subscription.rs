//! An app's event subscriptions: where its webhooks go, which events, whose, and how the requests are signed in.

use std::fmt;

use clock::Timestamp;
use serde::{Deserialize, Serialize};

/// Whose events a subscription is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subscribers {
    /// Everybody of the app's account and of the accounts below it: what is made in the Marketplace.
    #[default]
    All,
    /// The users with these ids.
    Users(Vec<String>),
    /// Everybody of the accounts with these ids.
    Accounts(Vec<String>),
    /// Everybody of these accounts and of the accounts below them.
    WithSubAccounts(Vec<String>),
}

impl Subscribers {
    /// Zoom's `subscription_scope`.
    pub fn scope(&self) -> &'static str {
        match self {
            Self::Users(_) => "user",
            Self::All | Self::Accounts(_) => "account",
            Self::WithSubAccounts(_) => "master_account",
        }
    }

    /// Whether an event of this account, about this user, concerns them. `primary` is the account above the others.
    pub(crate) fn hear_of(&self, account: &str, user: Option<&str>, primary: &str) -> bool {
        let named = |ids: &[String], id: &str| ids.iter().any(|known| known == id);
        match self {
            Self::All => true,
            Self::Users(ids) => user.is_some_and(|user| named(ids, user)),
            Self::Accounts(ids) => named(ids, account),
            Self::WithSubAccounts(ids) => named(ids, account) || named(ids, primary),
        }
    }

    /// The ids that can be added to and taken away from; none where everybody is meant.
    pub(crate) fn ids_mut(&mut self) -> Option<&mut Vec<String>> {
        match self {
            Self::All => None,
            Self::Users(ids) | Self::Accounts(ids) | Self::WithSubAccounts(ids) => Some(ids),
        }
    }
}

/// How the requests of a subscription sign in with the receiver, beside the signature: Zoom's `custom_header`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomHeader {
    /// Not at all: type 0.
    #[default]
    None,
    /// Basic: type 1.
    Basic {
        /// The user's name.
        username: String,
        /// The password.
        password: String,
    },
    /// With a bearer token that is asked for: type 2.
    OAuth {
        /// The client's id.
        client_id: String,
        /// Its secret.
        client_secret: String,
        /// Where tokens are given out.
        token_url: String,
        /// Sent with the token request; empty for none.
        scope: String,
        /// The same.
        state: String,
        /// Whether id and secret stand in the token request's body, not in its header.
        in_body: bool,
    },
    /// With a header of the receiver's own: type 3.
    Own {
        /// Its name.
        key: String,
        /// Its value.
        value: String,
    },
}

impl fmt::Debug for CustomHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomHeader").finish_non_exhaustive()
    }
}

/// A receiver of an app's webhooks that has answered the URL validation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subscription {
    /// Its id in the API.
    pub id: String,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// The receiver.
    pub url: String,
    /// The events it hears of; empty for every event that the app's scopes allow.
    #[serde(default)]
    pub events: Vec<String>,
    /// Whose events.
    #[serde(default)]
    pub subscribers: Subscribers,
    /// How it signs in.
    #[serde(default)]
    pub custom_header: CustomHeader,
    /// When the receiver last proved that it holds the app's secret token.
    pub validated_at: Timestamp,
    /// When it is asked again.
    pub next_check: Timestamp,
    /// How many validations in a row it has failed.
    pub failures: u8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_scope_hears_of_its_own_people_only() {
        let ids = |id: &str| vec![id.to_owned()];
        let hear = |who: &Subscribers, account, user| who.hear_of(account, user, "primary");
        assert!(hear(&Subscribers::All, "below", None));
        assert!(hear(&Subscribers::Users(ids("ben")), "primary", Some("ben")));
        assert!(!hear(&Subscribers::Users(ids("ben")), "primary", Some("ada")));
        assert!(!hear(&Subscribers::Users(ids("ben")), "primary", None));
        assert!(hear(&Subscribers::Accounts(ids("primary")), "primary", None));
        assert!(!hear(&Subscribers::Accounts(ids("primary")), "below", None));
        assert!(hear(&Subscribers::WithSubAccounts(ids("primary")), "below", None));
        assert!(!hear(&Subscribers::WithSubAccounts(Vec::new()), "below", None), "nobody is left");
    }
}
