//! The event subscriptions of the app that asks: listed and ended. They are made in the Marketplace or by the controls.

use serde_json::{Value, json};

use super::{Ask, Behaviour, page, words::refused};
use crate::answer::{Answer, Refusal};

/// What the sandbox does with event subscriptions.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("getUserEventSubscriptions", list),
    ("deleteEventSubscription", |ask| delete(ask, ask.param("eventSubscriptionId"))),
    ("unSubscribeEventSubscription", |ask| delete(ask, ask.query("event_subscription_id").unwrap_or_default())),
];

fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let user = match ask.query("user_id") {
        None | Some("me") => ask.caller.me.clone(),
        Some(id) => ask.user_named(id).map_err(|_| refused(ask, "User does not exist or does not belong", id))?,
    };
    let scope = ask.query("subscription_scope").unwrap_or("account");
    let rows: Vec<Value> = ask.app.world.read(|state| {
        let own = state.app(&ask.caller.app_id).into_iter().flat_map(|app| &app.subscriptions);
        own.filter(|_| scope == "account")
            .map(|one| {
                json!({
                    "event_subscription_id": one.id,
                    "event_subscription_name": one.name,
                    "event_webhook_url": one.url,
                    "events": one.events,
                    "subscription_scope": "account",
                    "created_source": "default",
                    "subscriber_id": user.id,
                })
            })
            .collect()
    });
    Ok(Answer::json(ask.operation.success, page::envelope(ask, "event_subscriptions", rows)?))
}

fn delete(ask: &Ask<'_>, id: &str) -> Result<Answer, Refusal> {
    ask.change(|change| {
        let app = change.state.app_mut(&ask.caller.app_id);
        let before = app.as_ref().map_or(0, |app| app.subscriptions.len());
        let after = app.map_or(0, |app| {
            app.subscriptions.retain(|one| one.id != id);
            app.subscriptions.len()
        });
        if before == after { Err(refused(ask, "App event subscription is invalid", id)) } else { Ok(()) }
    })?;
    Ok(Answer::empty(ask.operation.success))
}
