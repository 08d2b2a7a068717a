//! The Zoom console: every operation behind a scope of the set-up guide as a form, run by an owner inside the list of
//! Zoom users the site may act for, its answer shown without secrets.
//!
//! Forms, scopes, limits and roles are read from `zoom-spec`; nothing here knows an operation by heart but its title
//! ([`index`]) and whose things it touches ([`whose`]).

mod answer;
mod curl;
mod fill;
mod form;
mod hide;
mod index;
mod run;
mod spend;
mod whose;

pub use answer::{ConsoleAnswer, Meaning, Outcome, Refusal};
pub use curl::curl;
pub use fill::{FieldProblem, Filled, WrongField, fill};
pub use form::{Control, Form, FormField, shapes};
pub use hide::{HIDDEN, hide};
pub use index::{ConsoleFilter, ConsoleOperation, Danger, Group, Held, operations};
pub use run::ConsoleCall;
pub use whose::{Whose, whose};

/// What a surface needs to speak of Zoom's facts about an operation's fields and scopes.
pub mod facts {
    pub use zoom_spec::{Kind, Place, scope};
}
