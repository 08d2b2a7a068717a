//! `GET /report/upcoming_events`: what the account has planned for some days.

use serde_json::{Value, json};

use super::{
    super::{Ask, page, past::paid},
    held::{dept, people},
    range::Days,
};
use crate::{
    answer::{Answer, Refusal},
    wire::{instant, put},
    world::Meeting,
};

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    paid(ask)?;
    let days = Days::asked(ask)?;
    let people = people(ask);
    let wanted = ask.query("type").unwrap_or("all");
    let mut planned: Vec<_> = ask.app.world.read(|state| {
        let meant = |meeting: &Meeting| meeting.exists(ask.now) && (wanted == "all" || meeting.kind.as_str() == wanted);
        let meetings = people.iter().flat_map(|host| state.meetings.of_host(&host.id)).filter(|meeting| meant(meeting));
        let starts = |meeting: &Meeting| {
            let mut starts: Vec<_> =
                meeting.occurrences.iter().filter(|one| !one.deleted).map(|one| one.start).collect();
            if starts.is_empty() {
                starts.extend(meeting.start);
            }
            starts
        };
        let planned = meetings.flat_map(|one| starts(one).into_iter().map(move |start| (start, one.clone())));
        planned.filter(|(start, _)| *start >= ask.now && days.contain(*start)).collect()
    });
    planned.sort_by_key(|(start, meeting)| (*start, meeting.number));
    let rows = planned.iter().filter_map(|(start, meeting)| {
        let host = people.iter().find(|person| person.id == meeting.host_id)?;
        Some(json!({
            "id": meeting.uuid,
            "topic": meeting.topic,
            "start_time": instant(*start),
            "host_id": host.id,
            "host_name": host.display_name,
            "dept": dept(host),
        }))
    });
    let rows: Vec<Value> = rows.collect();
    let mut body = page::envelope(ask, "upcoming_events", rows)?;
    if let Some(members) = body.as_object_mut() {
        members.retain(|name, _| !matches!(name.as_str(), "page_count" | "page_number" | "total_records"));
        put(members, "from", days.from.to_string());
        put(members, "to", days.to.to_string());
    }
    Ok(Answer::json(ask.operation.success, body))
}
