//! How eRoom remembers: SQL for SQLite and PostgreSQL, migrations, sealing of secrets.
