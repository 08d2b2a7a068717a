//! What the site publishes: a meeting or a webinar with an address, a schedule and a page.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    alternative::AlternativeHosts,
    host::ZoomUserId,
    ids::{ConnectionId, RoomId},
    invalid::Problem,
    schedule::{Minutes, Schedule},
    text::{Agenda, Passcode, Slug, Title},
};

/// What a room is at Zoom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoomKind {
    /// Everybody may speak.
    Meeting,
    /// Few speak, many listen; needs Zoom's webinar licence.
    Webinar,
}

impl RoomKind {
    /// The word stored, typed and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Webinar => "webinar",
        }
    }
}

impl FromStr for RoomKind {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        match text {
            "meeting" => Ok(Self::Meeting),
            "webinar" => Ok(Self::Webinar),
            _ => Err(Problem::NotAChoice),
        }
    }
}

impl fmt::Display for RoomKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The switches of a room. Webinars know `host_video` only; the others are kept and not sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent switches, each a checkbox")]
pub struct RoomOptions {
    /// The host lets people in one by one.
    pub waiting_room: bool,
    /// People may be inside before the host; Zoom ignores it where there is a waiting room.
    pub join_before_host: bool,
    /// The host's camera is on at the start.
    pub host_video: bool,
    /// Participants' cameras are on when they enter.
    pub participant_video: bool,
    /// Participants are muted when they enter.
    pub mute_on_entry: bool,
}

/// A room as somebody wants it: everything a form or the API may set.
#[derive(Clone, Debug)]
pub struct RoomDraft {
    /// Meeting or webinar; fixed once the room exists.
    pub kind: RoomKind,
    /// The title.
    pub title: Title,
    /// The address; made from the title where absent.
    pub slug: Option<Slug>,
    /// Who holds it.
    pub host: ZoomUserId,
    /// Who may start it besides.
    pub alternative_hosts: AlternativeHosts,
    /// When.
    pub schedule: Schedule,
    /// What about, in Markdown.
    pub agenda: Agenda,
    /// The passcode; generated where absent.
    pub passcode: Option<Passcode>,
    /// The switches.
    pub options: RoomOptions,
    /// How many minutes before the start visitors may join.
    pub opens_before: Minutes,
    /// Whether visitors see it.
    pub published: bool,
}

/// How a room stands at Zoom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AtZoom {
    /// A change waits to be sent, or is being sent.
    Waiting,
    /// Zoom has it as it is here.
    Live,
    /// Zoom said no; the reason in words for people.
    Refused {
        /// What Zoom answered and what to do about it.
        reason: String,
    },
    /// The answer to a create was lost and the meeting cannot be looked for; a person or a webhook decides.
    Unknown,
    /// Its Zoom account was disconnected, and its page kept: it has neither host nor meeting until somebody gives it a
    /// host of a connected account.
    Disconnected,
}

impl AtZoom {
    /// The word stored and sent.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Live => "live",
            Self::Refused { .. } => "refused",
            Self::Unknown => "unknown",
            Self::Disconnected => "disconnected",
        }
    }
}

/// A room as it is.
#[derive(Clone, Debug)]
pub struct Room {
    /// The permanent id; `/m/{id}` leads to the room whatever its slug.
    pub id: RoomId,
    /// Whose Zoom account it is on.
    pub connection: ConnectionId,
    /// Meeting or webinar.
    pub kind: RoomKind,
    /// The title.
    pub title: Title,
    /// The address.
    pub slug: Slug,
    /// Who holds it.
    pub host: ZoomUserId,
    /// Who may start it besides.
    pub alternative_hosts: AlternativeHosts,
    /// When.
    pub schedule: Schedule,
    /// What about, in Markdown.
    pub agenda: Agenda,
    /// The passcode.
    pub passcode: Passcode,
    /// The switches.
    pub options: RoomOptions,
    /// How many minutes before the start visitors may join.
    pub opens_before: Minutes,
    /// Whether visitors see it.
    pub published: bool,
    /// Whether it has a cover image.
    pub has_cover: bool,
    /// How it stands at Zoom.
    pub at_zoom: AtZoom,
    /// Zoom's meeting or webinar number, once there is one.
    pub zoom_number: Option<i64>,
    /// When Zoom said it started, the last time it did.
    pub live_since: Option<Timestamp>,
    /// When Zoom said it ended, the last time it did.
    pub ended_at: Option<Timestamp>,
    /// When it was made here.
    pub created_at: Timestamp,
    /// Counts the changes by people; what is sent to Zoom carries the version it was made from.
    pub version: i64,
}

/// Zoom's meeting number in groups, as people read it: `812 3456 7890`.
pub fn spaced_number(number: i64) -> String {
    let digits = number.to_string();
    let groups: [usize; 3] = match digits.len() {
        9 => [3, 3, 3],
        10 => [3, 3, 4],
        11 => [3, 4, 4],
        _ => return digits,
    };
    let mut rest = digits.as_str();
    let mut parts = Vec::with_capacity(3);
    for size in groups {
        let (head, tail) = rest.split_at(size.min(rest.len()));
        parts.push(head);
        rest = tail;
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_the_way_zoom_writes_it() {
        assert_eq!(spaced_number(81_234_567_890), "812 3456 7890");
        assert_eq!(spaced_number(1_234_567_890), "123 456 7890");
        assert_eq!(spaced_number(123_456_789), "123 456 789");
        assert_eq!(spaced_number(12), "12");
    }
}
