//! Deliveries: one attempt at once, three more by Zoom's schedule where the receiver cannot be reached or fails.

use clock::{Clock as _, Timestamp};
use jiff::SignedDuration;
use serde_json::Value;
use tokio::sync::mpsc;

use super::{
    Attempt, DeliveryState, event,
    post::{Letter, Outcome, Receiver, RequestIds, post},
    tries::Try,
};
use crate::{
    app::App,
    faults::Fault,
    world::{Happening, Told, opaque},
};

/// Minutes between one attempt and the next.
const RETRIES: [i64; 3] = [5, 20, 60];

/// An event on its way to one receiver.
struct Parcel {
    delivery: u64,
    event: String,
    to: Receiver,
    meeting: Option<i64>,
    body: Value,
    ids: RequestIds,
    /// Counts the attempts before the present one.
    retries: u8,
}

/// Turns happenings into deliveries until the sandbox stops. First attempts are made one after the other, so that
/// receivers hear of things in the order they happened as long as all goes well.
pub(crate) async fn work(app: App, mut happenings: mpsc::UnboundedReceiver<Told>) {
    loop {
        let happening = tokio::select! {
            () = app.stop.cancelled() => return,
            happening = happenings.recv() => happening,
        };
        let Some(happening) = happening else { return };
        for parcel in parcels(&app, &happening) {
            let trouble = app.faults.take("webhook");
            if trouble.contains(&Fault::Twice) {
                send(&app, &parcel).await;
            }
            let late = trouble.iter().find_map(|fault| match fault {
                Fault::Slow { ms } => Some(SignedDuration::from_millis(i64::from(*ms))),
                _ => None,
            });
            if let Some(late) = late {
                let (app_of_task, now) = (app.clone(), app.now());
                app.tasks.spawn(async move {
                    if sleep(&app_of_task, now, late).await {
                        deliver(app_of_task, parcel).await;
                    }
                });
            } else {
                deliver_first(&app, parcel).await;
            }
        }
    }
}

async fn deliver_first(app: &App, parcel: Parcel) {
    if let Sent::FailedAt(at) = send(app, &parcel).await {
        app.tasks.spawn(retry(app.clone(), parcel, at));
    }
}

async fn deliver(app: App, parcel: Parcel) {
    if let Sent::FailedAt(at) = send(&app, &parcel).await {
        retry(app, parcel, at).await;
    }
}

async fn retry(app: App, mut parcel: Parcel, mut failed_at: Timestamp) {
    for minutes in RETRIES {
        parcel.retries += 1;
        if !sleep(&app, failed_at, SignedDuration::from_mins(minutes)).await {
            return;
        }
        match send(&app, &parcel).await {
            Sent::Settled => return,
            Sent::FailedAt(at) => failed_at = at,
        }
    }
    app.hooks.given_up(parcel.delivery);
}

/// Waits by the sandbox's clock; false when the sandbox stops first.
async fn sleep(app: &App, from: Timestamp, time: SignedDuration) -> bool {
    let until = from.saturating_add(time).unwrap_or(Timestamp::MAX);
    tokio::select! {
        () = app.clock.sleep_until(until) => true,
        () = app.stop.cancelled() => false,
    }
}

/// One parcel for each subscription of an app whose scopes let it hear of this.
fn parcels(app: &App, told: &Told) -> Vec<Parcel> {
    let made = app.world.read(|state| {
        let host = told.happening.meeting().and_then(|meeting| state.person_by_id(&meeting.host_id));
        let account_id = match &told.happening {
            Happening::Told(notice) => notice.account_id.as_str(),
            _ => host.map_or(state.account.id.as_str(), |host| host.account_id.as_str()),
        };
        let by = told.by.as_deref().and_then(|id| state.person_by_id(id));
        let around = event::Around {
            account_id,
            operator: by.or_else(|| state.owner(account_id))?,
            host_email: host.map_or("", |host| host.email.as_str()),
            base: &app.base,
        };
        let event = event::event(&told.happening, &around);
        let known = zoom_spec::event(&event.name)?;
        let listening = state.apps.iter().filter(|client| {
            let hears = client.account_id == account_id || client.account_id == state.account.id;
            client.active && hears && known.allowed_by(client.scopes.iter().map(String::as_str))
        });
        let receivers: Vec<_> = listening
            .flat_map(|client| client.subscriptions.iter().map(move |one| (client, one)))
            .filter(|(_, one)| one.events.is_empty() || one.events.contains(&event.name))
            .filter(|(_, one)| one.subscribers.hear_of(account_id, event.user(), &state.account.id))
            .map(|(client, one)| Receiver::of(client, one))
            .collect();
        Some((event, receivers))
    });
    let Some((event, receivers)) = made else { return Vec::new() };
    let trace = opaque(app.entropy.as_ref(), 32);
    receivers
        .into_iter()
        .map(|to| Parcel {
            delivery: app.hooks.begin(&event.name, &to.url, event.meeting),
            event: event.name.clone(),
            to,
            meeting: event.meeting,
            body: event.body.clone(),
            ids: RequestIds { request: opaque(app.entropy.as_ref(), 36), trace: trace.clone() },
            retries: 0,
        })
        .collect()
}

/// Whether a parcel needs another attempt, and when the last one failed.
enum Sent {
    Settled,
    FailedAt(Timestamp),
}

async fn send(app: &App, parcel: &Parcel) -> Sent {
    let letter = Letter { event: &parcel.event, meeting: parcel.meeting, body: &parcel.body, ids: &parcel.ids };
    let reply = post(app, &parcel.to, &letter).await;
    let state = match reply.outcome {
        Outcome::Taken => DeliveryState::Delivered,
        Outcome::Refused => DeliveryState::Failed,
        Outcome::Failed => DeliveryState::Pending,
    };
    let at = app.now();
    app.hooks.keep_try(Try::new(&parcel.to, &letter, &reply, parcel.retries, at));
    app.hooks.attempted(parcel.delivery, Attempt { at, status: reply.status, problem: reply.problem }, state);
    if state == DeliveryState::Pending { Sent::FailedAt(at) } else { Sent::Settled }
}
