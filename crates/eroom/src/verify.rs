//! `eroom verify`: a story told against the connected account, compared with Zoom's documents and with the sandbox, and a
//! report that may be sent to anybody.

use std::{fs, path::Path, sync::Arc};

use anyhow::{Context as _, ensure};
use clock::SystemClock;
use serde_json::{Value, json};
use service::{
    Actor,
    verify::{self, Compared, Cost, Difference, Outcome, Report, StepReport},
};
use zoom_client::{Credentials, NewMeeting, Places, UserId, ZoomClient};
use zoom_sandbox::Sandbox;

use crate::{
    cli::VerifyArgs,
    config::Config,
    console::{say, say_json},
    house::House,
};

/// Says what it costs, tells the story, and leaves the report. Fails where a step got no answer of Zoom's.
pub(crate) async fn run(args: &VerifyArgs) -> anyhow::Result<()> {
    let house = House::for_command(&Config::load(&args.config)?).await?;
    let actor = Actor::command_line();
    let connection = house.account(&actor, args.account.as_deref()).await?;
    if !args.json {
        say(&in_words(&verify::cost(args.write), args.write))?;
    }
    ensure!(!args.write || args.yes, "--write makes a meeting, changes it and deletes it again; add --yes to do so");
    let report = house.service.verify(&actor, connection.id, args.write).await?;
    let compared = report.compared_with(&of_the_sandbox().await?);
    let sent = to_send(&report, &compared, connection.sandbox)?;
    if let Some(file) = &args.report {
        leave(file, &sent)?;
    }
    if args.json {
        say_json(&sent)?;
    } else {
        let lines: Vec<String> = report.steps.iter().map(line).collect();
        say(&lines.join("\n"))?;
        say(&what_differs(&report, &compared))?;
    }
    let failed: Vec<_> = report.steps.iter().filter(|step| matches!(step.outcome, Outcome::Failed { .. })).collect();
    ensure!(failed.is_empty(), "{} of {} steps got no answer of Zoom's", failed.len(), report.steps.len());
    Ok(())
}

/// The same story, told to a sandbox of its own with everything in it that the story asks about.
async fn of_the_sandbox() -> anyhow::Result<Report> {
    let sandbox = Sandbox::builder().seed(1).unlimited().scopes(zoom_sandbox::every_scope()).start().await?;
    let held = sandbox.credentials();
    let places = Places::new(sandbox.oauth().parse()?, sandbox.api().parse()?);
    let credentials = Credentials::new(&held.account_id, &held.client_id, &held.client_secret);
    let http = zoom_client::local_http_client()?;
    let client = ZoomClient::new(places, credentials, Arc::new(SystemClock), http);
    let start = jiff::Timestamp::from_second(2_000_000_000)?;
    client.meetings().create(&UserId::Me, &NewMeeting::new("To be asked about").starts_at(start)).await?;
    let report = verify::tell(&client, &SystemClock, true, |_| true).await;
    sandbox.stop().await;
    Ok(report)
}

/// The report as it is written: no secret, no name, no number of anybody.
fn to_send(report: &Report, compared: &[Compared], sandbox: bool) -> anyhow::Result<Value> {
    let mut sent = serde_json::to_value(report)?;
    if let Some(members) = sent.as_object_mut() {
        members.insert("eroom".into(), json!(env!("CARGO_PKG_VERSION")));
        members.insert("against_a_sandbox".into(), json!(sandbox));
        members.insert("beside_the_sandbox".into(), serde_json::to_value(compared)?);
    }
    Ok(sent)
}

fn leave(file: &Path, report: &Value) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(report)?;
    fs::write(file, text + "\n").with_context(|| format!("the report could not be written to {}", file.display()))
}

fn in_words(cost: &Cost, write: bool) -> String {
    let calls: Vec<String> = cost.calls.iter().map(|(label, calls)| format!("{calls} {label}")).collect();
    let plans = match cost.plans {
        0 => String::new(),
        plans => format!(", and {plans} of the 100 creations and changes of today of the user who made the app"),
    };
    let what = if write { "Reads, and makes a meeting, changes it and deletes it again" } else { "Reads only" };
    format!("{what}. It takes at most these calls of the account's limits: {}{plans}.", calls.join(", "))
}

fn line(step: &StepReport) -> String {
    let said = match &step.outcome {
        Outcome::Same => "same".to_owned(),
        Outcome::Differs => format!("differs in {} places", step.differences.len()),
        Outcome::NotAllowed { scopes } => format!("not asked: the app lacks {}", scopes.join(" or ")),
        Outcome::Refused { code } => match code {
            Some(code) => format!("refused, code {code}"),
            None => "refused".to_owned(),
        },
        Outcome::Skipped { why } => format!("skipped: {why}"),
        Outcome::Failed { why } => format!("failed: {why}"),
    };
    format!("{:>3}  {:<24} {:<34} {said}", step.number, step.operation, step.about)
}

/// Each difference on a line of its own.
fn what_differs(report: &Report, compared: &[Compared]) -> String {
    let mut lines = Vec::new();
    for step in &report.steps {
        for difference in &step.differences {
            let said = match difference {
                Difference::Unknown { path } => format!("{path} is documented nowhere"),
                Difference::Missing { path } => format!("{path} is missing"),
                Difference::OtherType { path, documented, found } => format!("{path} is {found}, not {documented}"),
                Difference::NoChoice { path } => format!("{path} is none of the documented values"),
            };
            lines.push(format!("{}: {said}", step.operation));
        }
    }
    for one in compared {
        let mut beside = |words: &str, paths: &[String]| {
            if !paths.is_empty() {
                lines.push(format!("{}: {words}: {}", one.operation, paths.join(", ")));
            }
        };
        beside("only Zoom has", &one.only_zoom);
        beside("only the sandbox has", &one.only_sandbox);
        beside("of another type in the sandbox", &one.other_types);
    }
    if lines.is_empty() { "Everything is as documented, and as in the sandbox.".to_owned() } else { lines.join("\n") }
}
