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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Speaker,
    /// What.
    pub text: String,
}

/// One answer to one question of a poll.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PollAnswer {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Speaker,
    /// The poll's id.
    pub poll_id: String,
    /// Whether nobody is to see who it was.
    #[serde(default)]
    pub anonymous: bool,
    /// The question, as it was asked.
    pub question: String,
    /// What they chose or wrote; several choices are separated by `;`.
    pub answer: String,
}

/// A question to the host, and what the host answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
        let Some(meeting) = self.state.meetings.get(number).map(|meeting| Meeting::clone(meeting)) else { return };
        let Some(open) = self.open_instance_of(number) else { return };
        let by = Speaker { id: who.user.clone().unwrap_or_default(), name: who.name.clone(), email: who.email.clone() };
        open.chat.push(Line { at: now, by, text: text.to_owned() });
        let (place, event) = match meeting.kind {
            Kind::Meeting => ("meeting", "meeting.chat_message_sent"),
            Kind::Webinar => ("webinar", "webinar.chat_message_sent"),
        };
        let mut object = Map::new();
        put(&mut object, "id", meeting.shown_number());
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

/// What simulated people do in a call: what a test needs to be there afterwards.
#[derive(Clone, Debug, Default)]
pub struct Doings {
    /// Lines they write for everybody.
    pub chats: Vec<Writes>,
    /// Answers they give in polls.
    pub answers: Vec<Answers>,
    /// Questions they ask, and what the host answers.
    pub questions: Vec<Asks>,
}

impl Doings {
    /// Whether there is nothing to do.
    pub(crate) fn is_empty(&self) -> bool {
        self.chats.is_empty() && self.answers.is_empty() && self.questions.is_empty()
    }
}

/// Somebody writes a line.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Writes {
    /// Whose name.
    pub name: String,
    /// The line.
    pub text: String,
}

/// Somebody answers a question of a poll.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// Whose name.
    pub name: String,
    /// The poll's id or title.
    pub poll: String,
    /// The question's name.
    pub question: String,
    /// One of its answers, or several separated by `;`; any text where it offers none.
    pub answer: String,
}

/// Somebody asks the host something.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Asks {
    /// Whose name.
    pub name: String,
    /// What.
    pub question: String,
    /// What the host answers for all to read, if anything.
    #[serde(default)]
    pub reply: Option<String>,
}

/// Why people cannot do something in a call.
#[derive(Debug, thiserror::Error)]
pub enum CannotDo {
    /// Nobody has this name there.
    #[error("nobody called {0:?} is in the call; name them in \"names\" first")]
    Nobody(String),
    /// No poll of the meeting asks this.
    #[error("the meeting has no poll {0:?} that asks {1:?}; make it first")]
    NoSuchQuestion(String, String),
    /// The poll offers other answers.
    #[error("{0:?} is not one of the answers to {1:?}")]
    NoSuchAnswer(String, String),
}

impl Change<'_> {
    /// Gives answers and asks questions in a call that is on. All of it is done or nothing.
    pub(crate) fn take_part(&mut self, number: i64, doings: &Doings) -> Result<(), CannotDo> {
        let now = self.now;
        let polls = self.state.polls.get(&number).cloned().unwrap_or_default();
        let mut answers = Vec::new();
        for one in &doings.answers {
            let poll = polls.iter().find(|poll| poll.id == one.poll || poll.title() == one.poll);
            let missing = || CannotDo::NoSuchQuestion(one.poll.clone(), one.question.clone());
            let poll = poll.ok_or_else(missing)?;
            if !poll.takes(&one.question, &one.answer).ok_or_else(missing)? {
                return Err(CannotDo::NoSuchAnswer(one.answer.clone(), one.question.clone()));
            }
            answers.push(PollAnswer {
                at: now,
                by: self.inside(number, &one.name)?,
                poll_id: poll.id.clone(),
                anonymous: poll.is_anonymous(),
                question: one.question.clone(),
                answer: one.answer.clone(),
            });
        }
        let mut questions = Vec::new();
        for one in &doings.questions {
            let (id, by) = (ids::opaque(self.entropy, 11), self.inside(number, &one.name)?);
            questions.push(Question { id, at: now, by, text: one.question.clone(), reply: one.reply.clone() });
        }
        if let Some(open) = self.open_instance_of(number) {
            open.answers.extend(answers);
            open.questions.extend(questions);
        }
        Ok(())
    }

    /// Who has this name in the call that is on.
    fn inside(&mut self, number: i64, name: &str) -> Result<Speaker, CannotDo> {
        let open = self.open_instance_of(number);
        let there = open.into_iter().flat_map(|open| open.participants.iter().rev());
        let mut there = there.filter(|stay| stay.leave.is_none() && stay.name == name);
        there.next().map(Speaker::from).ok_or_else(|| CannotDo::Nobody(name.to_owned()))
    }
}
