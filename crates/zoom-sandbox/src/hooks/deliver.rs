//! Deliveries: one attempt at once, three more by Zoom's schedule where the receiver cannot be reached or fails.

use clock::{Clock as _, Timestamp};
use jiff::SignedDuration;
use serde_json::Value;
use tokio::sync::mpsc;

use super::{Attempt, DeliveryState, event, sign};
use crate::{
    app::App,
    faults::Fault,
    log::{Decision, Entry, Way, hide_in_value},
    world::{Happening, Told, opaque},
};

/// Minutes between one attempt and the next.
const RETRIES: [i64; 3] = [5, 20, 60];

/// An event on its way to one receiver.
struct Parcel {
    delivery: u64,
    event: String,
    url: String,
    /// The secret token of the app that subscribed.
    secret: String,
    meeting: Option<i64>,
    body: Value,
}

/// What an attempt came to.
pub(super) enum Outcome {
    Taken,
    /// Final: the receiver answered, and said no.
    Refused,
    /// To be tried again.
    Failed,
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

async fn retry(app: App, parcel: Parcel, mut failed_at: Timestamp) {
    for minutes in RETRIES {
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
            .flat_map(|client| client.subscriptions.iter().map(|one| (one, &client.secret_token)))
            .filter(|(one, _)| one.events.is_empty() || one.events.contains(&event.name))
            .map(|(one, secret)| (one.url.clone(), secret.clone()))
            .collect();
        Some((event, receivers))
    });
    let Some((event, receivers)) = made else { return Vec::new() };
    receivers
        .into_iter()
        .map(|(url, secret)| Parcel {
            delivery: app.hooks.begin(&event.name, &url, event.meeting),
            event: event.name.clone(),
            url,
            secret,
            meeting: event.meeting,
            body: event.body.clone(),
        })
        .collect()
}

/// Whether a parcel needs another attempt, and when the last one failed.
enum Sent {
    Settled,
    FailedAt(Timestamp),
}

async fn send(app: &App, parcel: &Parcel) -> Sent {
    let (outcome, status, problem, _) =
        post(app, (&parcel.url, &parcel.secret), &parcel.event, parcel.meeting, &parcel.body).await;
    let state = match outcome {
        Outcome::Taken => DeliveryState::Delivered,
        Outcome::Refused => DeliveryState::Failed,
        Outcome::Failed => DeliveryState::Pending,
    };
    let at = app.now();
    app.hooks.attempted(parcel.delivery, Attempt { at, status, problem }, state);
    if state == DeliveryState::Pending { Sent::FailedAt(at) } else { Sent::Settled }
}

/// One signed request, with its line in the log: what came of it, the status, the problem, the receiver's answer.
pub(super) async fn post(
    app: &App,
    (url, secret): (&str, &str),
    event: &str,
    meeting: Option<i64>,
    body: &Value,
) -> (Outcome, Option<u16>, String, Vec<u8>) {
    let (text, begun) = (body.to_string(), app.now());
    let mut shown = body.clone();
    hide_in_value(&mut shown);
    let id = app.log.open(Entry {
        operation: Some("webhook".to_owned()),
        meeting,
        request: Some(shown),
        why: event.to_owned(),
        ..Entry::begun(begun, Way::Out, "POST", url.to_owned())
    });
    let request = app
        .hooks
        .client
        .post(url)
        .header("content-type", "application/json; charset=utf-8")
        .header("x-zm-request-timestamp", begun.as_second())
        .header("x-zm-signature", sign::signature(secret, begun.as_second(), &text))
        .header("x-zm-request-id", opaque(app.entropy.as_ref(), 36))
        .header("x-zm-trackingid", opaque(app.entropy.as_ref(), 32))
        .body(text);
    let (outcome, status, problem, answer) = match request.send().await {
        Ok(response) => {
            let status = response.status().as_u16();
            match (status, response.bytes().await) {
                (200 | 204, Ok(answer)) => (Outcome::Taken, Some(status), String::new(), answer.to_vec()),
                (200 | 204, Err(_)) => (Outcome::Failed, Some(status), "The answer broke off.".to_owned(), Vec::new()),
                (500.., _) => (Outcome::Failed, Some(status), format!("The receiver answered {status}."), Vec::new()),
                _ => {
                    let problem = format!("The receiver answered {status}; Zoom does not try again.");
                    (Outcome::Refused, Some(status), problem, Vec::new())
                }
            }
        }
        Err(problem) if problem.is_timeout() => {
            (Outcome::Failed, None, "No answer within 3 seconds.".to_owned(), Vec::new())
        }
        Err(_) => (Outcome::Failed, None, "The receiver cannot be reached.".to_owned(), Vec::new()),
    };
    let took = app.now().duration_since(begun).as_millis();
    app.log.amend(id, |entry| {
        entry.decision = if matches!(outcome, Outcome::Taken) { Decision::Allowed } else { Decision::Refused };
        entry.status = status;
        entry.why = if problem.is_empty() { event.to_owned() } else { format!("{event}: {problem}") };
        entry.took_ms = i64::try_from(took).unwrap_or(i64::MAX);
    });
    (outcome, status, problem, answer)
}
