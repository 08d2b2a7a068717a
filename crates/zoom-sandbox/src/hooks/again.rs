//! Deliveries that somebody asks for again: the same event, signed anew.

use super::{
    Cause, Delivery, DeliveryFilter,
    deliver::{Parcel, send},
    post::Receiver,
};
use crate::{app::App, world::CustomHeader};

/// Why a delivery was not sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AgainError {
    /// There is none with this id.
    #[error("there is no delivery {0}; the last 500 are kept, and none over a reset")]
    NoDelivery(u64),
    /// Nobody is there whose secret would sign it.
    #[error("the app that subscribed to delivery {0} was deleted, so nobody could sign it")]
    NoApp(u64),
}

/// Sends a delivery again, at once and once; how it stands then.
pub(crate) async fn resend(app: &App, id: u64) -> Result<Delivery, AgainError> {
    let delivery = app.hooks.sent.one(id).ok_or(AgainError::NoDelivery(id))?;
    let parcel = parcel(app, &delivery).ok_or(AgainError::NoApp(id))?;
    send(app, &parcel, Cause::Resend, false).await;
    app.hooks.sent.one(id).ok_or(AgainError::NoDelivery(id))
}

/// Sends all deliveries that fit again, one after the other in their first order; their ids. They are under way when
/// this returns.
pub(crate) fn replay(app: &App, filter: &DeliveryFilter) -> Vec<u64> {
    let parcels: Vec<_> = app.hooks.sent.all(filter).iter().filter_map(|one| parcel(app, one)).collect();
    let ids = parcels.iter().map(|parcel| parcel.delivery).collect();
    let own = app.clone();
    app.tasks.spawn(async move {
        for parcel in parcels {
            if own.stop.is_cancelled() {
                return;
            }
            send(&own, &parcel, Cause::Resend, false).await;
        }
    });
    ids
}

fn parcel(app: &App, delivery: &Delivery) -> Option<Parcel> {
    let to =
        app.world.read(|state| {
            let client = state.app(&delivery.app)?;
            let still = client.subscriptions.iter().find(|one| one.id == delivery.subscription);
            // Who has unsubscribed meanwhile is still sent what was asked for.
            Some(still.map_or_else(
                || Receiver::at(client, &delivery.url, CustomHeader::None),
                |one| Receiver::of(client, one),
            ))
        })?;
    Some(Parcel {
        delivery: delivery.id,
        age: app.world.age(),
        event: delivery.event.clone(),
        to,
        meeting: delivery.meeting,
        body: delivery.body.clone(),
        ids: delivery.ids.clone(),
        retries: u8::try_from(delivery.attempts.len()).unwrap_or(u8::MAX),
    })
}
