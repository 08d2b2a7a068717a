//! The controls of an operation's form, with what Zoom says of each.

use serde::Serialize;
use service::console::facts::{Kind, Place};
use service::console::{Control, FieldProblem, Form, FormField, WrongField};

use crate::{
    admin::typed::Typed,
    language::{say, say_with},
};

/// Controls that stand together: of the address, of the query, of the body, of one object of the body.
#[derive(Serialize)]
pub(crate) struct Section {
    /// The key of its heading; none for an object, which has its name.
    key: Option<&'static str>,
    name: String,
    /// Whether it is shown without a click.
    open: bool,
    fields: Vec<FieldRow>,
}

/// One control.
#[derive(Serialize)]
pub(crate) struct FieldRow {
    name: String,
    label: &'static str,
    control: &'static str,
    /// The `type` of an input.
    kind: &'static str,
    value: String,
    required: bool,
    /// What it may be, to choose from.
    choices: Vec<String>,
    /// What Zoom says of it, in short.
    facts: String,
    error: Option<String>,
}

impl FieldRow {
    fn of(field: &FormField, typed: &Typed, wrong: &[WrongField]) -> Self {
        let facts = field.field;
        let problem = wrong.iter().find(|one| one.name == field.name).map(|one| sentence(&one.problem));
        let kind = match (field.control, facts.format.as_deref()) {
            _ if field.is_secret() => "password",
            (_, Some("email")) => "email",
            _ => "text",
        };
        // What was typed as a secret is not sent back.
        let value = if field.is_secret() { String::new() } else { typed.text(&field.name).to_owned() };
        Self {
            name: field.name.clone(),
            label: field.path,
            control: field.control.as_str(),
            kind,
            value,
            required: facts.required,
            choices: facts.choices.iter().map(ToString::to_string).collect(),
            facts: told(field),
            error: problem,
        }
    }

    fn matters(&self) -> bool {
        self.error.is_some() || !self.value.is_empty()
    }
}

/// The form in sections, in the order of Zoom's documents.
pub(crate) fn sections(form: &Form, typed: &Typed, wrong: &[WrongField]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for field in &form.fields {
        let (key, name) = match (field.field.place, field.path.split_once('.')) {
            (Place::Path, _) => (Some("console-part-path"), ""),
            (Place::Query, _) => (Some("console-part-query"), ""),
            (_, None) => (Some("console-part-body"), ""),
            (_, Some((object, _))) => (None, object),
        };
        let row = FieldRow::of(field, typed, wrong);
        match sections.iter_mut().find(|section| section.key == key && section.name == name) {
            Some(section) => {
                section.open |= row.matters();
                section.fields.push(row);
            }
            None => sections.push(Section {
                key,
                name: name.to_owned(),
                open: key.is_some() || row.matters(),
                fields: vec![row],
            }),
        }
    }
    sections.sort_by_key(|section| section.key.is_none());
    sections
}

/// What Zoom says of a field: type, bounds, choices of a list, what it assumes.
fn told(field: &FormField) -> String {
    let facts = field.field;
    let mut parts = vec![match (facts.kind, facts.items) {
        (Kind::Array, Some(items)) => say_with("console-fact-list", &[("kind", items.as_str().into())]),
        (kind, _) => kind.as_str().to_owned(),
    }];
    match (facts.min, facts.max) {
        (Some(min), Some(max)) => {
            parts.push(say_with(
                "console-fact-between",
                &[("min", min.to_string().into()), ("max", max.to_string().into())],
            ));
        }
        (Some(min), None) => parts.push(say_with("console-fact-least", &[("min", min.to_string().into())])),
        (None, Some(max)) => parts.push(say_with("console-fact-most", &[("max", max.to_string().into())])),
        (None, None) => {}
    }
    parts.extend(facts.format.as_deref().map(str::to_owned));
    if matches!(field.control, Control::Lines | Control::Text) && !facts.choices.is_empty() {
        parts.push(say_with("console-fact-of", &[("choices", facts.choices.join(", ").into())]));
    }
    if let Some(default) = facts.default.as_deref().filter(|default| !default.is_empty()) {
        parts.push(say_with("console-fact-default", &[("value", default.into())]));
    }
    if facts.deprecated {
        parts.push(say("console-fact-deprecated"));
    }
    if !field.members.is_empty() {
        let names: Vec<&str> =
            field.members.iter().filter_map(|member| member.path.split_once("[].")).map(|(_, name)| name).collect();
        parts.push(say_with("console-fact-members", &[("names", names.join(", ").into())]));
    }
    parts.join(" · ")
}

/// What is wrong with a field, in a sentence.
pub(crate) fn sentence(problem: &FieldProblem) -> String {
    let key = format!("console-wrong-{}", problem.as_str());
    match problem {
        FieldProblem::Outside { what, min, max } => {
            let bound = |key: &str, bound: i64| say_with(key, &[("bound", bound.to_string().into())]);
            let bounds = min.map(|min| bound("console-wrong-min", min)).into_iter();
            let bounds: Vec<String> = bounds.chain(max.map(|max| bound("console-wrong-max", max))).collect();
            say_with(&format!("{key}-{what}"), &[("bounds", bounds.join(", ").into())])
        }
        FieldProblem::NotAChoice(choices) => say_with(&key, &[("choices", choices.as_str().into())]),
        FieldProblem::NotA(format) => say(&format!("{key}-{format}")),
        FieldProblem::NotJson(kind) => say(&format!("{key}-{kind}")),
        _ => say(&key),
    }
}
