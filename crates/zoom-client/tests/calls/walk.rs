//! Whether every call there is was sent by some story, and whether every operation the sandbox has in full has a call.

use std::collections::BTreeSet;

use zoom_sandbox::{Behaviour, fidelity};

/// What the stories send; each of them holds that it did.
const SENT: &[&[&str]] = &[
    crate::registrants::REGISTRANTS,
    crate::calls::POLLS,
    crate::calls::WEBINARS,
    crate::users::USERS,
    crate::account::ROLES,
    crate::account::ACCOUNTS,
    crate::afterwards::REPORTS,
    crate::afterwards::RECORDINGS,
    crate::subscriptions::SUBSCRIPTIONS,
    crate::zoom_events::EVENTS,
    crate::zoom_events::SESSIONS,
    crate::zoom_events::TICKETS,
];

/// Operations that the table of users, meetings and webinars' first stories send (`tests/stories`).
const EARLIER: &[&str] = &[
    "users",
    "user",
    "userCreate",
    "userToken",
    "userZak",
    "meetings",
    "meetingCreate",
    "meeting",
    "meetingUpdate",
    "meetingDelete",
    "meetingStatus",
    "webinars",
    "webinarCreate",
    "webinar",
    "webinarUpdate",
    "webinarDelete",
    "webinarStatus",
];

/// Account-level operations that the sandbox has in full and this crate has no call for yet. The untyped call reaches
/// them.
const NOT_YET: &[&str] = &[];

#[test]
fn every_call_was_sent_by_a_story() {
    let sent: BTreeSet<&str> = SENT.iter().copied().flatten().chain(EARLIER).copied().collect();
    let calls: BTreeSet<&str> = zoom_client::calls().map(|call| call.id).collect();
    assert_eq!(calls.difference(&sent).collect::<Vec<_>>(), Vec::<&&str>::new(), "never sent");
    assert_eq!(sent.difference(&calls).collect::<Vec<_>>(), Vec::<&&str>::new(), "no call");
}

#[test]
fn every_operation_that_is_there_in_full_has_a_call_or_is_known_to_have_none_yet() {
    let calls: BTreeSet<&str> = zoom_client::calls().map(|call| call.id).collect();
    let account: BTreeSet<&str> = zoom_spec::operations()
        .iter()
        .filter(|operation| operation.level == zoom_spec::Level::Account)
        .map(|operation| operation.id)
        .collect();
    let full = fidelity().into_iter().filter(|one| one.behaviour == Behaviour::Full && !one.master);
    let full: BTreeSet<&str> = full.map(|one| one.operation).filter(|id| account.contains(id)).collect();
    let missing: BTreeSet<&str> = full.difference(&calls).copied().collect();
    let not_yet: BTreeSet<&str> = NOT_YET.iter().copied().collect();
    assert_eq!(missing, not_yet, "left: no call; right: said to have none");
}

#[test]
fn each_call_says_its_scope_and_its_rate_label() {
    fn files(folder: &std::path::Path, all: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                files(&entry, all);
            } else {
                // Comments are read as if they had no line ends.
                let text = std::fs::read_to_string(entry).unwrap().replace("///", " ");
                all.push(text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "("));
            }
        }
    }
    let mut all = Vec::new();
    files(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    for call in zoom_client::calls() {
        let name = format!("Call::new({:?}", call.id);
        let file = all.iter().find(|text| text.contains(&name) && text.contains("pub(super) static")).unwrap();
        let scope = call.scopes().first().map(|scope| scope.trim_end_matches(":admin").trim_end_matches(":master"));
        assert!(scope.is_none_or(|scope| file.contains(&format!("`{scope}`"))), "{name}: {scope:?} is not said");
        let label = call.label().unwrap().as_str().to_lowercase();
        assert!(file.to_lowercase().contains(&label), "{name}: {label} is not said");
    }
}
