//! What the store promises, told on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may stop a test, as tests may")]

mod backup;
mod crowd;
mod full;
mod jobs;
mod limits;
mod lists;
mod people;
mod rooms;
mod samples;
mod secrets;
mod sql;
mod start;
mod upgrade;
mod writing;
