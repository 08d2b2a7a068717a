//! What a session's meeting or webinar has: interpreters, polls, an incoming stream, a token to join.

use reqwest::Method;
use secrecy::SecretString;
use serde::Serialize;

use super::OneSession;
use crate::{
    Call, Error,
    polls::{PollKind, PollQuestionKind},
};

pub(super) static INTERPRETERS: Call = Call::new(
    "getSessionInterpreterList",
    Method::GET,
    "/zoom_events/events/{eventId}/sessions/{sessionId}/interpreters",
);
pub(super) static SET_INTERPRETERS: Call = Call::new(
    "updateSessionInterpreters",
    Method::PUT,
    "/zoom_events/events/{eventId}/sessions/{sessionId}/interpreters",
);
pub(super) static TOKEN: Call =
    Call::new("getSessionJoinToken", Method::GET, "/zoom_events/events/{eventId}/sessions/{sessionId}/join_token");
pub(super) static STREAM: Call = Call::new(
    "getSessionLivestreamConfiguration",
    Method::GET,
    "/zoom_events/events/{eventId}/sessions/{sessionId}/livestream",
);
pub(super) static SET_STREAM: Call = Call::new(
    "UpdateSessionLivestreamConfiguration",
    Method::PATCH,
    "/zoom_events/events/{eventId}/sessions/{sessionId}/livestream",
);
pub(super) static POLLS: Call =
    Call::new("getSessionPolls", Method::GET, "/zoom_events/events/{eventId}/sessions/{sessionId}/polls");
pub(super) static SET_POLLS: Call =
    Call::new("updateSessionPolls", Method::PUT, "/zoom_events/events/{eventId}/sessions/{sessionId}/polls");

settings! {
    /// Somebody who interprets.
    Interpreter {
        /// The address.
        email: String,
        /// 1: between languages, 2: into a sign language.
        #[serde(rename = "type")]
        kind: u8,
        /// From which language, such as `US` or `ES`.
        source_language_id: String,
        /// Into which language.
        target_language_id: String,
    }
}

settings! {
    /// A question of a session's poll.
    SessionPollQuestion {
        /// The question.
        name: String,
        /// How it is answered.
        #[serde(rename = "type")]
        kind: PollQuestionKind,
        /// It must be answered.
        answer_required: bool,
        /// The answers to choose from.
        answers: Vec<String>,
        /// The right ones of them; for quizzes.
        right_answers: Vec<String>,
        /// What answers are matched with, or put in order.
        prompts: Vec<String>,
    }
}

settings! {
    /// A poll of a session.
    SessionPoll {
        /// Its id; absent for a new one.
        id: String,
        /// What it is about; at most 64 characters.
        title: String,
        /// `active` or `inactive`.
        status: String,
        /// Nobody sees who answered what; Zoom wants it said.
        anonymous: bool,
        /// What it is; Zoom wants it said.
        #[serde(rename = "poll_type")]
        kind: PollKind,
        /// Its questions.
        questions: Vec<SessionPollQuestion>,
    }
}

answer! {
    /// With what a program joins a session.
    JoinToken {
        /// The token; absent before the session's meeting is there.
        join_token: Option<SecretString>,
        /// Zoom's number of what is in the way; 0 where nothing is.
        code: u32,
        /// Zoom's words of it.
        error_message: Option<String>,
    }
}

answer! {
    /// Where a stream is sent to.
    StreamKey {
        /// The key's id.
        stream_key_id: String,
        /// Its name.
        stream_key_name: String,
        /// The key: whoever has it speaks in the session.
        stream_key: Option<SecretString>,
        /// The address.
        stream_url: Option<String>,
        /// The address for when that fails.
        stream_backup_url: Option<String>,
    }
}

answer! {
    /// Whether a session shows a stream that comes from elsewhere.
    Livestream {
        /// It does.
        incoming_enabled: bool,
        /// Where the stream is sent to.
        incoming_config: Option<StreamKey>,
    }
}

#[derive(Serialize)]
struct Stream {
    incoming_enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    incoming_config: Option<StreamKind>,
}

#[derive(Serialize)]
struct StreamKind {
    stream_key_type: &'static str,
}

#[derive(Serialize)]
struct Interpreters<'a> {
    interpreters: &'a [Interpreter],
}

#[derive(Serialize)]
struct Polls<'a> {
    polls: &'a [SessionPoll],
}

impl OneSession {
    /// Who interprets. Scope `zoom_events:read:list_session_interpreters`; light.
    pub async fn interpreters(&self) -> Result<Vec<Interpreter>, Error> {
        self.client().whole(self.ask(&INTERPRETERS), "interpreters").await
    }

    /// Lets these interpret in the place of those before. Scope `zoom_events:update:session_interpreter`; light.
    pub async fn set_interpreters(&self, interpreters: &[Interpreter]) -> Result<(), Error> {
        self.ask(&SET_INTERPRETERS).body(&Interpreters { interpreters }).done().await
    }

    /// The polls. Scope `zoom_events:read:list_session_polls`; light.
    pub async fn polls(&self) -> Result<Vec<SessionPoll>, Error> {
        self.client().whole(self.ask(&POLLS), "polls").await
    }

    /// Puts these polls in the place of those before. Scope `zoom_events:update:session_poll`; light.
    pub async fn set_polls(&self, polls: &[SessionPoll]) -> Result<(), Error> {
        self.ask(&SET_POLLS).body(&Polls { polls }).done().await
    }

    /// With what a program joins. Scope `zoom_events:read:session_token`; light.
    pub async fn join_token(&self) -> Result<JoinToken, Error> {
        self.ask(&TOKEN).read().await
    }

    /// Whether the session shows a stream from elsewhere. Scope `zoom_events:read:session_livestream_config`; light.
    pub async fn livestream(&self) -> Result<Livestream, Error> {
        self.ask(&STREAM).read().await
    }

    /// Lets the session show a stream from elsewhere, or no more; webinars only. Scope
    /// `zoom_events:update:session_livestream_config`; light.
    pub async fn set_livestream(&self, on: bool) -> Result<(), Error> {
        let incoming_config = on.then_some(StreamKind { stream_key_type: "GENERATED" });
        self.ask(&SET_STREAM).body(&Stream { incoming_enabled: on, incoming_config }).done().await
    }
}
