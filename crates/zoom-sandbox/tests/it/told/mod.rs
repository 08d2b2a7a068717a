//! Every event that the sandbox sends, held against what Zoom documents of it: `facts.txt` has the names and types of its
//! members, those that must be there (`!`) and those that Zoom's example shows. Whatever any story hears is held against
//! them; the stories here see to it that each event comes, with all that its example shows.

mod calls;
mod people;
mod plans;
mod recorded;
mod zoom_events;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use serde_json::Value;
use zoom_sandbox::DeliveryState;

use crate::{
    story::{Story, until},
    webhooks::Receiver,
};

/// What is documented of one event.
#[derive(Default)]
struct Facts {
    fields: BTreeMap<String, Field>,
    /// What the example shows and the sandbox cannot have.
    lacks: BTreeSet<String>,
}

struct Field {
    kind: String,
    required: bool,
    shown: bool,
}

static FACTS: LazyLock<BTreeMap<String, Facts>> = LazyLock::new(|| {
    let mut all: BTreeMap<String, Facts> = BTreeMap::new();
    let mut event = String::new();
    for line in include_str!("facts.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("event ") {
            name.clone_into(&mut event);
            continue;
        }
        let facts = all.entry(event.clone()).or_default();
        if let Some(lack) = line.strip_prefix("  lacks ") {
            facts.lacks.insert(lack.split_once(": ").unwrap().0.to_owned());
            continue;
        }
        let mut words = line.split_whitespace();
        let (path, kind) = (words.next().unwrap().to_owned(), words.next().unwrap());
        let field = Field {
            required: kind.ends_with('!'),
            kind: kind.trim_end_matches('!').to_owned(),
            shown: words.next() == Some("shown"),
        };
        facts.fields.insert(path, field);
    }
    all
});

/// Every path of a value below `at` with what stands there; of lists all items under one path.
fn paths<'a>(value: &'a Value, at: &str, found: &mut Vec<(String, &'a Value)>) {
    let below = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    match value {
        Value::Object(members) => {
            for (name, inner) in members {
                found.push((below(name), inner));
                paths(inner, &below(name), found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| paths(item, &format!("{at}[]"), found)),
        _ => {}
    }
}

/// The members of an event as `facts.txt` writes their paths: below the payload, and beside it with a slash.
fn members(event: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    paths(&event["payload"], "", &mut found);
    let beside = event.as_object().unwrap().iter();
    let beside = beside.filter(|(name, _)| !matches!(name.as_str(), "event" | "event_ts" | "payload"));
    found.extend(beside.map(|(name, value)| (format!("/{name}"), value)));
    found.retain(|(path, _)| path != "object");
    found
}

/// Whether `facts.txt` names all there is below this path: settings and what was before have many members, of which the
/// example shows a few.
fn is_open(path: &str) -> bool {
    path.contains("settings.") || path.contains("old_object.")
}

fn fits(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

/// What is wrong with an event: an unknown member, a wrong type, a member that must be there and is not.
fn wrong(event: &Value) -> Vec<String> {
    let name = event["event"].as_str().unwrap();
    let Some(facts) = FACTS.get(name) else { return vec![format!("{name}: facts.txt does not have it")] };
    let there = members(event);
    let mut wrong = Vec::new();
    for (path, value) in &there {
        match facts.fields.get(path) {
            None if is_open(path) => {}
            None => wrong.push(format!("{name}: Zoom has no {path}, here it is {value}")),
            Some(field) if !fits(&field.kind, value) => {
                wrong.push(format!("{name}: {path} should be of type {}, is {value}", field.kind));
            }
            Some(_) => {}
        }
    }
    let has = |path: &str| there.iter().any(|(known, _)| known == path);
    // What has no time of its own has no start.
    let is_timeless = matches!(event["payload"]["object"]["type"].as_i64(), Some(1 | 3 | 4 | 6));
    for (path, _) in facts.fields.iter().filter(|(_, field)| field.required) {
        let parent = path.rsplit_once('.').map_or("object", |(parent, _)| parent).trim_end_matches("[]");
        let is_due = parent == "object" || has(parent) && !is_empty_list(event, parent);
        let is_excused = is_timeless && path == "object.start_time";
        if is_due && !is_excused && !has(path) {
            wrong.push(format!("{name}: lacks {path}"));
        }
    }
    wrong
}

fn is_empty_list(event: &Value, path: &str) -> bool {
    let found = event["payload"].pointer(&format!("/{}", path.replace('.', "/")));
    found.and_then(Value::as_array).is_some_and(Vec::is_empty)
}

/// Holds events that some story heard against what is documented.
pub(crate) fn hold(events: &[Value]) {
    let mut all: Vec<String> = events.iter().flat_map(wrong).collect();
    all.dedup();
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// Holds the events of one area against what is documented: each of `names` came, and among all that came of a name is
/// every member that Zoom's example shows.
fn all_there(events: &[Value], names: &[&str]) {
    hold(events);
    let mut missing = Vec::new();
    for name in names {
        let facts = &FACTS[*name];
        let those = events.iter().filter(|event| event["event"] == *name);
        let there: BTreeSet<String> = those.flat_map(members).map(|(path, _)| path).collect();
        let shown = facts.fields.iter().filter(|(path, field)| field.shown && !facts.lacks.contains(*path));
        missing.extend(shown.filter(|(path, _)| !there.contains(*path)).map(|(path, _)| format!("{name}: {path}")));
    }
    assert!(missing.is_empty(), "never told:\n{}", missing.join("\n"));
}

#[test]
fn every_event_that_is_documented_here_has_a_story() {
    let told: BTreeSet<&str> = [calls::EVENTS, people::EVENTS, plans::EVENTS, recorded::EVENTS, zoom_events::EVENTS]
        .concat()
        .into_iter()
        .collect();
    let known: BTreeSet<&str> = FACTS.keys().map(String::as_str).collect();
    assert_eq!(told, known);
}

/// All that was sent, once each of `names` was and nothing is under way any more.
async fn everything(story: &Story, receiver: &Receiver, names: &[&str]) -> Vec<Value> {
    let missing = || {
        let sent = story.zoom.deliveries();
        let is_missing = |name: &&&str| !sent.iter().any(|one| one.event == **name);
        names.iter().filter(is_missing).map(|name| (*name).to_owned()).collect::<Vec<_>>()
    };
    let is_done = || story.zoom.deliveries().iter().all(|one| one.state != DeliveryState::Pending);
    let wait = until("every event was sent", || missing().is_empty() && is_done());
    let came = tokio::time::timeout(std::time::Duration::from_secs(4), wait).await;
    assert!(came.is_ok(), "never sent: {:?}", missing());
    receiver.events(story.zoom.deliveries().len()).await
}

/// Makes a call that must succeed.
async fn done(story: &Story, method: &str, path: &str, body: Value) -> Value {
    let (status, answer) = story.send(method, path, body).await;
    assert!(status < 300, "{method} {path}: {status} {answer}");
    answer
}

/// Makes a control's call that must succeed.
async fn steer(story: &Story, path: &str, body: Value) -> Value {
    let (status, answer) = story.control("POST", path, body).await;
    assert!(status < 300, "{path}: {status} {answer}");
    answer
}
