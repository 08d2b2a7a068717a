//! How often Zoom lets an account call: per second (or minute) and per day by rate label, and a hundred plans a day for
//! each host. From Zoom's page about rate limits; the plans are its three columns.

use crate::words::{Label, Plan};

/// How many calls of a label a plan allows: at once and again within `seconds`, and in a day of UTC. All apps of an
/// account draw from the same numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Calls within [`Allowance::seconds`].
    pub calls: u32,
    /// The length of the window: 1, or 60 for resource-intensive calls.
    pub seconds: u32,
    /// Calls in a day of UTC; `None` where Zoom names no limit.
    pub a_day: Option<u32>,
}

/// How often a host's meetings and webinars may be created or changed in a day of UTC, all together.
pub const PLANS_A_DAY: u32 = 100;

impl Plan {
    /// Zoom's table. Heavy and resource-intensive calls of the paid plans share one number a day
    /// ([`Plan::day_shelf`]).
    pub fn allowance(self, label: Label) -> Allowance {
        let (calls, seconds, a_day) = match (label, self) {
            (Label::Light, Self::Free) => (4, 1, Some(6_000)),
            (Label::Light, Self::Pro) => (30, 1, None),
            (Label::Light, Self::Business) => (80, 1, None),
            (Label::Medium, Self::Free) => (2, 1, Some(2_000)),
            (Label::Medium, Self::Pro) => (20, 1, None),
            (Label::Medium, Self::Business) => (60, 1, None),
            (Label::Heavy, Self::Free) => (1, 1, Some(1_000)),
            (Label::Heavy, Self::Pro) => (10, 1, Some(30_000)),
            (Label::Heavy, Self::Business) => (40, 1, Some(60_000)),
            (Label::ResourceIntensive, Self::Free | Self::Pro) => (10, 60, Some(30_000)),
            (Label::ResourceIntensive, Self::Business) => (20, 60, Some(60_000)),
        };
        Allowance { calls, seconds, a_day }
    }

    /// Under which label the calls of a day are counted.
    pub fn day_shelf(self, label: Label) -> Label {
        match (self, label) {
            (Self::Pro | Self::Business, Label::ResourceIntensive) => Label::Heavy,
            _ => label,
        }
    }

    /// How many users an account may invite in a day of UTC.
    pub fn invitations_a_day(self) -> u32 {
        match self {
            Self::Free => 50,
            Self::Pro => 1_500,
            Self::Business => 10_000,
        }
    }
}
