//! A rule out of the `recurrence` of a request, with the fields that are wrong in it.

use clock::Timestamp;
use serde_json::{Map, Value};

use super::{End, Recurrence, Rhythm};
use crate::world::Kind;

/// The greatest `end_times` of both schemas; the lists of occurrences end earlier.
const MOST_TIMES: i64 = 60;

const TYPE: &str = "recurrence.type";
const INTERVAL: &str = "recurrence.repeat_interval";
const WEEKLY_DAYS: &str = "recurrence.weekly_days";
const MONTHLY_DAY: &str = "recurrence.monthly_day";
const MONTHLY_WEEK: &str = "recurrence.monthly_week";
const MONTHLY_WEEK_DAY: &str = "recurrence.monthly_week_day";
const END_TIMES: &str = "recurrence.end_times";
const END_DATE_TIME: &str = "recurrence.end_date_time";

type Wrong = Vec<&'static str>;

impl Recurrence {
    /// Reads `recurrence`; an error is the list of its wrong fields. Fields that belong to another type of rule are
    /// ignored, and a week of the month goes before a day of the month.
    pub fn read(given: &Map<String, Value>, kind: Kind) -> Result<Self, Wrong> {
        let mut wrong = Wrong::new();
        let rhythm = rhythm(given, &mut wrong);
        let every = every(given, kind, rhythm.as_ref(), &mut wrong);
        let end = end(given, kind, &mut wrong);
        match (rhythm, every, end) {
            (Some(rhythm), Some(every), Some(end)) if wrong.is_empty() => Ok(Self { rhythm, every, end }),
            _ => Err(wrong),
        }
    }
}

/// The number called `name`, or `default` where there is none; anything else is wrong.
fn number(given: &Map<String, Value>, field: &'static str, default: i64, wrong: &mut Wrong) -> Option<i64> {
    let Some(value) = member(given, field) else { return Some(default) };
    let read = value.as_i64();
    if read.is_none() {
        wrong.push(field);
    }
    read
}

/// The value of a field, which is named with the object it is in.
fn member<'a>(given: &'a Map<String, Value>, field: &str) -> Option<&'a Value> {
    given.get(field.strip_prefix("recurrence.").unwrap_or(field)).filter(|value| !value.is_null())
}

/// `value` where it is within the bounds; otherwise the field is wrong.
fn within<T: TryFrom<i64>>(
    value: i64,
    bounds: std::ops::RangeInclusive<i64>,
    field: &'static str,
    wrong: &mut Wrong,
) -> Option<T> {
    let read = Some(value).filter(|value| bounds.contains(value)).and_then(|value| T::try_from(value).ok());
    if read.is_none() {
        wrong.push(field);
    }
    read
}

fn rhythm(given: &Map<String, Value>, wrong: &mut Wrong) -> Option<Rhythm> {
    match number(given, TYPE, 0, wrong)? {
        1 => Some(Rhythm::Daily),
        2 => weekly_days(given, wrong).map(Rhythm::Weekly),
        3 if member(given, MONTHLY_WEEK).is_some() || member(given, MONTHLY_WEEK_DAY).is_some() => {
            let week = number(given, MONTHLY_WEEK, 0, wrong);
            let week = week.filter(|week| *week != 0).or_else(|| {
                wrong.push(MONTHLY_WEEK);
                None
            });
            let week = week.and_then(|week| within(week, -1..=4, MONTHLY_WEEK, wrong));
            let day = number(given, MONTHLY_WEEK_DAY, 0, wrong);
            let day = day.and_then(|day| within(day, 1..=7, MONTHLY_WEEK_DAY, wrong));
            wrong.dedup();
            Some(Rhythm::MonthlyOnWeekday { week: week?, day: day? })
        }
        3 => {
            let day = number(given, MONTHLY_DAY, 1, wrong)?;
            within(day, 1..=31, MONTHLY_DAY, wrong).map(Rhythm::MonthlyOnDay)
        }
        _ => {
            wrong.push(TYPE);
            None
        }
    }
}

/// `"1,3"` is Sunday and Tuesday. Zoom's default is Sunday.
fn weekly_days(given: &Map<String, Value>, wrong: &mut Wrong) -> Option<Vec<u8>> {
    let days = match member(given, WEEKLY_DAYS) {
        None => Some(vec![1]),
        Some(Value::String(text)) => {
            let day = |day: &str| day.trim().parse::<u8>().ok().filter(|day| (1..=7).contains(day));
            text.split(',').map(day).collect::<Option<Vec<_>>>()
        }
        Some(_) => None,
    };
    let Some(mut days) = days else {
        wrong.push(WEEKLY_DAYS);
        return None;
    };
    days.sort_unstable();
    days.dedup();
    Some(days)
}

/// The schema of meetings allows longer intervals than that of webinars.
fn every(given: &Map<String, Value>, kind: Kind, rhythm: Option<&Rhythm>, wrong: &mut Wrong) -> Option<u16> {
    let most = match (kind, rhythm?) {
        (Kind::Meeting, Rhythm::Daily) => 99,
        (Kind::Meeting, Rhythm::Weekly(_)) => 50,
        (Kind::Meeting, _) => 10,
        (Kind::Webinar, Rhythm::Daily) => 90,
        (Kind::Webinar, Rhythm::Weekly(_)) => 12,
        (Kind::Webinar, _) => 3,
    };
    let every = number(given, INTERVAL, 1, wrong)?;
    within(every, 1..=most, INTERVAL, wrong)
}

/// By count or by time, never both; once where nothing is said.
fn end(given: &Map<String, Value>, kind: Kind, wrong: &mut Wrong) -> Option<End> {
    let times = member(given, END_TIMES);
    let Some(last) = member(given, END_DATE_TIME) else {
        let times = number(given, END_TIMES, 1, wrong)?;
        return match (kind, times) {
            (Kind::Meeting, 0) => Some(End::Never),
            _ => within(times, 1..=MOST_TIMES, END_TIMES, wrong).map(End::Times),
        };
    };
    let read = last.as_str().filter(|text| text.ends_with('Z')).and_then(|text| text.parse::<Timestamp>().ok());
    if read.is_none() {
        wrong.push(END_DATE_TIME);
    }
    if times.is_some() {
        wrong.push(END_TIMES);
        return None;
    }
    read.map(End::At)
}
