//! Bodies with every field that Zoom documents, made from its table and the examples of the sandbox's own walk.

use std::{
    collections::BTreeMap,
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde::Deserialize;
use serde_json::{Map, Value, json};
use zoom_spec::{Field, Kind, Operation, Place};

/// The walk's table; its form is told beside it.
#[derive(Deserialize)]
pub(super) struct Table {
    names: BTreeMap<String, Value>,
    pub(super) things: BTreeMap<String, Thing>,
    pub(super) areas: BTreeMap<String, BTreeMap<String, Ways>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Thing {
    Known {
        is: Value,
    },
    Made {
        by: String,
        take: String,
        #[serde(flatten)]
        way: Box<Way>,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Ways {
    Several(Vec<Way>),
    One(Box<Way>),
}

impl Ways {
    pub(super) fn first(&self) -> &Way {
        match self {
            Self::Several(ways) => ways.first().unwrap(),
            Self::One(way) => way,
        }
    }
}

#[derive(Default, Deserialize)]
pub(super) struct Way {
    #[serde(default)]
    pub(super) body: BTreeMap<String, Value>,
    #[serde(default)]
    pub(super) query: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) things: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) needs: Vec<String>,
    #[serde(default)]
    pub(super) before: Vec<(String, String, Value)>,
    #[serde(default)]
    pub(super) after: Vec<(String, String, Value)>,
}

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../zoom-sandbox/tests/it/walk/entries.json")).unwrap()
});

/// Where the walk knows no way, or one that a console needs another for: shapes of settings, a token's kind.
static INSTEAD: LazyLock<BTreeMap<&str, Way>> = LazyLock::new(|| {
    let way = |way: Value| serde_json::from_value(way).unwrap();
    BTreeMap::from([
        ("accountSettingsUpdate", way(json!({ "body": { "in_meeting.polling": false, "in_meeting.chat": false } }))),
        ("UpdateOptions", way(json!({ "body": { "share_mc": false, "share_rc": false } }))),
        ("userToken", way(json!({ "query": { "type": "zak" } }))),
    ])
});

/// The first way in which the walk calls an operation; a bare one for those that it leaves out.
pub(super) fn way_of(operation: &Operation) -> &'static Way {
    static BARE: LazyLock<Way> = LazyLock::new(Way::default);
    if let Some(way) = INSTEAD.get(operation.id) {
        return way;
    }
    let of_area = |ways: &'static BTreeMap<String, Ways>| ways.get(operation.id);
    TABLE.areas.values().find_map(of_area).map_or_else(|| &*BARE, Ways::first)
}

fn turn() -> usize {
    static TURN: AtomicUsize = AtomicUsize::new(1);
    TURN.fetch_add(1, Ordering::Relaxed)
}

/// A value that Zoom's table allows.
pub(super) fn sample(field: &Field) -> Value {
    let name = field.path.rsplit(['.', ']']).next().unwrap();
    if let Some(value) = TABLE.names.get(name) {
        return value.clone();
    }
    let chosen = field.choices.iter().find(|choice| !choice.is_empty()).map(|choice| &**choice);
    match (field.kind, chosen) {
        (Kind::Integer | Kind::Number, Some(choice)) => json!(choice.parse::<i64>().unwrap()),
        (Kind::Integer | Kind::Number, None) if name.contains("max") => json!(field.max.unwrap_or(200)),
        (Kind::Integer, None) if field.min > Some(100_000) => {
            json!(field.min.unwrap() + i64::try_from(turn()).unwrap())
        }
        (Kind::Integer | Kind::Number, None) => json!(field.min.unwrap_or(1).max(1)),
        (Kind::Boolean, _) => json!(true),
        (Kind::Object, _) => json!({}),
        (Kind::Array, _) => (0..field.min.unwrap_or(1).max(1)).map(|at| item(field, at)).collect(),
        (Kind::String | Kind::Any, Some(choice)) => json!(choice),
        (Kind::String | Kind::Any, None) => json!(text(field, name)),
    }
}

fn item(field: &Field, at: i64) -> Value {
    let chosen = field.choices.iter().find(|choice| !choice.is_empty());
    match (field.items, chosen) {
        (Some(Kind::Integer | Kind::Number), Some(choice)) => json!(choice.parse::<i64>().unwrap()),
        (Some(Kind::Integer | Kind::Number), None) => json!(1),
        (Some(Kind::Boolean), _) => json!(true),
        (Some(Kind::Object), _) => json!({}),
        (_, Some(choice)) => json!(choice),
        (_, None) => json!(format!("Text {at}")),
    }
}

fn text(field: &Field, name: &str) -> String {
    if field.format.as_deref() == Some("email") || name == "email" || name.ends_with("_email") {
        return format!("walker{}@walk.example", turn());
    }
    match field.format.as_deref() {
        Some("date-time") => "2026-11-24T10:00:00Z".to_owned(),
        Some("date") => "2026-11-24".to_owned(),
        Some("uri") => "https://walk.example/".to_owned(),
        _ => {
            let least = usize::try_from(field.min.unwrap_or(0)).unwrap();
            format!("{:x<least$}", format!("Text {}", turn()))
        }
    }
}

/// The body with every field, and what the walk's table says put in its place.
pub(super) fn whole(operation: &Operation, instead: impl Iterator<Item = (String, Value)>) -> Value {
    let in_body = |field: &&Field| field.place == Place::Body && !field.path.starts_with('<');
    let fields: Vec<&Field> = operation.fields().iter().filter(in_body).collect();
    let mut body = Map::new();
    for field in &fields {
        let inside = [format!("{}.", field.path), format!("{}[].", field.path)];
        if !fields.iter().any(|other| inside.iter().any(|start| other.path.starts_with(start.as_str()))) {
            set(&mut body, &steps(&field.path), &sample(field));
        }
    }
    for (path, value) in instead {
        set(&mut body, &steps(&path), &value);
    }
    body.into()
}

fn steps(path: &str) -> Vec<&str> {
    path.split('.').collect()
}

/// Puts a value at a path such as `questions[].name`; null takes it away.
fn set(members: &mut Map<String, Value>, path: &[&str], value: &Value) {
    let [step, rest @ ..] = path else { return };
    let name = step.trim_end_matches("[]");
    if rest.is_empty() {
        if value.is_null() {
            members.remove(name);
        } else {
            members.insert(name.to_owned(), value.clone());
        }
    } else if step.ends_with("[]") {
        let list = members.entry(name).or_insert_with(|| json!([{}]));
        for one in list.as_array_mut().unwrap().iter_mut().filter_map(Value::as_object_mut) {
            set(one, rest, value);
        }
    } else if let Some(inner) = members.entry(name).or_insert_with(|| json!({})).as_object_mut() {
        set(inner, rest, value);
    }
}

pub(super) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
