//! What a call asks of the world it stands in, and what it tells it.

use std::fmt;

use clock::Timestamp;

use super::message::Parting;

/// The world's side of a call. Every answer comes from memory and must not wait.
///
/// No method is called while a call's own lock is held, so an implementation may lock its state; it must only not hold
/// that lock while it calls [`super::Calls`].
pub trait CallWorld: Send + Sync + fmt::Debug + 'static {
    /// The meeting or webinar with this number, if it exists and was not deleted.
    fn meeting(&self, number: u64) -> Option<CallMeeting>;
    /// Whether the call of this meeting may begin now, with regard to the other calls of its host.
    fn may_begin(&self, number: u64) -> bool;
    /// The Meeting SDK client secret that belongs to a client id (`appKey`).
    fn sdk_secret(&self, client_id: &str) -> Option<String>;
    /// The user a ZAK was given out for, if it is still valid at `now`.
    fn user_of_zak(&self, zak: &str, now: Timestamp) -> Option<ZakUser>;
    /// Whom the personal token of a link (`tk`) lets into this meeting at `now`.
    fn guest(&self, number: u64, token: &str, now: Timestamp) -> Option<Guest>;
    /// The call has begun: status `started`, webhook `meeting.started` or `webinar.started`.
    fn call_started(&self, number: u64);
    /// The call is over: status `waiting`, webhook `meeting.ended` or `webinar.ended`.
    fn call_ended(&self, number: u64);
    /// Somebody waits to be let in.
    fn participant_waiting(&self, number: u64, who: &Participant);
    /// Somebody is in the call, at once or out of the waiting room.
    fn participant_joined(&self, number: u64, who: &Participant);
    /// Somebody who waited is gone without having been in. Not told of those whom the end of the call takes out.
    fn participant_gave_up(&self, number: u64, who: &Participant, why: Parting);
    /// Somebody who was in the call has left it. Not told of those whom the end of the call takes out.
    fn participant_left(&self, number: u64, who: &Participant, why: Parting);
    /// Somebody wrote a line for everybody.
    fn said(&self, number: u64, who: &Participant, text: &str);
}

/// Meeting or webinar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallKind {
    /// Everybody may send picture and sound.
    Meeting,
    /// Only hosts send; everybody else watches, listens, writes and raises a hand.
    Webinar,
}

impl CallKind {
    /// The word a person reads.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Webinar => "webinar",
        }
    }
}

/// What a call must know about its meeting. The passcode never shows in `Debug`.
#[derive(Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct CallMeeting {
    /// Zoom's meeting number.
    pub number: u64,
    /// Meeting or webinar.
    pub kind: CallKind,
    /// What it is called.
    pub topic: String,
    /// Empty where none is asked for.
    pub passcode: String,
    /// Participants wait until a host admits them.
    pub waiting_room: bool,
    /// Participants may begin without the host. Zoom ignores it where the waiting room is on.
    pub join_before_host: bool,
    /// Participants come in muted.
    pub mute_upon_entry: bool,
    /// Id of the user who holds it.
    pub host_id: String,
    /// Ids or e-mail addresses of users who may hold it too.
    pub alternative_hosts: Vec<String>,
    /// Who has not registered is turned away.
    pub needs_registration: bool,
    /// Which users may come; everybody where there is none.
    pub sign_in: Option<SignIn>,
    /// After so many minutes its call ends; nothing where it may go on.
    pub longest_minutes: Option<u32>,
}

impl CallMeeting {
    /// Whether this user may start the call.
    pub fn is_held_by(&self, user: &ZakUser) -> bool {
        self.host_id == user.id
            || self.alternative_hosts.iter().any(|one| *one == user.id || one.eq_ignore_ascii_case(&user.email))
    }

    /// Whether participants may come in as this user, or as nobody's.
    pub fn takes(&self, user: Option<&ZakUser>) -> bool {
        match (&self.sign_in, user) {
            (None, _) | (Some(SignIn::Anybody), Some(_)) => true,
            (Some(_), None) => false,
            (Some(SignIn::Account(id)), Some(user)) => *id == user.account_id,
            (Some(SignIn::Domains(domains)), Some(user)) => {
                let own = user.email.rsplit_once('@').map_or("", |(_, domain)| domain);
                domains.iter().any(|domain| domain.eq_ignore_ascii_case(own))
            }
        }
    }

    /// Whether participants may begin without the host.
    pub const fn begins_without_host(&self) -> bool {
        self.join_before_host && !self.waiting_room && matches!(self.kind, CallKind::Meeting)
    }
}

impl fmt::Debug for CallMeeting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallMeeting").field("number", &self.number).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Who counts as signed in where only authenticated users may come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// Any Zoom user.
    Anybody,
    /// The users of the account with this id.
    Account(String),
    /// Users with an address in one of these domains.
    Domains(Vec<String>),
}

/// Somebody in a call or its waiting room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// The SDK's id of them, good for this call only.
    pub id: u32,
    /// The name the others see.
    pub name: String,
    /// The Zoom user's id, where they came with a ZAK.
    pub user: Option<String>,
    /// The e-mail address of that user, or the one the page gave; empty where neither did.
    pub email: String,
    /// Whether they manage the call.
    pub host: bool,
}

/// The Zoom user behind a ZAK.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZakUser {
    /// Zoom's user id.
    pub id: String,
    /// The user's e-mail address.
    pub email: String,
    /// The name other people see when the page gives none.
    pub display_name: String,
    /// The account they belong to.
    pub account_id: String,
}

/// Whom a personal link is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guest {
    /// The name they registered or were invited with.
    pub name: String,
    /// Their e-mail address; empty where the link carries a name only.
    pub email: String,
    /// Whether they come in muted.
    pub without_sound: bool,
    /// Whether they come in with the camera off.
    pub without_picture: bool,
}
