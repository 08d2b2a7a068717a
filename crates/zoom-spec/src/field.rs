//! One field of a request or an answer, and one documented refusal. Shared with the build script.

use crate::words::{Kind, Place};

/// A parameter, a member of a body, or a member of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// `settings.waiting_room`; inside arrays `occurrences[].duration`. Where Zoom's document offers alternative
    /// shapes, the path begins with the shape's name: `<oneOf:Account settings>.security`.
    pub path: Box<str>,
    /// Where the field stands.
    pub place: Place,
    /// Its JSON type.
    pub kind: Kind,
    /// The type of the items, for arrays of which it is known.
    pub items: Option<Kind>,
    /// Whether it must be there whenever the object around it is.
    pub required: bool,
    /// Zoom advises against using it.
    pub deprecated: bool,
    /// Whether Zoom's example answer has it.
    pub shown: bool,
    /// The least value of a number, the least length of a text (in characters), the least count of an array.
    pub min: Option<i64>,
    /// The greatest value of a number, the greatest length of a text (in characters), the greatest count of an array.
    pub max: Option<i64>,
    /// The values it may take (an array: its items), spelt as in a query string; empty when any will do.
    pub choices: Vec<Box<str>>,
    /// `date-time`, `email`, `int64` and the like.
    pub format: Option<Box<str>>,
    /// What Zoom assumes when it is absent, spelt as in a query string.
    pub default: Option<Box<str>>,
}

/// A refusal that Zoom documents for one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentedError {
    /// The HTTP status.
    pub status: u16,
    /// The `code` of the body.
    pub code: u32,
    /// The `message` of the body, with Zoom's placeholders as printed (`{meetingId}`, `$userId`).
    pub message: Box<str>,
}
