//! Who speaks at an event.

use reqwest::Method;

use super::OneEvent;
use crate::{Call, Error};

pub(super) static LIST: Call = Call::new("getSpeakers", Method::GET, "/zoom_events/events/{eventId}/speakers");
pub(super) static CREATE: Call = Call::new("createSpeaker", Method::POST, "/zoom_events/events/{eventId}/speakers");
pub(super) static GET: Call =
    Call::new("getSpeaker", Method::GET, "/zoom_events/events/{eventId}/speakers/{speakerId}");
pub(super) static UPDATE: Call =
    Call::new("updateSpeaker", Method::PATCH, "/zoom_events/events/{eventId}/speakers/{speakerId}");
pub(super) static DELETE: Call =
    Call::new("deleteSpeaker", Method::DELETE, "/zoom_events/events/{eventId}/speakers/{speakerId}");

settings! {
    /// Somebody who speaks. A new one needs a name.
    Speaker {
        /// The id, which is Zoom's and not sent.
        #[serde(skip_serializing)]
        speaker_id: String,
        /// The name.
        name: String,
        /// The address.
        email: String,
        /// Job title.
        job_title: String,
        /// A few words about the speaker.
        biography: String,
        /// Company.
        company_name: String,
        /// The company's page.
        company_website: String,
        /// The speaker is shown first on the event's page.
        featured_in_event_detail_page: bool,
        /// The speaker is shown on the event's page.
        visible_in_event_detail_page: bool,
        /// The speaker is shown first in the lobby.
        featured_in_lobby: bool,
        /// The speaker is shown in the lobby.
        visible_in_lobby: bool,
    }
}

impl OneEvent {
    /// Who speaks. Scope `zoom_events:read:list_speakers`; light.
    pub async fn speakers(&self) -> Result<Vec<Speaker>, Error> {
        self.client.whole(self.ask(&LIST), "speakers").await
    }

    /// Adds a speaker. Never sent twice. Scope `zoom_events:write:speaker`; light.
    pub async fn add_speaker(&self, speaker: &Speaker) -> Result<Speaker, Error> {
        self.ask(&CREATE).body(speaker).read().await
    }

    /// A speaker by id. Scope `zoom_events:read:speaker`; light.
    pub async fn speaker(&self, speaker: &str) -> Result<Speaker, Error> {
        self.ask_about(&GET, speaker).read().await
    }

    /// Changes what `change` says. Scope `zoom_events:update:speaker`; light.
    pub async fn update_speaker(&self, speaker: &str, change: &Speaker) -> Result<(), Error> {
        self.ask_about(&UPDATE, speaker).body(change).done().await
    }

    /// Removes a speaker. Scope `zoom_events:delete:speaker`; light.
    pub async fn remove_speaker(&self, speaker: &str) -> Result<(), Error> {
        self.ask_about(&DELETE, speaker).done().await
    }
}
