//! The nouns and rules of eRoom, pure: room, schedule, host, admission, member, ids. No I/O, no clock, no database.

mod admission;
mod allowed;
mod alternative;
mod feature;
mod host;
mod ids;
mod invalid;
mod member;
mod plan;
mod room;
mod schedule;
mod text;

pub use admission::{Door, DoorClosed, Entrant, Phase};
pub use allowed::AllowedHosts;
pub use alternative::AlternativeHosts;
pub use feature::{Feature, NoFeature};
pub use host::{Host, ZoomUserId};
pub use ids::{AuditId, ConnectionId, InboxId, JobId, MemberId, RoomId};
pub use invalid::{Invalid, Problem, whole_number};
pub use member::{Member, Right, Role};
pub use plan::{NotAPlan, ZoomPlan};
pub use room::{AtZoom, Room, RoomDraft, RoomKind, RoomOptions, spaced_number};
pub use schedule::{Minutes, Schedule, Zone};
pub use text::{Agenda, Email, Passcode, PersonName, Slug, Title};

/// The product's name, as people read it. Every surface takes it from here.
pub const PRODUCT: &str = "eRoom";
