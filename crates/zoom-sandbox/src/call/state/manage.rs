//! What only a host may do in a call.

use super::{
    super::message::{FromClient, ToClient},
    Call, Outcome, Parting, PersonId, Standing,
};

impl Call {
    /// A host's message. Whom it names and does not exist is ignored: they may have left a moment ago.
    pub(super) fn manage(&mut self, host: PersonId, message: &FromClient) -> Outcome {
        let mut outcome = Outcome::default();
        match *message {
            FromClient::Admit { id } => self.admit(id, &mut outcome),
            FromClient::AdmitAll => {
                let waiting: Vec<PersonId> = self.ids(|one| one.waiting);
                for id in waiting {
                    self.admit(id, &mut outcome);
                }
            }
            FromClient::Decline { id } if self.is_waiting(id) => return self.part(id, Parting::Declined, None),
            FromClient::Remove { id } if id != host && !self.is_waiting(id) => {
                return self.part(id, Parting::Removed, None);
            }
            FromClient::Mute { id } => self.silence(id, &mut outcome),
            FromClient::MuteAll => {
                let others = self.ids(|one| !one.waiting && !one.muted);
                for id in others.into_iter().filter(|id| *id != host) {
                    self.silence(id, &mut outcome);
                }
            }
            FromClient::AskUnmute { id } => self.ask(id, &mut outcome),
            FromClient::Lock { locked } => self.lock(locked, &mut outcome),
            FromClient::End => return self.end(Parting::Ended),
            _ => {}
        }
        outcome
    }

    fn ids(&self, which: impl Fn(&super::Person) -> bool) -> Vec<PersonId> {
        self.people.iter().filter(|(_, one)| which(one)).map(|(id, _)| *id).collect()
    }

    fn is_waiting(&self, id: PersonId) -> bool {
        self.people.get(&id).is_some_and(|one| one.waiting)
    }

    /// Lets one in while there is room; the rest go on waiting.
    pub(super) fn admit(&mut self, id: PersonId, outcome: &mut Outcome) {
        let full = matches!(self.standing(), Standing::Running { full: true, .. });
        let has_room = |one: &super::Person| one.waiting && (one.simulated || !full);
        let Some(person) = self.people.get_mut(&id).filter(|one| has_room(one)) else { return };
        person.waiting = false;
        self.announce(id, outcome);
        self.welcome(id, outcome);
    }

    fn silence(&mut self, id: PersonId, outcome: &mut Outcome) {
        self.change(id, outcome, |person| person.muted = true);
        if self.is_inside(id) {
            outcome.sends.push((id, ToClient::MutedByHost));
        }
    }

    /// Nobody is unmuted from afar; a simulated person agrees at once.
    fn ask(&mut self, id: PersonId, outcome: &mut Outcome) {
        if self.people.get(&id).is_some_and(|one| one.simulated) {
            self.change(id, outcome, |person| person.muted = false);
        } else if self.is_inside(id) {
            outcome.sends.push((id, ToClient::AskedToUnmute));
        }
    }

    fn lock(&mut self, locked: bool, outcome: &mut Outcome) {
        self.locked = locked;
        let inside = self.ids(|one| !one.waiting && !one.simulated);
        outcome.sends.extend(inside.into_iter().map(|to| (to, ToClient::Locked { locked })));
    }
}
