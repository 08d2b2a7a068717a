//! Who comes into a call and who leaves it, and what subscribers hear of that.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use super::{Attendance, Change, Happening, Kind, Meeting, Notice, zak::seal};
use crate::{
    call::{Participant, Parting},
    wire::{instant, put},
};

impl Change<'_> {
    /// Somebody came into the waiting room of a call.
    pub(super) fn participant_waits(&mut self, number: i64, who: &Participant) {
        let Some((meeting, stay)) = self.stay_of(number, who) else { return };
        if let Some(open) = self.open_instance_of(number) {
            open.waiting.push(stay.clone());
        }
        let members = self.dated(&meeting, &stay, "date_time");
        self.tell(&meeting, "meeting.participant_joined_waiting_room", members);
    }

    /// Somebody came into a call, at once or out of its waiting room.
    pub(super) fn participant_joins(&mut self, number: i64, who: &Participant) {
        let Some((meeting, mut stay)) = self.stay_of(number, who) else { return };
        let Some(open) = self.open_instance_of(number) else { return };
        let waited = open.waiting.iter().position(|one| one.user_id == who.id && one.leave.is_none());
        stay.waited_from = waited.map(|at| open.waiting.remove(at).join);
        let before_host = !open.participants.iter().any(|one| one.host) && !stay.host;
        open.participants.push(stay.clone());
        if waited.is_some() {
            self.tell_admitted(&meeting, &stay);
        }
        if before_host && meeting.kind == Kind::Meeting && meeting.join_before_host() {
            self.tell(&meeting, "meeting.participant_jbh_joined", before_the_host(&stay));
        }
        let event = match meeting.kind {
            Kind::Meeting => "meeting.participant_joined",
            Kind::Webinar => "webinar.participant_joined",
        };
        // As the schema says: Zoom's example of who joined a meeting has the waiting room's member.
        let members = self.dated(&meeting, &stay, "join_time");
        self.tell(&meeting, event, members);
    }

    /// Somebody left a call. One whom the end of the call took out has left already.
    pub(super) fn participant_leaves(&mut self, number: i64, who: &Participant, why: Parting) {
        self.goes(number, who, false, why);
    }

    /// Somebody left the waiting room of a call, or was turned away there.
    pub(super) fn participant_gives_up(&mut self, number: i64, who: &Participant, why: Parting) {
        self.goes(number, who, true, why);
    }

    fn goes(&mut self, number: i64, who: &Participant, waited: bool, why: Parting) {
        let now = self.now;
        let Some(meeting) = self.state.meetings.get(number).map(|meeting| Meeting::clone(meeting)) else { return };
        let Some(open) = self.open_instance_of(number) else { return };
        let stays = if waited { &mut open.waiting } else { &mut open.participants };
        let Some(stay) = stays.iter_mut().find(|stay| stay.user_id == who.id && stay.leave.is_none()) else { return };
        stay.leave = Some(now);
        let stay = stay.clone();
        self.tell_gone(&meeting, &stay, waited, why);
    }

    fn stay_of(&self, number: i64, who: &Participant) -> Option<(Meeting, Attendance)> {
        let meeting = self.state.meetings.get(number)?;
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
            waited_from: None,
            host: who.host,
        };
        Some((Meeting::clone(meeting), stay))
    }

    /// Somebody is gone out of a call or its waiting room.
    pub(super) fn tell_gone(&mut self, meeting: &Meeting, stay: &Attendance, waited: bool, why: Parting) {
        let leave = instant(stay.leave.unwrap_or(self.now));
        let mut members = self.known(meeting, stay);
        if waited {
            put(&mut members, "date_time", leave);
            self.tell(meeting, "meeting.participant_left_waiting_room", members);
            return;
        }
        put(&mut members, "leave_time", leave);
        put(&mut members, "leave_reason", reason(meeting.kind, &stay.name, why));
        let event = match meeting.kind {
            Kind::Meeting => "meeting.participant_left",
            Kind::Webinar => "webinar.participant_left",
        };
        self.tell(meeting, event, members);
    }

    /// The host let somebody in who had waited.
    fn tell_admitted(&mut self, meeting: &Meeting, stay: &Attendance) {
        let host = self.state.person_by_id(&meeting.host_id);
        let mut payload = Map::new();
        put(&mut payload, "operator", host.map_or("", |host| host.email.as_str()));
        put(&mut payload, "operator_id", meeting.host_id.as_str());
        put(&mut payload, "operation", "single");
        let members = self.dated(meeting, stay, "date_time");
        self.tell_with(meeting, "meeting.participant_admitted", members, payload);
    }

    fn tell(&mut self, meeting: &Meeting, event: &'static str, participant: Map<String, Value>) {
        self.tell_with(meeting, event, participant, Map::new());
    }

    fn tell_with(
        &mut self,
        meeting: &Meeting,
        event: &'static str,
        participant: Map<String, Value>,
        payload: Map<String, Value>,
    ) {
        // Webinars have a practice session instead of a waiting room.
        if meeting.kind == Kind::Webinar && event.starts_with("meeting.") {
            return;
        }
        let mut object = Map::new();
        put(&mut object, "id", meeting.shown_number().to_string());
        put(&mut object, "uuid", meeting.uuid.as_str());
        put(&mut object, "host_id", meeting.host_id.as_str());
        put(&mut object, "topic", meeting.topic.as_str());
        put(&mut object, "type", meeting.code);
        put(&mut object, "start_time", instant(meeting.started_at.unwrap_or(self.now)));
        put(&mut object, "timezone", meeting.timezone.as_str());
        put(&mut object, "duration", meeting.duration);
        put(&mut object, "participant", participant);
        self.notify(meeting, event, object, payload);
    }

    /// What is known of a participant. Nobody comes by telephone, and the sandbox's SDK takes no customer key.
    fn known(&self, meeting: &Meeting, stay: &Attendance) -> Map<String, Value> {
        let mut members = Map::new();
        put(&mut members, "user_id", stay.user_id.to_string());
        put(&mut members, "user_name", stay.name.as_str());
        put(&mut members, "id", stay.id.as_str());
        put(&mut members, "participant_uuid", self.participant_uuid(meeting, stay.user_id));
        put(&mut members, "participant_user_id", stay.id.as_str());
        put(&mut members, "email", stay.email.as_str());
        put(&mut members, "registrant_id", stay.registrant_id.as_str());
        put(&mut members, "customer_key", "");
        put(&mut members, "phone_number", "");
        members
    }

    /// The same with when they came: Zoom dates the stay with another member for each event.
    fn dated(&self, meeting: &Meeting, stay: &Attendance, name: &str) -> Map<String, Value> {
        let mut members = self.known(meeting, stay);
        put(&mut members, name, instant(stay.join));
        members
    }

    /// Who somebody is in one call, from its waiting room to its end. Worked out from both, so that it need not be kept.
    fn participant_uuid(&self, meeting: &Meeting, user_id: u32) -> String {
        let drawn = seal(&self.state.key, &format!("participant\n{}\n{user_id}", meeting.uuid));
        format!("sbx{}", URL_SAFE_NO_PAD.encode(drawn.get(..14).unwrap_or_default()))
    }

    /// Tells subscribers something about a meeting or webinar.
    pub(crate) fn notify(
        &mut self,
        meeting: &Meeting,
        event: &'static str,
        object: Map<String, Value>,
        payload: Map<String, Value>,
    ) {
        let Some(account_id) = self.state.person_by_id(&meeting.host_id).map(|host| host.account_id.clone()) else {
            return;
        };
        let (at, number) = (self.now, Some(meeting.number));
        let notice = Notice { event, account_id, at, meeting: number, object, payload, envelope: Map::new() };
        self.happenings.push(Happening::Told(Box::new(notice)));
    }
}

/// What is said of who came before the host: less than of others.
fn before_the_host(stay: &Attendance) -> Map<String, Value> {
    let mut members = Map::new();
    put(&mut members, "id", stay.id.as_str());
    put(&mut members, "user_name", stay.name.as_str());
    put(&mut members, "customer_key", "");
    put(&mut members, "registrant_id", stay.registrant_id.as_str());
    members
}

/// Why somebody is gone, in Zoom's words.
fn reason(kind: Kind, name: &str, why: Parting) -> String {
    let what = kind.as_str();
    let left = format!("{name} left the {what}.");
    match why {
        Parting::Left => left,
        Parting::Lost | Parting::Stopped => format!("{name} got disconnected from the {what}."),
        Parting::Removed | Parting::Declined => format!("{left}<br>Reason: Removed by host."),
        Parting::Ended => format!("{left}<br>Reason: Host ended the {what}."),
    }
}
