//! `PATCH` and `DELETE /zoom_events/events/{eventId}`.

use super::{super::Ask, create, find, rooms, shape};
use crate::{
    answer::{Answer, Refusal},
    world::events::{Stage, tell},
};

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    find::event(ask)?;
    create::check(ask, &ask.body)?;
    let moves = ["calendar", "start_time", "end_time"].iter().any(|name| ask.body.contains_key(*name));
    find::change(ask, |event, change| {
        if event.stage == Stage::Cancelled || event.is_past(change.now) {
            return Err(find::refuse(ask, 400, 260_210, "Past and cancelled events not editable."));
        }
        if ask.text("hub_id").is_some_and(|hub| hub != event.hub_id) {
            return Err(Refusal::field("hub_id").because("300: an event stays in its hub."));
        }
        if ask.text("event_type").is_some_and(|kind| kind != event.shape()) {
            return Err(Refusal::field("event_type").because("300: an event keeps its type."));
        }
        shape::lay(&mut event.row, &ask.body);
        if moves {
            (event.start, event.end) = create::schedule(ask, &event.row)?;
        }
        if !event.is_conference() {
            let mut sessions = std::mem::take(&mut event.sessions);
            for session in &mut sessions {
                create::follow(session, event);
            }
            event.sessions = sessions;
        }
        rooms::open(ask, event, change);
        tell::event(change, "zoom_events.event_updated", event, None);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// Drafts only: what was published can be cancelled, and stays to be read.
pub(super) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    if event.stage != Stage::Draft {
        return Err(find::denied(ask, "only a draft can be deleted; a published event can be cancelled."));
    }
    ask.change(|change| {
        change.state.zoom_events.events.remove(&event.id);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
