//! What the account has paid for, and how its calls are counted.

use axum::{Json, extract::State, http::StatusCode, response::Response};
use serde::{Deserialize, Serialize};

use super::refused;
use crate::{
    app::App,
    world::{ChangeError, Plan},
};

/// The plan and the switches of the limits.
#[derive(Serialize)]
pub(crate) struct Shown {
    plan: Plan,
    enforced: bool,
    strict_window: bool,
    all_headers: bool,
}

/// What somebody wants changed; what is left out stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wish {
    plan: Option<Plan>,
    enforced: Option<bool>,
    strict_window: Option<bool>,
    all_headers: Option<bool>,
}

pub(crate) async fn show_limits(State(app): State<App>) -> Json<Shown> {
    let (enforced, strict_window, all_headers) = app.limits.switches();
    Json(Shown { plan: app.world.account().plan, enforced, strict_window, all_headers })
}

/// Changes plan and switches; what was counted so far is forgotten.
pub(crate) async fn set_limits(State(app): State<App>, Json(wish): Json<Wish>) -> Result<Json<Shown>, Response> {
    if let Some(plan) = wish.plan {
        set_plan(&app, plan).map_err(|problem| refused(StatusCode::INTERNAL_SERVER_ERROR, problem))?;
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
    app.limits.clear();
    Ok(show_limits(State(app)).await)
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
