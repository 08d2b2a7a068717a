//! How a meeting or webinar recurs at a fixed time: Zoom's small set of rules, and the starts that come of one.

mod read;
#[cfg(test)]
mod tests;

use clock::Timestamp;
use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Zoom keeps at most so many occurrences of one series.
pub const MOST_OCCURRENCES: usize = 50;

/// After so many periods without a day that fits, none will come: the 31st of February, every twelve months.
const BARREN: u32 = 64;

/// A rule of recurrence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurrence {
    /// On which days.
    pub rhythm: Rhythm,
    /// Every so many days, weeks or months.
    pub every: u16,
    /// When it is over.
    pub end: End,
}

/// The days of a rule. Weekdays count from Sunday, which is 1; weeks begin with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rhythm {
    /// Type 1.
    Daily,
    /// Type 2: on these days of the week, in order and each once.
    Weekly(Vec<u8>),
    /// Type 3, on a day of the month. Months that have no such day are left out.
    MonthlyOnDay(u8),
    /// Type 3, on a day of one week of the month.
    MonthlyOnWeekday {
        /// 1 to 4, or -1 for the last.
        week: i8,
        /// The day.
        day: u8,
    },
}

/// The end of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// After so many times.
    Times(u16),
    /// No start is later than this.
    At(Timestamp),
    /// Never: `end_times` 0, for meetings only.
    Never,
}

impl Recurrence {
    /// The starts, the first at or after `first`, at most [`MOST_OCCURRENCES`].
    ///
    /// The wall time in `zone` stays the same across changes of its offset. A wall time that is skipped moves forward
    /// by the gap; of one that happens twice the first is meant, unless `first` itself is the second.
    pub fn starts(&self, first: Timestamp, zone: &TimeZone) -> Vec<Timestamp> {
        let local = zone.to_datetime(first);
        let at = |date: Date| {
            if date == local.date() { Some(first) } else { zone.to_timestamp(date.to_datetime(local.time())).ok() }
        };
        let most = match self.end {
            End::Times(times) => usize::from(times).min(MOST_OCCURRENCES),
            End::At(_) | End::Never => MOST_OCCURRENCES,
        };
        let last = match self.end {
            End::At(last) => last,
            End::Times(_) | End::Never => Timestamp::MAX,
        };
        let dates = Dates { rule: self, from: local.date(), period: 0, ready: Vec::new() };
        dates.map_while(at).take_while(|start| *start <= last).take(most).collect()
    }

    /// `recurrence`, as answers and webhooks show it.
    pub fn to_json(&self) -> Map<String, Value> {
        let mut members = Map::new();
        let mut put = |name: &str, value: Value| drop(members.insert(name.to_owned(), value));
        put("type", self.code().into());
        put("repeat_interval", self.every.into());
        match &self.rhythm {
            Rhythm::Daily => {}
            Rhythm::Weekly(days) => {
                let days: Vec<_> = days.iter().map(u8::to_string).collect();
                put("weekly_days", days.join(",").into());
            }
            Rhythm::MonthlyOnDay(day) => put("monthly_day", (*day).into()),
            Rhythm::MonthlyOnWeekday { week, day } => {
                put("monthly_week", (*week).into());
                put("monthly_week_day", (*day).into());
            }
        }
        match self.end {
            End::Times(times) => put("end_times", times.into()),
            End::At(last) => put("end_date_time", last.strftime("%Y-%m-%dT%H:%M:%SZ").to_string().into()),
            End::Never => put("end_times", 0.into()),
        }
        members
    }

    /// Zoom's `type` of the rule.
    fn code(&self) -> u8 {
        match self.rhythm {
            Rhythm::Daily => 1,
            Rhythm::Weekly(_) => 2,
            Rhythm::MonthlyOnDay(_) | Rhythm::MonthlyOnWeekday { .. } => 3,
        }
    }

    /// The days of the `period`th day, week or month after the one that `from` is in, in order.
    fn days_of(&self, from: Date, period: u32) -> Option<Vec<Date>> {
        let passed = i64::from(period) * i64::from(self.every);
        Some(match &self.rhythm {
            Rhythm::Daily => vec![from.checked_add(passed.days()).ok()?],
            Rhythm::Weekly(days) => {
                let since_sunday = i64::from(from.weekday().to_sunday_zero_offset());
                let sunday = from.checked_add((passed * 7 - since_sunday).days()).ok()?;
                days.iter().filter_map(|day| sunday.checked_add((i64::from(*day) - 1).days()).ok()).collect()
            }
            Rhythm::MonthlyOnDay(day) => {
                let month = from.first_of_month().checked_add(passed.months()).ok()?;
                let day = i8::try_from(*day).ok()?;
                Date::new(month.year(), month.month(), day).into_iter().collect()
            }
            Rhythm::MonthlyOnWeekday { week, day } => {
                let month = from.first_of_month().checked_add(passed.months()).ok()?;
                let day = Weekday::from_sunday_one_offset(i8::try_from(*day).ok()?).ok()?;
                month.nth_weekday_of_month(*week, day).into_iter().collect()
            }
        })
    }
}

/// The days of a rule from a day on, without an end.
struct Dates<'a> {
    rule: &'a Recurrence,
    from: Date,
    period: u32,
    /// What is left of the present period, latest first.
    ready: Vec<Date>,
}

impl Iterator for Dates<'_> {
    type Item = Date;

    fn next(&mut self) -> Option<Date> {
        for _ in 0..BARREN {
            if let Some(date) = self.ready.pop() {
                return Some(date);
            }
            self.ready = self.rule.days_of(self.from, self.period)?;
            self.ready.retain(|date| *date >= self.from);
            self.ready.reverse();
            self.period += 1;
        }
        None
    }
}
