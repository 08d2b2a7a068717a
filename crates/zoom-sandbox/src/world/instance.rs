//! What is left of a call: when it was, who was there, and what they wrote, answered and asked.

use std::collections::BTreeSet;

use clock::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Change, Meeting,
    keep::parts,
    said::{Line, PollAnswer, Question},
};
use crate::call::Parting;

/// One held call of a meeting or webinar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Instance {
    /// Its UUID.
    pub uuid: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended; absent while it is on.
    pub ended_at: Option<Timestamp>,
    /// Everybody who was in it, in the order they came. Who comes back is there twice, as in Zoom's lists.
    pub participants: Vec<Attendance>,
    /// Everybody who is in its waiting room, or was there and gave up.
    #[serde(default)]
    pub waiting: Vec<Attendance>,
    /// What was written for everybody, oldest first.
    #[serde(default)]
    pub chat: Vec<Line>,
    /// What was answered in polls, oldest first.
    #[serde(default)]
    pub answers: Vec<PollAnswer>,
    /// What was asked in questions and answers, oldest first.
    #[serde(default)]
    pub questions: Vec<Question>,
}

parts!(Instance { uuid, started_at, ended_at, participants, waiting, chat, answers, questions });

/// One stay of one participant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attendance {
    /// The id within the call.
    pub user_id: u32,
    /// The Zoom user's id; empty for guests.
    pub id: String,
    /// The name the others saw.
    pub name: String,
    /// The e-mail address, where one is known.
    pub email: String,
    /// The id of the registration with this address; empty without one.
    pub registrant_id: String,
    /// When they came in.
    pub join: Timestamp,
    /// When they left; absent while they are there.
    pub leave: Option<Timestamp>,
    /// When they came into the waiting room; absent where they did not wait.
    #[serde(default)]
    pub waited_from: Option<Timestamp>,
    /// Whether they managed the call.
    #[serde(default)]
    pub host: bool,
}

/// Begun minutes.
fn minutes(from: Timestamp, to: Timestamp) -> u64 {
    to.duration_since(from).as_secs().max(0).unsigned_abs().div_ceil(60)
}

impl Instance {
    /// When it ended; of one that is on, when it began.
    pub fn end(&self) -> Timestamp {
        self.ended_at.unwrap_or(self.started_at)
    }

    /// How long it was, in begun minutes.
    pub fn minutes(&self) -> u64 {
        minutes(self.started_at, self.end())
    }

    /// How long its participants were there, in begun minutes of each stay, all together.
    pub fn total_minutes(&self) -> u64 {
        self.participants.iter().map(|stay| minutes(stay.join, stay.leave.unwrap_or(self.end()))).sum()
    }

    /// One stay of each participant, the first. Users are told apart by their ids, other people by their addresses;
    /// guests without an address are new ones each time.
    pub fn people(&self) -> Vec<&Attendance> {
        let mut seen = BTreeSet::new();
        self.participants.iter().filter(|stay| seen.insert(stay.who())).collect()
    }
}

impl Attendance {
    /// What tells one participant from another.
    pub fn who(&self) -> String {
        match (self.id.as_str(), self.email.as_str()) {
            ("", "") => self.user_id.to_string(),
            ("", email) => email.to_lowercase(),
            (id, _) => id.to_owned(),
        }
    }
}

impl Change<'_> {
    /// A call has begun: its instance opens.
    pub(super) fn open_instance(&mut self, number: i64, uuid: &str) {
        let opened = Instance {
            uuid: uuid.to_owned(),
            started_at: self.now,
            ended_at: None,
            participants: Vec::new(),
            waiting: Vec::new(),
            chat: Vec::new(),
            answers: Vec::new(),
            questions: Vec::new(),
        };
        self.state.instances.entry(number).or_default().push(opened);
    }

    /// The instance of a call that is on.
    pub(super) fn open_instance_of(&mut self, number: i64) -> Option<&mut Instance> {
        let held = self.state.instances.get_mut(&number).and_then(|held| held.last_mut());
        held.filter(|instance| instance.ended_at.is_none())
    }

    /// A call is over: whoever was still there, or waited, leaves, and is told to have left.
    pub(super) fn close_instance(&mut self, meeting: &Meeting, why: Parting) {
        let now = self.now;
        let Some(open) = self.open_instance_of(meeting.number) else { return };
        open.ended_at = Some(now);
        let mut gone = Vec::new();
        let waiting = open.waiting.iter_mut().map(|stay| (stay, true));
        for (stay, waited) in open.participants.iter_mut().map(|stay| (stay, false)).chain(waiting) {
            if stay.leave.is_none() {
                stay.leave = Some(now);
                gone.push((stay.clone(), waited));
            }
        }
        for (stay, waited) in gone {
            self.tell_gone(meeting, &stay, waited, why);
        }
    }
}
