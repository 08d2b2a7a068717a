//! Meeting summaries: what is written about a call some time after it, out of who came, what they wrote and asked.
//!
//! No model writes them: the words are the sandbox's own, and the same call has the same summary.

use std::fmt::Write as _;

use clock::Timestamp;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Change, Instance, Kind, Licence, Meeting, Person, Plan, State, TRASH_DAYS, ids};

/// How long it takes until a summary is there.
const WRITING: SignedDuration = SignedDuration::from_mins(1);

/// A form that summaries can have.
pub(crate) struct Template {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// Which of the parts it has.
    parts: &'static [&'static str],
}

const WHO: &str = "Who was there";
const WRITTEN: &str = "What was written";
const POLLS: &str = "What was answered in polls";
const NEXT: &str = "Next steps";

/// The forms there are; the first is for those who choose none.
pub(crate) const TEMPLATES: [Template; 3] = [
    Template {
        id: "5b0c0001",
        name: "Whole call",
        about: "Who was there, what was written and answered, and what is left to do",
        parts: &[WHO, WRITTEN, POLLS, NEXT],
    },
    Template { id: "5b0c0002", name: "Attendance", about: "Who was there, and nothing else", parts: &[WHO] },
    Template { id: "5b0c0003", name: "To do", about: "Questions that nobody answered", parts: &[NEXT] },
];

/// What was written about one call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The UUID of the call.
    pub uuid: String,
    /// The number of the meeting or webinar.
    pub number: i64,
    /// Whose it is.
    pub host_id: String,
    /// What it was called.
    pub topic: String,
    /// When the call began.
    pub began: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// In a few sentences.
    pub overview: String,
    /// Part by part: its heading, and its text.
    pub details: Vec<(String, String)>,
    /// What is left to do.
    pub next_steps: Vec<String>,
    /// What the link to it ends with.
    pub key: String,
    /// Whether subscribers know that it is there.
    pub announced: bool,
    /// When it was put in the trash.
    pub trashed_at: Option<Timestamp>,
}

impl Summary {
    /// From when it can be read.
    pub fn ready_at(&self) -> Timestamp {
        self.ended.saturating_add(WRITING).unwrap_or(Timestamp::MAX)
    }

    /// When the trash is emptied of it.
    pub(crate) fn gone_at(&self) -> Option<Timestamp> {
        let days = SignedDuration::from_hours(24 * TRASH_DAYS);
        self.trashed_at.map(|at| at.saturating_add(days).unwrap_or(Timestamp::MAX))
    }

    /// All of it, in Markdown.
    pub fn content(&self) -> String {
        let mut text = format!("## Overview\n{}\n", self.overview);
        for (heading, words) in &self.details {
            // Writing into a text cannot fail.
            write!(text, "\n## {heading}\n{words}\n").ok();
        }
        if !self.next_steps.is_empty() {
            let steps: Vec<String> = self.next_steps.iter().map(|step| format!("- {step}")).collect();
            write!(text, "\n## {NEXT}\n{}\n", steps.join("\n")).ok();
        }
        text
    }

    fn of(meeting: &Meeting, held: &Instance, key: String) -> Self {
        let chosen = meeting.settings.get("summary_template_id").and_then(Value::as_str).unwrap_or_default();
        let template = TEMPLATES.iter().find(|one| one.id == chosen).or(TEMPLATES.first());
        let has = |part: &str| template.is_some_and(|template| template.parts.contains(&part));
        let names: Vec<&str> = held.people().into_iter().map(|stay| stay.name.as_str()).collect();
        let people = if names.len() == 1 { "One person was" } else { &format!("{} people were", names.len()) };
        let lines: Vec<String> = held.chat.iter().map(|line| format!("- {}: {}", line.by.name, line.text)).collect();
        let answers: Vec<String> =
            held.answers.iter().map(|one| format!("- {}: {}", one.question, one.answer)).collect();
        let parts = [(WHO, names.iter().map(|name| format!("- {name}")).collect()), (WRITTEN, lines), (POLLS, answers)];
        let open = held.questions.iter().filter(|one| one.reply.is_none());
        let steps = open.map(|one| format!("Answer {}: {}", one.by.name, one.text)).collect();
        Self {
            uuid: held.uuid.clone(),
            number: meeting.number,
            host_id: meeting.host_id.clone(),
            topic: meeting.topic.clone(),
            began: held.started_at,
            ended: held.end(),
            overview: format!("{} took {} minutes. {people} there.", meeting.topic, held.minutes()),
            details: parts
                .into_iter()
                .filter(|(part, lines): &(&str, Vec<String>)| has(part) && !lines.is_empty())
                .map(|(part, lines)| (part.to_owned(), lines.join("\n")))
                .collect(),
            next_steps: if has(NEXT) { steps } else { Vec::new() },
            key,
            announced: false,
            trashed_at: None,
        }
    }
}

impl State {
    /// Whether a call is to be summarized: the host can, and the meeting or, where it says nothing, the host wants it.
    fn wants_summary(&self, meeting: &Meeting, host: &Person) -> bool {
        let (own, section) = match meeting.kind {
            Kind::Meeting => {
                (meeting.settings.get("auto_start_meeting_summary"), "in_meeting.meeting_summary_with_ai_companion")
            }
            Kind::Webinar => (None, "in_meeting.webinar_summary_with_ai_companion"),
        };
        let holds = |name: &str| self.setting(host, &format!("{section}.{name}")) == Value::Bool(true);
        let starts = own.and_then(Value::as_bool).unwrap_or_else(|| holds("auto_enable"));
        let paid = self.account(&host.account_id).is_some_and(|account| account.plan != Plan::Free);
        let secret = meeting.settings.get("encryption_type").and_then(Value::as_str) == Some("e2ee");
        starts && holds("enable") && paid && host.licence == Licence::Licensed && !secret
    }

    /// The next time at which something is to be told of a summary.
    pub(crate) fn next_summary(&self) -> Option<Timestamp> {
        let all = self.summaries.values().flatten();
        all.filter_map(|one| if one.announced { one.gone_at() } else { Some(one.ready_at()) }).min()
    }

    /// The summary of one call.
    pub(crate) fn summary(&self, number: i64, uuid: &str) -> Option<&Summary> {
        self.summaries.get(&number)?.iter().find(|one| one.uuid == uuid)
    }
}

impl Change<'_> {
    /// A call is over: a summary of it is begun where somebody wants one and anybody was there.
    pub(super) fn summarize(&mut self, meeting: &Meeting) {
        let host = self.state.person_by_id(&meeting.host_id);
        if !host.is_some_and(|host| self.state.wants_summary(meeting, host)) {
            return;
        }
        let mut held = self.state.instances.get(&meeting.number).into_iter().flatten();
        let held = held.rfind(|held| held.uuid == meeting.uuid && !held.participants.is_empty());
        let Some(written) = held.map(|held| Summary::of(meeting, held, ids::opaque(self.entropy, 22))) else { return };
        self.state.summaries.entry(meeting.number).or_default().push(written);
    }
}
