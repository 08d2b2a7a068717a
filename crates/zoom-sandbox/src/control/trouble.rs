//! Faults, the plug, and how long new meetings stay out of lists.

use axum::{Json, extract::State, http::StatusCode, response::Response};
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::refused;
use crate::{app::App, faults::FaultRule};

fn shown(app: &App) -> Json<Value> {
    Json(json!({
        "items": app.faults.rules(),
        "unplugged": app.faults.is_unplugged(),
        "new_meetings_invisible_for_seconds": app.faults.invisible_for().as_secs_f64(),
    }))
}

pub(crate) async fn show_faults(State(app): State<App>) -> Json<Value> {
    shown(&app)
}

pub(crate) async fn add_fault(State(app): State<App>, Json(rule): Json<FaultRule>) -> Result<Json<Value>, Response> {
    let is_known = rule
        .operation
        .as_deref()
        .is_none_or(|id| matches!(id, "token" | "webhook") || zoom_spec::operation(id).is_some());
    if !is_known {
        let name = rule.operation.unwrap_or_default();
        let message = format!("no operation is called {name}; use Zoom's operationId, token or webhook");
        return Err(refused(StatusCode::BAD_REQUEST, message));
    }
    app.faults.add(rule);
    Ok(shown(&app))
}

pub(crate) async fn clear_faults(State(app): State<App>) -> Json<Value> {
    app.faults.clear();
    shown(&app)
}

#[derive(Deserialize)]
pub(crate) struct Visibility {
    seconds: f64,
}

pub(crate) async fn hide_new_meetings(
    State(app): State<App>,
    Json(wanted): Json<Visibility>,
) -> Result<Json<Value>, Response> {
    let Ok(time) = SignedDuration::try_from_secs_f64(wanted.seconds) else {
        return Err(refused(StatusCode::BAD_REQUEST, "seconds must be a number of seconds"));
    };
    app.faults.hide_new_meetings_for(time);
    Ok(shown(&app))
}

pub(crate) async fn unplug(State(app): State<App>) -> Json<Value> {
    app.faults.unplug();
    shown(&app)
}

pub(crate) async fn plug_in(State(app): State<App>) -> Json<Value> {
    app.faults.plug_in();
    shown(&app)
}
