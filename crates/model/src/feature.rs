//! What a site may want of a Zoom account: what the set-up guide asks and the scope doctor answers.

use std::{fmt, str::FromStr};

/// Something that a connection makes possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// Rooms that are meetings.
    Meetings,
    /// Rooms that are webinars.
    Webinars,
    /// The account's users: who can hold rooms.
    Users,
    /// Visitors join on the site, through the Meeting SDK.
    JoinInBrowser,
    /// Hosts start their rooms on the site.
    StartAsHost,
    /// Zoom tells what began and what ended.
    Webhooks,
    /// Settings of the account.
    AccountSettings,
    /// Zoom Events and their speakers.
    ZoomEvents,
    /// Accounts below this one.
    SubAccounts,
}

impl Feature {
    /// All of them, in the order in which people meet them.
    pub const ALL: [Self; 9] = [
        Self::Meetings,
        Self::Webinars,
        Self::Users,
        Self::JoinInBrowser,
        Self::StartAsHost,
        Self::Webhooks,
        Self::AccountSettings,
        Self::ZoomEvents,
        Self::SubAccounts,
    ];

    /// What a site wants that has not said what it wants.
    pub const AT_FIRST: [Self; 4] = [Self::Meetings, Self::Users, Self::JoinInBrowser, Self::StartAsHost];

    /// The word stored, sent, and used in addresses and keys of sentences.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Meetings => "meetings",
            Self::Webinars => "webinars",
            Self::Users => "users",
            Self::JoinInBrowser => "join-in-browser",
            Self::StartAsHost => "start-as-host",
            Self::Webhooks => "webhooks",
            Self::AccountSettings => "account-settings",
            Self::ZoomEvents => "zoom-events",
            Self::SubAccounts => "sub-accounts",
        }
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// It is the word of no feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFeature;

impl FromStr for Feature {
    type Err = NoFeature;

    fn from_str(word: &str) -> Result<Self, NoFeature> {
        Self::ALL.into_iter().find(|feature| feature.as_str() == word).ok_or(NoFeature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_is_found_by_its_word() {
        for feature in Feature::ALL {
            assert_eq!(feature.as_str().parse(), Ok(feature));
        }
        assert_eq!("rooms".parse::<Feature>(), Err(NoFeature));
    }
}
