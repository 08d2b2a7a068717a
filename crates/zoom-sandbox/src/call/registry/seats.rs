//! Who sits where: the registry's state, and the steps that change it under its lock.

use std::collections::{BTreeMap, HashMap};

use super::{
    super::{
        CallMeeting, Participant, Refusal,
        admission::{Pass, Standing, may_enter},
        message::{Parting, PersonId, ToClient},
        state::{Call, Outcome},
    },
    Seat,
    line::Line,
    ticket::Ticket,
};

/// How long a call that was ended for all counts as just ended, ms: late-comers hear *ended* instead of *not started*,
/// and nobody restarts it by accident. One that everybody left may begin again at once.
const JUST_ENDED_MS: i64 = 120_000;

#[derive(Default)]
pub(super) struct State {
    pub(super) live: HashMap<u64, Live>,
    pub(super) tickets: HashMap<String, Ticket>,
    pub(super) ended: HashMap<u64, i64>,
}

pub(super) struct Live {
    pub(super) call: Call,
    pub(super) lines: HashMap<PersonId, Line>,
}

/// What the world must hear once the lock is free.
#[derive(Clone)]
pub(super) enum Notice {
    Started(u64),
    Ended(u64),
    Waiting(u64, Participant),
    Joined(u64, Participant),
    GaveUp(u64, Participant, Parting),
    Left(u64, Participant, Parting),
    Said(u64, Participant, String),
}

impl State {
    pub(super) fn standing(&self, number: u64, now: i64) -> Standing {
        match self.live.get(&number) {
            Some(live) => live.call.standing(),
            None if self.ended.get(&number).is_some_and(|at| now < at.saturating_add(JUST_ENDED_MS)) => {
                Standing::JustEnded
            }
            None => Standing::Idle,
        }
    }

    /// Makes sure the call runs; the notice says that it began now.
    pub(super) fn begin(&mut self, meeting: CallMeeting, now: i64) -> Option<Notice> {
        let number = meeting.number;
        if self.live.contains_key(&number) {
            return None;
        }
        self.ended.remove(&number);
        self.live.insert(number, Live { call: Call::new(meeting).begun(now), lines: HashMap::new() });
        Some(Notice::Started(number))
    }

    pub(super) fn enter(
        &mut self,
        ticket: &str,
        pass: &Pass,
        meeting: CallMeeting,
        now: i64,
    ) -> Result<(Seat, Vec<Notice>), Refusal> {
        let number = pass.number;
        // Two sockets may have shown the same ticket at once; it stands for one seat.
        if !matches!(self.tickets.get(ticket), Some(Ticket::Fresh { .. })) {
            return Err(Refusal::SignatureExpired);
        }
        may_enter(&meeting, pass.host, self.standing(number, now))?;
        let (line, outbox) = Line::plugged();
        let generation = line.generation();
        let (person, notices) = self.take_in(meeting, now, Some(line), |call| call.enter(pass, now))?;
        self.tickets.insert(ticket.to_owned(), Ticket::Seated { number, person });
        Ok((Seat { number, person, generation, outbox }, notices))
    }

    /// Takes somebody in who has no page: there is no line to them.
    pub(super) fn enter_unseen(
        &mut self,
        pass: &Pass,
        meeting: CallMeeting,
        now: i64,
    ) -> Result<(PersonId, Vec<Notice>), Refusal> {
        may_enter(&meeting, pass.host, self.standing(pass.number, now).with_room())?;
        self.take_in(meeting, now, None, |call| call.enter_unseen(pass))
    }

    fn take_in(
        &mut self,
        meeting: CallMeeting,
        now: i64,
        line: Option<Line>,
        enter: impl FnOnce(&mut Call) -> Result<(PersonId, Outcome), Refusal>,
    ) -> Result<(PersonId, Vec<Notice>), Refusal> {
        let number = meeting.number;
        let notice = self.begin(meeting, now);
        let running = self.live.get_mut(&number).ok_or(Refusal::NoSuchMeeting)?;
        let before = running.call.presence();
        let (person, outcome) = enter(&mut running.call)?;
        let notices = notice.into_iter().chain(comings_and_goings(number, before, &running.call, &outcome)).collect();
        if let Some(line) = line {
            running.lines.insert(person, line);
        }
        running.apply(outcome);
        Ok((person, notices))
    }

    pub(super) fn resume(&mut self, number: u64, person: PersonId) -> Result<Seat, Refusal> {
        let running = self.live.get_mut(&number).ok_or(Refusal::Ended)?;
        let seated = running.lines.get_mut(&person).ok_or(Refusal::SignatureExpired)?;
        let (generation, outbox) = seated.plug_again();
        let outcome = running.call.back(person);
        running.apply(outcome);
        if let Some(seated) = running.lines.get_mut(&person) {
            seated.send_what_was_missed();
        }
        Ok(Seat { number, person, generation, outbox })
    }

    pub(super) fn step(&mut self, number: u64, now: i64, how: impl FnOnce(&mut Call, i64) -> Outcome) -> Vec<Notice> {
        let Some(live) = self.live.get_mut(&number) else { return Vec::new() };
        let before = live.call.presence();
        let outcome = how(&mut live.call, now);
        let (ended, for_all) = (outcome.ended, outcome.ended_for_all);
        let mut notices = comings_and_goings(number, before, &live.call, &outcome);
        live.apply(outcome);
        if ended {
            self.live.remove(&number);
            if for_all {
                self.ended.insert(number, now);
            }
            self.tickets.retain(|_, ticket| !ticket.sits_in(number));
            // Whom the end takes out the world takes out itself.
            notices.retain(|notice| {
                !matches!(notice, Notice::GaveUp(.., Parting::Ended) | Notice::Left(.., Parting::Ended))
            });
            notices.push(Notice::Ended(number));
        }
        notices
    }
}

/// What was said, and what became of everybody, in a step of a call.
fn comings_and_goings(
    number: u64,
    mut before: BTreeMap<PersonId, (Participant, bool)>,
    call: &Call,
    outcome: &Outcome,
) -> Vec<Notice> {
    let line = |(id, text): &(PersonId, String)| Some(Notice::Said(number, before.get(id)?.0.clone(), text.clone()));
    let mut notices: Vec<Notice> = outcome.said.iter().filter_map(line).collect();
    for (id, (who, waits)) in call.presence() {
        match (before.remove(&id).map(|(_, waited)| waited), waits) {
            (None, true) => notices.push(Notice::Waiting(number, who)),
            (None | Some(true), false) => notices.push(Notice::Joined(number, who)),
            _ => {}
        }
    }
    let why = |id| outcome.parted.iter().find(|(gone, _)| *gone == id).map_or(Parting::Left, |(_, why)| *why);
    notices.extend(before.into_iter().map(|(id, (who, waited))| {
        if waited { Notice::GaveUp(number, who, why(id)) } else { Notice::Left(number, who, why(id)) }
    }));
    notices
}

impl Live {
    fn apply(&mut self, outcome: Outcome) {
        for (to, message) in outcome.sends {
            if let Some(line) = self.lines.get_mut(&to) {
                line.send(message);
            }
        }
        for id in outcome.closes {
            self.lines.remove(&id);
        }
    }

    pub(super) fn say_goodbye(&mut self) {
        for line in self.lines.values_mut() {
            line.send(ToClient::Closed { reason: Parting::Stopped });
        }
    }
}
