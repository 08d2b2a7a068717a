//! The ledger of hosts: Zoom takes a hundred creations and changes of meetings and webinars for each host and day of UTC.

use jiff::{SignedDuration, Timestamp};
use model::{ConnectionId, ZoomUserId};
use store::job::Claim;
use zoom_client::{Error, Executed, Limit, next_utc_day};

use crate::{Service, outbox::pace::later};

/// How many of a host's creations and changes Zoom takes in a day of UTC.
pub const PLANS_A_DAY: u32 = zoom_spec::PLANS_A_DAY;

/// One taken of a host's day, to be given back where it was not sent.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    connection: ConnectionId,
    host: ZoomUserId,
    at: Timestamp,
}

/// Why nothing was taken: the host's day is used up.
#[derive(Clone, Debug)]
pub(crate) struct Full {
    /// 00:00 UTC.
    pub(crate) until: Timestamp,
}

impl Full {
    /// In words for people, of what is done by itself then.
    pub(crate) fn waits(&self) -> String {
        format!("{USED_UP} It goes on by itself at {}.", self.until.strftime("%Y-%m-%d %H:%M UTC"))
    }

    /// In words for people, of what somebody has to do again then.
    pub(crate) fn refuses(&self) -> String {
        format!("{USED_UP} Nothing was sent; run it again from {} on.", self.until.strftime("%Y-%m-%d %H:%M UTC"))
    }
}

const USED_UP: &str = "Zoom takes 100 creations and changes for each host and day, and this host's are used up.";

impl Service {
    /// Takes one creation or change of the host's day for a job, unless another worker has the job by now.
    pub(crate) async fn take_plan(
        &self,
        claim: &Claim,
        connection: ConnectionId,
        host: &ZoomUserId,
    ) -> Result<Result<Taken, Full>, store::Error> {
        let (now, most, lease) = (self.now(), i64::from(PLANS_A_DAY), self.inner.pace.lease);
        let write = |mut tx| async move {
            store::job::extend(&mut tx, claim, later(now, lease)).await?;
            store::host_day::take(&mut tx, connection, host, now, most).await
        };
        let taken: Option<i64> = self.store().write(write).await?;
        Ok(took(taken, connection, host, now))
    }

    /// The same for somebody who waits for the answer.
    pub(crate) async fn take_plan_now(
        &self,
        connection: ConnectionId,
        host: &ZoomUserId,
    ) -> Result<Result<Taken, Full>, store::Error> {
        let (now, most) = (self.now(), i64::from(PLANS_A_DAY));
        let write = |mut tx| async move { store::host_day::take(&mut tx, connection, host, now, most).await };
        let taken: Option<i64> = self.store().write(write).await?;
        Ok(took(taken, connection, host, now))
    }

    /// Notes what an error says of the host's day: what Zoom refused for being the hundred-and-first closes it, and what it
    /// surely did not do otherwise is given back. Should Zoom count what it refuses, it says so at its hundred-and-first;
    /// counted here for nothing, nobody would ever hear of it.
    pub(crate) async fn settle_plan(&self, taken: Taken, error: &Error) -> Result<(), store::Error> {
        let Taken { connection, host, at } = &taken;
        match error {
            Error::RateLimited { limit: Limit::HostDaily, .. } => {
                let write = |mut tx| async move { store::host_day::refuse(&mut tx, *connection, host, *at).await };
                self.store().write(write).await
            }
            _ if error.executed() == Executed::No => self.give_plan_back(&taken).await,
            _ => Ok(()),
        }
    }

    /// Gives back what was not sent.
    pub(crate) async fn give_plan_back(&self, taken: &Taken) -> Result<(), store::Error> {
        let Taken { connection, host, at } = taken;
        let write = |mut tx| async move { store::host_day::give_back(&mut tx, *connection, host, *at).await };
        self.store().write(write).await
    }
}

fn took(taken: Option<i64>, connection: ConnectionId, host: &ZoomUserId, now: Timestamp) -> Result<Taken, Full> {
    match taken {
        Some(_) => Ok(Taken { connection, host: host.clone(), at: now }),
        None => Err(Full { until: next_utc_day(now) }),
    }
}

/// When so many creations and changes are through, where `used` of today's are taken already and nothing else is sent:
/// the instant from which the last of them may be sent.
pub fn forecast(now: Timestamp, used: u32, wanted: u32) -> Timestamp {
    let left = PLANS_A_DAY.saturating_sub(used);
    if wanted <= left {
        return now;
    }
    let days = (wanted - left).div_ceil(PLANS_A_DAY);
    let more = SignedDuration::from_hours(24 * i64::from(days.saturating_sub(1)));
    next_utc_day(now).saturating_add(more).unwrap_or(Timestamp::MAX)
}

/// How many days of UTC there are from one instant to another, both included.
pub(crate) fn days_between(from: Timestamp, to: Timestamp) -> u32 {
    let day = store::host_day::day_of;
    u32::try_from(day(to).saturating_sub(day(from)).saturating_add(1)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_names_zooms_number() {
        assert!(USED_UP.contains(&format!(" {PLANS_A_DAY} ")));
    }

    #[test]
    fn a_forecast_counts_the_days_that_are_needed() {
        let now: Timestamp = "2026-11-23T21:00:00Z".parse().unwrap();
        let at = |used, wanted| forecast(now, used, wanted).to_string();
        assert_eq!(at(0, 100), "2026-11-23T21:00:00Z");
        assert_eq!(at(1, 100), "2026-11-24T00:00:00Z");
        assert_eq!(at(100, 100), "2026-11-24T00:00:00Z");
        assert_eq!(at(100, 101), "2026-11-25T00:00:00Z");
        assert_eq!(at(40, 300), "2026-11-26T00:00:00Z");
        assert_eq!(at(140, 0), "2026-11-23T21:00:00Z");
    }
}
