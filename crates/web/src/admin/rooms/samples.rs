//! Examples of the pages of rooms: empty, usual, wrong, too many, titles of every script and length.

use jiff::Timestamp;
use model::{
    Agenda, AlternativeHosts, AtZoom, AuditId, ConnectionId, Host, Minutes, Passcode, Phase, Problem, Role, Room,
    RoomId, RoomKind, RoomOptions, Schedule, Slug, Title, Zone, ZoomUserId,
};
use service::{AuditLine, RoomView, Start, Work};

use super::{
    choices::{Choices, HostChoice, HostChoices},
    delete::DeletePage,
    detail::{RoomDetail, WorkNote, alternative_hosts, options},
    form::RoomForm,
    list::{Notice, RoomsPage, Show},
    preview::PreviewPage,
    row::RoomRow,
    sheet::{LABELS, RoomFormPage},
    start::StartPage,
};
use crate::{
    admin::{
        audit::Entry,
        inside::{Content, Shell},
        wrong::{Wrong, slug_offer},
    },
    pages::Sample,
    visitor::{EmbedCode, render_markdown},
};

fn sample<P: Content>(name: &'static str, page: &P, role: Role, said: Option<&str>) -> Sample {
    Sample::within(name, page, &Shell::of("Ada Okafor".into(), role, P::PLACE, said))
}

fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_796_061_600 + minutes * 60).unwrap()
}

/// Somebody who may start the rooms of `host`, too.
fn alternative(host: &Host) -> Host {
    Host { id: ZoomUserId::parse("sbxUser2").unwrap(), name: "Ben Carter".into(), ..host.clone() }
}

/// A room as members see it.
pub(crate) fn view(seed: u8, title: &str, zone: &str, starts: i64, at_zoom: AtZoom) -> RoomView {
    let title = Title::parse(title).unwrap();
    let slug = Slug::from_title(&title).unwrap();
    let host = Host {
        id: ZoomUserId::parse("sbxUser1").unwrap(),
        email: model::Email::parse("lucia@northlight.example").unwrap(),
        name: "Lucía Marín".into(),
        licensed: true,
        webinars: Some(seed.is_multiple_of(2)),
        zone: Some("Europe/Madrid".into()),
        active: true,
    };
    let live = at_zoom == AtZoom::Live;
    let id = RoomId::from_parts(1_796_000_000_000, [seed; 10]);
    let room = Room {
        id,
        connection: ConnectionId::from_parts(0, [2; 10]),
        kind: if seed % 3 == 2 { RoomKind::Webinar } else { RoomKind::Meeting },
        title,
        slug: slug.clone(),
        host: host.id.clone(),
        alternative_hosts: AlternativeHosts::parse(["sbxUser2"]).unwrap(),
        schedule: Schedule::at(at(starts), Zone::parse(zone).unwrap(), Minutes::new(60).unwrap()),
        agenda: Agenda::parse("Bring *one* fruit.\n\n- the market\n- prices").unwrap(),
        passcode: Passcode::parse("secret-1").unwrap(),
        options: RoomOptions {
            waiting_room: seed.is_multiple_of(2),
            host_video: true,
            mute_on_entry: true,
            ..RoomOptions::default()
        },
        opens_before: Minutes::new(15).unwrap(),
        published: seed != 4,
        has_cover: seed == 1,
        at_zoom,
        zoom_number: live.then_some(81_234_567_890),
        live_since: None,
        ended_at: None,
        created_at: at(-9_000),
        version: 3,
    };
    RoomView {
        phase: if starts < -60 {
            Phase::Ended
        } else if starts <= 0 {
            Phase::Live
        } else {
            Phase::Upcoming { opens_at: at(starts - 15) }
        },
        start: if live { Start::Yes } else { Start::NotNow },
        alternative_hosts: vec![alternative(&host)],
        host: Some(host),
        may_keep: true,
        page_url: format!("https://northlight.example/r/{slug}"),
        permanent_url: format!("https://northlight.example/m/{id}"),
        work: None,
        room,
    }
}

fn refused() -> AtZoom {
    AtZoom::Refused {
        reason: "the host has no webinar licence. Choose another host, or license this one at Zoom.".into(),
    }
}

fn views() -> Vec<RoomView> {
    vec![
        view(1, "Open studio: say hello", "Europe/London", -20, AtZoom::Live),
        view(3, "Kitchen Spanish, week 3 of 8", "Europe/Madrid", 3, AtZoom::Waiting),
        view(2, "Ask an architect", "America/New_York", 1_500, refused()),
        view(4, "朝のヨガ", "Asia/Tokyo", 2_000, AtZoom::Unknown),
        view(6, "ورشة الخط العربي", "Asia/Riyadh", 3_000, AtZoom::Live),
        view(7, &"A very long title that goes on ".repeat(6), "UTC", -3_000, AtZoom::Live),
        view(
            9,
            "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle",
            "Europe/Vienna",
            99,
            AtZoom::Live,
        ),
    ]
}

fn list(rooms: &[RoomView], query: &str, notice: Option<Notice>) -> RoomsPage {
    RoomsPage {
        rooms: rooms.iter().map(RoomRow::from).collect(),
        query: query.into(),
        filter: "coming",
        tabs: Show::Coming.tabs(query),
        may_make: true,
        notice,
        kept: rooms.iter().filter(|view| view.room.at_zoom == AtZoom::Disconnected).count(),
        none_at_all: rooms.is_empty() && query.is_empty(),
        paged: false,
        first: "/admin/rooms".into(),
        next: (rooms.len() > 50).then(|| "/admin/rooms?after=x".into()),
    }
}

fn sheet(form: RoomForm, id: Option<&str>, wrong: Wrong) -> RoomFormPage {
    RoomFormPage {
        id: id.map(Into::into),
        title: if id.is_some() { "Kitchen Spanish".into() } else { String::new() },
        permanent: if id.is_some() { "https://northlight.example/m/1".into() } else { String::new() },
        has_cover: id.is_some(),
        action: "/admin/rooms/new".into(),
        back: "/admin/rooms".into(),
        form,
        problems: wrong.problems,
        errors: wrong.errors,
        choices: choices(false),
        zones: Zone::all(),
        happens: if id.is_some() { "edit" } else { "new" },
        fresh: id.is_none(),
        conflict: false,
        off: Vec::new(),
    }
}

/// Whom the form offers, as a list or to be searched.
fn choices(search: bool) -> HostChoices {
    let person = |id: &str, name: &str, email: &str, chosen: bool| HostChoice {
        id: id.into(),
        label: format!("{name} ({email})"),
        email: email.into(),
        name: name.into(),
        chosen,
    };
    let people = |chosen: bool| {
        vec![
            person("sbxUser1", "Lucía Marín", "lucia@northlight.example", !chosen),
            person("sbxUser2", "Ben Carter", "ben@northlight.example", chosen),
        ]
    };
    let typed = |name: &str| format!("{name}@northlight.example");
    HostChoices {
        host: Choices { people: people(false), search, typed: typed("lucia") },
        alternatives: Choices { people: people(true), search, typed: typed("ben") },
        lost: usize::from(search),
    }
}

fn everything_wrong() -> Wrong {
    let mut wrong = Wrong::of(
        &[
            Problem::Missing.at("title"),
            Problem::UnknownHost.at("host"),
            Problem::NotAlternative { who: "Salma Haddad".into() }.at("alternative_hosts"),
            Problem::InGap { next: "2027-03-28T03:30".into() }.at("starts_at"),
            Problem::UnknownZone.at("zone"),
            Problem::OutOfRange { min: 1, max: 1440 }.at("duration"),
            Problem::TooLong { max: 10_000 }.at("agenda"),
            Problem::NotAChoice.at("cover"),
            Problem::Characters.at("passcode"),
        ],
        &LABELS,
    );
    wrong.add("slug", slug_offer("kitchen-spanish-2"), &LABELS);
    wrong
}

fn history() -> Vec<Entry> {
    let line = |minutes, action: &str, detail: &str| AuditLine {
        id: AuditId::from_parts(0, [1; 10]),
        at: at(minutes),
        actor: "Ada Okafor".into(),
        action: action.into(),
        subject: "Kitchen Spanish".into(),
        detail: detail.into(),
    };
    vec![Entry::from(&line(-5, "zak-requested", "as Lucía Marín")), Entry::from(&line(-60, "room-created", ""))]
}

fn detail(view: &RoomView, role: Role) -> RoomDetail {
    RoomDetail {
        room: RoomRow::from(view),
        agenda: render_markdown(&view.room.agenda),
        alternative_hosts: alternative_hosts(view),
        options: options(view.room.kind, view.room.options),
        page_path: "/r/kitchen-spanish".into(),
        page_url: view.page_url.clone(),
        permanent_url: view.permanent_url.clone(),
        embed: EmbedCode::of(
            &crate::WebConfig::sample(),
            view.room.id,
            view.room.title.as_str(),
            view.room.slug.as_str(),
        ),
        sandbox_log: Some("http://127.0.0.1:9000/sandbox?meeting=81234567890".into()),
        work: None,
        may_retry: matches!(view.room.at_zoom, AtZoom::Refused { .. }),
        may_decide: view.room.at_zoom == AtZoom::Unknown,
        may_name_number: role.may(model::Right::KeepAllRooms),
        number: String::new(),
        number_wrong: false,
        passcode: None,
        history: role.may(model::Right::ReadAudit).then(history),
    }
}

/// One whose account was disconnected.
fn kept() -> RoomView {
    let room = view(8, "Stays as a page", "Europe/Madrid", 2_000, AtZoom::Disconnected);
    RoomView { host: None, start: Start::NotNow, ..room }
}

/// Every page of rooms, in its states.
pub(crate) fn samples() -> Vec<Sample> {
    let kept_pages = super::kept::samples();
    let listed = sample("rooms, kept", &list(&[kept(), kept()], "", None), Role::Admin, None);
    let pages = kept_pages.iter().map(|(name, page)| sample(name, page, Role::Admin, None));
    of_single_rooms().into_iter().chain([listed]).chain(pages).collect()
}

/// The list, and the pages of one room.
fn of_single_rooms() -> Vec<Sample> {
    let zone = Zone::parse("Europe/Madrid").unwrap();
    let fresh = || RoomForm::fresh(at(0), &zone, "sbxUser1");
    let many: Vec<RoomView> = (0..60).map(|n| view(10 + n, "One of many", "UTC", 500, AtZoom::Live)).collect();
    let offline = Notice { title: "rooms-no-zoom-title", text: "rooms-no-zoom-text", link: Some("rooms-no-zoom-link") };
    let mut looking = view(3, "Kitchen Spanish, week 3 of 8", "Europe/Madrid", 3, AtZoom::Waiting);
    (looking.may_keep, looking.start) = (false, Start::NotYourHost);
    let mut waiting = view(3, "Kitchen Spanish, week 3 of 8", "Europe/Madrid", 3, AtZoom::Waiting);
    waiting.work =
        Some(Work { attempts: 2, next_try_at: at(5), last_error: Some("Zoom did not answer in time.".into()) });
    let mut waiting_page = detail(&waiting, Role::Admin);
    waiting_page.work = Some(WorkNote { attempts: 2, reason: Some("Zoom did not answer in time.".into()) });
    let mut unknown = detail(&view(4, "朝のヨガ", "Asia/Tokyo", 2_000, AtZoom::Unknown), Role::Owner);
    (unknown.number, unknown.number_wrong) = ("12".into(), true);
    let mut conflict = sheet(fresh(), Some("1"), Wrong::default());
    conflict.conflict = true;
    let mut many_people = sheet(RoomForm::of(&views()[1].room), Some("1"), everything_wrong());
    many_people.choices = choices(true);
    let start = |for_other| StartPage {
        id: "1".into(),
        title: "Kitchen Spanish".into(),
        host_name: "Lucía Marín".into(),
        for_other,
        early: true,
        when: "Mon 30 Nov 2026, 19:30 (Europe/Madrid)".into(),
    };
    let delete = |number: Option<&str>| DeletePage {
        id: "1".into(),
        title: "Kitchen Spanish".into(),
        kind: "meeting",
        number: number.map(Into::into),
        live: number.is_some(),
    };
    vec![
        sample("rooms", &list(&views(), "", None), Role::Owner, Some("saved")),
        sample("rooms, none", &list(&[], "", Some(offline)), Role::Owner, None),
        sample("rooms, nothing found", &list(&[], "<b>tango", None), Role::Host, None),
        sample("rooms, many", &list(&many, "", None), Role::Viewer, None),
        sample("new room", &sheet(fresh(), None, Wrong::default()), Role::Owner, None),
        sample("edit room", &sheet(RoomForm::of(&views()[1].room), Some("1"), Wrong::default()), Role::Owner, None),
        sample("room, all wrong", &sheet(fresh(), None, everything_wrong()), Role::Owner, None),
        sample("room, many people", &many_people, Role::Owner, None),
        sample("room, conflict", &conflict, Role::Owner, None),
        sample("a room", &detail(&views()[0], Role::Owner), Role::Owner, Some("scheduled")),
        sample("a room waiting", &waiting_page, Role::Admin, None),
        sample("a room refused", &detail(&views()[2], Role::Owner), Role::Owner, None),
        sample("a room unknown", &unknown, Role::Owner, None),
        sample("a room without a Zoom account", &detail(&kept(), Role::Owner), Role::Owner, None),
        sample("a room for a viewer", &detail(&looking, Role::Viewer), Role::Viewer, None),
        sample("start", &start(false), Role::Host, None),
        sample("start for another", &start(true), Role::Owner, None),
        sample("delete", &delete(Some("812 3456 7890")), Role::Owner, None),
        sample("delete, not at Zoom", &delete(None), Role::Owner, None),
        sample(
            "preview",
            &PreviewPage { html: "<p><strong>Bring</strong> fruit</p>".into(), problem: None },
            Role::Host,
            None,
        ),
        sample("preview, empty", &PreviewPage { html: String::new(), problem: None }, Role::Host, None),
    ]
}
