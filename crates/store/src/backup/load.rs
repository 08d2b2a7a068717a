//! Restoring: everything in one transaction, into a database brought to the backup's version first and to ours after.

use std::{path::Path, sync::Arc};

use clock::{Entropy, SharedEntropy};
use jiff::Timestamp;
use serde_json::Value as Json;

use super::{
    error::{Error, Result},
    file::{self, Header, Line, Reader},
    look::{self, Current, Seen},
    lost::Lost,
    place::{self, NewFile},
    sql::{self, Column, Kind},
    tables::Without,
};
use crate::{
    Database, Error as StoreError,
    database::Pools,
    engine::{Session, Value},
    keyfile,
    sealing::{KeyRing, Place},
    start,
    store::OpenOptions,
    tx::Tools,
};

/// Whether a backup is taken in without what the keys do not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrets {
    /// Everything has to open.
    Needed,
    /// What does not open is left out.
    LeftOut,
}

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What the backup says of itself.
    pub header: Header,
    /// How many rows were in it.
    pub rows: u64,
    /// What was left out.
    pub lost: Lost,
}

/// Restores a backup into an empty database. Until everything has been checked, and where anything is wrong, nothing is
/// changed: the file is read through first, then all is one transaction.
pub async fn restore(path: &Path, options: OpenOptions, secrets: Secrets) -> Result<Restored> {
    let OpenOptions { database, keys, clock, entropy } = options;
    let ring = keys.ring()?;
    let seen = look::through(path, ring.as_ref())?;
    if !seen.lost.is_empty() && secrets == Secrets::Needed {
        return Err(Error::Sealed { why: look::why(ring.as_ref(), &keys.path()), lost: seen.lost });
    }
    let _turn = start::turn(&database).await?;
    must_be_empty(&database, &seen.header).await?;
    let (ring, new_key) = match ring {
        Some(ring) => (ring, None),
        None => (keyfile::create(&keys.path(), &*entropy)?, Some(keys.path())),
    };
    let (file, now) = (NewFile::of(&database), clock.now());
    let load = Load { path, seen: &seen, keys: Arc::new(ring), entropy, database: &database };
    match load.run(now).await {
        Ok(()) => {
            file.stays();
            let Seen { header, rows, lost } = seen;
            Ok(Restored { header, rows, lost })
        }
        Err(error) => {
            if let Some(path) = new_key {
                // It has sealed nothing that is kept.
                drop(std::fs::remove_file(path));
            }
            Err(error)
        }
    }
}

async fn must_be_empty(database: &Database, header: &Header) -> Result<()> {
    let Some(place) = place::to_read(database).await? else { return Ok(()) };
    let outcome = match place.begin_snapshot().await {
        Ok(mut session) => empty(&mut session, database, header).await,
        Err(error) => Err(error.into()),
    };
    place.close().await;
    outcome
}

async fn empty(session: &mut Session, database: &Database, header: &Header) -> Result<()> {
    let filled = place::filled(session).await?;
    if !filled.is_empty() {
        return Err(Error::NotEmpty { database: database.to_string(), tables: filled.join(", ") });
    }
    match place::version(session).await? {
        Some(found) if found > header.migration => {
            Err(Error::Ahead { database: database.to_string(), found, wanted: header.migration })
        }
        _ => Ok(()),
    }
}

struct Load<'a> {
    path: &'a Path,
    seen: &'a Seen,
    keys: Arc<KeyRing>,
    entropy: SharedEntropy,
    database: &'a Database,
}

impl Load<'_> {
    async fn run(&self, now: Timestamp) -> Result<()> {
        let pools = Pools::open(self.database).await?;
        let outcome = self.load(&pools, now).await;
        pools.close().await;
        outcome
    }

    async fn load(&self, pools: &Pools, now: Timestamp) -> Result<()> {
        let mut session = place::begin_restore(pools).await?;
        // Once more, now that nobody else can write.
        empty(&mut session, self.database, &self.seen.header).await?;
        start::migrate_to(&mut session, Some(self.seen.header.migration)).await?;
        self.rows(&mut session).await?;
        start::migrate_to(&mut session, None).await?;
        let tools = Tools { keys: Arc::clone(&self.keys), entropy: Arc::clone(&self.entropy) };
        let session = super::after::settle(session, tools, &self.seen.lost, now).await?;
        session.commit().await.map_err(|source| StoreError::Database { during: "committing a restore", source })?;
        Ok(())
    }

    async fn rows(&self, session: &mut Session) -> Result<()> {
        let mut reader = Reader::open(self.path)?;
        let mut into: Option<Filling> = None;
        while let Some(line) = reader.next()? {
            match line {
                Line::Table { name, columns } => {
                    let current = Current::of(&name, columns).ok_or_else(|| reader.damaged("an unknown table"))?;
                    into = Some(Filling::prepare(session, current, &reader).await?);
                }
                Line::Row(row) => {
                    let into = into.as_ref().ok_or_else(|| reader.damaged("a row without a table"))?;
                    let Some(row) = self.opened(&into.current, row)? else { continue };
                    let values = into.values(row).map_err(|why| reader.damaged(why))?;
                    sql::add(session, &into.insert, values).await?;
                }
            }
        }
        Ok(())
    }

    /// The row with something in the place of what does not open; `None` where it is worth nothing then.
    fn opened(&self, current: &Current, mut row: Vec<Json>) -> Result<Option<Vec<Json>>> {
        let key = current.key(&row);
        for sealed in current.table.sealed {
            let Some(at) = current.at(sealed.column) else { continue };
            let Some(bytes) = row.get(at).and_then(file::bytes) else { continue };
            if look::opens(Some(&self.keys), current.table, sealed.column, &key, &bytes) {
                continue;
            }
            let place = Place { table: current.table.name, column: sealed.column, row: &key };
            let instead = match sealed.without {
                Without::NoRow => return Ok(None),
                Without::Nothing(others) => {
                    for other in others.iter().filter_map(|other| current.at(other)) {
                        put(&mut row, other, Json::Null);
                    }
                    Json::Null
                }
                Without::Empty => file::of_bytes(&self.keys.seal(&*self.entropy, place, b"")?),
                Without::Passcode => {
                    let passcode = model::Passcode::from_random(random(&*self.entropy));
                    file::of_bytes(&self.keys.seal(&*self.entropy, place, passcode.expose().as_bytes())?)
                }
            };
            put(&mut row, at, instead);
        }
        Ok(Some(row))
    }
}

fn put(row: &mut [Json], at: usize, value: Json) {
    if let Some(place) = row.get_mut(at) {
        *place = value;
    }
}

fn random<const N: usize>(entropy: &dyn Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes);
    bytes
}

/// A table that is being filled.
struct Filling {
    current: Current,
    /// In the order of the file.
    kinds: Vec<Kind>,
    insert: Arc<str>,
}

impl Filling {
    async fn prepare(session: &mut Session, current: Current, reader: &Reader) -> Result<Self> {
        let mut there = sql::columns(session, current.table).await?;
        let mut columns: Vec<Column> = Vec::with_capacity(there.len());
        for name in &current.columns {
            let at = there.iter().position(|column| column.name == *name);
            let at = at.ok_or_else(|| reader.damaged(format!("{}.{name} is unknown", current.table.name)))?;
            columns.push(there.swap_remove(at));
        }
        if let Some(column) = there.first() {
            return Err(reader.damaged(format!("{}.{} is missing", current.table.name, column.name)));
        }
        let insert = sql::insert(current.table, &columns);
        Ok(Self { kinds: columns.into_iter().map(|column| column.kind).collect(), insert, current })
    }

    fn values(&self, row: Vec<Json>) -> Result<Vec<Value>, &'static str> {
        let typed = |(kind, value): (&Kind, Json)| match (kind, value) {
            (Kind::Int, Json::Null) => Some(Value::Int(None)),
            (Kind::Int, value) => value.as_i64().map(|n| Value::Int(Some(n))),
            (Kind::Text, Json::Null) => Some(Value::Text(None)),
            (Kind::Text, Json::String(text)) => Some(Value::Text(Some(text))),
            (Kind::Bool, Json::Null) => Some(Value::Bool(None)),
            (Kind::Bool, Json::Bool(yes)) => Some(Value::Bool(Some(yes))),
            (Kind::Bytes, Json::Null) => Some(Value::Bytes(None)),
            (Kind::Bytes, value) => file::bytes(&value).map(|bytes| Value::Bytes(Some(bytes))),
            (Kind::Text | Kind::Bool, _) => None,
        };
        let values: Option<Vec<_>> = self.kinds.iter().zip(row).map(typed).collect();
        values.ok_or("a value is not of its column's type")
    }
}
