//! Who may enter a room, when, and as what; and what a room's page says about now.

use jiff::Timestamp;

use crate::{
    room::{AtZoom, Room},
    schedule::add_minutes,
};

/// How long after the planned end people may still come in, where nobody told us that it ended.
const OVERRUN_MINUTES: i64 = 30;

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
    /// It is going on.
    Live,
    /// It is over.
    Ended,
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
}

impl Room {
    /// When visitors may join.
    pub fn opens_at(&self) -> Timestamp {
        add_minutes(self.schedule.starts_at(), -self.opens_before.get())
    }

    /// Where the room is at `now`. `told` says whether Zoom's webhooks are known to arrive: until then the schedule
    /// decides what is live and what has ended.
    pub fn phase(&self, now: Timestamp, told: bool) -> Phase {
        let schedule = &self.schedule;
        match (self.live_since, self.ended_at) {
            (Some(live), Some(ended)) if live <= ended && ended >= schedule.starts_at() => return Phase::Ended,
            (Some(live), Some(ended)) if live > ended => return Phase::Live,
            (Some(_), None) => return Phase::Live,
            _ => {}
        }
        if now < self.opens_at() {
            Phase::Upcoming { opens_at: self.opens_at() }
        } else if now < schedule.starts_at() {
            Phase::Open
        } else if now >= schedule.ends_at() {
            Phase::Ended
        } else if told {
            Phase::Due
        } else {
            Phase::Live
        }
    }

    /// The next instant at which [`Room::phase`] changes by time alone; `None` where only Zoom can change it.
    pub fn phase_changes_at(&self, now: Timestamp) -> Option<Timestamp> {
        [self.opens_at(), self.schedule.starts_at(), self.schedule.ends_at()].into_iter().find(|at| *at > now)
    }

    /// Whether `entrant` may come in at `now`.
    pub fn door(&self, now: Timestamp, told: bool, entrant: Entrant) -> Result<Door, DoorClosed> {
        if entrant == Entrant::Visitor && !self.published {
            return Err(DoorClosed::Unpublished);
        }
        match self.phase(now, told) {
            Phase::Upcoming { opens_at } if entrant == Entrant::Visitor => {
                return Err(DoorClosed::TooEarly { opens_at });
            }
            Phase::Ended if !self.may_overrun(now) => return Err(DoorClosed::Ended),
            _ => {}
        }
        // A change that waits to be sent does not close a door that Zoom already has.
        if self.zoom_number.is_none() || self.at_zoom == AtZoom::Unknown {
            return Err(DoorClosed::NotAtZoom);
        }
        Ok(if entrant == Entrant::Host { Door::Host } else { Door::Participant })
    }

    fn may_overrun(&self, now: Timestamp) -> bool {
        let told_of_end = self.ended_at.is_some_and(|ended| ended >= self.schedule.starts_at());
        !told_of_end && now < add_minutes(self.schedule.ends_at(), OVERRUN_MINUTES)
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
    fn a_draft_is_closed_to_visitors_and_nothing_opens_before_zoom_has_it() {
        let mut room = room();
        room.published = false;
        assert_eq!(room.door(at(1), false, Entrant::Visitor), Err(DoorClosed::Unpublished));
        assert_eq!(room.door(at(1), false, Entrant::Host), Ok(Door::Host));
        room.zoom_number = None;
        assert_eq!(room.door(at(1), false, Entrant::Host), Err(DoorClosed::NotAtZoom));
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
