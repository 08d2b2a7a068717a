//! The Meeting SDK stand-in: who may enter a call, what happens inside it, and the sockets and pages that lead there.
//!
//! Our own code behind the documented calls of Zoom's Meeting SDK; nothing here is Zoom's and nothing speaks to Zoom.
//! The order of things: [`signature`] reads what a page signed, [`admission`] decides, [`state`] is the call itself
//! (message in, messages out), [`registry`] keeps all calls, [`socket`] and [`endpoints`] carry them over HTTP.
//!
//! Choices where Zoom's public material leaves room:
//! - A participant who comes before the host, where joining before the host is off, gets 3008 from `join` (Zoom's table
//!   names that code); the page decides whether to wait. The sandbox's own `/j/{id}` page waits and tries again.
//! - `join` limits that protect Zoom's servers (one call per ten seconds) are not imitated.
//! - Everybody enters with the camera on, whatever `host_video` and `participant_video` say: Zoom's default for both is
//!   off, and a pretend call exists to show that picture and sound arrive.
//! - After *end for all* participants hear 4004 for two minutes, unless the host starts again. A call that everybody left
//!   may begin again at once.
//! - `tokenExp` is checked when it is there; Zoom asks for it only on native platforms.

mod admission;
mod assets;
mod endpoints;
mod facts;
mod message;
pub(crate) mod pages;
mod refusal;
mod registry;
mod signature;
mod socket;
mod state;

pub(crate) use admission::Unseen;
pub use assets::{sdk_file, stylesheet};
pub use endpoints::{CallRoute, routes};
pub use facts::{CallKind, CallMeeting, CallWorld, Guest, Participant, SignIn, ZakUser};
pub use message::{Parting, PersonView};
pub use refusal::Refusal;
pub use registry::{Calls, CannotBegin, RunningCall};
pub use signature::{SdkClaims, SdkRole, verify as verify_sdk_signature};
