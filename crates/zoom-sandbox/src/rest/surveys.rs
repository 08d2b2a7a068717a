//! The survey after a meeting or webinar: `GET`, `PATCH` and `DELETE` of `…/survey`.

use serde_json::{Map, Value};

use super::{
    Ask, Behaviour,
    meetings::held,
    polls::{Asked, wrong_questions},
    words::worded,
};
use crate::{
    answer::{Answer, Refusal},
    world::{Kind, Licence, Meeting, Shared},
};

/// What the sandbox does with surveys.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("meetingSurveyGet", |ask| get(ask, Kind::Meeting)),
    ("meetingSurveyUpdate", |ask| update(ask, Kind::Meeting)),
    ("meetingSurveyDelete", |ask| delete(ask, Kind::Meeting)),
    ("webinarSurveyGet", |ask| get(ask, Kind::Webinar)),
    ("webinarSurveyUpdate", |ask| update(ask, Kind::Webinar)),
    ("webinarSurveyDelete", |ask| delete(ask, Kind::Webinar)),
];

/// The meeting or webinar of the path. Instant meetings and hosts without a licence have no survey, and hosts whose
/// settings say so.
fn open(ask: &Ask<'_>, kind: Kind) -> Result<Shared<Meeting>, Refusal> {
    let meeting = held(ask, kind)?;
    let host = ask.app.world.read(|state| state.person_by_id(&meeting.host_id).map(|host| host.licence));
    let setting = if kind == Kind::Meeting { "in_meeting.meeting_survey" } else { "in_meeting.webinar_survey" };
    if meeting.code != 1 && host == Some(Licence::Licensed) && ask.is_on_for_host(&meeting, setting) {
        return Ok(meeting);
    }
    let begins = if kind == Kind::Meeting { "Meeting survey disabled" } else { "Webinar survey disabled" };
    let refusal = worded(ask, begins, "").unwrap_or_else(|| Refusal::new(400, 3000, format!("{begins}.")));
    Err(refusal.because("3000: an instant meeting, or its host has no licence or has surveys off."))
}

fn get(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = open(ask, kind)?;
    let kept = ask.app.world.read(|state| state.surveys.get(&meeting.number).map(|kept| Map::clone(kept)));
    let Some(kept) = kept else { return Ok(Answer::json(ask.operation.success, Map::new())) };
    let mut survey = Map::new();
    survey.insert("show_in_the_browser".to_owned(), true.into());
    if kind == Kind::Webinar {
        survey.insert("show_in_the_follow_up_email".to_owned(), false.into());
    }
    survey.extend(kept);
    if let Some(Value::Object(custom)) = survey.get_mut("custom_survey") {
        for name in ["anonymous", "numbered_questions", "show_question_type"] {
            custom.entry(name).or_insert(Value::Bool(false));
        }
    }
    Ok(Answer::json(ask.operation.success, survey))
}

fn update(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = open(ask, kind)?;
    if let Some(link) = ask.text("third_party_survey").filter(|link| !link.is_empty()) {
        let is_link = url::Url::parse(link).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !is_link {
            let message = format!("Invalid third party survey: {link}.");
            let documented = worded(ask, "Invalid third party survey", link);
            return Err(documented.unwrap_or_else(|| Refusal::new(400, 300, message)));
        }
    }
    let custom = ask.body.get("custom_survey").and_then(Value::as_object);
    if let Some(questions) = custom.and_then(|custom| custom.get("questions")).and_then(Value::as_array) {
        let wrong = wrong_questions(Asked::Survey, "custom_survey.questions", questions);
        if !wrong.is_empty() {
            return Err(Refusal::fields(wrong));
        }
    }
    ask.change(|change| {
        let survey = change.state.surveys.entry(meeting.number).or_default();
        for (name, value) in &ask.body {
            match (survey.get_mut(name), value) {
                (Some(Value::Object(known)), Value::Object(sent)) => known.extend(sent.clone()),
                _ => drop(survey.insert(name.clone(), value.clone())),
            }
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

fn delete(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = open(ask, kind)?;
    ask.change(|change| {
        change.state.surveys.remove(&meeting.number);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
