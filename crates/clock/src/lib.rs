//! Time and randomness as parameters: the system's in the product, steered ones in tests.
//!
//! Nothing else in the workspace asks the operating system for the time or for random bytes.

mod entropy;
mod steered;
mod system;

use std::{fmt, future::Future, pin::Pin, sync::Arc};

pub use entropy::{Entropy, SeededEntropy, SharedEntropy, SystemEntropy, with_jitter};
pub use jiff::Timestamp;
pub use steered::{FASTEST, Hands, SteeredClock};
pub use system::SystemClock;

/// A future that ends when a clock reaches an instant.
pub type Sleep<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Where the time comes from.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The present instant.
    fn now(&self) -> Timestamp;
    /// Ends when [`Clock::now`] is at or after `until`; at once if it already is.
    fn sleep_until(&self, until: Timestamp) -> Sleep<'_>;
    /// Milliseconds since the Unix epoch, the form instants are stored in.
    fn now_ms(&self) -> i64 {
        self.now().as_millisecond()
    }
}

/// A clock that many tasks hold.
pub type SharedClock = Arc<dyn Clock>;

/// Sleeps for `seconds` of `clock`'s time.
pub async fn sleep(clock: &dyn Clock, seconds: f64) {
    #[expect(clippy::cast_possible_truncation, reason = "a duration of seconds fits in i64 milliseconds")]
    let ms = (seconds * 1000.0) as i64;
    let until = Timestamp::from_millisecond(clock.now_ms().saturating_add(ms)).unwrap_or(Timestamp::MAX);
    clock.sleep_until(until).await;
}
