//! Summaries of meetings and webinars.

mod delete;
mod get;
mod list;

pub use get::MeetingSummary;
pub use list::{ListSummaries, ListedSummary, SummaryTime};

use crate::{Call, ZoomClient};

pub(crate) const CALLS: &[&Call] = &[&list::CALL, &get::CALL, &delete::CALL];

/// Asks about summaries; from [`ZoomClient::summaries`]. A meeting that was not summed up is
/// [`Error::NotFound`](crate::Error::NotFound) or [`Error::Refused`](crate::Error::Refused).
#[derive(Clone, Debug)]
pub struct Summaries(pub(crate) ZoomClient);
