//! When a room meets: a local time in a zone, and the instant that follows from both.

use std::fmt;

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{AmbiguousOffset, TimeZone},
};
use serde::Serialize;

use crate::invalid::{Invalid, Problem, whole_number};

/// A time zone by its IANA name, such as `Europe/Madrid`.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone {
    name: String,
    zone: TimeZone,
}

impl Zone {
    /// Looks the name up, whatever its case, and keeps the database's spelling.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let raw = raw.trim();
        if raw.is_empty() {
            return Err(Problem::Missing);
        }
        if raw.len() > 64 {
            return Err(Problem::UnknownZone);
        }
        let zone = TimeZone::get(raw).map_err(|_| Problem::UnknownZone)?;
        let name = zone.iana_name().ok_or(Problem::UnknownZone)?.to_owned();
        Ok(Self { name, zone })
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The local date and time here at `instant`.
    pub fn local(&self, instant: Timestamp) -> DateTime {
        self.zone.to_datetime(instant)
    }

    /// All names the product knows, in order: regions first (`Europe/Madrid`), then `UTC`.
    pub fn all() -> Vec<String> {
        let mut names: Vec<String> =
            jiff::tz::db().available().map(|n| n.to_string()).filter(|n| is_region(n)).collect();
        names.sort();
        names.dedup();
        names.push("UTC".into());
        names
    }
}

fn is_region(name: &str) -> bool {
    const AREAS: [&str; 10] = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Arctic/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    ];
    AREAS.iter().any(|area| name.starts_with(area))
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name)
    }
}

impl Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}

/// How long a sitting lasts: 1 to 1,440 minutes (Zoom: `meetingCreate`, `duration`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Minutes(u16);

impl Minutes {
    /// Checks the range.
    pub fn new(minutes: i64) -> Result<Self, Problem> {
        match u16::try_from(minutes) {
            Ok(m @ 1..=1440) => Ok(Self(m)),
            _ => Err(Problem::OutOfRange { min: 1, max: 1440 }),
        }
    }

    /// Reads a number that somebody typed.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let raw = raw.trim();
        if raw.is_empty() {
            return Err(Problem::Missing);
        }
        Self::new(whole_number(raw)?)
    }

    /// The number of minutes.
    pub fn get(self) -> i64 {
        i64::from(self.0)
    }
}

/// A local start in a zone, and how long it lasts. The instant is fixed when the schedule is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    local: DateTime,
    zone: Zone,
    starts_at: Timestamp,
    duration: Minutes,
}

impl Schedule {
    /// Places `local` in `zone`. A time that clocks show twice is the first of the two; one that they skip is refused.
    pub fn new(local: DateTime, zone: Zone, duration: Minutes) -> Result<Self, Invalid> {
        let ambiguous = zone.zone.to_ambiguous_timestamp(local);
        if let AmbiguousOffset::Gap { before, .. } = ambiguous.offset() {
            // Read with the offset from before the gap, the instant lies after it: there the clocks go on.
            let after = before.to_timestamp(local).map_or(local, |t| zone.local(t));
            return Err(Problem::InGap { next: after.strftime("%Y-%m-%dT%H:%M").to_string() }.at("starts_at"));
        }
        let starts_at = ambiguous.earlier().map_err(|_| Problem::NotTime.at("starts_at"))?;
        Ok(Self { local, zone, starts_at, duration })
    }

    /// Reads what a form or the API sends: `2026-11-30T18:30` (seconds allowed), a zone name, minutes.
    pub fn parse(local: &str, zone: &str, duration: &str) -> Result<Self, Vec<Invalid>> {
        let mut wrong = Vec::new();
        let local = parse_local(local).map_err(|p| wrong.push(p.at("starts_at"))).ok();
        let zone = Zone::parse(zone).map_err(|p| wrong.push(p.at("zone"))).ok();
        let duration = Minutes::parse(duration).map_err(|p| wrong.push(p.at("duration"))).ok();
        match (local, zone, duration) {
            (Some(local), Some(zone), Some(duration)) => Self::new(local, zone, duration).map_err(|e| vec![e]),
            _ => Err(wrong),
        }
    }

    /// The schedule of a sitting that starts at `instant`, as `zone`'s clocks show it.
    pub fn at(instant: Timestamp, zone: Zone, duration: Minutes) -> Self {
        let local = zone.local(instant);
        Self { local, zone, starts_at: instant, duration }
    }

    /// The start as clocks in the room's zone show it.
    pub fn local(&self) -> DateTime {
        self.local
    }

    /// The room's zone.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The start.
    pub fn starts_at(&self) -> Timestamp {
        self.starts_at
    }

    /// The planned end.
    pub fn ends_at(&self) -> Timestamp {
        add_minutes(self.starts_at, self.duration.get())
    }

    /// The planned length.
    pub fn duration(&self) -> Minutes {
        self.duration
    }
}

pub(crate) fn add_minutes(instant: Timestamp, minutes: i64) -> Timestamp {
    instant.saturating_add(jiff::SignedDuration::from_secs(minutes.saturating_mul(60))).unwrap_or(Timestamp::MAX)
}

fn parse_local(raw: &str) -> Result<DateTime, Problem> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Err(Problem::Missing);
    }
    // jiff reads a zone behind the time and drops it; here the zone is a field of its own.
    if raw.len() > 32
        || raw.contains(['Z', 'z', '[', '+'])
        || raw.matches('-').count() != 2
        || !raw.contains(['T', 't', ' '])
    {
        return Err(Problem::NotTime);
    }
    let local: DateTime = raw.parse().map_err(|_| Problem::NotTime)?;
    if (1970..=2200).contains(&local.year()) { Ok(local) } else { Err(Problem::NotTime) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_with_too_many_digits_is_out_of_range_and_a_word_is_no_number() {
        for raw in ["0", "1441", "99999999999999999999999", "-99999999999999999999999"] {
            assert_eq!(Minutes::parse(raw), Err(Problem::OutOfRange { min: 1, max: 1440 }), "{raw}");
        }
        assert_eq!(Minutes::parse("soon"), Err(Problem::NotNumber));
    }

    #[test]
    fn a_local_time_becomes_the_instant_its_zone_says() {
        let s = Schedule::parse("2026-11-30T19:30", "europe/madrid", "40").unwrap();
        assert_eq!(s.starts_at().to_string(), "2026-11-30T18:30:00Z");
        assert_eq!(s.ends_at().to_string(), "2026-11-30T19:10:00Z");
        assert_eq!(s.zone().name(), "Europe/Madrid");
    }

    #[test]
    fn a_time_that_clocks_skip_is_refused_with_the_next_one() {
        let wrong = Schedule::parse("2027-03-28T02:30", "Europe/Madrid", "60").unwrap_err();
        assert_eq!(wrong, vec![Problem::InGap { next: "2027-03-28T03:30".into() }.at("starts_at")]);
    }

    #[test]
    fn a_time_that_clocks_show_twice_is_the_first() {
        let s = Schedule::parse("2026-10-25T02:30", "Europe/Madrid", "60").unwrap();
        assert_eq!(s.starts_at().to_string(), "2026-10-25T00:30:00Z");
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let fields: Vec<_> =
            Schedule::parse("tomorrow", "Mars/Olympus", "-5").unwrap_err().iter().map(|i| i.field).collect();
        assert_eq!(fields, ["starts_at", "zone", "duration"]);
    }

    proptest! {
        #[test]
        fn any_text_is_answered(local in any::<String>(), zone in any::<String>(), minutes in any::<String>()) {
            let _ = Schedule::parse(&local, &zone, &minutes);
        }

        #[test]
        fn every_instant_in_every_zone_comes_back(at in 0_i64..4_000_000_000, pick in any::<prop::sample::Index>()) {
            let zones = Zone::all();
            let zone = Zone::parse(&zones[pick.index(zones.len())]).unwrap();
            let s = Schedule::at(Timestamp::from_second(at).unwrap(), zone.clone(), Minutes::new(60).unwrap());
            let again = Schedule::new(s.local(), zone, s.duration()).unwrap();
            // The same instant, or its twin an offset change earlier when the clocks show the time twice.
            prop_assert!(again.starts_at() <= s.starts_at());
            prop_assert_eq!(again.local(), s.local());
        }
    }
}
