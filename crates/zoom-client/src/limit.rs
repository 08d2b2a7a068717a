//! What a 429 says: which limit, and until when.

use std::fmt;

use clock::Timestamp;
use jiff::{SignedDuration, tz::TimeZone};
use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::Error;

/// A limit of Zoom's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Requests per second (or minute) of the account, over all its apps.
    PerSecond,
    /// Requests per day of the account, over all its apps.
    Daily,
    /// The host's 100 creations and updates of meetings and webinars per UTC day.
    HostDaily,
    /// Another request is changing the same user.
    Concurrent,
    /// Zoom does not say.
    Unknown,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PerSecond => "Zoom's per-second limit of the account",
            Self::Daily => "Zoom's daily limit of the account",
            Self::HostDaily => "Zoom's limit of 100 creations and updates per host and day",
            Self::Concurrent => "Zoom's limit of one change of a user at a time",
            Self::Unknown => "a limit of Zoom's",
        })
    }
}

/// The error of a 429. Zoom's codes and headers differ between its documents and what was seen, so every hint counts.
pub(crate) fn of(operation: &'static str, headers: &HeaderMap, message: &str, now: Timestamp) -> Error {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (kind, message) = (text("x-ratelimit-type").trim().to_ascii_lowercase(), message.to_ascii_lowercase());
    let limit = if message.contains("this particular user") {
        Limit::HostDaily
    } else if message.contains("concurrent") {
        Limit::Concurrent
    } else if kind == "qps" || message.contains("per-second") {
        Limit::PerSecond
    } else if kind.starts_with("daily") || message.contains("daily") {
        Limit::Daily
    } else {
        Limit::Unknown
    };
    let said = parse_retry_after(text(RETRY_AFTER.as_str()), now).filter(|until| *until > now);
    let retry_after = said.unwrap_or_else(|| match limit {
        Limit::Daily | Limit::HostDaily => next_utc_day(now),
        Limit::PerSecond | Limit::Concurrent => after(now, 1),
        Limit::Unknown => after(now, 60),
    });
    Error::RateLimited { operation, limit, retry_after }
}

/// `Retry-After` as seconds, as an HTTP date, or as the ISO date-time that Zoom sends.
pub(crate) fn parse_retry_after(value: &str, now: Timestamp) -> Option<Timestamp> {
    let value = value.trim();
    let seconds = value.parse::<u32>().ok().map(|seconds| after(now, seconds.into()));
    seconds
        .or_else(|| value.parse().ok())
        .or_else(|| jiff::fmt::rfc2822::parse(value).ok().map(|date| date.timestamp()))
        .or_else(|| TimeZone::UTC.to_timestamp(value.parse().ok()?).ok())
}

pub(crate) fn after(now: Timestamp, seconds: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

/// 00:00 UTC, when Zoom's days begin.
pub fn next_utc_day(now: Timestamp) -> Timestamp {
    let day = 86_400;
    let next = now.as_second().div_euclid(day).saturating_add(1).saturating_mul(day);
    Timestamp::from_second(next).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn retry_after_is_read_as_seconds_as_http_date_and_as_iso_date_time() {
        let now = at("2020-05-30T22:00:00Z");
        let read = |text| parse_retry_after(text, now);
        assert_eq!(read("120"), Some(at("2020-05-30T22:02:00Z")));
        assert_eq!(read("Sun, 31 May 2020 00:00:00 GMT"), Some(at("2020-05-31T00:00:00Z")));
        assert_eq!(read("2020-05-31T00:00:00Z"), Some(at("2020-05-31T00:00:00Z")));
        assert_eq!(read("2020-05-31T02:00:00+02:00"), Some(at("2020-05-31T00:00:00Z")));
        assert_eq!(read("2020-05-31T00:00:00"), Some(at("2020-05-31T00:00:00Z")));
        for bad in ["", "soon", "-5", "1.5", "2020-13-31T00:00:00Z"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn each_kind_of_limit_is_known_by_header_or_message_and_has_its_time() {
        let now = at("2026-11-23T21:00:00Z");
        let read = |headers: &[(&'static str, &str)], message| {
            let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
            match of("x", &headers, message, now) {
                Error::RateLimited { limit, retry_after, .. } => (limit, retry_after.to_string()),
                other => panic!("{other}"),
            }
        };
        let midnight = "2026-11-24T00:00:00Z".to_owned();
        assert_eq!(read(&[("x-ratelimit-type", "QPS")], ""), (Limit::PerSecond, "2026-11-23T21:00:01Z".into()));
        assert_eq!(
            read(&[("x-ratelimit-type", "Daily-limit"), ("retry-after", "2026-11-24T03:00:00Z")], ""),
            (Limit::Daily, "2026-11-24T03:00:00Z".into())
        );
        assert_eq!(read(&[], zoom_spec::code::DAILY_LIMIT.message), (Limit::Daily, midnight.clone()));
        assert_eq!(read(&[], zoom_spec::code::HUNDRED_A_DAY.message), (Limit::HostDaily, midnight));
        assert_eq!(read(&[], zoom_spec::code::TOO_FAST.message), (Limit::PerSecond, "2026-11-23T21:00:01Z".into()));
        assert_eq!(
            read(&[], "Too many concurrent requests. A request to disassociate this user has already been made.").0,
            Limit::Concurrent
        );
        assert_eq!(read(&[("retry-after", "7")], ""), (Limit::Unknown, "2026-11-23T21:00:07Z".into()));
        assert_eq!(
            read(&[("retry-after", "2020-01-01T00:00:00Z")], ""),
            (Limit::Unknown, "2026-11-23T21:01:00Z".into())
        );
    }

    proptest! {
        #[test]
        fn any_retry_after_is_read_or_not_but_never_a_panic(text in "\\PC*", seconds in any::<u64>()) {
            let _ = parse_retry_after(&text, Timestamp::MAX);
            let _ = parse_retry_after(&seconds.to_string(), Timestamp::MAX);
            prop_assert!(next_utc_day(Timestamp::MAX) <= Timestamp::MAX);
        }
    }
}
