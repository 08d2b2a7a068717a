//! How a meeting or webinar recurs, in Zoom's small set of rules, and the sittings that come of it.

use clock::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Extra, instant};

/// A day of the week; Zoom counts from Sunday, which is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the days say it")]
pub enum Weekday {
    Sunday = 1,
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
}

/// A rule of recurrence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurrence {
    /// 1 daily, 2 weekly, 3 monthly.
    #[serde(rename = "type")]
    pub kind: u8,
    /// Every so many days, weeks or months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat_interval: Option<u16>,
    /// Weekly: the days, as `1,3` for Sunday and Tuesday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekly_days: Option<String>,
    /// Monthly: the day of the month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monthly_day: Option<u8>,
    /// Monthly: the week of the month; -1 is the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monthly_week: Option<i8>,
    /// Monthly: the day of that week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monthly_week_day: Option<u8>,
    /// Ends after so many sittings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_times: Option<u16>,
    /// Ends at this instant (UTC), as Zoom writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date_time: Option<String>,
}

impl Recurrence {
    fn new(kind: u8, every: u16) -> Self {
        let (weekly_days, monthly_day, monthly_week, monthly_week_day) = (None, None, None, None);
        let (repeat_interval, end_times, end_date_time) = (Some(every), None, None);
        Self {
            kind,
            repeat_interval,
            weekly_days,
            monthly_day,
            monthly_week,
            monthly_week_day,
            end_times,
            end_date_time,
        }
    }

    /// Every so many days.
    pub fn daily(every: u16) -> Self {
        Self::new(1, every)
    }

    /// On these days, every so many weeks.
    pub fn weekly(every: u16, days: &[Weekday]) -> Self {
        let days: Vec<String> = days.iter().map(|day| (*day as u8).to_string()).collect();
        Self { weekly_days: Some(days.join(",")), ..Self::new(2, every) }
    }

    /// On a day of the month, every so many months.
    pub fn monthly_on_day(every: u16, day: u8) -> Self {
        Self { monthly_day: Some(day), ..Self::new(3, every) }
    }

    /// On a weekday of the first to fourth week (-1: the last), every so many months.
    pub fn monthly_on_weekday(every: u16, week: i8, day: Weekday) -> Self {
        Self { monthly_week: Some(week), monthly_week_day: Some(day as u8), ..Self::new(3, every) }
    }

    /// Ends after so many sittings. Takes the place of [`Recurrence::until`]: Zoom takes only one of them.
    #[must_use]
    pub fn times(self, times: u16) -> Self {
        Self { end_times: Some(times), end_date_time: None, ..self }
    }

    /// Ends at an instant. Takes the place of [`Recurrence::times`]: Zoom takes only one of them.
    #[must_use]
    pub fn until(self, end: Timestamp) -> Self {
        Self { end_times: None, end_date_time: Some(instant::utc(end)), ..self }
    }
}

/// One sitting of a meeting or webinar that recurs at a fixed time.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Occurrence {
    /// The id that addresses it in calls: milliseconds since 1970, as text.
    pub occurrence_id: String,
    /// When it starts.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub start_time: Option<Timestamp>,
    /// How long it is planned to last, in minutes.
    #[serde(default)]
    pub duration: Option<u32>,
    /// `available` or `deleted`.
    #[serde(default)]
    pub status: Option<String>,
    /// What Zoom sent besides.
    #[serde(flatten)]
    pub extra: Extra,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rules_are_written_as_zoom_reads_them() {
        let write = |rule: Recurrence| serde_json::to_value(rule).unwrap();
        assert_eq!(
            write(Recurrence::weekly(1, &[Weekday::Monday, Weekday::Wednesday]).times(8)),
            json!({"type": 2, "repeat_interval": 1, "weekly_days": "2,4", "end_times": 8})
        );
        assert_eq!(
            write(
                Recurrence::monthly_on_weekday(2, -1, Weekday::Friday)
                    .times(3)
                    .until("2027-01-01T00:00:00Z".parse().unwrap())
            ),
            json!({"type": 3, "repeat_interval": 2, "monthly_week": -1, "monthly_week_day": 6, "end_date_time": "2027-01-01T00:00:00Z"})
        );
        assert_eq!(write(Recurrence::daily(3)), json!({"type": 1, "repeat_interval": 3}));
        assert_eq!(
            write(Recurrence::monthly_on_day(1, 31)),
            json!({"type": 3, "repeat_interval": 1, "monthly_day": 31})
        );
    }
}
