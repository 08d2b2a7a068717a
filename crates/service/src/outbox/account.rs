//! Zoom's side of a room: what is sent for a meeting or a webinar, and what is read back.

use model::{Room, RoomId, RoomKind, ZoomUserId};
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};
use zoom_client::{
    Error, Found, MeetingChange, MeetingId, MeetingSettings, NewMeeting, NewWebinar, Place, UserId, WebinarChange,
    WebinarSettings, ZoomClient,
};

use super::agenda::room_of;

/// One Zoom account, as the outbox speaks to it.
#[derive(Clone, Debug)]
pub(crate) struct Account(pub(crate) ZoomClient);

/// A meeting or webinar that Zoom has.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) number: i64,
    pub(crate) uuid: Option<String>,
    /// The address for visitors, with the passcode in Zoom's own form.
    pub(crate) join_url: Option<SecretString>,
}

impl Made {
    fn new(id: MeetingId, uuid: Option<zoom_client::MeetingUuid>, join_url: Option<SecretString>) -> Self {
        let number = i64::try_from(id.get()).unwrap_or(i64::MAX);
        Self { number, uuid: uuid.map(|u| u.as_str().to_owned()), join_url }
    }
}

/// Whose a meeting or webinar is, as Zoom says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    /// The Zoom user who holds it.
    pub(crate) host: Option<String>,
    /// The room that its agenda names.
    pub(crate) room: Option<RoomId>,
}

/// What an update says.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Meeting(MeetingChange),
    Webinar(WebinarChange),
}

impl Change {
    /// All that Zoom is told of the room.
    pub(crate) fn of(room: &Room, agenda: String) -> Self {
        let (local, zone) = (room.schedule.local(), room.schedule.zone().name());
        let passcode = room.passcode.expose().to_owned();
        match room.kind {
            RoomKind::Meeting => Self::Meeting(
                MeetingChange::new()
                    .topic(room.title.as_str())
                    .starts_local(local, zone)
                    .duration(minutes(room))
                    .passcode(passcode)
                    .agenda(agenda)
                    .settings(meeting_settings(room)),
            ),
            RoomKind::Webinar => Self::Webinar(
                WebinarChange::new()
                    .topic(room.title.as_str())
                    .starts_local(local, zone)
                    .duration(minutes(room))
                    .passcode(passcode)
                    .agenda(agenda)
                    .settings(webinar_settings(room)),
            ),
        }
    }

    /// What tells this change from another one. The passcode is in it, so it is kept sealed.
    pub(crate) fn digest(&self) -> SecretString {
        let json = match self {
            Self::Meeting(change) => serde_json::to_vec(change),
            Self::Webinar(change) => serde_json::to_vec(change),
        };
        hex::encode(Sha256::digest(json.unwrap_or_default())).into()
    }
}

impl Account {
    /// Creates the room's meeting or webinar. Never call this twice for a room without having looked in between.
    pub(crate) async fn create(&self, room: &Room, agenda: String) -> Result<Made, Error> {
        let host = user(&room.host, "meetingCreate")?;
        let (local, zone) = (room.schedule.local(), room.schedule.zone().name());
        let passcode = room.passcode.expose().to_owned();
        match room.kind {
            RoomKind::Meeting => {
                let new = NewMeeting::new(room.title.as_str())
                    .starts_local(local, zone)
                    .duration(minutes(room))
                    .passcode(passcode)
                    .agenda(agenda)
                    .settings(meeting_settings(room));
                let made = self.0.meetings().create(&host, &new).await?;
                Ok(Made::new(made.id, made.uuid, made.join_url))
            }
            RoomKind::Webinar => {
                let new = NewWebinar::new(room.title.as_str())
                    .starts_local(local, zone)
                    .duration(minutes(room))
                    .passcode(passcode)
                    .agenda(agenda)
                    .settings(webinar_settings(room));
                let made = self.0.webinars().create(&host, &new).await?;
                Ok(Made::new(made.id, made.uuid, made.join_url))
            }
        }
    }

    /// Makes what Zoom has what the room is. May be sent any number of times.
    pub(crate) async fn update(&self, number: i64, change: Change) -> Result<(), Error> {
        let id = meeting_id(number, "meetingUpdate")?;
        match change {
            Change::Meeting(change) => self.0.meetings().update(id, &change).await,
            Change::Webinar(change) => self.0.webinars().update(id, &change).await,
        }
    }

    /// What Zoom has now. An update answers with nothing, and only Zoom can make the address for visitors anew.
    pub(crate) async fn read_back(&self, kind: RoomKind, number: i64) -> Result<Made, Error> {
        let id = meeting_id(number, "meeting")?;
        let (uuid, join_url) = match kind {
            RoomKind::Meeting => {
                let meeting = self.0.meetings().get(id).await?;
                (meeting.uuid, meeting.join_url)
            }
            RoomKind::Webinar => {
                let webinar = self.0.webinars().get(id).await?;
                (webinar.uuid, webinar.join_url)
            }
        };
        Ok(Made::new(id, uuid, join_url))
    }

    /// Deletes a meeting or webinar.
    pub(crate) async fn delete(&self, kind: RoomKind, number: i64) -> Result<(), Error> {
        let id = meeting_id(number, "meetingDelete")?;
        match kind {
            RoomKind::Meeting => self.0.meetings().delete(id).await,
            RoomKind::Webinar => self.0.webinars().delete(id).await,
        }
    }

    /// Looks through all the host's meetings or webinars for the one whose agenda names the room.
    pub(crate) async fn find(&self, kind: RoomKind, host: &ZoomUserId, room: RoomId) -> Result<Option<Made>, Error> {
        let host = user(host, "meetings")?;
        let mut found: Vec<Made> = match kind {
            RoomKind::Meeting => {
                let all = self.0.meetings().list(&host).await?;
                let ours = all.into_iter().filter(|m| names(m.agenda.as_deref(), room));
                ours.map(|m| Made::new(m.id, m.uuid, m.join_url)).collect()
            }
            RoomKind::Webinar => {
                let all = self.0.webinars().list(&host).await?;
                let ours = all.into_iter().filter(|w| names(w.agenda.as_deref(), room));
                ours.map(|w| Made::new(w.id, w.uuid, w.join_url)).collect()
            }
        };
        if found.len() > 1 {
            tracing::error!(%room, count = found.len(), "Zoom has this room more than once; the first one is taken");
        }
        found.sort_by_key(|made| made.number);
        Ok(found.into_iter().next())
    }

    /// Whose a meeting or webinar is.
    pub(crate) async fn facts(&self, kind: RoomKind, number: i64) -> Result<Facts, Error> {
        let id = meeting_id(number, "meeting")?;
        let (host, agenda) = match kind {
            RoomKind::Meeting => {
                let meeting = self.0.meetings().get(id).await?;
                (meeting.host_id, meeting.agenda)
            }
            RoomKind::Webinar => {
                let webinar = self.0.webinars().get(id).await?;
                (webinar.host_id, webinar.agenda)
            }
        };
        Ok(Facts { host, room: agenda.as_deref().and_then(room_of) })
    }
}

fn names(agenda: Option<&str>, room: RoomId) -> bool {
    agenda.and_then(room_of) == Some(room)
}

/// The Zoom user a stored id names; what Zoom gave us once is never malformed, a damaged row may be.
pub(crate) fn user(host: &ZoomUserId, operation: &'static str) -> Result<UserId, Error> {
    host.as_str().parse().map_err(|_| unreadable(operation, "userId"))
}

pub(crate) fn meeting_id(number: i64, operation: &'static str) -> Result<MeetingId, Error> {
    u64::try_from(number).ok().and_then(|n| MeetingId::new(n).ok()).ok_or_else(|| unreadable(operation, "meetingId"))
}

fn unreadable(operation: &'static str, field: &str) -> Error {
    // Nothing was sent: a status outside 2xx says so.
    Error::Unreadable { place: Place::Api, operation, status: 0, found: Found::Other, field: Some(field.into()) }
}

fn minutes(room: &Room) -> u32 {
    u32::try_from(room.schedule.duration().get()).unwrap_or(60)
}

/// The ids of the alternative hosts: Zoom takes ids as it takes addresses, and an id stays when an address changes. None
/// at all is sent, too: it takes away those whom Zoom has.
fn alternative_hosts(room: &Room) -> Vec<String> {
    room.alternative_hosts.iter().map(ToString::to_string).collect()
}

fn meeting_settings(room: &Room) -> MeetingSettings {
    let options = room.options;
    MeetingSettings::new()
        .waiting_room(options.waiting_room)
        // Zoom ignores it beside a waiting room; saying so keeps its answer and ours alike.
        .join_before_host(options.join_before_host && !options.waiting_room)
        .host_video(options.host_video)
        .participant_video(options.participant_video)
        .mute_upon_entry(options.mute_on_entry)
        .alternative_hosts(alternative_hosts(room))
}

fn webinar_settings(room: &Room) -> WebinarSettings {
    WebinarSettings::new().host_video(room.options.host_video).alternative_hosts(alternative_hosts(room))
}
