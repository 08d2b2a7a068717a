//! Faults, the plug, and how long new meetings stay out of lists.

use axum::{Json, extract::State, http::StatusCode, response::Response};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::{Refused, body::Body, refused};
use crate::{app::App, faults::FaultRule};

/// What goes wrong.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct FaultsShown {
    items: Vec<FaultRule>,
    /// Whether every call is cut.
    unplugged: bool,
    /// For how long new meetings stay out of lists.
    new_meetings_invisible_for_seconds: f64,
}

fn shown(app: &App) -> Json<FaultsShown> {
    Json(FaultsShown {
        items: app.faults.rules(),
        unplugged: app.faults.is_unplugged(),
        new_meetings_invisible_for_seconds: app.faults.invisible_for().as_secs_f64(),
    })
}

/// Lists the faults in force.
#[utoipa::path(get, path = "/sandbox/v1/faults", tag = "faults", operation_id = "faults",
    responses((status = 200, body = FaultsShown)))]
pub(crate) async fn show_faults(State(app): State<App>) -> Json<FaultsShown> {
    shown(&app)
}

/// Orders a fault.
#[utoipa::path(post, path = "/sandbox/v1/faults", tag = "faults", operation_id = "addFault", request_body = FaultRule,
    responses((status = 200, body = FaultsShown), (status = 400, body = Refused)))]
pub(crate) async fn add_fault(
    State(app): State<App>,
    Body(rule): Body<FaultRule>,
) -> Result<Json<FaultsShown>, Response> {
    sensible(&rule).map_err(|why| refused(StatusCode::BAD_REQUEST, why))?;
    app.faults.add(rule);
    Ok(shown(&app))
}

/// Whether a rule can meet anything, or why it never would.
fn sensible(rule: &FaultRule) -> Result<(), String> {
    let name = rule.fault.name();
    if rule.times == Some(0) {
        return Err("times is 0, so it would meet nothing; leave it out for every call".to_owned());
    }
    match rule.operation.as_deref() {
        Some("webhook") if !rule.fault.is_for_webhooks() => Err(format!(
            "{name} does not happen to webhooks; for them there are slow, duplicate, reorder, drop and bad_signature"
        )),
        Some("webhook") => Ok(()),
        _ if !rule.fault.is_for_calls() => Err(format!("{name} happens to webhooks only: set operation to webhook")),
        Some(id) if id != "token" && zoom_spec::operation(id).is_none() => {
            Err(format!("no operation is called {id}; use Zoom's operationId, token or webhook"))
        }
        _ => Ok(()),
    }
}

/// Ends all faults: everything works again.
#[utoipa::path(delete, path = "/sandbox/v1/faults", tag = "faults", operation_id = "clearFaults",
    responses((status = 200, body = FaultsShown)))]
pub(crate) async fn clear_faults(State(app): State<App>) -> Json<FaultsShown> {
    app.faults.clear();
    shown(&app)
}

/// For how long.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Visibility {
    seconds: f64,
}

/// Keeps meetings that are made from now on out of lists for a while.
#[utoipa::path(put, path = "/sandbox/v1/visibility", tag = "faults", operation_id = "hideNewMeetings",
    request_body = Visibility, responses((status = 200, body = FaultsShown), (status = 400, body = Refused)))]
pub(crate) async fn hide_new_meetings(
    State(app): State<App>,
    Body(wanted): Body<Visibility>,
) -> Result<Json<FaultsShown>, Response> {
    let Ok(time) = SignedDuration::try_from_secs_f64(wanted.seconds) else {
        return Err(refused(StatusCode::BAD_REQUEST, "seconds must be a number of seconds"));
    };
    app.faults.hide_new_meetings_for(time);
    Ok(shown(&app))
}

/// Cuts every call from here on, as if Zoom were gone.
#[utoipa::path(post, path = "/sandbox/v1/unplug", tag = "faults", operation_id = "unplug",
    responses((status = 200, body = FaultsShown)))]
pub(crate) async fn unplug(State(app): State<App>) -> Json<FaultsShown> {
    app.faults.unplug();
    shown(&app)
}

/// Answers calls again.
#[utoipa::path(post, path = "/sandbox/v1/plug", tag = "faults", operation_id = "plugIn",
    responses((status = 200, body = FaultsShown)))]
pub(crate) async fn plug_in(State(app): State<App>) -> Json<FaultsShown> {
    app.faults.plug_in();
    shown(&app)
}
