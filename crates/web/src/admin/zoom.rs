//! Zoom settings: credentials, their test step by step, the webhook's address, what works and what is missing.

use std::collections::BTreeMap;

use axum::{extract::State, response::Response};
use http::StatusCode;
use model::ConnectionId;
use serde::Serialize;
use service::{Actor, ConnectionDraft, ConnectionHealth, ConnectionView, Outcome, Step, StepName, TestReport};
use url::Url;

use super::{
    accounts::{self, Accounts},
    features::{self, FeatureRow},
    inside::{Content, Place, show, show_again},
    times::Instant,
    typed::Typed,
    wrong::{Line, Wrong},
};
use crate::{
    app::{App, Query},
    fault::Fault,
    guard::Signed,
    pages::Page,
    visitor::sdk_codes,
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
    /// Which accounts there are, this one among them.
    pub(crate) accounts: Accounts,
    pub(crate) form: ZoomForm,
    /// Which secrets are stored.
    pub(crate) set: Stored,
    pub(crate) webhook_url: Option<String>,
    pub(crate) sandbox: bool,
    pub(crate) sandbox_url: Option<String>,
    /// What works, feature by feature; empty before there is a connection.
    pub(crate) features: Vec<FeatureRow>,
    /// Whether a signed webhook ever arrived, and whether the secret is set.
    pub(crate) webhooks_proven: bool,
    /// For whom the site may act, one on each line.
    /// What this version does nothing for, as parts of keys of sentences.
    later: &'static [&'static str],
    pub(crate) allowed: String,
    /// Its entries that are about nobody, separated by commas.
    nobodys: String,
    /// Whether joining in the browser can be tried.
    may_try: bool,
    #[serde(skip)]
    sdk_code: Option<String>,
    pub(crate) report: Vec<StepRow>,
    /// The key of the sentence above the report, right after a save.
    pub(crate) outcome: Option<&'static str>,
    /// When it was tested.
    tested_at: Option<Instant>,
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

/// One step of the test.
#[derive(Serialize)]
pub(crate) struct StepRow {
    name: &'static str,
    /// `ok`, `failed`, `unknown`, `skipped` or `unwanted`.
    outcome: &'static str,
    voice: &'static str,
    text: String,
}

impl From<&Step> for StepRow {
    fn from(step: &Step) -> Self {
        Self::from((step.name, &step.outcome))
    }
}

impl From<(StepName, &Outcome)> for StepRow {
    fn from((name, outcome): (StepName, &Outcome)) -> Self {
        let voice = match outcome {
            Outcome::Ok { .. } => "good",
            Outcome::Failed { .. } => "bad",
            Outcome::Unknown { .. } => "warn",
            Outcome::Skipped { .. } | Outcome::Unwanted { .. } => "",
        };
        Self { name: name.as_str(), outcome: outcome.as_str(), voice, text: outcome.text().to_owned() }
    }
}

impl ZoomPage {
    /// The page of a connection, or of none.
    pub(crate) fn of(
        public_url: &Url,
        sandbox_log: Option<&Url>,
        accounts: Accounts,
        connection: Option<(&ConnectionView, &ConnectionHealth)>,
    ) -> Self {
        let features = connection.map(|(_, health)| features::rows(health, public_url.as_str())).unwrap_or_default();
        let connection = connection.map(|(view, _)| view);
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
            accounts,
            form: form.unwrap_or_default(),
            set: set.unwrap_or_default(),
            webhook_url: connection.map(|c| c.webhook_url.clone()),
            sandbox,
            sandbox_url: sandbox_log.filter(|_| sandbox).map(ToString::to_string),
            features,
            later: &service::setup::LATER,
            allowed: connection.map(|c| c.allowed.to_text()).unwrap_or_default(),
            nobodys: connection.map(|c| c.nobodys.join(", ")).unwrap_or_default(),
            webhooks_proven: connection.is_some_and(|c| c.webhooks_proven),
            sdk_code: connection.and_then(|c| c.sdk_code.clone()),
            may_try: connection.is_some_and(|c| c.has_sdk_secret && !c.leaving),
            report: connection
                .and_then(|c| c.last_report.as_ref().map(|report| rows(report, c.sdk_code.as_deref())))
                .unwrap_or_default(),
            tested_at: connection.and_then(|c| c.last_report.as_ref()).map(|report| report.at.into()),
            outcome: None,
            problems: Vec::new(),
            errors: BTreeMap::new(),
        }
    }
}

/// The steps; that of the Meeting SDK with what the code of a test join means.
fn rows(report: &TestReport, sdk_code: Option<&str>) -> Vec<StepRow> {
    let words = sdk_code.and_then(|code| sdk_codes::in_words(code, sdk_codes::Reader::Owner));
    let mut rows: Vec<StepRow> = report.steps.iter().map(StepRow::from).collect();
    let sdk =
        rows.iter_mut().find(|row| row.name == StepName::Sdk.as_str() && matches!(row.outcome, "failed" | "unknown"));
    if let (Some(row), Some(words)) = (sdk, words) {
        row.text = format!("{} {words}", row.text);
    }
    rows
}

/// The page of the chosen account; of one that is yet to be connected, where nobody knows the chosen one.
pub(super) async fn page(app: &App, actor: &Actor, chosen: Option<ConnectionId>) -> Result<ZoomPage, Fault> {
    let all = app.service.connections(actor).await?;
    let connection = match chosen {
        Some(id) => all.iter().find(|view| view.id == id),
        None => all.first(),
    };
    let health = match connection {
        Some(connection) => Some(app.service.connection_health(actor, connection.id).await?),
        None => None,
    };
    let accounts = Accounts::of(&all, connection.map(|view| view.id).or(chosen));
    let both = connection.zip(health.as_ref());
    Ok(ZoomPage::of(&app.config.public_url, app.config.sandbox_log.as_ref(), accounts, both))
}

/// `GET /admin/zoom`
pub(crate) async fn settings(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    let view = accounts::asked_for(&app, &actor, &query).await?;
    let page = page(&app, &actor, view.map(|view| view.id)).await?;
    show(&app, &actor, &query, page).await
}

/// `GET /admin/zoom/new`: the form for one more account.
pub(crate) async fn another(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    let fresh = app.service.fresh_connection(&actor)?;
    let page = page(&app, &actor, Some(fresh)).await?;
    show(&app, &actor, &query, page).await
}

/// `POST /admin/zoom`
pub(crate) async fn save(State(app): State<App>, Signed(actor): Signed, typed: Typed) -> Result<Response, Fault> {
    let chosen = accounts::parse(typed.text("account"))?;
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
    let saved = match app.service.put_connection(&actor, chosen, draft).await {
        Ok(saved) => saved,
        Err(error) => {
            let (status, wrong) = Wrong::from_error(error, &LABELS)?;
            let mut page = page(&app, &actor, chosen).await?;
            (page.form, page.problems, page.errors) = (form, wrong.problems, wrong.errors);
            return show_again(&app, &actor, status, page).await;
        }
    };
    if saved.saved && saved.report.is_good() {
        return Ok(accounts::back("/admin/zoom", "zoom", "", chosen));
    }
    let mut page = page(&app, &actor, chosen).await?;
    page.report = rows(&saved.report, page.sdk_code.as_deref());
    page.form = form;
    page.outcome = Some(if saved.saved { "zoom-test-failed" } else { "zoom-test-not-saved" });
    let status = if saved.saved { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    show_again(&app, &actor, status, page).await
}
