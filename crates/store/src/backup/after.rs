//! What has to be put right once the rows of a backup are in: the world outside went on without them.

use std::sync::PoisonError;

use jiff::Timestamp;
use model::AtZoom;

use super::lost::Lost;
use crate::{
    Error, Result,
    engine::Session,
    table::{
        job::{self, JobKind, NewJob},
        room, seal,
    },
    tx::{Tools, Tx},
};

/// Notes the key that seals from now on; has rooms looked for at Zoom before they are made there; sends new passcodes.
pub(super) async fn settle(session: Session, tools: Tools, lost: &Lost, now: Timestamp) -> Result<Session> {
    let (tx, slot) = Tx::new(session, tools);
    settled(tx, lost, now).await?;
    let left = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
    left.map(|left| left.session)
        .ok_or(Error::Database { during: "restoring", source: sqlx::Error::Protocol("the transaction is gone".into()) })
}

async fn settled(mut tx: Tx, lost: &Lost, now: Timestamp) -> Result<()> {
    seal::note(&mut tx, now).await?;
    job::restored(&mut tx).await?;
    for id in lost.room_ids().filter_map(|id| id.parse().ok()) {
        let Some(record) = room::get(&mut tx, id).await? else { continue };
        let mut room = record.room;
        if room.schedule.ends_at() <= now {
            continue;
        }
        if room.at_zoom == AtZoom::Live {
            room.at_zoom = AtZoom::Waiting;
        }
        room::save(&mut tx, &room, now).await?;
        let push = NewJob::for_room(JobKind::PushRoom, room.connection, room.id, now);
        job::enqueue(&mut tx, &push, now).await?;
    }
    Ok(())
}
