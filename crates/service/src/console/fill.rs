//! A filled form becomes a request: every value is read as Zoom's table has it, or is wrong at its field.

use std::{fmt, num::IntErrorKind};

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use serde_json::{Map, Number, Value};
use url::Url;
use zoom_spec::{Field, Kind, Place};

use super::form::{Control, Form, FormField, takes_several};

/// What a filled form says.
#[derive(Clone, Default, PartialEq)]
pub struct Filled {
    /// The path's parameters, in the path's order.
    pub params: Vec<(&'static str, String)>,
    /// The query's, in the order of Zoom's documents.
    pub query: Vec<(&'static str, String)>,
    /// The body; `None` where the operation takes none.
    pub body: Option<Value>,
}

/// Names only: values may be secret.
impl fmt::Debug for Filled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.params.iter().chain(&self.query).map(|(name, _)| name);
        f.debug_set().entries(names).finish()
    }
}

/// A field that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongField {
    /// Its name in the form; `json` for the whole body.
    pub name: String,
    /// What is wrong with it.
    pub problem: FieldProblem,
}

/// What can be wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldProblem {
    /// Zoom needs it.
    Missing,
    /// Not a whole number.
    NotWhole,
    /// A whole number with more digits than JSON's readers can hold.
    TooBig,
    /// Not a number.
    NotNumber,
    /// Below or above what Zoom takes: a number, the length of a text, the count of a list.
    Outside {
        /// Of what: `value`, `length` or `count`.
        what: &'static str,
        /// The least.
        min: Option<i64>,
        /// The most.
        max: Option<i64>,
    },
    /// None of Zoom's choices, which are these.
    NotAChoice(String),
    /// Neither `true` nor `false`.
    NotTrueOrFalse,
    /// Not of this format: `date-time`, `date`, `email`, `uri`.
    NotA(&'static str),
    /// Not JSON, or JSON of another type than this.
    NotJson(&'static str),
    /// The body was given as a whole, and this besides.
    Twice,
    /// It was given more than once.
    Repeated,
    /// It has characters that nobody sees: tabs, line breaks and their like.
    Unseen,
    /// A step in a path, `.` or `..`: it would lead to another operation.
    Step,
    /// The operation has no such field.
    Unknown,
}

impl FieldProblem {
    /// The word used in keys of sentences.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotWhole => "not-whole",
            Self::TooBig => "too-big",
            Self::NotNumber => "not-number",
            Self::Outside { .. } => "outside",
            Self::NotAChoice(_) => "not-a-choice",
            Self::NotTrueOrFalse => "not-true-or-false",
            Self::NotA(_) => "not-a",
            Self::NotJson(_) => "not-json",
            Self::Twice => "twice",
            Self::Repeated => "repeated",
            Self::Unseen => "unseen",
            Self::Step => "step",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for FieldProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is needed"),
            Self::NotWhole => f.write_str("is not a whole number"),
            Self::TooBig => f.write_str("has too many digits"),
            Self::NotNumber => f.write_str("is not a number"),
            Self::Outside { what, min: Some(min), max: Some(max) } => write!(f, "has a {what} outside {min} to {max}"),
            Self::Outside { what, min: Some(min), .. } => write!(f, "has a {what} below {min}"),
            Self::Outside { what, max, .. } => write!(f, "has a {what} above {}", max.unwrap_or(i64::MAX)),
            Self::NotAChoice(choices) => write!(f, "is none of {choices}"),
            Self::NotTrueOrFalse => f.write_str("is neither true nor false"),
            Self::NotA(format) => write!(f, "is not a {format}"),
            Self::NotJson(kind) => write!(f, "is not JSON of the type {kind}"),
            Self::Twice => f.write_str("is given besides the body as a whole: give one of them"),
            Self::Repeated => f.write_str("is given more than once: give it once"),
            Self::Unseen => f.write_str("has characters that cannot be seen, such as tabs: take them out"),
            Self::Step => f.write_str("is a step in a path: give an id"),
            Self::Unknown => f.write_str("is no field of this operation"),
        }
    }
}

/// Reads what was typed: `typed` gives every text that came under the name of a control, and under `json` the body as a
/// whole. What is empty is not sent.
///
/// # Errors
/// Every field that is wrong, in the form's order.
pub fn fill<'a>(form: &Form, typed: impl Fn(&str) -> Vec<&'a str>) -> Result<Filled, Vec<WrongField>> {
    let (mut filled, mut wrong) = (Filled::default(), Vec::new());
    let mut body = Map::new();
    let once = |name: &str| match *typed(name) {
        [] => Ok(""),
        [text] => Ok(text.trim()),
        _ => Err(FieldProblem::Repeated),
    };
    let text_of = |field: &FormField| once(&field.name).unwrap_or_default();
    let whole = once("json").unwrap_or_else(|problem| {
        wrong.push(WrongField { name: "json".into(), problem });
        ""
    });
    for field in &form.fields {
        let in_body = field.field.place == Place::Body;
        let text = text_of(field);
        let taken = if let Err(problem) = once(&field.name) {
            Err(problem)
        } else if text.is_empty() {
            let needed = field.field.required
                && if in_body { whole.is_empty() && is_around(form, field, &text_of) } else { true };
            if needed { Err(FieldProblem::Missing) } else { continue }
        } else if in_body && !whole.is_empty() {
            Err(FieldProblem::Twice)
        } else {
            value(field, text)
        };
        match (taken, field.field.place) {
            (Err(problem), _) => wrong.push(WrongField { name: field.name.clone(), problem }),
            (Ok(value), Place::Body) => set(&mut body, field.path, value),
            (Ok(value), Place::Path) => filled.params.push((field.path, plain(value))),
            (Ok(value), _) => filled.query.push((field.path, plain(value))),
        }
    }
    // The order of the table's parameters need not be that of the path.
    filled.params.sort_by_key(|(name, _)| form.operation.path.find(&format!("{{{name}}}")));
    if form.has_body() {
        match whole_body(whole) {
            Some(Ok(whole)) => filled.body = Some(Value::Object(whole)),
            Some(Err(problem)) => wrong.push(WrongField { name: "json".into(), problem }),
            None => filled.body = Some(Value::Object(body)),
        }
    } else if !whole.is_empty() {
        wrong.push(WrongField { name: "json".into(), problem: FieldProblem::Unknown });
    }
    if wrong.is_empty() { Ok(filled) } else { Err(wrong) }
}

fn whole_body(text: &str) -> Option<Result<Map<String, Value>, FieldProblem>> {
    if text.is_empty() {
        return None;
    }
    Some(match serde_json::from_str(text) {
        Ok(Value::Object(members)) => Ok(members),
        _ => Err(FieldProblem::NotJson("object")),
    })
}

/// Whether the object around a member of the body is sent: the body itself always is.
fn is_around<'a>(form: &Form, field: &FormField, text_of: &impl Fn(&FormField) -> &'a str) -> bool {
    let section = field.section();
    let inside = format!("{section}.");
    section.is_empty()
        || form.fields.iter().any(|other| {
            other.field.place == Place::Body && other.path.starts_with(&inside) && !text_of(other).is_empty()
        })
}

fn value(field: &FormField, text: &str) -> Result<Value, FieldProblem> {
    let facts = field.field;
    // What stands in an address is one line, and an address has no room for steps.
    if facts.place != Place::Body && text.chars().any(char::is_control) {
        return Err(FieldProblem::Unseen);
    }
    if facts.place == Place::Path && matches!(text, "." | "..") {
        return Err(FieldProblem::Step);
    }
    match field.control {
        Control::Json => json(facts.kind, text),
        Control::Lines => lines(facts, text),
        _ => scalar(facts, field.path, facts.kind, text),
    }
}

fn json(kind: Kind, text: &str) -> Result<Value, FieldProblem> {
    let value: Value = serde_json::from_str(text).map_err(|_| FieldProblem::NotJson(kind.as_str()))?;
    let fits = match kind {
        Kind::Object => value.is_object(),
        Kind::Array => value.is_array(),
        _ => true,
    };
    if fits { Ok(value) } else { Err(FieldProblem::NotJson(kind.as_str())) }
}

fn lines(facts: &Field, text: &str) -> Result<Value, FieldProblem> {
    let kind = facts.items.unwrap_or(Kind::String);
    let items = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let items = items.map(|line| {
        let item = typed(kind, line)?;
        is_chosen(facts, line, false)?;
        Ok(item)
    });
    let items: Vec<Value> = items.collect::<Result<_, _>>()?;
    inside(facts, "count", i64::try_from(items.len()).unwrap_or(i64::MAX))?;
    Ok(items.into())
}

fn scalar(facts: &Field, path: &str, kind: Kind, text: &str) -> Result<Value, FieldProblem> {
    let value = typed(kind, text)?;
    is_chosen(facts, text, takes_several(facts, path))?;
    match kind {
        Kind::Integer | Kind::Number => {
            if let Some(number) = value.as_i64() {
                inside(facts, "value", number)?;
            }
        }
        Kind::String => {
            inside(facts, "length", i64::try_from(text.chars().count()).unwrap_or(i64::MAX))?;
            is_formatted(facts, text)?;
        }
        _ => {}
    }
    Ok(value)
}

/// A text as a value of that type. Numbers of meetings may be grouped, as people write them.
fn typed(kind: Kind, text: &str) -> Result<Value, FieldProblem> {
    match kind {
        Kind::Integer => {
            let grouped = text.contains(' ') || text.trim_start_matches('-').contains('-');
            let digits: String = text.chars().filter(|c| !grouped || !matches!(c, ' ' | '-')).collect();
            digits.parse::<i64>().map(Value::from).map_err(|error| match error.kind() {
                IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => FieldProblem::TooBig,
                _ => FieldProblem::NotWhole,
            })
        }
        Kind::Number => {
            if let Ok(whole) = text.parse::<i64>() {
                return Ok(whole.into());
            }
            let number = text.parse().ok().and_then(Number::from_f64);
            number.map(Value::Number).ok_or(FieldProblem::NotNumber)
        }
        Kind::Boolean => text.parse::<bool>().map(Value::from).map_err(|_| FieldProblem::NotTrueOrFalse),
        // Zoom gives no type: what reads as JSON is JSON.
        Kind::Any => Ok(serde_json::from_str(text).unwrap_or_else(|_| text.into())),
        Kind::String | Kind::Object | Kind::Array => Ok(text.into()),
    }
}

fn is_chosen(facts: &Field, text: &str, several: bool) -> Result<(), FieldProblem> {
    let known = |one: &str| facts.choices.iter().any(|choice| **choice == *one.trim());
    let fits = facts.choices.is_empty() || known(text) || several && text.split(',').all(known);
    if fits { Ok(()) } else { Err(FieldProblem::NotAChoice(facts.choices.join(", "))) }
}

fn inside(facts: &Field, what: &'static str, size: i64) -> Result<(), FieldProblem> {
    let fits = facts.min.is_none_or(|min| size >= min) && facts.max.is_none_or(|max| size <= max);
    if fits { Ok(()) } else { Err(FieldProblem::Outside { what, min: facts.min, max: facts.max }) }
}

fn is_formatted(facts: &Field, text: &str) -> Result<(), FieldProblem> {
    let (format, fits) = match facts.format.as_deref() {
        // Zoom takes a local time without a zone too.
        Some("date-time") => ("date-time", text.parse::<Timestamp>().is_ok() || text.parse::<DateTime>().is_ok()),
        Some("date") => ("date", text.parse::<Date>().is_ok()),
        Some("email") => ("email", text.contains('@')),
        Some("uri" | "url") => ("uri", text.parse::<Url>().is_ok()),
        _ => return Ok(()),
    };
    if fits { Ok(()) } else { Err(FieldProblem::NotA(format)) }
}

fn plain(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn set(body: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => drop(body.insert(path.to_owned(), value)),
        Some((name, rest)) => {
            let inner = body.entry(name).or_insert_with(|| Map::new().into());
            if let Some(inner) = inner.as_object_mut() {
                set(inner, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;
    use zoom_spec::operation;

    use super::*;

    fn filled(id: &str, typed: &[(&str, &str)], json: &str) -> Result<Filled, Vec<(String, String)>> {
        let form = Form::of(operation(id).unwrap(), None);
        let json = Some(("json", json)).filter(|(_, json)| !json.is_empty());
        let texts = |name: &str| {
            typed.iter().copied().chain(json).filter(|(one, _)| *one == name).map(|(_, text)| text).collect()
        };
        fill(&form, texts).map_err(|wrong| wrong.into_iter().map(|one| (one.name, one.problem.to_string())).collect())
    }

    #[test]
    fn a_filled_form_is_a_path_a_query_and_a_nested_body_of_the_right_types() {
        let typed = [
            ("path.userId", " me "),
            ("body.topic", "Clinic"),
            ("body.type", "8"),
            ("body.start_time", "2027-03-01T18:00:00"),
            ("body.settings.waiting_room", "true"),
            ("body.settings.additional_data_center_regions", "DE\n\n NL "),
            ("body.recurrence.type", "2"),
            ("body.recurrence.weekly_days", "2,4"),
            ("body.tracking_fields", r#"[{"field":"a","value":"b"}]"#),
        ];
        let request = filled("meetingCreate", &typed, "").unwrap();
        assert_eq!(request.params, [("userId", "me".to_owned())]);
        let body = json!({
            "topic": "Clinic", "type": 8, "start_time": "2027-03-01T18:00:00",
            "settings": { "waiting_room": true, "additional_data_center_regions": ["DE", "NL"] },
            "recurrence": { "type": 2, "weekly_days": "2,4" }, "tracking_fields": [{ "field": "a", "value": "b" }],
        });
        assert_eq!(request.body, Some(body));
        assert!(!format!("{request:?}").contains("Clinic"));

        let request =
            filled("meeting", &[("path.meetingId", "812 3456 7890"), ("query.show_previous_occurrences", "false")], "");
        let request = request.unwrap();
        assert_eq!(request.params, [("meetingId", "81234567890".to_owned())]);
        assert_eq!((request.query, request.body), (vec![("show_previous_occurrences", "false".to_owned())], None));
    }

    #[test]
    fn every_wrong_value_is_told_at_its_field() {
        let long = "x".repeat(201);
        let typed = [
            ("body.topic", &*long),
            ("body.type", "7"),
            ("body.duration", "an hour"),
            ("body.start_time", "tomorrow"),
            ("body.settings.waiting_room", "perhaps"),
            ("body.settings.additional_data_center_regions", "DE\nMars"),
            ("body.recurrence.end_times", "61"),
            ("body.recurrence.repeat_interval", "99999999999999999999"),
            ("body.tracking_fields", "{}"),
        ];
        let wrong = filled("meetingCreate", &typed, "").unwrap_err();
        let said: Vec<(&str, &str)> = wrong.iter().map(|(name, said)| (&**name, &**said)).collect();
        assert!(said.contains(&("path.userId", "is needed")), "{said:?}");
        assert!(said.contains(&("body.topic", "has a length above 200")), "{said:?}");
        assert!(said.contains(&("body.duration", "is not a whole number")), "{said:?}");
        assert!(said.contains(&("body.recurrence.repeat_interval", "has too many digits")), "{said:?}");
        assert!(said.contains(&("body.start_time", "is not a date-time")), "{said:?}");
        assert!(said.contains(&("body.settings.waiting_room", "is neither true nor false")), "{said:?}");
        assert!(said.contains(&("body.tracking_fields", "is not JSON of the type array")), "{said:?}");
        assert!(said.contains(&("body.recurrence.type", "is needed")), "the object around it is there: {said:?}");
        for name in ["body.type", "body.recurrence.end_times"] {
            assert!(said.iter().any(|(one, _)| *one == name), "{name}: {said:?}");
        }
        assert!(
            filled("meetingCreate", &[("path.userId", "me")], "").is_ok(),
            "without a recurrence none of it is needed"
        );
    }

    #[test]
    fn a_body_may_be_given_as_a_whole_and_then_nothing_of_it_besides() {
        let me = ("path.userId", "me");
        let request = filled("meetingCreate", &[me], r#"{"topic":"Clinic","unheard_of":1}"#).unwrap();
        assert_eq!(request.body, Some(json!({ "topic": "Clinic", "unheard_of": 1 })));
        let wrong = filled("meetingCreate", &[me, ("body.agenda", "a")], r#"{"topic":"Clinic"}"#).unwrap_err();
        assert_eq!(wrong[0].0, "body.agenda");
        for bad in ["[1]", "{", "7", "null"] {
            assert_eq!(filled("meetingCreate", &[me], bad).unwrap_err()[0].0, "json", "{bad}");
        }
        assert_eq!(
            filled("meeting", &[("path.meetingId", "1")], "{}").unwrap_err()[0].1,
            FieldProblem::Unknown.to_string()
        );
    }

    #[test]
    fn what_would_lead_to_another_address_or_cannot_be_seen_is_told_at_its_field() {
        let told = |text: &str| filled("meetings", &[("path.userId", text)], "").unwrap_err();
        for step in [".", "..", " .. "] {
            assert_eq!(told(step), [("path.userId".to_owned(), FieldProblem::Step.to_string())], "{step:?}");
        }
        for text in ["a\tb", "a\nb", "a\u{0}", "\u{7f}x"] {
            assert_eq!(told(text), [("path.userId".to_owned(), FieldProblem::Unseen.to_string())], "{text:?}");
        }
        let wrong = filled("meetings", &[("path.userId", "me"), ("query.timezone", "a\rb")], "").unwrap_err();
        assert_eq!(wrong, [("query.timezone".to_owned(), FieldProblem::Unseen.to_string())]);
        for fine in ["...", "..a", "%2e%2e", " me\n"] {
            assert!(filled("meetings", &[("path.userId", fine)], "").is_ok(), "{fine:?}");
        }
        let agenda = [("path.userId", "me"), ("body.agenda", "one\ntwo")];
        assert!(filled("meetingCreate", &agenda, "").is_ok(), "an agenda has lines");
    }

    #[test]
    fn what_is_given_twice_is_told_and_never_chosen_from() {
        let repeated = FieldProblem::Repeated.to_string();
        let me = ("path.userId", "me");
        for second in ["me", "ben@example.org", ""] {
            let wrong = filled("meetings", &[me, ("path.userId", second)], "").unwrap_err();
            assert_eq!(wrong, [("path.userId".to_owned(), repeated.clone())], "{second:?}");
        }
        let wrong = filled("meetingCreate", &[me, ("body.topic", "a"), ("body.topic", "b")], "").unwrap_err();
        assert_eq!(wrong, [("body.topic".to_owned(), repeated.clone())]);
        let wrong = filled("meetingCreate", &[me, ("json", "{}")], "{}").unwrap_err();
        assert_eq!(wrong, [("json".to_owned(), repeated)]);
    }

    proptest! {
        #[test]
        fn any_text_in_any_field_is_taken_or_told(id in prop::sample::select(vec![
            "meetingCreate", "userUpdate", "webinarCreate", "users", "createSpeaker",
        ]), text in "\\PC{0,40}", json in "\\PC{0,20}") {
            let form = Form::of(operation(id).unwrap(), None);
            let texts = |name: &str| vec![if name == "json" { &*json } else { &*text }];
            if let Err(wrong) = fill(&form, texts) {
                prop_assert!(wrong.iter().all(|one| one.name == "json" || form.find(&one.name).is_some()));
            }
        }
    }
}
