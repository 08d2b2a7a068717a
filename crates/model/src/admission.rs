//! Who may enter a room, when, and as what; and what a room's page says about now.

use jiff::Timestamp;

use crate::{
    room::{AtZoom, Room},
    schedule::add_minutes,
};

/// How long after the planned end people may still come in, where nobody told us that it ended.
const OVERRUN_MINUTES: i64 = 30;

/// The longest a call can go on: 30 hours at Zoom. A start older than that whose end nobody told us is no longer believed.
const LONGEST_CALL_MINUTES: i64 = 30 * 60;

/// Where a room is in its life, as its page says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The door opens later.
    Upcoming {
        /// When it opens.
        opens_at: Timestamp,
    },
    /// The door is open, the start is ahead.
    Open,
    /// It should have begun, and Zoom has not said so yet.
    Due,
    /// A call ended before the planned end, in a room that people may enter before the host: whoever comes next begins
    /// another.
    Paused,
    /// It is going on.
    Live,
    /// It is over.
    Ended,
}

impl Phase {
    /// The word for it, as templates, scripts, style sheets and the API know it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Upcoming { .. } => "upcoming",
            Self::Open => "open",
            Self::Due => "due",
            Self::Paused => "paused",
            Self::Live => "live",
            Self::Ended => "ended",
        }
    }
}

/// Who asks to come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entrant {
    /// Anybody on the page.
    Visitor,
    /// A member who may start this room.
    Host,
}

/// The door is open, for somebody as something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// As a participant (Meeting SDK role 0).
    Participant,
    /// As the host (Meeting SDK role 1).
    Host,
}

/// Why the door is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoorClosed {
    /// Visitors do not see this room.
    Unpublished,
    /// It opens later.
    TooEarly {
        /// When it opens.
        opens_at: Timestamp,
    },
    /// It is over.
    Ended,
    /// Zoom does not have it yet.
    NotAtZoom,
    /// It has no Zoom account any more.
    Disconnected,
}

impl Room {
    /// When visitors may join.
    pub fn opens_at(&self) -> Timestamp {
        add_minutes(self.schedule.starts_at(), -self.opens_before.get())
    }

    /// Where the room is at `now`. `told` says whether Zoom's webhooks are known to arrive: until then the schedule
    /// decides what is live and what has ended.
    pub fn phase(&self, now: Timestamp, told: bool) -> Phase {
        // There is no call that could open or begin.
        let nowhere = self.at_zoom == AtZoom::Disconnected;
        if now < self.opens_at() || (nowhere && now < self.schedule.starts_at()) {
            // Whoever tries out camera and sound days before does not open the room.
            Phase::Upcoming { opens_at: self.opens_at() }
        } else if self.is_on(now) {
            Phase::Live
        } else if now < self.schedule.starts_at() {
            Phase::Open
        } else if now >= self.schedule.ends_at() || self.was_ended() {
            Phase::Ended
        } else if told && self.has_met() && !nowhere {
            Phase::Paused
        } else if told || nowhere {
            Phase::Due
        } else {
            Phase::Live
        }
    }

    /// The next instant at which [`Room::phase`] changes by time alone; `None` where only Zoom can change it.
    pub fn phase_changes_at(&self, now: Timestamp) -> Option<Timestamp> {
        let given_up = self.live_since.map(|live| add_minutes(live, LONGEST_CALL_MINUTES));
        let times = [Some(self.opens_at()), Some(self.schedule.starts_at()), Some(self.schedule.ends_at()), given_up];
        times.into_iter().flatten().filter(|at| *at > now).min()
    }

    /// Whether `entrant` may come in at `now`.
    pub fn door(&self, now: Timestamp, told: bool, entrant: Entrant) -> Result<Door, DoorClosed> {
        if entrant == Entrant::Visitor && !self.published {
            return Err(DoorClosed::Unpublished);
        }
        let phase = self.phase(now, told);
        if self.at_zoom == AtZoom::Disconnected {
            return Err(if phase == Phase::Ended { DoorClosed::Ended } else { DoorClosed::Disconnected });
        }
        match (phase, entrant) {
            (Phase::Upcoming { opens_at }, Entrant::Visitor) => return Err(DoorClosed::TooEarly { opens_at }),
            // A host who dropped out, or began too early, starts it again; a visitor waits until somebody has.
            (Phase::Ended, Entrant::Host) if now < self.overrun_ends_at() => {}
            (Phase::Ended, Entrant::Visitor) if now < self.overrun_ends_at() && !self.has_met() => {}
            (Phase::Ended, _) => return Err(DoorClosed::Ended),
            _ => {}
        }
        // A change that waits to be sent does not close a door that Zoom already has.
        if self.zoom_number.is_none() || self.at_zoom == AtZoom::Unknown {
            return Err(DoorClosed::NotAtZoom);
        }
        Ok(if entrant == Entrant::Host { Door::Host } else { Door::Participant })
    }

    /// Zoom said that it started, has not said that it ended since, and that was not too long ago to be true.
    fn is_on(&self, now: Timestamp) -> bool {
        self.live_since.is_some_and(|live| {
            self.ended_at.is_none_or(|ended| ended < live) && now < add_minutes(live, LONGEST_CALL_MINUTES)
        })
    }

    /// Zoom said that this sitting ended. Where people may be inside without the host, a call also ends when whoever
    /// came first leaves again: there only an end after the planned one counts.
    fn was_ended(&self) -> bool {
        let without_host = self.options.join_before_host && !self.options.waiting_room;
        let counts_from = if without_host { self.schedule.ends_at() } else { self.schedule.starts_at() };
        self.ended_at.is_some_and(|ended| ended >= counts_from)
    }

    /// Zoom said that a call of this sitting ended, whoever was in it.
    fn has_met(&self) -> bool {
        self.ended_at.is_some_and(|ended| ended >= self.schedule.starts_at())
    }

    fn overrun_ends_at(&self) -> Timestamp {
        add_minutes(self.schedule.ends_at(), OVERRUN_MINUTES)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + minute * 60).unwrap()
    }

    /// Starts at minute 0, lasts 60, opens 15 before.
    fn room() -> Room {
        Room {
            id: RoomId::from_parts(0, [1; 10]),
            connection: ConnectionId::from_parts(0, [2; 10]),
            kind: RoomKind::Meeting,
            title: Title::parse("Clinic").unwrap(),
            slug: Slug::parse("clinic").unwrap(),
            host: ZoomUserId::parse("u1").unwrap(),
            alternative_hosts: AlternativeHosts::default(),
            schedule: Schedule::at(at(0), Zone::parse("UTC").unwrap(), Minutes::new(60).unwrap()),
            agenda: Agenda::default(),
            passcode: Passcode::parse("abc").unwrap(),
            options: RoomOptions::default(),
            opens_before: Minutes::new(15).unwrap(),
            published: true,
            has_cover: false,
            at_zoom: AtZoom::Live,
            zoom_number: Some(81_234_567_890),
            live_since: None,
            ended_at: None,
            created_at: at(-1000),
            version: 1,
        }
    }

    #[rstest]
    #[case(-16, Phase::Upcoming { opens_at: at(-15) })]
    #[case(-15, Phase::Open)]
    #[case(0, Phase::Live)]
    #[case(59, Phase::Live)]
    #[case(60, Phase::Ended)]
    fn without_webhooks_the_schedule_decides(#[case] minute: i64, #[case] phase: Phase) {
        assert_eq!(room().phase(at(minute), false), phase);
    }

    #[test]
    fn with_webhooks_nothing_is_live_until_zoom_says_so() {
        let mut room = room();
        assert_eq!(room.phase(at(1), true), Phase::Due);
        room.live_since = Some(at(1));
        assert_eq!(room.phase(at(90), true), Phase::Live);
        room.ended_at = Some(at(95));
        assert_eq!(room.phase(at(96), true), Phase::Ended);
        room.live_since = Some(at(97));
        assert_eq!(room.phase(at(98), true), Phase::Live);
    }

    #[test]
    fn a_trial_run_before_the_start_does_not_end_the_room() {
        let mut room = room();
        (room.live_since, room.ended_at) = (Some(at(-40)), Some(at(-30)));
        assert_eq!(room.phase(at(-20), true), Phase::Upcoming { opens_at: at(-15) });
        assert_eq!(room.phase(at(-10), true), Phase::Open);
    }

    #[test]
    fn a_visitor_waits_for_the_door_and_a_host_does_not() {
        let room = room();
        assert_eq!(room.door(at(-20), false, Entrant::Visitor), Err(DoorClosed::TooEarly { opens_at: at(-15) }));
        assert_eq!(room.door(at(-20), false, Entrant::Host), Ok(Door::Host));
        assert_eq!(room.door(at(-15), false, Entrant::Visitor), Ok(Door::Participant));
    }

    #[test]
    fn a_host_who_dropped_out_can_start_again_and_visitors_follow() {
        let mut room = room();
        (room.live_since, room.ended_at) = (Some(at(1)), Some(at(2)));
        assert_eq!(room.phase(at(3), true), Phase::Ended);
        assert_eq!(room.door(at(3), true, Entrant::Visitor), Err(DoorClosed::Ended));
        assert_eq!(room.door(at(3), true, Entrant::Host), Ok(Door::Host));
        room.live_since = Some(at(4));
        assert_eq!(room.door(at(5), true, Entrant::Visitor), Ok(Door::Participant));
    }

    #[test]
    fn a_stranger_who_comes_and_goes_before_the_host_does_not_end_a_room() {
        let mut room = room();
        room.options.join_before_host = true;
        (room.live_since, room.ended_at) = (Some(at(1)), Some(at(2)));
        assert_eq!(room.phase(at(3), true), Phase::Paused);
        assert_eq!(room.door(at(3), true, Entrant::Visitor), Ok(Door::Participant));
        assert_eq!(room.phase(at(60), true), Phase::Ended);
        assert_eq!(room.door(at(61), true, Entrant::Visitor), Err(DoorClosed::Ended), "it is known not to go on");
        (room.live_since, room.ended_at) = (Some(at(-9)), Some(at(-8)));
        assert_eq!(room.phase(at(3), true), Phase::Due, "who came and went before the start did not meet");
    }

    #[test]
    fn a_start_whose_end_was_never_told_is_not_believed_for_ever() {
        let mut room = room();
        room.live_since = Some(at(-60 * 24 * 7));
        assert_eq!(room.phase(at(-60 * 24 * 7 + 1), true), Phase::Upcoming { opens_at: at(-15) });
        assert_eq!(room.phase(at(1), true), Phase::Due);
    }

    #[test]
    fn a_draft_is_closed_to_visitors_and_nothing_opens_before_zoom_has_it() {
        let mut room = room();
        room.published = false;
        assert_eq!(room.door(at(1), false, Entrant::Visitor), Err(DoorClosed::Unpublished));
        assert_eq!(room.door(at(1), false, Entrant::Host), Ok(Door::Host));
        room.zoom_number = None;
        assert_eq!(room.door(at(1), false, Entrant::Host), Err(DoorClosed::NotAtZoom));
    }

    #[test]
    fn a_room_whose_account_was_disconnected_lets_nobody_in_and_never_is_live() {
        let room = Room { at_zoom: AtZoom::Disconnected, zoom_number: None, ..room() };
        for minute in [-60, -5, 1, 59] {
            for entrant in [Entrant::Visitor, Entrant::Host] {
                assert_eq!(room.door(at(minute), false, entrant), Err(DoorClosed::Disconnected), "{minute}");
            }
            assert!(!matches!(room.phase(at(minute), false), Phase::Open | Phase::Live));
        }
        assert_eq!(room.door(at(70), false, Entrant::Visitor), Err(DoorClosed::Ended));
    }

    #[test]
    fn whoever_dropped_out_of_a_long_sitting_may_come_back_unless_it_ended() {
        let mut room = room();
        assert_eq!(room.door(at(75), false, Entrant::Visitor), Ok(Door::Participant));
        assert_eq!(room.door(at(90), false, Entrant::Visitor), Err(DoorClosed::Ended));
        (room.live_since, room.ended_at) = (Some(at(0)), Some(at(62)));
        assert_eq!(room.door(at(75), true, Entrant::Visitor), Err(DoorClosed::Ended));
    }
}
