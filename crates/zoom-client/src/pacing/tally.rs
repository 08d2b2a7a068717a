//! What of an account's limits is taken: pure, so that a book in memory and one in a database reckon alike.

use clock::Timestamp;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use zoom_spec::{Label, Plan};

use crate::Limit;

/// Below the plan's rate by this much, in thousandths: clocks and networks are not exact.
const HEADROOM: i64 = 30;
/// How long a run of instants is that one process takes at once.
const RUN: SignedDuration = SignedDuration::from_millis(250);
/// How long a lane stays slower after a 429.
const SLOWED_FOR: SignedDuration = SignedDuration::from_mins(10);
/// How often a lane is halved at most.
const MOST_HALVINGS: u32 = 3;
/// 429s within this time are about the same crowd.
const ONE_CROWD: SignedDuration = SignedDuration::from_secs(1);

/// What an account may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Its plan.
    pub plan: Plan,
    /// The share that is for this client, in percent (1 to 100): other apps draw from the same limits.
    pub share: u32,
}

impl Default for Terms {
    /// Pro, all of it. An account with less is found out by its first 429, and asked more slowly from then on.
    fn default() -> Self {
        Self { plan: Plan::Pro, share: 100 }
    }
}

impl Terms {
    fn share(self) -> i64 {
        i64::from(self.share.clamp(1, 100))
    }

    /// The time between two calls of a label, where nothing has slowed it down.
    pub fn interval(self, label: Label) -> SignedDuration {
        let allowance = self.plan.allowance(label);
        let evenly = i64::from(allowance.calls.saturating_sub(self.burst(label)).max(1));
        let rate = evenly * self.share() * (1000 - HEADROOM);
        let nanos = i64::from(allowance.seconds) * 1_000_000_000 * 100 * 1000 / rate.max(1);
        SignedDuration::from_nanos(nanos)
    }

    /// How many calls may go at once after a rest. Where calls are counted by the minute, people would wait long for the
    /// second one otherwise.
    fn burst(self, label: Label) -> u32 {
        let allowance = self.plan.allowance(label);
        if allowance.seconds > 1 { allowance.calls / 3 } else { 0 }
    }

    /// Calls in a day of UTC, over all labels of the shelf; nothing where Zoom names no limit.
    pub fn a_day(self, label: Label) -> Option<u32> {
        let a_day = i64::from(self.plan.allowance(label).a_day?);
        u32::try_from(a_day * self.share() / 100).ok()
    }
}

/// One label's line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lane {
    /// When the next call may go, in microseconds of the Unix epoch.
    next_us: i64,
    /// The day that `used` counts, in days of the Unix epoch.
    day: i64,
    /// Calls taken on that day; of a shelf, in the lane it is named after.
    used: u32,
    /// How often the lane is halved.
    halvings: u32,
    /// Until when, in microseconds.
    slowed_until_us: i64,
    /// Nothing goes before this instant, in microseconds, because Zoom said so; which limit it was is `closed_by_day`.
    closed_until_us: i64,
}

/// What of an account's limits is taken, by label.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    light: Lane,
    medium: Lane,
    heavy: Lane,
    resource_intensive: Lane,
}

/// The instants one process may use, or why there are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reserved {
    /// One call at each.
    Run(Vec<Timestamp>),
    /// None before `until`.
    Closed {
        /// Which limit is used up.
        limit: Limit,
        /// When it is free again.
        until: Timestamp,
    },
}

impl Tally {
    /// The lane of a label.
    pub fn lane(&self, label: Label) -> &Lane {
        match label {
            Label::Light => &self.light,
            Label::Medium => &self.medium,
            Label::Heavy => &self.heavy,
            Label::ResourceIntensive => &self.resource_intensive,
        }
    }

    fn lane_mut(&mut self, label: Label) -> &mut Lane {
        match label {
            Label::Light => &mut self.light,
            Label::Medium => &mut self.medium,
            Label::Heavy => &mut self.heavy,
            Label::ResourceIntensive => &mut self.resource_intensive,
        }
    }

    /// Calls of the label's shelf taken on the day of UTC that `now` is in.
    pub fn used_today(&self, terms: Terms, label: Label, now: Timestamp) -> u32 {
        let day = self.lane(terms.plan.day_shelf(label));
        if day.day == day_of(now) { day.used } else { 0 }
    }

    /// Takes instants for up to `wanted` calls: no more than a quarter of a second's worth, and at least one, so that
    /// no process holds the lane for long.
    pub fn reserve(&mut self, terms: Terms, label: Label, wanted: u32, now: Timestamp) -> Reserved {
        let day = self.lane_mut(terms.plan.day_shelf(label));
        if day.day != day_of(now) {
            (day.day, day.used) = (day_of(now), 0);
        }
        if micros(now) < day.closed_until_us {
            return Reserved::Closed { limit: Limit::Daily, until: at(day.closed_until_us) };
        }
        let left = terms.a_day(label).map_or(u32::MAX, |most| most.saturating_sub(day.used));
        if left == 0 {
            return Reserved::Closed { limit: Limit::Daily, until: crate::limit::next_utc_day(now) };
        }
        let lane = self.lane_mut(label);
        let interval = lane.interval(terms, label, now);
        let run = u32::try_from(i64::try_from(RUN.as_micros()).unwrap_or(0) / interval.max(1)).unwrap_or(1).max(1);
        let count = wanted.min(run).min(left).max(1);
        let burst = interval.saturating_mul(terms.burst(label).into());
        let instants = (0..count)
            .map(|_| {
                lane.next_us = lane.next_us.max(micros(now));
                let instant = lane.next_us.saturating_sub(burst).max(micros(now));
                lane.next_us = lane.next_us.saturating_add(interval);
                at(instant)
            })
            .collect();
        let day = self.lane_mut(terms.plan.day_shelf(label));
        day.used = day.used.saturating_add(count);
        Reserved::Run(instants)
    }

    /// Zoom refused a call of this label for being one too many.
    pub fn refused(&mut self, terms: Terms, label: Label, limit: Limit, until: Timestamp, now: Timestamp) {
        match limit {
            Limit::PerSecond | Limit::Unknown => self.lane_mut(label).slow(now),
            Limit::Daily => {
                let day = self.lane_mut(terms.plan.day_shelf(label));
                day.closed_until_us = day.closed_until_us.max(micros(until));
            }
            // About one user, not about the account.
            Limit::HostDaily | Limit::Concurrent => {}
        }
    }
}

impl Lane {
    /// The share of the plan's rate at which it goes now: 1, 2, 4 or 8 parts, and until when.
    pub fn slowed(&self, now: Timestamp) -> Option<(u32, Timestamp)> {
        (self.halvings > 0 && micros(now) < self.slowed_until_us)
            .then(|| (1 << self.halvings.min(MOST_HALVINGS), at(self.slowed_until_us)))
    }

    /// Until when Zoom has closed it for the day.
    pub fn closed(&self, now: Timestamp) -> Option<Timestamp> {
        (micros(now) < self.closed_until_us).then(|| at(self.closed_until_us))
    }

    /// Microseconds between two calls.
    fn interval(&mut self, terms: Terms, label: Label, now: Timestamp) -> i64 {
        if micros(now) >= self.slowed_until_us {
            self.halvings = 0;
        }
        let evenly = i64::try_from(terms.interval(label).as_micros()).unwrap_or(i64::MAX);
        evenly.saturating_mul(1 << self.halvings.min(MOST_HALVINGS))
    }

    fn slow(&mut self, now: Timestamp) {
        let until = self.slowed_until_us;
        let already = until.saturating_sub(micros_of(SLOWED_FOR)).saturating_add(micros_of(ONE_CROWD)) > micros(now);
        if until <= micros(now) {
            self.halvings = 0;
        }
        if !already {
            self.halvings = self.halvings.saturating_add(1).min(MOST_HALVINGS);
        }
        self.slowed_until_us = until.max(micros(now).saturating_add(micros_of(SLOWED_FOR)));
        self.next_us = self.next_us.max(micros(now).saturating_add(micros_of(ONE_CROWD)));
    }
}

fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

fn micros_of(time: SignedDuration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

fn at(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX)
}

fn day_of(now: Timestamp) -> i64 {
    now.as_second().div_euclid(86_400)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn noon() -> Timestamp {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    fn run(tally: &mut Tally, terms: Terms, label: Label, wanted: u32, now: Timestamp) -> Vec<Timestamp> {
        match tally.reserve(terms, label, wanted, now) {
            Reserved::Run(instants) => instants,
            closed @ Reserved::Closed { .. } => panic!("{closed:?}"),
        }
    }

    /// Takes everything a lane gives from `from` until `to`.
    fn all(tally: &mut Tally, terms: Terms, label: Label, from: Timestamp, to: Timestamp) -> Vec<Timestamp> {
        let (mut taken, mut now) = (Vec::new(), from);
        while now < to {
            let run = run(tally, terms, label, 1000, now);
            now = run.last().copied().unwrap().max(now);
            taken.extend(run);
        }
        taken.retain(|at| *at < to);
        taken
    }

    #[test]
    fn a_minute_of_each_lane_is_nearly_what_the_plan_allows_and_no_window_holds_more() {
        for plan in Plan::ALL {
            for label in Label::ALL {
                let (terms, mut tally) = (Terms { plan: *plan, share: 100 }, Tally::default());
                let allowance = plan.allowance(*label);
                let taken = all(&mut tally, terms, *label, noon(), noon() + SignedDuration::from_mins(1));
                let most = allowance.calls * 60 / allowance.seconds;
                let taken_count = u32::try_from(taken.len()).unwrap();
                let least = if allowance.seconds == 1 { most * 95 / 100 } else { most / 2 };
                assert!((least..=most).contains(&taken_count), "{plan} {label}: {taken_count} of {most}");
                for (number, first) in taken.iter().enumerate() {
                    let end = *first + SignedDuration::from_secs(allowance.seconds.into());
                    let within = taken.iter().skip(number).filter(|at| **at < end).count();
                    assert!(within <= allowance.calls as usize, "{plan} {label}: {within} from {first}");
                }
            }
        }
    }

    #[test]
    fn a_run_is_short_so_that_nobody_holds_the_lane() {
        let (terms, mut tally) = (Terms { plan: Plan::Business, share: 100 }, Tally::default());
        let taken = run(&mut tally, terms, Label::Light, 1000, noon());
        assert!((15..=20).contains(&taken.len()), "{}", taken.len());
        assert_eq!(run(&mut tally, terms, Label::Light, 3, noon()).len(), 3);
        let free = Terms { plan: Plan::Free, share: 100 };
        assert_eq!(run(&mut tally, free, Label::Heavy, 1000, noon()).len(), 1);
    }

    #[test]
    fn a_429_halves_the_lane_for_ten_minutes_and_a_crowd_of_them_halves_it_once() {
        let (terms, mut tally) = (Terms::default(), Tally::default());
        let rate = |tally: &mut Tally, now: Timestamp| {
            all(tally, terms, Label::Light, now, now + SignedDuration::from_secs(10)).len()
        };
        let full = rate(&mut tally, noon());
        let now = noon() + SignedDuration::from_secs(20);
        for _ in 0..30 {
            tally.refused(terms, Label::Light, Limit::PerSecond, now, now);
        }
        assert_eq!(tally.lane(Label::Light).slowed(now).map(|(parts, _)| parts), Some(2));
        let after = now + SignedDuration::from_secs(2);
        assert!(rate(&mut tally, after).abs_diff(full / 2) <= 1);
        assert_eq!(tally.lane(Label::Medium).slowed(now), None);
        for second in 0..9 {
            let at = after + SignedDuration::from_secs(20 + 5 * second);
            tally.refused(terms, Label::Light, Limit::PerSecond, at, at);
        }
        let late = after + SignedDuration::from_secs(80);
        assert_eq!(tally.lane(Label::Light).slowed(late).map(|(parts, _)| parts), Some(8));
        let over = late + SignedDuration::from_mins(10);
        assert_eq!(tally.lane(Label::Light).slowed(over), None);
        assert!(rate(&mut tally, over).abs_diff(full) <= 1);
    }

    #[test]
    fn a_day_that_is_used_up_is_closed_until_midnight_and_opens_by_itself() {
        let terms = Terms { plan: Plan::Free, share: 50 };
        let mut tally = Tally::default();
        let mut now = noon();
        for _ in 0..500 {
            now = run(&mut tally, terms, Label::Heavy, 1, now).pop().unwrap();
        }
        let midnight = "2026-11-24T00:00:00Z".parse().unwrap();
        let closed = Reserved::Closed { limit: Limit::Daily, until: midnight };
        assert_eq!(tally.reserve(terms, Label::Heavy, 1, now), closed);
        assert_eq!(tally.used_today(terms, Label::Heavy, now), 500);
        assert!(matches!(tally.reserve(terms, Label::Light, 1, now), Reserved::Run(_)));
        assert!(matches!(tally.reserve(terms, Label::Heavy, 1, midnight), Reserved::Run(_)));
    }

    #[test]
    fn heavy_and_resource_intensive_calls_of_a_paid_plan_share_a_day() {
        let (terms, mut tally) = (Terms::default(), Tally::default());
        run(&mut tally, terms, Label::ResourceIntensive, 1, noon());
        run(&mut tally, terms, Label::Heavy, 1, noon());
        assert_eq!(tally.used_today(terms, Label::Heavy, noon()), 2);
        let until = noon() + SignedDuration::from_hours(3);
        tally.refused(terms, Label::ResourceIntensive, Limit::Daily, until, noon());
        assert_eq!(
            tally.reserve(terms, Label::Heavy, 1, noon()),
            Reserved::Closed { limit: Limit::Daily, until },
            "Zoom's own word counts"
        );
    }

    proptest! {
        #[test]
        fn whatever_is_asked_in_whatever_order_no_window_of_a_second_holds_more_than_the_plan(
            asks in prop::collection::vec((0_u32..40, 0_i64..400, prop::bool::weighted(0.05)), 1..120),
            share in 1_u32..=100,
        ) {
            let terms = Terms { plan: Plan::Business, share };
            let (mut tally, mut now, mut taken) = (Tally::default(), noon(), Vec::new());
            for (wanted, wait, refused) in asks {
                if refused {
                    tally.refused(terms, Label::Medium, Limit::PerSecond, now, now);
                }
                if let Reserved::Run(run) = tally.reserve(terms, Label::Medium, wanted, now) {
                    prop_assert!(run.iter().all(|at| at.as_microsecond() >= now.as_microsecond()));
                    taken.extend(run);
                }
                now += SignedDuration::from_millis(wait);
            }
            for (number, first) in taken.iter().enumerate() {
                let end = *first + SignedDuration::from_secs(1);
                let within = taken.iter().skip(number).filter(|at| **at < end).count();
                prop_assert!(within <= 1 + (60 * share / 100) as usize);
            }
        }
    }
}
