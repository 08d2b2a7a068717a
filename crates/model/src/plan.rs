//! What a Zoom account has paid for, as far as its limits know it.

use std::{fmt, str::FromStr};

/// A column of Zoom's table of limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ZoomPlan {
    /// Basic accounts.
    Free,
    /// Pro.
    #[default]
    Pro,
    /// Business, Education, Enterprise or Partner.
    Business,
}

impl ZoomPlan {
    /// All of them, from the lowest limits to the highest.
    pub const ALL: [Self; 3] = [Self::Free, Self::Pro, Self::Business];

    /// The word stored, sent, and used in keys of sentences.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Pro => "pro",
            Self::Business => "business",
        }
    }
}

impl fmt::Display for ZoomPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPlan;

impl FromStr for ZoomPlan {
    type Err = NotAPlan;
    fn from_str(word: &str) -> Result<Self, NotAPlan> {
        Self::ALL.into_iter().find(|plan| plan.as_str() == word).ok_or(NotAPlan)
    }
}
