//! Zoom asks every receiver again, every 72 hours; six failures in a row end a subscription.

use clock::{Clock as _, Timestamp};
use jiff::SignedDuration;

use super::{post::Receiver, subscribe::validate};
use crate::{app::App, world::Change};

/// The time between two validations of one receiver.
pub(super) const EVERY: SignedDuration = SignedDuration::from_hours(72);
/// So many failures in a row, and nothing more is sent.
const PATIENCE: u8 = 6;

/// Validates receivers again when their time has come, until the sandbox stops.
pub(crate) async fn keep_validating(app: App) {
    loop {
        let due = app.world.read(|state| {
            let all = state.apps.iter().flat_map(|client| &client.subscriptions);
            all.map(|known| known.next_check).min()
        });
        tokio::select! {
            () = app.stop.cancelled() => return,
            () = app.hooks.changed.notified() => {}
            () = app.clock.sleep_until(due.unwrap_or(Timestamp::MAX)) => check_due(&app).await,
        }
    }
}

async fn check_due(app: &App) {
    let now = app.now();
    let due: Vec<Receiver> = app.world.read(|state| {
        let all = state.apps.iter().flat_map(|client| client.subscriptions.iter().map(move |one| (client, one)));
        all.filter(|(_, one)| one.next_check <= now).map(|(client, one)| Receiver::of(client, one)).collect()
    });
    for one in due {
        let answered = validate(app, &one).await;
        let kept = app.world.change(|change| {
            checked(change, &one, now, answered.is_ok());
            Ok::<_, std::convert::Infallible>(())
        });
        if let Err(problem) = kept {
            tracing::error!(%problem, url = one.url, "the validation of a webhook receiver could not be kept");
            return;
        }
    }
}

/// `now` is when the receiver was asked, not when it answered: the rhythm does not drift.
fn checked(change: &mut Change<'_>, one: &Receiver, now: Timestamp, answered: bool) {
    let Some(client) = change.state.app_mut(&one.app_id) else { return };
    for known in client.subscriptions.iter_mut().filter(|known| known.id == one.subscription) {
        known.next_check = now.saturating_add(EVERY).unwrap_or(Timestamp::MAX);
        known.failures = if answered { 0 } else { known.failures.saturating_add(1) };
        if answered {
            known.validated_at = now;
        }
    }
    client.subscriptions.retain(|known| known.failures < PATIENCE);
}
