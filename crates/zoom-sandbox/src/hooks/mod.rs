//! Webhooks: who hears of what, signed deliveries, and the retries of Zoom's schedule by the sandbox's clock.

mod address;
mod again;
mod deliver;
mod event;
mod header;
mod post;
mod revalidate;
mod sent;
mod sign;
mod subscribe;
mod tries;

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use clock::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::again::AgainError;
pub(crate) use self::again::{replay, resend};
pub(crate) use self::deliver::work;
pub(crate) use self::revalidate::keep_validating;
pub use self::sent::DeliveryFilter;
pub use self::subscribe::SubscribeError;
pub(crate) use self::subscribe::{Wish, add, gives_token, subscribe, unsubscribe};
pub(crate) use self::tries::Try;
use self::{address::Reachable, post::RequestIds, sent::Sent};

/// Zoom waits this long for a receiver.
const PATIENCE: Duration = Duration::from_secs(3);

/// Why an attempt was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// The event happened.
    First,
    /// The attempt before failed, and Zoom's schedule has another.
    Retry,
    /// The fault `duplicate`.
    Duplicate,
    /// Somebody asked for it.
    Resend,
    /// The fault `drop`: nothing was sent.
    Dropped,
}

/// One attempt to deliver an event.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Attempt {
    /// When, by the sandbox's clock.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Why it was made.
    pub cause: Cause,
    /// What the receiver answered; absent where there was no answer.
    pub status: Option<u16>,
    /// How long it took, in milliseconds.
    pub took_ms: f64,
    /// What went wrong; empty for a delivery that was taken.
    pub problem: String,
}

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum DeliveryState {
    /// An attempt is under way or will be made.
    Pending,
    /// The receiver took it.
    Delivered,
    /// The receiver refused it, or every attempt failed.
    Failed,
    /// The fault `drop` took it: it was never sent.
    Dropped,
}

/// An event on its way to one receiver.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Delivery {
    /// Counts up from 1.
    pub id: u64,
    /// Grows whenever any delivery changes.
    pub revision: u64,
    /// Zoom's event name.
    pub event: String,
    /// The receiver.
    pub url: String,
    /// The id of the app that subscribed.
    pub app: String,
    /// The meeting or webinar it is about.
    pub meeting: Option<i64>,
    /// What became of it.
    pub state: DeliveryState,
    /// The attempts so far.
    pub attempts: Vec<Attempt>,
    /// When the next attempt will be made by itself; absent where none is planned.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_at: Option<Timestamp>,
    /// What is sent, secrets and all.
    #[serde(skip)]
    pub(crate) body: Value,
    /// The id of the subscription it was made for.
    #[serde(skip)]
    pub(crate) subscription: String,
    #[serde(skip)]
    pub(crate) ids: RequestIds,
}

/// The sender's side of webhooks.
#[derive(Debug)]
pub(crate) struct Hooks {
    /// Made for the first delivery.
    client: Mutex<Option<reqwest::Client>>,
    reachable: Reachable,
    /// Somebody was subscribed or forgotten.
    changed: tokio::sync::Notify,
    pub(crate) sent: Sent,
    tries: Mutex<VecDeque<Try>>,
}

impl Hooks {
    /// Sends to this computer, and to the hosts that are `allowed`.
    pub(crate) fn new(allowed: Vec<String>) -> Self {
        let (reachable, changed) = (Reachable::new(allowed), tokio::sync::Notify::new());
        Self { client: Mutex::default(), reachable, changed, sent: Sent::default(), tries: Mutex::default() }
    }

    /// What deliveries are sent with; or why there is no such thing, for the log.
    fn client(&self) -> Result<reqwest::Client, String> {
        let mut made = self.client.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = &*made {
            return Ok(client.clone());
        }
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            // Every delivery looks the name up and checks anew where it leads.
            .pool_max_idle_per_host(0)
            .dns_resolver(self.reachable.clone())
            .user_agent("Zoom Marketplace/1.0a")
            .build()
            .map_err(|problem| format!("The sandbox cannot send webhooks: {problem}."))?;
        Ok(made.insert(client).clone())
    }

    fn keep_try(&self, one: Try) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= tries::KEPT {
            tries.pop_front();
        }
        tries.push_back(one);
    }

    /// The attempts for one app's subscriptions, newest first.
    pub(crate) fn tries_for(&self, app_id: &str) -> Vec<Try> {
        let tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        tries.iter().rev().filter(|one| one.app_id == app_id).cloned().collect()
    }

    /// Forgets what was sent: the world it belonged to is no more.
    pub(crate) fn forget(&self) {
        self.sent.clear();
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.changed.notify_one();
    }
}
