//! Zoom settings: credentials, their test step by step, the webhook's address, what works and what is missing.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use http::StatusCode;
use serde::Serialize;
use service::{Actor, ConnectionDraft, ConnectionView, Outcome, Step, TestReport};
use url::{Host, Url};

use super::{
    inside::{Content, Place, show, show_again},
    typed::Typed,
    wrong::{Line, Wrong},
};
use crate::{
    app::{App, Query},
    fault::Fault,
    guard::Signed,
    language::{say, say_with},
    pages::Page,
};

const LABELS: [(&str, &str, &str); 6] = [
    ("account_id", "account_id", "zoom-account-id"),
    ("client_id", "client_id", "zoom-client-id"),
    ("client_secret", "client_secret", "zoom-client-secret"),
    ("sdk_key", "sdk_key", "zoom-sdk-client-id"),
    ("sdk_secret", "sdk_secret", "zoom-sdk-client-secret"),
    ("webhook_secret", "webhook_secret", "zoom-webhook-secret"),
];

/// The page. No secret is in it.
#[derive(Serialize)]
pub(crate) struct ZoomPage {
    pub(crate) form: ZoomForm,
    /// Which secrets are stored.
    pub(crate) set: Stored,
    pub(crate) webhook_url: Option<String>,
    pub(crate) sandbox: bool,
    pub(crate) sandbox_url: Option<String>,
    pub(crate) works: Vec<Works>,
    pub(crate) report: Vec<StepRow>,
    /// The key of the sentence above the report, right after a save.
    pub(crate) outcome: Option<&'static str>,
    pub(crate) problems: Vec<Line>,
    pub(crate) errors: BTreeMap<&'static str, String>,
}

impl Page for ZoomPage {
    const TEMPLATE: &'static str = "admin/zoom.html";
}

impl Content for ZoomPage {
    const PLACE: Place = Place::Zoom;
}

/// What may be shown of what was typed or stored.
#[derive(Default, Serialize)]
pub(crate) struct ZoomForm {
    pub(crate) account_id: String,
    pub(crate) client_id: String,
    pub(crate) sdk_key: String,
}

/// Which secrets are stored.
#[derive(Default, Serialize)]
pub(crate) struct Stored {
    client_secret: bool,
    sdk_secret: bool,
    webhook_secret: bool,
}

/// Whether one thing works.
#[derive(Serialize)]
pub(crate) struct Works {
    name: &'static str,
    voice: &'static str,
    word: &'static str,
    text: String,
}

/// One step of the test.
#[derive(Serialize)]
pub(crate) struct StepRow {
    name: &'static str,
    /// `ok`, `failed`, `skipped`.
    outcome: &'static str,
    voice: &'static str,
    text: String,
}

impl From<&Step> for StepRow {
    fn from(step: &Step) -> Self {
        let (outcome, voice, text) = match &step.outcome {
            Outcome::Ok { found } => ("ok", "good", found),
            Outcome::Failed { reason } => ("failed", "bad", reason),
            Outcome::Skipped { reason } => ("skipped", "", reason),
        };
        Self { name: step.name.as_str(), outcome, voice, text: text.clone() }
    }
}

impl ZoomPage {
    /// The page of a connection, or of none.
    pub(crate) fn of(public_url: &Url, sandbox_log: Option<&Url>, connection: Option<&ConnectionView>) -> Self {
        let form = connection.map(|c| ZoomForm {
            account_id: c.account_id.clone(),
            client_id: c.client_id.clone(),
            sdk_key: c.sdk_key.clone().unwrap_or_default(),
        });
        let set = connection.map(|c| Stored {
            client_secret: c.has_client_secret,
            sdk_secret: c.has_sdk_secret,
            webhook_secret: c.has_webhook_secret,
        });
        let sandbox = connection.is_some_and(|c| c.sandbox);
        Self {
            form: form.unwrap_or_default(),
            set: set.unwrap_or_default(),
            webhook_url: connection.map(|c| c.webhook_url.clone()),
            sandbox,
            sandbox_url: sandbox_log.filter(|_| sandbox).map(ToString::to_string),
            works: works(public_url, connection),
            report: connection.and_then(|c| c.last_report.as_ref()).map(rows).unwrap_or_default(),
            outcome: None,
            problems: Vec::new(),
            errors: BTreeMap::new(),
        }
    }
}

fn rows(report: &TestReport) -> Vec<StepRow> {
    report.steps.iter().map(StepRow::from).collect()
}

/// What works with these credentials and what is missing, one line each.
fn works(public_url: &Url, connection: Option<&ConnectionView>) -> Vec<Works> {
    let line = |name, works: bool, text: String| {
        let (voice, word) = if works { ("good", "zoom-works") } else { ("warn", "zoom-works-not") };
        Works { name, voice, word, text }
    };
    let has_api = connection.is_some_and(|c| c.has_client_secret);
    let has_sdk = connection.is_some_and(|c| c.sdk_key.is_some() && c.has_sdk_secret);
    let secure = public_url.scheme() == "https" || is_this_computer(public_url);
    let proven = connection.is_some_and(|c| c.webhooks_proven);
    let has_webhook = connection.is_some_and(|c| c.has_webhook_secret);
    vec![
        line("api", has_api, say(if has_api { "zoom-status-api-yes" } else { "zoom-status-api-no" })),
        match (has_sdk, secure) {
            (true, true) => line("sdk", true, say("zoom-status-sdk-yes")),
            (false, _) => line("sdk", false, say("zoom-status-sdk-no")),
            (true, false) => {
                let words = [("address", public_url.as_str().into())];
                line("sdk", false, say_with("zoom-status-sdk-address", &words))
            }
        },
        line(
            "webhook",
            proven,
            say(match (proven, has_webhook) {
                (true, _) => "zoom-status-webhook-yes",
                (false, true) => "zoom-status-webhook-set",
                (false, false) => "zoom-status-webhook-no",
            }),
        ),
    ]
}

fn is_this_computer(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

async fn page(app: &App, actor: &Actor) -> Result<ZoomPage, Fault> {
    let connection = app.service.connection(actor).await?;
    Ok(ZoomPage::of(&app.config.public_url, app.config.sandbox_log.as_ref(), connection.as_ref()))
}

/// `GET /admin/zoom`
pub(crate) async fn settings(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    let page = page(&app, &actor).await?;
    show(&app, &actor, &query, page).await
}

/// `POST /admin/zoom`
pub(crate) async fn save(State(app): State<App>, Signed(actor): Signed, typed: Typed) -> Result<Response, Fault> {
    let text = |name: &str| typed.text(name).trim().to_owned();
    let form = ZoomForm { account_id: text("account_id"), client_id: text("client_id"), sdk_key: text("sdk_key") };
    let draft = ConnectionDraft {
        account_id: form.account_id.clone(),
        client_id: form.client_id.clone(),
        client_secret: typed.secret("client_secret"),
        sdk_key: form.sdk_key.clone(),
        sdk_secret: typed.secret("sdk_secret"),
        webhook_secret: typed.secret("webhook_secret"),
    };
    let saved = match app.service.put_connection(&actor, None, draft).await {
        Ok(saved) => saved,
        Err(error) => {
            let (status, wrong) = Wrong::from_error(error, &LABELS)?;
            let mut page = page(&app, &actor).await?;
            (page.form, page.problems, page.errors) = (form, wrong.problems, wrong.errors);
            return show_again(&app, &actor, status, page).await;
        }
    };
    if saved.saved && saved.report.is_good() {
        return Ok(Redirect::to("/admin/zoom?said=zoom").into_response());
    }
    let mut page = page(&app, &actor).await?;
    page.report = rows(&saved.report);
    page.form = form;
    page.outcome = Some(if saved.saved { "zoom-test-failed" } else { "zoom-test-not-saved" });
    let status = if saved.saved { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    show_again(&app, &actor, status, page).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(url: &str) -> Vec<String> {
        works(&Url::parse(url).unwrap(), None).into_iter().map(|line| format!("{} {}", line.name, line.voice)).collect()
    }

    #[test]
    fn without_a_connection_nothing_works_and_each_line_says_what_is_needed() {
        assert_eq!(words("https://rooms.example"), ["api warn", "sdk warn", "webhook warn"]);
    }

    #[test]
    fn only_https_and_this_computer_get_a_camera() {
        assert!(is_this_computer(&Url::parse("http://127.0.0.1:8080").unwrap()));
        assert!(!is_this_computer(&Url::parse("http://192.168.1.9").unwrap()));
    }
}
