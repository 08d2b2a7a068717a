//! A test join: the owner's browser joins a meeting made for it, and says how that went.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use service::Error;

use super::{accounts, typed::Typed};
use crate::{
    app::{App, Query},
    config::WebConfig,
    fault::Fault,
    guard::Signed,
    pages::Page,
    visitor::{
        call::{Packet, on_stage},
        sdk_codes::{self, CodeView, Reader},
    },
};

/// The page on which it happens.
#[derive(Debug, Serialize)]
pub(crate) struct TrialPage {
    account: String,
    sdk_origin: String,
    /// Where to begin again, to go back, and to go when it worked.
    again: String,
    back: String,
    done: String,
    codes: Vec<CodeView>,
}

impl Page for TrialPage {
    const TEMPLATE: &'static str = "trial.html";
}

impl TrialPage {
    pub(crate) fn of(account: &str, sdk_origin: String) -> Self {
        Self {
            account: account.to_owned(),
            sdk_origin,
            again: format!("/admin/zoom/trial?account={account}"),
            back: format!("/admin/zoom?account={account}#test"),
            done: format!("/admin/zoom?account={account}&said=trial#test"),
            codes: sdk_codes::all(Reader::Owner),
        }
    }
}

/// `GET /admin/zoom/trial`: the stage. Nothing is made before its script asks.
pub(crate) async fn stage(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    let Some(view) = accounts::asked_for(&app, &actor, &query).await? else {
        return Ok(Redirect::to("/admin/zoom").into_response());
    };
    let page = TrialPage::of(&view.id.to_string(), WebConfig::origin_of(&app.config.sdk_base));
    Ok(on_stage(&app, app.page(StatusCode::OK, &page).await?))
}

/// `POST /admin/zoom/trial/begin`: makes the meeting, and says how to join it.
pub(crate) async fn begin(State(app): State<App>, Signed(actor): Signed, typed: Typed) -> Result<Response, Fault> {
    let view = accounts::meant(&app, &actor, &typed).await?;
    let packet = app.service.begin_trial(&actor, view.id).await?;
    let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((headers, Json(Packet::of(&packet))).into_response())
}

/// `POST /admin/zoom/trial/end`: how it went.
pub(crate) async fn end(State(app): State<App>, Signed(actor): Signed, typed: Typed) -> Result<Response, Fault> {
    let view = accounts::meant(&app, &actor, &typed).await?;
    let number = typed.text("number").parse().map_err(|_| Error::NotFound)?;
    let code = Some(typed.text("code")).filter(|code| !code.is_empty());
    app.service.end_trial(&actor, view.id, number, code).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// An example of the page.
#[cfg(test)]
pub(crate) fn samples() -> Vec<crate::pages::Sample> {
    let page = TrialPage::of("0197a1b2-0000-7000-8000-000000000000", "https://source.zoom.us".into());
    vec![crate::pages::Sample::of("test join", &page)]
}
