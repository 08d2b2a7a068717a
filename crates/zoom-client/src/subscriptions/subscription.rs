//! List, create, join, leave and delete event subscriptions.

use reqwest::Method;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::Subscriptions;
use crate::{Call, Error, UserId, ask::Ask};

pub(super) static LIST: Call =
    Call::new("getUserEventSubscriptions", Method::GET, "/marketplace/app/event_subscription");
pub(super) static CREATE: Call =
    Call::new("createEventSubscription", Method::POST, "/marketplace/app/event_subscription");
pub(super) static SUBSCRIBE: Call =
    Call::new("subscribeEventSubscription", Method::PATCH, "/marketplace/app/event_subscription/{eventSubscriptionId}");
pub(super) static UNSUBSCRIBE: Call =
    Call::new("unSubscribeEventSubscription", Method::DELETE, "/marketplace/app/event_subscription");
pub(super) static DELETE: Call =
    Call::new("deleteEventSubscription", Method::DELETE, "/marketplace/app/event_subscription/{eventSubscriptionId}");

words! {
    /// Whose events are told.
    SubscriptionScope {
        /// Those of some users.
        User = "user",
        /// Those of an account.
        Account = "account",
        /// Those of an account and its sub-accounts.
        MasterAccount = "master_account",
    }
}

kinds! {
    /// How Zoom proves to the receiver who it is.
    WebhookHeaderKind {
        /// By its signature only.
        Default = 0,
        /// By a name and a password.
        Basic = 1,
        /// By a token it asks for.
        Token = 2,
        /// By a header of the receiver's own.
        Custom = 3,
    }
}

body! {
    /// What Zoom sends along so that the receiver knows it.
    WebhookHeader(
        #[serde(rename = "custom_header_type")] kind: WebhookHeaderKind
    ) {
        /// The name, with [`WebhookHeaderKind::Basic`].
        username: String,
        /// The password, with [`WebhookHeaderKind::Basic`].
        #[serde(serialize_with = "crate::secret::write")]
        password: SecretString,
        /// The name of the header, with [`WebhookHeaderKind::Custom`].
        custom_header_key: String,
        /// The value of the header, with [`WebhookHeaderKind::Custom`].
        #[serde(serialize_with = "crate::secret::write")]
        custom_header_value: SecretString,
        /// The client id, with [`WebhookHeaderKind::Token`].
        client_id: String,
        /// The client secret, with [`WebhookHeaderKind::Token`].
        #[serde(serialize_with = "crate::secret::write")]
        client_secret: SecretString,
        /// Where tokens are had, with [`WebhookHeaderKind::Token`].
        token_url: String,
    }
}

body! {
    /// A subscription to be made.
    NewSubscription(
        events: Vec<String>,
        #[serde(rename = "event_webhook_url")] receiver: String,
        #[serde(rename = "subscription_scope")] scope: SubscriptionScope
    ) {
        /// Its name.
        #[serde(rename = "event_subscription_name")]
        name: String,
        /// The account whose events are told.
        account_id: String,
        /// The users whose events are told, by id.
        user_ids: Vec<String>,
        /// What Zoom sends along.
        custom_header: WebhookHeader,
    }
}

answer! {
    /// What is told, and to whom.
    EventSubscription {
        /// Its id.
        #[serde(rename = "event_subscription_id")]
        id: String,
        /// Its name.
        #[serde(rename = "event_subscription_name")]
        name: String,
        /// The events.
        events: Vec<String>,
        /// The address they are told to.
        #[serde(rename = "event_webhook_url")]
        receiver: String,
        /// Whose events.
        #[serde(rename = "subscription_scope")]
        scope: Option<SubscriptionScope>,
        /// `default` where it was made on the app's page, `openapi` where by a call.
        created_source: Option<String>,
    }
}

#[derive(Deserialize)]
struct Created {
    event_subscription_id: String,
}

#[derive(Serialize)]
struct Join<'a> {
    account_id: &'a str,
    user_ids: Vec<&'a str>,
}

impl Subscriptions {
    /// The subscriptions that tell of a user of an account, over all pages. Medium.
    pub fn list(&self, account: &str, user: &UserId) -> ListSubscriptions {
        ListSubscriptions(Ask::new(&self.0, &LIST, &[]).set("user_id", user).set("account_id", account))
    }

    /// Makes a subscription, at most twenty for an app, and gives its id. Never sent twice. Heavy.
    pub async fn create(&self, new: &NewSubscription) -> Result<String, Error> {
        let Created { event_subscription_id } = Ask::new(&self.0, &CREATE, &[]).body(new).read().await?;
        Ok(event_subscription_id)
    }

    /// Adds users of an account to a subscription, at most ten. Medium.
    pub async fn subscribe(&self, subscription: &str, account: &str, users: &[UserId]) -> Result<(), Error> {
        let body = Join { account_id: account, user_ids: users.iter().map(UserId::as_str).collect() };
        Ask::new(&self.0, &SUBSCRIBE, &[&subscription]).body(&body).done().await
    }

    /// Takes users of an account off a subscription; all of them where `users` is empty. Medium.
    pub async fn unsubscribe(&self, subscription: &str, account: &str, users: &[UserId]) -> Result<(), Error> {
        let ask = Ask::new(&self.0, &UNSUBSCRIBE, &[]);
        let ask = ask.set("event_subscription_id", subscription).set("account_id", account);
        let ids: Vec<String> = users.iter().map(ToString::to_string).collect();
        if ids.is_empty() { ask.done().await } else { ask.set("user_ids", &ids).done().await }
    }

    /// Deletes a subscription. Medium.
    pub async fn delete(&self, subscription: &str) -> Result<(), Error> {
        Ask::new(&self.0, &DELETE, &[&subscription]).done().await
    }
}

list! {
    /// A list of subscriptions; await it for all of them.
    ListSubscriptions of EventSubscription, "event_subscriptions" {
        /// Others than those of users.
        scope: SubscriptionScope = "subscription_scope",
    }
}
