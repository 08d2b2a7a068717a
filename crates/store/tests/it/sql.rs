//! Every statement is understood by the engines it is for, used by the code, and finds the same tables on both.

use std::{collections::BTreeSet, fs, path::Path};

use sqlx::{
    AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqlSafeStr as _, SqliteConnection,
    sqlite::SqliteConnectOptions,
};
use store::{Database, Engine, testing};

/// Runs a text on a database behind the store's back.
pub(crate) async fn execute(database: &Database, sql: &'static str) {
    match database {
        Database::Sqlite(path) => {
            let mut db = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(path)).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut db).await.unwrap();
            db.close().await.unwrap();
        }
        Database::Postgres(options) => {
            let mut db = PgConnection::connect_with(options).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut db).await.unwrap();
            db.close().await.unwrap();
        }
    }
}

/// Each statement with its name, such as `room/get`.
fn statements() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sql");
    let mut found = Vec::new();
    for table in fs::read_dir(&root).unwrap() {
        for file in fs::read_dir(table.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let name = path.strip_prefix(&root).unwrap().with_extension("").to_str().unwrap().to_owned();
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(found.len() > 100, "only {} statements found", found.len());
    found.sort();
    found
}

#[tokio::test]
async fn every_statement_is_prepared_on_sqlite() {
    let store = testing::store(Engine::Sqlite).await.unwrap();
    let Database::Sqlite(path) = store.database() else { panic!("{:?}", store.database()) };
    let mut db = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(path)).await.unwrap();
    for (name, sql) in statements().into_iter().filter(|(name, _)| !name.ends_with(".postgres")) {
        let prepared = (&mut db).prepare(AssertSqlSafe(sql).into_sql_str()).await;
        assert!(prepared.is_ok(), "{name}: {:?}", prepared.err());
    }
}

#[tokio::test]
async fn every_statement_is_prepared_on_postgres() {
    let Some(store) = testing::store(Engine::Postgres).await else { return };
    let Database::Postgres(options) = store.database() else { panic!("{:?}", store.database()) };
    let mut db = PgConnection::connect_with(options).await.unwrap();
    for (name, sql) in statements().into_iter().filter(|(name, _)| !name.ends_with(".sqlite")) {
        let prepared = (&mut db).prepare(AssertSqlSafe(sql).into_sql_str()).await;
        assert!(prepared.is_ok(), "{name}: {:?}", prepared.err());
    }
}

#[test]
fn every_statement_is_used_and_each_table_is_written_by_its_own_module() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut code = String::new();
    let mut folders = vec![source];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { code.push_str(&fs::read_to_string(path).unwrap()) }
        }
    }
    for (name, sql) in statements() {
        let used = code.contains(&format!("\"{name}\"")) || code.contains(&format!("sql/{name}.sql"));
        assert!(used, "sql/{name}.sql is used nowhere");
        let (folder, _) = name.split_once('/').unwrap();
        let words: Vec<_> = sql.split_whitespace().collect();
        let writes = words.windows(3).find_map(|w| match w {
            ["INSERT", "INTO", table] | ["DELETE", "FROM", table] | ["UPDATE", table, "SET"] => Some(*table),
            _ => None,
        });
        assert!(writes.is_none_or(|table| table == folder), "sql/{name}.sql writes {writes:?}");
    }
}

/// `table.column: type, may be null` of everything but the migrator's own table.
type Shape = BTreeSet<String>;

fn shape(rows: Vec<(String, String, String, bool)>) -> Shape {
    rows.into_iter()
        .filter(|(table, ..)| table != "_sqlx_migrations")
        .map(|(table, column, kind, null)| {
            let kind = kind.to_uppercase().replace("BYTEA", "BLOB");
            format!("{table}.{column}: {kind}{}", if null { ", may be null" } else { "" })
        })
        .collect()
}

#[tokio::test]
async fn both_migration_folders_make_the_same_tables_and_columns() {
    let Some(postgres) = testing::store(Engine::Postgres).await else { return };
    let sqlite = testing::store(Engine::Sqlite).await.unwrap();
    let Database::Sqlite(path) = sqlite.database() else { panic!("{:?}", sqlite.database()) };
    let mut db = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(path)).await.unwrap();
    // A primary key of SQLite may hold nulls unless told otherwise; `pk` says which columns are of one.
    let sql = "SELECT m.name, c.name, c.type, c.\"notnull\" = 0 AND c.pk = 0 FROM sqlite_master m, \
               pragma_table_info(m.name) c WHERE m.type = 'table'";
    let on_sqlite = shape(sqlx::query_as(sql).fetch_all(&mut db).await.unwrap());
    let Database::Postgres(options) = postgres.database() else { panic!("{:?}", postgres.database()) };
    let mut db = PgConnection::connect_with(options).await.unwrap();
    let sql = "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT), \
               is_nullable = 'YES' FROM information_schema.columns WHERE table_schema = 'public'";
    let on_postgres = shape(sqlx::query_as(sql).fetch_all(&mut db).await.unwrap());
    assert!(on_sqlite.len() > 100, "{on_sqlite:?}");
    assert_eq!(on_sqlite, on_postgres);
}
