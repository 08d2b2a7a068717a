//! `/zoom_events/events/{eventId}/access_links`: by which door people come.

use super::{super::Ask, find, shape};
use crate::{
    answer::{Answer, Refusal},
    wire::put,
    world::{
        events::{Event, Row, text},
        new_id,
    },
};

pub(super) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    shape::listed(ask, "access_links", &find::event(ask)?.links)
}

pub(super) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let link = event.links.get(at(ask, &event)?).cloned().unwrap_or_default();
    Ok(Answer::json(ask.operation.success, shape::shaped(ask, "", &link)))
}

pub(super) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let link = find::change(ask, |event, change| {
        check(ask, event, "")?;
        let mut link = Row::new();
        let id = new_id(change.entropy);
        put(&mut link, "url", format!("{}/ev/{}?link={id}", ask.app.base, event.id));
        put(&mut link, "access_link_id", id);
        put(&mut link, "is_default", event.links.is_empty());
        shape::lay(&mut link, &ask.body);
        event.links.push(link.clone());
        one_default(event, text(&link, "access_link_id"));
        let id = text(&link, "access_link_id");
        Ok(event.links.iter().find(|known| text(known, "access_link_id") == id).cloned().unwrap_or_default())
    })?;
    Ok(Answer::json(ask.operation.success, shape::shaped(ask, "", &link)))
}

pub(super) fn update(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let id = ask.param("accessLinkId");
    find::change(ask, |event, _| {
        let at = at(ask, event)?;
        check(ask, event, id)?;
        if let Some(link) = event.links.get_mut(at) {
            shape::lay(link, &ask.body);
        }
        one_default(event, id);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

pub(super) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    find::change(ask, |event, _| {
        let at = at(ask, event)?;
        event.links.remove(at);
        one_default(event, "");
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

fn at(ask: &Ask<'_>, event: &Event) -> Result<usize, Refusal> {
    let at = find::position(&event.links, "access_link_id", ask.param("accessLinkId"));
    at.ok_or_else(|| find::refuse(ask, 404, 261_201, "Event access link not found."))
}

fn is_default(link: &Row) -> bool {
    link.get("is_default") == Some(&true.into())
}

/// One link is the default: the one that was touched last if it says so, else the one that was, else the oldest.
fn one_default(event: &mut Event, touched: &str) {
    let id = |link: &Row| text(link, "access_link_id").to_owned();
    let claims = event.links.iter().find(|link| id(link) == touched && is_default(link));
    let chosen = claims.or_else(|| event.links.iter().find(|link| is_default(link))).or_else(|| event.links.first());
    let Some(chosen) = chosen.map(id) else { return };
    for link in &mut event.links {
        let is = id(link) == chosen;
        put(link, "is_default", is);
    }
}

/// Names are unique, and ticket types are the event's own.
fn check(ask: &Ask<'_>, event: &Event, own: &str) -> Result<(), Refusal> {
    let mut others = event.links.iter().filter(|link| text(link, "access_link_id") != own);
    if let Some(name) = ask.text("name") {
        if name.trim().is_empty() {
            return Err(Refusal::field("name"));
        }
        if others.any(|link| text(link, "name") == name) {
            return Err(find::refuse(ask, 400, 261_203, "Please ensure that each join link has a unique name."));
        }
    }
    let kind = ask.text("ticket_type_id").filter(|id| !id.is_empty());
    if kind.is_some_and(|id| event.ticket_type(id).is_none()) {
        return Err(find::refuse(ask, 400, 261_202, "The ticket type could not be found."));
    }
    Ok(())
}
