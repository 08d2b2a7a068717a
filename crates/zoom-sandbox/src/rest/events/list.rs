//! `GET /zoom_events/events` and `GET /zoom_events/events/{eventId}`.

use super::{super::Ask, find, shape};
use crate::{
    answer::{Answer, Refusal},
    wire::{instant, put},
    world::{
        State,
        events::{Event, Row, Stage},
    },
};

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let as_host = ask.query("role_type") == Some("host");
    let wanted = ask.query("event_status_type").unwrap_or("upcoming");
    let me = &ask.caller.me;
    let rows: Vec<Row> = ask.app.world.read(|state| {
        let events = &state.zoom_events;
        let own = events.events.values().filter(|event| event.account_id == ask.account_id);
        let mut found: Vec<&Event> = own
            .filter(|event| {
                if as_host {
                    find::may_edit(events, event, me)
                } else {
                    event.stage != Stage::Draft && event.tickets_of(&me.email).next().is_some()
                }
            })
            .filter(|event| kind(event, ask) == wanted)
            .map(|event| &**event)
            .collect();
        found.sort_by(|a, b| (a.start, a.created_at, &a.id).cmp(&(b.start, b.created_at, &b.id)));
        found.into_iter().map(|event| row(ask, state, event)).collect()
    });
    shape::listed(ask, "events", &rows)
}

fn kind(event: &Event, ask: &Ask<'_>) -> &'static str {
    match event.stage {
        Stage::Draft => "draft",
        Stage::Cancelled => "cancelled",
        Stage::Published if event.is_past(ask.now) => "past",
        Stage::Published => "upcoming",
    }
}

pub(super) fn one(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let row = ask.app.world.read(|state| row(ask, state, &event));
    Ok(Answer::json(ask.operation.success, shape::shaped(ask, "", &row)))
}

/// Everything that answers say about an event.
pub(super) fn row(ask: &Ask<'_>, state: &State, event: &Event) -> Row {
    let mut row = event.row.clone();
    put(&mut row, "event_id", event.id.as_str());
    put(&mut row, "hub_id", event.hub_id.as_str());
    put(&mut row, "host_id", event.host_id.as_str());
    put(&mut row, "status", event.stage.as_str());
    put(&mut row, "start_time", instant(event.start));
    put(&mut row, "end_time", instant(event.end));
    put(&mut row, "event_url", format!("{}/ev/{}", ask.app.base, event.id));
    for (lobby, time) in [("lobby_start_time", event.start), ("lobby_end_time", event.end)] {
        row.entry(lobby).or_insert_with(|| instant(time).into());
    }
    if let Some(host) = state.person_by_id(&event.host_id) {
        row.entry("contact_name").or_insert_with(|| host.display_name.as_str().into());
        put(&mut row, "contact_email", host.email.as_str());
    }
    row
}
