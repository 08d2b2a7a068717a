//! Trouble on demand: what shall go wrong with the next calls, and how often.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// Something that goes wrong with a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// The call waits this many milliseconds of the sandbox's time, then is carried out; a delivery of a webhook is sent
    /// so much later. `delay` means the same.
    #[serde(alias = "delay")]
    Slow {
        /// Milliseconds.
        ms: u32,
    },
    /// The call is carried out; its answer waits this many milliseconds of the sandbox's time.
    SlowAfter {
        /// Milliseconds.
        ms: u32,
    },
    /// The call is never carried out and never answered.
    Hang,
    /// The call is carried out and never answered.
    HangAfter,
    /// 401 with code 124, as for a token that was revoked.
    Unauthorized,
    /// 429 of the per-second limit.
    TooFast,
    /// 429 of the daily limit, with `Retry-After`.
    DailyLimit,
    /// 500 without a useful body.
    ServerError,
    /// The connection is cut; the call is not carried out.
    CutBefore,
    /// The call is carried out; the connection is cut without an answer.
    CutAfter,
    /// The call is carried out; the connection is cut in the middle of the answer.
    CutMidAnswer,
    /// For webhooks only: the delivery is sent twice. `twice` means the same.
    #[serde(alias = "twice")]
    Duplicate,
    /// For webhooks only: the delivery is sent after the next one to the same receiver; after a minute of the sandbox's
    /// time where none comes.
    Reorder,
    /// For webhooks only: the delivery is never sent.
    Drop,
    /// For webhooks only: the first attempt is signed with a secret that is not the app's.
    BadSignature,
}

impl Fault {
    /// Its name in the controls and in the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Slow { .. } => "slow",
            Self::SlowAfter { .. } => "slow_after",
            Self::Hang => "hang",
            Self::HangAfter => "hang_after",
            Self::Unauthorized => "unauthorized",
            Self::TooFast => "too_fast",
            Self::DailyLimit => "daily_limit",
            Self::ServerError => "server_error",
            Self::CutBefore => "cut_before",
            Self::CutAfter => "cut_after",
            Self::CutMidAnswer => "cut_mid_answer",
            Self::Duplicate => "duplicate",
            Self::Reorder => "reorder",
            Self::Drop => "drop",
            Self::BadSignature => "bad_signature",
        }
    }

    /// Whether it can happen to deliveries of webhooks.
    pub fn is_for_webhooks(self) -> bool {
        matches!(self, Self::Slow { .. } | Self::Duplicate | Self::Reorder | Self::Drop | Self::BadSignature)
    }

    /// Whether it can happen to calls of the API.
    pub fn is_for_calls(self) -> bool {
        !matches!(self, Self::Duplicate | Self::Reorder | Self::Drop | Self::BadSignature)
    }
}

/// A fault, for which calls, and how many of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FaultRule {
    /// Zoom's operation id (`meetingCreate`), `token` for the OAuth server, `webhook` for deliveries; absent for every
    /// operation and the OAuth server.
    #[serde(default)]
    pub operation: Option<String>,
    /// How many calls it still meets; absent until it is cleared.
    #[serde(default)]
    pub times: Option<u32>,
    /// What happens to them.
    #[serde(flatten)]
    pub fault: Fault,
}

#[derive(Debug, Default)]
struct Plan {
    rules: Vec<FaultRule>,
    unplugged: bool,
    invisible_for: SignedDuration,
}

/// The faults in force. They are not kept over a restart.
#[derive(Debug, Default)]
pub struct Faults(Mutex<Plan>);

impl Faults {
    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next `times` calls of `operation` meet `fault`. Several rules that fit meet the same call.
    pub fn next(&self, operation: &str, times: u32, fault: Fault) {
        self.add(FaultRule { operation: Some(operation.to_owned()), times: Some(times), fault });
    }

    /// Every call meets `fault` until it is cleared.
    pub fn always(&self, fault: Fault) {
        self.add(FaultRule { operation: None, times: None, fault });
    }

    /// Adds a rule. One that meets no call is dropped.
    pub fn add(&self, rule: FaultRule) {
        if rule.times != Some(0) {
            self.plan().rules.push(rule);
        }
    }

    /// The rules that still meet calls.
    pub fn rules(&self) -> Vec<FaultRule> {
        self.plan().rules.clone()
    }

    /// Everything works again: no rule, plugged in, new meetings visible at once.
    pub fn clear(&self) {
        *self.plan() = Plan::default();
    }

    /// Every call's connection is cut from here on.
    pub fn unplug(&self) {
        self.plan().unplugged = true;
    }

    /// Calls are answered again.
    pub fn plug_in(&self) {
        self.plan().unplugged = false;
    }

    /// Whether the sandbox is unplugged.
    pub fn is_unplugged(&self) -> bool {
        self.plan().unplugged
    }

    /// How long a meeting made from here on stays out of lists.
    pub fn hide_new_meetings_for(&self, time: SignedDuration) {
        self.plan().invisible_for = time.max(SignedDuration::ZERO);
    }

    /// How long a new meeting stays out of lists.
    pub fn invisible_for(&self) -> SignedDuration {
        self.plan().invisible_for
    }

    /// The faults that this call meets; each rule has one call fewer to meet.
    pub(crate) fn take(&self, operation: &str) -> Vec<Fault> {
        let mut plan = self.plan();
        let mut met = Vec::new();
        for rule in &mut plan.rules {
            let fits = rule.operation.as_deref().map_or(operation != "webhook", |wanted| wanted == operation);
            if fits {
                met.push(rule.fault);
                rule.times = rule.times.map(|left| left.saturating_sub(1));
            }
        }
        plan.rules.retain(|rule| rule.times != Some(0));
        met
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_meets_as_many_calls_of_its_operation_as_was_said() {
        let faults = Faults::default();
        faults.next("meetingCreate", 2, Fault::ServerError);
        assert_eq!(faults.take("meeting"), []);
        assert_eq!(faults.take("meetingCreate"), [Fault::ServerError]);
        assert_eq!(faults.take("meetingCreate"), [Fault::ServerError]);
        assert_eq!(faults.take("meetingCreate"), []);
        assert!(faults.rules().is_empty());
    }

    #[test]
    fn rules_are_written_in_json_as_the_controls_take_them() {
        let rule: FaultRule =
            serde_json::from_str(r#"{"operation":"meetingCreate","times":1,"fault":"slow","ms":250}"#).unwrap();
        assert_eq!(rule.fault, Fault::Slow { ms: 250 });
        let every: FaultRule = serde_json::from_str(r#"{"fault":"cut_after"}"#).unwrap();
        assert_eq!((every.operation, every.times, every.fault), (None, None, Fault::CutAfter));
    }
}
