//! The page behind `registration_url`: people register by the same rules as over the API, without script.

mod answers;
mod view;

use axum::{
    Form,
    extract::{Path, State},
    response::Response,
};

use self::view::{Asked, lost, page};
use crate::{
    app::App,
    marketplace::Fields,
    rest,
    world::{Kind, Meeting, Registration},
};

/// The meeting of an address and how one registers for it; none where there is no such meeting.
fn find(app: &App, kind: Kind, id: &str) -> Option<(Meeting, Registration)> {
    let meeting = app.world.meeting(id.parse().ok()?).filter(|meeting| meeting.kind == kind)?;
    let kept = app.world.read(|state| state.registrations.get(&meeting.number).cloned());
    Some((meeting, kept.map(|kept| Registration::clone(&kept)).unwrap_or_default()))
}

fn show(app: &App, kind: Kind, id: &str) -> Response {
    let Some((meeting, registration)) = find(app, kind, id) else { return lost() };
    page(&Asked::new(&meeting, &registration, app.now()), &Fields::default(), None)
}

fn send(app: &App, kind: Kind, id: &str, fields: &Fields) -> Response {
    let Some((meeting, registration)) = find(app, kind, id) else { return lost() };
    let asked = Asked::new(&meeting, &registration, app.now());
    let body = answers::body(&asked, fields);
    let sittings: Vec<&str> = fields.all("occurrence").collect();
    let answer = rest::register(app, &meeting, &body, &sittings.join(","));
    page(&asked, fields, Some(&answer))
}

pub(crate) async fn meeting(State(app): State<App>, Path(id): Path<String>) -> Response {
    show(&app, Kind::Meeting, &id)
}

pub(crate) async fn webinar(State(app): State<App>, Path(id): Path<String>) -> Response {
    show(&app, Kind::Webinar, &id)
}

pub(crate) async fn for_meeting(
    State(app): State<App>,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    send(&app, Kind::Meeting, &id, &fields)
}

pub(crate) async fn for_webinar(
    State(app): State<App>,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    send(&app, Kind::Webinar, &id, &fields)
}
