//! Cloud recordings: read, listed, thrown away, recovered, and their settings.

mod change;
mod find;
mod list;
mod read;
mod settings;
mod viewers;

use super::Behaviour;

/// What the sandbox does with recordings.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("recordingGet", read::answer),
    ("recordingsList", list::answer),
    ("recordingDelete", change::delete),
    ("recordingDeleteOne", change::delete_one),
    ("recordingStatusUpdate", change::recover),
    ("recordingStatusUpdateOne", change::recover_one),
    ("recordingSettingUpdate", settings::read),
    ("recordingSettingsUpdate", settings::update),
    ("meetingRecordingRegistrants", viewers::list),
    ("meetingRecordingRegistrantCreate", viewers::create),
    ("meetingRecordingRegistrantStatus", viewers::decide),
    ("recordingRegistrantsQuestionsGet", viewers::questions),
    ("recordingRegistrantQuestionUpdate", viewers::update_questions),
];
