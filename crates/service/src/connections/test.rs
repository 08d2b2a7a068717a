//! The test of a connection, step by step: what works, what does not, what Zoom answered and what to do.

mod apps;
mod steps;

use jiff::{SignedDuration, Timestamp};
use model::{Feature, Host};
use secrecy::{ExposeSecret as _, SecretString};
use store::connection::{Connection, KeptToken, SdkTrial};
use zoom_client::{CredentialProblem, Error, Token, ZoomClient};

use self::steps::Steps;
use super::{Outcome, StepName, TestReport, draft::Checked, zooms::kept};
use crate::{
    Service,
    doctor::{Held, MissingScope, Need, Standing, diagnose},
    hosts::{list_users, look_for_add_on, may_ask_for_add_on},
    outbox::fault::reason_of,
};

/// How far this machine's clock may be off: Meeting SDK signatures are good from their minute on.
const CLOCK_MAY_BE_OFF: SignedDuration = SignedDuration::from_secs(60);

/// What a test found out beside its report.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) report: TestReport,
    /// What the site wants of it.
    pub(super) asked: Vec<Feature>,
    /// Whether the account is a sandbox's.
    pub(super) sandbox: bool,
    /// Whether the credentials may be stored: not where Zoom refused them, nor a sandbox that is not allowed, nor in the
    /// place of others where Zoom was not reached.
    pub(super) may_store: bool,
    /// The account's users, where they could be listed.
    pub(super) hosts: Option<Vec<Host>>,
    /// The token that was bought with the credentials.
    pub(super) token: Option<KeptToken>,
}

impl Service {
    /// Tests credentials at Zoom, for a site that wants `asked` of them. `former` is what is stored.
    pub(super) async fn test_connection(
        &self,
        checked: &Checked,
        former: Option<&Connection>,
        asked: Vec<Feature>,
    ) -> Found {
        let client = self.inner.zooms.to_test(&checked.zoom);
        let mut steps = Steps::default();
        let settings = &self.inner.settings;
        let sandbox = checked.zoom.account_id.starts_with("sbx") || settings.zoom.is_elsewhere();
        let report = TestReport { steps: Vec::new(), at: self.now() };
        let mut found = Found { report, asked, sandbox, may_store: true, hosts: None, token: None };
        if sandbox && !settings.allow_sandbox {
            found.may_store = false;
            let why =
                "This is a sandbox, which this site does not take. Start it with --allow-sandbox to try things out.";
            steps.failed(StepName::Account, why);
            steps.skip_rest("The account was not asked.");
        } else {
            let until = self.patience_ends();
            match self.in_time(until, "oauth/token", client.renew_token()).await {
                Ok(token) => {
                    let mut users = self.in_time(until, "users", list_users(&client)).await;
                    let mut unsaid = None;
                    if let Ok(hosts) = &mut users
                        && may_ask_for_add_on(&found.asked, token.scopes())
                    {
                        unsaid = self.in_time(until, "userSettings", look_for_add_on(&client, hosts)).await.err();
                    }
                    with_token(&mut steps, &token, sandbox);
                    steps.take(StepName::Scopes, scopes(token.scopes(), &found.asked));
                    found.hosts = people(&mut steps, users, &found.asked, unsaid.as_ref());
                    found.token = Some(kept(&token));
                }
                Err(error) => {
                    // What would take the place of something that works has to be known to work.
                    let replaces = former.is_some_and(|former| !checked.is_same_app(former));
                    found.may_store = !replaces && !matches!(error, Error::Credentials { .. });
                    apps::without_token(&mut steps, &error, checked);
                }
            }
            let wanted = found.asked.contains(&Feature::JoinInBrowser) || found.asked.contains(&Feature::StartAsHost);
            steps.take(StepName::Address, self.address_outcome(wanted && checked.sdk.is_some()).await);
            let refused = self.sdk(&mut steps, &client, (checked, wanted), until).await;
            found.may_store &= !(refused && former.is_some_and(|former| checked.replaces_sdk(former)));
            steps.take(StepName::Webhook, webhook_step(checked, former));
        }
        found.report.steps = steps.in_order();
        found
    }

    /// Asks Zoom about the Meeting SDK pair; whether it was refused.
    async fn sdk(
        &self,
        steps: &mut Steps,
        client: &ZoomClient,
        (checked, wanted): (&Checked, bool),
        until: Timestamp,
    ) -> bool {
        let Some((id, secret)) = apps::sdk_pair(steps, checked, wanted) else { return false };
        let known = self.in_time(until, "oauth/token", client.knows_app(id, secret)).await;
        let refused = matches!(known, Err(Error::Credentials { problem: CredentialProblem::Client, .. }));
        apps::sdk_verdict(steps, known);
        refused
    }
}

/// What a token says by itself.
fn with_token(steps: &mut Steps, token: &Token, sandbox: bool) {
    steps.ok(StepName::Reach, "Zoom answers.");
    match token.clock_ahead() {
        Some(ahead) if ahead.abs() > CLOCK_MAY_BE_OFF => {
            let way = if ahead.is_negative() { "behind" } else { "ahead of" };
            let seconds = ahead.abs().as_secs();
            steps.failed(
                StepName::Clock,
                format!(
                    "This machine's clock is {seconds} seconds {way} Zoom's. Joining in the browser fails then: set the \
                     clock, by NTP for instance."
                ),
            );
        }
        Some(_) => steps.ok(StepName::Clock, "This machine's clock agrees with Zoom's."),
        None => steps.unknown(StepName::Clock, "Zoom's answer had no date."),
    }
    steps.ok(StepName::Client, "Zoom takes Client ID and Client Secret.");
    steps.ok(StepName::Account, if sandbox { "A sandbox account." } else { "The Account ID is the app's." });
    steps.ok(StepName::App, "The app is activated.");
}

/// The account's users, and whether somebody may hold what the site wants; `unsaid` is why Zoom did not tell it of all
/// who were asked about.
fn people(
    steps: &mut Steps,
    users: Result<Vec<Host>, Error>,
    asked: &[Feature],
    unsaid: Option<&Error>,
) -> Option<Vec<Host>> {
    let hosts = match users {
        Ok(hosts) => hosts,
        Err(error) => {
            steps.failed(StepName::Users, reason_of(&error));
            steps.unknown(StepName::Plan, "Without the list of users nobody knows who has a licence.");
            return None;
        }
    };
    let active: Vec<&Host> = hosts.iter().filter(|host| host.active).collect();
    steps.ok(StepName::Users, format!("{} active users.", active.len()));
    let licensed = active.iter().filter(|host| host.licensed).count();
    let webinars = active.iter().filter(|host| host.webinars == Some(true)).count();
    let looked_at = active.iter().filter(|host| host.licensed && host.webinars.is_some()).count();
    let basic = "Nobody has a licence: meetings end after 40 minutes, and nobody can be an alternative host.";
    match (licensed, asked.contains(&Feature::Webinars)) {
        (0, true) => steps.failed(StepName::Plan, format!("{basic} Webinars need a licence and Zoom's add-on for them.")),
        (0, false) => steps.unknown(StepName::Plan, basic),
        (some, true) if let Some(error) = unsaid => steps.unknown(
            StepName::Plan,
            format!(
                "{some} have a licence, and {webinars} of {looked_at} who were looked at the webinar add-on. {} Save again \
                 to have the rest looked at.",
                reason_of(error)
            ),
        ),
        (some, true) if looked_at == 0 => steps.unknown(
            StepName::Plan,
            format!(
                "{some} have a licence. Who has the webinar add-on was not told; the scope user:read:settings:admin lets \
                 it be read."
            ),
        ),
        (some, true) if webinars == 0 && looked_at < some => steps.unknown(
            StepName::Plan,
            format!("{some} have a licence. None of the {looked_at} who were looked at has the webinar add-on."),
        ),
        (_, true) if webinars == 0 => steps.failed(
            StepName::Plan,
            "Nobody has Zoom's webinar add-on. Give it to a user in Zoom's account management, or do not ask for webinars.",
        ),
        (some, true) if looked_at < some => steps.ok(
            StepName::Plan,
            format!("{some} have a licence; {webinars} of the {looked_at} who were looked at have the webinar add-on."),
        ),
        (some, true) => steps.ok(StepName::Plan, format!("{some} have a licence, {webinars} the webinar add-on.")),
        (some, false) => steps.ok(StepName::Plan, format!("{some} have a licence.")),
    }
    Some(hosts)
}

/// Whether the app was granted what the site wants, and what it would have more of.
pub(super) fn scopes(granted: &[String], asked: &[Feature]) -> Outcome {
    let held = Held { scopes: Some(granted), sdk: true, secure: true, webhook_secret: true, asked };
    let health = diagnose(&held);
    let (mut needed, mut useful) = (Vec::new(), Vec::new());
    for feature in health.iter().filter(|one| asked.contains(&one.feature)) {
        // What only the console would do is missed where the console is all there is, and was asked for.
        let of_console = |scope: &MissingScope| scope.need == Need::Console;
        let is_missed = feature.standing != Standing::Works && feature.scopes().all(of_console);
        for scope in feature.scopes() {
            let list = match scope.need {
                Need::Needed => &mut needed,
                Need::Useful => &mut useful,
                Need::Console if is_missed => &mut useful,
                Need::Console => continue,
            };
            let line = format!("{} (without it, {})", scope.scope, scope.without.join(", "));
            if !list.contains(&line) {
                list.push(line);
            }
        }
    }
    if !needed.is_empty() {
        let list = needed.into_iter().chain(useful).collect::<Vec<_>>().join("; ");
        let reason = format!("Add these scopes to the app in the Zoom Marketplace, then ask Zoom again: {list}.");
        Outcome::Failed { reason }
    } else if useful.is_empty() {
        Outcome::Ok { found: "Everything that is ticked has the scopes it uses.".into() }
    } else {
        let list = useful.join("; ");
        Outcome::Ok { found: format!("Everything needed is granted. Not granted: {list}.") }
    }
}

/// What is known of a connection's webhooks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Deliveries {
    /// Whether there is a Secret Token.
    set: bool,
    /// Whether a signed event has ever come.
    proven: bool,
    /// Whether the Secret Token is new, and nothing signed with it has come.
    rotating: bool,
    /// When something came that could not be verified, with nothing since that could.
    failed: Option<Timestamp>,
    /// When Zoom checked the address.
    checked: Option<Timestamp>,
}

impl Deliveries {
    pub(super) fn of(connection: &Connection) -> Self {
        Self {
            set: connection.webhook_secret.is_some(),
            proven: connection.webhooks_proven_at.is_some(),
            rotating: connection.former_webhook_secret.is_some(),
            failed: connection.webhooks_failed_at,
            checked: connection.webhooks_checked_at,
        }
    }
}

/// Whether Zoom's events arrive. Once they did, something that cannot be verified proves nothing: anybody can send it.
pub(super) fn webhook(known: &Deliveries) -> Outcome {
    let Deliveries { set, proven, rotating, failed, checked } = *known;
    let at = failed.map(written).unwrap_or_default();
    match (set, failed.is_some()) {
        (false, _) => Outcome::Unwanted {
            reason:
                "Feature was skipped: the schedule decides what is live and what has ended. With a Secret Token Zoom \
                     says it."
                    .into(),
        },
        (true, true) if proven && !rotating => Outcome::Unknown {
            reason: format!(
                "Signed events have arrived, and after them something that could not be verified ({at}). Where the Secret \
                 Token was changed at Zoom, copy the new one here and save. Where it was not, somebody else sent that, \
                 and nothing came of it."
            ),
        },
        (true, true) => Outcome::Failed {
            reason: format!(
                "A delivery could not be verified ({at}): the Secret Token here is not that of the app's Feature page. Copy \
                 it there again, save, and press Validate at Zoom."
            ),
        },
        (true, false) if rotating => Outcome::Unknown {
            reason:
                "Nothing has come yet that is signed with the new Secret Token. Until then what is signed with the \
                     former one is taken too. Press Validate at Zoom."
                    .into(),
        },
        (true, false) if !proven && let Some(at) = checked => Outcome::Unknown {
            reason: format!(
                "Zoom has checked the address ({}), and no event has arrived yet. Start a room; or join in the browser for \
                 a test, below, which starts a meeting too.",
                written(at)
            ),
        },
        (true, false) if proven => Outcome::Ok { found: "A signed event has arrived.".into() },
        (true, false) => Outcome::Unknown {
            reason:
                "The Secret Token is set, and no signed event has arrived yet. Press Validate at Zoom, then start a \
                     room."
                    .into(),
        },
    }
}

fn written(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// Puts what a test join has shown into a report.
pub(super) fn overlay(report: &mut TestReport, trial: Option<&SdkTrial>) {
    if let Some(step) = report.steps.iter_mut().find(|step| step.name == StepName::Sdk) {
        step.outcome = tried(step.outcome.clone(), trial);
    }
}

/// What Zoom's software, or our page in its place, says where it did not come to looking at the credentials: no connection,
/// its files are blocked, or no reason at all.
const NO_VERDICT: [&str; 4] = ["1", "-3000", "script", "unknown"];

/// What is known of a test join that came to no verdict.
fn unsaid(code: &str) -> String {
    match code {
        "script" => "Zoom's software could not be loaded.".into(),
        "unknown" => "Zoom's software gave no reason.".into(),
        code => format!("Zoom's software said {code}."),
    }
}

/// What a test join has shown beyond what Zoom's token server says of the Meeting SDK's pair.
fn tried(said: Outcome, trial: Option<&SdkTrial>) -> Outcome {
    let Some(SdkTrial { at, code }) = trial else { return said };
    match (said, code) {
        (said @ (Outcome::Failed { .. } | Outcome::Skipped { .. } | Outcome::Unwanted { .. }), _) => said,
        (_, None) => Outcome::Ok { found: format!("A test join in the browser got in ({}).", written(*at)) },
        (_, Some(code)) if NO_VERDICT.contains(&code.as_str()) => Outcome::Unknown {
            reason: format!(
                "A test join in the browser did not get in ({}), and whether the credentials are to blame is not known. \
                 {}",
                written(*at),
                unsaid(code),
            ),
        },
        (_, Some(code)) => Outcome::Failed {
            reason: format!(
                "A test join in the browser did not get in ({}). Zoom's software said {code}.",
                written(*at)
            ),
        },
    }
}

/// What is known of webhooks that are signed with the secret to be tested.
fn webhook_step(checked: &Checked, former: Option<&Connection>) -> Outcome {
    let text = |secret: &Option<SecretString>| secret.as_ref().map(|secret| secret.expose_secret().to_owned());
    match former {
        Some(former) if text(&former.webhook_secret) == text(&checked.webhook_secret) => {
            webhook(&Deliveries::of(former))
        }
        _ => {
            let rotating = former.is_some_and(|former| former.webhooks_proven_at.is_some());
            webhook(&Deliveries { set: checked.webhook_secret.is_some(), rotating, ..Deliveries::default() })
        }
    }
}
