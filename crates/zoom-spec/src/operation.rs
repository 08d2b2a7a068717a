//! One REST operation: what is known at once, and its fields, decoded when first asked for.

use std::sync::OnceLock;

use crate::{
    field::{DocumentedError, Field},
    table,
    unpack::unpack,
    words::{Label, Level, Method, Place, Product},
};

/// An operation of Zoom's REST API.
#[derive(Debug)]
pub struct Operation {
    /// Zoom's `operationId`, such as `meetingCreate`; unique within a product and level.
    pub id: &'static str,
    /// The part of Zoom's documents it is described in.
    pub product: Product,
    /// Whose resources it touches.
    pub level: Level,
    /// The HTTP method.
    pub method: Method,
    /// The path below `/v2`, with parameters in braces: `/users/{userId}/meetings`.
    pub path: &'static str,
    /// Granular scopes, of which one is enough: the user's own first, then `:admin`, then `:master`.
    pub granular: &'static [&'static str],
    /// Classic scopes, of which one is enough.
    pub classic: &'static [&'static str],
    /// Role permissions the token's owner needs, such as `User:Edit`.
    pub roles: &'static [&'static str],
    /// The rate-limit label; `None` where Zoom's documents give none.
    pub label: Option<Label>,
    /// The HTTP status of success (the first, where several are documented).
    pub success: u16,
    /// All documented statuses of success.
    pub answers: &'static [u16],
    /// Whether the operation or its fields were inferred from its twin at account level, no document being at hand.
    pub inferred: bool,
    /// Whether the body is `multipart/form-data` rather than JSON.
    pub multipart: bool,
    pub(crate) facts: Facts,
}

impl Operation {
    /// Parameters, members of the body and members of the answer, in the order of Zoom's documents.
    pub fn fields(&self) -> &[Field] {
        &self.facts.decoded().0
    }

    /// What is sent: parameters and members of the body. The answer's members, most of all fields, come after them.
    pub fn sent(&self) -> impl Iterator<Item = &Field> {
        self.fields().iter().take_while(|field| field.place != Place::Answer)
    }

    /// The field at `path` in `place`.
    pub fn field(&self, place: Place, path: &str) -> Option<&Field> {
        self.fields().iter().find(|field| field.place == place && &*field.path == path)
    }

    /// The refusals that Zoom documents for this operation.
    pub fn errors(&self) -> &[DocumentedError] {
        &self.facts.decoded().1
    }

    /// Whether any of `granted` (granular or classic) is enough to call it; an operation without scopes needs none.
    pub fn allowed_by<'a>(&self, granted: impl IntoIterator<Item = &'a str>) -> bool {
        self.granular.is_empty() && self.classic.is_empty()
            || granted.into_iter().any(|scope| self.granular.contains(&scope) || self.classic.contains(&scope))
    }
}

/// All operations, product by product.
pub fn operations() -> &'static [Operation] {
    &table::OPERATIONS
}

/// The operation called `id`: the one at account level where both levels have it.
pub fn operation(id: &str) -> Option<&'static Operation> {
    operation_at(Level::Account, id).or_else(|| operation_at(Level::Master, id))
}

/// The operation called `id` at `level`.
pub fn operation_at(level: Level, id: &str) -> Option<&'static Operation> {
    operations().iter().find(|operation| operation.level == level && operation.id == id)
}

/// Where the packed facts of one operation lie, and the facts once somebody asked.
#[derive(Debug)]
pub(crate) struct Facts {
    from: usize,
    to: usize,
    decoded: OnceLock<(Vec<Field>, Vec<DocumentedError>)>,
}

impl Facts {
    pub(crate) const fn new(from: usize, to: usize) -> Self {
        Self { from, to, decoded: OnceLock::new() }
    }

    /// Never empty by mistake: a test decodes every operation and compares it with its text.
    fn decoded(&self) -> &(Vec<Field>, Vec<DocumentedError>) {
        self.decoded.get_or_init(|| {
            table::BYTES.get(self.from..self.to).and_then(|bytes| unpack(bytes, &table::POOL)).unwrap_or_default()
        })
    }
}
