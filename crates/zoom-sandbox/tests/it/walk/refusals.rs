//! What is refused: bad values, each by its name and without any effect, and ids that nobody has.

use serde_json::{Value, json};
use zoom_spec::{Operation, Place};

use super::{
    bad,
    body::{fields, set, steps},
    entry::Way,
    readback::at,
    scene::Scene,
    things::plain,
};

/// Sends each field with each bad value; what is wrong with the answers.
pub(super) async fn of_fields(scene: &Scene, operation: &'static Operation, ways: &[Way]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut done = std::collections::BTreeSet::new();
    for (turn, way) in ways.iter().enumerate() {
        let mut things = scene.things(operation, way);
        things.prepare(way).await;
        let path = things.path_of(operation, way).await;
        let body = things.body_of(operation, way).await;
        let before = scene.memory();
        if let Some(good) = &body {
            for field in fields(operation) {
                let way_there = steps(&field.path);
                let parent = way_there.split_last().map_or(&[][..], |(_, parent)| parent);
                if done.contains(&*field.path) || at(good, parent).is_none() {
                    continue;
                }
                done.insert(field.path.to_string());
                let name = field.path.replace("[]", "[0]");
                for value in bad::in_body(field, at(good, &way_there)) {
                    let mut body = good.clone();
                    set(body.as_object_mut().unwrap(), &way_there, &value);
                    let answer = things.send(operation, &path, Some(&body)).await;
                    wrong.extend(judge(way, &name, &value, &answer));
                }
            }
        }
        for field in operation.fields().iter().filter(|field| turn == 0 && field.place == Place::Query) {
            if field.required {
                let answer = things.send(operation, &without(&path, &field.path), body.as_ref()).await;
                let words = format!("{} is required.", field.path.replace('_', " "));
                let is_said = plain(&answer.1["message"]).eq_ignore_ascii_case(&words);
                wrong.extend(judge(way, &field.path, &Value::Null, &answer).filter(|_| !is_said));
            }
            for value in bad::in_query(field) {
                let sign = if path.contains('?') { '&' } else { '?' };
                let asked: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
                let asked = format!("{path}{sign}{}={asked}", field.path);
                let answer = things.send(operation, &asked, body.as_ref()).await;
                wrong.extend(judge(way, &field.path, &Value::from(value), &answer));
            }
        }
        if scene.memory() != before {
            wrong.push("a refused call changed something".to_owned());
        }
    }
    wrong
}

/// A path without one parameter of its query.
pub(super) fn without(path: &str, name: &str) -> String {
    let (path, query) = path.split_once('?').unwrap();
    let kept = query.split('&').filter(|pair| pair.split_once('=').unwrap().0 != name);
    format!("{path}?{}", kept.collect::<Vec<_>>().join("&"))
}

fn judge(way: &Way, name: &str, value: &Value, answer: &(u16, Value)) -> Option<String> {
    let (status, body) = answer;
    let sent: String = value.to_string().chars().take(60).collect();
    let told = (*status, u32::try_from(body["code"].as_u64().unwrap_or_default()).unwrap());
    if way.refused.get(name) == Some(&told) {
        return None;
    }
    let named = body["errors"].as_array().is_some_and(|errors| {
        errors.iter().any(|error| {
            let field = plain(&error["field"]);
            field == name || field.strip_prefix(name).is_some_and(|rest| rest.starts_with('['))
        })
    });
    (told != (400, 300) || !named).then(|| format!("{name}: {sent} is {status} {body}"))
}

/// Sends nonsense of the right type, too; it may be taken or refused, but is never a fault of the sandbox.
pub(super) async fn of_nonsense(scene: &Scene, operation: &'static Operation, way: &Way) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut things = scene.things(operation, way);
    things.prepare(way).await;
    let path = things.path_of(operation, way).await;
    let Some(good) = things.body_of(operation, way).await else { return wrong };
    for field in fields(operation).filter(|field| !field.path.contains('.')) {
        for odd in [json!(-7), json!("\u{0}"), json!(1e300), json!({ "a": { "b": [] } }), json!([[1]])] {
            let mut body = good.clone();
            body[&*field.path] = odd;
            let (status, answer) = things.send(operation, &path, Some(&body)).await;
            if status >= 500 || (status >= 400 && !answer["code"].is_u64()) {
                wrong.push(format!("{} {}: {status} {answer}", field.path, body[&*field.path]));
            }
        }
    }
    wrong
}

/// What Zoom says of things nobody has, where the operation documents nothing.
const GENERAL: &[(&str, &str, u16, u32)] = &[
    ("userId", "user", 404, 1001),
    ("memberId", "user", 404, 1001),
    ("accountId", "account does", 404, 2001),
    ("meetingId", "meeting", 404, 3001),
    ("webinarId", "webinar", 404, 3001),
    ("meetingId", "recording", 404, 3301),
    ("registrantId", "registrant", 400, 300),
    ("panelistId", "panelist", 400, 300),
    ("pollId", "poll id", 400, 4400),
    ("eventId", "event not", 404, 2002),
    ("sessionId", "session not", 404, 2003),
    ("ticketTypeId", "ticket type", 404, 26_502),
    ("hostUserId", "user", 404, 1001),
];

/// Puts an unknown id in each place of the path; what is wrong with the answers.
pub(super) async fn of_ids(scene: &Scene, operation: &'static Operation, way: &Way) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut things = scene.things(operation, way);
    things.prepare(way).await;
    // All things are made before one is put out of the way: some belong to others.
    things.path_of(operation, way).await;
    let body = things.body_of(operation, way).await;
    let before = scene.memory();
    for param in operation.path.split(['{', '}']).skip(1).step_by(2) {
        let path = things.path_without(operation, way, param).await;
        let (status, answer) = things.send(operation, &path, body.as_ref()).await;
        let (code, message) = (answer["code"].as_u64().unwrap_or_default(), plain(&answer["message"]));
        let code = u32::try_from(code).unwrap();
        let is_documented = operation
            .errors()
            .iter()
            .any(|error| (error.status, error.code) == (status, code) && is_filled(&error.message, &message));
        let is_general = GENERAL.iter().any(|(name, thing, general, number)| {
            (*name, *general, *number) == (param, status, code)
                && !operation.errors().iter().any(|error| says_so(thing, &error.message))
        });
        if !is_documented && !is_general {
            let known: Vec<_> = operation.errors().iter().map(|e| (e.status, e.code, &*e.message)).collect();
            wrong.push(format!("unknown {param} is {status} {answer}, of {known:?}"));
        }
    }
    if scene.memory() != before {
        wrong.push("a call for something unknown changed something".to_owned());
    }
    wrong
}

/// Whether a documented message is about a thing that is not there.
fn says_so(thing: &str, message: &str) -> bool {
    let message = message.to_lowercase();
    let begins = format!(" {message}").contains(&format!(" {thing}"));
    begins && ["not exist", "not found", "invalid"].iter().any(|words| message.contains(words))
}

/// Whether a message is a documented one with something in the place of its placeholders.
fn is_filled(documented: &str, message: &str) -> bool {
    let mut parts = Vec::new();
    let mut rest = documented.trim_end_matches('.');
    while let Some(from) = rest.find(['{', '$']) {
        let (before, after) = rest.split_at(from);
        parts.push(before);
        let end = if after.starts_with('{') {
            after.find('}').map_or(after.len(), |end| end + 1)
        } else {
            after[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(after.len(), |end| end + 1)
        };
        rest = &after[end..];
    }
    parts.push(rest);
    let mut left = message.trim_end_matches('.');
    let exact = parts.len() == 1;
    let Some(after) = left.strip_prefix(parts[0]) else { return false };
    if exact {
        return after.is_empty();
    }
    left = after;
    parts[1..].iter().all(|part| match left.find(part) {
        Some(at) => {
            left = &left[at + part.len()..];
            true
        }
        None => false,
    })
}
