//! `GET /past_meetings/{meetingId}`.

use serde_json::{Value, json};

use super::{super::Ask, find::ended};
use crate::{
    answer::{Answer, Refusal},
    wire::instant,
    world::Kind,
};

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let (meeting, instance) = ended(ask, Kind::Meeting)?;
    let host = ask.app.world.person(&meeting.host_id);
    let dept = host.as_ref().and_then(|host| host.profile.get("dept")).and_then(Value::as_str).unwrap_or_default();
    let has_summary = ask.app.world.read(|state| {
        let summary = state.summary(meeting.number, &instance.uuid);
        summary.is_some_and(|one| one.trashed_at.is_none() && one.ready_at() <= ask.now)
    });
    Ok(Answer::json(
        ask.operation.success,
        json!({
            "id": meeting.number,
            "uuid": instance.uuid,
            "duration": instance.minutes(),
            "start_time": instant(instance.started_at),
            "end_time": instant(instance.end()),
            "host_id": meeting.host_id,
            "dept": dept,
            "participants_count": instance.people().len(),
            "source": meeting.source(),
            "topic": meeting.topic,
            "total_minutes": instance.total_minutes(),
            "type": meeting.code,
            "user_email": host.as_ref().map_or("", |host| host.email.as_str()),
            "user_name": host.as_ref().map_or("", |host| host.display_name.as_str()),
            "has_meeting_summary": has_summary,
        }),
    ))
}
