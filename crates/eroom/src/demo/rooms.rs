//! The invented Northlight Academy: what its rooms are, relative to the moment the demo starts.

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp, ToSpan as _, tz::TimeZone};
use model::{
    Agenda, AlternativeHosts, Minutes, Passcode, RoomDraft, RoomKind, RoomOptions, Schedule, Title, Zone, ZoomUserId,
};

/// The name of the invented site.
pub(super) const SITE: &str = "Northlight Academy";

/// The room that is live when the demo starts, and who is drawn inside.
pub(super) const OPEN_STUDIO: &str = "Open studio: say hello";
pub(super) const PEOPLE_INSIDE: [&str; 2] = ["Maya", "Tomás"];

/// When a room starts.
enum When {
    /// So many minutes from now, to the whole minute.
    In(i64),
    /// So many days from today in the room's zone, at this local time.
    Day(i64, i8, i8),
}

struct Invented {
    title: &'static str,
    kind: RoomKind,
    /// The host's address at the pretend Zoom.
    host: &'static str,
    zone: &'static str,
    when: When,
    minutes: i64,
    options: RoomOptions,
    agenda: &'static str,
}

const OPEN: RoomOptions = RoomOptions {
    waiting_room: false,
    join_before_host: true,
    host_video: true,
    participant_video: true,
    mute_on_entry: false,
};
const QUIET: RoomOptions = RoomOptions { mute_on_entry: true, ..OPEN };
const WAITING: RoomOptions = RoomOptions { waiting_room: true, join_before_host: false, ..OPEN };

const ROOMS: [Invented; 7] = [
    Invented {
        title: OPEN_STUDIO,
        kind: RoomKind::Meeting,
        host: "ada@northlight.example",
        zone: "Europe/London",
        when: When::In(-12),
        minutes: 240,
        options: OPEN,
        agenda: "The door of the studio is open. **Come in and say hello**: two people are already inside, \
                 drawn by this computer and marked as *simulated*.\n\nOpen the same page in a second tab to bring a real person.",
    },
    Invented {
        title: "Kitchen Spanish, week 3 of 8",
        kind: RoomKind::Meeting,
        host: "lucia@northlight.example",
        zone: "Europe/Madrid",
        when: When::In(3),
        minutes: 40,
        options: OPEN,
        agenda: "Forty minutes of words for buying food, with recordings from a real market and a lot of talking.\n\n\
                 - The fruit stall\n- Weights and prices\n- Saying no, kindly\n\nBring a fruit.",
    },
    Invented {
        title: "Ask an architect",
        kind: RoomKind::Webinar,
        host: "ben@northlight.example",
        zone: "America/New_York",
        when: When::Day(1, 12, 0),
        minutes: 60,
        options: RoomOptions { host_video: true, ..QUIET },
        agenda: "Ben Carter answers questions about small houses on difficult ground.\n\nSend a sketch beforehand, or just listen.",
    },
    Invented {
        title: "Thesis clinic",
        kind: RoomKind::Meeting,
        host: "ada@northlight.example",
        zone: "Europe/London",
        when: When::In(120),
        minutes: 90,
        options: WAITING,
        agenda: "One thesis at a time. You wait outside until Ada lets you in; bring the page that will not come right.",
    },
    Invented {
        title: "朝のヨガ",
        kind: RoomKind::Meeting,
        host: "yuki@northlight.example",
        zone: "Asia/Tokyo",
        when: When::Day(1, 7, 0),
        minutes: 30,
        options: QUIET,
        agenda: "一日を静かに始めるための30分。マットがなくても参加できます。",
    },
    Invented {
        title: "ورشة الخط العربي",
        kind: RoomKind::Meeting,
        host: "salma@northlight.example",
        zone: "Africa/Cairo",
        when: When::Day(3, 17, 30),
        minutes: 75,
        options: QUIET,
        agenda: "نتعلّم معًا حرفًا واحدًا في كل لقاء. أحضر قلمًا وورقة.",
    },
    Invented {
        title: "Writing a grant",
        kind: RoomKind::Meeting,
        host: "ada@northlight.example",
        zone: "Europe/London",
        when: When::Day(-1, 15, 0),
        minutes: 60,
        options: QUIET,
        agenda: "How to ask for money in two pages.",
    },
];

/// The drafts of all invented rooms at `now`; `host` finds a Zoom user by address.
pub(super) fn drafts(now: Timestamp, host: impl Fn(&str) -> Option<ZoomUserId>) -> anyhow::Result<Vec<RoomDraft>> {
    ROOMS
        .iter()
        .map(|room| draft(room, now, &host).with_context(|| format!("the invented room {:?}", room.title)))
        .collect()
}

fn draft(room: &Invented, now: Timestamp, host: &impl Fn(&str) -> Option<ZoomUserId>) -> anyhow::Result<RoomDraft> {
    let zone = Zone::parse(room.zone).map_err(|problem| anyhow::anyhow!("zone {problem}"))?;
    let minutes = |n| Minutes::new(n).map_err(|problem| anyhow::anyhow!("minutes {problem}"));
    Ok(RoomDraft {
        kind: room.kind,
        title: Title::parse(room.title).map_err(|problem| anyhow::anyhow!("title {problem}"))?,
        slug: None,
        host: host(room.host).with_context(|| format!("the pretend Zoom has no user {}", room.host))?,
        alternative_hosts: AlternativeHosts::default(),
        schedule: Schedule::at(start(&room.when, room.zone, now)?, zone, minutes(room.minutes)?),
        agenda: Agenda::parse(room.agenda).map_err(|problem| anyhow::anyhow!("agenda {problem}"))?,
        passcode: None::<Passcode>,
        options: room.options,
        opens_before: minutes(15)?,
        published: true,
    })
}

fn start(when: &When, zone: &str, now: Timestamp) -> anyhow::Result<Timestamp> {
    match *when {
        When::In(minutes) => {
            // To the whole minute, as a person would have typed it; half a minute early or late on average.
            let at = now.checked_add(SignedDuration::from_secs(minutes * 60 + 30))?;
            Ok(Timestamp::from_second(at.as_second().div_euclid(60) * 60)?)
        }
        When::Day(days, hour, minute) => {
            let zone = TimeZone::get(zone)?;
            let day = zone.to_datetime(now).date().checked_add(days.days())?;
            Ok(zone.to_timestamp(day.at(hour, minute, 0, 0))?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(now: &str) -> Vec<RoomDraft> {
        drafts(now.parse().unwrap(), |email| ZoomUserId::parse(email.split('@').next()?)).unwrap()
    }

    #[test]
    fn every_invented_room_stands_at_any_hour_of_any_day() {
        for now in ["2026-11-23T00:00:31Z", "2026-12-31T23:59:59Z", "2027-03-28T01:00:00Z", "2027-10-31T00:30:00Z"] {
            let rooms = at(now);
            let now: Timestamp = now.parse().unwrap();
            assert_eq!(rooms.len(), 7);
            let studio = rooms.iter().find(|r| r.title.as_str() == OPEN_STUDIO).unwrap();
            assert!(studio.schedule.starts_at() < now && now < studio.schedule.ends_at());
            let spanish = rooms.iter().find(|r| r.title.as_str().starts_with("Kitchen")).unwrap();
            let wait = spanish.schedule.starts_at().duration_since(now).as_secs();
            assert!((120..=240).contains(&wait), "{wait}");
            let grant = rooms.iter().find(|r| r.title.as_str() == "Writing a grant").unwrap();
            assert!(grant.schedule.ends_at() < now);
        }
    }
}
