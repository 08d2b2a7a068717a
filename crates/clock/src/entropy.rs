//! Random bytes: the machine's in the product, a seeded stream in tests.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::SignedDuration;
use rand::{Rng as _, SeedableRng as _, TryRng as _, rngs::StdRng, rngs::SysRng};

/// Where random bytes come from.
pub trait Entropy: Send + Sync + fmt::Debug {
    /// Fills `bytes` with unpredictable (or, in tests, repeatable) bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// A source of random bytes that many tasks hold.
pub type SharedEntropy = Arc<dyn Entropy>;

/// `pause` and up to a quarter more, so that those who wait for the same do not all come at once.
pub fn with_jitter(pause: SignedDuration, entropy: &dyn Entropy) -> SignedDuration {
    let mut dice = [0_u8; 1];
    entropy.fill(&mut dice);
    let [dice] = dice;
    let extra = pause.as_millis().saturating_mul(i128::from(dice)) / (4 * 256);
    pause.saturating_add(SignedDuration::from_millis(i64::try_from(extra).unwrap_or(0)))
}

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    /// # Panics
    /// Where the operating system has no generator: nothing secret can be made then.
    fn fill(&self, bytes: &mut [u8]) {
        #[expect(
            clippy::expect_used,
            reason = "without random bytes no secret can be made; stopping is the safe answer"
        )]
        SysRng.try_fill_bytes(bytes).expect("the operating system gives no random bytes");
    }
}

/// A repeatable stream, for tests and for a sandbox started with a seed. Not for secrets of the product.
#[derive(Debug)]
pub struct SeededEntropy(Mutex<StdRng>);

impl SeededEntropy {
    /// The stream that belongs to `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }
}
