//! What is wrong with a form: a message at each field, and a summary that leads to them.

use std::collections::BTreeMap;

use http::StatusCode;
use model::{Invalid, Problem};
use serde::Serialize;
use service::Error;

use crate::{
    fault::Fault,
    language::{problem, say, say_with},
};

/// Everything that is wrong with one form.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Wrong {
    /// The summary, in the form's order.
    pub(crate) problems: Vec<Line>,
    /// The message at each field.
    pub(crate) errors: BTreeMap<&'static str, String>,
}

/// One line of the summary.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    /// The control it leads to, without `f-`; none where it is about the whole form.
    id: Option<&'static str>,
    label: Option<String>,
    message: String,
}

impl Line {
    /// Whether the line leads to that control.
    pub(crate) fn is_at(&self, id: &str) -> bool {
        self.id == Some(id)
    }
}

impl Wrong {
    /// The wrong fields of a form; `labels` gives a field's control and the key of its label.
    pub(crate) fn of(wrong: &[Invalid], labels: &[(&'static str, &'static str, &'static str)]) -> Self {
        let mut all = Self::default();
        for invalid in wrong {
            all.add(invalid.field, message(invalid), labels);
        }
        all
    }

    /// Adds a message at a field.
    pub(crate) fn add(
        &mut self,
        field: &'static str,
        message: String,
        labels: &[(&'static str, &'static str, &'static str)],
    ) {
        let known = labels.iter().find(|(name, ..)| *name == field);
        let (id, label) = known.map_or((None, None), |(_, id, key)| (Some(*id), Some(say(key))));
        self.problems.push(Line { id, label, message: message.clone() });
        self.errors.entry(field).or_insert(message);
    }

    /// What a use case said no with, as far as the form can be shown again with it; else the error page.
    pub(crate) fn from_error(
        error: Error,
        labels: &[(&'static str, &'static str, &'static str)],
    ) -> Result<(StatusCode, Self), Fault> {
        match error {
            Error::Invalid(wrong) => Ok((StatusCode::UNPROCESSABLE_ENTITY, Self::of(&wrong, labels))),
            Error::WrongPassword => {
                let mut wrong = Self::default();
                wrong.add("password", say("account-password-wrong"), labels);
                Ok((StatusCode::UNPROCESSABLE_ENTITY, wrong))
            }
            Error::Refused { .. } | Error::Unavailable { .. } | Error::TooMany { .. } => {
                let said = Fault::from(error).said();
                let mut wrong = Self::default();
                wrong.problems.push(Line { id: None, label: None, message: said.detail });
                Ok((said.status, wrong))
            }
            other => Err(other.into()),
        }
    }
}

/// The sentence for a wrong field.
fn message(invalid: &Invalid) -> String {
    match (invalid.field, &invalid.problem) {
        ("cover", Problem::OutOfRange { .. } | Problem::TooLong { .. }) => say("room-cover-too-big"),
        ("cover", _) => say("room-cover-not-a-picture"),
        (_, found) => problem(found),
    }
}

/// The sentence that offers a free slug.
pub(crate) fn slug_offer(slug: &str) -> String {
    format!("{} {}", problem(&Problem::SlugTaken), say_with("room-slug-free", &[("slug", slug.into())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABELS: [(&str, &str, &str); 1] = [("starts_at", "date", "room-field-date")];

    #[test]
    fn the_summary_leads_to_the_control_that_holds_the_field() {
        let wrong = Wrong::of(&[Problem::NotTime.at("starts_at")], &LABELS);
        assert_eq!(wrong.problems[0].id, Some("date"));
        assert_eq!(wrong.problems[0].label.as_deref(), Some("Date"));
        assert_eq!(wrong.errors["starts_at"], wrong.problems[0].message);
    }

    #[test]
    fn what_zoom_does_not_answer_to_keeps_the_form_and_a_missing_right_does_not() {
        let sleeps = Error::Unavailable { reason: "Zoom does not answer".into() };
        let (status, wrong) = Wrong::from_error(sleeps, &LABELS).unwrap();
        assert_eq!((status.as_u16(), wrong.problems[0].message.as_str()), (503, "Zoom does not answer"));
        assert!(Wrong::from_error(Error::NotFound, &LABELS).is_err());
    }

    #[test]
    fn a_password_that_is_asked_for_again_is_wrong_at_its_field() {
        let labels = [("password", "password", "disconnect-password")];
        let (status, wrong) = Wrong::from_error(Error::WrongPassword, &labels).unwrap();
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && wrong.problems[0].is_at("password"));
        assert_eq!(wrong.errors["password"], "This is not your password.");
    }
}
