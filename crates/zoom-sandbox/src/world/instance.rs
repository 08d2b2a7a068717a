//! What is left of a call: when it was, and who was there.

use clock::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Change, Happening, Kind, Meeting, Notice};
use crate::{
    call::Participant,
    wire::{instant, put},
};

/// One held call of a meeting or webinar.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Instance {
    /// Its UUID.
    pub uuid: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended; absent while it is on.
    pub ended_at: Option<Timestamp>,
    /// Everybody who was in it, in the order they came. Who comes back is there twice, as in Zoom's lists.
    pub participants: Vec<Attendance>,
}

/// One stay of one participant.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Attendance {
    /// The id within the call.
    pub user_id: u32,
    /// The Zoom user's id; empty for guests.
    pub id: String,
    /// The name the others saw.
    pub name: String,
    /// The e-mail address, where one is known.
    pub email: String,
    /// The id of the registration with this address; empty without one.
    pub registrant_id: String,
    /// When they came in.
    pub join: Timestamp,
    /// When they left; absent while they are there.
    pub leave: Option<Timestamp>,
}

impl Change<'_> {
    /// A call has begun: its instance opens.
    pub(super) fn open_instance(&mut self, number: i64, uuid: &str) {
        let opened = Instance { uuid: uuid.to_owned(), started_at: self.now, ended_at: None, participants: Vec::new() };
        self.state.instances.entry(number).or_default().push(opened);
    }

    /// A call is over: whoever was still there leaves, and is told to have left.
    pub(super) fn close_instance(&mut self, meeting: &Meeting) {
        let now = self.now;
        let held = self.state.instances.get_mut(&meeting.number).and_then(|held| held.last_mut());
        let Some(open) = held.filter(|instance| instance.ended_at.is_none()) else { return };
        open.ended_at = Some(now);
        let mut left = Vec::new();
        for stay in open.participants.iter_mut().filter(|stay| stay.leave.is_none()) {
            stay.leave = Some(now);
            left.push(stay.clone());
        }
        for stay in left {
            self.tell("participant_left", meeting, &stay, true);
        }
    }

    /// Somebody came into the waiting room of a call.
    pub(super) fn participant_waits(&mut self, number: i64, who: &Participant) {
        if let Some((meeting, stay)) = self.stay_of(number, who) {
            self.tell("participant_joined_waiting_room", &meeting, &stay, false);
        }
    }

    /// Somebody came into a call.
    pub(super) fn participant_joins(&mut self, number: i64, who: &Participant) {
        let Some((meeting, stay)) = self.stay_of(number, who) else { return };
        let held = self.state.instances.get_mut(&number).and_then(|held| held.last_mut());
        let Some(open) = held.filter(|instance| instance.ended_at.is_none()) else { return };
        open.participants.push(stay.clone());
        self.tell("participant_joined", &meeting, &stay, false);
    }

    /// Somebody left a call. One whom the end of the call took out has left already.
    pub(super) fn participant_leaves(&mut self, number: i64, who: &Participant) {
        let now = self.now;
        let Some(meeting) = self.state.meetings.get(&number).map(|meeting| Meeting::clone(meeting)) else { return };
        let held = self.state.instances.get_mut(&number).and_then(|held| held.last_mut());
        let stays = held.into_iter().flat_map(|open| open.participants.iter_mut());
        let Some(stay) = stays.into_iter().find(|stay| stay.user_id == who.id && stay.leave.is_none()) else { return };
        stay.leave = Some(now);
        let stay = stay.clone();
        self.tell("participant_left", &meeting, &stay, false);
    }

    fn stay_of(&self, number: i64, who: &Participant) -> Option<(Meeting, Attendance)> {
        let meeting = self.state.meetings.get(&number)?;
        let registration = self.state.registrations.get(&number).filter(|_| !who.email.is_empty());
        let registrant = registration.and_then(|registration| registration.registrant(&who.email));
        let stay = Attendance {
            user_id: who.id,
            id: who.user.clone().unwrap_or_default(),
            name: who.name.clone(),
            email: who.email.clone(),
            registrant_id: registrant.map(|registrant| registrant.id.clone()).unwrap_or_default(),
            join: self.now,
            leave: None,
        };
        Some((Meeting::clone(meeting), stay))
    }

    /// Tells subscribers; Zoom dates the stay with other members for each event.
    fn tell(&mut self, what: &str, meeting: &Meeting, stay: &Attendance, by_end: bool) {
        let event = match (meeting.kind, what) {
            (Kind::Meeting, "participant_joined") => "meeting.participant_joined",
            (Kind::Meeting, "participant_left") => "meeting.participant_left",
            (Kind::Meeting, _) => "meeting.participant_joined_waiting_room",
            (Kind::Webinar, "participant_joined") => "webinar.participant_joined",
            (Kind::Webinar, "participant_left") => "webinar.participant_left",
            // Webinars have a practice session instead of a waiting room.
            (Kind::Webinar, _) => return,
        };
        let Some(account_id) = self.state.person_by_id(&meeting.host_id).map(|host| host.account_id.clone()) else {
            return;
        };
        let mut object = Map::new();
        put(&mut object, "id", meeting.number.to_string());
        put(&mut object, "uuid", meeting.uuid.as_str());
        put(&mut object, "host_id", meeting.host_id.as_str());
        put(&mut object, "topic", meeting.topic.as_str());
        put(&mut object, "type", meeting.code);
        put(&mut object, "start_time", instant(meeting.started_at.unwrap_or(self.now)));
        put(&mut object, "timezone", meeting.timezone.as_str());
        put(&mut object, "duration", meeting.duration);
        put(&mut object, "participant", participant(meeting.kind, what, stay, by_end));
        let notice = Notice {
            event,
            account_id,
            at: self.now,
            meeting: Some(meeting.number),
            object,
            payload: Map::new(),
            envelope: Map::new(),
        };
        self.happenings.push(Happening::Told(Box::new(notice)));
    }
}

fn participant(kind: Kind, what: &str, stay: &Attendance, by_end: bool) -> Map<String, Value> {
    let mut members = Map::new();
    put(&mut members, "user_id", stay.user_id.to_string());
    put(&mut members, "user_name", stay.name.as_str());
    put(&mut members, "id", stay.id.as_str());
    put(&mut members, "participant_user_id", stay.id.as_str());
    put(&mut members, "email", stay.email.as_str());
    put(&mut members, "registrant_id", stay.registrant_id.as_str());
    // As the schemas say: Zoom's example of who joined a meeting has the waiting room's member.
    let came = if what == "participant_joined_waiting_room" { "date_time" } else { "join_time" };
    let Some(leave) = stay.leave else {
        put(&mut members, came, instant(stay.join));
        return members;
    };
    put(&mut members, "leave_time", instant(leave));
    let mut reason = format!("{} left the {}.", stay.name, kind.as_str());
    if by_end {
        reason = format!("{reason}<br>Reason: Host ended the {}.", kind.as_str());
    }
    put(&mut members, "leave_reason", reason);
    members
}
