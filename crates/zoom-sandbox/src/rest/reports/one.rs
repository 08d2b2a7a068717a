//! `GET /report/meetings/{meetingId}`, `…/participants`, and the same of webinars.

use serde_json::{Value, json};

use super::{
    super::{Ask, page, past::ended, words::worded},
    held::dept,
};
use crate::{
    answer::{Answer, Refusal},
    wire::{instant, put},
    world::{Attendance, Instance, Kind, Meeting, Person},
};

pub(super) fn details(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let (meeting, instance) = ended(ask, kind)?;
    let host = ask.app.world.person(&meeting.host_id);
    let body = json!({
        "id": meeting.number,
        "uuid": instance.uuid,
        "type": meeting.code,
        "topic": meeting.topic,
        "user_name": host.as_ref().map_or("", |host| host.display_name.as_str()),
        "user_email": host.as_ref().map_or("", |host| host.email.as_str()),
        "dept": host.as_ref().map_or("", dept),
        "start_time": instant(instance.started_at),
        "end_time": instant(instance.end()),
        "duration": instance.minutes(),
        "total_minutes": instance.total_minutes(),
        "participants_count": instance.people().len(),
        "tracking_fields": meeting.tracking_fields,
        "custom_keys": meeting.settings.get("custom_keys").cloned().unwrap_or_else(|| json!([])),
    });
    Ok(Answer::json(ask.operation.success, body))
}

pub(super) fn participants(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let (meeting, instance) = ended(ask, kind)?;
    if kind == Kind::Meeting && instance.people().len() < 2 {
        let words = worded(ask, "Meeting {MeetingId} not found", ask.param("meetingId"));
        let refusal = words.unwrap_or_else(|| Refusal::field("meetingId"));
        return Err(refusal.because("3001: fewer than two people were there. Their list is in past_meetings."));
    }
    let rows = rows(ask, &meeting, &instance);
    let mut body = page::envelope(ask, "participants", rows)?;
    if let Some(members) = body.as_object_mut() {
        members.remove("page_number");
    }
    Ok(Answer::json(ask.operation.success, body))
}

/// Everybody who was in the call or its waiting room, as they came.
fn rows(ask: &Ask<'_>, meeting: &Meeting, instance: &Instance) -> Vec<Value> {
    let people = ask.people();
    let inside = instance.participants.iter().map(|stay| (stay, "in_meeting"));
    let waiting = instance.waiting.iter().map(|stay| (stay, "in_waiting_room"));
    let mut stays: Vec<_> = inside.chain(waiting).collect();
    stays.sort_by_key(|(stay, _)| stay.join);
    let with_registrant = ask.query("include_fields") == Some("registrant_id");
    let row = |(stay, status): &(&Attendance, &str)| {
        let mut row = row(meeting, instance, stay, &people);
        if let Some(members) = row.as_object_mut() {
            put(members, "status", *status);
            if with_registrant {
                put(members, "registrant_id", stay.registrant_id.as_str());
            }
        }
        row
    };
    stays.iter().map(row).collect()
}

/// Whose address the report tells is a setting of the meeting; the account's own are always told.
fn row(meeting: &Meeting, instance: &Instance, stay: &Attendance, people: &[Person]) -> Value {
    let told = meeting.settings.get("email_in_attendee_report").and_then(Value::as_bool).unwrap_or(true);
    let ours = people.iter().any(|person| person.id == stay.id);
    let leave = stay.leave.unwrap_or(instance.end());
    json!({
        "id": stay.id,
        "user_id": stay.user_id.to_string(),
        "participant_user_id": stay.id,
        "name": stay.name,
        "user_email": if told || ours { stay.email.as_str() } else { "" },
        "join_time": instant(stay.join),
        "leave_time": instant(leave),
        "duration": leave.duration_since(stay.join).as_secs(),
        "failover": false,
        "customer_key": "",
        "bo_mtg_id": "",
    })
}
