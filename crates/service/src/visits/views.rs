//! What visitors get to see. No type here can hold a passcode, a join link or a signature, [`JoinPacket`] aside.

use jiff::Timestamp;
use model::{
    Agenda, DoorClosed, Email, Invalid, Passcode, PersonName, Phase, Problem, RoomId, RoomKind, Schedule, Slug, Title,
};
use secrecy::SecretString;
use url::Url;

/// The site as its pages introduce it.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says of one thing whether it is so")]
pub struct Site {
    /// The site's name.
    pub name: String,
    /// The hue of its accent colour, 0 to 359.
    pub accent_hue: u16,
    /// Whether a connection leads to a sandbox: pages wear the *Sandbox* ribbon.
    pub sandbox: bool,
    /// Whether this is the demo.
    pub demo: bool,
    /// Whether a Zoom account is connected; one that is being disconnected is none.
    pub connected: bool,
    /// Whether one is being disconnected.
    pub leaving: bool,
    /// Where people reach the site.
    pub public_url: Url,
}

/// A room in a list.
#[derive(Clone, Debug)]
pub struct RoomCard {
    /// The room.
    pub id: RoomId,
    /// The last part of its address.
    pub slug: Slug,
    /// Meeting or webinar.
    pub kind: RoomKind,
    /// The title.
    pub title: Title,
    /// When.
    pub schedule: Schedule,
    /// Who holds it, by name.
    pub host_name: String,
    /// Where it is in its life.
    pub phase: Phase,
    /// When that changes by time alone; `None` where only Zoom can change it.
    pub phase_changes_at: Option<Timestamp>,
    /// When the door opens.
    pub opens_at: Timestamp,
    /// When it began and ended, where Zoom said so.
    pub live_since: Option<Timestamp>,
    /// When it ended, where Zoom said so.
    pub ended_at: Option<Timestamp>,
    /// Whether its Zoom account was disconnected: there is no call to join, whatever the phase.
    pub disconnected: bool,
    /// Whether it has a cover image.
    pub has_cover: bool,
    /// Grows with every change; part of a cover's address.
    pub version: i64,
}

/// A room's own page.
#[derive(Clone, Debug)]
pub struct RoomPage {
    /// What the list says of it, too.
    pub card: RoomCard,
    /// What it is about, in Markdown.
    pub agenda: Agenda,
    /// Whether visitors see it; a draft is shown to members only.
    pub published: bool,
    /// Whether the door is open to a visitor now, or why not.
    pub door: Result<(), DoorClosed>,
    /// Whether the room can be joined in the browser, or why not.
    pub browser: Result<(), NoBrowserJoin>,
    /// Whether an e-mail address is needed to come in (webinars).
    pub needs_email: bool,
    /// Whether the host lets people in one by one.
    pub waiting_room: bool,
}

/// Why a room cannot be joined in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBrowserJoin {
    /// The Meeting SDK's credentials are not set.
    NoSdkCredentials,
    /// The site's address is neither https nor this computer: browsers give it no camera.
    InsecureAddress,
}

impl NoBrowserJoin {
    /// The key of the sentence for people, in the locale files.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoSdkCredentials => "no-browser-join-no-sdk-credentials",
            Self::InsecureAddress => "no-browser-join-insecure-address",
        }
    }
}

/// Somebody at the door.
#[derive(Clone, Debug)]
pub struct EntryRequest {
    /// What they want to be called.
    pub name: PersonName,
    /// Their address; webinars need one.
    pub email: Option<Email>,
}

impl EntryRequest {
    /// Reads what a form sent: fields `name` and `email` (empty: none).
    pub fn parse(name: &str, email: &str) -> Result<Self, Vec<Invalid>> {
        let mut wrong = Vec::new();
        let name = PersonName::parse(name).map_err(|p| wrong.push(p.at("name"))).ok();
        let email = match Email::parse(email) {
            Ok(email) => Some(email),
            Err(Problem::Missing) => None,
            Err(problem) => {
                wrong.push(problem.at("email"));
                None
            }
        };
        match name {
            Some(name) if wrong.is_empty() => Ok(Self { name, email }),
            _ => Err(wrong),
        }
    }
}

/// The server's short-lived answer to "may I join": good for one use within two minutes.
#[derive(Clone, Debug)]
pub struct Grant {
    /// What the browser sends back, once.
    pub token: SecretString,
    /// When it stops being good.
    pub expires_at: Timestamp,
}

/// Everything the Meeting SDK needs to let one person into one room. Only for whoever redeemed a grant.
#[derive(Clone, Debug)]
pub struct JoinPacket {
    /// The Meeting SDK's base, without the version.
    pub sdk_base: Url,
    /// The Meeting SDK's version.
    pub sdk_version: String,
    /// The Meeting SDK client id.
    pub sdk_key: String,
    /// The signed permission to join.
    pub signature: SecretString,
    /// Zoom's number of the meeting or webinar.
    pub meeting_number: i64,
    /// Its passcode.
    pub passcode: Passcode,
    /// What the person is called inside.
    pub user_name: PersonName,
    /// The person's address, where one was given.
    pub user_email: Option<Email>,
    /// 0 participant, 1 host.
    pub role: u8,
    /// The host's Zoom access key, for role 1.
    pub zak: Option<SecretString>,
}

/// A cover image.
#[derive(Clone, Debug)]
pub struct Cover {
    /// `image/jpeg`, `image/png` or `image/webp`, by content.
    pub content_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// Pixels across and down, where the file says it.
    pub size: Option<(u32, u32)>,
}
