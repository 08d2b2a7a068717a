//! Zoom asks every receiver again, every 72 hours; six failures in a row end a subscription.

use clock::{Clock as _, Timestamp};
use jiff::SignedDuration;

use super::subscribe::validate;
use crate::{app::App, world::Change};

/// The time between two validations of one receiver.
pub(super) const EVERY: SignedDuration = SignedDuration::from_hours(72);
/// So many failures in a row, and nothing more is sent.
const PATIENCE: u8 = 6;

/// Validates receivers again when their time has come, until the sandbox stops.
pub(crate) async fn keep_validating(app: App) {
    loop {
        let due = app.world.read(|state| state.subscriptions.iter().map(|known| known.next_check).min());
        tokio::select! {
            () = app.stop.cancelled() => return,
            () = app.hooks.changed.notified() => {}
            () = app.clock.sleep_until(due.unwrap_or(Timestamp::MAX)) => check_due(&app).await,
        }
    }
}

async fn check_due(app: &App) {
    let now = app.now();
    let due: Vec<String> = app.world.read(|state| {
        let due = state.subscriptions.iter().filter(|known| known.next_check <= now);
        due.map(|known| known.url.clone()).collect()
    });
    for url in due {
        let answered = validate(app, &url).await;
        let kept = app.world.change(|change| {
            checked(change, &url, now, answered.is_ok());
            Ok::<_, std::convert::Infallible>(())
        });
        if let Err(problem) = kept {
            tracing::error!(%problem, url, "the validation of a webhook receiver could not be kept");
            return;
        }
    }
}

/// `now` is when the receiver was asked, not when it answered: the rhythm does not drift.
fn checked(change: &mut Change<'_>, url: &str, now: Timestamp, answered: bool) {
    for known in change.state.subscriptions.iter_mut().filter(|known| known.url == url) {
        known.next_check = now.saturating_add(EVERY).unwrap_or(Timestamp::MAX);
        known.failures = if answered { 0 } else { known.failures.saturating_add(1) };
        if answered {
            known.validated_at = now;
        }
    }
    change.state.subscriptions.retain(|known| known.failures < PATIENCE);
}
