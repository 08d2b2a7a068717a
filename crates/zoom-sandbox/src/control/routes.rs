//! The controls' part of the route table, each with what the OpenAPI document says of it.

use axum::{
    extract::DefaultBodyLimit,
    routing::{MethodRouter, delete, get, post, put},
};
use utoipa::{Path as _, openapi::path::Operation};

use super::{attend, calls, limits, meetings, openapi, renewal, settings, snapshots, time, trouble, webhooks, world};
use crate::{
    app::App,
    table::{Audience, RouteFacts},
};

/// The largest snapshot that is taken.
const LARGEST_SNAPSHOT: usize = 256 * 1024 * 1024;
/// The largest seed.
const LARGEST_SEED: usize = 16 * 1024 * 1024;

/// A control: what is known of it, its handler, and its part of the OpenAPI document.
pub(crate) struct Control {
    pub(crate) facts: RouteFacts,
    pub(crate) handler: MethodRouter<App>,
    pub(crate) docs: fn() -> Operation,
}

/// `get "path" (as "sample"), "what it is for", module::handler's name, of utoipa`.
macro_rules! control {
    ($verb:ident $method:literal, $path:literal, $about:literal, $module:ident, $handler:ident, $docs:ident) => {
        control!($verb $method, $path as $path, $about, $module, $handler, $docs)
    };
    ($verb:ident $method:literal, $path:literal as $sample:literal, $about:literal, $module:ident, $handler:ident, $docs:ident) => {
        Control {
            facts: RouteFacts {
                methods: $method,
                path: concat!("/sandbox/v1", $path),
                sample: concat!("/sandbox/v1", $sample),
                audience: Audience::Owner,
                about: $about,
            },
            handler: $verb($module::$handler),
            docs: $module::$docs::operation,
        }
    };
}

/// Every control.
pub(crate) fn routes() -> Vec<Control> {
    let mut all = vec![
        control!(get "GET", "", "Addresses", world, ready, __path_ready),
        control!(get "GET", "/openapi.json", "This document", openapi, openapi, __path_openapi),
    ];
    all.extend(of_the_world());
    all.extend(of_time_and_calls());
    all.extend(of_trouble());
    all.extend(of_webhooks());
    all
}

fn of_the_world() -> Vec<Control> {
    vec![
        control!(get "GET", "/accounts", "Every account", world, accounts, __path_accounts),
        control!(get "GET", "/people", "Everybody", world, people, __path_people),
        control!(get "GET", "/meetings", "Every meeting there is", meetings, meetings, __path_meetings),
        control!(post "POST", "/meetings/{number}/start" as "/meetings/81234567890/start", "Starts a call",
            meetings, start, __path_start),
        control!(post "POST", "/meetings/{number}/end" as "/meetings/81234567890/end", "Ends a call",
            meetings, end, __path_end),
        control!(post "POST", "/meetings/{number}/simulate" as "/meetings/81234567890/simulate",
            "Puts simulated people into a call", meetings, simulate, __path_simulate),
        control!(post "POST", "/meetings/{number}/join" as "/meetings/81234567890/join",
            "Lets somebody come into a call", attend, join, __path_join),
        control!(post "POST", "/meetings/{number}/admit" as "/meetings/81234567890/admit",
            "Lets somebody in who waits", attend, admit, __path_admit),
        control!(post "POST", "/meetings/{number}/leave" as "/meetings/81234567890/leave",
            "Lets somebody leave a call", attend, leave, __path_leave),
        control!(post "POST", "/meetings/{number}/record" as "/meetings/81234567890/record",
            "Records a call that is on", meetings, record, __path_record),
        control!(put "PUT", "/settings", "Changes settings of the account", settings, set_settings, __path_set_settings),
        control!(post "POST", "/reset", "Begins anew", renewal, reset, __path_reset),
        control!(post "POST", "/seed", "Adds one's own people and meetings", renewal, seed, __path_seed)
            .takes_up_to(LARGEST_SEED),
        control!(get "GET", "/snapshot", "The world as JSON", renewal, snapshot, __path_snapshot),
        control!(put "PUT", "/snapshot", "Restores a world", renewal, restore, __path_restore)
            .takes_up_to(LARGEST_SNAPSHOT),
        control!(get "GET", "/snapshots", "The named snapshots", snapshots, list, __path_list),
        control!(put "PUT", "/snapshots/{name}" as "/snapshots/sample", "Takes a snapshot", snapshots, take, __path_take),
        control!(post "POST", "/snapshots/{name}/restore" as "/snapshots/other/restore", "Restores a snapshot",
            snapshots, back, __path_back),
        control!(delete "DELETE", "/snapshots/{name}" as "/snapshots/other", "Deletes a snapshot",
            snapshots, forget, __path_forget),
    ]
}

fn of_time_and_calls() -> Vec<Control> {
    vec![
        control!(get "GET", "/clock", "The time", time, show_clock, __path_show_clock),
        control!(post "POST", "/clock/advance", "Lets time jump", time, advance, __path_advance),
        control!(post "POST", "/clock/set", "Sets the time", time, set, __path_set),
        control!(post "POST", "/clock/freeze", "Stops the time", time, freeze, __path_freeze),
        control!(post "POST", "/clock/run", "Lets time run on", time, run, __path_run),
        control!(get "GET", "/calls", "The call log", calls, some_calls, __path_some_calls),
        control!(delete "DELETE", "/calls", "Empties log and counters", calls, clear_calls, __path_clear_calls),
        control!(get "GET", "/calls/{id}" as "/calls/1", "One call", calls, one_call, __path_one_call),
        control!(get "GET", "/counters", "Calls per operation", calls, counters, __path_counters),
    ]
}

fn of_trouble() -> Vec<Control> {
    vec![
        control!(get "GET", "/faults", "The faults in force", trouble, show_faults, __path_show_faults),
        control!(post "POST", "/faults", "Adds a fault", trouble, add_fault, __path_add_fault),
        control!(delete "DELETE", "/faults", "Everything works again", trouble, clear_faults, __path_clear_faults),
        control!(put "PUT", "/visibility", "Keeps new meetings out of lists",
            trouble, hide_new_meetings, __path_hide_new_meetings),
        control!(post "POST", "/unplug", "Cuts every call", trouble, unplug, __path_unplug),
        control!(post "POST", "/plug", "Answers again", trouble, plug_in, __path_plug_in),
        control!(get "GET", "/limits", "The plan and its limits", limits, show_limits, __path_show_limits),
        control!(put "PUT", "/limits", "Changes plan and limits", limits, set_limits, __path_set_limits),
        control!(get "GET", "/switches", "The switches", limits, show_switches, __path_show_switches),
        control!(put "PUT", "/switches", "Changes switches", limits, set_switches, __path_set_switches),
    ]
}

fn of_webhooks() -> Vec<Control> {
    vec![
        control!(get "GET", "/webhooks", "The receivers", webhooks, show_webhooks, __path_show_webhooks),
        control!(put "PUT", "/webhooks", "Validates and adds a receiver",
            webhooks, subscribe_webhook, __path_subscribe_webhook),
        control!(delete "DELETE", "/webhooks", "Forgets the receivers",
            webhooks, unsubscribe_webhooks, __path_unsubscribe_webhooks),
        control!(get "GET", "/deliveries", "What was sent", webhooks, deliveries, __path_deliveries),
        control!(get "GET", "/deliveries/{id}" as "/deliveries/1", "One delivery", webhooks, delivery, __path_delivery),
        control!(post "POST", "/deliveries/{id}/resend" as "/deliveries/1/resend", "Sends a delivery again",
            webhooks, resend, __path_resend),
        control!(post "POST", "/deliveries/replay", "Sends many deliveries again", webhooks, replay, __path_replay),
    ]
}

impl Control {
    fn takes_up_to(mut self, bytes: usize) -> Self {
        self.handler = self.handler.layer(DefaultBodyLimit::max(bytes));
        self
    }
}
