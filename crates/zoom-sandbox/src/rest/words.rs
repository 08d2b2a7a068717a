//! Refusals whose words differ from operation to operation.

use super::Ask;
use crate::answer::Refusal;

/// The refusal that Zoom documents for the operation with a message that begins so, with its placeholder filled.
pub(in crate::rest) fn worded(ask: &Ask<'_>, begins: &str, value: &str) -> Option<Refusal> {
    let known = ask.operation.errors().iter().find(|error| error.message.starts_with(begins))?;
    let mut message = known.message.to_string();
    if let (Some(from), Some(to)) = (message.find('{'), message.find('}')) {
        message.replace_range(from..=to, value);
    }
    Some(Refusal::new(known.status, known.code, message))
}
