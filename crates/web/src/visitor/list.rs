//! The list of rooms: what is live, what comes, what has just ended.

use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use model::Phase;
use serde::Serialize;
use service::RoomCard;

use super::view::{CardView, next_of};
use crate::{
    app::{App, Query},
    cache::Fresh,
    fault::Fault,
    pages::Page,
};

/// The list of rooms.
#[derive(Debug, Serialize)]
pub(super) struct ListPage {
    groups: Vec<Group>,
}

/// Rooms under one heading.
#[derive(Debug, Serialize)]
struct Group {
    /// `now`, `soon`, `week`, `later` or `ended`.
    key: &'static str,
    rooms: Vec<CardView>,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "list.html";
}

const DAY: SignedDuration = SignedDuration::from_hours(24);
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Groups that are true in every zone: the server does not know what day it is for the reader.
fn group_of(card: &RoomCard, now: Timestamp) -> &'static str {
    let ahead = card.schedule.starts_at().duration_since(now);
    match card.phase {
        Phase::Live | Phase::Due | Phase::Paused => "now",
        Phase::Ended => "ended",
        _ if ahead <= DAY => "soon",
        _ if ahead <= WEEK => "week",
        _ => "later",
    }
}

impl ListPage {
    fn of(cards: &[RoomCard], now: Timestamp) -> Self {
        let groups = ["now", "soon", "week", "later", "ended"].into_iter().map(|key| Group {
            key,
            rooms: cards.iter().filter(|card| group_of(card, now) == key).map(CardView::of).collect(),
        });
        Self { groups: groups.filter(|group| !group.rooms.is_empty()).collect() }
    }
}

/// `GET /`
pub(super) async fn show(State(app): State<App>, query: Query, asked: HeaderMap) -> Result<Response, Fault> {
    // Where Zoom leads back to once an app is added. The code is of no use here, and goes no further.
    if query.contains_key("code") {
        return Ok(Redirect::to("/admin/setup?said=app-added").into_response());
    }
    let (epoch, now) = (app.service.epoch(), app.now());
    app.cache
        .answer("/", epoch, now, &asked, async || {
            let cards = app.service.upcoming().await?;
            let bytes = app.render(&ListPage::of(&cards, now)).await?.into_bytes();
            let instants = cards.iter().flat_map(|card| {
                let starts = card.schedule.starts_at();
                [card.phase_changes_at, starts.checked_sub(DAY).ok(), starts.checked_sub(WEEK).ok()]
            });
            let good_until = next_of(now, instants.flatten());
            Ok(Fresh { route: "/", content_type: "text/html; charset=utf-8", bytes, headers: Vec::new(), good_until })
        })
        .await
}

/// Examples of the page.
#[cfg(test)]
pub(super) fn samples() -> Vec<crate::pages::Sample> {
    use super::view::tests::{at, card};
    use crate::pages::Sample;
    let opens_at = at(3600);
    let cards = [
        card("Open studio: say hello", -10, Phase::Live),
        card("Kitchen Spanish, week 3 of 8", 3, Phase::Open),
        card("朝のヨガ", 60 * 30, Phase::Upcoming { opens_at }),
        card("ورشة الخط العربي", 60 * 24 * 9, Phase::Upcoming { opens_at }),
        card("Writing a grant", -60 * 20, Phase::Ended),
    ];
    let now = [
        card("Should have begun", -2, Phase::Due),
        card("Goes on when somebody comes", -30, Phase::Paused),
        RoomCard { disconnected: true, ..card("Kept without an account", -5, Phase::Due) },
    ];
    vec![
        Sample::of("five rooms", &ListPage::of(&cards, at(0))),
        Sample::of("not yet and no longer", &ListPage::of(&now, at(0))),
        Sample::of("no room", &ListPage::of(&[], at(0))),
    ]
}
