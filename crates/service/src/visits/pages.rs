//! The list of rooms and each room's page.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use model::{ConnectionId, Phase, Room, RoomId, Slug, ZoomUserId};
use store::{
    Reader,
    connection::Connection,
    room::{RoomFilter, RoomRecord, When},
};

use super::{NoBrowserJoin, RoomCard, RoomPage, cards, told::Told};
use crate::{
    Actor, Service,
    error::{Error, Result},
    rooms::name_of,
};

/// The most rooms of the list that are still to come.
const MOST: usize = 500;
/// How long after its planned end a room stays in the list, as one that is over.
const STAYS: SignedDuration = SignedDuration::from_hours(36);

impl Service {
    /// Published rooms: those that go on first, then those to come, next one first; last those that ended within a day
    /// and a half.
    pub async fn upcoming(&self) -> Result<Vec<RoomCard>> {
        let now = self.now();
        let mut reader = self.store().read().await?;
        let (told, names) = (Told::read(&mut reader).await?, names(&mut reader).await?);
        let (mut rooms, mut after) = (Vec::new(), None);
        loop {
            let page = store::room::upcoming(&mut reader, now, after.as_ref()).await?;
            rooms.extend(page.items);
            after = page.next;
            if after.is_none() || rooms.len() >= MOST {
                break;
            }
        }
        rooms.extend(self.just_ended(&mut reader, &rooms, now).await?);
        let card = |room: &Room| {
            let name = names.get(&(room.connection, room.host.clone())).map_or("", String::as_str);
            cards::card(room, name, now, told.about(room.connection))
        };
        let mut cards: Vec<_> = rooms.iter().map(card).collect();
        // Stable: within each part the order of time stays.
        cards.sort_by_key(|card| match card.phase {
            Phase::Live => 0,
            Phase::Upcoming { .. } | Phase::Open | Phase::Due | Phase::Paused => 1,
            Phase::Ended => 2,
        });
        Ok(cards)
    }

    async fn just_ended(&self, reader: &mut Reader, known: &[Room], now: Timestamp) -> Result<Vec<Room>> {
        let filter = RoomFilter { when: When::Past, published: Some(true), ..RoomFilter::default() };
        let past = store::room::list(reader, &filter, now).await?.items;
        let since = now.saturating_sub(STAYS).unwrap_or(Timestamp::MIN);
        let mut ended: Vec<Room> = past.into_iter().filter(|r| r.schedule.ends_at() >= since).collect();
        ended.retain(|room| known.iter().all(|other| other.id != room.id));
        Ok(ended)
    }

    /// A published room's page by its slug; a draft's only for a member who may keep or start it.
    pub async fn page(&self, slug: &Slug, asker: Option<&Actor>) -> Result<RoomPage> {
        let mut reader = self.store().read().await?;
        let record = store::room::by_slug(&mut reader, slug).await?;
        self.page_of(&mut reader, record, asker).await
    }

    /// The same by the permanent id.
    pub async fn page_by_id(&self, id: RoomId, asker: Option<&Actor>) -> Result<RoomPage> {
        let mut reader = self.store().read().await?;
        let record = store::room::get(&mut reader, id).await?;
        self.page_of(&mut reader, record, asker).await
    }

    async fn page_of(
        &self,
        reader: &mut Reader,
        record: Option<RoomRecord>,
        asker: Option<&Actor>,
    ) -> Result<RoomPage> {
        let room = record.ok_or(Error::NotFound)?.room;
        if !room.published && !asker.is_some_and(|actor| actor.may_see_unpublished(&room)) {
            return Err(Error::NotFound);
        }
        let host = store::host::get(reader, room.connection, &room.host).await?;
        let connection = store::connection::get(reader, room.connection).await?;
        let told = connection.as_ref().is_some_and(|connection| connection.webhooks_proven_at.is_some());
        let browser = connection.map_or(Err(NoBrowserJoin::NoSdkCredentials), |c| self.browser_join_of(&c));
        Ok(cards::page(&room, &name_of(host.as_ref()), self.now(), told, browser))
    }

    /// Whether rooms of this connection can be joined in the browser.
    pub(crate) async fn browser_join(&self, id: ConnectionId) -> Result<Result<(), NoBrowserJoin>> {
        let connection = store::connection::get(&mut self.store().read().await?, id).await?.ok_or(Error::NotFound)?;
        Ok(self.browser_join_of(&connection))
    }

    pub(crate) fn browser_join_of(&self, connection: &Connection) -> Result<(), NoBrowserJoin> {
        self.inner.settings.secure_address()?;
        let set = connection.sdk_key.is_some() && connection.sdk_secret.is_some();
        if set { Ok(()) } else { Err(NoBrowserJoin::NoSdkCredentials) }
    }
}

/// The names of all hosts.
async fn names(reader: &mut Reader) -> Result<HashMap<(ConnectionId, ZoomUserId), String>> {
    let mut names = HashMap::new();
    for connection in store::connection::list(reader).await? {
        let hosts = store::host::list(reader, connection.id).await?;
        names.extend(hosts.into_iter().map(|host| ((connection.id, host.id), host.name)));
    }
    Ok(names)
}
