//! Recordings in Zoom's cloud.

mod delete;
mod file;
mod get;
mod list;
mod recover;
mod settings;
mod viewers;

pub use delete::DeleteRecording;
pub use file::{Recording, RecordingFile};
pub use get::GetRecording;
pub use list::ListRecordings;
pub use settings::{RecordingSettings, RecordingSettingsChange, Sharing};
pub use viewers::{ListViewers, NewViewer, RegisteredViewer, Viewers};

use crate::{Call, ZoomClient};

pub(crate) const CALLS: &[&Call] = &[
    &list::CALL,
    &get::CALL,
    &delete::CALL,
    &delete::FILE,
    &recover::CALL,
    &recover::FILE,
    &settings::READ,
    &settings::WRITE,
    &viewers::LIST,
    &viewers::CREATE,
    &viewers::DECIDE,
    &viewers::QUESTIONS,
    &viewers::ASK,
];

/// Asks about recordings in Zoom's cloud; from [`ZoomClient::recordings`]. A meeting without one, or whose recording is
/// still made, is [`Error::NotFound`](crate::Error::NotFound); a plan without cloud storage is
/// [`Error::Forbidden`](crate::Error::Forbidden) or [`Error::Refused`](crate::Error::Refused).
#[derive(Clone, Debug)]
pub struct Recordings(pub(crate) ZoomClient);
