//! Rooms as JSON: what programs read, what they send, and the draft that makes of it. No answer has a passcode.

use model::{
    Agenda, AlternativeHosts, Invalid, Minutes, Passcode, Phase, Problem, Room, RoomDraft, RoomKind, RoomOptions,
    Schedule, Slug, Title, ZoomUserId, spaced_number,
};
use serde::{Deserialize, Serialize};
use service::RoomView;
use utoipa::ToSchema;

use crate::standing::why_not;

/// A room.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Room)]
pub(crate) struct RoomJson {
    /// The permanent id.
    #[schema(format = "uuid")]
    id: String,
    #[schema(value_type = KindJson)]
    kind: RoomKind,
    title: String,
    /// The last part of the page's address.
    slug: String,
    /// The Zoom user who holds it.
    host: String,
    /// The Zoom users who may start it besides.
    alternative_hosts: Vec<String>,
    /// The host's name, while Zoom lists them.
    host_name: Option<String>,
    /// The start as clocks in `zone` show it.
    #[schema(example = "2026-11-30T19:30:00")]
    starts_at: String,
    /// An IANA time zone.
    #[schema(example = "Europe/Madrid")]
    zone: String,
    /// The planned length in minutes.
    duration: i64,
    /// The start in UTC.
    #[schema(format = "date-time")]
    starts_at_utc: String,
    /// The planned end in UTC.
    #[schema(format = "date-time")]
    ends_at_utc: String,
    /// Markdown.
    agenda: String,
    #[serde(flatten)]
    options: OptionsJson,
    /// From how many minutes before the start visitors may join.
    opens_before: i64,
    /// Whether visitors see it.
    published: bool,
    has_cover: bool,
    phase: PhaseJson,
    at_zoom: AtZoomJson,
    #[schema(format = "uri")]
    page_url: String,
    /// The address that stays when the slug changes.
    #[schema(format = "uri")]
    permanent_url: String,
    #[schema(format = "date-time")]
    created_at: String,
    /// Grows with every change; a PATCH that names it is refused when somebody else was faster.
    version: i64,
}

/// Meeting or webinar.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Kind)]
#[expect(dead_code, reason = "the schema of model::RoomKind, which knows nothing of OpenAPI")]
pub(crate) enum KindJson {
    Meeting,
    Webinar,
}

/// A room's switches. Webinars know `host_video` only.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Options)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent switches")]
pub(crate) struct OptionsJson {
    waiting_room: bool,
    join_before_host: bool,
    host_video: bool,
    participant_video: bool,
    mute_on_entry: bool,
}

/// Where a room is in its life.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Phase)]
pub(crate) enum PhaseJson {
    /// The door opens later.
    Upcoming,
    /// The door is open, the start is ahead.
    Open,
    /// It should have begun, and Zoom has not said so yet.
    Due,
    /// A call ended before the planned end, and whoever comes next begins another (people may enter before the host).
    Paused,
    Live,
    Ended,
}

/// How a room stands at Zoom.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AtZoom)]
pub(crate) struct AtZoomJson {
    /// `waiting`, `live`, `refused`, `unknown` or `disconnected` (its Zoom account was disconnected: it needs a host of
    /// another one).
    state: &'static str,
    /// Zoom's meeting or webinar number, once there is one.
    number: Option<i64>,
    /// The number as people read it.
    #[schema(example = "812 3456 7890")]
    spaced_number: Option<String>,
    /// Why Zoom refused and what to do, or what a room that waits is waiting for; null where there is nothing to tell.
    reason: Option<String>,
}

impl From<&RoomView> for RoomJson {
    fn from(view: &RoomView) -> Self {
        let room = &view.room;
        Self {
            id: room.id.to_string(),
            kind: room.kind,
            title: room.title.to_string(),
            slug: room.slug.to_string(),
            host: room.host.to_string(),
            alternative_hosts: room.alternative_hosts.iter().map(ToString::to_string).collect(),
            host_name: view.host.as_ref().map(|host| host.name.clone()),
            starts_at: room.schedule.local().to_string(),
            zone: room.schedule.zone().name().to_owned(),
            duration: room.schedule.duration().get(),
            starts_at_utc: room.schedule.starts_at().to_string(),
            ends_at_utc: room.schedule.ends_at().to_string(),
            agenda: room.agenda.as_str().to_owned(),
            options: room.options.into(),
            opens_before: room.opens_before.get(),
            published: room.published,
            has_cover: room.has_cover,
            phase: view.phase.into(),
            at_zoom: AtZoomJson::of(view),
            page_url: view.page_url.clone(),
            permanent_url: view.permanent_url.clone(),
            created_at: room.created_at.to_string(),
            version: room.version,
        }
    }
}

impl From<RoomOptions> for OptionsJson {
    fn from(options: RoomOptions) -> Self {
        let RoomOptions { waiting_room, join_before_host, host_video, participant_video, mute_on_entry } = options;
        Self { waiting_room, join_before_host, host_video, participant_video, mute_on_entry }
    }
}

impl From<Phase> for PhaseJson {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Upcoming { .. } => Self::Upcoming,
            Phase::Open => Self::Open,
            Phase::Due => Self::Due,
            Phase::Paused => Self::Paused,
            Phase::Live => Self::Live,
            Phase::Ended => Self::Ended,
        }
    }
}

impl AtZoomJson {
    fn of(view: &RoomView) -> Self {
        let (state, number) = (view.room.at_zoom.as_str(), view.room.zoom_number);
        Self { state, number, spaced_number: number.map(spaced_number), reason: why_not(view) }
    }
}

/// A room to be made. `title`, `host`, `starts_at` and `zone` are needed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRoom {
    /// `meeting` (the default) or `webinar`.
    #[schema(value_type = Option<KindJson>)]
    kind: Option<String>,
    /// Up to 200 characters.
    title: String,
    /// The id of a Zoom user, from `/api/v1/hosts`.
    host: String,
    /// The ids of licensed Zoom users who may start it besides, up to 20, from `/api/v1/hosts`; none where absent.
    alternative_hosts: Option<Vec<String>>,
    /// The start as clocks in `zone` show it. A time that they skip is refused, one that they show twice is the first.
    #[schema(example = "2026-11-30T19:30")]
    starts_at: String,
    /// An IANA time zone.
    #[schema(example = "Europe/Madrid")]
    zone: String,
    /// Minutes, 1 to 1440; 60 where absent.
    duration: Option<i64>,
    /// Markdown, up to 10,000 characters.
    agenda: Option<String>,
    /// Up to 10 of `a-z A-Z 0-9 @ - _ *`; made where absent. Never given back.
    passcode: Option<String>,
    /// Made from the title where absent.
    slug: Option<String>,
    waiting_room: Option<bool>,
    join_before_host: Option<bool>,
    host_video: Option<bool>,
    participant_video: Option<bool>,
    mute_on_entry: Option<bool>,
    /// Minutes, 1 to 1440; 15 where absent.
    opens_before: Option<i64>,
    /// Whether visitors see it; true where absent.
    published: Option<bool>,
}

/// What to change of a room. What is absent, or null, stays as it is.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoomChange {
    /// Refuses the change where the room is not at this version any more.
    pub(crate) version: Option<i64>,
    title: Option<String>,
    host: Option<String>,
    /// All of them: an empty list takes those away who were.
    alternative_hosts: Option<Vec<String>>,
    starts_at: Option<String>,
    zone: Option<String>,
    duration: Option<i64>,
    agenda: Option<String>,
    passcode: Option<String>,
    slug: Option<String>,
    waiting_room: Option<bool>,
    join_before_host: Option<bool>,
    host_video: Option<bool>,
    participant_video: Option<bool>,
    mute_on_entry: Option<bool>,
    opens_before: Option<i64>,
    published: Option<bool>,
}

impl NewRoom {
    /// The draft, or everything that is wrong with it.
    pub(crate) fn draft(&self) -> Result<RoomDraft, Vec<Invalid>> {
        let mut wrong = Wrong::default();
        let kind = wrong.take("kind", self.kind.as_deref().unwrap_or("meeting").parse::<RoomKind>());
        let title = wrong.take("title", Title::parse(&self.title));
        let host = wrong.take("host", ZoomUserId::parse(&self.host).ok_or(Problem::UnknownHost));
        let alternative_hosts = wrong.optional("alternative_hosts", alternatives(self.alternative_hosts.as_deref()));
        let schedule = wrong.schedule(&self.starts_at, &self.zone, self.duration.unwrap_or(60));
        let agenda = wrong.take("agenda", Agenda::parse(self.agenda.as_deref().unwrap_or_default()));
        let passcode = wrong.optional("passcode", self.passcode.as_deref().map(Passcode::parse));
        let slug = wrong.optional("slug", self.slug.as_deref().map(Slug::parse));
        let opens_before = wrong.take("opens_before", Minutes::new(self.opens_before.unwrap_or(15)));
        let (Some(kind), Some(title), Some(host), Some(schedule), Some(agenda), Some(opens_before)) =
            (kind, title, host, schedule, agenda, opens_before)
        else {
            return Err(wrong.0);
        };
        let options = RoomOptions {
            waiting_room: self.waiting_room.unwrap_or(false),
            join_before_host: self.join_before_host.unwrap_or(false),
            host_video: self.host_video.unwrap_or(true),
            participant_video: self.participant_video.unwrap_or(false),
            mute_on_entry: self.mute_on_entry.unwrap_or(true),
        };
        let published = self.published.unwrap_or(true);
        wrong.none_or(RoomDraft {
            kind,
            title,
            slug,
            host,
            alternative_hosts: alternative_hosts.unwrap_or_default(),
            schedule,
            agenda,
            passcode,
            options,
            opens_before,
            published,
        })
    }
}

impl RoomChange {
    /// The room as it is, changed; or everything that is wrong with the change.
    pub(crate) fn draft(&self, room: &Room) -> Result<RoomDraft, Vec<Invalid>> {
        let mut wrong = Wrong::default();
        let schedule = &room.schedule;
        let local = self.starts_at.clone().unwrap_or_else(|| schedule.local().to_string());
        let zone = self.zone.as_deref().unwrap_or(schedule.zone().name());
        let draft = RoomDraft {
            kind: room.kind,
            title: wrong.or("title", self.title.as_deref().map(Title::parse), &room.title),
            slug: Some(wrong.or("slug", self.slug.as_deref().map(Slug::parse), &room.slug)),
            host: wrong.or(
                "host",
                self.host.as_deref().map(|h| ZoomUserId::parse(h).ok_or(Problem::UnknownHost)),
                &room.host,
            ),
            alternative_hosts: wrong.or(
                "alternative_hosts",
                alternatives(self.alternative_hosts.as_deref()),
                &room.alternative_hosts,
            ),
            schedule: if self.starts_at.is_none() && self.zone.is_none() && self.duration.is_none() {
                schedule.clone()
            } else {
                let minutes = self.duration.unwrap_or(schedule.duration().get());
                wrong.schedule(&local, zone, minutes).unwrap_or_else(|| schedule.clone())
            },
            agenda: wrong.or("agenda", self.agenda.as_deref().map(Agenda::parse), &room.agenda),
            passcode: wrong.optional("passcode", self.passcode.as_deref().map(Passcode::parse)),
            options: RoomOptions {
                waiting_room: self.waiting_room.unwrap_or(room.options.waiting_room),
                join_before_host: self.join_before_host.unwrap_or(room.options.join_before_host),
                host_video: self.host_video.unwrap_or(room.options.host_video),
                participant_video: self.participant_video.unwrap_or(room.options.participant_video),
                mute_on_entry: self.mute_on_entry.unwrap_or(room.options.mute_on_entry),
            },
            opens_before: wrong.or("opens_before", self.opens_before.map(Minutes::new), &room.opens_before),
            published: self.published.unwrap_or(room.published),
        };
        wrong.none_or(draft)
    }
}

fn alternatives(ids: Option<&[String]>) -> Option<Result<AlternativeHosts, Problem>> {
    ids.map(|ids| AlternativeHosts::parse(ids.iter().map(String::as_str)))
}

/// What was wrong so far.
#[derive(Default)]
struct Wrong(Vec<Invalid>);

impl Wrong {
    fn take<T>(&mut self, field: &'static str, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.0.push(problem.at(field))).ok()
    }

    fn optional<T>(&mut self, field: &'static str, read: Option<Result<T, Problem>>) -> Option<T> {
        read.and_then(|read| self.take(field, read))
    }

    fn or<T: Clone>(&mut self, field: &'static str, read: Option<Result<T, Problem>>, present: &T) -> T {
        self.optional(field, read).unwrap_or_else(|| present.clone())
    }

    fn schedule(&mut self, local: &str, zone: &str, minutes: i64) -> Option<Schedule> {
        Schedule::parse(local, zone, &minutes.to_string()).map_err(|found| self.0.extend(found)).ok()
    }

    fn none_or<T>(self, value: T) -> Result<T, Vec<Invalid>> {
        if self.0.is_empty() { Ok(value) } else { Err(self.0) }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use model::{AtZoom, ConnectionId, RoomId, Zone};
    use proptest::prelude::*;

    use super::*;

    fn new_room(json: &str) -> Result<RoomDraft, Vec<&'static str>> {
        let room: NewRoom = serde_json::from_str(json).unwrap();
        room.draft().map_err(|wrong| wrong.iter().map(|invalid| invalid.field).collect())
    }

    fn room() -> Room {
        let start: Timestamp = "2026-10-25T01:30:00Z".parse().unwrap();
        Room {
            id: RoomId::from_parts(0, [1; 10]),
            connection: ConnectionId::from_parts(0, [2; 10]),
            kind: RoomKind::Webinar,
            title: Title::parse("Clinic").unwrap(),
            slug: Slug::parse("clinic").unwrap(),
            host: ZoomUserId::parse("u1").unwrap(),
            alternative_hosts: AlternativeHosts::parse(["u2"]).unwrap(),
            schedule: Schedule::at(start, Zone::parse("Europe/Madrid").unwrap(), Minutes::new(45).unwrap()),
            agenda: Agenda::parse("Bring *notes*").unwrap(),
            passcode: Passcode::parse("abc").unwrap(),
            options: RoomOptions { waiting_room: true, ..RoomOptions::default() },
            opens_before: Minutes::new(10).unwrap(),
            published: false,
            has_cover: false,
            at_zoom: AtZoom::Live,
            zoom_number: Some(81_234_567_890),
            live_since: None,
            ended_at: None,
            created_at: start,
            version: 7,
        }
    }

    #[test]
    fn four_fields_are_enough_for_a_room() {
        let draft = new_room(r#"{"title":"Clinic","host":"u1","starts_at":"2026-11-30T19:30","zone":"UTC"}"#).unwrap();
        assert_eq!((draft.kind, draft.schedule.duration().get(), draft.published), (RoomKind::Meeting, 60, true));
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let json = r#"{"kind":"party","title":" ","host":"a b","alternative_hosts":["a b"],"starts_at":"soon","zone":"Mars","duration":0,
                       "passcode":"é","slug":"A B","opens_before":-1}"#;
        assert_eq!(
            new_room(json).unwrap_err(),
            [
                "kind",
                "title",
                "host",
                "alternative_hosts",
                "starts_at",
                "zone",
                "duration",
                "passcode",
                "slug",
                "opens_before"
            ]
        );
    }

    #[test]
    fn an_empty_change_changes_nothing_not_even_a_start_that_clocks_show_twice() {
        let (room, change) = (room(), RoomChange::default());
        let draft = change.draft(&room).unwrap();
        assert_eq!(draft.schedule, room.schedule);
        assert_eq!((draft.title, draft.options, draft.published), (room.title, room.options, room.published));
        assert!(draft.passcode.is_none());
        assert_eq!(draft.alternative_hosts, room.alternative_hosts);
    }

    #[test]
    fn alternative_hosts_are_replaced_as_a_whole_and_an_empty_list_takes_them_away() {
        let of =
            |json: &str| serde_json::from_str::<RoomChange>(json).unwrap().draft(&room()).unwrap().alternative_hosts;
        assert_eq!(of(r#"{"alternative_hosts":["u4","u3","u4"]}"#), AlternativeHosts::parse(["u3", "u4"]).unwrap());
        assert!(of(r#"{"alternative_hosts":[]}"#).is_empty());
        assert!(!of(r#"{"alternative_hosts":null}"#).is_empty());
    }

    #[test]
    fn a_change_of_the_zone_keeps_the_local_time() {
        let change: RoomChange = serde_json::from_str(r#"{"zone":"Asia/Tokyo"}"#).unwrap();
        let draft = change.draft(&room()).unwrap();
        assert_eq!(draft.schedule.local(), room().schedule.local());
        assert_eq!(draft.schedule.zone().name(), "Asia/Tokyo");
    }

    proptest! {
        #[test]
        fn any_texts_are_answered(texts in prop::collection::vec(any::<String>(), 7), number in any::<i64>()) {
            let json = serde_json::json!({
                "kind": texts[0], "title": texts[1], "host": texts[2], "starts_at": texts[3], "zone": texts[4],
                "passcode": texts[5], "slug": texts[6], "duration": number, "opens_before": number,
            });
            let room: NewRoom = serde_json::from_value(json).unwrap();
            prop_assert!(room.draft().map_or_else(|wrong| !wrong.is_empty(), |_| true));
        }
    }
}
