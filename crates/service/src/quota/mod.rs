//! Zoom's limits as something that is kept and shown: how fast and how often an account may be asked, and the hundred
//! creations and changes of each host and day.

pub(crate) mod book;
pub(crate) mod ledger;
mod views;

pub use book::DatabaseBook;
pub(crate) use ledger::days_between;
pub use ledger::{PLANS_A_DAY, forecast};
pub use views::{AttemptView, HostView, LaneView, MinuteView, OthersView, QuotaView};
