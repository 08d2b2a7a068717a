//! The store: opening it, writing in one retried transaction, reading.

use std::{
    fmt,
    future::Future,
    sync::{Arc, PoisonError},
};

use clock::{SharedClock, SharedEntropy};
use tokio::sync::watch;

use crate::{
    database::{Database, Pools},
    engine::{Engine, Session},
    error::{Error, Result},
    keyfile::KeySource,
    retry::{ATTEMPTS, Attempts, attempts_for},
    start, table,
    tx::{Left, Reader, Tools, Tx},
};

/// What a store needs to open.
#[derive(Debug)]
pub struct OpenOptions {
    /// Where the database is.
    pub database: Database,
    /// The keys that seal its secrets.
    pub keys: KeySource,
    /// What the pauses between two attempts of a transaction wait by. Give the machine's clock even where a test's
    /// clock stands still: contention is over in real time.
    pub clock: SharedClock,
    /// Where nonces, ids and jitter come from.
    pub entropy: SharedEntropy,
}

/// What eRoom remembers. A cheap handle to pools of connections.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    pools: Pools,
    tools: Tools,
    clock: SharedClock,
    visible: watch::Sender<u64>,
    jobs: watch::Sender<u64>,
}

/// How a transaction begins on PostgreSQL.
#[derive(Clone, Copy)]
enum Isolation {
    Serializable,
    /// For claiming jobs: rows that somebody else holds are skipped, not waited for.
    ReadCommitted,
}

impl Store {
    /// Opens the database, brings it up to date, and sees that the keys fit. A database of a newer eRoom and a wrong
    /// key are found before anything is changed.
    pub async fn open(options: OpenOptions) -> Result<Self> {
        let OpenOptions { database, keys, clock, entropy } = options;
        let start::Prepared { keys, pools, key_is_noted } = start::prepare(&database, &keys, &*entropy).await?;
        let now = clock.now();
        let tools = Tools { keys: Arc::new(keys), entropy };
        let (visible, jobs) = (watch::Sender::new(0), watch::Sender::new(0));
        let store = Self { inner: Arc::new(Inner { pools, tools, clock, visible, jobs }) };
        if !key_is_noted {
            store.write(|mut tx| async move { table::seal::note(&mut tx, now).await }).await?;
        }
        Ok(store)
    }

    /// Which engine it runs on.
    pub fn engine(&self) -> Engine {
        match self.inner.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs `work` in one transaction and commits it where `work` returns `Ok`. All writes go through here. Where
    /// other writers are in the way, everything is rolled back and `work` is called again, so it must do nothing but
    /// read and write through its `Tx`, must not keep the `Tx`, and must not open a second write or read on the side:
    /// it would wait for a connection that this one may hold.
    ///
    /// ```
    /// # async fn example(store: &store::Store, now: jiff::Timestamp) -> store::Result<()> {
    /// let site = store::site::Site { name: "Northlight Academy".into(), accent_hue: 210 };
    /// let site = &site;
    /// store.write(|mut tx| async move { store::site::put(&mut tx, site, now).await }).await
    /// # }
    /// ```
    pub async fn write<T, E, F, Fut>(&self, work: F) -> Result<T, E>
    where
        F: FnMut(Tx) -> Fut,
        Fut: Future<Output = Result<T, E>>,
        E: From<Error>,
    {
        self.transact(Isolation::Serializable, work).await
    }

    /// The same for claiming jobs, whose rows are not compared but locked.
    pub(crate) async fn write_claims<T, F, Fut>(&self, work: F) -> Result<T>
    where
        F: FnMut(Tx) -> Fut,
        Fut: Future<Output = Result<T>>,
    {
        self.transact(Isolation::ReadCommitted, work).await
    }

    async fn transact<T, E, F, Fut>(&self, isolation: Isolation, mut work: F) -> Result<T, E>
    where
        F: FnMut(Tx) -> Fut,
        Fut: Future<Output = Result<T, E>>,
        E: From<Error>,
    {
        let mut attempts = Attempts::new(&*self.inner.clock, &*self.inner.tools.entropy);
        loop {
            let (limit, error) = match self.attempt(isolation, &mut work).await {
                Settled::Done(outcome) => return outcome,
                Settled::Again { limit, error } => (limit, error),
            };
            if !attempts.another(limit).await {
                return Err(error.unwrap_or_else(|| Error::Busy { attempts: attempts.made() }.into()));
            }
        }
    }

    async fn attempt<T, E, F, Fut>(&self, isolation: Isolation, work: &mut F) -> Settled<T, E>
    where
        F: FnMut(Tx) -> Fut,
        Fut: Future<Output = Result<T, E>>,
        E: From<Error>,
    {
        let session = match self.begin(isolation).await {
            Ok(session) => session,
            Err(source) => return Settled::failed("beginning", source),
        };
        let (tx, slot) = Tx::new(session, self.inner.tools.clone());
        let outcome = work(tx).await;
        let left = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
        match left {
            Some(left) => self.settle(left, outcome).await,
            None => Settled::failed("committing", sqlx::Error::Protocol("the closure kept its transaction".into())),
        }
    }

    async fn settle<T, E: From<Error>>(&self, left: Left, outcome: Result<T, E>) -> Settled<T, E> {
        let Left { mut session, attempts, visible, jobs } = left;
        let value = match outcome {
            Ok(value) if attempts == 0 => value,
            outcome => {
                // A rollback that fails leaves the connection to the pool, which throws it away.
                drop(session.rollback().await);
                if attempts == 0 {
                    return Settled::Done(outcome);
                }
                return Settled::Again { limit: attempts, error: outcome.err().filter(|_| attempts < ATTEMPTS) };
            }
        };
        let committed = async {
            if visible {
                table::change::bump(&mut session, &*self.inner.tools.entropy).await?;
            }
            session.commit().await
        };
        match committed.await {
            Ok(()) => {
                self.tell(visible, jobs);
                Settled::Done(Ok(value))
            }
            Err(source) => Settled::failed("committing", source),
        }
    }

    fn tell(&self, visible: bool, jobs: bool) {
        if visible {
            self.inner.visible.send_modify(|n| *n = n.wrapping_add(1));
        }
        if jobs {
            self.inner.jobs.send_modify(|n| *n = n.wrapping_add(1));
        }
    }

    async fn begin(&self, isolation: Isolation) -> sqlx::Result<Session> {
        Ok(match (&self.inner.pools, isolation) {
            (Pools::Sqlite { writer, .. }, _) => Session::SqliteTx(writer.begin_with("BEGIN IMMEDIATE").await?),
            (Pools::Postgres(pool), Isolation::Serializable) => {
                Session::PostgresTx(pool.begin_with("BEGIN ISOLATION LEVEL SERIALIZABLE").await?)
            }
            (Pools::Postgres(pool), Isolation::ReadCommitted) => {
                Session::PostgresTx(pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?)
            }
        })
    }

    /// A connection to read with. Each statement sees what is committed when it begins.
    pub async fn read(&self) -> Result<Reader> {
        let failed = |source| Error::Database { during: "reading", source };
        let session = match &self.inner.pools {
            Pools::Sqlite { readers, .. } => Session::Sqlite(readers.acquire().await.map_err(failed)?),
            Pools::Postgres(pool) => Session::Postgres(pool.acquire().await.map_err(failed)?),
        };
        Ok(Reader::new(session, self.inner.tools.clone()))
    }

    /// Changes whenever this process committed something that visitors can see. What other processes committed shows
    /// in [`crate::change::epoch`].
    pub fn visible_changes(&self) -> watch::Receiver<u64> {
        self.inner.visible.subscribe()
    }

    /// Changes whenever this process committed work for a worker.
    pub fn new_work(&self) -> watch::Receiver<u64> {
        self.inner.jobs.subscribe()
    }

    /// Waits for what runs and closes all connections.
    pub async fn close(&self) {
        self.inner.pools.close().await;
    }
}

/// What came of one attempt.
enum Settled<T, E> {
    Done(Result<T, E>),
    /// Worth another attempt, if fewer than `limit` were made; else `error` is the answer, or that it was busy.
    Again {
        limit: u32,
        error: Option<E>,
    },
}

impl<T, E: From<Error>> Settled<T, E> {
    fn failed(during: &'static str, source: sqlx::Error) -> Self {
        match attempts_for(&source) {
            0 => Self::Done(Err(Error::Database { during, source }.into())),
            limit => Self::Again { limit, error: None },
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({})", self.engine().name())
    }
}
