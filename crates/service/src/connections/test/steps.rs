//! The steps of a test as they are taken.

use crate::connections::{Outcome, Step, StepName};

/// All steps, in the order in which people read them.
const ORDER: [StepName; 11] = [
    StepName::Reach,
    StepName::Clock,
    StepName::Client,
    StepName::Account,
    StepName::App,
    StepName::Scopes,
    StepName::Users,
    StepName::Plan,
    StepName::Address,
    StepName::Sdk,
    StepName::Webhook,
];

/// What came of each step so far.
#[derive(Debug, Default)]
pub(super) struct Steps(Vec<Step>);

impl Steps {
    pub(super) fn ok(&mut self, name: StepName, found: impl Into<String>) {
        self.take(name, Outcome::Ok { found: found.into() });
    }

    pub(super) fn failed(&mut self, name: StepName, reason: impl Into<String>) {
        self.take(name, Outcome::Failed { reason: reason.into() });
    }

    pub(super) fn unknown(&mut self, name: StepName, reason: impl Into<String>) {
        self.take(name, Outcome::Unknown { reason: reason.into() });
    }

    pub(super) fn unwanted(&mut self, name: StepName, reason: impl Into<String>) {
        self.take(name, Outcome::Unwanted { reason: reason.into() });
    }

    /// Takes a step with what came of it.
    pub(super) fn take(&mut self, name: StepName, outcome: Outcome) {
        self.0.push(Step { name, outcome });
    }

    /// Marks every step that is not taken yet, and is asked of Zoom, as not tested.
    pub(super) fn skip_rest(&mut self, why: &str) {
        for name in ORDER {
            let own = matches!(name, StepName::Address | StepName::Sdk | StepName::Webhook);
            if !own && !self.0.iter().any(|step| step.name == name) {
                self.take(name, Outcome::Skipped { reason: why.into() });
            }
        }
    }

    /// The steps, in the order in which people read them.
    pub(super) fn in_order(mut self) -> Vec<Step> {
        self.0.sort_by_key(|step| ORDER.iter().position(|name| *name == step.name));
        self.0
    }
}
