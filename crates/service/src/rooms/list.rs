//! Listing rooms, and looking at one.

use model::{Entrant, Host, Right, Room, RoomId};
use store::{Reader, job::JobKind};

use super::{Listing, RoomFilter, RoomView, Start, When, Work};
use crate::{
    Actor, Service,
    audit::note_room,
    error::{Error, Result},
    visits::told::Told,
};

/// The most rooms on a page.
const MOST: usize = 200;
/// How many there are where nobody says.
const USUAL: usize = 50;

impl Service {
    /// Rooms as members list them.
    pub async fn rooms(&self, actor: &Actor, filter: RoomFilter) -> Result<Listing<RoomView>> {
        actor.need(Right::LookAround)?;
        let limit = if filter.limit == 0 { USUAL } else { filter.limit.min(MOST) };
        let mut reader = self.store().read().await?;
        let mut query = store::room::RoomFilter {
            host: filter.host,
            published: filter.drafts_only.then_some(false),
            when: match filter.when {
                When::All => store::room::When::All,
                When::Coming => store::room::When::Coming,
                When::Past => store::room::When::Past,
            },
            text: filter.text.unwrap_or_default(),
            after: cursor(&mut reader, filter.after).await?,
            ..store::room::RoomFilter::default()
        };
        let mut rooms = Vec::new();
        let more = loop {
            let page = store::room::list(&mut reader, &query, self.now()).await?;
            rooms.extend(page.items);
            if rooms.len() > limit || page.next.is_none() {
                break page.next.is_some() || rooms.len() > limit;
            }
            query.after = page.next;
        };
        rooms.truncate(limit);
        let next = rooms.last().filter(|_| more).map(|r| r.id);
        let told = Told::read(&mut reader).await?;
        let mut items = Vec::with_capacity(rooms.len());
        for room in rooms {
            items.push(self.room_view(&mut reader, actor, room, &told).await?);
        }
        Ok(Listing { items, next })
    }

    /// One room.
    pub async fn room(&self, actor: &Actor, id: RoomId) -> Result<RoomView> {
        actor.need(Right::LookAround)?;
        self.view_of(&mut self.store().read().await?, actor, id).await
    }

    /// One room for whoever keeps it and asks for its passcode. The audit log says who asked, never what it is.
    pub async fn room_with_passcode(&self, actor: &Actor, id: RoomId) -> Result<RoomView> {
        let now = self.now();
        self.store()
            .write(|mut tx| async move {
                let room = self.room_to_keep(&mut tx, actor, id).await?;
                note_room(&mut tx, actor, "passcode-shown", (id, &room.title), "", now).await?;
                self.view_of(&mut tx, actor, id).await
            })
            .await
    }

    /// One room as `reader` sees it, which may be in the middle of a transaction.
    pub(super) async fn view_of(&self, reader: &mut Reader, actor: &Actor, id: RoomId) -> Result<RoomView> {
        let record = store::room::get(reader, id).await?.ok_or(Error::NotFound)?;
        let told = Told::read(reader).await?;
        self.room_view(reader, actor, record.room, &told).await
    }

    async fn room_view(&self, reader: &mut Reader, actor: &Actor, room: Room, told: &Told) -> Result<RoomView> {
        let now = self.now();
        let host = store::host::get(reader, room.connection, &room.host).await?;
        let mut alternative_hosts = Vec::new();
        for id in &room.alternative_hosts {
            alternative_hosts.extend(store::host::get(reader, room.connection, id).await?);
        }
        let told = told.about(room.connection);
        let settings = &self.inner.settings;
        Ok(RoomView {
            phase: room.phase(now, told),
            may_keep: actor.may_keep(&room),
            start: match start(actor, &room, room.door(now, told, Entrant::Host).is_ok()) {
                Start::Yes | Start::AfterConfirming if !may_be_host(reader, actor, &room).await? => Start::NotAllowed,
                start => start,
            },
            page_url: settings.address(&format!("/r/{}", path_segment(room.slug.as_str()))),
            permanent_url: settings.address(&format!("/m/{}", room.id)),
            work: work(reader, room.id).await?,
            host,
            alternative_hosts,
            room,
        })
    }

    /// The room for a change by `actor`, who must be allowed to make it.
    pub(super) async fn room_to_keep(&self, reader: &mut Reader, actor: &Actor, id: RoomId) -> Result<Room> {
        let record = store::room::get(reader, id).await?.ok_or(Error::NotFound)?;
        actor.need_rooms_of(&record.room.host)?;
        Ok(record.room)
    }
}

/// Whether `actor` may start `room`, whose door is open to hosts or not.
pub(super) fn start(actor: &Actor, room: &Room, open: bool) -> Start {
    let mine = actor.starts_as(room).is_some();
    match (open, mine, actor.may(Right::StartForOthers)) {
        (false, ..) => Start::NotNow,
        (true, true, _) => Start::Yes,
        (true, false, true) => Start::AfterConfirming,
        (true, false, false) => Start::NotYourHost,
    }
}

/// Whether the site may act for the Zoom user as whom `actor` would start `room`.
pub(super) async fn may_be_host(reader: &mut Reader, actor: &Actor, room: &Room) -> Result<bool> {
    let acts_as = actor.starts_as(room).unwrap_or(&room.host);
    // Whoever is kept is allowed: the others are forgotten when they are not. Only for them the list is looked up.
    if store::host::get(reader, room.connection, acts_as).await?.is_some() {
        return Ok(true);
    }
    let connection = store::connection::get(reader, room.connection).await?;
    Ok(connection.is_some_and(|connection| connection.allowed.is_everybody()))
}

async fn work(reader: &mut Reader, room: RoomId) -> Result<Option<Work>> {
    let jobs = store::job::open_of_room(reader, room).await?;
    let job = jobs.into_iter().find(|job| job.kind == JobKind::PushRoom);
    Ok(job.map(|job| Work {
        attempts: job.attempts,
        next_try_at: job.deadline_at.map_or(job.run_at, |deadline| deadline.max(job.run_at)),
        last_error: job.last_error.filter(|text| !text.is_empty()),
    }))
}

/// Where the page after this room begins; lists go by start, then id.
async fn cursor(reader: &mut Reader, after: Option<RoomId>) -> Result<Option<store::Cursor>> {
    let Some(id) = after else { return Ok(None) };
    let record = store::room::get_any(reader, id).await?.ok_or(Error::NotFound)?;
    let text = format!("{}.{id}", record.room.schedule.starts_at().as_millisecond());
    text.parse().map(Some).map_err(|_| Error::NotFound)
}

/// A slug as one part of an address.
fn path_segment(slug: &str) -> String {
    url::form_urlencoded::byte_serialize(slug.as_bytes()).collect()
}

/// The name of a room's host: as Zoom has it, or nothing where Zoom lists them no longer.
pub(crate) fn name_of(host: Option<&Host>) -> String {
    host.map(|h| h.name.clone()).unwrap_or_default()
}
