//! Deliveries: one attempt at once, three more by Zoom's schedule where the receiver cannot be reached or fails.

use clock::{Clock as _, Timestamp};
use jiff::SignedDuration;
use serde_json::Value;
use tokio::sync::mpsc;

use super::{
    Attempt, Cause, Delivery, DeliveryState, event,
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

/// How long a delivery that shall come out of order waits for one to overtake it.
const OVERTAKEN_WITHIN: SignedDuration = SignedDuration::from_secs(60);

/// An event on its way to one receiver.
pub(super) struct Parcel {
    pub(super) delivery: u64,
    /// Of which world.
    pub(super) age: u64,
    pub(super) event: String,
    pub(super) to: Receiver,
    pub(super) meeting: Option<i64>,
    pub(super) body: Value,
    pub(super) ids: RequestIds,
    /// Counts the attempts before the present one.
    pub(super) retries: u8,
}

/// What shall go wrong with a delivery.
#[derive(Clone, Copy, Default)]
struct Manner {
    duplicate: bool,
    forged: bool,
    late: Option<SignedDuration>,
}

/// A delivery that waits until another one has overtaken it.
struct Held {
    parcel: Parcel,
    manner: Manner,
    until: Timestamp,
}

/// Turns happenings into deliveries until the sandbox stops. First attempts are made one after the other, so that
/// receivers hear of things in the order they happened as long as all goes well.
pub(crate) async fn work(app: App, mut happenings: mpsc::UnboundedReceiver<Told>) {
    let mut held: Vec<Held> = Vec::new();
    loop {
        let due = held.iter().map(|one| one.until).min().unwrap_or(Timestamp::MAX);
        let happening = tokio::select! {
            () = app.stop.cancelled() => return,
            happening = happenings.recv() => happening,
            () = app.clock.sleep_until(due) => {
                let now = app.now();
                for one in held.extract_if(.., |one| one.until <= now) {
                    set_off(&app, one.parcel, one.manner).await;
                }
                continue;
            }
        };
        let Some(happening) = happening else { return };
        if happening.age != app.world.age() {
            continue;
        }
        for parcel in parcels(&app, &happening) {
            dispatch(&app, parcel, &mut held).await;
        }
    }
}

/// Sends a parcel on its way, or does with it what a fault wants.
async fn dispatch(app: &App, parcel: Parcel, held: &mut Vec<Held>) {
    let trouble = app.faults.take("webhook");
    if trouble.contains(&Fault::Drop) {
        let problem = "Fault: dropped on the way; nothing was sent.".to_owned();
        let attempt = Attempt { at: app.now(), cause: Cause::Dropped, status: None, took_ms: 0.0, problem };
        app.hooks.sent.attempted(parcel.delivery, attempt, DeliveryState::Dropped);
        return;
    }
    let manner = Manner {
        duplicate: trouble.contains(&Fault::Duplicate),
        forged: trouble.contains(&Fault::BadSignature),
        late: trouble.iter().find_map(|fault| match fault {
            Fault::Slow { ms } => Some(SignedDuration::from_millis(i64::from(*ms))),
            _ => None,
        }),
    };
    if trouble.contains(&Fault::Reorder) {
        let until = app.now().saturating_add(OVERTAKEN_WITHIN).unwrap_or(Timestamp::MAX);
        app.hooks.sent.planned(parcel.delivery, until);
        held.push(Held { parcel, manner, until });
        return;
    }
    let url = parcel.to.url.clone();
    set_off(app, parcel, manner).await;
    for overtaken in held.extract_if(.., |one| one.parcel.to.url == url) {
        set_off(app, overtaken.parcel, overtaken.manner).await;
    }
}

async fn set_off(app: &App, parcel: Parcel, manner: Manner) {
    let Some(late) = manner.late else {
        return first(app, parcel, manner).await;
    };
    let (app, now) = (app.clone(), app.now());
    app.hooks.sent.planned(parcel.delivery, now.saturating_add(late).unwrap_or(Timestamp::MAX));
    let tasks = app.tasks.clone();
    tasks.spawn(async move {
        if sleep(&app, now, late).await {
            first(&app, parcel, manner).await;
        }
    });
}

/// The first attempt, twice where a fault wants it so; what failed is tried again later.
async fn first(app: &App, parcel: Parcel, manner: Manner) {
    let mut sent = send(app, &parcel, Cause::First, manner.forged).await;
    if manner.duplicate {
        sent = send(app, &parcel, Cause::Duplicate, manner.forged).await;
    }
    if let Sent::FailedAt(at) = sent {
        app.tasks.spawn(retry(app.clone(), parcel, at));
    }
}

async fn retry(app: App, mut parcel: Parcel, mut failed_at: Timestamp) {
    for minutes in RETRIES {
        parcel.retries += 1;
        let wait = SignedDuration::from_mins(minutes);
        app.hooks.sent.planned(parcel.delivery, failed_at.saturating_add(wait).unwrap_or(Timestamp::MAX));
        // Meanwhile somebody may have asked for it, and had it taken.
        if !sleep(&app, failed_at, wait).await || !app.hooks.sent.is_pending(parcel.delivery) {
            return;
        }
        match send(&app, &parcel, Cause::Retry, false).await {
            Sent::Settled => return,
            Sent::FailedAt(at) => failed_at = at,
        }
    }
    app.hooks.sent.settled(parcel.delivery, DeliveryState::Failed);
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
    let trace = opaque(&app.noise, 32);
    let parcel = |to: Receiver| {
        let ids = RequestIds { request: opaque(&app.noise, 36), trace: trace.clone() };
        let delivery = Delivery {
            id: 0,
            revision: 0,
            event: event.name.clone(),
            url: to.url.clone(),
            app: to.app_id.clone(),
            meeting: event.meeting,
            state: DeliveryState::Pending,
            attempts: Vec::new(),
            next_at: None,
            body: event.body.clone(),
            subscription: to.subscription.clone(),
            ids: ids.clone(),
        };
        Parcel {
            delivery: app.hooks.sent.begin(delivery),
            age: told.age,
            event: event.name.clone(),
            to,
            meeting: event.meeting,
            body: event.body.clone(),
            ids,
            retries: 0,
        }
    };
    receivers.into_iter().map(parcel).collect()
}

/// Whether a parcel needs another attempt, and when the last one failed.
pub(super) enum Sent {
    Settled,
    FailedAt(Timestamp),
}

/// One attempt. A parcel of a world that is no more is not sent.
pub(super) async fn send(app: &App, parcel: &Parcel, cause: Cause, forged: bool) -> Sent {
    if parcel.age != app.world.age() {
        return Sent::Settled;
    }
    let Parcel { event, body, ids, .. } = parcel;
    let letter = Letter { event, meeting: parcel.meeting, body, ids, forged };
    let reply = post(app, &parcel.to, &letter).await;
    let state = match reply.outcome {
        Outcome::Taken => DeliveryState::Delivered,
        Outcome::Refused => DeliveryState::Failed,
        Outcome::Failed => DeliveryState::Pending,
    };
    if parcel.age != app.world.age() {
        return Sent::Settled;
    }
    let at = app.now();
    app.hooks.keep_try(Try::new(&parcel.to, &letter, &reply, parcel.retries, at));
    let attempt = Attempt { at, cause, status: reply.status, took_ms: reply.took_ms, problem: reply.problem };
    app.hooks.sent.attempted(parcel.delivery, attempt, state);
    if state == DeliveryState::Pending { Sent::FailedAt(at) } else { Sent::Settled }
}
