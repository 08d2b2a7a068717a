//! One registration: whether it may be, and what it makes of somebody who is there already.

use serde_json::{Map, Value};

use super::{
    super::{Ask, meetings::no_such_occurrence, words::worded},
    tell::{Turn, told},
};
use crate::{
    answer::{FieldError, Refusal},
    world::{Admission, Approval, Change, Counted, Kind, Meeting, Registrant, Registration, new_digits, opaque},
};

/// A meeting without a limit of its own takes so many registrants.
const MOST_REGISTRANTS: usize = 4999;

/// What somebody sent who wants to come.
pub(super) struct Form<'a> {
    /// Name, e-mail address and answers.
    pub(super) answers: &'a Map<String, Value>,
    /// The sittings of a series; empty for all of it.
    pub(super) occurrences: Vec<String>,
    /// Whether the host need not decide.
    pub(super) auto_approve: bool,
    /// Whether the questions of the registration must have been answered.
    pub(super) is_asked: bool,
}

/// Registers somebody, or lays the form over what they registered before.
pub(super) fn register(
    ask: &Ask<'_>,
    change: &mut Change<'_>,
    meeting: &Meeting,
    form: Form<'_>,
) -> Result<Registrant, Refusal> {
    let host = change.state.person_by_id(&meeting.host_id).cloned();
    let email = may_register(ask, change, meeting, form.answers)?;
    let registration = change.state.registrations.entry(meeting.number).or_default();
    if form.is_asked {
        answered(registration, form.answers)?;
    }
    if ask.app.limits.are_enforced() && !registration.count(Counted::Registration, &email, change.now) {
        return Err(too_often(Counted::Registration, meeting.kind, &email));
    }
    let known = registration.registrants.iter().position(|one| one.email == email);
    let before = known.and_then(|at| registration.registrants.get(at));
    if let Some(denied) = before.filter(|one| one.admission == Admission::Denied && !form.auto_approve) {
        ask.note("The host denied this registration; registering again does not change that.");
        return Ok(denied.clone());
    }
    let holds_place = before.is_some_and(|one| matches!(one.admission, Admission::Approved | Admission::Pending));
    if !holds_place && registration.places_taken() >= places(meeting) {
        return Err(full(ask, meeting.kind));
    }
    let fresh = || Registrant {
        id: opaque(change.entropy, 22),
        email: email.clone(),
        answers: Map::new(),
        admission: Admission::Pending,
        created_at: change.now,
        occurrences: Vec::new(),
        token: opaque(change.entropy, 43),
        pin: new_digits(change.entropy).parse().unwrap_or_default(),
    };
    let mut one = known.map_or_else(fresh, |at| registration.registrants.remove(at));
    if form.auto_approve || meeting.approval() == Some(Approval::Automatic) {
        one.admission = Admission::Approved;
    } else if !holds_place {
        one.admission = Admission::Pending;
    }
    let answers = form.answers.iter().filter(|(name, _)| !["email", "auto_approve"].contains(&name.as_str()));
    one.answers.extend(answers.map(|(name, value)| (name.clone(), value.clone())));
    if holds_place {
        join_occurrences(&mut one, form.occurrences);
    } else {
        one.occurrences = form.occurrences;
    }
    let place = known.unwrap_or(registration.registrants.len());
    registration.registrants.insert(place, one.clone());
    let account = host.map_or_else(|| ask.account_id.clone(), |host| host.account_id);
    let happening = told(Turn::Created, meeting, &one, &account, None, (&ask.app.base, change.now));
    change.happenings.push(happening);
    Ok(one)
}

/// The address of somebody who may register, whatever the places.
fn may_register(
    ask: &Ask<'_>,
    change: &Change<'_>,
    meeting: &Meeting,
    answers: &Map<String, Value>,
) -> Result<String, Refusal> {
    let text = |name: &str| answers.get(name).and_then(Value::as_str).unwrap_or_default().trim();
    let email = text("email").to_lowercase();
    let wrong = ["first_name", "email"].into_iter().filter(|name| text(name).is_empty()).map(FieldError::invalid);
    let wrong: Vec<_> = wrong.collect();
    if !wrong.is_empty() {
        return Err(Refusal::fields(wrong));
    }
    let host = change.state.person_by_id(&meeting.host_id);
    if meeting.kind == Kind::Webinar && host.is_some_and(|host| host.email == email) {
        return Err(Refusal::new(400, 3027, "Host cannot register."));
    }
    let on_panel = change.state.panels.get(&meeting.number).is_some_and(|panel| panel.iter().any(|p| p.email == email));
    if on_panel {
        let message = "You have been invited as a panelist for the webinar, please check your email to find more \
                       information about this webinar.";
        return Err(Refusal::new(400, 3000, message));
    }
    if meeting.registration_is_closed(change.now) {
        return Err(closed(ask, meeting.kind));
    }
    Ok(email)
}

/// Who comes to all sittings comes to these too.
fn join_occurrences(one: &mut Registrant, more: Vec<String>) {
    if one.occurrences.is_empty() || more.is_empty() {
        one.occurrences.clear();
        return;
    }
    one.occurrences.extend(more);
    one.occurrences.sort();
    one.occurrences.dedup();
}

/// How many may register.
pub(super) fn places(meeting: &Meeting) -> usize {
    let limit = meeting.settings.get("registrants_restrict_number").and_then(Value::as_u64).unwrap_or(0);
    match usize::try_from(limit) {
        Ok(0) | Err(_) => MOST_REGISTRANTS,
        Ok(limit) => limit,
    }
}

/// There is no place left.
pub(super) fn full(ask: &Ask<'_>, kind: Kind) -> Refusal {
    let words = [
        "Meeting has reached maximum attendee capacity",
        "Webinar has reached maximum attendee capacity",
        "You have reached the limit for the number of attendees",
    ];
    words.iter().find_map(|begins| worded(ask, begins, "")).unwrap_or_else(|| {
        let what = if kind == Kind::Meeting { "Meeting" } else { "Webinar" };
        Refusal::new(400, 3043, format!("{what} has reached maximum attendee capacity."))
    })
}

fn closed(ask: &Ask<'_>, kind: Kind) -> Refusal {
    let words = ["Meeting is over", "Webinar is over", "The webinar is over"];
    words.iter().find_map(|begins| worded(ask, begins, "")).unwrap_or_else(|| {
        let (what, host) = if kind == Kind::Meeting { ("Meeting", "Meeting") } else { ("Webinar", "webinar") };
        let message = format!(
            "{what} is over, you can not register now. If you have any questions, please contact the {host} host."
        );
        Refusal::new(400, 3038, message)
    })
}

/// The day's number for one person is used up.
pub(super) fn too_often(what: Counted, kind: Kind, who: &str) -> Refusal {
    let kind = kind.as_str();
    let verb = match what {
        Counted::Registration => format!("Add {kind} registrant"),
        Counted::Decision => format!("Update {kind} registrant status"),
    };
    let message = format!(
        "You have exceeded the daily rate limit of ({}) for {verb} API requests for the registrant ({who}). You can \
         resume these API requests at GMT 00:00:00.",
        what.most()
    );
    Refusal::new(429, 429, message)
}

/// Whether the questions that must be answered are, and with one of the answers that are offered.
pub(in crate::rest) fn answered(registration: &Registration, answers: &Map<String, Value>) -> Result<(), Refusal> {
    let list =
        |from: &Map<String, Value>, name: &str| from.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |from: &Value, name: &str| from.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let must = |question: &Value| question.get("required").and_then(Value::as_bool).unwrap_or(false);
    let mut wrong = Vec::new();
    for question in list(&registration.questions, "questions").iter().filter(|question| must(question)) {
        let name = text(question, "field_name");
        if answers.get(&name).and_then(Value::as_str).is_none_or(|answer| answer.trim().is_empty()) {
            wrong.push(FieldError::invalid(name));
        }
    }
    let given = list(answers, "custom_questions");
    for question in list(&registration.questions, "custom_questions") {
        let title = text(&question, "title");
        let value = given.iter().find(|answer| text(answer, "title") == title).map(|answer| text(answer, "value"));
        let value = value.filter(|value| !value.trim().is_empty());
        let offered = question.get("answers").and_then(Value::as_array).cloned().unwrap_or_default();
        let is_choice = text(&question, "type").starts_with("single") && !offered.is_empty();
        let is_right = match value {
            Some(value) => !is_choice || offered.iter().any(|known| known.as_str() == Some(value.as_str())),
            None => !must(&question),
        };
        if !is_right {
            wrong.push(FieldError::invalid("custom_questions"));
        }
    }
    wrong.dedup();
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::fields(wrong)) }
}

/// The sittings that `occurrence_ids` chooses, as the series' `registration_type` allows; none for all of it.
pub(super) fn chosen(ask: &Ask<'_>, meeting: &Meeting) -> Result<Vec<String>, Refusal> {
    let asked = ask.query("occurrence_ids").unwrap_or_default();
    let asked: Vec<String> = asked.split(',').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect();
    if meeting.recurrence.is_none() {
        if !asked.is_empty() {
            ask.note("It does not recur at a fixed time, so occurrence_ids was ignored.");
        }
        return Ok(Vec::new());
    }
    if asked.iter().any(|id| !meeting.coming(ask.now).any(|one| one.id == *id)) {
        return Err(no_such_occurrence(meeting.kind));
    }
    match meeting.registration_type() {
        2 if asked.len() > 1 => Err(Refusal::field("occurrence_ids")
            .because("300: with registration_type 2 one registers for one occurrence at a time.")),
        2 if asked.is_empty() => {
            ask.note("No occurrence was named: the registration is for the next one.");
            Ok(meeting.coming(ask.now).take(1).map(|one| one.id.clone()).collect())
        }
        2 | 3 => Ok(asked),
        _ => {
            if !asked.is_empty() {
                ask.note("With registration_type 1 one registers for all occurrences; occurrence_ids was ignored.");
            }
            Ok(Vec::new())
        }
    }
}
