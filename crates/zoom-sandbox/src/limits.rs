//! Counts what an account calls, per second and per day by rate label, and the plans of each host, against Zoom's table
//! ([`zoom_spec::Plan::allowance`]). Registrations are counted beside their meetings.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use clock::Timestamp;
use jiff::{SignedDuration, ToSpan as _, civil::Date, tz::TimeZone};
use zoom_spec::{
    Allowance, Label, Operation, PLANS_A_DAY,
    code::{Code, DAILY_LIMIT, HUNDRED_A_DAY, TOO_FAST},
};

use crate::{
    answer::{Answer, Refusal},
    app::App,
    world::Plan,
};

/// A bucket that holds one period's worth of calls and fills again evenly.
#[derive(Debug)]
struct Bucket {
    /// Thousandths of calls.
    left: u64,
    filled_at: Timestamp,
    /// The calls of the last period, for the strict window.
    recent: VecDeque<Timestamp>,
}

impl Bucket {
    fn full(allowance: Allowance, now: Timestamp) -> Self {
        Self { left: u64::from(allowance.calls) * 1000, filled_at: now, recent: VecDeque::new() }
    }

    fn fill(&mut self, allowance: Allowance, now: Timestamp) {
        let passed = u64::try_from(now.duration_since(self.filled_at).as_millis()).unwrap_or(0);
        let gained = passed.saturating_mul(u64::from(allowance.calls)) / u64::from(allowance.seconds);
        if gained > 0 {
            self.left = self.left.saturating_add(gained).min(u64::from(allowance.calls) * 1000);
            self.filled_at = now;
        }
        let period = SignedDuration::from_secs(allowance.seconds.into());
        while self.recent.front().is_some_and(|at| now.duration_since(*at) >= period) {
            self.recent.pop_front();
        }
    }
}

#[derive(Debug, Default)]
struct Book {
    buckets: BTreeMap<(String, Label), Bucket>,
    days: BTreeMap<(String, Label), (Date, u32)>,
    hosts: BTreeMap<String, (Date, u32)>,
    /// Users who were invited, by account.
    invited: BTreeMap<String, (Date, u32)>,
}

/// What has been called, and how strictly that is counted.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    book: Mutex<Book>,
    off: AtomicBool,
    strict_window: AtomicBool,
    all_headers: AtomicBool,
}

/// Where an account stands after a call that was let through.
#[derive(Debug)]
pub(crate) struct Standing {
    label: Label,
    used: u32,
    allowance: Allowance,
    show: bool,
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Allowance { calls, seconds, .. } = self.allowance;
        write!(f, "{} {} of {calls} a ", self.label, self.used)?;
        if seconds == 1 { f.write_str("second") } else { write!(f, "{seconds} seconds") }
    }
}

impl Standing {
    /// What answers that were not refused say of it: nothing, unless all headers were asked for.
    pub(crate) fn headers(&self) -> Vec<(&'static str, String)> {
        if !self.show {
            return Vec::new();
        }
        let left = self.allowance.calls.saturating_sub(self.used);
        numbers("QPS", self.allowance.calls, left)
    }
}

fn numbers(kind: &str, limit: u32, left: u32) -> Vec<(&'static str, String)> {
    vec![
        ("x-ratelimit-type", kind.to_owned()),
        ("x-ratelimit-limit", limit.to_string()),
        ("x-ratelimit-remaining", left.to_string()),
    ]
}

impl Limits {
    /// Whether calls are counted at all.
    pub(crate) fn set_enforced(&self, enforced: bool) {
        self.off.store(!enforced, Ordering::Relaxed);
    }

    /// Whether anything is refused for being too often.
    pub(crate) fn are_enforced(&self) -> bool {
        !self.off.load(Ordering::Relaxed)
    }

    /// Counts the calls of the last second (or minute) one by one, in place of a bucket that fills evenly.
    pub(crate) fn set_strict_window(&self, strict: bool) {
        self.strict_window.store(strict, Ordering::Relaxed);
    }

    /// Sends type, limit and remaining with every answer, not only with 429.
    pub(crate) fn set_all_headers(&self, all: bool) {
        self.all_headers.store(all, Ordering::Relaxed);
    }

    /// The three switches: enforced, strict window, all headers.
    pub(crate) fn switches(&self) -> (bool, bool, bool) {
        let read = |switch: &AtomicBool| switch.load(Ordering::Relaxed);
        (self.are_enforced(), read(&self.strict_window), read(&self.all_headers))
    }

    /// Forgets what was counted.
    pub(crate) fn clear(&self) {
        *self.book.lock().unwrap_or_else(PoisonError::into_inner) = Book::default();
    }

    /// Counts a call of `account`, or refuses it.
    pub(crate) fn count(&self, app: &App, account: &str, operation: &Operation) -> Result<Standing, Answer> {
        let label = operation.label.unwrap_or(Label::Light);
        let plan =
            app.world.read(|state| state.account(account).map(|known| known.plan)).unwrap_or_default().of_limits();
        let allowance = plan.allowance(label);
        let (enforced, strict, show) = self.switches();
        let now = app.now();
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        let used = book.take(account, label, allowance, now, strict);
        let day = book.count_day(account, plan.day_shelf(label), now);
        match (used, allowance.a_day) {
            _ if !enforced => Ok(Standing { label, used: used.unwrap_or(allowance.calls), allowance, show }),
            (_, Some(most)) if day > most => Err(daily(&DAILY_LIMIT, most, now)),
            (None, _) => Err(too_fast(allowance, app)),
            (Some(used), _) => Ok(Standing { label, used, allowance, show }),
        }
    }

    /// Counts a plan made or changed for `host`, or refuses the hundred-and-first of the day.
    pub(crate) fn count_plan(&self, host: &str, now: Timestamp) -> Result<(), Refusal> {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        let count = of_today(&mut book.hosts, host, now);
        if *count >= PLANS_A_DAY && self.are_enforced() {
            return Err(HUNDRED_A_DAY.into());
        }
        *count += 1;
        Ok(())
    }

    /// Counts an invitation of a user to an account of this plan, or refuses it for the rest of the day.
    pub(crate) fn count_invitation(&self, account: &str, plan: Plan, now: Timestamp) -> Result<(), Answer> {
        let most = plan.of_limits().invitations_a_day();
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        let count = of_today(&mut book.invited, account, now);
        if *count >= most && self.are_enforced() {
            return Err(daily(&DAILY_LIMIT, most, now));
        }
        *count += 1;
        Ok(())
    }
}

impl Book {
    /// How many of the period's calls are used with this one; nothing where it is one too many.
    fn take(&mut self, account: &str, label: Label, allowance: Allowance, now: Timestamp, strict: bool) -> Option<u32> {
        let key = (account.to_owned(), label);
        let bucket = self.buckets.entry(key).or_insert_with(|| Bucket::full(allowance, now));
        bucket.fill(allowance, now);
        let recent = u32::try_from(bucket.recent.len()).unwrap_or(u32::MAX);
        let room = if strict { recent < allowance.calls } else { bucket.left >= 1000 };
        if !room {
            return None;
        }
        bucket.left = bucket.left.saturating_sub(1000);
        bucket.recent.push_back(now);
        let left = u32::try_from(bucket.left / 1000).unwrap_or(u32::MAX);
        Some(if strict { recent + 1 } else { allowance.calls.saturating_sub(left) })
    }

    fn count_day(&mut self, account: &str, label: Label, now: Timestamp) -> u32 {
        let today = day_of(now);
        let (day, calls) = self.days.entry((account.to_owned(), label)).or_insert((today, 0));
        if *day != today {
            (*day, *calls) = (today, 0);
        }
        *calls = calls.saturating_add(1);
        *calls
    }
}

/// The count of somebody or something for the day of UTC, which begins at nothing.
fn of_today<'a>(counts: &'a mut BTreeMap<String, (Date, u32)>, of: &str, now: Timestamp) -> &'a mut u32 {
    let today = day_of(now);
    let (day, count) = counts.entry(of.to_owned()).or_insert((today, 0));
    if *day != today {
        (*day, *count) = (today, 0);
    }
    count
}

fn day_of(now: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(now).date()
}

fn too_fast(allowance: Allowance, app: &App) -> Answer {
    let mut answer = Answer::from(Refusal::from(TOO_FAST));
    if !app.clock.is_running() {
        answer.why = format!("{} The clock stands still: let it run or advance it.", answer.why);
    }
    numbers("QPS", allowance.calls, 0).into_iter().fold(answer, |answer, (name, value)| answer.with_header(name, value))
}

/// A refusal for the rest of the day of UTC, with the instant it ends.
fn daily(code: &Code, limit: u32, now: Timestamp) -> Answer {
    let tomorrow = day_of(now).saturating_add(1.day()).to_zoned_datetime(TimeZone::UTC);
    let until = tomorrow.map(|midnight| crate::wire::instant(midnight.timestamp())).unwrap_or_default();
    let answer = Answer::from(Refusal::from(*code)).with_header("retry-after", until);
    numbers("Daily-limit", limit, 0).into_iter().fold(answer, |answer, (name, value)| answer.with_header(name, value))
}
