//! Who schedules for whom: a user's assistants, and those whose assistant the user is.

use reqwest::Method;
use serde::Serialize;

use super::Users;
use crate::{Call, Error, UserId, ask::Ask};

pub(super) static LIST: Call = Call::new("userAssistants", Method::GET, "/users/{userId}/assistants");
pub(super) static ADD: Call = Call::new("userAssistantCreate", Method::POST, "/users/{userId}/assistants");
pub(super) static REMOVE: Call =
    Call::new("userAssistantDelete", Method::DELETE, "/users/{userId}/assistants/{assistantId}");
pub(super) static REMOVE_ALL: Call = Call::new("userAssistantsDelete", Method::DELETE, "/users/{userId}/assistants");
pub(super) static SCHEDULERS: Call = Call::new("userSchedulers", Method::GET, "/users/{userId}/schedulers");
pub(super) static LEAVE: Call =
    Call::new("userSchedulerDelete", Method::DELETE, "/users/{userId}/schedulers/{schedulerId}");
pub(super) static LEAVE_ALL: Call = Call::new("userSchedulersDelete", Method::DELETE, "/users/{userId}/schedulers");

answer! {
    /// Somebody who schedules for a user, or for whom the user schedules.
    Assistant {
        /// The user's id.
        id: String,
        /// The user's address.
        email: String,
        /// Whether the assistant sees the host's private events.
        can_manage_host_private_event: Option<bool>,
    }
}

#[derive(Serialize)]
struct Body {
    assistants: Vec<One>,
}

#[derive(Serialize)]
struct One {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
}

impl One {
    fn new(user: &UserId) -> Self {
        let text = user.to_string();
        match user {
            UserId::Email(_) => Self { id: None, email: Some(text) },
            UserId::Me | UserId::Id(_) => Self { id: Some(text), email: None },
        }
    }
}

impl Users {
    /// Who schedules for a user. Scope `user:read:list_assistants`; medium.
    pub async fn assistants(&self, user: &UserId) -> Result<Vec<Assistant>, Error> {
        self.0.whole(Ask::new(&self.0, &LIST, &[user]), "assistants").await
    }

    /// Lets others schedule for a user; at most thirty. Scope `user:write:assistant`; medium.
    pub async fn add_assistants(&self, user: &UserId, assistants: &[UserId]) -> Result<(), Error> {
        let body = Body { assistants: assistants.iter().map(One::new).collect() };
        Ask::new(&self.0, &ADD, &[user]).body(&body).done().await
    }

    /// One of them schedules for the user no more. Scope `user:delete:assistant`; light.
    pub async fn remove_assistant(&self, user: &UserId, assistant: &UserId) -> Result<(), Error> {
        Ask::new(&self.0, &REMOVE, &[user, assistant]).done().await
    }

    /// Nobody schedules for the user any more. Scope `user:delete:assistant`; light.
    pub async fn remove_assistants(&self, user: &UserId) -> Result<(), Error> {
        Ask::new(&self.0, &REMOVE_ALL, &[user]).done().await
    }

    /// For whom a user schedules. Scope `user:read:list_schedulers`; medium.
    pub async fn schedulers(&self, user: &UserId) -> Result<Vec<Assistant>, Error> {
        self.0.whole(Ask::new(&self.0, &SCHEDULERS, &[user]), "schedulers").await
    }

    /// The user schedules for this one no more. Scope `user:delete:scheduler`; light.
    pub async fn remove_scheduler(&self, user: &UserId, scheduler: &UserId) -> Result<(), Error> {
        Ask::new(&self.0, &LEAVE, &[user, scheduler]).done().await
    }

    /// The user schedules for nobody any more. Scope `user:delete:scheduler`; light.
    pub async fn remove_schedulers(&self, user: &UserId) -> Result<(), Error> {
        Ask::new(&self.0, &LEAVE_ALL, &[user]).done().await
    }
}
