//! A room's own page, its small state for the page that waits, and its permanent address.

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use model::{DoorClosed, RoomId};
use serde::Serialize;
use service::{Error, NoBrowserJoin, RoomPage};

use super::{
    calendar,
    door::room_of,
    markdown, oembed,
    view::{CardView, address},
};
use crate::{
    app::App,
    cache::Fresh,
    config::WebConfig,
    fault::Fault,
    guard::{self, MaybeSigned},
    pages::Page,
};

/// A room's own page.
#[derive(Debug, Serialize)]
pub(super) struct RoomView {
    room: CardView,
    /// The agenda, cleaned.
    agenda: String,
    published: bool,
    /// `open`, `early`, `ended`, `not-at-zoom`, `disconnected` or `unpublished`.
    door: &'static str,
    /// Why the room cannot be joined in the browser; empty where it can.
    no_browser: String,
    /// What the waiting page compares: it changes when there is something new to see.
    mark: String,
    /// Where it says how to embed it, without the format.
    oembed: String,
}

impl Page for RoomView {
    const TEMPLATE: &'static str = "room.html";
}

pub(super) fn door_word(page: &RoomPage) -> &'static str {
    match page.door {
        Ok(()) => "open",
        Err(DoorClosed::TooEarly { .. }) => "early",
        Err(DoorClosed::Ended) => "ended",
        Err(DoorClosed::NotAtZoom) => "not-at-zoom",
        Err(DoorClosed::Disconnected) => "disconnected",
        Err(DoorClosed::Unpublished) => "unpublished",
    }
}

pub(super) fn mark_of(page: &RoomPage) -> String {
    format!("{}.{}.{}", page.card.phase.as_str(), door_word(page), page.card.version)
}

impl RoomView {
    fn of(page: &RoomPage, config: &WebConfig) -> Self {
        Self {
            room: CardView::of(&page.card),
            agenda: markdown::render(&page.agenda),
            published: page.published,
            door: door_word(page),
            no_browser: page
                .browser
                .err()
                .map(|why: NoBrowserJoin| crate::language::say(why.key()))
                .unwrap_or_default(),
            mark: mark_of(page),
            oembed: oembed::discovery(config, page.card.slug.as_str()),
        }
    }
}

/// Zoom's pages and the sandbox's: where *Open in the Zoom app* may lead to, which browsers check along a form's way.
pub(super) fn door_policy(app: &App) -> HeaderValue {
    let zoom = WebConfig::origin_of(&app.config.sdk_base);
    let text = format!(
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; \
         form-action 'self' https://zoom.us https://*.zoom.us https://*.zoomgov.com {zoom}; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'self'"))
}

/// `GET /r/{slug}`, and `/r/{slug}.ics`
pub(super) async fn show(
    State(app): State<App>,
    Path(slug): Path<String>,
    uri: Uri,
    asked: HeaderMap,
) -> Result<Response, Fault> {
    if let Some(slug) = slug.strip_suffix(".ics") {
        return calendar::of_room(&app, slug, uri.path(), &asked).await;
    }
    let (epoch, now) = (app.service.epoch(), app.now());
    let made = app.cache.answer(uri.path(), epoch, now, &asked, async || {
        let slug = model::Slug::parse(&slug).map_err(|_| Fault::NotFound)?;
        let page = app.service.page(&slug, None).await?;
        let bytes = app.render(&RoomView::of(&page, &app.config)).await?.into_bytes();
        let headers = vec![(header::CONTENT_SECURITY_POLICY, door_policy(&app))];
        Ok(Fresh {
            route: "/r/{slug}",
            content_type: "text/html; charset=utf-8",
            bytes,
            headers,
            good_until: page.card.phase_changes_at,
        })
    });
    match made.await {
        Err(Fault::Service(Error::NotFound)) if guard::actor_of(&app, &asked).await?.is_some() => {
            let page = room_of(&app, &slug, &asked).await?;
            app.page(StatusCode::OK, &RoomView::of(&page, &app.config)).await
        }
        answer => answer,
    }
}

/// What a waiting page asks for now and then. Holds nothing that the page itself does not say.
#[derive(Debug, Serialize)]
struct RoomState {
    mark: String,
    phase: &'static str,
    door: &'static str,
    opens_at: String,
    starts_at: String,
    ends_at: String,
}

/// `GET /r/{slug}/state`
pub(super) async fn state(
    State(app): State<App>,
    Path(slug): Path<String>,
    uri: Uri,
    asked: HeaderMap,
) -> Result<Response, Fault> {
    let (epoch, now) = (app.service.epoch(), app.now());
    app.cache
        .answer(uri.path(), epoch, now, &asked, async || {
            let slug = model::Slug::parse(&slug).map_err(|_| Fault::NotFound)?;
            let page = app.service.page(&slug, None).await?;
            let schedule = &page.card.schedule;
            let state = RoomState {
                mark: mark_of(&page),
                phase: page.card.phase.as_str(),
                door: door_word(&page),
                opens_at: page.card.opens_at.to_string(),
                starts_at: schedule.starts_at().to_string(),
                ends_at: schedule.ends_at().to_string(),
            };
            let bytes = serde_json::to_vec(&state).map_err(|e| Fault::Template(e.to_string()))?;
            let good_until = page.card.phase_changes_at;
            Ok(Fresh {
                route: "/r/{slug}/state",
                content_type: "application/json",
                bytes,
                // The card in a frame asks too, and is nobody in particular there.
                headers: vec![(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"))],
                good_until,
            })
        })
        .await
}

/// `GET /m/{room}`: the address that Zoom keeps leads to the page, whatever it is called today.
pub(super) async fn permanent(
    State(app): State<App>,
    Path(room): Path<String>,
    MaybeSigned(actor): MaybeSigned,
) -> Result<Response, Fault> {
    let id: RoomId = room.parse().map_err(|_| Fault::NotFound)?;
    let page = app.service.page_by_id(id, actor.as_ref()).await?;
    Ok(Redirect::to(&address(page.card.slug.as_str())).into_response())
}

#[cfg(test)]
pub(super) use tests::samples;

#[cfg(test)]
pub(super) mod tests {
    use model::{Agenda, Phase};

    use super::*;
    use crate::{
        pages::Sample,
        visitor::view::tests::{at, card},
    };

    pub(in crate::visitor) fn page(phase: Phase, door: Result<(), DoorClosed>) -> RoomPage {
        RoomPage {
            card: card("Kitchen Spanish, week 3 of 8", 3, phase),
            agenda: Agenda::parse("Forty minutes of useful words.\n\n- Bring a fruit").unwrap(),
            published: true,
            door,
            browser: Ok(()),
            needs_email: false,
            waiting_room: true,
        }
    }

    pub(in crate::visitor) fn samples() -> Vec<Sample> {
        let early = Phase::Upcoming { opens_at: at(60) };
        let insecure = RoomPage { browser: Err(NoBrowserJoin::InsecureAddress), ..page(Phase::Open, Ok(())) };
        let mut nobodys = page(Phase::Due, Err(DoorClosed::Disconnected));
        nobodys.card.host_name = String::new();
        nobodys.card.disconnected = true;
        let draft = RoomPage { published: false, ..page(early, Err(DoorClosed::Unpublished)) };
        let config = WebConfig::sample();
        let sample = |name, page: &RoomPage| Sample::of(name, &RoomView::of(page, &config));
        vec![
            sample("open", &page(Phase::Open, Ok(()))),
            sample("live", &page(Phase::Live, Ok(()))),
            sample("due", &page(Phase::Due, Ok(()))),
            sample("paused", &page(Phase::Paused, Ok(()))),
            sample("early", &page(early, Err(DoorClosed::TooEarly { opens_at: at(60) }))),
            sample("waiting for Zoom", &page(Phase::Open, Err(DoorClosed::NotAtZoom))),
            sample("without a Zoom account", &nobodys),
            sample("ended", &page(Phase::Ended, Err(DoorClosed::Ended))),
            sample("over time", &page(Phase::Ended, Ok(()))),
            sample("plain http", &insecure),
            sample("draft", &draft),
        ]
    }
}
