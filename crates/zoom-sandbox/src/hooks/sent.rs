//! What was sent, and what became of it.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use clock::Timestamp;
use serde::Deserialize;

use super::{Attempt, Cause, Delivery, DeliveryState};

/// How many deliveries are remembered.
const KEPT: usize = 500;

#[derive(Debug, Default)]
struct Book {
    deliveries: VecDeque<Delivery>,
    last_id: u64,
    revision: u64,
    cleared_at: u64,
}

/// The deliveries, newest last.
#[derive(Debug, Default)]
pub(crate) struct Sent(Mutex<Book>);

/// Which deliveries somebody means; what is left out is no condition.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveryFilter {
    /// With this event name, or whose name begins with this and a dot: `meeting` for all that begin `meeting.`.
    pub event: Option<String>,
    /// To this receiver.
    pub url: Option<String>,
    /// About this meeting or webinar.
    pub meeting: Option<i64>,
    /// In this state.
    pub state: Option<DeliveryState>,
}

impl DeliveryFilter {
    fn fits(&self, one: &Delivery) -> bool {
        let begins = |wanted: &str| one.event.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('.'));
        self.event.as_deref().is_none_or(|wanted| one.event == wanted || begins(wanted))
            && self.url.as_deref().is_none_or(|wanted| one.url == wanted)
            && self.meeting.is_none_or(|wanted| one.meeting == Some(wanted))
            && self.state.is_none_or(|wanted| one.state == wanted)
    }
}

/// The deliveries that are new or have changed since a revision, and the revision to ask from next.
pub(crate) struct News {
    pub(crate) items: Vec<Delivery>,
    pub(crate) revision: u64,
    pub(crate) cleared: bool,
}

impl Sent {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a delivery down; its id is the answer.
    pub(super) fn begin(&self, mut delivery: Delivery) -> u64 {
        let mut book = self.book();
        book.last_id += 1;
        book.revision += 1;
        (delivery.id, delivery.revision) = (book.last_id, book.revision);
        if book.deliveries.len() >= KEPT {
            book.deliveries.pop_front();
        }
        book.deliveries.push_back(delivery);
        book.last_id
    }

    fn amend(&self, id: u64, change: impl FnOnce(&mut Delivery)) {
        let mut book = self.book();
        let revision = book.revision + 1;
        if let Some(delivery) = book.deliveries.iter_mut().find(|delivery| delivery.id == id) {
            change(delivery);
            delivery.revision = revision;
            book.revision = revision;
        }
    }

    /// An attempt was made. One that was asked for and failed does not end the schedule of the others.
    pub(super) fn attempted(&self, id: u64, attempt: Attempt, outcome: DeliveryState) {
        self.amend(id, |delivery| {
            let asked = attempt.cause == Cause::Resend;
            delivery.state = match outcome {
                DeliveryState::Pending if asked && delivery.next_at.is_none() => DeliveryState::Failed,
                DeliveryState::Failed if asked && delivery.next_at.is_some() => DeliveryState::Pending,
                other => other,
            };
            if delivery.state != DeliveryState::Pending || !asked {
                delivery.next_at = None;
            }
            delivery.attempts.push(attempt);
        });
    }

    /// The next attempt comes at `at`.
    pub(super) fn planned(&self, id: u64, at: Timestamp) {
        self.amend(id, |delivery| delivery.next_at = Some(at));
    }

    /// No further attempt is made.
    pub(super) fn settled(&self, id: u64, state: DeliveryState) {
        self.amend(id, |delivery| (delivery.state, delivery.next_at) = (state, None));
    }

    /// Whether the schedule of a delivery goes on: it was neither taken nor refused meanwhile.
    pub(super) fn is_pending(&self, id: u64) -> bool {
        self.one(id).is_some_and(|delivery| delivery.state == DeliveryState::Pending)
    }

    /// The delivery with this id, unless it was dropped as too old.
    pub(crate) fn one(&self, id: u64) -> Option<Delivery> {
        self.book().deliveries.iter().find(|delivery| delivery.id == id).cloned()
    }

    /// The deliveries that fit, oldest first.
    pub(crate) fn all(&self, filter: &DeliveryFilter) -> Vec<Delivery> {
        self.book().deliveries.iter().filter(|one| filter.fits(one)).cloned().collect()
    }

    pub(crate) fn news(&self, since: u64, filter: &DeliveryFilter) -> News {
        let book = self.book();
        let fresh = book.deliveries.iter().filter(|one| one.revision > since && filter.fits(one));
        News { items: fresh.cloned().collect(), revision: book.revision, cleared: book.cleared_at > since }
    }

    /// Forgets all of them, and counts from 1 again.
    pub(super) fn clear(&self) {
        let mut book = self.book();
        book.deliveries.clear();
        book.last_id = 0;
        book.revision += 1;
        book.cleared_at = book.revision;
    }
}
