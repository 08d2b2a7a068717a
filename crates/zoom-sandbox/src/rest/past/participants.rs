//! `GET /past_meetings/{meetingId}/participants` and its twin for webinars.

use clock::Timestamp;
use serde_json::{Value, json};

use super::{
    super::{Ask, page},
    find::ended,
};
use crate::{
    answer::{Answer, Refusal},
    wire::instant,
    world::{Attendance, Kind},
};

pub(super) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let (_, instance) = ended(ask, kind)?;
    let end = instance.ended_at.unwrap_or(ask.now);
    let people = ask.people();
    let is_ours = |stay: &Attendance| people.iter().any(|person| person.id == stay.id);
    let rows = instance.participants.iter().map(|stay| row(stay, end, is_ours(stay))).collect();
    let mut body = page::envelope(ask, "participants", rows)?;
    if let Some(members) = body.as_object_mut() {
        members.remove("page_number");
    }
    Ok(Answer::json(ask.operation.success, body))
}

/// The address of somebody outside the host's account stays hidden.
fn row(stay: &Attendance, end: Timestamp, ours: bool) -> Value {
    let leave = stay.leave.unwrap_or(end);
    json!({
        "id": stay.id,
        "name": stay.name,
        "user_id": stay.user_id.to_string(),
        "registrant_id": stay.registrant_id,
        "user_email": if ours { stay.email.as_str() } else { "" },
        "join_time": instant(stay.join),
        "leave_time": instant(leave),
        "duration": leave.duration_since(stay.join).as_secs(),
        "failover": false,
        "status": "in_meeting",
        "internal_user": ours,
    })
}
