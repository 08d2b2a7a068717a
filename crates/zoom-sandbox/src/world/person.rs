//! A Zoom user.

use clock::{Entropy, Timestamp};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Shared, events::heirs::webinars_plus, ids, role};

/// Zoom's `type` of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Licence {
    /// 1.
    Basic,
    /// 2.
    Licensed,
    /// 4: without Meetings Basic.
    Unassigned,
    /// 99.
    None,
}

impl Licence {
    /// Zoom's figure.
    pub fn code(self) -> u8 {
        match self {
            Self::Basic => 1,
            Self::Licensed => 2,
            Self::Unassigned => 4,
            Self::None => 99,
        }
    }

    /// How many calls a host may have on at once.
    pub(crate) fn calls_at_once(self) -> usize {
        if self == Self::Licensed { 2 } else { 1 }
    }

    /// How long a host's call may go on, in minutes; nothing where it may go on as long as it likes.
    pub(crate) fn longest_call(self) -> Option<u32> {
        (self != Self::Licensed).then_some(40)
    }

    /// Whether whoever has it may hold meetings.
    pub(crate) fn may_host(self) -> bool {
        matches!(self, Self::Basic | Self::Licensed)
    }

    pub(crate) fn from_code(code: i64) -> Option<Self> {
        Some(match code {
            1 => Self::Basic,
            2 => Self::Licensed,
            4 => Self::Unassigned,
            99 => Self::None,
            _ => return None,
        })
    }
}

/// Zoom's `status` of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PersonStatus {
    /// Uses the account.
    Active,
    /// Deactivated.
    Inactive,
    /// Invited, has not answered.
    Pending,
}

impl PersonStatus {
    /// Zoom's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Pending => "pending",
        }
    }
}

/// A Zoom user of the account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one of Zoom's own facts about a user")]
pub struct Person {
    /// 22 characters, begins `sbx`.
    pub id: String,
    /// The address they sign in with, lower case.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// What calls show.
    pub display_name: String,
    /// An IANA time zone.
    pub timezone: String,
    /// The licence.
    pub licence: Licence,
    /// Whether they hold a webinar licence.
    pub webinar: bool,
    /// Their role: `0` owner, `1` admin, `2` member, or one that somebody made.
    pub role_id: String,
    /// The account they belong to.
    pub account_id: String,
    /// Active, inactive or pending.
    pub status: PersonStatus,
    /// Whether they were made by `custCreate` (an API user, whose start links live for 90 days).
    pub api_user: bool,
    /// Whether they were made by `ssoCreate`.
    #[serde(default)]
    pub single_sign_on: bool,
    /// Their personal meeting id.
    pub pmi: i64,
    /// When they were made.
    pub created_at: Timestamp,
    /// Whether their scheduled meetings are held under their personal meeting id.
    #[serde(default)]
    pub use_pmi: bool,
    /// What else their profile says, by Zoom's names: `dept`, `company`, `phone_numbers`, `pronouns` and so on.
    #[serde(default)]
    pub profile: Map<String, Value>,
    /// Who may schedule for them.
    #[serde(default)]
    pub assistants: Vec<Assistant>,
    /// Settings in which they differ from their account, by the names settings are kept under.
    #[serde(default)]
    pub settings: Shared<Map<String, Value>>,
}

/// Somebody who may schedule meetings for a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assistant {
    /// The assistant's user id.
    pub user_id: String,
    /// Whether they see and change the host's private events.
    pub private_events: bool,
}

impl Person {
    /// A member with the basic licence, in UTC, called by their first and last name.
    pub(crate) fn fresh(
        account_id: &str,
        email: &str,
        (first, last): (&str, &str),
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Self {
        Self {
            id: ids::opaque(entropy, 22),
            email: email.to_owned(),
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            display_name: format!("{first} {last}").trim().to_owned(),
            timezone: "UTC".to_owned(),
            licence: Licence::Basic,
            webinar: false,
            role_id: role::MEMBER.to_owned(),
            account_id: account_id.to_owned(),
            status: PersonStatus::Active,
            api_user: false,
            single_sign_on: false,
            pmi: ids::pmi(entropy),
            created_at: now,
            use_pmi: false,
            profile: Map::new(),
            assistants: Vec::new(),
            settings: Shared::default(),
        }
    }

    /// Zoom's figure for how they sign in: 99 for API users, 101 for those of a single sign-on, 100 for the others.
    pub(crate) fn login_type(&self) -> u8 {
        match (self.api_user, self.single_sign_on) {
            (true, _) => 99,
            (_, true) => 101,
            _ => 100,
        }
    }

    /// Changes the licence. Without one nobody holds webinars or has other features.
    pub(crate) fn become_licensed_as(&mut self, licence: Licence) {
        self.licence = licence;
        if licence != Licence::Licensed {
            self.webinar = false;
            self.settings.retain(|path, _| !path.starts_with("feature."));
        }
    }

    /// Whether they own their account.
    pub fn is_owner(&self) -> bool {
        self.role_id == role::OWNER
    }
}

/// Who the sandbox invents: name, e-mail, zone, licence, webinar licence, role.
const INVENTED: [(&str, &str, &str, &str, Licence, bool, &str); 5] = [
    ("Ada", "Okafor", "ada@northlight.example", "Europe/London", Licence::Licensed, true, role::OWNER),
    ("Lucía", "Marín", "lucia@northlight.example", "Europe/Madrid", Licence::Licensed, false, role::ADMIN),
    ("Ben", "Carter", "ben@northlight.example", "America/New_York", Licence::Licensed, true, role::MEMBER),
    ("Yuki", "Tanaka", "yuki@northlight.example", "Asia/Tokyo", Licence::Licensed, false, role::MEMBER),
    ("Salma", "Haddad", "salma@northlight.example", "Africa/Cairo", Licence::Basic, false, role::MEMBER),
];

/// The people of a new world. The owner hosts the hub of Zoom Events beside their webinars, for which Zoom has one
/// licence: nobody has those of webinars and of events together.
pub(crate) fn invented(now: Timestamp, account_id: &str, entropy: &dyn Entropy) -> Vec<Person> {
    INVENTED
        .into_iter()
        .map(|(first, last, email, zone, licence, webinar, role)| Person {
            timezone: zone.to_owned(),
            licence,
            webinar,
            role_id: role.to_owned(),
            settings: if role == role::OWNER { Map::from_iter([webinars_plus()]).into() } else { Shared::default() },
            ..Person::fresh(account_id, email, (first, last), now, entropy)
        })
        .collect()
}

/// How long a ZAK (and the start link it is in) lives where nobody says otherwise: two hours, 90 days for API users.
pub(crate) fn zak_life(person: &Person) -> SignedDuration {
    SignedDuration::from_hours(if person.api_user { 90 * 24 } else { 2 })
}
