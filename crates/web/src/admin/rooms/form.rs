//! The form for a room: what somebody typed, kept as typed, and the draft that it makes.

use bytes::Bytes;
use jiff::{Timestamp, ToSpan as _, Unit, civil::DateTime};
use model::{
    Agenda, AlternativeHosts, Host, Invalid, Minutes, Passcode, Problem, Room, RoomDraft, RoomKind, RoomOptions,
    Schedule, Slug, Title, Zone, ZoomUserId,
};
use serde::Serialize;

use crate::admin::typed::Typed;

/// The most bytes of a cover.
pub(crate) const MAX_COVER: usize = 5 * 1024 * 1024;

/// What the form holds. The passcode and the picture never go back to the browser.
#[derive(Default, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a checkbox of the form")]
pub(crate) struct RoomForm {
    pub(crate) kind: String,
    pub(crate) title: String,
    /// The id of a Zoom user, or what was typed that is none.
    pub(crate) host: String,
    /// The same of those who may start it besides.
    pub(crate) alternative_hosts: Vec<String>,
    pub(crate) date: String,
    pub(crate) time: String,
    pub(crate) zone: String,
    pub(crate) duration: String,
    pub(crate) agenda: String,
    pub(crate) slug: String,
    pub(crate) opens_before: String,
    pub(crate) published: bool,
    pub(crate) waiting_room: bool,
    pub(crate) join_before_host: bool,
    pub(crate) host_video: bool,
    pub(crate) participant_video: bool,
    pub(crate) mute_on_entry: bool,
    pub(crate) remove_cover: bool,
    /// The version that was edited; empty for a new room.
    pub(crate) version: String,
    #[serde(skip)]
    passcode: String,
    #[serde(skip)]
    pub(crate) cover: Option<Bytes>,
}

impl RoomForm {
    /// The form for a new room: the next full hour in `zone`, an hour long.
    pub(crate) fn fresh(now: Timestamp, zone: &Zone, host: &str) -> Self {
        let next = next_full_hour(zone.local(now));
        Self {
            kind: RoomKind::Meeting.as_str().into(),
            host: host.into(),
            date: next.strftime("%Y-%m-%d").to_string(),
            time: next.strftime("%H:%M").to_string(),
            zone: zone.name().into(),
            duration: "60".into(),
            opens_before: "15".into(),
            published: true,
            host_video: true,
            mute_on_entry: true,
            ..Self::default()
        }
    }

    /// The form that shows a room as it is.
    pub(crate) fn of(room: &Room) -> Self {
        let (local, options) = (room.schedule.local(), room.options);
        Self {
            kind: room.kind.as_str().into(),
            title: room.title.to_string(),
            host: room.host.to_string(),
            alternative_hosts: room.alternative_hosts.iter().map(ToString::to_string).collect(),
            date: local.strftime("%Y-%m-%d").to_string(),
            time: local.strftime("%H:%M").to_string(),
            zone: room.schedule.zone().name().into(),
            duration: room.schedule.duration().get().to_string(),
            agenda: room.agenda.as_str().into(),
            slug: room.slug.to_string(),
            opens_before: room.opens_before.get().to_string(),
            published: room.published,
            waiting_room: options.waiting_room,
            join_before_host: options.join_before_host,
            host_video: options.host_video,
            participant_video: options.participant_video,
            mute_on_entry: options.mute_on_entry,
            version: room.version.to_string(),
            ..Self::default()
        }
    }

    /// What was typed.
    pub(crate) fn read(typed: &Typed) -> Self {
        let text = |name| typed.text(name).to_owned();
        Self {
            kind: text("kind"),
            title: text("title"),
            host: text("host"),
            alternative_hosts: typed
                .texts("alternative_hosts")
                .flat_map(|text| text.split([',', ';']))
                .map(str::trim)
                .filter(|one| !one.is_empty())
                .map(str::to_owned)
                .collect(),
            date: text("date"),
            time: text("time"),
            zone: text("zone"),
            duration: text("duration"),
            agenda: text("agenda"),
            slug: text("slug"),
            opens_before: text("opens_before"),
            published: typed.text("published") == "yes",
            waiting_room: typed.ticked("waiting_room"),
            join_before_host: typed.ticked("join_before_host"),
            host_video: typed.ticked("host_video"),
            participant_video: typed.ticked("participant_video"),
            mute_on_entry: typed.ticked("mute_on_entry"),
            remove_cover: typed.ticked("remove_cover"),
            version: text("version"),
            passcode: text("passcode"),
            cover: typed.file("cover"),
        }
    }

    /// Takes addresses of `hosts` for the ids that a room keeps; what is nobody's stays as typed.
    pub(crate) fn read_addresses(&mut self, hosts: &[Host]) {
        for typed in std::iter::once(&mut self.host).chain(&mut self.alternative_hosts) {
            let found = hosts.iter().find(|host| host.email.as_str().eq_ignore_ascii_case(typed.trim()));
            if let Some(host) = found {
                *typed = host.id.to_string();
            }
        }
    }

    /// The version that was edited, where the form says one.
    pub(crate) fn version(&self) -> Option<i64> {
        self.version.parse().ok()
    }

    /// The room that the form asks for, or everything that is wrong with it.
    pub(crate) fn draft(&self) -> Result<RoomDraft, Vec<Invalid>> {
        let mut wrong = Vec::new();
        let kind = take(&mut wrong, "kind", self.kind.parse::<RoomKind>());
        let title = take(&mut wrong, "title", Title::parse(&self.title));
        let host = take(&mut wrong, "host", host(&self.host));
        let alternatives = self.alternative_hosts.iter().map(String::as_str);
        let alternatives = take(&mut wrong, "alternative_hosts", AlternativeHosts::parse(alternatives));
        let schedule = self.schedule(&mut wrong);
        let agenda = take(&mut wrong, "agenda", Agenda::parse(&self.agenda));
        let passcode = take(&mut wrong, "passcode", optional(&self.passcode, Passcode::parse));
        let opens_before = take(&mut wrong, "opens_before", Minutes::parse(&self.opens_before));
        let slug = take(&mut wrong, "slug", optional(&self.slug, Slug::parse));
        if let Some(problem) = self.cover_problem() {
            wrong.push(problem.at("cover"));
        }
        match (kind, title, host, alternatives, schedule, agenda, passcode, opens_before, slug) {
            (
                Some(kind),
                Some(title),
                Some(host),
                Some(alternative_hosts),
                Some(schedule),
                Some(agenda),
                Some(passcode),
                Some(opens_before),
                Some(slug),
            ) if wrong.is_empty() => Ok(RoomDraft {
                kind,
                title,
                slug,
                host,
                alternative_hosts,
                schedule,
                agenda,
                passcode,
                options: self.options(),
                opens_before,
                published: self.published,
            }),
            _ => Err(wrong),
        }
    }

    fn options(&self) -> RoomOptions {
        RoomOptions {
            waiting_room: self.waiting_room,
            join_before_host: self.join_before_host,
            host_video: self.host_video,
            participant_video: self.participant_video,
            mute_on_entry: self.mute_on_entry,
        }
    }

    /// Date and time are two fields here and one value in the model: an absent one is named by itself.
    fn schedule(&self, wrong: &mut Vec<Invalid>) -> Option<Schedule> {
        let (date, time) = (self.date.trim(), self.time.trim());
        let missing = [("date", date), ("time", time)].into_iter().filter(|(_, text)| text.is_empty());
        let before = wrong.len();
        wrong.extend(missing.map(|(field, _)| Problem::Missing.at(field)));
        let both = if wrong.len() > before { "2000-01-01T12:00".into() } else { format!("{date}T{time}") };
        let schedule = Schedule::parse(&both, &self.zone, &self.duration).map_err(|found| wrong.extend(found)).ok();
        if wrong.len() > before { None } else { schedule }
    }

    fn cover_problem(&self) -> Option<Problem> {
        let cover = self.cover.as_ref()?;
        if cover.len() > MAX_COVER {
            Some(Problem::OutOfRange { min: 1, max: 5 })
        } else if is_picture(cover) {
            None
        } else {
            Some(Problem::NotAChoice)
        }
    }
}

fn take<T>(wrong: &mut Vec<Invalid>, field: &'static str, read: Result<T, Problem>) -> Option<T> {
    read.map_err(|problem| wrong.push(problem.at(field))).ok()
}

fn optional<T>(raw: &str, parse: impl Fn(&str) -> Result<T, Problem>) -> Result<Option<T>, Problem> {
    if raw.trim().is_empty() { Ok(None) } else { parse(raw).map(Some) }
}

fn host(raw: &str) -> Result<ZoomUserId, Problem> {
    if raw.is_empty() { Err(Problem::Missing) } else { ZoomUserId::parse(raw).ok_or(Problem::UnknownHost) }
}

/// Whether the bytes begin as JPEG, PNG or WebP do.
fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xd8\xff")
        || bytes.starts_with(b"\x89PNG\r\n\x1a\n")
        || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"))
}

fn next_full_hour(local: DateTime) -> DateTime {
    let hour = local.round(jiff::civil::DateTimeRound::new().smallest(Unit::Hour).mode(jiff::RoundMode::Floor));
    hour.and_then(|hour| hour.checked_add(1.hour())).unwrap_or(local)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn form(fields: &str) -> RoomForm {
        RoomForm::read(&Typed::of_urlencoded(fields.as_bytes()))
    }

    fn fields(form: &RoomForm) -> Vec<&'static str> {
        form.draft().unwrap_err().iter().map(|invalid| invalid.field).collect()
    }

    fn fresh() -> RoomForm {
        let now: Timestamp = "2026-11-23T21:10:30Z".parse().unwrap();
        RoomForm { title: "Clinic".into(), ..RoomForm::fresh(now, &Zone::parse("Europe/Madrid").unwrap(), "u1") }
    }

    #[test]
    fn a_title_is_enough_for_a_room_at_the_next_full_hour() {
        let draft = fresh().draft().unwrap();
        assert_eq!(draft.schedule.local().to_string(), "2026-11-23T23:00:00");
        assert_eq!(draft.schedule.zone().name(), "Europe/Madrid");
        assert!(draft.passcode.is_none() && draft.slug.is_none() && draft.published);
    }

    #[test]
    fn an_empty_form_names_every_field_that_is_needed() {
        assert_eq!(fields(&form("")), ["kind", "title", "host", "date", "time", "zone", "duration", "opens_before"]);
    }

    #[test]
    fn boxes_and_addresses_name_the_same_people_and_nobody_elses_address_is_lost() {
        let one = |id: &str, email: &str| Host {
            id: ZoomUserId::parse(id).unwrap(),
            email: model::Email::parse(email).unwrap(),
            name: id.into(),
            licensed: true,
            webinars: None,
            zone: None,
            active: true,
        };
        let hosts = [one("u1", "ada@example.org"), one("u2", "ben@example.org"), one("u3", "cy@example.org")];
        let people = "alternative_hosts=u3&alternative_hosts=Ben%40Example.org%2C+%3B";
        let mut form =
            RoomForm { alternative_hosts: form(people).alternative_hosts, host: "ada@example.org ".into(), ..fresh() };
        form.read_addresses(&hosts);
        let draft = form.draft().unwrap();
        assert_eq!(
            (draft.host.as_str(), draft.alternative_hosts),
            ("u1", AlternativeHosts::parse(["u2", "u3"]).unwrap())
        );
        form.alternative_hosts.push("dee@example.org".into());
        form.read_addresses(&hosts);
        let wrong = form.draft().unwrap_err();
        assert_eq!(wrong, [Problem::NotAlternative { who: "dee@example.org".into() }.at("alternative_hosts")]);
    }

    #[test]
    fn a_time_that_clocks_skip_is_said_at_the_start() {
        let form = RoomForm { date: "2027-03-28".into(), time: "02:30".into(), ..fresh() };
        assert_eq!(form.draft().unwrap_err(), [Problem::InGap { next: "2027-03-28T03:30".into() }.at("starts_at")]);
    }

    #[test]
    fn a_missing_date_does_not_hide_an_unknown_zone() {
        let form = RoomForm { date: String::new(), zone: "Mars/Olympus".into(), ..fresh() };
        assert_eq!(fields(&form), ["date", "zone"]);
    }

    #[test]
    fn a_drawing_with_scripts_is_no_cover_whatever_its_name() {
        let mut form = fresh();
        form.cover = Some(Bytes::from_static(b"<svg xmlns='http://www.w3.org/2000/svg'/>"));
        assert_eq!(fields(&form), ["cover"]);
        form.cover = Some(Bytes::from_static(b"RIFF\0\0\0\0WEBPVP8 "));
        assert!(form.draft().is_ok());
        form.cover = Some([b"\xff\xd8\xff".to_vec(), vec![0; MAX_COVER]].concat().into());
        assert_eq!(fields(&form), ["cover"]);
    }

    #[test]
    fn the_passcode_is_not_in_what_goes_back_to_the_browser() {
        let form = form("title=Clinic&passcode=hunter2hunter2");
        assert!(fields(&form).contains(&"passcode"));
        assert!(!serde_json::to_string(&form).unwrap().contains("hunter2"));
    }

    proptest! {
        #[test]
        fn any_bytes_make_a_draft_or_a_list_of_problems(bytes in any::<Vec<u8>>()) {
            let form = RoomForm::read(&Typed::of_urlencoded(&bytes));
            prop_assert!(form.draft().is_ok() || !fields(&form).is_empty());
        }

        #[test]
        fn any_values_make_a_draft_or_a_list_of_problems(
            values in prop::collection::vec(any::<String>(), 8), cover in prop::option::of(any::<Vec<u8>>()),
        ) {
            let [title, host, date, time, zone, duration, slug, passcode] = <[String; 8]>::try_from(values).unwrap();
            let form = RoomForm { title, host, date, time, zone, duration, slug, passcode, cover: cover.map(Into::into), ..fresh() };
            prop_assert!(form.draft().is_ok() || !fields(&form).is_empty());
        }
    }
}
