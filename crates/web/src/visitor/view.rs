//! A room as templates and feeds see it: texts and addresses, nothing to compute.

use jiff::Timestamp;
use model::RoomKind;
use serde::Serialize;
use service::RoomCard;

use crate::routes::encoded;

/// A room in a list, and the head of its own page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CardView {
    /// The page's address on this site.
    pub(super) href: String,
    pub(super) title: String,
    /// `meeting` or `webinar`.
    pub(super) kind: &'static str,
    pub(super) host: String,
    pub(super) initials: String,
    /// The word of [`model::Phase`].
    pub(super) phase: &'static str,
    /// Whether its Zoom account was disconnected: there is no call, whatever the phase.
    pub(super) disconnected: bool,
    pub(super) opens_at: String,
    pub(super) starts_at: String,
    pub(super) ends_at: String,
    /// When it ended, where Zoom said so; else the planned end.
    pub(super) ended_at: String,
    pub(super) zone: String,
    /// The zone's city, for people: `Madrid`.
    pub(super) city: String,
    /// Date and times in the room's zone, for who has no script.
    pub(super) date: String,
    pub(super) times: String,
    pub(super) minutes: i64,
    pub(super) cover: String,
}

impl CardView {
    pub(super) fn of(card: &RoomCard) -> Self {
        let schedule = &card.schedule;
        let zone = schedule.zone();
        let (start, end) = (zone.local(schedule.starts_at()), zone.local(schedule.ends_at()));
        let href = address(card.slug.as_str());
        Self {
            cover: format!("{href}/cover?v={}", card.version),
            href,
            title: card.title.to_string(),
            kind: match card.kind {
                RoomKind::Meeting => "meeting",
                RoomKind::Webinar => "webinar",
            },
            host: card.host_name.clone(),
            initials: initials(&card.host_name),
            phase: card.phase.as_str(),
            disconnected: card.disconnected,
            opens_at: card.opens_at.to_string(),
            starts_at: schedule.starts_at().to_string(),
            ends_at: schedule.ends_at().to_string(),
            ended_at: card.ended_at.unwrap_or_else(|| schedule.ends_at()).to_string(),
            zone: zone.name().to_owned(),
            city: city(zone.name()),
            date: start.strftime("%A %-d %B %Y").to_string(),
            times: format!("{} – {}", start.strftime("%H:%M"), end.strftime("%H:%M")),
            minutes: schedule.duration().get(),
        }
    }
}

/// The address of a room's page.
pub(super) fn address(slug: &str) -> String {
    format!("/r/{}", encoded(slug))
}

fn initials(name: &str) -> String {
    let letters = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let mut letters: Vec<char> = letters.collect();
    if letters.len() > 2 {
        letters = letters.first().into_iter().chain(letters.last()).copied().collect();
    }
    letters.into_iter().flat_map(char::to_uppercase).collect()
}

/// The last part of a zone's name, as people call the place.
fn city(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

/// The earliest of some instants after `now`.
pub(super) fn next_of(now: Timestamp, instants: impl IntoIterator<Item = Timestamp>) -> Option<Timestamp> {
    instants.into_iter().filter(|at| *at > now).min()
}

#[cfg(test)]
pub(super) mod tests {
    use model::*;

    use super::*;

    pub(in crate::visitor) fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_796_061_600 + second).unwrap()
    }

    pub(in crate::visitor) fn card(title: &str, starts_in_minutes: i64, phase: Phase) -> RoomCard {
        let title = Title::parse(title).unwrap();
        let starts = at(starts_in_minutes * 60);
        RoomCard {
            id: RoomId::from_parts(1_796_000_000_000, [7; 10]),
            slug: Slug::from_title(&title).unwrap(),
            kind: RoomKind::Meeting,
            title,
            schedule: Schedule::at(starts, Zone::parse("Europe/Madrid").unwrap(), Minutes::new(40).unwrap()),
            host_name: "Lucía Marín".into(),
            phase,
            phase_changes_at: None,
            opens_at: at(starts_in_minutes * 60 - 900),
            live_since: None,
            ended_at: None,
            disconnected: false,
            has_cover: false,
            version: 3,
        }
    }

    #[test]
    fn a_card_says_time_in_the_rooms_zone_and_its_address_is_encoded() {
        let view = CardView::of(&card("朝のヨガ", 0, Phase::Open));
        assert_eq!(view.href, "/r/%E6%9C%9D%E3%81%AE%E3%83%A8%E3%82%AC");
        assert_eq!((view.city.as_str(), view.initials.as_str()), ("Madrid", "LM"));
        assert!(view.times.contains(" – "), "{}", view.times);
    }

    #[test]
    fn initials_are_the_first_and_the_last() {
        assert_eq!(initials("Ada van der Berg"), "AB");
        assert_eq!(initials("  "), "");
        assert_eq!(initials("朝子"), "朝");
    }
}
