//! What the registration page asks and says.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use clock::Timestamp;
use jiff::tz::TimeZone;
use minijinja::{Value as Shown, context};
use serde_json::Value;
use zoom_spec::Place;

use crate::{
    answer::Answer,
    call::pages::{LOST, page as call_page},
    marketplace::Fields,
    world::{Kind, Meeting, Registration},
};

const TEMPLATE: &str = include_str!("../../templates/register.html");

/// How a question is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// In a line of text.
    Line,
    /// With one of some answers.
    One,
    /// With any of them.
    Several,
}

/// A question of the form.
pub(super) struct Question {
    /// The name of its field.
    pub(super) name: String,
    pub(super) label: String,
    pub(super) required: bool,
    pub(super) is_custom: bool,
    pub(super) shape: Shape,
    answers: Vec<String>,
}

/// All that is asked, and what for.
pub(super) struct Asked<'a> {
    meeting: &'a Meeting,
    pub(super) questions: Vec<Question>,
    /// Id and start of the sittings one may choose from.
    sittings: Vec<(String, String)>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(meeting: &'a Meeting, registration: &Registration, now: Timestamp) -> Self {
        let list = |name: &str| registration.questions.get(name).and_then(Value::as_array).into_iter().flatten();
        let must = |one: &Value| one.get("required").and_then(Value::as_bool).unwrap_or(false);
        let text = |one: &Value, name: &str| one.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut known = list("questions")
            .map(|one| standard(meeting.kind, &text(one, "field_name"), must(one)))
            .collect::<Vec<_>>();
        let last_name = match known.iter().position(|one| one.name == "last_name") {
            Some(place) => known.remove(place),
            None => standard(meeting.kind, "last_name", false),
        };
        let own = |name: &str| standard(meeting.kind, name, true);
        let mut questions = vec![own("first_name"), last_name, own("email")];
        questions.append(&mut known);
        for (index, one) in list("custom_questions").enumerate() {
            let answers = one.get("answers").and_then(Value::as_array).into_iter().flatten();
            let answers: Vec<String> = answers.filter_map(Value::as_str).map(str::to_owned).collect();
            let shape = match text(one, "type").as_str() {
                _ if answers.is_empty() => Shape::Line,
                "multiple" => Shape::Several,
                _ => Shape::One,
            };
            let (name, label) = (format!("custom_{index}"), text(one, "title"));
            questions.push(Question { name, label, required: must(one), is_custom: true, shape, answers });
        }
        let zone = TimeZone::get(&meeting.timezone).unwrap_or(TimeZone::UTC);
        let chooses = matches!(meeting.registration_type(), 2 | 3);
        let start = |at: Timestamp| zone.to_datetime(at).strftime("%a %-d %b %Y, %H:%M").to_string();
        let sittings = meeting.coming(now).filter(|_| chooses).map(|one| (one.id.clone(), start(one.start))).collect();
        Self { meeting, questions, sittings }
    }
}

/// One of Zoom's own questions. Some are answered with one of the answers that the API takes.
fn standard(kind: Kind, name: &str, required: bool) -> Question {
    let id = if kind == Kind::Meeting { "meetingRegistrantCreate" } else { "webinarRegistrantCreate" };
    let field = zoom_spec::operation(id).and_then(|operation| operation.field(Place::Body, name));
    let choices = field.map(|field| field.choices.as_slice()).unwrap_or_default();
    let answers: Vec<String> = choices.iter().filter(|one| !one.is_empty()).map(ToString::to_string).collect();
    let label = match name {
        "email" => "E-mail address".to_owned(),
        "org" => "Organisation".to_owned(),
        "zip" => "Postcode".to_owned(),
        "no_of_employees" => "Number of employees".to_owned(),
        other => {
            let words = other.replace('_', " ");
            let mut letters = words.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
    };
    let shape = if answers.is_empty() { Shape::Line } else { Shape::One };
    Question { name: name.to_owned(), label, required, is_custom: false, shape, answers }
}

/// There is no such meeting.
pub(super) fn lost() -> Response {
    call_page(StatusCode::NOT_FOUND, "call_lost.html", LOST, &context! {})
}

/// The form, or what came of it.
pub(super) fn page(asked: &Asked<'_>, fields: &Fields, answer: Option<&Answer>) -> Response {
    let Asked { meeting, questions, sittings } = asked;
    let body = answer.map(Answer::value).unwrap_or_default();
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let done = answer.is_some_and(Answer::is_allowed);
    let wrong: Vec<&str> = body
        .get("errors")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|error| error.get("field").and_then(Value::as_str))
        .collect();
    // The answer names what its first look found; what else must be answered and is not is marked with it.
    let lacks = |one: &Question| one.required && fields.all(&one.name).all(|given| given.trim().is_empty());
    let custom_lacks = questions.iter().any(|one| one.is_custom && lacks(one));
    let is_named = |one: &Question| {
        wrong.contains(&one.name.as_str()) || one.is_custom && !custom_lacks && wrong.contains(&"custom_questions")
    };
    let rows: Vec<Shown> = questions
        .iter()
        .map(|one| {
            let is_wrong = !wrong.is_empty() && (lacks(one) || is_named(one));
            let given: Vec<String> = fields.all(&one.name).map(str::to_owned).collect();
            let value = given.first().cloned().unwrap_or_default();
            context! {
                name => &one.name, label => &one.label, required => one.required, is_wrong, given, answers => &one.answers,
                several => one.shape == Shape::Several, is_email => one.name == "email",
                value,
            }
        })
        .collect();
    let chosen: Vec<&str> = fields.all("occurrence").collect();
    let sittings: Vec<Shown> =
        sittings.iter().map(|(id, start)| context! { id, start, is_chosen => chosen.contains(&id.as_str()) }).collect();
    let view = context! {
        topic => &meeting.topic,
        kind => meeting.kind.as_str(),
        is_open => meeting.approval().is_some(),
        one_sitting => meeting.registration_type() == 2,
        zone => &meeting.timezone,
        done,
        join_url => text("join_url").filter(|_| done),
        problem => text("message").filter(|_| !done && wrong.is_empty()),
        has_wrong => !wrong.is_empty(),
        questions => rows,
        sittings,
    };
    let status = match answer {
        Some(answer) if !done => StatusCode::from_u16(answer.status).unwrap_or(StatusCode::BAD_REQUEST),
        _ => StatusCode::OK,
    };
    let mut response = call_page(status, "register.html", TEMPLATE, &view);
    // Not `no-referrer`, as call pages have: with that, browsers send `Origin: null` with our own form, and it is refused.
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}
