//! Where ids and secrets come from: one stream that belongs to a seed, so that a run can be made again.

use std::sync::{Mutex, PoisonError};

use clock::{Entropy, SeededEntropy, SystemEntropy};

/// The stream in use; another can be laid in its place.
#[derive(Debug)]
pub(crate) struct Stream(Mutex<SeededEntropy>);

impl Stream {
    pub(crate) fn new(source: SeededEntropy) -> Self {
        Self(Mutex::new(source))
    }

    /// Draws from `source` from here on.
    pub(crate) fn lay(&self, source: SeededEntropy) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = source;
    }
}

impl Entropy for Stream {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill(bytes);
    }
}

/// A seed for who named none: short, because people write it down.
pub(crate) fn any_seed() -> u64 {
    let mut bytes = [0; 4];
    SystemEntropy.fill(&mut bytes);
    u32::from_le_bytes(bytes).into()
}

/// The stream of the `run`th start on a kept state: another each time, so that no id is given twice.
pub(crate) fn of_run(seed: u64, run: u64) -> SeededEntropy {
    SeededEntropy::new(seed ^ run.wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// A stream that nobody can make again: asking the system each time costs more than the rest of a small answer.
pub(crate) fn noise() -> SeededEntropy {
    SeededEntropy::new(drawn(&SystemEntropy))
}

/// A seed for a stream that shall go on from here, drawn from the one in use.
pub(crate) fn drawn(entropy: &dyn Entropy) -> u64 {
    let mut bytes = [0; 8];
    entropy.fill(&mut bytes);
    u64::from_le_bytes(bytes)
}
