//! The statements over any table. They are put together from names that are in the list of tables or that the database
//! itself gave, all of them checked; values are always bound.

use std::{io, sync::Arc};

use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Postgres, Row, Sqlite};

use super::tables::Table;
use crate::{
    engine::{Session, Value, bind_all, on_connection, params, sql},
    error::{Error, Result},
};

/// A type of column that both engines keep alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Int,
    Text,
    Bool,
    Bytes,
}

/// A column as the database has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

fn failed(during: &'static str) -> impl Fn(sqlx::Error) -> Error {
    move |source| Error::Database { during, source }
}

fn wrong(during: &'static str, why: String) -> Error {
    Error::Database { during, source: sqlx::Error::Protocol(why) }
}

/// The columns of a table, none where there is no such table.
pub(super) async fn columns(session: &mut Session, table: &Table) -> Result<Vec<Column>> {
    const DURING: &str = "reading the columns of a table";
    let text = match session {
        Session::SqliteTx(_) | Session::Sqlite(_) => sql!("backup/columns.sqlite"),
        Session::PostgresTx(_) | Session::Postgres(_) => sql!("backup/columns.postgres"),
    };
    let rows: Vec<(String, String)> = session.rows(text, params![table.name]).await.map_err(failed(DURING))?;
    let column = |(name, kind): (String, String)| {
        let kind = match kind.to_ascii_uppercase().as_str() {
            "BIGINT" => Kind::Int,
            "TEXT" => Kind::Text,
            "BOOLEAN" => Kind::Bool,
            "BLOB" | "BYTEA" => Kind::Bytes,
            other => return Err(wrong(DURING, format!("{}.{name} is of type {other}", table.name))),
        };
        if is_name(&name) { Ok(Column { name, kind }) } else { Err(wrong(DURING, format!("a column {name:?}"))) }
    };
    rows.into_iter().map(column).collect()
}

/// Whether this may stand in a statement.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn list(names: impl Iterator<Item = impl AsRef<str>>) -> String {
    names.map(|name| format!("\"{}\"", name.as_ref())).collect::<Vec<_>>().join(", ")
}

macro_rules! value {
    ($row:expr, $at:expr, $kind:expr) => {
        match $kind {
            Kind::Int => Value::Int($row.try_get($at)?),
            Kind::Text => Value::Text($row.try_get($at)?),
            Kind::Bool => Value::Bool($row.try_get($at)?),
            Kind::Bytes => Value::Bytes($row.try_get($at)?),
        }
    };
}

/// Calls `each` with every row of a table, in the order of its key, without keeping them.
pub(super) async fn each_row(
    session: &mut Session,
    table: &Table,
    columns: &[Column],
    mut each: impl FnMut(Vec<Value>) -> io::Result<()>,
) -> sqlx::Result<()> {
    let names = list(columns.iter().map(|column| &column.name));
    let text = format!("SELECT {names} FROM \"{}\" ORDER BY {}", table.name, list(table.key.iter()));
    on_connection!(session, c => {
        let mut rows = sqlx::query::<Db>(AssertSqlSafe(text)).fetch(c);
        while let Some(row) = rows.try_next().await? {
            let mut values = Vec::with_capacity(columns.len());
            for (at, column) in columns.iter().enumerate() {
                values.push(value!(row, at, column.kind));
            }
            each(values)?;
        }
        Ok(())
    })
}

/// Whether a table has a row.
pub(super) async fn has_rows(session: &mut Session, table: &Table) -> Result<bool> {
    let text = format!("SELECT 1 FROM \"{}\" LIMIT 1", table.name);
    let found = on_connection!(session, c => {
        sqlx::query::<Db>(AssertSqlSafe(text)).fetch_optional(c).await.map(|row| row.is_some())
    });
    found.map_err(failed("looking for rows"))
}

/// The statement that adds a row.
pub(super) fn insert(table: &Table, columns: &[Column]) -> Arc<str> {
    let names = list(columns.iter().map(|column| &column.name));
    let places: Vec<_> = (1..=columns.len()).map(|n| format!("${n}")).collect();
    format!("INSERT INTO \"{}\" ({names}) VALUES ({})", table.name, places.join(", ")).into()
}

/// Runs what [`insert`] made.
pub(super) async fn add(session: &mut Session, insert: &Arc<str>, values: Vec<Value>) -> Result<()> {
    let text = AssertSqlSafe(Arc::clone(insert));
    let added = on_connection!(session, c => bind_all!(sqlx::query::<Db>(text), values).execute(c).await.map(|_| ()));
    added.map_err(failed("adding a row of a backup"))
}
