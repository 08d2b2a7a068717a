//! A room's page for members: facts, how it stands at Zoom and what to do, links, history.

use axum::{
    extract::{Path, State},
    response::Response,
};
use http::StatusCode;
use model::{AtZoom, Right, RoomKind, RoomOptions, ZoomUserId};
use serde::Serialize;
use service::{Actor, Decision, RoomView, Work};

use super::{room_id, row::RoomRow, save::to_room};
use crate::{
    admin::{
        audit::Entry,
        inside::{Content, Place, show, show_again},
    },
    app::{App, Query},
    fault::Fault,
    fields::Fields,
    guard::Signed,
    language::say,
    pages::Page,
    routes::encoded,
    visitor::{EmbedCode, render_markdown},
};

/// The most lines of history.
const HISTORY: usize = 20;

/// A room's page.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each says of one thing on the page whether it is offered")]
pub(crate) struct RoomDetail {
    pub(crate) room: RoomRow,
    /// The agenda as clean HTML; empty where there is none.
    pub(crate) agenda: String,
    /// The names of those who may start it besides its host.
    pub(crate) alternative_hosts: Vec<String>,
    /// The switches that are on.
    pub(crate) options: Vec<&'static str>,
    pub(crate) page_path: String,
    pub(crate) page_url: String,
    pub(crate) permanent_url: String,
    /// What puts it on a page elsewhere.
    pub(crate) embed: EmbedCode,
    /// The sandbox's log of what was asked about this room.
    pub(crate) sandbox_log: Option<String>,
    pub(crate) work: Option<WorkNote>,
    pub(crate) may_retry: bool,
    pub(crate) may_decide: bool,
    /// Whether the member may say under which number the room exists: it could be somebody else's meeting.
    pub(crate) may_name_number: bool,
    /// The number as typed, where it was wrong.
    pub(crate) number: String,
    pub(crate) number_wrong: bool,
    /// Only ever after somebody who keeps the room asked to see it.
    pub(crate) passcode: Option<String>,
    /// None where the member may not read the audit log.
    pub(crate) history: Option<Vec<Entry>>,
}

impl Page for RoomDetail {
    const TEMPLATE: &'static str = "admin/room.html";
}

impl Content for RoomDetail {
    const PLACE: Place = Place::Rooms;
}

/// Work for Zoom that waits.
#[derive(Serialize)]
pub(crate) struct WorkNote {
    pub(crate) attempts: i64,
    /// Why it did not work last time.
    pub(crate) reason: Option<String>,
}

impl WorkNote {
    /// What has been tried already; work that nobody has begun says nothing.
    fn of(work: &Work) -> Option<Self> {
        (work.attempts > 0).then(|| Self { attempts: work.attempts, reason: work.last_error.clone() })
    }
}

impl RoomDetail {
    /// The page of a room as it is.
    pub(crate) fn of(app: &App, actor: &Actor, view: &RoomView, history: Option<Vec<Entry>>) -> Self {
        let room = &view.room;
        let html = render_markdown(&room.agenda);
        Self {
            room: RoomRow::from(view),
            agenda: html,
            alternative_hosts: alternative_hosts(view),
            options: options(room.kind, room.options),
            page_path: format!("/r/{}", encoded(room.slug.as_str())),
            page_url: view.page_url.clone(),
            permanent_url: view.permanent_url.clone(),
            embed: EmbedCode::of(&app.config, room.id, room.title.as_str(), room.slug.as_str()),
            sandbox_log: sandbox_log(app, room.zoom_number),
            work: view.work.as_ref().and_then(WorkNote::of),
            may_retry: view.may_keep
                && (matches!(room.at_zoom, AtZoom::Refused { .. })
                    || view.work.as_ref().is_some_and(|w| w.attempts > 0)),
            may_decide: view.may_keep && room.at_zoom == AtZoom::Unknown,
            may_name_number: actor.may(Right::KeepAllRooms),
            number: String::new(),
            number_wrong: false,
            passcode: None,
            history,
        }
    }
}

/// `GET /admin/rooms/{id}`
pub(crate) async fn room(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    query: Query,
) -> Result<Response, Fault> {
    let view = app.service.room(&actor, room_id(&id)?).await?;
    let page = RoomDetail::of(&app, &actor, &view, history(&app, &actor, &view).await?);
    show(&app, &actor, &query, page).await
}

/// `POST /admin/rooms/{id}/passcode`: the page with the passcode on it, for who keeps the room; the history says so.
pub(crate) async fn passcode(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let view = app.service.room_with_passcode(&actor, room_id(&id)?).await?;
    let mut page = RoomDetail::of(&app, &actor, &view, history(&app, &actor, &view).await?);
    page.passcode = Some(view.room.passcode.expose().to_owned());
    show_again(&app, &actor, StatusCode::OK, page).await
}

/// `POST /admin/rooms/{id}/retry`
pub(crate) async fn retry(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let id = room_id(&id)?;
    app.service.retry_room(&actor, id).await?;
    Ok(to_room(id, "retrying"))
}

/// `POST /admin/rooms/{id}/decide`
pub(crate) async fn decide(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Fault> {
    let id = room_id(&id)?;
    let decision = match fields.get("decision") {
        "exists" => zoom_number(fields.get("number")).map(|number| Decision::ItExists { number }),
        "again" => Some(Decision::CreateAgain),
        _ => None,
    };
    if let Some(decision) = decision {
        app.service.decide_unknown(&actor, id, decision).await?;
        return Ok(to_room(id, "decided"));
    }
    let view = app.service.room(&actor, id).await?;
    let mut page = RoomDetail::of(&app, &actor, &view, history(&app, &actor, &view).await?);
    fields.get("number").clone_into(&mut page.number);
    page.number_wrong = true;
    show_again(&app, &actor, StatusCode::UNPROCESSABLE_ENTITY, page).await
}

/// A Zoom number as people copy it: 9 to 11 digits, with spaces or hyphens between.
fn zoom_number(typed: &str) -> Option<i64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let ok = (9..=11).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if ok { digits.parse().ok() } else { None }
}

/// The sandbox's request log, narrowed to this meeting.
fn sandbox_log(app: &App, number: Option<i64>) -> Option<String> {
    let mut url = app.config.sandbox_log.clone()?;
    if let Some(number) = number {
        url.query_pairs_mut().append_pair("meeting", &number.to_string());
    }
    Some(url.to_string())
}

async fn history(app: &App, actor: &Actor, view: &RoomView) -> Result<Option<Vec<Entry>>, Fault> {
    if !actor.may(Right::ReadAudit) {
        return Ok(None);
    }
    let lines = app.service.room_history(actor, view.room.id, HISTORY).await?;
    Ok(Some(lines.iter().map(Entry::from).collect()))
}

/// The names of the alternative hosts.
pub(super) fn alternative_hosts(view: &RoomView) -> Vec<String> {
    let name = |id: &ZoomUserId| {
        let known = view.alternative_hosts.iter().find(|host| host.id == *id);
        known.map_or_else(|| say("rooms-host-unknown"), |host| host.name.clone())
    };
    view.room.alternative_hosts.iter().map(name).collect()
}

pub(super) fn options(kind: RoomKind, options: RoomOptions) -> Vec<&'static str> {
    let meeting = kind == RoomKind::Meeting;
    [
        (options.waiting_room && meeting, "waiting-room"),
        (options.join_before_host && meeting, "join-before-host"),
        (options.host_video, "host-video"),
        (options.participant_video && meeting, "participant-video"),
        (options.mute_on_entry && meeting, "mute-on-entry"),
    ]
    .into_iter()
    .filter_map(|(on, word)| on.then_some(word))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_taken_the_way_zoom_shows_it() {
        assert_eq!(zoom_number(" 812 3456 7890 "), Some(81_234_567_890));
        assert_eq!(zoom_number("812-345-678"), Some(812_345_678));
        for bad in ["", "12345678", "812 3456 7890 1", "81234x67890", "８１２３４５６７８９０"] {
            assert_eq!(zoom_number(bad), None, "{bad}");
        }
    }
}
