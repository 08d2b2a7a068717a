//! Why somebody may not enter a call: Zoom's code, and plain words with what to do.

use serde::Serialize;

/// A refusal as the SDK hands it to the page. The codes are Zoom's (Meeting SDK, web, error codes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// 1
    HostIsBusy,
    /// 3001
    NoSuchMeeting,
    /// 3004
    WrongPasscode,
    /// 3008
    NotStarted,
    /// 3099
    RegistrationNeeded,
    /// 3100
    SignInNeeded,
    /// 3265
    LinkInvalid,
    /// 3704
    UnknownApp,
    /// 3705
    SignatureExpired,
    /// 3708
    NotTheHost,
    /// 3708
    UnknownRole,
    /// 3712, with what is wrong with it
    SignatureInvalid(&'static str),
    /// 4003, with the parameter
    InvalidParameter(&'static str),
    /// 4004
    Ended,
    /// 4005
    Full,
    /// 4006
    Locked,
    /// 4012
    ZakMissing,
    /// 4013
    ZakInvalid,
}

/// What `error` callbacks receive, and what the join endpoint answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RefusalView {
    pub(crate) error_code: u16,
    pub(crate) error_message: &'static str,
    pub(crate) result: &'static str,
}

impl Refusal {
    /// Zoom's error code.
    pub const fn code(self) -> u16 {
        match self {
            Self::HostIsBusy => 1,
            Self::NoSuchMeeting => 3001,
            Self::WrongPasscode => 3004,
            Self::NotStarted => 3008,
            Self::RegistrationNeeded => 3099,
            Self::SignInNeeded => 3100,
            Self::LinkInvalid => 3265,
            Self::UnknownApp => 3704,
            Self::SignatureExpired => 3705,
            Self::NotTheHost | Self::UnknownRole => 3708,
            Self::SignatureInvalid(_) => 3712,
            Self::InvalidParameter(_) => 4003,
            Self::Ended => 4004,
            Self::Full => 4005,
            Self::Locked => 4006,
            Self::ZakMissing => 4012,
            Self::ZakInvalid => 4013,
        }
    }

    /// What went wrong and what to do, for a person.
    pub const fn message(self) -> &'static str {
        match self {
            Self::HostIsBusy => {
                "The host has another meeting in progress. It must end before this one can start: two at a time with a \
                 licence, one without."
            }
            Self::NoSuchMeeting => "There is no meeting with this number. Check the number or the link.",
            Self::WrongPasscode => "The passcode is wrong. Check it with the person who invited you.",
            Self::NotStarted => "The host has not started this meeting yet. Try again in a moment.",
            Self::RegistrationNeeded => "This needs registration. Register, then use the link you are given.",
            Self::SignInNeeded => {
                "Only users who are signed in may join this, and only those whom its host's rule takes. Join with such a \
                 user's access token (ZAK)."
            }
            Self::LinkInvalid => {
                "This personal link is not valid: it has ended, was taken back, or belongs to another meeting."
            }
            Self::UnknownApp => "The Meeting SDK client id is not known. Check it in the Zoom settings.",
            Self::SignatureExpired => "The signature has expired. Reload the page and join again.",
            Self::NotTheHost => "This user is neither the host nor an alternative host of this meeting.",
            Self::UnknownRole => "The role in the signature is neither 0 (participant) nor 1 (host).",
            Self::SignatureInvalid(_) => {
                "The signature is invalid. Check that the Meeting SDK client id and client secret belong together."
            }
            Self::InvalidParameter(_) => "Something that is needed to join is missing or not valid.",
            Self::Ended => "The host has ended this meeting.",
            Self::Full => "The call is full: the sandbox holds six people.",
            Self::Locked => "The host has locked this meeting.",
            Self::ZakMissing => "Starting as host needs the host's access token (ZAK).",
            Self::ZakInvalid => "The host's access token (ZAK) is not valid or has expired. Start again.",
        }
    }

    /// The detail that helps a developer; empty where the message says it all.
    pub const fn detail(self) -> &'static str {
        match self {
            Self::SignatureInvalid(why) | Self::InvalidParameter(why) => why,
            _ => "",
        }
    }

    pub(crate) const fn view(self) -> RefusalView {
        RefusalView { error_code: self.code(), error_message: self.message(), result: self.detail() }
    }
}
