//! Personal rooms: the meeting that belongs to a user's personal meeting id (PMI), and those that are held under it.

use clock::{Clock as _, Timestamp};

use super::{Change, Kind, Meeting, Shared, State, Status, World, meeting::PERSONAL_ROOM};

impl Change<'_> {
    /// The personal room of whoever has this PMI, made where it was not needed before. None where nobody has it.
    pub(crate) fn personal_room(&mut self, pmi: i64) -> Option<Meeting> {
        if let Some(known) = self.state.meetings.get(pmi) {
            return (known.code == PERSONAL_ROOM).then(|| Meeting::clone(known));
        }
        let host = self.state.people.iter().find(|person| person.pmi == pmi)?;
        let chosen = self.state.setting(host, "schedule_meeting.pmi_password");
        let chosen = chosen.as_str().filter(|chosen| !chosen.is_empty()).map(str::to_owned);
        let is_open = self.state.setting(host, "schedule_meeting.require_password_for_pmi_meetings") == "none";
        let generated = || (!is_open).then(|| self.state.passcode_rules(host).generate(self.entropy));
        let passcode = chosen.or_else(generated).unwrap_or_default();
        let mut room = Meeting::blank(self.entropy, Kind::Meeting, PERSONAL_ROOM, &host.id, self.now);
        room.number = pmi;
        room.topic = format!("{}'s Personal Meeting Room", host.display_name);
        room.timezone.clone_from(&host.timezone);
        if !passcode.is_empty() {
            room.set_passcode(&passcode, self.entropy);
        }
        // What is held under the id was given a passcode before the room was needed.
        if let Some(held) = self.state.meetings.under(pmi).find(|one| !one.passcode.is_empty()) {
            room.share_passcode_of(held);
        }
        self.state.meetings.insert(room.clone());
        Some(room)
    }

    /// The personal room and all meetings held under the same PMI have one passcode: that of `meeting`.
    pub(crate) fn share_passcode(&mut self, meeting: &Meeting) {
        let own = (meeting.code == PERSONAL_ROOM).then_some(meeting.number);
        let Some(pmi) = meeting.pmi.or(own) else { return };
        let others = self.state.under(pmi).filter(|one| one.passcode != meeting.passcode);
        for other in others.map(|one| one.number).collect::<Vec<_>>() {
            if let Some(mut other) = self.state.meetings.change(other) {
                other.share_passcode_of(meeting);
            }
        }
    }

    /// The room of a PMI and all that is held under it get this passcode.
    pub(crate) fn set_personal_passcode(&mut self, pmi: i64, passcode: &str) {
        let Some(mut room) = self.personal_room(pmi) else { return };
        room.set_passcode(passcode, self.entropy);
        self.share_passcode(&room);
    }

    /// A user has another PMI: the room of the old one is gone, and meetings held under it move.
    pub(crate) fn pmi_changed(&mut self, before: i64, after: i64) {
        if self.state.meetings.get(before).is_some_and(|room| room.code == PERSONAL_ROOM) {
            self.end_call(before);
            self.forget_meeting(before);
        }
        let moved: Vec<i64> = self.state.meetings.under(before).map(|one| one.number).collect();
        for number in moved {
            if let Some(mut meeting) = self.state.meetings.change(number) {
                meeting.pmi = Some(after);
            }
        }
    }
}

impl State {
    /// The one call that is on under the personal id that this number is, or that the meeting with this number is held
    /// under. None where no personal id is meant.
    pub(crate) fn on_under(&self, number: i64, now: Timestamp) -> Option<&Shared<Meeting>> {
        let pmi = match self.meetings.get(number).filter(|meeting| meeting.exists(now)) {
            Some(own) if own.code != PERSONAL_ROOM => own.pmi?,
            _ => number,
        };
        self.under(pmi).find(|meeting| meeting.status == Status::Started && meeting.exists(now))
    }

    /// The meeting that a link, a call to the SDK or a control with this number leads to: of a PMI, and of what is held
    /// under it, the one that is on; else of a PMI the next one held under it, else the personal room itself.
    pub(crate) fn called(&self, number: i64, now: Timestamp) -> Option<&Shared<Meeting>> {
        let own = self.meetings.get(number).filter(|meeting| meeting.exists(now));
        let is_room = |meeting: &&Shared<Meeting>| meeting.code == PERSONAL_ROOM;
        let next = || {
            let next = self.meetings.under(number).filter(|meeting| !is_room(meeting) && meeting.exists(now));
            let next = next.filter(|meeting| meeting.code == 3 || meeting.planned_end() >= now);
            next.min_by_key(|meeting| (meeting.start, meeting.number))
        };
        self.on_under(number, now).or(own.filter(|own| !is_room(own))).or_else(next).or(own)
    }

    /// The room of a PMI, and the meetings held under it.
    fn under(&self, pmi: i64) -> impl Iterator<Item = &Shared<Meeting>> {
        self.meetings.get(pmi).into_iter().chain(self.meetings.under(pmi))
    }
}

impl World {
    /// As [`State::called`]; a personal room is made where it was not needed before.
    pub(crate) fn called(&self, number: i64) -> Option<Meeting> {
        let now = self.clock.now();
        let (known, has_owner) = self.read(|state| {
            let known = state.called(number, now).map(|meeting| Meeting::clone(meeting));
            (known, state.people.iter().any(|person| person.pmi == number))
        });
        if known.is_some() || !has_owner {
            return known;
        }
        let made = self.change(|change| Ok::<_, std::convert::Infallible>(change.personal_room(number)));
        made.ok().flatten()
    }

    /// The number of what this number leads to, as for [`State::called`]; itself where it leads to nothing.
    pub(crate) fn called_number(&self, number: i64) -> i64 {
        let now = self.clock.now();
        self.read(|state| state.called(number, now).map_or(number, |meeting| meeting.number))
    }

    /// Whether the call of this meeting may begin, with regard to the other calls of its host: two at a time with a
    /// licence, one without.
    pub(super) fn may_begin(&self, number: i64) -> bool {
        self.read(|state| {
            let Some(meeting) = state.meetings.get(number) else { return false };
            let Some(host) = state.person_by_id(&meeting.host_id) else { return false };
            let theirs = state.meetings.of_host(&host.id);
            let others = theirs.filter(|other| other.number != number && other.started_at.is_some());
            others.count() < host.licence.calls_at_once()
        })
    }
}
