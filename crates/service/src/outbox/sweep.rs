//! Removes what has expired, once an hour.

use jiff::{SignedDuration, Timestamp};
use store::{
    Tx,
    job::{Claimed, JobKind, NewJob},
};

use super::job_error::Result;
use super::pace::later;
use crate::Service;

/// How often it is swept.
const EVERY: SignedDuration = SignedDuration::from_hours(1);
/// How long finished jobs are kept, for whoever looks at what happened.
const JOBS_KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How long it is kept what was sent to Zoom and when.
const ATTEMPTS_KEPT: SignedDuration = SignedDuration::from_hours(2 * 24);
/// How long webhooks are kept; they may hold names and addresses of people.
const INBOX_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

impl Service {
    /// Sees to it that a sweep is planned.
    pub(super) async fn plan_sweep(&self) -> Result<()> {
        let now = self.now();
        self.store().write(|mut tx| async move { plan(&mut tx, now).await }).await?;
        Ok(())
    }

    pub(super) async fn sweep(&self, claimed: &Claimed) -> Result<()> {
        let (now, claim) = (self.now(), &claimed.claim);
        let before = |kept| now.saturating_sub(kept).unwrap_or(Timestamp::MIN);
        let write = |mut tx| async move {
            store::session::sweep(&mut tx, now).await?;
            store::grant::sweep(&mut tx, now).await?;
            store::one_time_link::sweep(&mut tx, now).await?;
            store::idempotency::sweep(&mut tx, now).await?;
            store::inbox::sweep(&mut tx, before(INBOX_KEPT)).await?;
            store::job::sweep(&mut tx, before(JOBS_KEPT)).await?;
            store::attempt_minute::sweep(&mut tx, before(ATTEMPTS_KEPT)).await?;
            store::host_day::sweep(&mut tx, before(ATTEMPTS_KEPT)).await?;
            store::job::complete(&mut tx, claim, now).await?;
            // Only now: enqueued before, it would be this job, once more and at once.
            plan(&mut tx, now).await
        };
        self.store().write(write).await?;
        Ok(())
    }
}

/// Plans the next sweep; one that is planned already stays as it is.
async fn plan(tx: &mut Tx, now: Timestamp) -> Result<(), store::Error> {
    store::job::enqueue(tx, &NewJob::only(JobKind::Sweep, later(now, EVERY)), now).await?;
    Ok(())
}
