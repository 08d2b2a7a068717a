//! Making a room: the row and the job that creates it at Zoom, in one transaction.

use jiff::Timestamp;
use model::{AtZoom, Passcode, Room, RoomDraft, RoomId, Slug, ZoomUserId};
use store::{
    Reader, Tx,
    connection::Connection,
    job::{JobKind, NewJob},
};

use super::RoomView;
use crate::{
    Actor, Service,
    audit::note_room,
    connections::{
        connection_of_host,
        leave::{LEAVING, need_staying},
    },
    error::{Error, Result},
};
use model::Problem;

impl Service {
    /// Makes a room; it is created at Zoom in the background.
    pub async fn create_room(&self, actor: &Actor, draft: RoomDraft) -> Result<RoomView> {
        actor.need_rooms_of(&draft.host)?;
        let plan = &self.plan_room(draft).await?;
        self.store().write(|mut tx| async move { self.add_room(&mut tx, actor, plan).await }).await?;
        plan.count();
        self.room(actor, plan.id).await
    }

    /// Everything about a new room that is the same however often its transaction is tried.
    pub(super) async fn plan_room(&self, draft: RoomDraft) -> Result<Plan> {
        let connection = self.connection_for(&draft.host).await?;
        let passcode = draft.passcode.clone().unwrap_or_else(|| Passcode::from_random(self.eight_random_bytes()));
        Ok(Plan { id: self.new_room_id(), draft, connection, passcode, now: self.now() })
    }

    /// The account in which a host holds rooms: where they are known, else the default, which says that they are not.
    async fn connection_for(&self, host: &ZoomUserId) -> Result<Option<Connection>> {
        let mut reader = self.store().read().await?;
        if let Some(known) = connection_of_host(&mut reader, host, None).await? {
            return Ok(Some(known));
        }
        let all = store::connection::list(&mut reader).await?;
        if !all.is_empty() && all.iter().all(|connection| connection.leaving) {
            return Err(Error::refused(LEAVING));
        }
        Ok(all.into_iter().find(|connection| !connection.leaving))
    }

    /// Adds the room, the job that makes it at Zoom, and the line in the audit log.
    pub(super) async fn add_room(&self, tx: &mut Tx, actor: &Actor, plan: &Plan) -> Result<()> {
        let Plan { id, draft, connection, passcode, now } = plan;
        let (id, now) = (*id, *now);
        let connection = connection.as_ref();
        let connection = connection.ok_or_else(|| Error::refused("Connect a Zoom account first, under Settings."))?;
        need_host(tx, connection, draft).await?;
        need_alternative_hosts(tx, connection, draft).await?;
        let slug = slug_for(tx, draft, now).await?;
        let room = room(draft, connection, id, slug, passcode.clone(), now);
        store::room::insert(tx, &room, now).await?;
        let job = NewJob::for_room(JobKind::PushRoom, connection.id, id, now);
        store::job::enqueue(tx, &job, now).await?;
        note_room(tx, actor, "room-created", (room.id, &room.title), &id.to_string(), now).await
    }
}

/// A room that is about to be made.
pub(super) struct Plan {
    pub(super) id: RoomId,
    draft: RoomDraft,
    /// The account that holds it; none while none is connected.
    connection: Option<Connection>,
    passcode: Passcode,
    pub(super) now: Timestamp,
}

impl Plan {
    /// Counts the room, once it is made.
    pub(super) fn count(&self) {
        metrics::counter!("eroom_rooms_created_total", "kind" => self.draft.kind.as_str()).increment(1);
    }
}

/// The room's host must be an active user of the account, and the account one that stays.
pub(super) async fn need_host(reader: &mut Reader, connection: &Connection, draft: &RoomDraft) -> Result<()> {
    // It may have been disconnected since it was read.
    need_staying(store::connection::get(reader, connection.id).await?.as_ref())?;
    let host = store::host::get(reader, connection.id, &draft.host).await?;
    if host.is_some_and(|h| h.active) { Ok(()) } else { Err(Error::field("host", Problem::UnknownHost)) }
}

/// Alternative hosts must be active, licensed users of the account and not the room's host: Zoom refuses others, and
/// whoever fills in a form is to know at once.
pub(super) async fn need_alternative_hosts(
    reader: &mut Reader,
    connection: &Connection,
    draft: &RoomDraft,
) -> Result<()> {
    let wrong = |problem| Err(Error::field("alternative_hosts", problem));
    if draft.alternative_hosts.contains(&draft.host) {
        return wrong(Problem::HostTwice);
    }
    for id in &draft.alternative_hosts {
        let host = store::host::get(reader, connection.id, id).await?;
        if !host.as_ref().is_some_and(|host| host.active && host.licensed) {
            return wrong(Problem::NotAlternative { who: host.map_or_else(|| id.to_string(), |host| host.name) });
        }
    }
    Ok(())
}

/// The slug that was chosen (which must be free), or a free one made from the title.
async fn slug_for(reader: &mut Reader, draft: &RoomDraft, now: Timestamp) -> Result<Slug> {
    if let Some(chosen) = &draft.slug {
        let taken = store::room::slug_is_taken(reader, chosen, None).await?;
        return if taken { Err(Error::field("slug", Problem::SlugTaken)) } else { Ok(chosen.clone()) };
    }
    // A title of symbols only has no letters to make a slug from.
    let made = Slug::from_title(&draft.title).or_else(|| {
        let zone = draft.schedule.zone();
        Slug::parse(&format!("room-{}", zone.local(now).strftime("%Y-%m-%d"))).ok()
    });
    let made = made.ok_or_else(|| Error::field("slug", Problem::Missing))?;
    Ok(store::room::free_slug(reader, &made).await?)
}

fn room(
    draft: &RoomDraft,
    connection: &Connection,
    id: RoomId,
    slug: Slug,
    passcode: Passcode,
    now: Timestamp,
) -> Room {
    Room {
        id,
        connection: connection.id,
        kind: draft.kind,
        title: draft.title.clone(),
        slug,
        host: draft.host.clone(),
        alternative_hosts: draft.alternative_hosts.clone(),
        schedule: draft.schedule.clone(),
        agenda: draft.agenda.clone(),
        passcode,
        options: draft.options,
        opens_before: draft.opens_before,
        published: draft.published,
        has_cover: false,
        at_zoom: AtZoom::Waiting,
        zoom_number: None,
        live_since: None,
        ended_at: None,
        created_at: now,
        version: 1,
    }
}
