//! What a form sent, and what is wrong with it.

use std::collections::BTreeMap;

use minijinja::{Value, value::Serde};
use serde::Deserialize;

/// The members of a form in their order; a name may come more than once.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of a name, trimmed; empty where it was not sent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default().trim()
    }

    /// Every value of a name.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn is_ticked(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }
}

/// The message at each field that has one.
#[derive(Debug, Default)]
pub(crate) struct Problems(BTreeMap<&'static str, String>);

impl From<&Problems> for Value {
    fn from(problems: &Problems) -> Self {
        Self::from(Serde(&problems.0))
    }
}

impl Problems {
    pub(crate) fn add(&mut self, field: &'static str, message: impl Into<String>) {
        self.0.entry(field).or_insert_with(|| message.into());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A name of something: there, and of a length that a list can show.
    pub(crate) fn check_name(&mut self, field: &'static str, value: &str, what: &str) {
        if value.is_empty() {
            self.add(field, format!("Enter {what}."));
        } else if value.chars().count() > LONGEST_NAME {
            self.add(field, format!("Enter {what} of at most {LONGEST_NAME} characters."));
        }
    }
}

const LONGEST_NAME: usize = 100;

/// Whether it can be an e-mail address: something, an `@`, something.
pub(crate) fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
        && !text.contains(char::is_whitespace)
        && text.len() <= 254
}
