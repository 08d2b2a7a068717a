//! What the account has paid for, how its calls are counted, and the switches of what Zoom does one way or another.

use axum::{Json, extract::State, http::StatusCode, response::Response};
use serde::{Deserialize, Serialize};

use super::{Refused, body::Body, refused};
use crate::{
    app::App,
    world::{ChangeError, Plan},
};

/// The plan and the switches of the limits.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct LimitsShown {
    plan: Plan,
    /// Whether calls, plans and registrations beyond the limits are refused.
    enforced: bool,
    /// Whether the calls of the last second are counted one by one, in place of a bucket that fills evenly.
    strict_window: bool,
    /// Whether every answer has the headers of the limits, not only 429.
    all_headers: bool,
}

/// What somebody wants changed; what is left out stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LimitsWish {
    plan: Option<Plan>,
    enforced: Option<bool>,
    strict_window: Option<bool>,
    all_headers: Option<bool>,
}

/// Shows the account's plan and how its calls are counted.
#[utoipa::path(get, path = "/sandbox/v1/limits", tag = "limits", operation_id = "limits",
    responses((status = 200, body = LimitsShown)))]
pub(crate) async fn show_limits(State(app): State<App>) -> Json<LimitsShown> {
    let (enforced, strict_window, all_headers) = app.limits.switches();
    Json(LimitsShown { plan: app.world.account().plan, enforced, strict_window, all_headers })
}

/// Changes plan and limits; what was counted so far is forgotten.
#[utoipa::path(put, path = "/sandbox/v1/limits", tag = "limits", operation_id = "setLimits", request_body = Option<LimitsWish>,
    responses((status = 200, body = LimitsShown), (status = 400, body = Refused)))]
pub(crate) async fn set_limits(
    State(app): State<App>,
    Body(wish): Body<LimitsWish>,
) -> Result<Json<LimitsShown>, Response> {
    let failed = |problem| refused(StatusCode::INTERNAL_SERVER_ERROR, problem);
    if let Some(plan) = wish.plan {
        set_plan(&app, plan).map_err(failed)?;
    }
    if let Some(enforced) = wish.enforced {
        app.limits.set_enforced(enforced);
    }
    if let Some(strict) = wish.strict_window {
        app.limits.set_strict_window(strict);
    }
    if let Some(all) = wish.all_headers {
        app.limits.set_all_headers(all);
    }
    forget_counts(&app).map_err(failed)?;
    Ok(show_limits(State(app)).await)
}

/// Forgets what was counted so far, registrations too.
pub(crate) fn forget_counts(app: &App) -> Result<(), ChangeError<std::convert::Infallible>> {
    app.limits.clear();
    app.world.change(|change| {
        change.forget_counts();
        Ok(())
    })
}

/// Gives the account and its sub-accounts another plan.
pub(crate) fn set_plan(app: &App, plan: Plan) -> Result<(), ChangeError<std::convert::Infallible>> {
    app.world.change(|change| {
        change.state.account.plan = plan;
        for account in change.state.sub_accounts.iter_mut() {
            account.plan = plan;
        }
        Ok(())
    })
}

/// Where Zoom does one thing or another.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Switches {
    /// Whether an app's new token ends its older ones. Off: several are valid together.
    newest_token_wins: bool,
}

/// What somebody wants switched; what is left out stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SwitchesWish {
    newest_token_wins: Option<bool>,
}

/// Shows the switches.
#[utoipa::path(get, path = "/sandbox/v1/switches", tag = "limits", operation_id = "switches",
    responses((status = 200, body = Switches)))]
pub(crate) async fn show_switches(State(app): State<App>) -> Json<Switches> {
    Json(Switches { newest_token_wins: app.world.read(|state| state.newest_token_wins) })
}

/// Changes switches. They belong to the world: snapshots and the state file keep them, a reset puts them back.
#[utoipa::path(put, path = "/sandbox/v1/switches", tag = "limits", operation_id = "setSwitches",
    request_body = Option<SwitchesWish>, responses((status = 200, body = Switches), (status = 400, body = Refused)))]
pub(crate) async fn set_switches(
    State(app): State<App>,
    Body(wish): Body<SwitchesWish>,
) -> Result<Json<Switches>, Response> {
    if let Some(wins) = wish.newest_token_wins {
        let kept = set_newest_token_wins(&app, wins);
        kept.map_err(|problem| refused(StatusCode::INTERNAL_SERVER_ERROR, problem))?;
    }
    Ok(show_switches(State(app)).await)
}

/// Whether an app's new token ends its older ones, from the next token on.
pub(crate) fn set_newest_token_wins(app: &App, wins: bool) -> Result<(), ChangeError<std::convert::Infallible>> {
    app.world.change(|change| {
        change.state.newest_token_wins = wins;
        Ok(())
    })
}
