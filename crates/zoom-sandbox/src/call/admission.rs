//! Who may enter a call, and as what: the rules between a join request and a seat. Pure; no seat is taken here.

use clock::Timestamp;
use serde::Deserialize;

use super::{CallKind, CallMeeting, CallWorld, Guest, Refusal, SdkRole, ZakUser, signature};

/// The longest name a tile can carry.
const LONGEST_NAME: usize = 64;

/// What the SDK's `join` was called with, under the SDK's own names.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct JoinRequest {
    #[serde(default)]
    pub(crate) signature: String,
    #[serde(default)]
    pub(crate) meeting_number: NumberText,
    #[serde(default)]
    pub(crate) user_name: String,
    #[serde(default)]
    pub(crate) pass_word: String,
    #[serde(default)]
    pub(crate) user_email: String,
    #[serde(default)]
    pub(crate) zak: String,
    /// The personal token of a registrant's, a panelist's or an invite link.
    #[serde(default)]
    pub(crate) tk: String,
}

/// A meeting number as pages give it: a number, or text with or without spaces.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum NumberText {
    Number(u64),
    Text(String),
}

impl Default for NumberText {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl NumberText {
    pub(crate) fn read(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.split([' ', '-']).collect::<String>().parse().ok(),
        }
    }
}

/// How a call stands for somebody who wants in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nobody has started it.
    Idle,
    /// Ended for all a short while ago, and not started since.
    JustEnded,
    /// People are in it.
    Running { full: bool, locked: bool },
}

/// The right to one seat: what a ticket stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pass {
    pub(crate) number: u64,
    pub(crate) name: String,
    pub(crate) host: bool,
    pub(crate) user: Option<String>,
    pub(crate) email: String,
    /// Comes in muted.
    pub(crate) without_sound: bool,
    /// Comes in with the camera off.
    pub(crate) without_picture: bool,
}

/// Decides over an SDK `join`: signature, meeting, passcode, ZAK, name, and whether the call takes people now.
pub(crate) fn admit(
    world: &dyn CallWorld,
    standing: impl FnOnce(u64) -> Standing,
    request: &JoinRequest,
    now: Timestamp,
) -> Result<(Pass, CallMeeting), Refusal> {
    let number =
        request.meeting_number.read().ok_or(Refusal::InvalidParameter("meetingNumber is not a meeting number"))?;
    let claims = signature::verify(&request.signature, number, now.as_second(), &|id| world.sdk_secret(id))?;
    let meeting = world.meeting(number).ok_or(Refusal::NoSuchMeeting)?;
    let user = zak_user(world, &request.zak, now)?;
    let host = match claims.role {
        SdkRole::Participant => false,
        SdkRole::Host => match &user {
            None => return Err(Refusal::ZakMissing),
            Some(user) if meeting.is_held_by(user) => true,
            Some(_) => return Err(Refusal::NotTheHost),
        },
    };
    enter(world, meeting, standing, Entrant { host, user, request }, now)
}

/// Decides over somebody at the sandbox's own `/j/{id}` and `/s/{id}` pages: the same rules without a signature.
pub(crate) fn admit_at_page(
    world: &dyn CallWorld,
    standing: impl FnOnce(u64) -> Standing,
    request: &JoinRequest,
    now: Timestamp,
) -> Result<(Pass, CallMeeting), Refusal> {
    let number = request.meeting_number.read().ok_or(Refusal::NoSuchMeeting)?;
    let meeting = world.meeting(number).ok_or(Refusal::NoSuchMeeting)?;
    let user = zak_user(world, &request.zak, now)?;
    let host = user.as_ref().is_some_and(|user| meeting.is_held_by(user));
    // A start link is its host's; where people must sign in, the same token says who a participant is.
    if user.is_some() && !host && meeting.sign_in.is_none() {
        return Err(Refusal::NotTheHost);
    }
    enter(world, meeting, standing, Entrant { host, user, request }, now)
}

/// Somebody who comes without a page, by the controls: what they would type at the door is taken as right.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unseen {
    /// The name the others see; a user's own where it is empty.
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) user: Option<ZakUser>,
    /// Whether they have a link of their own.
    pub(crate) has_link: bool,
}

/// Decides over somebody without a page: the rules of the door, but that such people never fill a call.
pub(crate) fn admit_unseen(
    world: &dyn CallWorld,
    standing: impl FnOnce(u64) -> Standing,
    number: u64,
    who: &Unseen,
) -> Result<(Pass, CallMeeting), Refusal> {
    let meeting = world.meeting(number).ok_or(Refusal::NoSuchMeeting)?;
    let host = who.user.as_ref().is_some_and(|user| meeting.is_held_by(user));
    if !host && !meeting.takes(who.user.as_ref()) {
        return Err(Refusal::SignInNeeded);
    }
    if !host && meeting.needs_registration && !who.has_link {
        return Err(Refusal::RegistrationNeeded);
    }
    if !host && meeting.kind == CallKind::Webinar && !who.has_link && !looks_like_email(&who.email) {
        return Err(Refusal::InvalidParameter("an e-mail address is needed to join a webinar"));
    }
    let name = tidy(&who.name).or_else(|| tidy(&who.user.as_ref()?.display_name));
    let name = name.ok_or(Refusal::InvalidParameter("the name is empty"))?;
    let standing = standing(meeting.number).with_room();
    may_enter(&meeting, host, standing)?;
    if !matches!(standing, Standing::Running { .. }) && !world.may_begin(meeting.number) {
        return Err(Refusal::HostIsBusy);
    }
    let user = who.user.as_ref().map(|user| user.id.clone());
    let (email, without_sound, without_picture) = (who.email.clone(), false, false);
    Ok((Pass { number: meeting.number, name, host, user, email, without_sound, without_picture }, meeting))
}

impl Standing {
    /// The same for those who take up no room.
    pub(crate) fn with_room(self) -> Self {
        match self {
            Self::Running { locked, .. } => Self::Running { full: false, locked },
            other => other,
        }
    }
}

struct Entrant<'a> {
    host: bool,
    user: Option<ZakUser>,
    request: &'a JoinRequest,
}

fn enter(
    world: &dyn CallWorld,
    meeting: CallMeeting,
    standing: impl FnOnce(u64) -> Standing,
    entrant: Entrant<'_>,
    now: Timestamp,
) -> Result<(Pass, CallMeeting), Refusal> {
    let Entrant { host, user, request } = entrant;
    if !host && !meeting.takes(user.as_ref()) {
        return Err(Refusal::SignInNeeded);
    }
    let guest = if host { None } else { guest(world, &meeting, &request.tk, now)? };
    // What a link says of its owner counts more than what a page sends.
    let email = guest.as_ref().map(|guest| &guest.email).filter(|email| !email.is_empty());
    let email = email.unwrap_or(&request.user_email);
    if !host && request.pass_word != meeting.passcode {
        return Err(Refusal::WrongPasscode);
    }
    if !host && meeting.kind == CallKind::Webinar && guest.is_none() && !looks_like_email(email) {
        return Err(Refusal::InvalidParameter("userEmail is needed to join a webinar"));
    }
    let on_link = guest.as_ref().map(|guest| guest.name.as_str()).and_then(tidy);
    let is_invited_by_name = guest.as_ref().is_some_and(|guest| guest.email.is_empty());
    let given = tidy(&request.user_name).filter(|_| !is_invited_by_name);
    let name = given.or(on_link).or_else(|| tidy(&user.as_ref()?.display_name));
    let name = name.ok_or(Refusal::InvalidParameter("userName is empty"))?;
    let standing = standing(meeting.number);
    may_enter(&meeting, host, standing)?;
    if !matches!(standing, Standing::Running { .. }) && !world.may_begin(meeting.number) {
        return Err(Refusal::HostIsBusy);
    }
    let (id, email) = match user {
        Some(user) => (Some(user.id), user.email),
        None => (None, email.clone()),
    };
    let (without_sound, without_picture) =
        guest.map(|guest| (guest.without_sound, guest.without_picture)).unwrap_or_default();
    Ok((Pass { number: meeting.number, name, host, user: id, email, without_sound, without_picture }, meeting))
}

/// Whether the call takes one more now.
pub(crate) fn may_enter(meeting: &CallMeeting, host: bool, standing: Standing) -> Result<(), Refusal> {
    match standing {
        Standing::Running { full: true, .. } => Err(Refusal::Full),
        Standing::Running { locked: true, .. } if !host => Err(Refusal::Locked),
        Standing::JustEnded if !host => Err(Refusal::Ended),
        Standing::Idle if !host && !meeting.begins_without_host() => Err(Refusal::NotStarted),
        Standing::Running { .. } | Standing::JustEnded | Standing::Idle => Ok(()),
    }
}

/// A token that is given must be valid, also for participants (Zoom, since 2026-02-07).
fn zak_user(world: &dyn CallWorld, zak: &str, now: Timestamp) -> Result<Option<ZakUser>, Refusal> {
    if zak.is_empty() { Ok(None) } else { world.user_of_zak(zak, now).map(Some).ok_or(Refusal::ZakInvalid) }
}

/// Whom the link is for. One that is given must be valid, and where people register, one must be given.
fn guest(world: &dyn CallWorld, meeting: &CallMeeting, token: &str, now: Timestamp) -> Result<Option<Guest>, Refusal> {
    match (token, meeting.needs_registration) {
        ("", true) => Err(Refusal::RegistrationNeeded),
        ("", false) => Ok(None),
        (token, _) => world.guest(meeting.number, token, now).map(Some).ok_or(Refusal::LinkInvalid),
    }
}

fn tidy(name: &str) -> Option<String> {
    let name: String = name.chars().filter(|letter| !letter.is_control()).collect();
    let name: String = name.trim().chars().take(LONGEST_NAME).collect();
    (!name.is_empty()).then_some(name)
}

fn looks_like_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
}

#[cfg(test)]
mod tests;
