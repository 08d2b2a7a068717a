//! `GET /meetings/{meetingId}/meeting_summary`, for meetings and webinars.

use serde_json::json;
use zoom_spec::code::MEETING_NOT_FOUND;

use super::{super::Ask, find::find};
use crate::{
    answer::{Answer, Refusal},
    wire::{self, put},
};

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let summary = find(ask)?;
    if ask.now < summary.ready_at() {
        let refusal = Refusal::about(&MEETING_NOT_FOUND, ask.param("meetingId"));
        return Err(refusal.because(format!("3001: the summary is there from {} on.", summary.ready_at())));
    }
    let host = ask.app.world.person(&summary.host_id);
    let email = host.as_ref().map_or("", |host| host.email.as_str());
    let mut body = wire::summary(&summary, email);
    body.extend(wire::summary_text(&summary, &ask.app.base));
    put(&mut body, "summary_last_modified_user_id", summary.host_id.as_str());
    put(&mut body, "summary_last_modified_user_email", email);
    let untouched = json!({ "summary_overview": "", "summary_details": "", "next_steps": [] });
    put(&mut body, "edited_summary", untouched);
    Ok(Answer::json(ask.operation.success, body))
}
