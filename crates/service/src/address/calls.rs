//! The calls that are under way: what only this process knows of them.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::Arrival;

/// The calls under way, by what they ask.
#[derive(Debug, Default)]
pub(crate) struct Calls(Mutex<HashMap<String, Call>>);

#[derive(Debug)]
struct Call {
    answer: String,
    arrival: Option<Arrival>,
}

/// One call; forgotten when it is dropped, however it ended.
pub(super) struct UnderWay<'a> {
    calls: &'a Calls,
    asked: String,
}

impl Calls {
    fn all(&self) -> MutexGuard<'_, HashMap<String, Call>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of a call that will ask this and wants to hear that.
    pub(super) fn begin(&self, asked: String, answer: String) -> UnderWay<'_> {
        self.all().insert(asked.clone(), Call { answer, arrival: None });
        UnderWay { calls: self, asked }
    }

    /// Takes note of how it came in; what to answer, once.
    pub(crate) fn reached(&self, asked: &str, arrival: Arrival) -> Option<String> {
        let mut all = self.all();
        let call = all.get_mut(asked).filter(|call| call.arrival.is_none())?;
        call.arrival = Some(arrival);
        Some(call.answer.clone())
    }
}

impl UnderWay<'_> {
    pub(super) fn arrival(&self) -> Option<Arrival> {
        self.calls.all().get(&self.asked)?.arrival
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.calls.all().remove(&self.asked);
    }
}
