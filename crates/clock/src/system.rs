//! The machine's own clock.

use std::time::Duration;

use jiff::Timestamp;

use crate::{Clock, Sleep};

/// The clock of the machine; the only one in the built binary's product paths.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

/// The longest single nap: a machine that was suspended notices a deadline within it.
const NAP: Duration = Duration::from_secs(30);

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
        Timestamp::now()
    }

    fn sleep_until(&self, until: Timestamp) -> Sleep<'_> {
        Box::pin(async move {
            loop {
                let left = until.duration_since(self.now());
                let Ok(left) = Duration::try_from(left) else { return };
                if left.is_zero() {
                    return;
                }
                #[expect(clippy::disallowed_methods, reason = "the one place that really waits")]
                tokio::time::sleep(left.min(NAP)).await;
            }
        })
    }
}
