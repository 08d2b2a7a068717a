//! For which Zoom users this site may act, whatever its token permits.

use jiff::Timestamp;
use model::{AllowedHosts, AtZoom, ConnectionId, Problem, Right, ZoomUserId};
use store::{
    Reader, Tx,
    connection::Connection,
    job::{JobKind, NewJob},
};

use super::leave::need_staying;
use crate::{
    Actor, Service,
    audit::note,
    error::{Error, Result},
};

/// What somebody reads for whom the site may not act.
pub(crate) const NOT_ALLOWED: &str = "This site may not act for this Zoom user. An owner names for whom it may, in Zoom \
                                      settings.";

impl Service {
    /// Names the Zoom users this site may act for; an empty text is everybody. Whoever is not among them is forgotten
    /// here at once, and nothing is asked of Zoom for them any more. Answers the list as it is kept.
    pub async fn allow_hosts(&self, actor: &Actor, id: ConnectionId, text: &str) -> Result<AllowedHosts> {
        actor.need(Right::ManageConnection)?;
        let allowed = AllowedHosts::parse(text).map_err(|problem: Problem| Error::field("allowed", problem))?;
        let now = self.now();
        let words = if allowed.is_everybody() { "everybody".to_owned() } else { allowed.to_text().replace('\n', ", ") };
        let (list, words) = (&allowed, &words);
        self.store()
            .write(|mut tx| async move {
                let connection = store::connection::get(&mut tx, id).await?.ok_or(Error::NotFound)?;
                need_staying(Some(&connection))?;
                store::connection::allow(&mut tx, id, list).await?;
                for host in store::host::list(&mut tx, id).await? {
                    if !list.allows(&host.email) {
                        store::host::forget(&mut tx, id, &host.id).await?;
                    }
                }
                // Those who are allowed from now on are read anew.
                store::job::enqueue(&mut tx, &NewJob::for_connection(JobKind::RefreshHosts, id, now), now).await?;
                note(&mut tx, actor, "hosts-allowed", &id.to_string(), words, now).await
            })
            .await?;
        Ok(allowed)
    }
}

/// Takes up again the rooms of a connection that were refused because the site could not act for their hosts, where it
/// may now.
pub(crate) async fn take_up_again(tx: &mut Tx, connection: &Connection, now: Timestamp) -> Result<(), store::Error> {
    for id in store::room::refused_because(tx, connection.id, NOT_ALLOWED).await? {
        let Some(record) = store::room::get(tx, id).await? else { continue };
        if may_act_for(tx, connection, &record.room.host).await? {
            store::room::set_at_zoom(tx, id, &AtZoom::Waiting, now).await?;
            store::job::enqueue(tx, &NewJob::for_room(JobKind::PushRoom, connection.id, id, now), now).await?;
        }
    }
    Ok(())
}

/// Whether the site may act for this Zoom user: everybody where no list was named, else whoever is kept.
pub(crate) async fn may_act_for(
    reader: &mut Reader,
    connection: &Connection,
    host: &ZoomUserId,
) -> std::result::Result<bool, store::Error> {
    if connection.allowed.is_everybody() {
        return Ok(true);
    }
    let host = store::host::get(reader, connection.id, host).await?;
    Ok(host.is_some_and(|host| connection.allowed.allows(&host.email)))
}
