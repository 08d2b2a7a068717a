//! Work for Zoom, done in the background: each change is kept with its job, and no meeting is ever made twice.
//!
//! Zoom's create has no idempotency key, so a job goes through these steps, each committed before the next:
//!
//! 1. *planned*: nothing was sent. A failure that Zoom surely did not carry out leads back here.
//! 2. *sent*: the row says so, with a deadline, before the request leaves. A worker that dies now leaves it like that.
//! 3. *unknown*: the answer was lost. After the deadline the host's meetings are listed for the room's marker, twice
//!    with a pause between; only when both lists lack it is the job planned again. Where lists are not allowed, the
//!    room stays unknown until Zoom's event or an owner says what is the case.

pub(crate) mod account;
pub(crate) mod agenda;
pub(crate) mod fault;
mod gone;
pub(crate) mod job_error;
mod look;
pub(crate) mod pace;
pub(crate) mod payload;
mod push;
mod remove;
mod sweep;
mod worker;

pub(crate) use gone::gone_at_zoom;
pub use pace::Pace;
pub use worker::Worker;

/// For whom a job is done: who comes first where calls have to wait. Nobody waits for a job as for a page.
fn work_of(job: &store::job::Job) -> zoom_client::Work {
    match job.priority {
        store::job::Priority::Person => zoom_client::Work::FollowUp,
        store::job::Priority::Background => zoom_client::Work::Bulk,
    }
}
