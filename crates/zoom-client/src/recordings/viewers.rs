//! Who registers to see a recording that is shown on demand.

use reqwest::Method;
use secrecy::SecretString;
use serde::Serialize;

use super::Recordings;
use crate::{
    Call, Error, MeetingId, ZoomClient,
    ask::Ask,
    registrants::{CustomAnswer, Decision, Questions, Registrant, RegistrantStatus},
};

pub(super) static LIST: Call =
    Call::new("meetingRecordingRegistrants", Method::GET, "/meetings/{meetingId}/recordings/registrants");
pub(super) static CREATE: Call =
    Call::new("meetingRecordingRegistrantCreate", Method::POST, "/meetings/{meetingId}/recordings/registrants");
pub(super) static DECIDE: Call =
    Call::new("meetingRecordingRegistrantStatus", Method::PUT, "/meetings/{meetingId}/recordings/registrants/status");
pub(super) static QUESTIONS: Call = Call::new(
    "recordingRegistrantsQuestionsGet",
    Method::GET,
    "/meetings/{meetingId}/recordings/registrants/questions",
);
pub(super) static ASK: Call = Call::new(
    "recordingRegistrantQuestionUpdate",
    Method::PATCH,
    "/meetings/{meetingId}/recordings/registrants/questions",
);

/// Asks about those who register to see a recording; from [`Recordings::viewers`].
#[derive(Clone, Debug)]
pub struct Viewers {
    client: ZoomClient,
    meeting: MeetingId,
}

body! {
    /// Somebody to be registered.
    NewViewer(email: String, first_name: String) {
        /// Last name; at most 64 characters.
        last_name: String,
        /// Organisation.
        org: String,
        /// Job title.
        job_title: String,
        /// Questions and comments.
        comments: String,
        /// Answers to the host's own questions.
        custom_questions: Vec<CustomAnswer>,
        /// Whether the registration is approved at once.
        status: RegistrantStatus,
    }
}

answer! {
    /// What Zoom answers to a registration.
    RegisteredViewer {
        /// The id that addresses the viewer in calls.
        registrant_id: String,
        /// The viewer's own link; absent until the host has approved.
        share_url: Option<SecretString>,
        /// What the recording is about.
        topic: String,
    }
}

#[derive(Serialize)]
struct Body<'a> {
    action: &'a Decision,
    registrants: Vec<One<'a>>,
}

#[derive(Serialize)]
struct One<'a> {
    id: &'a str,
}

impl Recordings {
    /// Those who register to see the recording of a meeting.
    pub fn viewers(&self, meeting: MeetingId) -> Viewers {
        Viewers { client: self.0.clone(), meeting }
    }
}

impl Viewers {
    fn ask(&self, call: &'static Call) -> Ask {
        Ask::new(&self.client, call, &[&self.meeting])
    }

    /// Every approved viewer, over all pages. Scope `cloud_recording:read:list_recording_registrants`; medium.
    pub fn list(&self) -> ListViewers {
        ListViewers(self.ask(&LIST))
    }

    /// Registers somebody. Scope `cloud_recording:write:recording_registrant`; light.
    pub async fn create(&self, new: &NewViewer) -> Result<RegisteredViewer, Error> {
        self.ask(&CREATE).body(new).read().await
    }

    /// Approves or denies viewers, at most thirty, by id. Scope `cloud_recording:update:registrant_status`; medium.
    pub async fn decide(&self, decision: &Decision, viewers: &[&str]) -> Result<(), Error> {
        let registrants = viewers.iter().map(|id| One { id }).collect();
        self.ask(&DECIDE).body(&Body { action: decision, registrants }).done().await
    }

    /// What viewers are asked. Scope `cloud_recording:read:registration_questions`; light.
    pub async fn questions(&self) -> Result<Questions, Error> {
        self.ask(&QUESTIONS).read().await
    }

    /// Asks viewers these questions in the place of those before. Scope
    /// `cloud_recording:update:registration_questions`; light.
    pub async fn set_questions(&self, questions: &Questions) -> Result<(), Error> {
        self.ask(&ASK).body(questions).done().await
    }
}

list! {
    /// A list of viewers; await it for all of them.
    ListViewers of Registrant {
        /// Others than the approved ones.
        status: RegistrantStatus = "status",
    }
}
