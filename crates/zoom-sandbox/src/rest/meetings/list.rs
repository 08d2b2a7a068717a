//! `GET /users/{userId}/meetings` and `…/webinars`.

use clock::Timestamp;
use jiff::{civil::Date, tz::TimeZone};
use serde_json::Value;

use super::{
    super::{Ask, page, words::worded},
    find::{may_host, needs_webinar_plan},
};
use crate::{
    answer::{Answer, Refusal},
    wire,
    world::{Kind, Meeting, PERSONAL_ROOM, Person, Shared, Status},
};

const SHOWN_TO_ASSISTANTS: &str = "other_options.display_meetings_scheduled_for_others";

/// How much time lists of what is to come or is over cover, in months.
const REACH: i32 = 6;

pub(in crate::rest) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let user = ask.user()?;
    may_look(ask, &user)?;
    needs_webinar_plan(ask, kind, &user)?;
    may_host(ask, &user)?;
    let span = Span::asked(ask)?;
    let which = ask.query("type").unwrap_or("scheduled");
    let is_meant = |one: &Meeting| one.kind == kind && one.listed_from <= ask.now && one.exists(ask.now);
    let mut meetings: Vec<Shared<Meeting>> =
        ask.app.world.read(|state| state.meetings.of_host(&user.id).filter(|one| is_meant(one)).cloned().collect());
    let span = match which {
        "upcoming" | "upcoming_meetings" => span.ahead(ask.now),
        "previous_meetings" => span.back(ask.now),
        _ => span,
    };
    if which.contains("upcoming") || which == "previous_meetings" {
        meetings = meetings.into_iter().flat_map(sittings).collect();
    }
    meetings.retain(|meeting| fits(meeting, which, ask.now) && span.holds(meeting));
    meetings.sort_by_key(|meeting| (meeting.start.unwrap_or(meeting.created_at), meeting.number));
    let list = if kind == Kind::Meeting { "meetings" } else { "webinars" };
    Ok(Answer::json(ask.operation.success, page::envelope_of(ask, list, meetings, |meeting| row(ask, &meeting))?))
}

/// With a scope for one's own things only, one sees the meetings of somebody else as their assistant, and where the
/// account shows those.
fn may_look(ask: &Ask<'_>, user: &Person) -> Result<(), Refusal> {
    let me = &ask.caller.me;
    if user.id == me.id || !ask.caller.acts_for_self(ask.operation) {
        return Ok(());
    }
    let is_shown =
        ask.app.world.read(|state| state.account(&ask.account_id).map(|one| one.setting(SHOWN_TO_ASSISTANTS)));
    if is_shown == Some(Value::Bool(true)) && user.assistants.iter().any(|one| one.user_id == me.id) {
        return Ok(());
    }
    let why = format!("2306: {} is no assistant of theirs, or {SHOWN_TO_ASSISTANTS} is off.", me.display_name);
    worded(ask, "Not allowed to view meetings scheduled for others", "").map_or(Ok(()), |known| Err(known.because(why)))
}

fn row(ask: &Ask<'_>, meeting: &Meeting) -> Value {
    let mut row = wire::row(meeting, &ask.app.base);
    if let Value::Object(members) = &mut row {
        if meeting.kind == Kind::Webinar {
            let is_held_for = ask.app.world.read(|state| state.zoom_events.held_in(meeting.number).is_some());
            wire::put(members, "is_events_webinar", is_held_for);
        } else if let Some(pmi) = meeting.pmi {
            wire::put(members, "pmi", pmi.to_string());
        }
    }
    row
}

/// A series as its sittings, deleted ones left out: lists by time show each of them under the number of the series.
/// If its call is on, the sitting that had begun by then is the live one.
pub(super) fn sittings(meeting: Shared<Meeting>) -> Vec<Shared<Meeting>> {
    if meeting.recurrence.is_none() {
        return vec![meeting];
    }
    let mut meeting = Meeting::clone(&meeting);
    let mut occurrences = std::mem::take(&mut meeting.occurrences);
    occurrences.retain(|occurrence| !occurrence.deleted);
    let begun = meeting.started_at.map(|at| occurrences.iter().rposition(|o| o.start <= at).unwrap_or(0));
    let sitting = |(index, occurrence)| {
        let mut sitting = meeting.in_occurrence(occurrence);
        sitting.status = if begun == Some(index) { meeting.status } else { Status::Waiting };
        sitting.into()
    };
    occurrences.iter().enumerate().map(sitting).collect()
}

/// Whether a meeting belongs to a list of this `type`. Instant meetings and personal rooms are in no list but `live`.
fn fits(meeting: &Meeting, which: &str, now: Timestamp) -> bool {
    let is_live = meeting.status == Status::Started;
    let has_end = !matches!(meeting.code, 3 | 6);
    let is_over = !is_live && has_end && meeting.planned_end() < now;
    match which {
        "live" => is_live,
        _ if matches!(meeting.code, 1 | PERSONAL_ROOM) => false,
        "upcoming" | "upcoming_meetings" => !is_over,
        "previous_meetings" => is_over,
        _ => true,
    }
}

/// An instant so many months later, in UTC; as far as the calendar goes.
fn moved(at: Timestamp, months: i32) -> Timestamp {
    let there = TimeZone::UTC.to_datetime(at).saturating_add(jiff::Span::new().months(months));
    TimeZone::UTC.to_timestamp(there).unwrap_or(at)
}

/// `from` and `to`: whole days of `timezone`, or of UTC.
struct Span {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl Span {
    fn asked(ask: &Ask<'_>) -> Result<Self, Refusal> {
        let zone = match ask.query("timezone") {
            Some(name) => TimeZone::get(name).map_err(|_| Refusal::field("timezone"))?,
            None => TimeZone::UTC,
        };
        let day = |name: &str| match ask.query(name) {
            Some(text) => text.parse::<Date>().map(Some).map_err(|_| Refusal::field(name)),
            None => Ok(None),
        };
        let start_of = |date: Date| date.to_zoned_datetime(zone.clone()).ok().map(|start| start.timestamp());
        let until = day("to")?.and_then(|date| date.tomorrow().ok());
        Ok(Self { from: day("from")?.and_then(start_of), until: until.and_then(start_of) })
    }

    /// The same, [`REACH`] long at most, from its beginning or from now.
    fn ahead(self, now: Timestamp) -> Self {
        let end = moved(self.from.unwrap_or(now), REACH);
        Self { until: Some(self.until.map_or(end, |until| until.min(end))), ..self }
    }

    /// The same, [`REACH`] long at most, back from its end or from now.
    fn back(self, now: Timestamp) -> Self {
        let begin = moved(self.until.unwrap_or(now), -REACH);
        Self { from: Some(self.from.map_or(begin, |from| from.max(begin))), ..self }
    }

    fn holds(&self, meeting: &Meeting) -> bool {
        let start = meeting.start.unwrap_or(meeting.created_at);
        self.from.is_none_or(|from| start >= from) && self.until.is_none_or(|until| start < until)
    }
}
