//! `DELETE /meetings/{meetingId}/polls/{pollId}` and `…/webinars/…`.

use super::{
    super::Ask,
    open::{no_such_poll, open},
};
use crate::{
    answer::{Answer, Refusal},
    world::Kind,
};

pub(super) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = open(ask, kind)?;
    ask.change(|change| {
        let polls = change.state.polls.entry(meeting.number).or_default();
        let before = polls.len();
        polls.retain(|poll| poll.id != ask.param("pollId"));
        if polls.len() < before { Ok(()) } else { Err(no_such_poll(ask)) }
    })?;
    Ok(Answer::empty(ask.operation.success))
}
