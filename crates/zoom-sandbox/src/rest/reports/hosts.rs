//! `GET /report/users`: who held meetings in some days (active hosts), or who did not.

use serde_json::{Value, json};

use super::{
    super::{Ask, page, past::paid},
    held::{Held, dept, held, people},
    range::Days,
};
use crate::{
    answer::{Answer, Refusal},
    wire::put,
    world::Person,
};

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    paid(ask)?;
    let days = Days::past(ask)?;
    let wants_active = ask.query("type") != Some("inactive");
    let calls: Vec<Held> = held(ask).into_iter().filter(|held| days.contain(held.instance.started_at)).collect();
    let theirs = |person: &Person| calls.iter().filter(|held| held.host.id == person.id).collect::<Vec<_>>();
    let all: Vec<(Person, Used)> =
        people(ask).into_iter().map(|person| (person.clone(), Used::of(&theirs(&person)))).collect();
    let listed: Vec<_> = all.iter().filter(|(_, used)| (used.meetings > 0) == wants_active).collect();
    let sum = |of: fn(&Used) -> u64| listed.iter().map(|(_, used)| of(used)).sum::<u64>();
    let totals = [sum(|used| used.meetings), sum(|used| used.participants), sum(|used| used.minutes)];
    let rows = listed.iter().map(|(person, used)| row(person, used)).collect();
    let mut body = page::envelope(ask, "users", rows)?;
    if let Some(members) = body.as_object_mut() {
        put(members, "from", days.from.to_string());
        put(members, "to", days.to.to_string());
        for (name, total) in ["total_meetings", "total_participants", "total_meeting_minutes"].into_iter().zip(totals) {
            put(members, name, total);
        }
    }
    Ok(Answer::json(ask.operation.success, body))
}

/// What somebody used as a host.
struct Used {
    meetings: u64,
    participants: u64,
    minutes: u64,
}

impl Used {
    fn of(calls: &[&Held]) -> Self {
        let count = |of: usize| u64::try_from(of).unwrap_or(u64::MAX);
        Self {
            meetings: count(calls.len()),
            participants: calls.iter().map(|held| count(held.instance.participants.len())).sum(),
            minutes: calls.iter().map(|held| held.instance.total_minutes()).sum(),
        }
    }
}

fn row(person: &Person, used: &Used) -> Value {
    json!({
        "id": person.id,
        "email": person.email,
        "user_name": person.display_name,
        "type": person.licence.code(),
        "dept": dept(person),
        "meetings": used.meetings,
        "participants": used.participants,
        "meeting_minutes": used.minutes,
        "custom_attributes": person.profile.get("custom_attributes").cloned().unwrap_or_else(|| json!([])),
    })
}
