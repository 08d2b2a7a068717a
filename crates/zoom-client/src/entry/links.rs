//! Links that name who comes by them.

use reqwest::Method;
use secrecy::SecretString;

use super::Entry;
use crate::{Call, Error, held::Twins};

pub(super) static CALL: Twins = Twins {
    meeting: Call::new("meetingInviteLinksCreate", Method::POST, "/meetings/{meetingId}/invite_links"),
    webinar: Call::new("webinarInviteLinksCreate", Method::POST, "/webinars/{webinarId}/invite_links"),
};

body! {
    /// Somebody a link is made for.
    Invited(name: String) {
        /// Comes with the camera off.
        disable_video: bool,
        /// Comes muted.
        disable_audio: bool,
    }
}

body! {
    /// Whom links are made for, at most 500.
    InviteLinks(attendees: Vec<Invited>) {
        /// How long they are good, in seconds; two hours if not said, at most 90 days.
        ttl: u32,
    }
}

answer! {
    /// A link that names who comes by it.
    InviteLink {
        /// The name.
        name: String,
        /// The link; whoever has it comes by this name.
        join_url: Option<SecretString>,
    }
}

impl Entry {
    /// Makes links. Scope `meeting:write:invite_links` or `webinar:write:invite_links`; light.
    pub async fn invite(&self, links: &InviteLinks) -> Result<Vec<InviteLink>, Error> {
        self.0.client().whole(self.0.ask(&CALL).body(links), "attendees").await
    }
}
