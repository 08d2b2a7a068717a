//! `GET /report/daily`: what was used on each day of a month.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::{
    super::{Ask, past::paid, words::refused},
    held::{held, people},
    range::day,
};
use crate::answer::{Answer, Refusal};

/// How many months the report reaches back, this one counted in.
const MONTHS: i32 = 6;

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    paid(ask)?;
    let today = day(ask.now);
    let (year, month) = (number(ask, "year", today.year())?, number(ask, "month", i16::from(today.month()))?);
    let first = i8::try_from(month).ok().and_then(|month| Date::new(year, month, 1).ok());
    let first = first.ok_or_else(|| Refusal::field("month"))?;
    let months = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
    if !(0..MONTHS).contains(&(months(today) - months(first))) {
        return Err(refused(ask, "Daily report can only be provided", ""));
    }
    let people = people(ask);
    let calls = held(ask);
    let mut rows: Vec<Value> = Vec::new();
    for date in first.series(jiff::Span::new().days(1)).take_while(|date| date.month() == first.month()) {
        if date > today {
            break;
        }
        let ours = |id: &str| people.iter().any(|person| person.id == id);
        let calls: Vec<_> =
            calls.iter().filter(|held| day(held.instance.started_at) == date && ours(&held.host.id)).collect();
        rows.push(json!({
            "date": date.to_string(),
            "new_users": people.iter().filter(|person| day(person.created_at) == date).count(),
            "meetings": calls.len(),
            "participants": calls.iter().map(|held| held.instance.participants.len()).sum::<usize>(),
            "meeting_minutes": calls.iter().map(|held| held.instance.total_minutes()).sum::<u64>(),
        }));
    }
    Ok(Answer::json(ask.operation.success, json!({ "year": year, "month": month, "dates": rows })))
}

fn number(ask: &Ask<'_>, name: &str, default: i16) -> Result<i16, Refusal> {
    ask.query(name).map_or(Ok(default), |text| text.parse().map_err(|_| Refusal::field(name)))
}
