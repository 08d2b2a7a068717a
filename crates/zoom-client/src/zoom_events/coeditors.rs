//! Who works on an event besides its host.

use reqwest::Method;
use serde::Serialize;

use super::{CheckInFailure, OneEvent};
use crate::{Call, Error};

pub(super) static LIST: Call = Call::new("getCoEditors", Method::GET, "/zoom_events/events/{eventId}/coeditors");
pub(super) static ACT: Call = Call::new("coeditoractions", Method::PATCH, "/zoom_events/events/{eventId}/coeditors");

settings! {
    /// Somebody who works on an event.
    CoEditor {
        /// The address.
        email: String,
        /// What the co-editor may do, in Zoom's words, such as `Publish`.
        permission_groups: Vec<String>,
    }
}

words! {
    /// What becomes of co-editors.
    CoEditorAction {
        /// They are added.
        Add = "add",
        /// They may do something else.
        Update = "update",
        /// They are removed.
        Delete = "delete",
    }
}

#[derive(Serialize)]
struct Body<'a> {
    operation: &'a CoEditorAction,
    coeditors: &'a [CoEditor],
}

impl OneEvent {
    /// The co-editors. Scope `zoom_events:read:list_coeditors`; light.
    pub async fn coeditors(&self) -> Result<Vec<CoEditor>, Error> {
        self.client.whole(self.ask(&LIST), "coeditors").await
    }

    /// Adds, changes or removes co-editors; gives those with whom it failed. Scope `zoom_events:write:coeditor`; light.
    pub async fn change_coeditors(
        &self,
        action: &CoEditorAction,
        coeditors: &[CoEditor],
    ) -> Result<Vec<CheckInFailure>, Error> {
        self.client.whole(self.ask(&ACT).body(&Body { operation: action, coeditors }), "errors").await
    }
}
