//! Why a value was not taken, in a form every surface can put into its own words.

use std::{fmt, num::IntErrorKind};

/// One value that could not be taken: which field, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// The field's name as forms and the API spell it, such as `starts_at`.
    pub field: &'static str,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a value. [`Problem::key`] names the sentence that says it to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// Nothing was given where something is needed.
    Missing,
    /// More characters than `max`.
    TooLong {
        /// The most characters allowed.
        max: usize,
    },
    /// A number outside `min..=max`.
    OutOfRange {
        /// The least allowed.
        min: i64,
        /// The most allowed.
        max: i64,
    },
    /// Control characters, or text that is only invisible.
    Unprintable,
    /// Characters other than those allowed here.
    Characters,
    /// Not an e-mail address.
    NotEmail,
    /// Not a date and time.
    NotTime,
    /// Not a number.
    NotNumber,
    /// Not one of the choices.
    NotAChoice,
    /// No such time zone.
    UnknownZone,
    /// A local time that the zone's clocks skip on that day.
    InGap {
        /// The first local time after the gap, as `YYYY-MM-DDTHH:MM`.
        next: String,
    },
    /// A picture with a side of no or more than `max` pixels.
    TooManyPixels {
        /// The most pixels of a side.
        max: usize,
    },
    /// Another Zoom account than the one that rooms are in.
    RoomsElsewhere {
        /// How many rooms are in the former account.
        rooms: i64,
    },
    /// A Zoom account that is connected already.
    AccountConnected {
        /// What people here call it.
        name: String,
    },
    /// Neither an address nor a domain.
    NotAllowEntry {
        /// What it says.
        entry: String,
    },
    /// Another room has this slug.
    SlugTaken,
    /// No such host at Zoom, or the host is not active.
    UnknownHost,
    /// The room's host, named once more among those who may start it besides.
    HostTwice,
    /// Somebody whom Zoom does not take as an alternative host.
    NotAlternative {
        /// Whom: a name, an address or an id.
        who: String,
    },
    /// More than `max` of something.
    TooMany {
        /// The most allowed.
        max: usize,
    },
    /// A password shorter than `min` characters.
    TooShort {
        /// The fewest characters allowed.
        min: usize,
    },
}

impl Problem {
    /// The key of the sentence for people, in the locale files.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Missing => "problem-missing",
            Self::TooLong { .. } => "problem-too-long",
            Self::OutOfRange { .. } => "problem-out-of-range",
            Self::Unprintable => "problem-unprintable",
            Self::Characters => "problem-characters",
            Self::NotEmail => "problem-not-email",
            Self::NotTime => "problem-not-time",
            Self::NotNumber => "problem-not-number",
            Self::NotAChoice => "problem-not-a-choice",
            Self::UnknownZone => "problem-unknown-zone",
            Self::InGap { .. } => "problem-in-gap",
            Self::TooManyPixels { .. } => "problem-too-many-pixels",
            Self::RoomsElsewhere { .. } => "problem-rooms-elsewhere",
            Self::AccountConnected { .. } => "problem-account-connected",
            Self::SlugTaken => "problem-slug-taken",
            Self::UnknownHost => "problem-unknown-host",
            Self::HostTwice => "problem-host-twice",
            Self::NotAlternative { .. } => "problem-not-alternative",
            Self::NotAllowEntry { .. } => "problem-not-allow-entry",
            Self::TooMany { .. } => "problem-too-many",
            Self::TooShort { .. } => "problem-too-short",
        }
    }

    /// The problem, at `field`.
    pub fn at(self, field: &'static str) -> Invalid {
        Invalid { field, problem: self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is needed"),
            Self::TooLong { max } => write!(f, "is longer than {max} characters"),
            Self::OutOfRange { min, max } => write!(f, "is not between {min} and {max}"),
            Self::Unprintable => f.write_str("has characters that cannot be shown"),
            Self::Characters => f.write_str("has characters that are not allowed here"),
            Self::NotEmail => f.write_str("is not an e-mail address"),
            Self::NotTime => f.write_str("is not a date and time like 2026-11-30T18:30"),
            Self::NotNumber => f.write_str("is not a whole number"),
            Self::NotAChoice => f.write_str("is not one of the choices"),
            Self::UnknownZone => f.write_str("is not a time zone like Europe/Madrid"),
            Self::InGap { next } => write!(f, "does not exist: clocks skip it that day; the next time is {next}"),
            Self::TooManyPixels { max } => write!(f, "is a picture with a side of more than {max} pixels"),
            Self::RoomsElsewhere { rooms } => {
                write!(
                    f,
                    "is another account than the one that holds {rooms} rooms; delete them, or let them end, first"
                )
            }
            Self::AccountConnected { name } => write!(f, "is connected already, as {name}"),
            Self::SlugTaken => f.write_str("is taken by another room"),
            Self::UnknownHost => f.write_str("is not an active user of the Zoom account"),
            Self::HostTwice => f.write_str("names the room's host, who may start it anyway"),
            Self::NotAllowEntry { entry } => write!(f, "has {entry}, which is neither an address nor a domain"),
            Self::NotAlternative { who } => {
                write!(f, "names {who}, who is not an active, licensed user of the Zoom account")
            }
            Self::TooMany { max } => write!(f, "has more than {max} entries"),
            Self::TooShort { min } => write!(f, "is shorter than {min} characters"),
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.problem)
    }
}

impl std::error::Error for Invalid {}
/// Reads a whole number that somebody typed. One with more digits than a number has here is the greatest or the least, and
/// left to whoever knows the bounds.
pub fn whole_number(raw: &str) -> Result<i64, Problem> {
    raw.trim().parse().or_else(|error: std::num::ParseIntError| match error.kind() {
        IntErrorKind::PosOverflow => Ok(i64::MAX),
        IntErrorKind::NegOverflow => Ok(i64::MIN),
        _ => Err(Problem::NotNumber),
    })
}
