//! What Zoom looks for in names, addresses and passwords. What it finds is not documented: the sandbox stops one word, one
//! domain, and what the messages give as examples.

use serde_json::{Map, Value};

use super::{Ask, Raw, words::refused};
use crate::answer::Refusal;

/// The one word that moderation stops.
const WORD: &str = "sbxobjectionable";
/// The one domain whose addresses are blocked, with what is below it.
const DOMAIN: &str = "blocked.example";

/// Whether a text has the word in it.
pub(super) fn is_objectionable(text: &str) -> bool {
    text.to_ascii_lowercase().contains(WORD)
}

/// Refuses names with the word in them, where Zoom documents that.
pub(super) fn names<'a>(ask: &Ask<'_>, names: impl IntoIterator<Item = &'a str>) -> Result<(), Refusal> {
    match names.into_iter().find(|name| is_objectionable(name)) {
        Some(name) => Err(refused(ask, "Your request could not be completed because the name", name)),
        None => Ok(()),
    }
}

/// Refuses addresses of the blocked domain.
pub(super) fn address(ask: &Ask<'_>, email: &str) -> Result<(), Refusal> {
    let domain = email.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
    let is_blocked = domain == DOMAIN || domain.strip_suffix(DOMAIN).is_some_and(|rest| rest.ends_with('.'));
    if is_blocked { Err(refused(ask, "Email domain is blocked.", "")) } else { Ok(()) }
}

/// Whether a password has small and capital letters and a digit.
pub(super) fn is_strong(password: &str) -> bool {
    let has = |is_one: fn(&char) -> bool| password.chars().any(|letter| is_one(&letter));
    has(char::is_ascii_lowercase) && has(char::is_ascii_uppercase) && has(char::is_ascii_digit)
}

/// Refuses passwords with four of the same character in a row, or three in the order of alphabet or digits.
pub(super) fn password(ask: &Ask<'_>, password: &str) -> Result<(), Refusal> {
    let letters = password.as_bytes();
    let has = |length: usize, next: fn(u8) -> Option<u8>| {
        let is_run =
            |run: &[u8]| run.windows(2).all(|pair| pair.first().and_then(|one| next(*one)) == pair.get(1).copied());
        letters.windows(length).any(is_run)
    };
    if has(4, Some) {
        return Err(refused(ask, "Password should not contain repeated", ""));
    }
    if has(3, |one| one.is_ascii_alphanumeric().then_some(one + 1)) {
        return Err(refused(ask, "Password should not contain consecutive", ""));
    }
    Ok(())
}

/// Refuses a licence that Zoom's table does not have, in the words it documents instead of those for other fields.
pub(super) fn licence(raw: &Raw<'_>, sent: Option<&Map<String, Value>>) -> Result<(), Refusal> {
    let (Some(sent), Some(known)) = (
        sent.and_then(|one| one.get("plan_united_type")).and_then(Value::as_str),
        raw.operation.fields().iter().find(|field| field.path.ends_with("plan_united_type")),
    ) else {
        return Ok(());
    };
    if sent.is_empty() || known.choices.iter().any(|choice| &**choice == sent) {
        return Ok(());
    }
    Err(raw.refused("The value provided for", ""))
}
