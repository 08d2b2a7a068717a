//! `POST /marketplace/app/event_subscription`: the receiver is validated before the answer, as when a page saves it.

use serde_json::{Value, json};

use super::{
    super::{Ask, Raw, words::refused},
    account, header, users,
};
use crate::{
    answer::{Answer, Refusal},
    hooks::{self, SubscribeError, Wish},
    world::{CustomHeader, Subscribers},
};

/// What the operation says of single fields, in its own words instead of the table's.
pub(super) fn check(raw: &Raw<'_>) -> Result<(), Refusal> {
    if raw.body.get("events").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        return Err(raw.refused("The events list is empty", ""));
    }
    if raw.text("event_webhook_url") == Some("") {
        return Err(raw.refused("The event webhook url is empty", ""));
    }
    check_scope(raw, raw.text("subscription_scope"))?;
    header::check(raw)
}

/// Whether it is one of Zoom's three.
pub(super) fn check_scope(raw: &Raw<'_>, scope: Option<&str>) -> Result<(), Refusal> {
    match scope {
        None | Some("user" | "account" | "master_account") => Ok(()),
        Some(_) => Err(raw.refused("The subscription scope is invalid", "")),
    }
}

/// Whether whoever made the app may decide for a whole account.
pub(super) fn manages(ask: &Ask<'_>) -> bool {
    ask.app.world.read(|state| state.role_of(&ask.caller.me).is_some_and(|role| role.may("MarketPlace:Edit")))
}

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let list =
        |name: &str| ask.body.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let events: Vec<String> = list("events").map(str::to_owned).collect();
    let scopes =
        ask.app.world.read(|state| state.app(ask.caller.app_id()).map(|app| app.scopes.clone())).unwrap_or_default();
    for name in &events {
        let event = zoom_spec::event(name).ok_or_else(|| refused(ask, "App event not exists", name))?;
        if !event.allowed_by(scopes.iter().map(String::as_str)) {
            return Err(refused(ask, "The event is not allowed for the app", name));
        }
    }
    let subscribers = subscribers(ask, list("user_ids"), events.first().map_or("", String::as_str))?;
    let custom_header = header::read(&ask.body);
    let wish = Wish {
        name: ask.text("event_subscription_name").unwrap_or_default().to_owned(),
        url: ask.text("event_webhook_url").unwrap_or_default().to_owned(),
        events,
        subscribers,
        custom_header,
    };
    let url_refused = refused(ask, "The event webhook url validate failed", &wish.url);
    let token_url = if let CustomHeader::OAuth { token_url, .. } = &wish.custom_header { token_url } else { "" };
    let token_refused = refused(ask, "The Oauth token url validate failed", token_url);
    let (app, client, success) = (ask.app.clone(), ask.caller.app_id().to_owned(), ask.operation.success);
    Ok(Answer::later(async move {
        if matches!(wish.custom_header, CustomHeader::OAuth { .. })
            && !hooks::gives_token(&app, &wish.custom_header).await
        {
            return token_refused.into();
        }
        match hooks::add(&app, &client, wish).await {
            Ok(id) => Answer::json(success, json!({ "event_subscription_id": id })),
            Err(SubscribeError::Disk(problem)) => Refusal::disk(&problem).into(),
            Err(problem @ SubscribeError::TooMany) => Refusal::new(400, 1500, problem.to_string()).into(),
            Err(problem) => url_refused.because(format!("1701: {problem}.")).into(),
        }
    }))
}

/// Whose events the request is about.
fn subscribers<'a>(ask: &Ask<'_>, named: impl Iterator<Item = &'a str>, event: &str) -> Result<Subscribers, Refusal> {
    let scope = ask.text("subscription_scope").unwrap_or_default();
    if scope == "user" {
        let mut ids = users(ask, named, ("User does not exist or does not belong", "The user don't authorize"))?;
        if ids.is_empty() {
            ids.push(ask.caller.me.id.clone());
        }
        return Ok(Subscribers::Users(ids));
    }
    if !manages(ask) {
        let refusal = refused(ask, "The user {$userId} missed permission", &ask.caller.me.id);
        let name = &ask.caller.me.display_name;
        return Err(refusal.filled(event).because(format!("1003: {name} made this app and does not run the account.")));
    }
    let account = account(ask, ask.text("account_id"))?;
    let is_primary = ask.app.world.read(|state| state.account.id == ask.caller.account_id);
    match scope {
        "master_account" if is_primary => Ok(Subscribers::WithSubAccounts(vec![account])),
        "master_account" => Err(refused(ask, "The subscription scope is invalid", "")),
        _ => Ok(Subscribers::Accounts(vec![account])),
    }
}
