//! Rooms that were kept when their Zoom account was disconnected, and giving all of them a host at once.

use jiff::{SignedDuration, Timestamp};
use model::{AlternativeHosts, AtZoom, Host, Problem, Right, Room, RoomKind, ZoomUserId};
use store::{
    Reader,
    connection::Connection,
    job::{JobKind, NewJob},
};

use crate::{
    Actor, Service,
    audit::note_room,
    connections::connection_of_host,
    error::{Error, Result},
    outbox::pace::later,
    quota::{PLANS_A_DAY, days_between, forecast},
};

/// What it takes to give the kept rooms to one host.
#[derive(Clone, Debug)]
pub struct Adoption {
    /// Who is to hold them.
    pub host: Host,
    /// The rooms that go to them.
    pub rooms: Vec<Room>,
    /// Those that stay as they are: webinars, where the host cannot hold any.
    pub stay: Vec<Room>,
    /// How many of the rooms are webinars, where nobody knows whether the host has the add-on: Zoom may refuse them.
    pub unsure: usize,
    /// Whether what was made for the host earlier today is not known: the account was connected today.
    pub since_today: bool,
    /// How many creations and changes the host has left today, as far as is known, beside what waits already.
    pub left_today: u32,
    /// From when on the last of them is made at Zoom; now, where all of them are today.
    pub through: Timestamp,
    /// On how many days of UTC they are made, today included.
    pub days: u32,
    /// How many more hosts would hold them all today.
    pub more_hosts: u32,
}

impl Service {
    /// The rooms that were kept when their account was disconnected and have not ended, the next one first.
    pub async fn kept_rooms(&self, actor: &Actor) -> Result<Vec<Room>> {
        actor.need(Right::KeepAllRooms)?;
        Ok(kept(&mut self.store().read().await?, self.now()).await?)
    }

    /// How many they are.
    pub async fn count_kept_rooms(&self, actor: &Actor) -> Result<usize> {
        actor.need(Right::KeepAllRooms)?;
        Ok(store::room::kept(&mut self.store().read().await?, self.now()).await?.len())
    }

    /// What it takes to give them to this host, by what Zoom takes in a day. Nothing is changed.
    pub async fn adoption(&self, actor: &Actor, host: &ZoomUserId) -> Result<Adoption> {
        actor.need(Right::KeepAllRooms)?;
        let now = self.now();
        let mut reader = self.store().read().await?;
        let (connection, host) = adopter(&mut reader, host).await?;
        let (rooms, stay): (Vec<Room>, Vec<Room>) =
            kept(&mut reader, now).await?.into_iter().partition(|room| can_hold(&host, room));
        let days = store::host_day::of_day(&mut reader, connection.id, now).await?;
        let day = days.iter().find(|day| day.host == host.id);
        let used = day.map_or(0, |day| if day.refused { PLANS_A_DAY } else { figure(day.used) });
        let waiting = store::room::waiting_by_host(&mut reader, connection.id).await?;
        let waiting = waiting.iter().find(|(id, _)| *id == host.id).map_or(0, |(_, rooms)| figure(*rooms));
        let wanted = u32::try_from(rooms.len()).unwrap_or(u32::MAX);
        let left_today = PLANS_A_DAY.saturating_sub(used).saturating_sub(waiting);
        let through = forecast(now, used, wanted.saturating_add(waiting));
        let (days, more_hosts) = match wanted {
            0 => (0, 0),
            _ => (days_between(now, through), wanted.saturating_sub(left_today).div_ceil(PLANS_A_DAY)),
        };
        let is_webinar = |room: &&Room| room.kind == RoomKind::Webinar && host.webinars.is_none();
        let unsure = rooms.iter().filter(is_webinar).count();
        let since_today = days_between(connection.created_at, now) == 1;
        Ok(Adoption { host, rooms, stay, unsure, since_today, left_today, through, days, more_hosts })
    }

    /// Gives them to this host: their meetings are made in the host's account, at the pace that Zoom allows. How many
    /// went.
    pub async fn adopt(&self, actor: &Actor, host: &ZoomUserId) -> Result<usize> {
        actor.need(Right::KeepAllRooms)?;
        let now = self.now();
        self.store()
            .write(|mut tx| async move {
                let (connection, host) = adopter(&mut tx, host).await?;
                let mut gone: usize = 0;
                for room in kept(&mut tx, now).await?.into_iter().filter(|room| can_hold(&host, room)) {
                    let room = Room {
                        connection: connection.id,
                        host: host.id.clone(),
                        alternative_hosts: AlternativeHosts::default(),
                        at_zoom: AtZoom::Waiting,
                        ..room
                    };
                    store::room::save(&mut tx, &room, now).await?;
                    // The next one first: those of tomorrow wait where the day's hundred are used up.
                    let turn = SignedDuration::from_millis(i64::try_from(gone).unwrap_or(i64::MAX));
                    let job = NewJob::for_room(JobKind::PushRoom, connection.id, room.id, later(now, turn));
                    store::job::enqueue(&mut tx, &job, now).await?;
                    let whose = format!("host: {}", host.name);
                    note_room(&mut tx, actor, "room-changed", (room.id, &room.title), &whose, now).await?;
                    gone = gone.saturating_add(1);
                }
                Ok(gone)
            })
            .await
    }
}

async fn kept(reader: &mut Reader, now: Timestamp) -> Result<Vec<Room>, store::Error> {
    let mut rooms = Vec::new();
    for id in store::room::kept(reader, now).await? {
        rooms.extend(store::room::get(reader, id).await?.map(|record| record.room));
    }
    Ok(rooms)
}

/// The account of this host, who must be one of its active users.
async fn adopter(reader: &mut Reader, id: &ZoomUserId) -> Result<(Connection, Host)> {
    let unknown = || Error::field("host", Problem::UnknownHost);
    let connection = connection_of_host(reader, id, None).await?.ok_or_else(unknown)?;
    let host = store::host::get(reader, connection.id, id).await?.filter(|host| host.active).ok_or_else(unknown)?;
    Ok((connection, host))
}

/// Whether the host can hold a room of this kind, as far as is known.
fn can_hold(host: &Host, room: &Room) -> bool {
    room.kind != RoomKind::Webinar || host.webinars != Some(false)
}

fn figure(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
