//! `/zoom_events/hubs`, and who hosts them.

use serde_json::json;

use super::{
    super::{Ask, page},
    find, shape,
};
use crate::{
    answer::{Answer, Refusal},
    wire::put,
    world::{
        Person, PersonStatus,
        events::{Hub, Row, Stage, ZoomEvents},
    },
};

pub(super) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let as_attendee = ask.query("role_type") == Some("attendee");
    let hubs: Vec<Row> = ask.app.world.read(|state| {
        let own = state.zoom_events.hubs.values().filter(|hub| hub.account_id == ask.account_id);
        let events = &state.zoom_events;
        own.filter(|hub| {
            if as_attendee { attends(events, hub, &ask.caller.me) } else { hub.hosts.contains(&ask.caller.me.id) }
        })
        .map(|hub| row(hub, &ask.app.base))
        .collect()
    });
    shape::listed(ask, "hubs", &hubs)
}

fn attends(events: &ZoomEvents, hub: &Hub, me: &Person) -> bool {
    let mut shown = events.events.values().filter(|event| event.hub_id == hub.id && event.stage == Stage::Published);
    shown.any(|event| event.tickets_of(&me.email).next().is_some())
}

fn row(hub: &Hub, base: &str) -> Row {
    let mut row = Row::new();
    put(&mut row, "hub_id", hub.id.as_str());
    put(&mut row, "access_level", "PUBLIC");
    put(&mut row, "name", hub.name.as_str());
    put(&mut row, "description", hub.description.as_str());
    put(&mut row, "public_url", format!("{base}/hub/{}", hub.id));
    put(&mut row, "hub_active", true);
    put(&mut row, "auto_list_events", true);
    put(&mut row, "landing_hub", true);
    row
}

pub(super) fn hosts(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let hosts = ask.app.world.read(|state| {
        let hub = find::hub(ask, &state.zoom_events)?;
        let known = hub.hosts.iter().filter_map(|id| state.person_by_id(id));
        Ok::<_, Refusal>(known.map(|host| json!({ "host_user_id": host.id, "email": host.email })).collect())
    })?;
    Ok(Answer::json(ask.operation.success, page::records(ask, "hosts", hosts)?))
}

pub(super) fn add_host(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let hub = ask.app.world.read(|state| find::hub(ask, &state.zoom_events))?;
    let host = ask.user_named(ask.text("email").filter(|email| *email != "me").unwrap_or_default())?;
    if host.status != PersonStatus::Active {
        return Err(Refusal::field("email").because("300: only active users can host a hub."));
    }
    ask.change(|change| {
        if let Some(hub) = change.state.zoom_events.hubs.get_mut(&hub.id).filter(|hub| !hub.hosts.contains(&host.id)) {
            hub.hosts.push(host.id.clone());
        }
        Ok(())
    })?;
    Ok(Answer::json(ask.operation.success, json!({ "host_user_id": host.id })))
}

/// Whoever does not host a hub any more cannot work on its events, unless they co-edit them.
pub(super) fn remove_host(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let id = ask.param("hostUserId");
    ask.change(|change| {
        let hub = find::hub(ask, &change.state.zoom_events)?;
        if !hub.hosts.iter().any(|host| host == id) {
            return Err(Refusal::about(&zoom_spec::code::USER_NOT_FOUND, id));
        }
        if let Some(hub) = change.state.zoom_events.hubs.get_mut(&hub.id) {
            hub.hosts.retain(|host| host != id);
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
