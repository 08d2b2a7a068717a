//! One SQL text on two engines: bound values, rows and connections that both know.

use sqlx::{FromRow, Postgres, Sqlite, Transaction, pool::PoolConnection, postgres::PgRow, sqlite::SqliteRow};

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// A file beside the program; the default.
    Sqlite,
    /// A server that several machines may share.
    Postgres,
}

impl Engine {
    /// The engine's name as its makers write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// A row that can be read from either engine.
pub(crate) trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Record for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// A bound value, of the types that both engines keep alike.
#[derive(Clone)]
pub(crate) enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Bool(Option<bool>),
    Bytes(Option<Vec<u8>>),
}

macro_rules! value_from {
    ($($from:ty => $variant:ident, $x:ident => $into:expr);* $(;)?) => { $(
        impl From<$from> for Value {
            fn from($x: $from) -> Self { Self::$variant(Some($into)) }
        }
        impl From<Option<$from>> for Value {
            fn from(x: Option<$from>) -> Self { Self::$variant(x.map(|$x| $into)) }
        }
    )* };
}

value_from! {
    i64 => Int, x => x;
    bool => Bool, x => x;
    &str => Text, x => x.to_owned();
    String => Text, x => x;
    Vec<u8> => Bytes, x => x;
    jiff::Timestamp => Int, x => x.as_millisecond();
    model::RoomId => Text, x => x.to_string();
    model::MemberId => Text, x => x.to_string();
    model::ConnectionId => Text, x => x.to_string();
    model::JobId => Text, x => x.to_string();
    model::InboxId => Text, x => x.to_string();
    model::AuditId => Text, x => x.to_string();
}

/// The values of one statement, in the order of `$1`, `$2`, ….
macro_rules! params {
    ($($x:expr),* $(,)?) => { vec![$($crate::engine::Value::from($x)),*] };
}
pub(crate) use params;

/// The text of one statement: a file under `sql/`.
macro_rules! sql {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/", $name, ".sql"))
    };
}
pub(crate) use sql;

/// A connection in use: inside a transaction, or bare for reading.
pub(crate) enum Session {
    SqliteTx(Transaction<'static, Sqlite>),
    PostgresTx(Transaction<'static, Postgres>),
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

macro_rules! on_connection {
    ($session:expr, $connection:ident => $body:expr) => {
        match $session {
            $crate::engine::Session::SqliteTx(c) => {
                type Db = Sqlite;
                let $connection = &mut **c;
                $body
            }
            $crate::engine::Session::PostgresTx(c) => {
                type Db = Postgres;
                let $connection = &mut **c;
                $body
            }
            $crate::engine::Session::Sqlite(c) => {
                type Db = Sqlite;
                let $connection = &mut **c;
                $body
            }
            $crate::engine::Session::Postgres(c) => {
                type Db = Postgres;
                let $connection = &mut **c;
                $body
            }
        }
    };
}
pub(crate) use on_connection;

macro_rules! bind_all {
    ($query:expr, $params:expr) => {{
        let mut query = $query;
        for value in $params {
            query = match value {
                $crate::engine::Value::Int(v) => query.bind(v),
                $crate::engine::Value::Text(v) => query.bind(v),
                $crate::engine::Value::Bool(v) => query.bind(v),
                $crate::engine::Value::Bytes(v) => query.bind(v),
            };
        }
        query
    }};
}
pub(crate) use bind_all;

impl Session {
    pub(crate) async fn rows<T: Record>(&mut self, sql: &'static str, params: Vec<Value>) -> sqlx::Result<Vec<T>> {
        on_connection!(self, c => bind_all!(sqlx::query_as::<Db, T>(sql), params).fetch_all(c).await)
    }

    pub(crate) async fn row<T: Record>(&mut self, sql: &'static str, params: Vec<Value>) -> sqlx::Result<Option<T>> {
        on_connection!(self, c => bind_all!(sqlx::query_as::<Db, T>(sql), params).fetch_optional(c).await)
    }

    pub(crate) async fn run(&mut self, sql: &'static str, params: Vec<Value>) -> sqlx::Result<u64> {
        on_connection!(self, c => Ok(bind_all!(sqlx::query::<Db>(sql), params).execute(c).await?.rows_affected()))
    }

    pub(crate) async fn commit(self) -> sqlx::Result<()> {
        match self {
            Self::SqliteTx(tx) => tx.commit().await,
            Self::PostgresTx(tx) => tx.commit().await,
            Self::Sqlite(_) | Self::Postgres(_) => Ok(()),
        }
    }

    pub(crate) async fn rollback(self) -> sqlx::Result<()> {
        match self {
            Self::SqliteTx(tx) => tx.rollback().await,
            Self::PostgresTx(tx) => tx.rollback().await,
            Self::Sqlite(_) | Self::Postgres(_) => Ok(()),
        }
    }
}
