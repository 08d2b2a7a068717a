//! Why a step of a job was not written down.

use crate::error::Error;

/// Why a job's step failed on our side.
#[derive(Debug)]
pub(crate) enum JobError {
    /// Another worker has the job, or it is done: nothing to do, and nothing was done.
    LostClaim,
    /// The database or this program failed; the job comes back when its lease runs out.
    Ours(Error),
}

/// What a step answers.
pub(crate) type Result<T, E = JobError> = std::result::Result<T, E>;

impl From<store::Error> for JobError {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::LostClaim { .. } => Self::LostClaim,
            other => Self::Ours(other.into()),
        }
    }
}

impl From<Error> for JobError {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}
