//! Meetings.

mod body;
mod create;
mod delete;
mod end;
mod get;
mod invitation;
mod list;
mod meeting;
mod settings;
mod upcoming;
mod update;

pub use body::{MeetingChange, NewMeeting};
pub use delete::DeleteMeeting;
pub use get::GetMeeting;
pub use invitation::Invitation;
pub use list::{ListMeetings, ListedMeeting, MeetingList};
pub use meeting::{Meeting, MeetingKind};
pub use settings::MeetingSettings;
pub use upcoming::UpcomingMeeting;
pub use update::UpdateMeeting;

use crate::{Call, ZoomClient};

pub(crate) const CALLS: &[&Call] = &[
    &list::CALL,
    &create::CALL,
    &get::CALL,
    &update::CALL,
    &delete::CALL,
    &end::CALL,
    &invitation::CALL,
    &upcoming::CALL,
];

/// Asks about meetings; from [`ZoomClient::meetings`].
#[derive(Clone, Debug)]
pub struct Meetings(pub(crate) ZoomClient);
