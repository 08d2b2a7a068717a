//! What Zoom says about its REST API, as data: operations with their fields, scopes, rate labels and documented
//! errors; webhook events; the general error codes. Facts only, and no I/O.
//!
//! The facts are the text files under `data/` (their line format is in `data/README.md`), packed at build time.
//!
//! ```
//! use zoom_spec::{Label, Method, Place};
//!
//! let (operation, params) = zoom_spec::find(Method::Post, "/users/me/meetings").ok_or("unknown path")?;
//! assert_eq!(operation.id, "meetingCreate");
//! assert_eq!(params, [("userId", "me".to_owned())]);
//! assert_eq!(operation.granular, ["meeting:write:meeting", "meeting:write:meeting:admin"]);
//! assert_eq!((operation.label, operation.success), (Some(Label::Light), 201));
//!
//! let topic = operation.field(Place::Body, "topic").ok_or("no such field")?;
//! assert_eq!(topic.max, Some(200));
//! # Ok::<(), &str>(())
//! ```

#![warn(missing_docs)]

pub mod code;
mod event;
mod field;
mod find;
mod limit;
mod operation;
#[cfg(test)]
mod pack;
mod scope;
mod table;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod text;
mod unpack;
mod words;

pub use event::{Event, event, events};
pub use field::{DocumentedError, Field};
pub use find::{find, find_any};
pub use limit::{Allowance, PLANS_A_DAY};
pub use operation::{Operation, operation, operation_at, operations};
pub use scope::{Scope, scope, scopes};
pub use words::{Kind, Label, Level, Method, Place, Plan, Product, Status};
