//! The test of a connection, step by step: what works, what does not, what Zoom answered and what to do.

use model::Host;
use secrecy::ExposeSecret as _;
use zoom_client::{Error, Token};

use super::{Outcome, Step, StepName, TestReport, draft::Checked, scopes};
use crate::{Service, hosts::list_users, outbox::fault::reason_of};

/// What a test found out beside its report.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) report: TestReport,
    /// Whether the account is a sandbox's.
    pub(super) sandbox: bool,
    /// Whether the credentials may be stored: not where Zoom refused them, nor a sandbox that is not allowed.
    pub(super) may_store: bool,
    /// The account's users, where they could be listed.
    pub(super) hosts: Option<Vec<Host>>,
}

struct Steps(Vec<Step>);

impl Steps {
    fn ok(&mut self, name: StepName, found: impl Into<String>) {
        self.0.push(Step { name, outcome: Outcome::Ok { found: found.into() } });
    }

    fn failed(&mut self, name: StepName, reason: impl Into<String>) {
        self.0.push(Step { name, outcome: Outcome::Failed { reason: reason.into() } });
    }

    fn skipped(&mut self, name: StepName, reason: &str) {
        self.0.push(Step { name, outcome: Outcome::Skipped { reason: reason.into() } });
    }
}

impl Service {
    /// Tests credentials at Zoom.
    pub(super) async fn test_connection(&self, checked: &Checked) -> Found {
        let client = self.inner.zooms.to_test(&checked.zoom);
        let mut steps = Steps(Vec::new());
        let settings = &self.inner.settings;
        let sandbox = checked.zoom.account_id.starts_with("sbx") || settings.zoom.is_elsewhere();
        let mut found =
            Found { report: TestReport { steps: Vec::new(), at: self.now() }, sandbox, may_store: true, hosts: None };
        if sandbox && !settings.allow_sandbox {
            found.may_store = false;
            refuse_sandbox(&mut steps);
        } else {
            let until = self.patience_ends();
            match self.in_time(until, "oauth/token", client.renew_token()).await {
                Ok(token) => {
                    steps.ok(StepName::Token, "Zoom gave an access token.");
                    let users = self.in_time(until, "users", list_users(&client)).await;
                    found.hosts = with_token(&mut steps, users, &token, sandbox);
                }
                Err(error) => {
                    found.may_store = !matches!(error, Error::Credentials { .. });
                    without_token(&mut steps, &error);
                }
            }
        }
        own_steps(&mut steps, checked);
        found.report.steps = steps.0;
        found
    }
}

fn refuse_sandbox(steps: &mut Steps) {
    steps.skipped(StepName::Token, "The account was not asked.");
    steps.failed(
        StepName::Account,
        "This is a sandbox, which this site does not take. Start it with --allow-sandbox to try things out.",
    );
    steps.skipped(StepName::Users, "The account was not asked.");
    steps.skipped(StepName::Scopes, "The account was not asked.");
}

fn without_token(steps: &mut Steps, error: &Error) {
    steps.failed(StepName::Token, reason_of(error));
    for name in [StepName::Account, StepName::Users, StepName::Scopes] {
        steps.skipped(name, "This needs an access token.");
    }
}

fn with_token(steps: &mut Steps, users: Result<Vec<Host>, Error>, token: &Token, sandbox: bool) -> Option<Vec<Host>> {
    steps.ok(StepName::Account, if sandbox { "A sandbox account." } else { "A Zoom account." });
    let hosts = match users {
        Ok(hosts) => {
            let active = hosts.iter().filter(|h| h.active).count();
            steps.ok(StepName::Users, format!("{active} active users."));
            Some(hosts)
        }
        Err(error) => {
            steps.failed(StepName::Users, reason_of(&error));
            None
        }
    };
    let missing = scopes::missing(&token.scopes().join(" "));
    let say = |used: &scopes::UsedScope| format!("{} (without it, {})", used.scope, used.without);
    let list = missing.iter().map(say).collect::<Vec<_>>().join("; ");
    if missing.iter().any(|used| used.needed) {
        steps.failed(StepName::Scopes, format!("Add these scopes to the app in the Zoom Marketplace: {list}."));
    } else if missing.is_empty() {
        steps.ok(StepName::Scopes, "All scopes that eRoom uses are granted.");
    } else {
        steps.ok(StepName::Scopes, format!("Everything needed is granted. Not granted: {list}."));
    }
    hosts
}

/// What can be told without Zoom.
fn own_steps(steps: &mut Steps, checked: &Checked) {
    match &checked.sdk {
        None => steps
            .skipped(StepName::Sdk, "Without Meeting SDK credentials nobody can join in the browser; all else works."),
        Some((_, None)) => steps.failed(StepName::Sdk, "The Meeting SDK Client Secret is missing."),
        Some((key, Some(secret))) => {
            let same =
                *key == checked.zoom.client_id || secret.expose_secret() == checked.zoom.client_secret.expose_secret();
            if same {
                steps.failed(
                    StepName::Sdk,
                    "These are the credentials of the Server-to-Server app. The Meeting SDK needs those of a General app \
                     with Meeting SDK switched on under Embed.",
                );
            } else {
                steps.ok(StepName::Sdk, "Set. Whether Zoom takes them shows when somebody joins in the browser.");
            }
        }
    }
    match &checked.webhook_secret {
        Some(_) => steps.ok(StepName::Webhook, "Set. Zoom proves it when it checks the address."),
        None => steps.skipped(
            StepName::Webhook,
            "Without a webhook secret token the schedule decides what is live and what has ended.",
        ),
    }
}
