//! One module for each table (and what hangs on it), each table written by no other.

pub mod address;
pub mod api_token;
pub mod attempt;
pub mod attempt_minute;
pub mod audit;
pub mod change;
pub mod connection;
pub mod cover;
pub mod grant;
pub mod host;
pub mod host_day;
pub mod idempotency;
pub mod inbox;
pub mod job;
pub mod member;
pub mod member_host;
pub mod one_time_link;
pub mod room;
pub(crate) mod seal;
pub mod session;
pub mod setup;
pub mod site;
pub mod tally;
pub mod wanted;
