//! The use cases' common ground: store, Zoom clients, clock, randomness, configuration.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use clock::{SharedClock, SharedEntropy};
use jiff::Timestamp;
use model::{ConnectionId, MemberId, RoomId};
use store::Store;
use tokio_util::sync::CancellationToken;

use crate::{
    address::Calls,
    connections::zooms::Zooms,
    error::{Error, Result},
    limits::Limits,
    outbox::Pace,
    settings::Settings,
};

/// What eRoom does. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) settings: Settings,
    pub(crate) store: Store,
    pub(crate) clock: SharedClock,
    pub(crate) entropy: SharedEntropy,
    pub(crate) limits: Limits,
    pub(crate) zooms: Zooms,
    pub(crate) pace: Pace,
    pub(crate) calls: Calls,
    epoch: AtomicU64,
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").field("public_url", &self.inner.settings.public_url.as_str()).finish_non_exhaustive()
    }
}

impl Service {
    /// The use cases over a store, with a clock, a source of randomness and a configuration. Fails where no HTTP
    /// client can be made.
    pub fn new(settings: Settings, store: Store, clock: SharedClock, entropy: SharedEntropy) -> Result<Self> {
        Self::with_pace(settings, store, clock, entropy, Pace::default())
    }

    /// The same with other times for the outbox.
    pub fn with_pace(
        settings: Settings,
        store: Store,
        clock: SharedClock,
        entropy: SharedEntropy,
        pace: Pace,
    ) -> Result<Self> {
        let zooms = Zooms::new(&settings, &store, &clock, &entropy, &pace)?;
        let limits = Limits::new(&clock);
        let calls = Calls::default();
        let inner = Inner { settings, store, clock, entropy, limits, zooms, pace, calls, epoch: AtomicU64::new(0) };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The configuration the use cases run with.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// Grows with every committed change that visitors can see: what caches of pages key on. Changes of this process
    /// show at once, those of others within about a second, as long as [`Service::watch_changes`] runs.
    pub fn epoch(&self) -> u64 {
        let mine = *self.inner.store.visible_changes().borrow();
        self.inner.epoch.load(Ordering::Acquire).wrapping_add(mine)
    }

    /// Keeps [`Service::epoch`] up to date with what other processes commit, until `stop` is cancelled.
    pub async fn watch_changes(&self, stop: CancellationToken) {
        let mut seen = None;
        loop {
            if let Ok(stored) = self.stored_epoch().await
                && seen.replace(stored) != Some(stored)
            {
                self.inner.epoch.fetch_add(1, Ordering::AcqRel);
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = clock::sleep(&*self.inner.clock, 1.0) => {}
            }
        }
    }

    async fn stored_epoch(&self) -> Result<i64> {
        Ok(store::change::epoch(&mut self.inner.store.read().await?).await?)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.inner.entropy.fill(&mut bytes);
        bytes
    }

    pub(crate) fn new_room_id(&self) -> RoomId {
        RoomId::from_parts(self.inner.clock.now_ms(), self.random())
    }

    pub(crate) fn new_member_id(&self) -> MemberId {
        MemberId::from_parts(self.inner.clock.now_ms(), self.random())
    }

    pub(crate) fn new_connection_id(&self) -> ConnectionId {
        ConnectionId::from_parts(self.inner.clock.now_ms(), self.random())
    }

    pub(crate) fn eight_random_bytes(&self) -> [u8; 8] {
        self.random()
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::SlugTaken => Self::field("slug", model::Problem::SlugTaken),
            store::Error::EmailTaken => Self::refused("another member has this e-mail address already"),
            store::Error::Stale { .. } => Self::Conflict { version: 0 },
            store::Error::Busy { .. } => Self::Unavailable { reason: error.to_string() },
            other => Self::Internal(with_sources(&other)),
        }
    }
}

/// An error with what caused it, for the log.
pub(crate) fn with_sources(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
