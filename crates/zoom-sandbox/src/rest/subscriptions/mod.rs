//! The event subscriptions of the app that asks: made, listed, given to more users or fewer, ended; and what was sent.

mod create;
mod header;
mod logs;

use serde_json::{Value, json};
use zoom_spec::code::ACCOUNT_NOT_FOUND;

use super::{Ask, Behaviour, Check, page, words::refused};
use crate::{
    answer::{Answer, Refusal},
    world::{Change, Person, Subscribers, Subscription},
};

/// What the sandbox does with event subscriptions.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("createEventSubscription", create::answer),
    ("getUserEventSubscriptions", list),
    ("subscribeEventSubscription", subscribe),
    ("unSubscribeEventSubscription", unsubscribe),
    ("deleteEventSubscription", delete),
    ("getWebhookLogs", logs::answer),
];

/// Fields that these operations refuse in words of their own.
pub(super) const CHECKS: &[(&str, Check)] = &[
    ("createEventSubscription", create::check),
    ("getUserEventSubscriptions", |raw| create::check_scope(raw, raw.query("subscription_scope"))),
    ("getWebhookLogs", logs::check),
];

fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let user = match ask.query("user_id") {
        None | Some("me") => Person::clone(&ask.caller.me),
        Some(id) => ask.user_named(id).map_err(|_| refused(ask, "User does not exist or does not belong", id))?,
    };
    let scope = ask.query("subscription_scope").unwrap_or("account");
    let account = match ask.query("account_id") {
        None | Some("me") => ask.caller.account_id.as_str(),
        Some(id) => id,
    };
    let is_meant = |one: &Subscription| {
        one.subscribers.scope() == scope
            && match &one.subscribers {
                Subscribers::All => account == ask.caller.account_id,
                Subscribers::Users(ids) => ids.contains(&user.id),
                Subscribers::Accounts(ids) | Subscribers::WithSubAccounts(ids) => ids.iter().any(|id| id == account),
            }
    };
    let rows: Vec<Value> = ask.app.world.read(|state| {
        let own = state.app(ask.caller.app_id()).into_iter().flat_map(|app| &app.subscriptions);
        own.filter(|one| is_meant(one)).map(|one| row(one, &user)).collect()
    });
    Ok(Answer::json(ask.operation.success, page::envelope(ask, "event_subscriptions", rows)?))
}

fn row(one: &Subscription, user: &Person) -> Value {
    json!({
        "event_subscription_id": one.id,
        "event_subscription_name": one.name,
        "event_webhook_url": one.url,
        "events": one.events,
        "subscription_scope": one.subscribers.scope(),
        "created_source": if one.subscribers == Subscribers::All { "default" } else { "openapi" },
        "subscriber_id": user.id,
        "custom_header": header::shown(&one.custom_header),
    })
}

/// The ids of the users that a request names, who must all have given the app leave. `stranger` and `reserved` begin
/// the operation's words for who is not there and who has not.
fn users<'a>(
    ask: &Ask<'_>,
    names: impl Iterator<Item = &'a str>,
    (stranger, reserved): (&str, &str),
) -> Result<Vec<String>, Refusal> {
    let is_for_all = ask.app.world.read(|state| {
        state
            .app(ask.caller.app_id())
            .is_some_and(|app| app.kind == crate::world::AppKind::ServerToServer || app.admin_managed)
    });
    let mut ids = Vec::new();
    for name in names {
        let user = ask.user_named(name).map_err(|_| refused(ask, stranger, name))?;
        if !is_for_all && user.id != ask.caller.me.id {
            return Err(
                refused(ask, reserved, name).because("The app is managed by each user, and only its maker uses it.")
            );
        }
        ids.push(user.id);
    }
    Ok(ids)
}

/// The account that a request names: the caller's own, or one below it.
fn account(ask: &Ask<'_>, asked: Option<&str>) -> Result<String, Refusal> {
    let own = &ask.caller.account_id;
    match asked {
        None | Some("" | "me") => Ok(own.clone()),
        Some(id) if id == own => Ok(own.clone()),
        Some(id) => {
            let is_below = ask
                .app
                .world
                .read(|state| *own == state.account.id && state.sub_accounts.iter().any(|one| one.id == id));
            if is_below { Ok(id.to_owned()) } else { Err(Refusal::about(&ACCOUNT_NOT_FOUND, id)) }
        }
    }
}

/// `PATCH …/event_subscription/{eventSubscriptionId}`: more users, or the account again.
fn subscribe(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let id = ask.param("eventSubscriptionId");
    let named = ask.body.get("user_ids").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let users = users(ask, named, ("User does not exist or does not belong", "The user don't authorize"))?;
    let account = account(ask, ask.text("account_id"))?;
    let is_manager = create::manages(ask);
    ask.change(|change| {
        let one = own(ask, change, id)?;
        let more = if matches!(one.subscribers, Subscribers::Users(_)) {
            users
        } else if is_manager {
            vec![account]
        } else {
            return Err(refused(ask, "The user: {$userId} missed permission", &ask.caller.me.id).filled(id));
        };
        if let Some(ids) = one.subscribers.ids_mut() {
            ids.extend(more);
            ids.sort();
            ids.dedup();
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// `DELETE …/event_subscription`: fewer users, or the account no more. The subscription itself stays.
fn unsubscribe(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let id = ask.query("event_subscription_id").unwrap_or_default();
    let named = ask.query("user_ids").unwrap_or_default().split(',').map(str::trim).filter(|name| !name.is_empty());
    let mut fewer = Vec::new();
    for name in named {
        let user = ask.user_named(name).map_err(|_| refused(ask, "User does not exist or does not belong", name))?;
        fewer.push(user.id);
    }
    fewer.push(account(ask, ask.query("account_id"))?);
    ask.change(|change| {
        match own(ask, change, id)?.subscribers.ids_mut() {
            Some(ids) => ids.retain(|known| !fewer.contains(known)),
            None => end(ask, change, id),
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let id = ask.param("eventSubscriptionId");
    ask.change(|change| {
        own(ask, change, id)?;
        end(ask, change, id);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

fn end(ask: &Ask<'_>, change: &mut Change<'_>, id: &str) {
    if let Some(app) = change.state.app_mut(ask.caller.app_id()) {
        app.subscriptions.retain(|one| one.id != id);
    }
}

/// The subscription with this id, if it is the calling app's.
fn own<'a>(ask: &Ask<'_>, change: &'a mut Change<'_>, id: &str) -> Result<&'a mut Subscription, Refusal> {
    let app = change.state.app_mut(ask.caller.app_id());
    let found = app.and_then(|app| app.subscriptions.iter_mut().find(|one| one.id == id));
    found.ok_or_else(|| refused(ask, "App event subscription is invalid", id))
}
