//! The sandbox's clock.

use axum::{Json, extract::State, http::StatusCode, response::Response};
use clock::Timestamp;
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::refused;
use crate::app::App;

fn shown(app: &App) -> Json<Value> {
    Json(json!({ "now": app.now(), "running": app.clock.is_running() }))
}

pub(crate) async fn show_clock(State(app): State<App>) -> Json<Value> {
    shown(&app)
}

#[derive(Deserialize)]
pub(crate) struct Advance {
    seconds: f64,
}

pub(crate) async fn advance(State(app): State<App>, Json(by): Json<Advance>) -> Result<Json<Value>, Response> {
    let time = SignedDuration::try_from_secs_f64(by.seconds);
    let Ok(time) = time else {
        return Err(refused(StatusCode::BAD_REQUEST, "seconds must be a number of seconds that a clock can show"));
    };
    app.clock.advance(time);
    Ok(shown(&app))
}

#[derive(Deserialize)]
pub(crate) struct Set {
    now: Timestamp,
}

pub(crate) async fn set(State(app): State<App>, Json(to): Json<Set>) -> Json<Value> {
    app.clock.set(to.now);
    shown(&app)
}

pub(crate) async fn freeze(State(app): State<App>) -> Json<Value> {
    app.clock.freeze();
    shown(&app)
}

pub(crate) async fn run(State(app): State<App>) -> Json<Value> {
    app.clock.run();
    shown(&app)
}
