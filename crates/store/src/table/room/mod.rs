//! `room` and `room_word`: what the site publishes, how it stands at Zoom, and the words it is found by.

mod list;
mod of_connection;
mod raw;
mod words;

pub use list::{PAGE, RoomFilter, When, list, upcoming};
pub use of_connection::{
    Holdings, coming_of, forget_deleted, forget_of, holdings, keep_without_zoom, kept, refused_because,
};

use jiff::Timestamp;
use model::{AtZoom, ConnectionId, Room, RoomId, Slug, ZoomUserId};
use raw::Raw;
use secrecy::SecretString;

use crate::{
    engine::{Value, params, sql},
    error::{Error, Result},
    row::Row,
    tx::{Reader, Tx},
};

const TABLE: &str = "room";

/// A room and what only the outbox and the webhooks ask about.
#[derive(Clone, Debug)]
pub struct RoomRecord {
    /// The room.
    pub room: Room,
    /// Zoom's UUID of the meeting, as last told.
    pub zoom_uuid: Option<String>,
    /// The address at which Zoom's app lets visitors in, as last told. It carries the passcode in a form that only Zoom
    /// can make.
    pub join_url: Option<SecretString>,
    /// The version of the room that Zoom has.
    pub sent_version: Option<i64>,
    /// A digest of what Zoom was sent last; nothing where it may have changed there since.
    pub sent_digest: Option<SecretString>,
    /// When it was last changed, by whomever.
    pub updated_at: Timestamp,
    /// When it was deleted here; it is kept so that Zoom's meeting can still be found and deleted.
    pub deleted_at: Option<Timestamp>,
}

/// The room with this id, unless it was deleted.
pub async fn get(reader: &mut Reader, id: RoomId) -> Result<Option<RoomRecord>> {
    Ok(get_any(reader, id).await?.filter(|record| record.deleted_at.is_none()))
}

/// The room with this id, also a deleted one.
pub async fn get_any(reader: &mut Reader, id: RoomId) -> Result<Option<RoomRecord>> {
    one(reader, sql!("room/get"), params![id]).await
}

/// The room with this slug.
pub async fn by_slug(reader: &mut Reader, slug: &Slug) -> Result<Option<RoomRecord>> {
    one(reader, sql!("room/by_slug"), params![slug.as_str()]).await
}

/// The room that is this meeting or webinar at Zoom.
pub async fn by_number(reader: &mut Reader, connection: ConnectionId, number: i64) -> Result<Option<RoomRecord>> {
    one(reader, sql!("room/by_number"), params![connection, number]).await
}

async fn one(reader: &mut Reader, sql: &'static str, params: Vec<Value>) -> Result<Option<RoomRecord>> {
    let raw: Option<Raw> = reader.row("reading a room", sql, params).await?;
    raw.map(|raw| raw.parse(reader)).transpose()
}

/// Whether a room other than `except` has this slug.
pub async fn slug_is_taken(reader: &mut Reader, slug: &Slug, except: Option<RoomId>) -> Result<bool> {
    let params = params![slug.as_str(), except];
    Ok(reader.number("looking for a slug", sql!("room/slug_taken"), params).await? > 0)
}

/// How many rooms that have not ended at `now` have, or may have, a meeting in the connection's Zoom account.
pub async fn held_at_zoom(reader: &mut Reader, connection: ConnectionId, now: Timestamp) -> Result<i64> {
    reader.number("counting rooms at Zoom", sql!("room/held_at_zoom"), params![connection, now]).await
}

/// How many rooms of each host wait for Zoom.
pub async fn waiting_by_host(reader: &mut Reader, connection: ConnectionId) -> Result<Vec<(ZoomUserId, i64)>> {
    let raw: Vec<(String, i64)> =
        reader.rows("counting rooms that wait", sql!("room/waiting_by_host"), params![connection]).await?;
    let key = connection.to_string();
    let row = Row::of(TABLE, &key);
    raw.into_iter().map(|(host, rooms)| Ok((row.some("host_id", ZoomUserId::parse(&host))?, rooms))).collect()
}

/// `slug` where it is free, else the first free one of `slug-2`, `slug-3`, ….
pub async fn free_slug(reader: &mut Reader, slug: &Slug) -> Result<Slug> {
    let mut candidate = slug.clone();
    for number in 2.. {
        if !slug_is_taken(reader, &candidate, None).await? {
            break;
        }
        candidate = slug.numbered(number);
    }
    Ok(candidate)
}

/// Adds a room; [`Error::SlugTaken`] where another one has its slug.
pub async fn insert(tx: &mut Tx, room: &Room, now: Timestamp) -> Result<()> {
    tx.visitors_see_it();
    let mut params = change_params(tx, room)?;
    params.extend(params![room.connection, room.kind.as_str(), room.created_at, room.version, now]);
    if tx.run("adding a room", sql!("room/insert"), params).await? == 0 {
        return Err(Error::SlugTaken);
    }
    words::put(tx, room).await
}

/// Keeps what a person changed of a room that was read at `room.version`; the new version. [`Error::Stale`] where
/// somebody else changed it since. What Zoom told of it stays, but it waits for Zoom again.
pub async fn save(tx: &mut Tx, room: &Room, now: Timestamp) -> Result<i64> {
    tx.visitors_see_it();
    if slug_is_taken(tx, &room.slug, Some(room.id)).await? {
        return Err(Error::SlugTaken);
    }
    let mut params = change_params(tx, room)?;
    params.extend(params![room.version, room.connection, now]);
    let version: Option<(i64,)> = tx.row("saving a room", sql!("room/save"), params).await?;
    let (version,) = version.ok_or_else(|| stale(room.id))?;
    words::put(tx, room).await?;
    Ok(version)
}

/// The columns that a person sets, in the order of `insert` and `save`.
fn change_params(tx: &Tx, room: &Room) -> Result<Vec<Value>> {
    let id = room.id.to_string();
    let passcode = tx.seal(Row::of(TABLE, &id).place("passcode"), room.passcode.expose().as_bytes())?;
    let (schedule, options) = (&room.schedule, room.options);
    let (state, reason) = state_of(&room.at_zoom);
    let alternative_hosts: Vec<_> = room.alternative_hosts.iter().map(ZoomUserId::as_str).collect();
    Ok(params![
        id,
        room.title.as_str(),
        room.slug.as_str(),
        room.host.as_str(),
        schedule.zone().name(),
        schedule.local().to_string(),
        schedule.starts_at(),
        schedule.ends_at(),
        schedule.duration().get(),
        room.agenda.as_str(),
        passcode,
        options.waiting_room,
        options.join_before_host,
        options.host_video,
        options.participant_video,
        options.mute_on_entry,
        room.opens_before.get(),
        room.published,
        state,
        reason,
        serde_json::json!(alternative_hosts).to_string(),
    ])
}

fn state_of(at_zoom: &AtZoom) -> (&'static str, Option<&str>) {
    match at_zoom {
        AtZoom::Refused { reason } => (at_zoom.as_str(), Some(reason)),
        AtZoom::Waiting | AtZoom::Live | AtZoom::Unknown | AtZoom::Disconnected => (at_zoom.as_str(), None),
    }
}

/// Notes how the room stands at Zoom.
pub async fn set_at_zoom(tx: &mut Tx, id: RoomId, at_zoom: &AtZoom, now: Timestamp) -> Result<()> {
    tx.visitors_see_it();
    let (state, reason) = state_of(at_zoom);
    touched_one(tx.run("noting a room's state", sql!("room/set_at_zoom"), params![id, state, reason, now]).await?, id)
}

/// What Zoom has of a room.
#[derive(Clone, Copy, Debug)]
pub struct Landed<'a> {
    /// Zoom's number.
    pub number: i64,
    /// Zoom's UUID, where it was told.
    pub uuid: Option<&'a str>,
    /// The address for visitors, where it was told. What was known before is forgotten with it: it may carry an older
    /// passcode.
    pub join_url: Option<&'a SecretString>,
    /// The version of the room that was sent.
    pub version: i64,
    /// A digest of what was sent, where it is known.
    pub digest: Option<&'a SecretString>,
}

/// Notes that Zoom has the room at some version: live at Zoom where that is the present one, else it waits.
pub async fn landed(tx: &mut Tx, id: RoomId, landed: Landed<'_>, now: Timestamp) -> Result<()> {
    tx.visitors_see_it();
    let key = id.to_string();
    let place = Row::of(TABLE, &key).place("join_url");
    let join_url = landed.join_url.map(|url| tx.seal_text(place, url)).transpose()?;
    let place = Row::of(TABLE, &key).place("sent_digest");
    let digest = landed.digest.map(|digest| tx.seal_text(place, digest)).transpose()?;
    let params = params![id, landed.number, landed.uuid, landed.version, now, join_url, digest];
    touched_one(tx.run("noting a room at Zoom", sql!("room/landed"), params).await?, id)
}

/// Forgets Zoom's meeting, because Zoom says it is gone; the room waits to be made again.
pub async fn lost_at_zoom(tx: &mut Tx, id: RoomId, now: Timestamp) -> Result<()> {
    tx.visitors_see_it();
    touched_one(tx.run("forgetting a room at Zoom", sql!("room/lost_at_zoom"), params![id, now]).await?, id)
}

/// Notes that the meeting was changed at Zoom at `at`. Where that is later than what was sent last, somebody else did it,
/// and what is sent next may say again what was said before; whether it was.
pub async fn changed_at_zoom(tx: &mut Tx, id: RoomId, at: Timestamp) -> Result<bool> {
    Ok(tx.run("noting a change at Zoom", sql!("room/changed_at_zoom"), params![id, at]).await? > 0)
}

/// Notes that Zoom said the room started at `at`; false where that is older than what is known.
pub async fn started(tx: &mut Tx, id: RoomId, at: Timestamp) -> Result<bool> {
    let touched = tx.run("noting a start", sql!("room/started"), params![id, at]).await?;
    if touched > 0 {
        tx.visitors_see_it();
    }
    Ok(touched > 0)
}

/// Notes that Zoom said the room ended at `at`; false where that is older than what is known.
pub async fn ended(tx: &mut Tx, id: RoomId, at: Timestamp) -> Result<bool> {
    let touched = tx.run("noting an end", sql!("room/ended"), params![id, at]).await?;
    if touched > 0 {
        tx.visitors_see_it();
    }
    Ok(touched > 0)
}

/// Deletes the room for everybody here and gives its slug free; false where it was gone already.
pub async fn delete(tx: &mut Tx, id: RoomId, now: Timestamp) -> Result<bool> {
    tx.visitors_see_it();
    words::drop_all(tx, id).await?;
    Ok(tx.run("deleting a room", sql!("room/delete"), params![id, now]).await? > 0)
}

fn touched_one(touched: u64, id: RoomId) -> Result<()> {
    if touched == 0 { Err(stale(id)) } else { Ok(()) }
}

fn stale(id: RoomId) -> Error {
    Error::Stale { table: TABLE, row: id.to_string() }
}
