//! The numbered story: what is asked, in which order, and with what of the answers before.

use std::collections::BTreeMap;

use clock::Clock;
use jiff::SignedDuration;
use serde_json::{Value, json};
use zoom_client::{Error, ZoomClient};
use zoom_spec::{Label, Operation};

use super::{
    report::{Outcome, Report, StepReport},
    shape::{differences, shape_of},
};

/// Begins the topic of meetings that the story makes. Those that are left of a story that was cut off are deleted by the
/// next one.
pub const MARK: &str = "eRoom verify: may be deleted";

/// What a parameter of a path is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum With {
    /// The user who made the app, or their account.
    Me,
    /// The first meeting in their list.
    Meeting,
    /// The first webinar in their list.
    Webinar,
    /// The meeting that the story made.
    Made,
}

/// One step.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Zoom's `operationId`.
    pub id: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Whether it changes anything.
    pub writes: bool,
    with: Option<With>,
    query: &'static [(&'static str, &'static str)],
    /// Whether it must be refused, because the meeting is gone.
    gone: bool,
}

impl Step {
    const fn read(id: &'static str, with: Option<With>, about: &'static str) -> Self {
        Self { id, about, writes: false, with, query: &[], gone: false }
    }

    const fn write(id: &'static str, with: With, about: &'static str) -> Self {
        Self { id, about, writes: true, with: Some(with), query: &[], gone: false }
    }

    const fn asking(self, query: &'static [(&'static str, &'static str)]) -> Self {
        Self { query, ..self }
    }

    const fn after_it_is_gone(self) -> Self {
        Self { gone: true, writes: true, ..self }
    }

    /// Among the steps of a story that writes, though it only reads what was made.
    const fn of_what_was_made(self) -> Self {
        Self { writes: true, ..self }
    }

    /// The operation; none only where the table lacks it, which a test excludes.
    pub fn operation(&self) -> Option<&'static Operation> {
        zoom_spec::operation(self.id)
    }
}

/// Lists are asked for one page of few: what counts is the shape.
const FEW: &[(&str, &str)] = &[("page_size", "30")];

const STEPS: [Step; 23] = [
    Step::read("user", Some(With::Me), "who made the app"),
    Step::read("users", None, "the account's users").asking(FEW),
    Step::read("userSettings", Some(With::Me), "settings of who made the app"),
    Step::read("userPermission", Some(With::Me), "what their role permits"),
    Step::read("meetings", Some(With::Me), "their meetings").asking(FEW),
    Step::read("meeting", Some(With::Meeting), "the first of them"),
    Step::read("meetingInvitation", Some(With::Meeting), "its invitation"),
    Step::read("meetingRegistrants", Some(With::Meeting), "who registered for it").asking(FEW),
    Step::read("pastMeetings", Some(With::Meeting), "its sittings that are over"),
    Step::read("webinars", Some(With::Me), "their webinars").asking(FEW),
    Step::read("webinar", Some(With::Webinar), "the first of them"),
    Step::read("recordingsList", Some(With::Me), "their cloud recordings").asking(FEW),
    Step::read("reportDaily", None, "the account's days of this month"),
    Step::read("accountSettings", Some(With::Me), "settings of the account"),
    Step::read("getAccountLockSettings", Some(With::Me), "which of them are locked"),
    Step::read("accountManagedDomain", Some(With::Me), "its domains"),
    Step::read("roles", None, "its roles"),
    Step::write("meetingCreate", With::Me, "a meeting is made"),
    Step::read("meeting", Some(With::Made), "it is read").of_what_was_made(),
    Step::write("meetingUpdate", With::Made, "it is changed"),
    Step::read("meeting", Some(With::Made), "it is read again").of_what_was_made(),
    Step::write("meetingDelete", With::Made, "it is deleted"),
    Step::read("meeting", Some(With::Made), "it is gone").after_it_is_gone(),
];

/// The steps of a story.
pub fn steps(write: bool) -> impl Iterator<Item = (usize, &'static Step)> {
    (1..).zip(&STEPS).filter(move |(_, step)| write || !step.writes)
}

/// What a story takes of an account's limits, at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Calls by rate label.
    pub calls: BTreeMap<Label, u32>,
    /// Of the hundred creations and changes of the day, of who made the app.
    pub plans: u32,
}

/// What a story takes.
pub fn cost(write: bool) -> Cost {
    let mut calls = BTreeMap::new();
    for (_, step) in steps(write) {
        let label = step.operation().and_then(|operation| operation.label).unwrap_or(Label::Light);
        *calls.entry(label).or_default() += 1;
    }
    let plans = |step: &&Step| matches!(step.id, "meetingCreate" | "meetingUpdate");
    let plans = steps(write).map(|(_, step)| step).filter(plans).count();
    Cost { calls, plans: u32::try_from(plans).unwrap_or(0) }
}

/// What is known of the answers so far.
#[derive(Debug, Default)]
struct Known {
    meeting: Option<String>,
    webinar: Option<String>,
    made: Option<String>,
    left: Vec<String>,
    /// Whether the owner lets this site act for the user who made the app.
    may_act: bool,
}

/// Tells the story to an account. `allowed` says whether the site may act for the user with an address.
pub async fn tell(client: &ZoomClient, clock: &dyn Clock, write: bool, allowed: impl Fn(&str) -> bool) -> Report {
    let mut report = Report::new(clock.now(), write);
    let granted = match client.token().await {
        Ok(token) => token.scopes().to_vec(),
        Err(error) => {
            let failed = |(number, step)| StepReport::new(number, step, Outcome::Failed { why: in_words(&error) });
            report.steps = steps(write).map(failed).collect();
            return report;
        }
    };
    let mut known = Known::default();
    for (number, step) in steps(write) {
        let one = take(client, clock, (number, step), &granted, &mut known, &allowed).await;
        report.steps.push(one);
    }
    // What another story left, and what this one could not delete.
    if write {
        let Some(delete) = zoom_spec::operation("meetingDelete") else { return report };
        for left in known.left.iter().chain(&known.made) {
            drop(client.call(delete, std::slice::from_ref(left), &[], None).await);
        }
    }
    report
}

async fn take(
    client: &ZoomClient,
    clock: &dyn Clock,
    (number, step): (usize, &'static Step),
    granted: &[String],
    known: &mut Known,
    allowed: &impl Fn(&str) -> bool,
) -> StepReport {
    let ends = |outcome| StepReport::new(number, step, outcome);
    let Some(operation) = step.operation() else {
        return ends(Outcome::Skipped { why: "it is not in the table of operations" });
    };
    if !operation.allowed_by(granted.iter().map(String::as_str)) {
        // Some operations have classic scopes only.
        let scopes = if operation.granular.is_empty() { operation.classic } else { operation.granular };
        return ends(Outcome::NotAllowed { scopes: scopes.to_vec() });
    }
    let personal = step.with.is_some() && step.id != "user" && operation.path.contains("/users/") || step.writes;
    if personal && !known.may_act {
        return ends(Outcome::Skipped { why: "the site may not act for who made the app" });
    }
    let params = match step.with {
        None => Vec::new(),
        Some(With::Me) => vec!["me".to_owned()],
        Some(with) => {
            let (value, why) = match with {
                With::Webinar => (&known.webinar, "there is no webinar to ask about"),
                With::Made => (&known.made, "no meeting was made"),
                With::Me | With::Meeting => (&known.meeting, "there is no meeting to ask about"),
            };
            match value {
                Some(value) => vec![value.clone()],
                None => return ends(Outcome::Skipped { why }),
            }
        }
    };
    let query: Vec<(&'static str, String)> =
        step.query.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let body = body_of(step.id, clock);
    let began = clock.now();
    let answered = client.call(operation, &params, &query, body.as_ref()).await;
    let took_ms = i64::try_from(clock.now().duration_since(began).as_millis()).unwrap_or(i64::MAX);
    let mut one = match answered {
        Ok(_) if step.gone => ends(Outcome::Failed { why: "the meeting was still there".into() }),
        Ok(answer) => {
            let json = answer.json.unwrap_or(Value::Null);
            learn(step.id, &json, known, allowed);
            let differences = if json.is_null() { Vec::new() } else { differences(operation, &json) };
            let outcome = if differences.is_empty() { Outcome::Same } else { Outcome::Differs };
            StepReport { status: Some(answer.status), differences, shape: shape_of(operation, &json), ..ends(outcome) }
        }
        Err(Error::NotFound { .. }) if step.gone => {
            known.made = None;
            ends(Outcome::Same)
        }
        Err(error) => ends(outcome_of(&error)),
    };
    one.took_ms = took_ms;
    one
}

/// What a step sends.
fn body_of(id: &str, clock: &dyn Clock) -> Option<Value> {
    let start = clock.now().checked_add(SignedDuration::from_hours(30 * 24)).ok()?;
    match id {
        "meetingCreate" => Some(json!({
            "topic": MARK, "type": 2, "duration": 30, "agenda": MARK,
            "start_time": start.strftime("%Y-%m-%dT%H:00:00Z").to_string(),
        })),
        "meetingUpdate" => Some(json!({ "duration": 45 })),
        _ => None,
    }
}

/// Takes from an answer what later steps need.
fn learn(id: &str, json: &Value, known: &mut Known, allowed: &impl Fn(&str) -> bool) {
    let number = |value: &Value| value.get("id").map(|id| id.to_string().trim_matches('"').to_owned());
    let entries = |list: &str| json.get(list).and_then(Value::as_array).cloned().unwrap_or_default();
    let is_ours = |one: &Value| one.get("topic").and_then(Value::as_str).is_some_and(|topic| topic.starts_with(MARK));
    match id {
        "user" => known.may_act = json.get("email").and_then(Value::as_str).is_some_and(allowed),
        "meetings" => {
            let (ours, others): (Vec<_>, Vec<_>) = entries("meetings").into_iter().partition(is_ours);
            known.left = ours.iter().filter_map(number).collect();
            known.meeting = others.first().and_then(number);
        }
        "webinars" => known.webinar = entries("webinars").first().and_then(number),
        "meetingCreate" => known.made = number(json),
        _ => {}
    }
}

fn outcome_of(error: &Error) -> Outcome {
    match error {
        Error::MissingScopes { .. } => Outcome::Refused { code: Some(4711) },
        Error::NotFound { code, .. }
        | Error::Invalid { code, .. }
        | Error::Forbidden { code, .. }
        | Error::Conflict { code, .. }
        | Error::Refused { code, .. } => Outcome::Refused { code: Some(*code).filter(|code| *code != 0) },
        other => Outcome::Failed { why: in_words(other) },
    }
}

/// What happened, without Zoom's own words: they may name somebody.
fn in_words(error: &Error) -> String {
    match error {
        Error::Credentials { problem, .. } => format!("no access token: {problem}"),
        Error::Resting { because, .. } => in_words(because),
        Error::RateLimited { limit, .. } => format!("{limit} is used up"),
        Error::Unavailable { status, .. } => format!("Zoom failed with status {status}"),
        Error::Unreachable { why, .. } => format!("nobody was reached: {why}"),
        Error::AnswerLost { why, .. } => format!("the answer was lost: {why}"),
        Error::Unreadable { found, status, .. } => format!("status {status} with {found}"),
        _ => "it was refused".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_an_operation_of_the_table_and_costs_something() {
        for step in &STEPS {
            assert!(step.operation().is_some(), "{}", step.id);
        }
        let (reads, all) = (cost(false), cost(true));
        assert_eq!((reads.plans, all.plans), (0, 2));
        assert_eq!(all.calls.values().sum::<u32>() - reads.calls.values().sum::<u32>(), 6);
    }
}
