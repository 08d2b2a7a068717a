//! Every sentence for people, by its key, from `locales/`.

use std::{borrow::Cow, collections::HashMap};

use fluent_templates::{Loader as _, fluent_bundle::FluentValue};
use model::{Invalid, Problem};
use unic_langid::{LanguageIdentifier, langid};

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // Names and titles stand in elements with dir="auto"; isolating marks would only end up in copied text.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const ENGLISH: LanguageIdentifier = langid!("en");

/// What a sentence is filled with.
pub(crate) type Words<'a> = HashMap<Cow<'static, str>, FluentValue<'a>>;

/// The sentence of `key`, or `None` where no locale has it.
pub(crate) fn find(key: &str, words: &Words<'_>) -> Option<String> {
    LOCALES.try_lookup_with_args(&ENGLISH, key, words)
}

/// The sentence of `key`. A key that is missing shows as itself: a test keeps that from happening.
pub(crate) fn say(key: &str) -> String {
    find(key, &Words::new()).unwrap_or_else(|| key.to_owned())
}

/// The sentence of `key`, filled with `words`.
pub(crate) fn say_with(key: &str, words: &[(&'static str, FluentValue<'_>)]) -> String {
    let words: Words<'_> = words.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
    find(key, &words).unwrap_or_else(|| key.to_owned())
}

/// What is wrong with a value, for the person who typed it.
pub(crate) fn problem(problem: &Problem) -> String {
    let words: Vec<(&'static str, FluentValue<'_>)> = match problem {
        Problem::TooLong { max } | Problem::TooMany { max } | Problem::TooManyPixels { max } => {
            vec![("max", (*max).into())]
        }
        Problem::TooShort { min } => vec![("min", (*min).into())],
        Problem::OutOfRange { min, max } => vec![("min", (*min).into()), ("max", (*max).into())],
        Problem::RoomsElsewhere { rooms } => vec![("rooms", (*rooms).into())],
        Problem::AccountConnected { name } => vec![("name", name.as_str().into())],
        Problem::NotAlternative { who } => vec![("who", who.as_str().into())],
        Problem::NotAllowEntry { entry } => vec![("entry", entry.as_str().into())],
        Problem::InGap { next } => vec![("next", next.replace('T', " ").into())],
        _ => Vec::new(),
    };
    say_with(problem.key(), &words)
}

/// The sentences of wrong fields, by field, for templates: `errors.title`.
pub(crate) fn by_field(wrong: &[Invalid]) -> std::collections::BTreeMap<&'static str, String> {
    wrong.iter().map(|invalid| (invalid.field, problem(&invalid.problem))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_of_the_model_has_a_sentence() {
        let all = [
            Problem::Missing,
            Problem::TooLong { max: 7 },
            Problem::OutOfRange { min: 1, max: 1440 },
            Problem::Unprintable,
            Problem::Characters,
            Problem::NotEmail,
            Problem::NotTime,
            Problem::NotNumber,
            Problem::NotAChoice,
            Problem::UnknownZone,
            Problem::InGap { next: "2027-03-28T03:30".into() },
            Problem::RoomsElsewhere { rooms: 7 },
            Problem::AccountConnected { name: "Academy".into() },
            Problem::TooManyPixels { max: 6_000 },
            Problem::SlugTaken,
            Problem::UnknownHost,
            Problem::TooShort { min: 12 },
            Problem::HostTwice,
            Problem::NotAlternative { who: "Jun".into() },
            Problem::NotAllowEntry { entry: "nonsense".into() },
            Problem::TooMany { max: 20 },
        ];
        for one in all {
            let sentence = problem(&one);
            assert!(!sentence.starts_with("problem-"), "{} has no sentence", one.key());
            assert!(sentence.ends_with('.'), "{sentence}");
        }
        assert!(problem(&Problem::InGap { next: "2027-03-28T03:30".into() }).contains("2027-03-28 03:30"));
    }
}
