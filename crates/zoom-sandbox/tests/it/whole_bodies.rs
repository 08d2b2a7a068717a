//! Bodies with every field that Zoom documents, and answers held against the table, not against the handlers.

use serde_json::{Map, Value, json};
use zoom_spec::{Field, Kind, Operation, Place};

use crate::{
    registrants::with_all_scopes,
    story::{Story, send},
};

/// A value that the table allows.
pub(crate) fn sample(field: &Field) -> Value {
    let count = usize::try_from(field.min.unwrap_or(1).max(1)).unwrap();
    let chosen = field.choices.iter().find(|choice| !choice.is_empty()).map(|choice| &**choice);
    match (field.kind, chosen) {
        (Kind::Integer | Kind::Number, Some(choice)) => json!(choice.parse::<i64>().unwrap()),
        (Kind::String, Some(choice)) => json!(choice),
        (Kind::Integer | Kind::Number, None) if field.path.contains("max") => json!(field.max.unwrap_or(200)),
        (Kind::Integer | Kind::Number, None) => json!(count),
        (Kind::Boolean, _) => json!(true),
        (Kind::Array, _) if field.items == Some(Kind::String) => {
            (0..count).map(|at| json!(format!("Answer {at}"))).collect()
        }
        (Kind::String, None) if field.format.as_deref() == Some("email") => json!("jill@guests.example"),
        (Kind::String, None) if field.path.ends_with("survey") => json!("https://ask.example"),
        _ => json!("Text"),
    }
}

/// Puts a value at a path such as `questions[].name`, making what is on the way.
pub(crate) fn place(members: &mut Map<String, Value>, path: &[&str], value: Value) {
    let [step, rest @ ..] = path else { return };
    let name = step.trim_end_matches("[]");
    if rest.is_empty() {
        members.entry(name).or_insert(value);
        return;
    }
    let inner = if step.ends_with("[]") {
        let list = members.entry(name).or_insert_with(|| json!([{}]));
        &mut list[0]
    } else {
        members.entry(name).or_insert_with(|| json!({}))
    };
    place(inner.as_object_mut().unwrap(), rest, value);
}

fn whole_body(operation: &Operation) -> Value {
    let mut body = Map::new();
    for field in operation.fields().iter().filter(|field| field.place == Place::Body) {
        let is_filled_by_members =
            field.kind == Kind::Object || field.kind == Kind::Array && field.items != Some(Kind::String);
        if !is_filled_by_members {
            place(&mut body, &field.path.split('.').collect::<Vec<_>>(), sample(field));
        }
    }
    for field in operation.fields().iter().filter(|field| field.place == Place::Body && field.kind == Kind::Array) {
        grow(&mut body, &field.path.split('.').collect::<Vec<_>>(), usize::try_from(field.min.unwrap_or(0)).unwrap());
    }
    body.into()
}

/// Repeats the one object of a list until there are `count`.
pub(crate) fn grow(members: &mut Map<String, Value>, path: &[&str], count: usize) {
    let [step, rest @ ..] = path else { return };
    match members.get_mut(step.trim_end_matches("[]")) {
        Some(Value::Array(items)) if rest.is_empty() => {
            while items.len() < count {
                items.push(items[0].clone());
            }
        }
        Some(Value::Array(items)) => {
            items.iter_mut().filter_map(Value::as_object_mut).for_each(|one| grow(one, rest, count));
        }
        Some(Value::Object(inner)) => grow(inner, rest, count),
        _ => {}
    }
}

/// Whether an answer has something at a path; an empty list has everything.
pub(crate) fn has(value: &Value, path: &[&str]) -> bool {
    let [step, rest @ ..] = path else { return true };
    match value.get(step.trim_end_matches("[]")) {
        Some(Value::Array(items)) if !rest.is_empty() => items.iter().all(|item| has(item, rest)),
        Some(inner) => has(inner, rest),
        None => false,
    }
}

/// The documented fields that an answer lacks.
fn missing(operation: &Operation, answer: &Value) -> Vec<String> {
    let fields = operation.fields().iter().filter(|field| field.place == Place::Answer && !field.deprecated);
    let lacks = fields.filter(|field| !has(answer, &field.path.split('.').collect::<Vec<_>>()));
    lacks.map(|field| field.path.to_string()).collect()
}

async fn homes(story: &Story) -> (i64, i64) {
    let settings = json!({ "approval_type": 0 });
    let body = json!({ "topic": "Whole", "type": 2, "start_time": "2026-11-24T10:00:00Z", "settings": settings });
    let (_, meeting) = story.send("POST", "/users/me/meetings", body).await;
    let body = json!({ "topic": "Whole", "type": 5, "settings": settings });
    let (_, webinar) = story.send("POST", "/users/ben@northlight.example/webinars", body).await;
    (meeting["id"].as_i64().unwrap(), webinar["id"].as_i64().unwrap())
}

/// Calls an operation with a whole body; the answer must be the documented success.
async fn call(story: &Story, id: &str, ids: (i64, i64), child: &str) -> Value {
    let operation = zoom_spec::operation(id).unwrap();
    let path = operation.path.replace("{meetingId}", &ids.0.to_string()).replace("{webinarId}", &ids.1.to_string());
    let path = match path.split_once('{') {
        Some((before, _)) => format!("{before}{child}"),
        None => path,
    };
    let has_body = operation.fields().iter().any(|field| field.place == Place::Body);
    let request = story.request(operation.method.as_str(), &path);
    let request = if has_body { request.json(&whole_body(operation)) } else { request };
    let (status, answer) = send(request).await;
    assert_eq!(status, operation.success, "{id}: {answer}");
    answer
}

#[tokio::test]
async fn every_documented_field_may_be_sent_and_answers_have_every_documented_one() {
    let story = with_all_scopes().await;
    let ids = homes(&story).await;
    // Only a series has these.
    let of_series = |name: &String| !name.starts_with("occurrences");
    for (make, list, get) in [
        ("meetingRegistrantCreate", "meetingRegistrants", "meetingRegistrantGet"),
        ("webinarRegistrantCreate", "webinarRegistrants", "webinarRegistrantGet"),
        ("meetingPollCreate", "meetingPolls", "meetingPollGet"),
        ("webinarPollCreate", "webinarPolls", "webinarPollGet"),
    ] {
        let made = call(&story, make, ids, "").await;
        let child = made.get("registrant_id").or(made.get("id")).and_then(Value::as_str).unwrap().to_owned();
        for (id, answer) in
            [(make, made), (list, call(&story, list, ids, "").await), (get, call(&story, get, ids, &child).await)]
        {
            let lacks: Vec<_> =
                missing(zoom_spec::operation(id).unwrap(), &answer).into_iter().filter(of_series).collect();
            assert!(lacks.is_empty(), "{id} lacks {lacks:?}: {answer}");
        }
    }
    for (write, read) in [
        ("meetingRegistrantQuestionUpdate", "meetingRegistrantsQuestionsGet"),
        ("webinarRegistrantQuestionUpdate", "webinarRegistrantsQuestionsGet"),
        ("webinarPanelistCreate", "webinarPanelists"),
        ("meetingSurveyUpdate", "meetingSurveyGet"),
        ("webinarSurveyUpdate", "webinarSurveyGet"),
        ("createBatchPolls", "meetingPolls"),
    ] {
        for id in [write, read] {
            let answer = call(&story, id, ids, "").await;
            let lacks = missing(zoom_spec::operation(id).unwrap(), &answer);
            assert!(lacks.is_empty(), "{id} lacks {lacks:?}: {answer}");
        }
    }
    for id in ["addBatchRegistrants", "addBatchWebinarRegistrants"] {
        let ids = homes(&story).await;
        let answer = call(&story, id, ids, "").await;
        let lacks = missing(zoom_spec::operation(id).unwrap(), &answer);
        assert!(lacks.is_empty(), "{id} lacks {lacks:?}: {answer}");
    }
}

#[tokio::test]
async fn a_field_of_the_wrong_type_is_named_and_never_a_fault_of_the_sandbox() {
    let story = with_all_scopes().await;
    let ids = homes(&story).await;
    for id in [
        "meetingRegistrantCreate",
        "webinarRegistrantCreate",
        "meetingRegistrantQuestionUpdate",
        "meetingRegistrantStatus",
        "addBatchRegistrants",
        "webinarPanelistCreate",
        "meetingPollCreate",
        "createBatchPolls",
        "webinarSurveyUpdate",
    ] {
        let operation = zoom_spec::operation(id).unwrap();
        let path = operation.path.replace("{meetingId}", &ids.0.to_string()).replace("{webinarId}", &ids.1.to_string());
        let fields = operation.fields().iter().filter(|field| field.place == Place::Body);
        for field in fields.filter(|field| !field.path.contains('.')) {
            let mut body = whole_body(operation);
            for odd in [json!([[1]]), json!({ "a": { "b": [] } }), json!(-7), json!("\u{0}"), json!(1e300)] {
                body[&*field.path] = odd;
                let (status, answer) = story.send(operation.method.as_str(), &path, body.clone()).await;
                assert!(status < 300 || matches!(status, 400 | 429), "{id} {body}: {status} {answer}");
            }
            body[&*field.path] = json!([[1]]);
            if field.kind != Kind::Array {
                let (_, answer) = story.send(operation.method.as_str(), &path, body).await;
                let mut named = answer["errors"].as_array().unwrap().iter().map(|error| &error["field"]);
                assert!(named.any(|name| name == &*field.path), "{id} {}: {answer}", field.path);
            }
        }
    }
}
