//! What people write, answer and ask in a call.

use clock::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

use super::{Attendance, Change, Kind, Meeting, ids};
use crate::{call::Participant, wire::put};

/// Who said something: their stay tells the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The Zoom user's id; empty for guests.
    pub id: String,
    /// The name the others saw.
    pub name: String,
    /// The e-mail address, where one is known.
    pub email: String,
}

impl From<&Attendance> for Speaker {
    fn from(stay: &Attendance) -> Self {
        Self { id: stay.id.clone(), name: stay.name.clone(), email: stay.email.clone() }
    }
}

/// A line of the chat.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Speaker,
    /// What.
    pub text: String,
}

/// One answer to one question of a poll.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PollAnswer {
    /// When.
    pub at: Timestamp,
    /// Who; of an anonymous poll nobody is shown.
    pub by: Speaker,
    /// The poll's id.
    pub poll_id: String,
    /// The question, as it was asked.
    pub question: String,
    /// What they chose or wrote; several choices are separated by `;`.
    pub answer: String,
}

/// A question to the host, and what the host answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Question {
    /// 11 characters, begins `sbx`.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Speaker,
    /// What.
    pub text: String,
    /// The host's answer, for all to read; absent where the host gave none.
    pub reply: Option<String>,
}

impl Change<'_> {
    /// Somebody wrote a line for everybody.
    pub(super) fn says(&mut self, number: i64, who: &Participant, text: &str) {
        let now = self.now;
        let Some(meeting) = self.state.meetings.get(&number).map(|meeting| Meeting::clone(meeting)) else { return };
        let Some(open) = self.open_instance_of(number) else { return };
        let by = Speaker { id: who.user.clone().unwrap_or_default(), name: who.name.clone(), email: who.email.clone() };
        open.chat.push(Line { at: now, by, text: text.to_owned() });
        let (place, event) = match meeting.kind {
            Kind::Meeting => ("meeting", "meeting.chat_message_sent"),
            Kind::Webinar => ("webinar", "webinar.chat_message_sent"),
        };
        let mut object = Map::new();
        put(&mut object, "id", meeting.number);
        put(&mut object, "uuid", meeting.uuid.as_str());
        let line = json!({
            "date_time": now.strftime("GMT%Y%m%d-%H%M%S").to_string(),
            "sender_session_id": who.id.to_string(),
            "sender_name": who.name,
            "sender_email": who.email,
            "sender_type": if who.host { "host" } else { "guest" },
            "sender_context": place,
            "recipient_type": "everyone",
            "recipient_context": place,
            "message_id": ids::opaque(self.entropy, 44),
            "message_content": text,
        });
        put(&mut object, "chat_message", line);
        self.notify(&meeting, event, object, Map::new());
    }
}
