//! People with no browser behind them: drawn by each client, and moved by the controls.

use super::{
    super::{
        Refusal,
        admission::{Pass, may_enter},
    },
    Call, Outcome, Parting, Person, PersonId,
};

impl Call {
    /// Adds people whom each client draws; one of them will write `greeting` to whoever comes in alone.
    pub(crate) fn simulate(&mut self, names: &[String], greeting: Option<String>) -> Outcome {
        let mut outcome = Outcome::default();
        for name in names {
            let id = self.add(Person {
                name: name.clone(),
                host: false,
                user: None,
                email: String::new(),
                simulated: true,
                waiting: false,
                muted: false,
                video: true,
                hand: false,
                lost_until: None,
            });
            self.announce(id, &mut outcome);
        }
        if greeting.is_some() {
            self.greeting = greeting;
        }
        self.empty_until = None;
        outcome
    }

    /// Takes somebody in who has no page, or into the waiting room.
    pub(crate) fn enter_unseen(&mut self, pass: &Pass) -> Result<(PersonId, Outcome), Refusal> {
        may_enter(&self.meeting, pass.host, self.standing().with_room())?;
        Ok(self.take(pass, true))
    }

    /// Lets a simulated person write a line for everybody: the one of this name, or any.
    pub(crate) fn speak(&mut self, name: Option<&str>, text: &str) -> Outcome {
        let mut outcome = Outcome::default();
        let speaks = |one: &Person| one.simulated && !one.waiting && name.is_none_or(|name| one.name == name);
        let speaker = self.people.iter().find(|(_, one)| speaks(one)).map(|(id, _)| *id);
        if let Some(id) = speaker {
            self.chat(id, text, &mut outcome);
        }
        outcome
    }

    /// Somebody without a page goes, out of the call or of its waiting room.
    pub(crate) fn leave_unseen(&mut self, id: PersonId) -> Outcome {
        if self.people.get(&id).is_some_and(|one| one.simulated) {
            return self.part(id, Parting::Left, None);
        }
        Outcome::default()
    }

    /// Somebody is let in out of the waiting room, whoever the host is.
    pub(crate) fn let_in(&mut self, id: PersonId) -> Outcome {
        let mut outcome = Outcome::default();
        self.admit(id, &mut outcome);
        outcome
    }
}
