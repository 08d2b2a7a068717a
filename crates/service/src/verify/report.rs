//! What came of the story, as it may be sent to anybody.

use clock::Timestamp;
use serde::Serialize;

use super::{
    shape::{Difference, Shape},
    story::Step,
};

/// How a step ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Outcome {
    /// The answer is what the documents say.
    Same,
    /// It differs.
    Differs,
    /// The app lacks each of these scopes; nothing was sent.
    NotAllowed {
        /// One of them would do.
        scopes: Vec<&'static str>,
    },
    /// Zoom said no. Its words are left out: they may name somebody.
    Refused {
        /// Zoom's code, where it gave one.
        code: Option<u32>,
    },
    /// There was nothing to ask about, or the owner does not allow it.
    Skipped {
        /// Why.
        why: &'static str,
    },
    /// No answer, or none of Zoom's.
    Failed {
        /// Why.
        why: String,
    },
}

/// What came of one step.
#[derive(Clone, Debug, Serialize)]
pub struct StepReport {
    /// Its number, from 1.
    pub number: usize,
    /// Zoom's `operationId`.
    pub operation: &'static str,
    /// Method and path as documented, without anybody's ids.
    pub call: String,
    /// What it is for.
    pub about: &'static str,
    /// How it ended.
    pub outcome: Outcome,
    /// The HTTP status of an answer of success.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Milliseconds, waiting in line included.
    pub took_ms: i64,
    /// In what it differs from the documents.
    pub differences: Vec<Difference>,
    /// The members of the answer, and their types.
    pub shape: Shape,
}

impl StepReport {
    pub(super) fn new(number: usize, step: &Step, outcome: Outcome) -> Self {
        let operation = step.operation();
        Self {
            number,
            operation: step.id,
            call: format!("{} {}", operation.map_or("", |o| o.method.as_str()), operation.map_or("", |o| o.path)),
            about: step.about,
            outcome,
            status: None,
            took_ms: 0,
            differences: Vec::new(),
            shape: Shape::new(),
        }
    }
}

/// What came of the story.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The day of UTC it was told.
    pub day: String,
    /// Whether it wrote, too.
    pub wrote: bool,
    /// Each step.
    pub steps: Vec<StepReport>,
}

/// In what the answers of two stories differ, step by step: those of Zoom and those of the sandbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// Zoom's `operationId`.
    pub operation: &'static str,
    /// Members that only Zoom sent.
    pub only_zoom: Vec<String>,
    /// Members that only the sandbox sent.
    pub only_sandbox: Vec<String>,
    /// Members of other types.
    pub other_types: Vec<String>,
}

impl Report {
    pub(super) fn new(now: Timestamp, wrote: bool) -> Self {
        let day = now.strftime("%Y-%m-%d").to_string();
        Self { day, wrote, steps: Vec::new() }
    }

    /// Whether every step that was taken was answered as documented.
    pub fn is_good(&self) -> bool {
        self.steps.iter().all(|step| !matches!(step.outcome, Outcome::Differs | Outcome::Failed { .. }))
    }

    /// Compares with the same story told to the sandbox. Only steps that both answered, and members that either has: what
    /// an account does not use is in no answer.
    pub fn compared_with(&self, sandbox: &Self) -> Vec<Compared> {
        let pairs = self.steps.iter().filter_map(|step| {
            let other = sandbox.steps.iter().find(|other| other.number == step.number)?;
            (step.status.is_some() && other.status.is_some()).then_some((step, other))
        });
        pairs
            .map(|(step, other)| {
                let only = |one: &Shape, two: &Shape| {
                    one.keys().filter(|path| !two.contains_key(*path)).cloned().collect::<Vec<_>>()
                };
                let differs = |(path, kinds): (&String, &Vec<&'static str>)| {
                    let theirs = other.shape.get(path)?;
                    let alike = kinds.iter().any(|kind| theirs.contains(kind)) || kinds.contains(&"null");
                    (!alike).then(|| path.clone())
                };
                Compared {
                    operation: step.operation,
                    only_zoom: only(&step.shape, &other.shape),
                    only_sandbox: only(&other.shape, &step.shape),
                    other_types: step.shape.iter().filter_map(differs).collect(),
                }
            })
            .filter(|one| !(one.only_zoom.is_empty() && one.only_sandbox.is_empty() && one.other_types.is_empty()))
            .collect()
    }
}
