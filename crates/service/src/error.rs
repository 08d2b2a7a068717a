//! What can go wrong in a use case, in words of the caller's choices. One place in `web` maps it to HTTP.

use model::{DoorClosed, Invalid, Problem, Right};

use crate::visits::NoBrowserJoin;

/// Why a use case was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Values that cannot be taken, each with its field.
    #[error("{}", list(.0))]
    Invalid(Vec<Invalid>),
    /// There is no such thing, or the asker may not know that there is.
    #[error("there is no such thing here")]
    NotFound,
    /// The asker's role lacks a right.
    #[error("this needs a right that you do not have ({right:?}); ask an owner of the site")]
    Forbidden {
        /// The right that is missing.
        right: Right,
    },
    /// Neither the room's host nor an alternative host is linked to the asker, who may not start for others.
    #[error(
        "only a member linked to this room's Zoom host or an alternative host may start it; an owner can link you under Hosts"
    )]
    NotYourHost,
    /// Starting for somebody else needs a confirmation that was not given.
    #[error("this room is held by {host}; confirm that you start it for them")]
    NotConfirmed {
        /// The name of the host for whom the room would be started.
        host: String,
    },
    /// E-mail and password do not belong together.
    #[error("e-mail and password do not match")]
    WrongPassword,
    /// A one-time link or a grant that is unknown, used or out of time.
    #[error("this link or permission was used already, or its time is over; ask again")]
    Spent,
    /// The room's door is closed to the asker.
    #[error("the door is closed: {0:?}")]
    Closed(DoorClosed),
    /// The room cannot be joined in the browser.
    #[error("joining in the browser is not possible: {0:?}")]
    NoBrowserJoin(NoBrowserJoin),
    /// Somebody changed it in between; `version` is what it is now.
    #[error("somebody else changed this meanwhile (it is at version {version} now); load it again")]
    Conflict {
        /// The version that is stored now.
        version: i64,
    },
    /// Zoom or a rule of the site said no, in words for people and with what to do.
    #[error("{reason}")]
    Refused {
        /// What was refused, why, and what to do.
        reason: String,
    },
    /// Too often; try again after so many seconds.
    #[error("too many tries; wait {retry_after} s")]
    TooMany {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// Something that the use case needs does not answer now; trying again later may work.
    #[error("{reason}")]
    Unavailable {
        /// What does not answer, in words for people.
        reason: String,
    },
    /// A fault of this program or its database; the log says more.
    #[error("the database or this program failed: {0}")]
    Internal(String),
}

impl Error {
    /// One wrong field.
    pub(crate) fn field(field: &'static str, problem: Problem) -> Self {
        Self::Invalid(vec![problem.at(field)])
    }

    pub(crate) fn refused(reason: impl Into<String>) -> Self {
        Self::Refused { reason: reason.into() }
    }
}

impl From<Vec<Invalid>> for Error {
    fn from(wrong: Vec<Invalid>) -> Self {
        Self::Invalid(wrong)
    }
}

impl From<Invalid> for Error {
    fn from(wrong: Invalid) -> Self {
        Self::Invalid(vec![wrong])
    }
}

fn list(wrong: &[Invalid]) -> String {
    wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// What a use case answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;
