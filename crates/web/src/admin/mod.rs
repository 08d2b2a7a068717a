//! The members' pages: rooms, hosts, Zoom settings, team, inbox, audit, account.

mod account;
mod accounts;
mod audit;
mod console;
mod features;
mod hosts;
mod inbox;
pub(crate) mod inside;
mod quota;
mod rooms;
#[cfg(test)]
mod samples;
mod setup;
mod team;
mod times;
mod trial;
mod typed;
mod wrong;
mod zoom;

use axum::response::Redirect;

use crate::routes::{
    Audience::{Host, Member, Owner},
    Route,
    SampleBody::Form,
};

/// The addresses of the members' pages.
pub(crate) fn routes() -> Vec<Route> {
    let others = vec![
        Route::get("/admin", Member, async || Redirect::to("/admin/rooms")).redirect(),
        Route::get("/admin/hosts", Member, hosts::hosts),
        Route::post("/admin/hosts/refresh", Host, hosts::refresh).sample(Form(&[])),
        Route::post("/admin/hosts/link", Owner, hosts::link).sample(Form(&[("linked", "no")])),
        Route::get("/admin/setup", Owner, setup::guide),
        Route::post("/admin/setup", Owner, setup::mark).sample(Form(&[("step", "https"), ("done", "yes")])),
        Route::post("/admin/setup/address", Owner, setup::check_address).sample(Form(&[])),
        Route::post("/admin/setup/features", Owner, setup::want).sample(Form(&[("feature", "meetings")])),
        Route::get("/admin/setup/ask", Owner, setup::ask),
        Route::get("/admin/zoom", Owner, zoom::settings),
        Route::post("/admin/zoom", Owner, zoom::save).takes_up_to(typed::MAX_BYTES).sample(Form(&[])),
        Route::get("/admin/zoom/new", Owner, zoom::another),
        Route::post("/admin/zoom/account", Owner, accounts::change).sample(Form(&[("do", "name"), ("name", "")])),
        Route::get("/admin/zoom/disconnect", Owner, accounts::ask),
        Route::post("/admin/zoom/disconnect", Owner, accounts::disconnect).sample(Form(&[("rooms", "keep")])),
        Route::get("/admin/zoom/trial", Owner, trial::stage),
        Route::post("/admin/zoom/trial/begin", Owner, trial::begin).data().sample(Form(&[("account", "")])),
        Route::post("/admin/zoom/trial/end", Owner, trial::end).data().sample(Form(&[("number", "1")])),
        Route::post("/admin/zoom/features", Owner, features::choose).sample(Form(&[("feature", "meetings")])),
        Route::post("/admin/zoom/allowed", Owner, features::allow).sample(Form(&[("allowed", "nonsense")])),
        Route::get("/admin/zoom/quota", Owner, quota::quota),
        Route::post("/admin/zoom/quota", Owner, quota::agree).sample(Form(&[("plan", "none"), ("share", "50")])),
        Route::post("/admin/zoom/check", Owner, features::check).sample(Form(&[])),
        Route::get("/admin/zoom/console", Owner, console::index).query("q=meeting"),
        Route::get("/admin/zoom/console/{operation}", Owner, console::ask),
        Route::post("/admin/zoom/console/{operation}", Owner, console::run).sample(Form(&[("do", "run")])),
        Route::get("/admin/team", Owner, team::team),
        Route::post("/admin/team", Owner, team::add).sample(Form(&[("name", "Walker"), ("email", "nobody")])),
        Route::post("/admin/team/{member}/link", Owner, team::link).sample(Form(&[])),
        Route::post("/admin/team/{member}/role", Owner, team::set_role).sample(Form(&[("role", "nobody")])),
        Route::get("/admin/team/{member}/remove", Owner, team::ask_remove),
        Route::post("/admin/team/{member}/remove", Owner, team::remove).sample(Form(&[])),
        Route::get("/admin/inbox", Host, inbox::inbox),
        Route::get("/admin/audit", Host, audit::audit),
        Route::get("/admin/account", Member, account::account),
        Route::post("/admin/account/password", Member, account::password).sample(Form(&[("old", "x")])),
        Route::post("/admin/account/tokens", Member, account::make_token).sample(Form(&[])),
        Route::post("/admin/account/tokens/{token}/revoke", Member, account::revoke_token).sample(Form(&[])),
    ];
    [rooms::routes(), others].concat()
}

/// Examples of the pages.
#[cfg(test)]
pub(crate) fn samples() -> Vec<crate::pages::Sample> {
    [rooms::samples(), samples::samples(), console::samples(), trial::samples(), crate::api::samples()].concat()
}
