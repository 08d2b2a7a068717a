//! A row of `room`, and how it becomes a room.

use model::{
    Agenda, AlternativeHosts, AtZoom, Minutes, Passcode, Room, RoomOptions, Schedule, Slug, Title, Zone, ZoomUserId,
};
use secrecy::ExposeSecret as _;

use super::{RoomRecord, TABLE};
use crate::{error::Result, row::Row, tx::Reader};

#[derive(sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "they are the row's columns")]
pub(super) struct Raw {
    pub(super) id: String,
    connection_id: String,
    kind: String,
    title: String,
    slug: String,
    host_id: String,
    alternative_hosts: String,
    zone: String,
    pub(super) starts_at: i64,
    duration: i64,
    agenda: String,
    passcode: Vec<u8>,
    waiting_room: bool,
    join_before_host: bool,
    host_video: bool,
    participant_video: bool,
    mute_on_entry: bool,
    opens_before: i64,
    published: bool,
    has_cover: bool,
    at_zoom: String,
    at_zoom_reason: Option<String>,
    zoom_number: Option<i64>,
    zoom_uuid: Option<String>,
    join_url: Option<Vec<u8>>,
    sent_version: Option<i64>,
    sent_digest: Option<Vec<u8>>,
    live_since: Option<i64>,
    ended_at: Option<i64>,
    created_at: i64,
    updated_at: i64,
    deleted_at: Option<i64>,
    version: i64,
}

impl Raw {
    pub(super) fn parse(self, reader: &Reader) -> Result<RoomRecord> {
        let row = Row::of(TABLE, &self.id);
        let open = |column, sealed: Option<&[u8]>| {
            sealed.map(|sealed| reader.open_text(row.place(column), sealed)).transpose()
        };
        Ok(RoomRecord {
            room: self.room(reader, row)?,
            join_url: open("join_url", self.join_url.as_deref())?,
            sent_digest: open("sent_digest", self.sent_digest.as_deref())?,
            updated_at: row.instant("updated_at", self.updated_at)?,
            deleted_at: row.instant_some("deleted_at", self.deleted_at)?,
            sent_version: self.sent_version,
            zoom_uuid: self.zoom_uuid,
        })
    }

    fn room(&self, reader: &Reader, row: Row<'_>) -> Result<Room> {
        let passcode = reader.open_text(row.place("passcode"), &self.passcode)?;
        Ok(Room {
            id: row.parse("id", &self.id)?,
            connection: row.parse("connection_id", &self.connection_id)?,
            kind: row.parse("kind", &self.kind)?,
            title: row.take("title", Title::parse(&self.title))?,
            slug: row.take("slug", Slug::parse(&self.slug))?,
            host: row.some("host_id", ZoomUserId::parse(&self.host_id))?,
            alternative_hosts: self.alternative_hosts(row)?,
            schedule: self.schedule(row)?,
            agenda: row.take("agenda", Agenda::parse(&self.agenda))?,
            passcode: row.take("passcode", Passcode::parse(passcode.expose_secret()))?,
            options: RoomOptions {
                waiting_room: self.waiting_room,
                join_before_host: self.join_before_host,
                host_video: self.host_video,
                participant_video: self.participant_video,
                mute_on_entry: self.mute_on_entry,
            },
            opens_before: row.take("opens_before", Minutes::new(self.opens_before))?,
            published: self.published,
            has_cover: self.has_cover,
            at_zoom: self.at_zoom(row)?,
            zoom_number: self.zoom_number,
            live_since: row.instant_some("live_since", self.live_since)?,
            ended_at: row.instant_some("ended_at", self.ended_at)?,
            created_at: row.instant("created_at", self.created_at)?,
            version: self.version,
        })
    }

    fn alternative_hosts(&self, row: Row<'_>) -> Result<AlternativeHosts> {
        let ids: Vec<String> = row.take("alternative_hosts", serde_json::from_str(&self.alternative_hosts))?;
        row.take("alternative_hosts", AlternativeHosts::parse(ids.iter().map(String::as_str)))
    }

    fn schedule(&self, row: Row<'_>) -> Result<Schedule> {
        let zone = row.take("zone", Zone::parse(&self.zone))?;
        let duration = row.take("duration", Minutes::new(self.duration))?;
        Ok(Schedule::at(row.instant("starts_at", self.starts_at)?, zone, duration))
    }

    fn at_zoom(&self, row: Row<'_>) -> Result<AtZoom> {
        match self.at_zoom.as_str() {
            "waiting" => Ok(AtZoom::Waiting),
            "live" => Ok(AtZoom::Live),
            "unknown" => Ok(AtZoom::Unknown),
            "disconnected" => Ok(AtZoom::Disconnected),
            "refused" => Ok(AtZoom::Refused { reason: self.at_zoom_reason.clone().unwrap_or_default() }),
            _ => Err(row.corrupt("at_zoom")),
        }
    }
}
