//! What the Meeting SDK stand-in asks of the world and tells it.

use clock::Timestamp;

use super::{Change, Kind, Meeting, World};
use crate::call::{CallKind, CallMeeting, CallWorld, Guest, Participant, Parting, ZakUser};

/// Zoom's numbers are positive; anything else is nobody's.
fn number(of_call: u64) -> i64 {
    i64::try_from(of_call).unwrap_or(-1)
}

impl From<Meeting> for CallMeeting {
    fn from(meeting: Meeting) -> Self {
        Self {
            number: meeting.number.unsigned_abs(),
            kind: match meeting.kind {
                Kind::Meeting => CallKind::Meeting,
                Kind::Webinar => CallKind::Webinar,
            },
            waiting_room: meeting.waiting_room(),
            join_before_host: meeting.join_before_host(),
            mute_upon_entry: meeting.mute_upon_entry(),
            alternative_hosts: meeting.alternative_hosts(),
            needs_registration: meeting.approval().is_some(),
            topic: meeting.topic,
            passcode: meeting.passcode,
            host_id: meeting.host_id,
            longest_minutes: None,
        }
    }
}

/// Makes a change that has no answer; a call goes on where the disk refuses it.
fn keep(world: &World, make: impl FnOnce(&mut Change<'_>)) {
    let kept = world.change(|change| {
        make(change);
        Ok::<_, std::convert::Infallible>(())
    });
    if let Err(problem) = kept {
        tracing::error!(%problem, "who is in a call could not be kept");
    }
}

impl CallWorld for World {
    fn meeting(&self, of_call: u64) -> Option<CallMeeting> {
        let meeting = self.called(number(of_call))?;
        let longest_minutes = self.read(|state| state.person_by_id(&meeting.host_id)?.licence.longest_call());
        Some(CallMeeting { longest_minutes, ..CallMeeting::from(meeting) })
    }

    fn may_begin(&self, of_call: u64) -> bool {
        Self::may_begin(self, number(of_call))
    }

    fn guest(&self, of_call: u64, token: &str, now: Timestamp) -> Option<Guest> {
        self.read(|state| state.guest(number(of_call), token, now))
    }

    fn sdk_secret(&self, client_id: &str) -> Option<String> {
        Self::sdk_secret(self, client_id)
    }

    fn user_of_zak(&self, zak: &str, now: Timestamp) -> Option<ZakUser> {
        let person = Self::user_of_zak(self, zak, now)?;
        Some(ZakUser { id: person.id, email: person.email, display_name: person.display_name })
    }

    fn call_started(&self, of_call: u64) {
        Self::call_started(self, number(of_call));
    }

    fn call_ended(&self, of_call: u64) {
        Self::call_ended(self, number(of_call));
    }

    fn participant_waiting(&self, of_call: u64, who: &Participant) {
        keep(self, |change| change.participant_waits(number(of_call), who));
    }

    fn participant_joined(&self, of_call: u64, who: &Participant) {
        keep(self, |change| change.participant_joins(number(of_call), who));
    }

    fn participant_gave_up(&self, of_call: u64, who: &Participant, why: Parting) {
        keep(self, |change| change.participant_gives_up(number(of_call), who, why));
    }

    fn participant_left(&self, of_call: u64, who: &Participant, why: Parting) {
        keep(self, |change| change.participant_leaves(number(of_call), who, why));
    }

    fn said(&self, of_call: u64, who: &Participant, text: &str) {
        keep(self, |change| change.says(number(of_call), who, text));
    }
}
