//! The sandbox's clock.

use std::convert::Infallible;

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use clock::{FASTEST, Timestamp};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::{Refused, body::Body, refused};
use crate::{app::App, world::ChangeError};

/// The sandbox's time.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct ClockShown {
    /// What it shows.
    #[schema(value_type = String, format = DateTime)]
    now: Timestamp,
    /// Whether it runs.
    running: bool,
    /// How many seconds it makes in one of the machine's; 0 while it stands still.
    speed: u32,
}

/// The first and the last second the clock may be set to, since 1970: the years 1970 to 2499. What is planned from there
/// still has a time, which the latest instants of the calendar do not have.
const SHOWABLE: std::ops::Range<i64> = 0..16_725_225_600;

fn out_of_range() -> Response {
    refused(StatusCode::BAD_REQUEST, "the sandbox's clock shows the years 1970 to 2499")
}

fn shown(app: &App) -> Json<ClockShown> {
    let speed = app.clock.hands().speed();
    Json(ClockShown { now: app.now(), running: speed > 0, speed })
}

/// The same, once the state file knows how the clock was steered.
fn steered(app: &App) -> Response {
    match app.world.keep_clock() {
        Ok(()) => shown(app).into_response(),
        Err(problem) => refused(StatusCode::INTERNAL_SERVER_ERROR, ChangeError::<Infallible>::Disk(problem)),
    }
}

/// Tells the time.
#[utoipa::path(get, path = "/sandbox/v1/clock", tag = "time", operation_id = "clock",
    responses((status = 200, body = ClockShown)))]
pub(crate) async fn show_clock(State(app): State<App>) -> Json<ClockShown> {
    shown(&app)
}

/// How far to jump.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Advance {
    /// Less than nothing jumps back.
    seconds: f64,
}

/// Lets time jump: tokens, ZAKs, page tokens and webhook retries follow.
#[utoipa::path(post, path = "/sandbox/v1/clock/advance", tag = "time", operation_id = "advanceClock",
    request_body = Advance, responses((status = 200, body = ClockShown), (status = 400, body = Refused)))]
pub(crate) async fn advance(State(app): State<App>, Body(by): Body<Advance>) -> Response {
    let end = SignedDuration::try_from_secs_f64(by.seconds).ok();
    let fits = |time: &SignedDuration| app.now().checked_add(*time).is_ok_and(|to| SHOWABLE.contains(&to.as_second()));
    let Some(time) = end.filter(fits) else { return out_of_range() };
    app.clock.advance(time);
    steered(&app)
}

/// What the clock shall show.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Set {
    /// An instant such as `2026-11-30T18:00:00Z`.
    #[schema(value_type = String, format = DateTime)]
    now: Timestamp,
}

/// Sets the time; a clock that runs runs on from there.
#[utoipa::path(post, path = "/sandbox/v1/clock/set", tag = "time", operation_id = "setClock",
    request_body = Set, responses((status = 200, body = ClockShown), (status = 400, body = Refused)))]
pub(crate) async fn set(State(app): State<App>, Body(to): Body<Set>) -> Response {
    if !SHOWABLE.contains(&to.now.as_second()) {
        return out_of_range();
    }
    app.clock.set(to.now);
    steered(&app)
}

/// Stops the time.
#[utoipa::path(post, path = "/sandbox/v1/clock/freeze", tag = "time", operation_id = "freezeClock",
    responses((status = 200, body = ClockShown)))]
pub(crate) async fn freeze(State(app): State<App>) -> Response {
    app.clock.freeze();
    steered(&app)
}

/// How fast the clock shall run.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Run {
    /// Seconds in one of the machine's, 1 to 86400; 1 where it is left out.
    #[schema(minimum = 1, maximum = 86400)]
    speed: Option<u32>,
}

/// Lets the time run on, as fast as the machine's or faster.
#[utoipa::path(post, path = "/sandbox/v1/clock/run", tag = "time", operation_id = "runClock",
    request_body = Option<Run>, responses((status = 200, body = ClockShown), (status = 400, body = Refused)))]
pub(crate) async fn run(State(app): State<App>, Body(wish): Body<Run>) -> Response {
    let speed = wish.speed.unwrap_or(1);
    if !(1..=FASTEST).contains(&speed) {
        return refused(StatusCode::BAD_REQUEST, format_args!("speed must be 1 to {FASTEST}"));
    }
    app.clock.run_at(speed);
    steered(&app)
}
