//! Refusals whose words differ from operation to operation.

use zoom_spec::Operation;

use super::Ask;
use crate::answer::Refusal;

/// The refusal that Zoom documents for the operation with a message that begins so, with its placeholder filled.
pub(in crate::rest) fn worded(ask: &Ask<'_>, begins: &str, value: &str) -> Option<Refusal> {
    documented(ask.operation, begins, value)
}

/// The same, before there is an [`Ask`]. Some documents print two messages as one, with a bullet between them.
pub(in crate::rest) fn documented(operation: &Operation, begins: &str, value: &str) -> Option<Refusal> {
    operation.errors().iter().find_map(|error| {
        let message = error.message.split(" * ").find(|message| message.starts_with(begins))?;
        Some(Refusal::new(error.status, error.code, fill(message, &[value])))
    })
}

/// Replaces `{…}`, `$name` and `${name}` in a documented message by the values, one after the other.
pub(crate) fn fill(message: &str, values: &[&str]) -> String {
    let (mut text, mut rest) = (String::new(), message);
    for value in values {
        let Some(at) = rest.find(['{', '$']) else { break };
        let (before, from) = rest.split_at(at);
        let length = if from.starts_with('{') || from.starts_with("${") {
            from.find('}').map_or(from.len(), |end| end + 1)
        } else {
            let name = from.char_indices().skip(1).find(|(_, c)| !c.is_ascii_alphanumeric() && *c != '_');
            name.map_or(from.len(), |(end, _)| end)
        };
        text.push_str(before);
        text.push_str(value);
        rest = from.get(length..).unwrap_or_default();
    }
    text.push_str(rest);
    text
}

/// The same for a message that is surely in Zoom's documents; what they lack is refused in general words.
pub(in crate::rest) fn refused(ask: &Ask<'_>, begins: &str, value: &str) -> Refusal {
    worded(ask, begins, value).unwrap_or_else(|| zoom_spec::code::NO_PERMISSION.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_of_both_spellings_are_filled_in_order() {
        assert_eq!(fill("User {userId} of {accountId}.", &["a", "b"]), "User a of b.");
        assert_eq!(fill("Email \"$email\" is taken.", &["x@y"]), "Email \"x@y\" is taken.");
        assert_eq!(fill("Max \"$most\" of \"${plan}\".", &["3", "x"]), "Max \"3\" of \"x\".");
        assert_eq!(fill("No placeholder.", &["a"]), "No placeholder.");
    }
}
