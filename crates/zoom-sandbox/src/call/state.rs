//! One call as a state machine: a message, an arrival or the time goes in; messages for people come out. No sockets.

mod manage;
mod unseen;

use std::collections::BTreeMap;

use super::{
    CallKind, CallMeeting, Participant, PersonView, Refusal,
    admission::{Pass, Standing, may_enter},
    message::{FromClient, Parting, PersonId, ToClient, Welcome},
};

/// People with a browser behind them that one call holds; a mesh of more would not be a call but a slide show.
pub(crate) const MOST_PEOPLE: usize = 6;
/// How long a lost connection may take to come back, in milliseconds.
pub(crate) const GRACE_MS: i64 = 12_000;
/// How long an empty call lingers after its last page closed without saying *leave*: a reload takes less.
pub(crate) const LINGER_MS: i64 = 6_000;
/// When a simulated participant writes to somebody who came in and is alone.
const GREETING_MS: i64 = 2_500;
/// The longest chat line, in characters.
const LONGEST_LINE: usize = 2_000;
/// The SDK's user ids begin here and are this far apart.
const FIRST_ID: PersonId = 16_778_240;
const ID_STEP: PersonId = 1_024;

/// What must happen after a step.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Outcome {
    /// Messages, in order.
    pub(crate) sends: Vec<(PersonId, ToClient)>,
    /// Whose sockets close once their messages are out.
    pub(crate) closes: Vec<PersonId>,
    /// The call is over.
    pub(crate) ended: bool,
    /// It was ended with people in it, who did not leave by themselves.
    pub(crate) ended_for_all: bool,
    /// Who is gone, and why.
    pub(crate) parted: Vec<(PersonId, Parting)>,
    /// Lines that somebody wrote for everybody.
    pub(crate) said: Vec<(PersonId, String)>,
}

#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about a person")]
struct Person {
    name: String,
    host: bool,
    user: Option<String>,
    email: String,
    simulated: bool,
    waiting: bool,
    muted: bool,
    video: bool,
    hand: bool,
    /// When a lost connection counts as gone, ms.
    lost_until: Option<i64>,
}

/// A running call.
#[derive(Debug)]
pub(crate) struct Call {
    meeting: CallMeeting,
    people: BTreeMap<PersonId, Person>,
    next_id: PersonId,
    locked: bool,
    greeting: Option<String>,
    greet_at: Option<i64>,
    empty_until: Option<i64>,
    /// When its host's licence ends it, ms.
    ends_at: Option<i64>,
}

impl Call {
    pub(crate) fn new(meeting: CallMeeting) -> Self {
        Self {
            meeting,
            people: BTreeMap::new(),
            next_id: FIRST_ID,
            locked: false,
            greeting: None,
            greet_at: None,
            empty_until: None,
            ends_at: None,
        }
    }

    /// The same, begun at `now`: a host without a licence has so many minutes.
    pub(crate) fn begun(mut self, now: i64) -> Self {
        self.ends_at = self.meeting.longest_minutes.map(|minutes| now.saturating_add(i64::from(minutes) * 60_000));
        self
    }

    pub(crate) fn standing(&self) -> Standing {
        let real = self.people.values().filter(|one| !one.simulated && !one.waiting).count();
        Standing::Running { full: real >= MOST_PEOPLE, locked: self.locked }
    }

    /// Takes somebody in, or into the waiting room.
    pub(crate) fn enter(&mut self, pass: &Pass, now: i64) -> Result<(PersonId, Outcome), Refusal> {
        may_enter(&self.meeting, pass.host, self.standing())?;
        let (id, outcome) = self.take(pass, false);
        if self.is_inside(id) {
            self.greet_at = self.greeting.as_ref().map(|_| now.saturating_add(GREETING_MS));
        }
        Ok((id, outcome))
    }

    fn take(&mut self, pass: &Pass, simulated: bool) -> (PersonId, Outcome) {
        let waiting = self.meeting.waiting_room && !pass.host;
        let listens = self.meeting.kind == CallKind::Webinar && !pass.host;
        let id = self.add(Person {
            name: pass.name.clone(),
            host: pass.host,
            user: pass.user.clone(),
            email: pass.email.clone(),
            simulated,
            waiting,
            muted: listens || pass.without_sound || (self.meeting.mute_upon_entry && !pass.host),
            video: !listens && !pass.without_picture,
            hand: false,
            lost_until: None,
        });
        let mut outcome = Outcome::default();
        self.announce(id, &mut outcome);
        self.welcome(id, &mut outcome);
        if !waiting {
            self.empty_until = None;
        }
        (id, outcome)
    }

    /// What somebody in the call, or in its waiting room, says.
    pub(crate) fn handle(&mut self, from: PersonId, message: FromClient) -> Outcome {
        let mut outcome = Outcome::default();
        let Some(person) = self.people.get(&from) else { return outcome };
        let host = person.host;
        let inside = !person.waiting;
        match message {
            FromClient::Leave => return self.part(from, Parting::Left, None),
            FromClient::Signal { to, data } if inside && self.is_inside(to) => {
                outcome.sends.push((to, ToClient::Signal { from, data }));
            }
            FromClient::Media { muted, video } if inside => self.set_media(from, muted, video, &mut outcome),
            FromClient::Hand { up } if inside => self.change(from, &mut outcome, |person| person.hand = up),
            FromClient::Chat { text } if inside => self.chat(from, &text, &mut outcome),
            managing if host => return self.manage(from, &managing),
            // What somebody who waits or may not manage says has no effect; an honest client does not say it.
            _ => {}
        }
        outcome
    }

    /// Somebody's connection is gone without a word; it may come back.
    pub(crate) fn lost(&mut self, id: PersonId, now: i64) -> Outcome {
        let mut outcome = Outcome::default();
        self.change(id, &mut outcome, |person| person.lost_until = Some(now.saturating_add(GRACE_MS)));
        outcome
    }

    /// Somebody's connection is back: they get the whole picture again.
    pub(crate) fn back(&mut self, id: PersonId) -> Outcome {
        let mut outcome = Outcome::default();
        self.change(id, &mut outcome, |person| person.lost_until = None);
        self.welcome(id, &mut outcome);
        outcome
    }

    /// Somebody's page closed: they are gone at once, the call lingers in case it was a reload.
    pub(crate) fn gone(&mut self, id: PersonId, now: i64) -> Outcome {
        self.part(id, Parting::Left, Some(now.saturating_add(LINGER_MS)))
    }

    /// Does what is due.
    pub(crate) fn tick(&mut self, now: i64) -> Outcome {
        let mut outcome = Outcome::default();
        let is_due = |at: Option<i64>| at.is_some_and(|at| at <= now);
        let lost: Vec<PersonId> =
            self.people.iter().filter(|(_, one)| is_due(one.lost_until)).map(|(id, _)| *id).collect();
        for id in lost {
            let parted = self.part(id, Parting::Lost, None);
            outcome.sends.extend(parted.sends);
            outcome.closes.extend(parted.closes);
            outcome.parted.extend(parted.parted);
            outcome.ended |= parted.ended;
            outcome.ended_for_all |= parted.ended_for_all;
        }
        if is_due(self.greet_at) {
            self.greet_at = None;
            self.greet(&mut outcome);
        }
        if is_due(self.empty_until) || is_due(self.ends_at) {
            self.end_into(Parting::Ended, &mut outcome);
        }
        outcome
    }

    /// When [`Call::tick`] has something to do next, ms.
    pub(crate) fn due(&self) -> Option<i64> {
        let lost = self.people.values().filter_map(|one| one.lost_until);
        lost.chain(self.greet_at).chain(self.empty_until).chain(self.ends_at).min()
    }

    /// Ends it for everybody.
    pub(crate) fn end(&mut self, why: Parting) -> Outcome {
        let mut outcome = Outcome::default();
        self.end_into(why, &mut outcome);
        outcome
    }

    pub(crate) fn views(&self) -> Vec<PersonView> {
        self.people.iter().map(|(id, one)| self.view(*id, one)).collect()
    }

    /// Everybody, and whether they wait.
    pub(crate) fn presence(&self) -> BTreeMap<PersonId, (Participant, bool)> {
        let known = |(id, one): (&PersonId, &Person)| {
            let (name, user, email, host) = (one.name.clone(), one.user.clone(), one.email.clone(), one.host);
            (*id, (Participant { id: *id, name, user, email, host }, one.waiting))
        };
        self.people.iter().map(known).collect()
    }

    fn add(&mut self, person: Person) -> PersonId {
        let id = self.next_id;
        self.next_id = id.saturating_add(ID_STEP);
        self.people.insert(id, person);
        id
    }

    fn is_inside(&self, id: PersonId) -> bool {
        self.people.get(&id).is_some_and(|one| !one.waiting && !one.simulated)
    }

    /// Whom news about `id` concerns: everybody inside; about somebody who waits, hosts only.
    fn audience(&self, id: PersonId) -> Vec<PersonId> {
        let about_waiting = self.people.get(&id).is_none_or(|one| one.waiting);
        let concerned = |one: &Person| !one.simulated && !one.waiting && (one.host || !about_waiting);
        self.people.iter().filter(|(other, one)| **other != id && concerned(one)).map(|(other, _)| *other).collect()
    }

    fn announce(&self, id: PersonId, outcome: &mut Outcome) {
        if let Some(one) = self.people.get(&id) {
            let person = self.view(id, one);
            let news = ToClient::Joined { person };
            outcome.sends.extend(self.audience(id).into_iter().map(|to| (to, news.clone())));
        }
    }

    fn welcome(&self, id: PersonId, outcome: &mut Outcome) {
        let Some(me) = self.people.get(&id) else { return };
        let sees = |(other, one): &(&PersonId, &Person)| **other == id || !me.waiting && (me.host || !one.waiting);
        let welcome = Welcome {
            number: self.meeting.number,
            topic: self.meeting.topic.clone(),
            webinar: self.meeting.kind == CallKind::Webinar,
            me: id,
            waiting: me.waiting,
            mute_upon_entry: self.meeting.mute_upon_entry && !me.host,
            locked: self.locked,
            people: self.people.iter().filter(sees).map(|(id, one)| self.view(*id, one)).collect(),
        };
        outcome.sends.push((id, ToClient::Welcome(Box::new(welcome))));
    }

    fn view(&self, id: PersonId, one: &Person) -> PersonView {
        PersonView {
            id,
            name: one.name.clone(),
            host: one.host,
            simulated: one.simulated,
            sends: one.host || one.simulated || self.meeting.kind == CallKind::Meeting,
            muted: one.muted,
            video: one.video,
            hand: one.hand,
            waiting: one.waiting,
            connected: one.lost_until.is_none(),
        }
    }

    fn change(&mut self, id: PersonId, outcome: &mut Outcome, how: impl FnOnce(&mut Person)) {
        let Some(person) = self.people.get_mut(&id) else { return };
        how(person);
        if let Some(one) = self.people.get(&id) {
            let person = self.view(id, one);
            let news = ToClient::Changed { person };
            outcome.sends.extend(self.audience(id).into_iter().map(|to| (to, news.clone())));
        }
    }

    fn set_media(&mut self, id: PersonId, muted: bool, video: bool, outcome: &mut Outcome) {
        let listens = self.meeting.kind == CallKind::Webinar && self.people.get(&id).is_some_and(|person| !person.host);
        self.change(id, outcome, |person| {
            person.muted = muted || listens;
            person.video = video && !listens;
        });
    }

    fn chat(&self, from: PersonId, text: &str, outcome: &mut Outcome) {
        let text: String = text.trim().chars().take(LONGEST_LINE).collect();
        let Some(person) = self.people.get(&from).filter(|_| !text.is_empty()) else { return };
        let line = ToClient::Chat { from, name: person.name.clone(), text: text.clone() };
        outcome.said.push((from, text));
        let inside = self.people.keys().filter(|id| self.is_inside(**id));
        outcome.sends.extend(inside.map(|to| (*to, line.clone())));
    }

    /// One who is alone among simulated people is asked to bring a real person.
    fn greet(&self, outcome: &mut Outcome) {
        let alone = self.people.keys().filter(|id| self.is_inside(**id)).count() == 1;
        let greeter = self.people.iter().find(|(_, one)| one.simulated).map(|(id, _)| *id);
        if let (true, Some(greeter), Some(text)) = (alone, greeter, &self.greeting) {
            self.chat(greeter, text, outcome);
        }
    }

    /// Takes somebody out; `linger_until` keeps the empty call alive for a while.
    fn part(&mut self, id: PersonId, why: Parting, linger_until: Option<i64>) -> Outcome {
        let mut outcome = Outcome::default();
        let audience = self.audience(id);
        if self.people.remove(&id).is_none() {
            return outcome;
        }
        outcome.parted.push((id, why));
        outcome.sends.push((id, ToClient::Closed { reason: why }));
        outcome.closes.push(id);
        let left = ToClient::Left { id, reason: why };
        outcome.sends.extend(audience.into_iter().map(|to| (to, left.clone())));
        if self.people.values().all(|one| one.waiting) {
            match linger_until {
                Some(until) => self.empty_until = Some(until),
                None => self.end_into(Parting::Ended, &mut outcome),
            }
        }
        outcome
    }

    fn end_into(&mut self, why: Parting, outcome: &mut Outcome) {
        outcome.ended_for_all |= self.people.values().any(|one| !one.waiting);
        for (id, one) in std::mem::take(&mut self.people) {
            outcome.parted.push((id, why));
            if !one.simulated {
                outcome.sends.push((id, ToClient::Closed { reason: why }));
                outcome.closes.push(id);
            }
        }
        self.greet_at = None;
        self.empty_until = None;
        outcome.ended = true;
    }
}

#[cfg(test)]
mod tests;
