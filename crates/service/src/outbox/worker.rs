//! Claims jobs and has them done: several at a time, woken at once by this process and each second otherwise.

use std::sync::Arc;

use store::job::{Claim, Claimed, JobKind};
use tokio::sync::Semaphore;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    job_error::{JobError, Result},
    pace::later,
};
use crate::{Service, hosts::HostsFault};

/// How many jobs are done at the same time.
const AT_ONCE: u32 = 4;
/// How often it is looked for jobs of other processes, in seconds.
const LOOK_EVERY: f64 = 1.0;

/// Does the background work of one process.
#[derive(Clone, Debug)]
pub struct Worker {
    service: Service,
    twice: bool,
}

impl Worker {
    /// A worker of `service`.
    pub fn new(service: Service) -> Self {
        Self { service, twice: false }
    }

    /// A worker that does every job twice, the second time with what it knew before the first: what a process does
    /// that was asleep while another one took over. For tests: nothing may happen twice because of it.
    #[must_use]
    pub fn twice(self) -> Self {
        Self { twice: true, ..self }
    }

    /// Works until `stop` is cancelled, then finishes what it has begun.
    pub async fn run(self, stop: CancellationToken) {
        let (tasks, slots) = (TaskTracker::new(), Arc::new(Semaphore::new(AT_ONCE as usize)));
        let mut work = self.service.store().new_work();
        if let Err(error) = self.service.plan_sweep().await {
            log(None, &error);
        }
        while !stop.is_cancelled() {
            let free = u32::try_from(slots.available_permits()).unwrap_or(0);
            let claimed = if free > 0 { self.claim(free).await } else { Vec::new() };
            let full = claimed.len() >= free as usize;
            for one in claimed {
                let Ok(slot) = Arc::clone(&slots).acquire_owned().await else { break };
                let worker = self.clone();
                tasks.spawn(async move {
                    worker.perform(&one).await;
                    drop(slot);
                });
            }
            tokio::select! {
                () = stop.cancelled() => {}
                // With all slots taken, the next job waits for one of them.
                _ = slots.acquire(), if full => {}
                _ = work.changed() => {}
                () = clock::sleep(&*self.service.inner.clock, LOOK_EVERY) => {}
            }
        }
        tasks.close();
        tasks.wait().await;
    }

    /// Does everything that is due now, one after the other, also what that makes due; how many jobs that were.
    pub async fn run_once(&self) -> crate::Result<usize> {
        let mut done = 0;
        loop {
            let service = &self.service;
            let lease = service.inner.pace.lease;
            let claimed = store::job::claim(service.store(), service.now(), lease, 1).await?;
            let Some(one) = claimed.into_iter().next() else { return Ok(done) };
            self.perform(&one).await;
            done += 1;
        }
    }

    async fn claim(&self, limit: u32) -> Vec<Claimed> {
        let service = &self.service;
        match store::job::claim(service.store(), service.now(), service.inner.pace.lease, limit).await {
            Ok(claimed) => claimed,
            Err(error) => {
                tracing::warn!(error = %crate::service::with_sources(&error), "no jobs could be claimed");
                Vec::new()
            }
        }
    }

    async fn perform(&self, claimed: &Claimed) {
        let times = if self.twice { 2 } else { 1 };
        for _ in 0..times {
            // Until the work is done the lease is kept; the keeping never ends by itself.
            let outcome = tokio::select! {
                outcome = self.service.perform(claimed) => outcome,
                error = self.service.keep(&claimed.claim) => Err(error),
            };
            let word = if outcome.is_ok() { "ok" } else { "failed" };
            metrics::counter!("eroom_jobs_total", "kind" => claimed.job.kind.as_str(), "outcome" => word).increment(1);
            if let Err(error) = outcome {
                log(Some(claimed), &error);
            }
        }
    }
}

fn log(claimed: Option<&Claimed>, error: &JobError) {
    let (job, kind) = claimed.map_or((String::new(), "none"), |c| (c.job.id.to_string(), c.job.kind.as_str()));
    match error {
        JobError::LostClaim => tracing::debug!(job, kind, "another worker has the job, or it is done"),
        JobError::Ours(error) => tracing::error!(job, kind, %error, "a job's step failed; it is taken up again"),
    }
}

impl Service {
    async fn perform(&self, claimed: &Claimed) -> Result<()> {
        match claimed.job.kind {
            JobKind::PushRoom => self.push(claimed).await,
            JobKind::RemoveFromZoom => self.remove(claimed).await,
            JobKind::ApplyWebhook => self.apply_webhook(claimed).await,
            JobKind::RefreshHosts => self.refresh_in_background(claimed).await,
            JobKind::EndTrial => self.remove_trial(claimed).await,
            JobKind::Leave => self.leave(claimed).await,
            JobKind::Sweep => self.sweep(claimed).await,
            // Nothing enqueues these yet.
            JobKind::EndAtZoom | JobKind::ReadRoom => {
                self.give_up(&claimed.claim, "nobody does this kind of job").await
            }
        }
    }

    /// Keeps the claim while its job is being done; ends only when it is lost.
    async fn keep(&self, claim: &Claim) -> JobError {
        let lease = self.inner.pace.lease;
        loop {
            clock::sleep(&*self.inner.clock, lease.as_secs_f64() / 3.0).await;
            let until = later(self.now(), lease);
            let kept: Result<()> =
                self.store().write(|mut tx| async move { Ok(store::job::extend(&mut tx, claim, until).await?) }).await;
            match kept {
                Ok(()) => {}
                Err(JobError::LostClaim) => return JobError::LostClaim,
                // The database may come back before the lease is over.
                Err(error @ JobError::Ours(_)) => log(None, &error),
            }
        }
    }

    async fn refresh_in_background(&self, claimed: &Claimed) -> Result<()> {
        let Some(id) = claimed.job.connection else {
            return self.give_up(&claimed.claim, "no connection is named").await;
        };
        let connection = store::connection::get(&mut self.store().read().await?, id).await?;
        let Some(connection) = connection else { return self.done(&claimed.claim).await };
        match self.read_hosts(&connection).await {
            Ok(_) => self.done(&claimed.claim).await,
            Err(HostsFault::Ours(error)) => Err(error.into()),
            Err(HostsFault::Zoom(fault)) => {
                let reason = fault.reason().to_owned();
                self.wait(claimed, store::job::Phase::Planned, &reason, None).await
            }
        }
    }
}
