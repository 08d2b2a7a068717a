//! The book in which all processes reckon together what of an account's limits is taken.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use clock::SharedClock;
use jiff::Timestamp;
use model::ConnectionId;
use store::{Store, Tx, attempt_minute::Minute};
use zoom_client::{
    Limit,
    pacing::{Attempt, Book, BookFailure, Booked, Reserved, Tally, Terms},
};
use zoom_spec::{Label, Plan};

/// How long attempts wait to be written, where no reservation takes them along.
const WRITTEN_AFTER: f64 = 1.0;
/// How many wait at most; should the database be away, the latest are dropped.
const MOST_WAITING: usize = 5_000;

/// The book of one connection, in the site's database: whoever paces by it shares the account's limits with the site.
/// Clones are the same book.
#[derive(Clone, Debug)]
pub struct DatabaseBook {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Store,
    clock: SharedClock,
    connection: ConnectionId,
    waiting: Mutex<Vec<Attempt>>,
}

impl DatabaseBook {
    /// The book of `connection`, which must be in the database.
    pub fn new(store: Store, clock: SharedClock, connection: ConnectionId) -> Self {
        Self { inner: Arc::new(Inner { store, clock, connection, waiting: Mutex::default() }) }
    }
}

impl Inner {
    fn take_waiting(&self) -> Vec<Attempt> {
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets `change` have the tally and writes it back, and the attempts that wait with it.
    async fn turn<T: Send>(&self, change: impl Fn(&mut Tally, Terms) -> T + Send + Sync) -> Result<T, BookFailure> {
        let attempts = self.take_waiting();
        let (id, written, change) = (self.connection, &attempts, &change);
        let turned = self
            .store
            .write(|mut tx| async move {
                let Some(terms) = terms(&mut tx, id).await? else { return Ok(None) };
                let state = store::tally::get(&mut tx, id).await?;
                // A tally of another version is begun anew: it is about a second, or a day at most.
                let mut tally: Tally = state.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
                let answer = change(&mut tally, terms);
                let text = serde_json::to_string(&tally).unwrap_or_default();
                store::tally::put(&mut tx, id, &text).await?;
                write_attempts(&mut tx, id, written).await?;
                Ok::<_, store::Error>(Some(answer))
            })
            .await;
        turned
            .map_err(|error| {
                self.wait_again(attempts);
                BookFailure(error.to_string())
            })?
            .ok_or_else(|| BookFailure("the connection is gone".into()))
    }

    /// Writes the attempts that wait.
    async fn write_waiting(&self) {
        let attempts = self.take_waiting();
        if attempts.is_empty() {
            return;
        }
        let (id, written) = (self.connection, &attempts);
        let outcome = self
            .store
            .write(|mut tx| async move {
                match store::connection::terms(&mut tx, id).await? {
                    Some(_) => write_attempts(&mut tx, id, written).await,
                    None => Ok(()),
                }
            })
            .await;
        if let Err(error) = outcome {
            tracing::warn!(%error, "what was sent to Zoom could not be noted yet");
            self.wait_again(attempts);
        }
    }

    fn wait_again(&self, mut attempts: Vec<Attempt>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        attempts.append(&mut waiting);
        attempts.truncate(MOST_WAITING);
        *waiting = attempts;
    }
}

impl Book for DatabaseBook {
    fn reserve(&self, label: Label, wanted: u32, now: Timestamp) -> Booked<'_, Reserved> {
        Box::pin(async move { self.inner.turn(|tally, terms| tally.reserve(terms, label, wanted, now)).await })
    }

    fn refused(&self, label: Label, limit: Limit, until: Timestamp, now: Timestamp) -> Booked<'_, ()> {
        Box::pin(async move { self.inner.turn(|tally, terms| tally.refused(terms, label, limit, until, now)).await })
    }

    fn note(&self, attempt: Attempt) {
        metrics::counter!("eroom_zoom_requests_total", "label" => attempt.label.as_str(), "outcome" => attempt.outcome.as_str())
            .increment(1);
        let first = {
            let mut waiting = self.inner.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            if waiting.len() < MOST_WAITING {
                waiting.push(attempt);
            }
            waiting.len() == 1
        };
        if first {
            let book = Arc::downgrade(&self.inner);
            let clock = SharedClock::clone(&self.inner.clock);
            #[expect(
                clippy::disallowed_methods,
                reason = "it is over in a second; with it only lines of a list are lost"
            )]
            tokio::spawn(async move {
                clock::sleep(&*clock, WRITTEN_AFTER).await;
                if let Some(book) = Weak::upgrade(&book) {
                    book.write_waiting().await;
                }
            });
        }
    }
}

/// What may be asked of a connection's account; nothing where there is no such connection.
pub(crate) async fn terms(reader: &mut store::Reader, id: ConnectionId) -> Result<Option<Terms>, store::Error> {
    let agreed = store::connection::terms(reader, id).await?;
    Ok(agreed.map(|(plan, share)| Terms { plan: column(plan), share: u32::try_from(share).unwrap_or(100) }))
}

/// The column of Zoom's table.
pub(crate) fn column(plan: model::ZoomPlan) -> Plan {
    match plan {
        model::ZoomPlan::Free => Plan::Free,
        model::ZoomPlan::Pro => Plan::Pro,
        model::ZoomPlan::Business => Plan::Business,
    }
}

async fn write_attempts(tx: &mut Tx, id: ConnectionId, attempts: &[Attempt]) -> Result<(), store::Error> {
    if attempts.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = attempts.iter().map(row).collect();
    store::attempt::add(tx, id, &rows).await?;
    let mut counted: BTreeMap<(i64, &str, &str), i64> = BTreeMap::new();
    for one in attempts {
        let minute = store::attempt_minute::minute_of(one.at);
        *counted.entry((minute, one.label.as_str(), one.outcome.as_str())).or_default() += 1;
    }
    for ((minute, label, outcome), attempts) in counted {
        let counted = Minute { minute, label: label.into(), outcome: outcome.into(), attempts };
        store::attempt_minute::add(tx, id, &counted).await?;
    }
    Ok(())
}

fn row(attempt: &Attempt) -> store::attempt::Attempt {
    let ms = |time: std::time::Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    store::attempt::Attempt {
        at: attempt.at,
        operation: attempt.operation.into(),
        label: attempt.label.as_str().into(),
        work: attempt.work.as_str().into(),
        number: attempt.number.into(),
        waited_ms: ms(attempt.waited),
        took_ms: ms(attempt.took),
        status: attempt.status.map(i64::from),
        outcome: attempt.outcome.as_str().into(),
    }
}
