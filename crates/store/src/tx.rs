//! What the functions of the tables run on: a reader, or a transaction that may also write.

use std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::{Arc, Mutex, PoisonError},
};

use clock::SharedEntropy;
use secrecy::SecretString;

use crate::{
    engine::{Record, Session, Value},
    error::{Error, Result},
    retry::attempts_for,
    sealing::{KeyRing, Place},
};

/// What a session needs beside its connection.
#[derive(Clone)]
pub(crate) struct Tools {
    pub(crate) keys: Arc<KeyRing>,
    pub(crate) entropy: SharedEntropy,
}

/// A connection to read with. Also the reading half of a [`Tx`]: whatever takes a `&mut Reader` takes a `&mut Tx`.
pub struct Reader {
    session: Option<Session>,
    tools: Tools,
    /// How often the transaction is worth trying, as its failures say; 0 while there was none.
    attempts: u32,
}

impl Reader {
    pub(crate) fn new(session: Session, tools: Tools) -> Self {
        Self { session: Some(session), tools, attempts: 0 }
    }

    fn session(&mut self) -> Result<&mut Session> {
        self.session.as_mut().ok_or(Error::Database { during: "after its end", source: sqlx::Error::PoolClosed })
    }

    /// All rows of a statement; `during` says in an error what it was for.
    pub(crate) async fn rows<T: Record>(
        &mut self,
        during: &'static str,
        sql: &'static str,
        params: Vec<Value>,
    ) -> Result<Vec<T>> {
        let outcome = self.session()?.rows(sql, params).await;
        self.noted(during, outcome)
    }

    /// The one row of a statement, if there is one.
    pub(crate) async fn row<T: Record>(
        &mut self,
        during: &'static str,
        sql: &'static str,
        params: Vec<Value>,
    ) -> Result<Option<T>> {
        let outcome = self.session()?.row(sql, params).await;
        self.noted(during, outcome)
    }

    /// The single number that a statement always answers with.
    pub(crate) async fn number(&mut self, during: &'static str, sql: &'static str, params: Vec<Value>) -> Result<i64> {
        let row: Option<(i64,)> = self.row(during, sql, params).await?;
        row.map(|(n,)| n).ok_or(Error::Database { during, source: sqlx::Error::RowNotFound })
    }

    fn noted<T>(&mut self, during: &'static str, outcome: sqlx::Result<T>) -> Result<T> {
        outcome.map_err(|source| {
            self.attempts = self.attempts.max(attempts_for(&source));
            Error::Database { during, source }
        })
    }

    pub(crate) fn open_text(&self, place: Place<'_>, sealed: &[u8]) -> Result<SecretString> {
        self.tools.keys.open_text(place, sealed)
    }

    pub(crate) fn keys(&self) -> Arc<KeyRing> {
        Arc::clone(&self.tools.keys)
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reader")
    }
}

/// What a closure leaves behind when it is done with its transaction.
pub(crate) struct Left {
    pub(crate) session: Session,
    pub(crate) attempts: u32,
    pub(crate) visible: bool,
    pub(crate) jobs: bool,
}

/// Where a [`Tx`] leaves its session when it is dropped.
pub(crate) type Slot = Arc<Mutex<Option<Left>>>;

/// A transaction. It is committed when the closure given to [`crate::Store::write`] returns `Ok`, and only then.
pub struct Tx {
    reader: Reader,
    visible: bool,
    jobs: bool,
    slot: Slot,
}

impl Tx {
    pub(crate) fn new(session: Session, tools: Tools) -> (Self, Slot) {
        let slot = Slot::default();
        let tx = Self { reader: Reader::new(session, tools), visible: false, jobs: false, slot: Arc::clone(&slot) };
        (tx, slot)
    }

    /// Runs a statement that answers with nothing; how many rows it touched.
    pub(crate) async fn run(&mut self, during: &'static str, sql: &'static str, params: Vec<Value>) -> Result<u64> {
        let outcome = self.session()?.run(sql, params).await;
        self.noted(during, outcome)
    }

    /// Notes that visitors may see something else after this transaction.
    pub(crate) fn visitors_see_it(&mut self) {
        self.visible = true;
    }

    /// Notes that there is work for a worker after this transaction.
    pub(crate) fn there_is_work(&mut self) {
        self.jobs = true;
    }

    pub(crate) fn seal(&self, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>> {
        self.tools.keys.seal(&*self.tools.entropy, place, plain)
    }

    pub(crate) fn seal_text(&self, place: Place<'_>, text: &SecretString) -> Result<Vec<u8>> {
        self.tools.keys.seal_text(&*self.tools.entropy, place, text)
    }

    /// Random bytes, such as an id needs beside the time.
    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.tools.entropy.fill(&mut bytes);
        bytes
    }
}

impl Deref for Tx {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Reader {
        &mut self.reader
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        let Some(session) = self.reader.session.take() else { return };
        let left = Left { session, attempts: self.reader.attempts, visible: self.visible, jobs: self.jobs };
        *self.slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(left);
    }
}

impl fmt::Debug for Tx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tx")
    }
}
