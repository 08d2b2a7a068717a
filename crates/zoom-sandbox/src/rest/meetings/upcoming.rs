//! `GET /users/{userId}/upcoming_meetings`: what a user holds or is invited to within a day.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{super::Ask, list::sittings};
use crate::{
    answer::{Answer, Refusal},
    wire,
    world::{Kind, Meeting, PERSONAL_ROOM, Person, Shared},
};

/// How far the list looks.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

pub(in crate::rest) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let user = ask.user()?;
    let until = ask.now.saturating_add(AHEAD).unwrap_or(ask.now);
    let is_meant = |one: &Meeting| {
        one.kind == Kind::Meeting && one.code != PERSONAL_ROOM && one.listed_from <= ask.now && one.exists(ask.now)
    };
    let meetings: Vec<Shared<Meeting>> =
        ask.app.world.read(|state| state.meetings.concerning(&user).filter(|one| is_meant(one)).cloned().collect());
    let mut meetings: Vec<_> = meetings.into_iter().flat_map(sittings).collect();
    meetings.retain(|meeting| meeting.start.is_some_and(|at| at <= until) && meeting.planned_end() >= ask.now);
    meetings.sort_by_key(|meeting| (meeting.start, meeting.number));
    let rows: Vec<_> = meetings.iter().map(|meeting| row(meeting, &user, &ask.app.base)).collect();
    Ok(Answer::json(ask.operation.success, json!({ "total_records": rows.len(), "meetings": rows })))
}

fn row(meeting: &Meeting, user: &Person, base: &str) -> Value {
    let mut row = wire::row(meeting, base);
    if let Value::Object(members) = &mut row {
        members.retain(|name, _| !["uuid", "host_id", "agenda"].contains(&name.as_str()));
        let use_pmi = meeting.settings.get("use_pmi").cloned().unwrap_or_else(|| false.into());
        wire::put(members, "passcode", meeting.passcode.as_str());
        wire::put(members, "use_pmi", use_pmi);
        wire::put(members, "is_host", meeting.host_id == user.id);
        wire::put(members, "is_all_day", false);
    }
    row
}
