//! What the Meeting SDK stand-in asks of the world and tells it.

use clock::Timestamp;

use serde_json::Value;

use super::{Change, Kind, Meeting, Person, State, World};
use crate::call::{CallKind, CallMeeting, CallWorld, Guest, Participant, Parting, SignIn, ZakUser};

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
            sign_in: None,
            longest_minutes: None,
        }
    }
}

/// Who may come to a meeting for authenticated users: as the way to sign in says that it names.
fn sign_in(state: &State, meeting: &Meeting, host: &Person) -> Option<SignIn> {
    if meeting.settings.get("meeting_authentication") != Some(&Value::Bool(true)) {
        return None;
    }
    let text = |name: &str| meeting.settings.get(name).and_then(Value::as_str).unwrap_or_default();
    let ways = state.setting(host, "meeting_authentication.authentication_options");
    let named = ways
        .as_array()
        .into_iter()
        .flatten()
        .find(|way| way.get("id").is_some_and(|id| id == text("authentication_option")));
    Some(match named.and_then(|way| way.get("type")).and_then(Value::as_str) {
        Some("enforce_login_with_same_account") => SignIn::Account(host.account_id.clone()),
        Some("enforce_login_with_domains") => {
            let domains = text("authentication_domains").split([',', ';']).map(str::trim);
            SignIn::Domains(domains.filter(|domain| !domain.is_empty()).map(str::to_owned).collect())
        }
        _ => SignIn::Anybody,
    })
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
        let (longest_minutes, sign_in) = self.read(|state| {
            let host = state.person_by_id(&meeting.host_id);
            (host.and_then(|host| host.licence.longest_call()), host.and_then(|host| sign_in(state, &meeting, host)))
        });
        Some(CallMeeting { sign_in, longest_minutes, ..CallMeeting::from(meeting) })
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
        Some(ZakUser {
            id: person.id,
            email: person.email,
            display_name: person.display_name,
            account_id: person.account_id,
        })
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
