//! Identifiers: UUID version 7, each with a type of its own.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The id made at `unix_ms` with these random bytes; ids sort by the time they were made.
            pub fn from_parts(unix_ms: i64, random: [u8; 10]) -> Self {
                let ms = u64::try_from(unix_ms).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(ms, &random).into_uuid())
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    )* }
}

ids! {
    /// A room.
    RoomId,
    /// Somebody with an eRoom login.
    MemberId,
    /// One Zoom account's credentials.
    ConnectionId,
    /// A piece of background work.
    JobId,
    /// A webhook that arrived.
    InboxId,
    /// A line of the audit log.
    AuditId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_survive_text() {
        let early = RoomId::from_parts(1_000, [9; 10]);
        let late = RoomId::from_parts(2_000, [0; 10]);
        assert!(early < late);
        assert_eq!(early.to_string().parse::<RoomId>().unwrap(), early);
    }
}
