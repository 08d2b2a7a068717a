//! People in calls who have no browser: simulated ones, and those whom the controls let come and go.

use super::{
    super::{
        Refusal,
        admission::{Unseen, admit_unseen},
        message::PersonId,
    },
    Calls, CannotBegin,
};

impl Calls {
    /// Puts simulated people into a call, which starts it: each client draws them and lets them murmur. One of them
    /// writes `chat` at once, and again to whoever comes in and is alone among them. Says whether somebody wrote.
    ///
    /// # Errors
    /// Where there is no such meeting, or its host has as many calls as one may hold.
    pub fn simulate(&self, number: u64, names: &[String], chat: Option<String>) -> Result<bool, CannotBegin> {
        // Where nobody comes, nothing begins.
        if names.is_empty() {
            let meeting = self.world().meeting(number).ok_or(CannotBegin::NoSuchMeeting(number))?;
            return Ok(chat.is_some_and(|text| self.write(meeting.number, None, &text)));
        }
        let door = self.door();
        let meeting = self.beginnable(number)?;
        let (number, now) = (meeting.number, self.now_ms());
        let notices = {
            let mut state = self.lock();
            let notice = state.begin(meeting, now);
            let came = state.step(number, now, |call, _| call.simulate(names, chat.clone()));
            notice.into_iter().chain(came)
        };
        self.tell(notices);
        drop(door);
        Ok(chat.is_some_and(|text| self.write(number, None, &text)))
    }

    /// Lets the simulated person of this name write a line for everybody. False where no such person is there.
    pub(crate) fn speak(&self, number: u64, name: &str, text: &str) -> bool {
        self.write(self.called(number), Some(name), text)
    }

    fn write(&self, number: u64, name: Option<&str>, text: &str) -> bool {
        let mut spoke = false;
        self.step(number, |call, _| {
            let outcome = call.speak(name, text);
            spoke = !outcome.said.is_empty();
            outcome
        });
        spoke
    }

    /// Lets somebody come who has no page; who they are in the call.
    pub(crate) fn join_unseen(&self, number: u64, who: &Unseen) -> Result<PersonId, Refusal> {
        let _door = self.door();
        let (pass, meeting) = admit_unseen(self.world(), |number| self.standing(number), number, who)?;
        let (person, notices) = self.lock().enter_unseen(&pass, meeting, self.now_ms())?;
        self.tell(notices);
        self.0.due_changed.notify_one();
        Ok(person)
    }

    /// Lets somebody go who has no page. False where they are not there.
    pub(crate) fn leave_unseen(&self, number: u64, person: PersonId) -> bool {
        let mut left = false;
        self.step(self.called(number), |call, _| {
            let outcome = call.leave_unseen(person);
            left = !outcome.parted.is_empty();
            outcome
        });
        left
    }

    /// Lets somebody in out of the waiting room. False where they do not wait, or the call is full.
    pub(crate) fn let_in(&self, number: u64, person: PersonId) -> bool {
        let mut came = false;
        self.step(self.called(number), |call, _| {
            let waits = |call: &super::Call| call.presence().get(&person).is_some_and(|(_, waits)| *waits);
            let waited = waits(call);
            let outcome = call.let_in(person);
            came = waited && !waits(call);
            outcome
        });
        came
    }

    /// The number of the meeting that this number leads to: another one's where it is a personal meeting id.
    pub(crate) fn called(&self, number: u64) -> u64 {
        self.world().meeting(number).map_or(number, |meeting| meeting.number)
    }
}
