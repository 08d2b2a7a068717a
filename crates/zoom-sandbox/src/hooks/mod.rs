//! Webhooks: who hears of what, signed deliveries, and the retries of Zoom's schedule by the sandbox's clock.

mod deliver;
mod event;
mod header;
mod post;
mod revalidate;
mod sign;
mod subscribe;
mod tries;

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use clock::Timestamp;
use serde::Serialize;

pub(crate) use self::deliver::work;
pub(crate) use self::revalidate::keep_validating;
pub use self::subscribe::SubscribeError;
pub(crate) use self::subscribe::{Wish, add, gives_token, subscribe, unsubscribe};
pub(crate) use self::tries::Try;

/// How many deliveries are remembered.
const KEPT: usize = 500;

/// Zoom waits this long for a receiver.
const PATIENCE: Duration = Duration::from_secs(3);

/// One attempt to deliver an event.
#[derive(Clone, Debug, Serialize)]
pub struct Attempt {
    /// When, by the sandbox's clock.
    pub at: Timestamp,
    /// What the receiver answered; absent where there was no answer.
    pub status: Option<u16>,
    /// What went wrong; empty for a delivery that was taken.
    pub problem: String,
}

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DeliveryState {
    /// An attempt is under way or will be made.
    Pending,
    /// The receiver took it.
    Delivered,
    /// The receiver refused it, or every attempt failed.
    Failed,
}

/// An event on its way to one receiver.
#[derive(Clone, Debug, Serialize)]
pub struct Delivery {
    /// Counts up from 1.
    pub id: u64,
    /// Zoom's event name.
    pub event: String,
    /// The receiver.
    pub url: String,
    /// The meeting or webinar it is about.
    pub meeting: Option<i64>,
    /// What became of it.
    pub state: DeliveryState,
    /// The attempts so far.
    pub attempts: Vec<Attempt>,
}

/// The sender's side of webhooks.
#[derive(Debug)]
pub(crate) struct Hooks {
    client: reqwest::Client,
    /// Somebody was subscribed or forgotten.
    changed: tokio::sync::Notify,
    sent: Mutex<(u64, VecDeque<Delivery>)>,
    tries: Mutex<VecDeque<Try>>,
}

impl Hooks {
    /// # Errors
    /// Where no HTTP client can be built.
    pub(crate) fn new() -> reqwest::Result<Self> {
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent("Zoom Marketplace/1.0a")
            .build()?;
        Ok(Self { client, changed: tokio::sync::Notify::new(), sent: Mutex::default(), tries: Mutex::default() })
    }

    fn sent(&self) -> MutexGuard<'_, (u64, VecDeque<Delivery>)> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
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

    fn begin(&self, event: &str, url: &str, meeting: Option<i64>) -> u64 {
        let mut sent = self.sent();
        sent.0 += 1;
        let id = sent.0;
        if sent.1.len() >= KEPT {
            sent.1.pop_front();
        }
        let (event, url) = (event.to_owned(), url.to_owned());
        sent.1.push_back(Delivery { id, event, url, meeting, state: DeliveryState::Pending, attempts: Vec::new() });
        id
    }

    fn attempted(&self, id: u64, attempt: Attempt, state: DeliveryState) {
        if let Some(delivery) = self.sent().1.iter_mut().find(|delivery| delivery.id == id) {
            delivery.attempts.push(attempt);
            delivery.state = state;
        }
    }

    fn given_up(&self, id: u64) {
        if let Some(delivery) = self.sent().1.iter_mut().find(|delivery| delivery.id == id) {
            delivery.state = DeliveryState::Failed;
        }
    }

    /// The deliveries, oldest first.
    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        self.sent().1.iter().cloned().collect()
    }
}
