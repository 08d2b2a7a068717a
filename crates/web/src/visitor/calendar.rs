//! Rooms for calendars. The event's id is the room's, so taking it in again moves the entry instead of doubling it;
//! there is no link to join in it and no passcode, only the page.

use axum::{
    extract::{Path, State},
    response::Response,
};
use http::{HeaderMap, HeaderValue, Uri, header};
use icalendar::{Calendar, Component as _, Event, EventLike as _, Property};
use jiff::Timestamp;
use model::Agenda;
use service::{RoomCard, RoomPage};

use super::view::next_of;
use crate::{app::App, cache::Fresh, fault::Fault, language::say};

const TYPE: &str = "text/calendar; charset=utf-8";

/// `GET /r/{slug}/calendar.ics`
pub(super) async fn one(
    State(app): State<App>,
    Path(slug): Path<String>,
    uri: Uri,
    asked: HeaderMap,
) -> Result<Response, Fault> {
    of_room(&app, &slug, uri.path(), &asked).await
}

/// The calendar of one room.
pub(super) async fn of_room(app: &App, slug: &str, path: &str, asked: &HeaderMap) -> Result<Response, Fault> {
    let (epoch, now) = (app.service.epoch(), app.now());
    app.cache
        .answer(path, epoch, now, asked, async || {
            let slug = model::Slug::parse(slug).map_err(|_| Fault::NotFound)?;
            let page = app.service.page(&slug, None).await?;
            let RoomPage { card, agenda, .. } = &page;
            let site = app.service.site().await?;
            let mut calendar = begun(&site.name);
            calendar.push(event(app, card, Some(agenda), now));
            let name = HeaderValue::from_static("attachment; filename=\"room.ics\"");
            Ok(Fresh {
                route: "/r/{slug}/calendar.ics",
                content_type: TYPE,
                bytes: calendar.done().to_string().into_bytes(),
                headers: vec![(header::CONTENT_DISPOSITION, name)],
                good_until: card.phase_changes_at,
            })
        })
        .await
}

/// `GET /calendar.ics`: all coming rooms, to subscribe to.
pub(super) async fn all(State(app): State<App>, asked: HeaderMap) -> Result<Response, Fault> {
    let (epoch, now) = (app.service.epoch(), app.now());
    app.cache
        .answer("/calendar.ics", epoch, now, &asked, async || {
            let cards = app.service.upcoming().await?;
            let site = app.service.site().await?;
            let mut calendar = begun(&site.name);
            calendar.append_property(
                Property::new("REFRESH-INTERVAL", "PT1H")
                    .append_parameter(icalendar::Parameter::new("VALUE", "DURATION"))
                    .done(),
            );
            for card in &cards {
                calendar.push(event(&app, card, None, now));
            }
            Ok(Fresh {
                route: "/calendar.ics",
                content_type: TYPE,
                bytes: calendar.done().to_string().into_bytes(),
                headers: Vec::new(),
                good_until: next_of(now, cards.iter().filter_map(|card| card.phase_changes_at)),
            })
        })
        .await
}

fn begun(site: &str) -> Calendar {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", format!("-//{}//EN", model::PRODUCT)));
    calendar.name(site);
    calendar
}

fn event(app: &App, card: &RoomCard, agenda: Option<&Agenda>, now: Timestamp) -> Event {
    let base = app.config.public_url.as_str().trim_end_matches('/');
    // The permanent address: a slug may change after the event was taken in.
    let page = format!("{base}/m/{}", card.id);
    let host = app.config.public_url.host_str().unwrap_or("localhost");
    let words = agenda
        .map(Agenda::as_str)
        .filter(|text| !text.is_empty())
        .map(|text| format!("\n\n{text}"))
        .unwrap_or_default();
    let schedule = &card.schedule;
    let mut event = Event::new();
    event
        .uid(&format!("{}@{host}", card.id))
        .summary(card.title.as_str())
        .description(&format!("{} {page}{words}", say("calendar-join-here")))
        .location(&page)
        .url(&page)
        .append_property(Property::new("DTSTAMP", utc(now)))
        .append_property(Property::new("DTSTART", utc(schedule.starts_at())))
        .append_property(Property::new("DTEND", utc(schedule.ends_at())))
        .append_property(Property::new("SEQUENCE", card.version.to_string()));
    event.done()
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
