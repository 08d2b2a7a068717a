//! How true the sandbox is to Zoom: what each operation does here, and where the sandbox differs or had to choose.

mod choices;
mod never;

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Serialize;
use zoom_spec::{Level, Operation, operations};

pub use self::{
    choices::{CHOICES, Choice},
    never::{NEVER, speaks_of},
};
use crate::rest;

/// How much of an operation there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Behaviour {
    /// It reads what others wrote, and others see what it did.
    Full,
    /// It does some of what Zoom does; [`Fidelity::about`] says what is lacking.
    Part,
    /// Authentication, scope, rate label and parameters are checked; then it answers 501.
    CheckedOnly,
}

impl Behaviour {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Part => "part",
            Self::CheckedOnly => "checked only",
        }
    }
}

/// What is known of one operation in the sandbox.
#[derive(Clone, Debug, Serialize)]
pub struct Fidelity {
    /// Zoom's operation id.
    pub operation: &'static str,
    /// The HTTP method.
    pub method: String,
    /// The path below `/v2`.
    pub path: &'static str,
    /// Whether it is for sub-accounts.
    pub master: bool,
    /// How much of it there is.
    pub behaviour: Behaviour,
    /// What is lacking or was inferred; empty as a rule.
    pub about: String,
    /// Whether somebody has compared it with the real Zoom (`eroom verify`).
    pub confirmed_live: bool,
}

/// Operations that do some of what Zoom does, and what is lacking.
const IN_PART: &[(&str, &str)] = &[
    ("bulkUpdateFeature", "Whether ten seconds have passed since the last call is not looked at."),
    ("userToken", "ZAKs only; asked for an on-behalf-of token it answers 501."),
    ("meetingInvitation", "No telephone numbers."),
    ("meetingLiveStreamingJoinToken", NO_PROGRAMS),
    ("meetingLocalArchivingArchiveToken", NO_PROGRAMS),
    ("meetingLocalRecordingJoinToken", NO_PROGRAMS),
    ("webinarLiveStreamingJoinToken", NO_PROGRAMS),
    ("webinarLocalArchivingArchiveToken", NO_PROGRAMS),
    ("webinarLocalRecordingJoinToken", NO_PROGRAMS),
    ("reportWebinarDetails", "No custom keys: no operation gives a webinar any."),
    ("getRoleInformation", "There are no groups, so `privilege_scopes` is empty."),
];

const NO_PROGRAMS: &str = "Nothing in the sandbox takes these tokens.";

/// The operations at account level that a report of `eroom verify` was received about.
fn confirmed() -> impl Iterator<Item = &'static str> {
    include_str!("fidelity/confirmed.txt").lines().filter_map(|line| line.split('#').next()?.split_whitespace().next())
}

/// What each operation does in the sandbox, in the order of Zoom's documents.
pub fn fidelity() -> Vec<Fidelity> {
    operations().iter().map(of).collect()
}

fn of(operation: &'static Operation) -> Fidelity {
    let lacking = IN_PART.iter().find(|(id, _)| *id == operation.id).map(|(_, about)| *about);
    let behaviour = match (rest::behaviour(operation), lacking) {
        (None, _) => Behaviour::CheckedOnly,
        (Some(_), Some(_)) => Behaviour::Part,
        (Some(_), None) => Behaviour::Full,
    };
    let inferred = operation.inferred.then_some("Path and fields follow the account's own operation.");
    let about: Vec<&str> = lacking.into_iter().chain(inferred).collect();
    Fidelity {
        operation: operation.id,
        method: operation.method.to_string(),
        path: operation.path,
        master: operation.level == Level::Master,
        behaviour,
        about: about.join(" "),
        confirmed_live: operation.level == Level::Account && confirmed().any(|id| id == operation.id),
    }
}

/// The whole table as a page of the reference.
pub fn fidelity_markdown() -> String {
    let rows = fidelity();
    let count = |wanted: Behaviour| rows.iter().filter(|row| row.behaviour == wanted).count();
    let mut page = format!(
        "# How true the sandbox is to Zoom\n\nWritten by `eroom sandbox operations --markdown`; a test compares them.\n\nOf {} \
         operations {} are *full* (they read what others wrote, and others see what they did), {} are there in *part*, \
         and {} are *checked only*: token, scope, role and parameters are checked as for the others, then the answer is \
         501 with a sentence that says so.\n{}\n\n## Differences and choices\n\n| about | here | because |\n| --- | --- | --- |\n",
        rows.len(),
        count(Behaviour::Full),
        count(Behaviour::Part),
        count(Behaviour::CheckedOnly),
        match rows.iter().filter(|row| row.confirmed_live).count() {
            0 =>
                "Nothing here has been compared with the real Zoom; *confirmed live* waits for somebody who can.".into(),
            some => format!(
                "{some} were compared with the real Zoom, by `eroom verify`; the others wait for somebody who can."
            ),
        },
    );
    // Writing into a text cannot fail.
    for Choice { about, here, because } in CHOICES {
        writeln!(page, "| {about} | {here} | {because} |").ok();
    }
    refusals(&mut page);
    page.push_str("\n## Operations\n\n| operation | method and path | behaviour | confirmed live | |\n| --- | --- | --- | --- | --- |\n");
    for row in rows {
        let live = if row.confirmed_live { "yes" } else { "no" };
        let words = row.behaviour.as_str();
        writeln!(page, "| `{}` | `{} {}` | {words} | {live} | {} |", row.operation, row.method, row.path, row.about)
            .ok();
    }
    page
}

/// How many of the documented refusals come, and why the others do not.
fn refusals(page: &mut String) {
    let (mut all, mut never) = (0, BTreeMap::new());
    for operation in operations().iter().filter(|operation| of(operation).behaviour == Behaviour::Full) {
        for error in operation.errors() {
            all += 1;
            let is_meant = |entry: &(&str, &str)| speaks_of(*entry, operation, error);
            if let Some(at) = NEVER.iter().position(|(_, entries)| entries.iter().any(is_meant)) {
                *never.entry(at).or_insert(0) += 1;
            }
        }
    }
    let lacking: usize = never.values().sum();
    let come = all - lacking;
    write!(
        page,
        "\n## Refusals\n\nOf the {all} refusals that Zoom documents for full operations {come} come here too, in Zoom's \
         words, and a test provokes each of them. The other {lacking} never come:\n\n| because | refusals |\n| --- | --- |\n"
    )
    .ok();
    for ((because, _), count) in NEVER.iter().enumerate().filter_map(|(at, reason)| Some((reason, never.get(&at)?))) {
        writeln!(page, "| {because} | {count} |").ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_confirmed_are_operations() {
        assert!(confirmed().all(|id| zoom_spec::operation(id).is_some()), "{:?}", confirmed().collect::<Vec<_>>());
    }

    #[test]
    fn every_behaviour_belongs_to_an_operation_and_what_is_lacking_to_a_behaviour() {
        let known: std::collections::BTreeSet<&str> = operations().iter().map(|operation| operation.id).collect();
        let strangers: Vec<&str> = rest::behaviour_ids().filter(|id| !known.contains(id)).collect();
        assert!(strangers.is_empty(), "no such operation: {strangers:?}");
        let mut ids: Vec<&str> = rest::behaviour_ids().collect();
        ids.sort_unstable();
        let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "two behaviours: {twice:?}");
        for (id, _) in IN_PART {
            assert!(ids.contains(id), "{id} has no behaviour");
        }
    }
}
