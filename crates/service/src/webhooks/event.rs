//! A webhook's envelope as we read it: only what we act on, whatever else Zoom sends.

use jiff::Timestamp;
use model::{RoomKind, ZoomUserId};
use serde::Deserialize;
use serde_json::Value;

/// The envelope (Zoom: webhook reference; `event_ts` in milliseconds).
#[derive(Debug, Deserialize)]
pub(crate) struct Envelope {
    pub(crate) event: String,
    #[serde(default)]
    pub(crate) event_ts: Value,
    #[serde(default)]
    pub(crate) payload: Payload,
}

/// What the envelope carries.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Payload {
    #[serde(default)]
    pub(crate) object: Value,
    #[serde(default)]
    pub(crate) operation: Option<String>,
    #[serde(default)]
    pub(crate) account_id: Value,
}

/// What an event says about a meeting or webinar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// It began.
    Started,
    /// It is over.
    Ended,
    /// It exists; `agenda` only where Zoom sent it.
    Created { host: Option<String>, agenda: Option<String> },
    /// Somebody changed it; that may have been this site.
    Updated,
    /// It is gone.
    Deleted,
}

/// An event that is about one meeting or webinar and means something to a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AboutRoom {
    pub(crate) kind: RoomKind,
    pub(crate) number: i64,
    pub(crate) news: News,
}

impl AboutRoom {
    /// Whether it is about something new that `host` holds.
    pub(crate) fn is_of(&self, host: &ZoomUserId) -> bool {
        matches!(&self.news, News::Created { host: Some(of), .. } if of == host.as_str())
    }
}

impl Envelope {
    /// When it happened; `now` where Zoom does not say, and at the latest: what came from the future would overtake
    /// everything that is told later.
    pub(crate) fn at(&self, now: Timestamp) -> Timestamp {
        let ms = self.event_ts.as_i64().or_else(|| self.event_ts.as_str()?.parse().ok());
        ms.and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or(now).min(now)
    }

    /// Whether it is about this account, or does not say about which.
    pub(crate) fn is_of_account(&self, account: &str) -> bool {
        self.payload.account_id.as_str().is_none_or(|named| named == account)
    }

    /// What it means to a room, if anything.
    pub(crate) fn about_room(&self) -> Option<AboutRoom> {
        let (product, what) = self.event.split_once('.')?;
        let kind: RoomKind = product.parse().ok()?;
        let object = &self.payload.object;
        // A number in created and deleted, a string in started and ended.
        let id = object.get("id")?;
        let number = id.as_i64().or_else(|| id.as_str()?.parse().ok())?;
        let text = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
        let news = match what {
            "started" => News::Started,
            "ended" => News::Ended,
            "created" => News::Created { host: text("host_id"), agenda: text("agenda") },
            "updated" => News::Updated,
            // One occurrence of a series is not the room.
            "deleted" if self.payload.operation.as_deref().is_none_or(|o| o == "all") => News::Deleted,
            "permanently_deleted" => News::Deleted,
            _ => return None,
        };
        Some(AboutRoom { kind, number, news })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Envelope {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_number_is_read_as_number_and_as_text() {
        let started = read(
            r#"{"event":"meeting.started","event_ts":1626230691572,"payload":{"account_id":"A","object":{"id":"81234567890"}}}"#,
        );
        let deleted = read(
            r#"{"event":"webinar.deleted","event_ts":1626230691572,"payload":{"operation":"all","object":{"id":81234567890}}}"#,
        );
        assert_eq!(started.about_room().map(|a| (a.number, a.news)), Some((81_234_567_890, News::Started)));
        assert_eq!(deleted.about_room().map(|a| (a.kind, a.news)), Some((RoomKind::Webinar, News::Deleted)));
        assert_eq!(started.at(Timestamp::MAX).as_millisecond(), 1_626_230_691_572);
        let now = Timestamp::from_second(1_500_000_000).unwrap();
        assert_eq!(started.at(now), now, "it came from the future");
        assert!(started.is_of_account("A") && !started.is_of_account("B") && deleted.is_of_account("B"));
    }

    #[test]
    fn one_occurrence_that_is_deleted_does_not_delete_the_room() {
        let one =
            read(r#"{"event":"meeting.deleted","event_ts":1,"payload":{"operation":"single","object":{"id":1}}}"#);
        assert_eq!(one.about_room(), None);
    }

    #[test]
    fn what_we_do_not_know_is_read_and_means_nothing() {
        assert_eq!(read(r#"{"event":"app_deauthorized"}"#).about_room(), None);
        assert_eq!(read(r#"{"event":"meeting.started","payload":{"object":{}}}"#).about_room(), None);
        assert_eq!(read(r#"{"event":"meeting.sharing_started","payload":{"object":{"id":1}}}"#).about_room(), None);
    }
}
