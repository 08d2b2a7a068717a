//! What a client and the sandbox say to each other over a call's socket.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::refusal::RefusalView;

/// Who somebody is inside a call. Counts up like the user ids that Zoom's SDK shows.
pub(crate) type PersonId = u32;

/// A client's message.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum FromClient {
    /// The first message on every socket; the ticket is what joining gave out.
    Hello { ticket: String },
    /// WebRTC negotiation, passed on unread.
    Signal { to: PersonId, data: Value },
    /// What I send now.
    Media { muted: bool, video: bool },
    /// A line for everybody.
    Chat { text: String },
    /// Raise or lower my hand.
    Hand { up: bool },
    /// Host: let one in.
    Admit { id: PersonId },
    /// Host: let all in.
    AdmitAll,
    /// Host: turn one away who waits.
    Decline { id: PersonId },
    /// Host: silence one.
    Mute { id: PersonId },
    /// Host: silence everybody else.
    MuteAll,
    /// Host: ask one to speak.
    AskUnmute { id: PersonId },
    /// Host: put one out.
    Remove { id: PersonId },
    /// Host: nobody else comes in, or again.
    Lock { locked: bool },
    /// Host: end for all.
    End,
    /// I go.
    Leave,
}

/// The sandbox's message.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum ToClient {
    /// You are in, or you wait; also after admission and after a lost connection.
    Welcome(Box<Welcome>),
    /// You may not enter after all.
    Refused(RefusalView),
    /// Somebody came in, or waits (hosts only).
    Joined { person: PersonView },
    /// Something about somebody changed.
    Changed { person: PersonView },
    /// Somebody is gone.
    Left { id: PersonId, reason: Parting },
    /// WebRTC negotiation from somebody.
    Signal { from: PersonId, data: Value },
    /// A line for everybody.
    Chat { from: PersonId, name: String, text: String },
    /// The host silenced you.
    MutedByHost,
    /// The host asks you to speak.
    AskedToUnmute,
    /// The host locked or unlocked the call.
    Locked { locked: bool },
    /// It is over for you; the socket closes.
    Closed { reason: Parting },
}

/// All that a client must know to draw the call.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the call")]
pub(crate) struct Welcome {
    pub(crate) number: u64,
    pub(crate) topic: String,
    pub(crate) webinar: bool,
    pub(crate) me: PersonId,
    pub(crate) waiting: bool,
    pub(crate) mute_upon_entry: bool,
    pub(crate) locked: bool,
    pub(crate) people: Vec<PersonView>,
}

/// Somebody, as others see them.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark of its own on the person's tile")]
pub struct PersonView {
    /// Who, inside this call.
    pub id: u32,
    /// The name they gave.
    pub name: String,
    /// May manage the call.
    pub host: bool,
    /// Drawn by each client; no person behind it.
    pub simulated: bool,
    /// Sends picture and sound; a webinar's audience does not.
    pub sends: bool,
    /// Microphone off.
    pub muted: bool,
    /// Camera, or a drawn tile, on.
    pub video: bool,
    /// Hand raised.
    pub hand: bool,
    /// In the waiting room.
    pub waiting: bool,
    /// Whether their connection to the sandbox stands.
    pub connected: bool,
}

/// Why somebody is gone.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub enum Parting {
    /// They left, or closed the page.
    Left,
    /// Their connection did not come back.
    Lost,
    /// The host put them out.
    Removed,
    /// The host turned them away.
    Declined,
    /// The host, or the API, ended the call.
    Ended,
    /// The sandbox stops.
    Stopped,
}
