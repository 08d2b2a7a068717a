//! What is held: a meeting or a webinar, whose calls come in twins.

use crate::{
    Call, MeetingId, ZoomClient,
    ask::{Ask, Param},
};

/// A meeting or a webinar, and who asks about it.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    client: ZoomClient,
    id: MeetingId,
    webinar: bool,
}

/// The same call for a meeting and for a webinar.
pub(crate) struct Twins {
    pub(crate) meeting: Call,
    pub(crate) webinar: Call,
}

impl Held {
    pub(crate) fn meeting(client: &ZoomClient, id: MeetingId) -> Self {
        Self { client: client.clone(), id, webinar: false }
    }

    pub(crate) fn webinar(client: &ZoomClient, id: MeetingId) -> Self {
        Self { client: client.clone(), id, webinar: true }
    }

    /// The call about it.
    pub(crate) fn ask(&self, twins: &'static Twins) -> Ask {
        Ask::new(&self.client, self.of(twins), &[&self.id])
    }

    /// The call about one thing of it, such as a registrant.
    pub(crate) fn ask_about(&self, twins: &'static Twins, thing: &dyn Param) -> Ask {
        Ask::new(&self.client, self.of(twins), &[&self.id, thing])
    }

    /// A call that only meetings have, or only webinars.
    pub(crate) fn ask_alone(&self, call: &'static Call) -> Ask {
        Ask::new(&self.client, call, &[&self.id])
    }

    pub(crate) fn client(&self) -> &ZoomClient {
        &self.client
    }

    fn of(&self, twins: &'static Twins) -> &'static Call {
        if self.webinar { &twins.webinar } else { &twins.meeting }
    }
}
