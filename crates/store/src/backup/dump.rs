//! Writing a backup: one snapshot of the database, read table by table while others write.

use std::{
    fs::File,
    io,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use tempfile::NamedTempFile;

use super::{
    error::{Error, Result},
    file::{Header, Reader, Writer},
    place, sql,
    tables::TABLES,
};
use crate::{Database, Error as StoreError, engine::Session, start};

/// What a backup is made of and where it goes.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The database; it may be in use.
    pub database: &'a Database,
    /// The file to write.
    pub file: &'a Path,
    /// Whether an earlier backup that is there already is replaced; anything else never is.
    pub force: bool,
    /// The version of the program.
    pub eroom: &'a str,
    /// The time.
    pub now: Timestamp,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// How many rows are in it.
    pub rows: u64,
    /// How long the file is.
    pub bytes: u64,
    /// The newest migration of the database.
    pub migration: i64,
}

/// Writes a backup: under another name until it is whole, for its owner only. No key is needed, what is sealed stays so.
/// The database is neither changed nor brought up to date, so that a newer program can back up an older one's.
pub async fn write(plan: Plan<'_>) -> Result<Written> {
    let failed = |source| Error::File { path: plan.file.to_owned(), source };
    if plan.file.symlink_metadata().is_ok() {
        may_replace(plan.file, plan.force)?;
    }
    let folder = plan.file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let place = place::to_read(plan.database).await?.ok_or_else(|| nothing(plan.database))?;
    // Such a file is readable by its owner only, and goes when it is dropped.
    let draft = tempfile::Builder::new().prefix(".eroom-backup-").make_in(folder, open_draft).map_err(failed)?;
    let written = dump(&plan, place.begin_snapshot().await?, &draft).await;
    place.close().await;
    let (rows, migration) = written?;
    draft.as_file().sync_all().map_err(failed)?;
    let bytes = draft.as_file().metadata().map_err(failed)?.len();
    keep(draft, plan.file, plan.force)?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    Ok(Written { rows, bytes, migration })
}

/// Whether what is there may be replaced. It may be the database itself, or the only key: only an earlier backup goes, as
/// much of it as there is, and a file without anything in it.
fn may_replace(file: &Path, force: bool) -> Result<()> {
    if !force {
        return Err(Error::Exists { path: file.to_owned() });
    }
    let is_empty = file.metadata().is_ok_and(|there| there.is_file() && there.len() == 0);
    match Reader::open(file) {
        _ if is_empty => Ok(()),
        Ok(_) | Err(Error::Newer { .. } | Error::Damaged { .. }) => Ok(()),
        Err(_) => Err(Error::Precious { path: file.to_owned() }),
    }
}

fn nothing(database: &Database) -> Error {
    Error::NothingThere { database: database.to_string() }
}

/// As `tempfile` itself would open it; its own errors name a file that nobody asked for.
fn open_draft(path: &Path) -> io::Result<File> {
    File::options().read(true).write(true).create_new(true).mode(0o600).open(path)
}

fn keep(draft: NamedTempFile, file: &Path, force: bool) -> Result<()> {
    let path: PathBuf = file.to_owned();
    let kept = if force { draft.persist(file) } else { draft.persist_noclobber(file) };
    match kept {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(Error::Exists { path }),
        Err(error) => Err(Error::File { path, source: error.error }),
    }
}

async fn dump(plan: &Plan<'_>, mut session: Session, draft: &NamedTempFile) -> Result<(u64, i64)> {
    let failed = |source| Error::File { path: plan.file.to_owned(), source };
    let migration = place::version(&mut session).await?.ok_or_else(|| nothing(plan.database))?;
    let known = start::newest_known();
    if migration > known {
        return Err(StoreError::NewerDatabase { found: migration, known }.into());
    }
    let header = Header::new(plan.eroom, migration, plan.now, plan.database.engine().name());
    let mut out = Writer::new(draft.as_file(), &header).map_err(failed)?;
    for table in TABLES {
        let columns = sql::columns(&mut session, table).await?;
        if columns.is_empty() {
            continue;
        }
        let names: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
        out.table(table.name, &names).map_err(failed)?;
        let read = sql::each_row(&mut session, table, &columns, |row| out.row(row)).await;
        read.map_err(|error| match error {
            sqlx::Error::Io(source) => failed(source),
            source => StoreError::Database { during: "reading rows for a backup", source }.into(),
        })?;
    }
    let rows = out.finish().map_err(failed)?;
    session.rollback().await.map_err(|source| StoreError::Database { during: "ending a backup", source })?;
    Ok((rows, migration))
}
