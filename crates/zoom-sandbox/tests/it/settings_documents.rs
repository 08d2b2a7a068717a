//! Settings documents held against the table: every field that Zoom documents, read and written, in every alternative.

use serde_json::{Map, Value, json};
use zoom_spec::{Field, Kind, Level, Operation, Place};

use crate::{
    registrants::with_all_scopes,
    story::Story,
    walk::body::{sample, set},
};

/// Operation, `option`, and what the fields of that alternative begin with in the table.
const READ: [(&str, &str, &str); 11] = [
    ("accountSettings", "", "<oneOf:Account settings>."),
    ("accountSettings", "security", "<oneOf:Account settings>."),
    ("accountSettings", "meeting_authentication", "<oneOf:Account Authentication Settings>.<oneOf:index0>."),
    ("accountSettings", "recording_authentication", "<oneOf:Account Authentication Settings>.<oneOf:index1>."),
    ("accountSettings", "meeting_security", "<oneOf:Meeting or Webinar Security Account Settings>."),
    ("getAccountLockSettings", "", "<oneOf:0>."),
    ("getAccountLockSettings", "meeting_security", "<oneOf:Meeting or Webinar Security Account Locked Settings>."),
    ("userSettings", "", "<oneOf:User settings>."),
    ("userSettings", "meeting_authentication", "<oneOf:2>.<oneOf:0>."),
    ("userSettings", "recording_authentication", "<oneOf:2>.<oneOf:1>."),
    ("userSettings", "meeting_security", "<oneOf:Meeting/Webinar Security Settings>."),
];

const WRITTEN: [(&str, &str, &str, &str); 10] = [
    ("accountSettingsUpdate", "", "<oneOf:Information about the account's updated settings.>.", "accountSettings"),
    (
        "accountSettingsUpdate",
        "security",
        "<oneOf:Information about the account's updated settings.>.",
        "accountSettings",
    ),
    (
        "accountSettingsUpdate",
        "meeting_authentication",
        "<oneOf:AccountSettingsAuthenticationUpdate>.<oneOf:0>.",
        "accountSettings",
    ),
    (
        "accountSettingsUpdate",
        "recording_authentication",
        "<oneOf:AccountSettingsAuthenticationUpdate>.<oneOf:1>.",
        "accountSettings",
    ),
    (
        "accountSettingsUpdate",
        "meeting_security",
        "<oneOf:Meeting or Webinar Security Account Settings>.",
        "accountSettings",
    ),
    ("UpdateLockedSettings", "", "<oneOf:0>.", "getAccountLockSettings"),
    ("userSettingsUpdate", "", "<oneOf:The user's settings.>.", "userSettings"),
    (
        "userSettingsUpdate",
        "meeting_authentication",
        "<oneOf:GroupSettingsAuthenticationUpdate>.<oneOf:0>.",
        "userSettings",
    ),
    (
        "userSettingsUpdate",
        "recording_authentication",
        "<oneOf:GroupSettingsAuthenticationUpdate>.<oneOf:1>.",
        "userSettings",
    ),
    ("userSettingsUpdate", "meeting_security", "<oneOf:Meeting/Webinar Security Settings>.", "userSettings"),
];

fn operations(id: &str) -> impl Iterator<Item = &'static Operation> {
    [Level::Account, Level::Master].into_iter().filter_map(move |level| zoom_spec::operation_at(level, id))
}

/// The fields of an alternative, with their paths in the document.
fn fields(operation: &'static Operation, of: Place, begins: &str, option: &str) -> Vec<(String, &'static Field)> {
    let found = operation.fields().iter().filter(|field| field.place == of);
    let inside = found.filter_map(|field| Some((field.path.strip_prefix(begins)?.to_owned(), field)));
    inside.filter(|(path, _)| option != "security" || path.starts_with("security")).collect()
}

/// The address of an operation: for sub-accounts, for the account itself, for one of its users.
fn address(operation: &Operation, option: &str, account: &str, user: &str) -> String {
    let account = if operation.level == Level::Master { account } else { "me" };
    let path = operation.path.replace("{accountId}", account).replace("{userId}", user);
    if option.is_empty() { path } else { format!("{path}?option={option}") }
}

/// The account of a primary one's sub-account and its owner.
async fn below(story: &Story) -> (String, String) {
    let who =
        json!({ "first_name": "Otis", "last_name": "Vale", "email": "otis@south.example", "password": "Pretend-1" });
    let (status, made) = story.send("POST", "/accounts", who).await;
    assert_eq!(status, 201, "{made}");
    (made["id"].as_str().unwrap().to_owned(), made["owner_id"].as_str().unwrap().to_owned())
}

/// Whether an answer has something at a path; an empty list has everything.
fn has(value: &Value, path: &[&str]) -> bool {
    let [step, rest @ ..] = path else { return true };
    match value.get(step.trim_end_matches("[]")) {
        Some(Value::Array(items)) if !rest.is_empty() => items.iter().all(|item| has(item, rest)),
        Some(inner) => has(inner, rest),
        None => false,
    }
}

fn is_of(kind: Kind, value: &Value) -> bool {
    match kind {
        Kind::String => value.is_string(),
        Kind::Integer => value.is_i64() || value.is_u64(),
        Kind::Number => value.is_number(),
        Kind::Boolean => value.is_boolean(),
        Kind::Object => value.is_object(),
        Kind::Array => value.is_array(),
        Kind::Any => true,
    }
}

#[tokio::test]
async fn every_document_has_every_field_of_the_table_with_its_type_and_one_of_its_values() {
    let story = with_all_scopes().await;
    let (account, owner) = below(&story).await;
    for (id, option, begins) in READ {
        for operation in operations(id) {
            let user = if operation.level == Level::Master { owner.as_str() } else { "ben@northlight.example" };
            let path = address(operation, option, &account, user);
            let (status, answer) = story.get(&path).await;
            assert_eq!(status, operation.success, "{path}: {answer}");
            let documented = fields(operation, Place::Answer, begins, option);
            assert!(documented.len() >= 8, "{id} {option}");
            // What somebody does not have has no size.
            let of_nothing = ["feature.large_meeting_capacity", "feature.zoom_events_capacity"];
            let lacks: Vec<_> = documented
                .iter()
                .filter(|(path, _)| !has(&answer, &path.split('.').collect::<Vec<_>>()))
                .map(|(path, _)| path.as_str())
                .filter(|path| !of_nothing.contains(path))
                .collect();
            assert!(lacks.is_empty(), "{path} lacks {lacks:?}");
            for (path, field) in documented.iter().filter(|(path, _)| !path.contains("[]")) {
                let Some(value) = answer.pointer(&format!("/{}", path.replace('.', "/"))) else { continue };
                assert!(is_of(field.kind, value), "{id} {option} {path}: {value}");
                let text = value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(|n| n.to_string()));
                let is_listed = |text: String| field.choices.iter().any(|choice| **choice == *text);
                assert!(field.choices.is_empty() || text.is_none_or(is_listed), "{id} {path}: {value}");
            }
        }
    }
}

/// A value that differs from what a setting begins as, so that the change can be seen.
fn other(field: &Field) -> Value {
    let last = field.choices.iter().rev().find(|choice| !choice.is_empty());
    match (field.kind, last) {
        (Kind::Integer, Some(choice)) => json!(choice.parse::<i64>().unwrap()),
        (Kind::String, Some(choice)) => json!(choice),
        (Kind::Array, Some(choice)) if field.items == Some(Kind::Integer) => json!([choice.parse::<i64>().unwrap()]),
        (Kind::Array, Some(choice)) => json!([choice]),
        (Kind::Array, None) if field.items == Some(Kind::String) => json!(["one.example"]),
        (Kind::Integer, None) => json!(field.max.unwrap_or(7)),
        _ => sample(field),
    }
}

/// Fields that say how a list is changed, and what cannot be set beside others.
fn is_left_out(path: &str) -> bool {
    let how =
        ["operate", "operation", "action", "sso_bypass_user_ids", "authentication_option", "policies", "templates"];
    path.starts_with("feature") || path.split(['.', '[']).any(|step| how.contains(&step))
}

#[tokio::test]
async fn every_documented_setting_may_be_written_and_is_read_again() {
    for (write, option, begins, read) in WRITTEN {
        // A new sandbox for each: locks would forbid users what comes after them.
        let story = with_all_scopes().await;
        let (account, owner) = below(&story).await;
        for operation in operations(write) {
            let user = if operation.level == Level::Master { owner.as_str() } else { "ben@northlight.example" };
            let documented = fields(operation, Place::Body, begins, option);
            let mut body = Map::new();
            for (path, field) in documented.iter().filter(|(path, _)| !is_left_out(path)) {
                let is_filled_by_members = field.kind == Kind::Object
                    || field.kind == Kind::Array && !matches!(field.items, Some(Kind::String | Kind::Integer));
                if is_filled_by_members {
                    continue;
                }
                let value = match path.rsplit('.').next() {
                    Some("code") if path.contains("numbers") => json!("44"),
                    Some("code") if path.contains("countries") => json!("GB"),
                    _ => other(field),
                };
                set(&mut body, &path.split('.').collect::<Vec<_>>(), &value);
            }
            let body = Value::from(body);
            let address_of = |operation| address(operation, option, &account, user);
            let path = address_of(operation);
            let (status, answer) = story.send("PATCH", &path, body.clone()).await;
            assert_eq!(status, operation.success, "{path}: {answer}");
            let reader = operations(read).find(|one| one.level == operation.level).unwrap();
            let (_, seen) = story.get(&address_of(reader)).await;
            for (path, field) in documented.iter().filter(|(path, _)| !is_left_out(path)) {
                let at = format!("/{}", path.replace('.', "/"));
                let (Some(sent), Some(kept)) = (body.pointer(&at), seen.pointer(&at)) else { continue };
                if field.kind != Kind::Object && !matches!(field.items, Some(Kind::Object)) && !path.contains("[]") {
                    assert_eq!(kept, sent, "{write} {option} {path}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_setting_of_the_wrong_type_is_named_and_nothing_of_the_request_is_kept() {
    let story = with_all_scopes().await;
    for (write, option, begins, _) in WRITTEN {
        let operation = zoom_spec::operation(write).unwrap();
        let path = address(operation, option, "me", "me");
        let documented = fields(operation, Place::Body, begins, option);
        let simple = documented.iter().filter(|(path, field)| !path.contains("[]") && field.kind != Kind::Array);
        // One of nine, spread over the document: each request is one field.
        for (path_of_field, field) in simple.step_by(9) {
            let mut body = Map::new();
            set(&mut body, &path_of_field.split('.').collect::<Vec<_>>(), &json!([[1]]));
            let (status, answer) = story.send("PATCH", &path, body.into()).await;
            assert_eq!((status, &answer["code"]), (400, &json!(300)), "{write} {path_of_field}: {answer}");
            assert_eq!(answer["errors"][0]["field"], path_of_field.as_str(), "{field:?}");
        }
    }
}
