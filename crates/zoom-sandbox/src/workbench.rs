//! The workbench at `/sandbox`: everything that happens in the pretend Zoom, as people read and steer it.

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::{MethodRouter, get},
};
use minijinja::{Value, context};
use rust_embed::RustEmbed;

use crate::{app::App, pages::Pages};

#[derive(RustEmbed)]
#[folder = "static/workbench/"]
pub(crate) struct Files;

/// Script and style from here only; nobody frames it.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A page of the workbench.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    /// Of its template and its script.
    name: &'static str,
    pub(crate) path: &'static str,
    pub(crate) title: &'static str,
    about: &'static str,
    template: &'static str,
}

macro_rules! page {
    ($name:literal, $path:literal, $title:literal, $about:literal) => {
        Page {
            name: $name,
            path: $path,
            title: $title,
            about: $about,
            template: include_str!(concat!("../templates/workbench/", $name, ".html")),
        }
    };
}

/// The pages, as the navigation has them.
pub(crate) const PAGES: [Page; 7] = [
    page!("calls", "/sandbox", "Calls", "What programs asked of the pretend Zoom, and what it decided."),
    page!("webhooks", "/sandbox/webhooks", "Webhooks", "Who listens, what was sent to them, and what they answered."),
    page!("meetings", "/sandbox/meetings", "Meetings", "Every meeting and webinar, and who is in a call now."),
    page!("people", "/sandbox/people", "People", "The accounts and everybody in them, and how to bring your own."),
    page!("time", "/sandbox/time", "Time", "The clock that tokens, links and retries go by."),
    page!("faults", "/sandbox/faults", "Faults", "What shall go wrong, and what the account's plan allows."),
    page!("snapshots", "/sandbox/snapshots", "Snapshots", "Worlds to go back to, and how to begin anew."),
];

/// What a fault of calls is called, and in words.
const OF_CALLS: [(&str, &str); 11] = [
    ("cut_after", "Carried out, then the connection is cut"),
    ("cut_before", "The connection is cut, nothing is done"),
    ("cut_mid_answer", "The connection is cut in the middle of the answer"),
    ("slow", "Slow: waits, then is carried out"),
    ("slow_after", "Carried out; the answer waits"),
    ("hang", "Never carried out, never answered"),
    ("hang_after", "Carried out, never answered"),
    ("unauthorized", "401 as for a revoked token"),
    ("too_fast", "429 of the limit per second"),
    ("daily_limit", "429 of the limit per day"),
    ("server_error", "500 without a useful body"),
];

/// The same for webhooks; the value says so, since one name is in both lists.
const OF_WEBHOOKS: [(&str, &str); 5] = [
    ("webhook:duplicate", "Sent twice"),
    ("webhook:reorder", "Sent after the next one"),
    ("webhook:slow", "Delayed"),
    ("webhook:drop", "Never sent"),
    ("webhook:bad_signature", "Badly signed"),
];

static SHOWN: Pages = Pages::new(|pages| {
    pages.add_template("workbench/base.html", include_str!("../templates/workbench/base.html"))?;
    PAGES.into_iter().try_for_each(|page| pages.add_template(page.path, page.template))
});

/// The handler of a page.
pub(crate) fn handler(page: Page) -> MethodRouter<App> {
    get(move |State(app): State<App>| async move { show(&app, page) })
}

fn show(app: &App, page: Page) -> Response {
    let beside = match page.name {
        "calls" => connection(app),
        "faults" => {
            let operations: Vec<_> = zoom_spec::operations().iter().map(|operation| operation.id).collect();
            context! { operations, of_calls => OF_CALLS, of_webhooks => OF_WEBHOOKS }
        }
        _ => context! {},
    };
    let pages = PAGES.map(|page| context! { name => page.name, path => page.path, title => page.title });
    let frame = context! {
        pages => pages, name => page.name, title => page.title, about => page.about,
        account => app.world.account().name, ..beside
    };
    match SHOWN.rendered(page.path, frame) {
        Ok(html) => ([(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store")], Html(html))
            .into_response(),
        Err(problem) => {
            tracing::error!(%problem, page = page.name, "a page of the workbench cannot be shown");
            (StatusCode::INTERNAL_SERVER_ERROR, "The workbench cannot be shown; the log says why.\n").into_response()
        }
    }
}

/// What a program needs to call the sandbox.
fn connection(app: &App) -> Value {
    let held = app.world.credentials();
    let credentials = [
        ("Account ID", held.account_id),
        ("App ID", held.app_id),
        ("Client ID", held.client_id),
        ("Client Secret", held.client_secret),
        ("Meeting SDK Client ID", held.sdk_key),
        ("Meeting SDK Client Secret", held.sdk_secret),
        ("Webhook Secret Token", held.webhook_secret),
    ];
    let addresses = [
        ("REST API", format!("{}/v2", app.base)),
        ("OAuth", format!("{}/oauth/token", app.base)),
        ("Meeting SDK", format!("{}/sdk", app.base)),
    ];
    context! { credentials, addresses }
}

pub(crate) async fn file(Path(name): Path<String>) -> Response {
    match Files::get(&name) {
        Some(file) => {
            let kind = file.metadata.mimetype().to_owned();
            let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache".to_owned())];
            (headers, file.data).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::FaultRule;

    #[test]
    fn every_fault_of_the_page_is_one() {
        let names = OF_CALLS.iter().chain(&OF_WEBHOOKS).map(|(value, _)| value.trim_start_matches("webhook:"));
        for name in names {
            let rule = serde_json::from_value::<FaultRule>(serde_json::json!({ "fault": name, "ms": 1 })).unwrap();
            assert_eq!(rule.fault.name(), name);
        }
    }
}
