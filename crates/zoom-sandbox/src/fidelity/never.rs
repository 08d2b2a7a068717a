//! The documented refusals that never come here, and why.

use zoom_spec::{DocumentedError, Level, Operation};

/// Why, and which: the operation (none: any that documents it; after `master` it is one of sub-accounts, after `account`
/// one of the account itself) and how the message begins.
type Reason = (&'static str, &'static [(&'static str, &'static str)]);

/// Refusals that Zoom documents for full operations and the sandbox never gives. Each of the others is given, and a test
/// provokes it.
pub const NEVER: &[Reason] = &[
    ("the sandbox says it in another of Zoom's wordings", IN_OTHER_WORDS),
    ("there are no telephones, Zoom Rooms and on-premise users", NO_DEVICES),
    ("there are no personal audio conferences", &[("", "Not allowed to delete PAC")]),
    ("users are not counted, and what they are licensed for is not bought", NOT_COUNTED),
    (
        "a change of settings makes nobody paid or free",
        &[
            ("userSettingsUpdate", "You can add max $maxNumber paid"),
            ("userSettingsUpdate", "You can add max $maxNumber free"),
        ],
    ),
    ("nobody is billed", &[("UpdateTheAccountOwner", "Cannot find a billing")]),
    ("accounts are not transferred", TRANSFERS),
    ("there are no groups, limited domains and partners", PARTNERS),
    ("no recording is played as a webinar, or used for selling", RECORDED),
    ("summaries are not shared by e-mail only", &[("", "Access to meeting summaries is restricted by account")]),
    ("whoever has events to come may be deactivated, and no list of reservations can overlap", EVENTS),
    ("nobody pays for a webinar", &[("", "The Zoom REST API does not support paid registration")]),
    ("nobody is asked for a work address", &[("", "If you have been invited, please input your work email")]),
    (
        "what is asked for is answered without it",
        &[
            ("userEmail", "User does not exist"),
            ("recordingsList", "There is no recording"),
            ("userZak", "User"),
            ("AddRoleMembers", "RoleId required"),
            ("userUpdate", "Invalid parameter: password"),
        ],
    ),
    ("no setting says whose surveys may lead elsewhere", THIRD_PARTY),
    ("sub-accounts hold no Zoom Events", BELOW),
];

const THIRD_PARTY: &[(&str, &str)] = &[
    ("meetingSurveyUpdate", "Not allowed host to use a 3rd-party"),
    ("webinarSurveyUpdate", "The host isn't allowed to use a third party"),
];

/// Of operations on sub-accounts.
const BELOW: &[(&str, &str)] = &[
    ("master userDelete", "This user has published events"),
    ("master userDelete", "The destination user does not have a Zoom Events"),
    ("master webinarDelete", "Your request could not be processed because webinars created via event directory"),
    ("master userUpdate", "You cannot change the user type to \"Basic\""),
    ("master userSettingsUpdate", "You cannot downgrade the Zoom Events feature"),
    ("master userSettingsUpdate", "You cannot remove the Zoom Events feature"),
    ("master userSettingsUpdate", "You can't remove the Zoom Events"),
    ("master userSettingsUpdate", "You can't downgrade the Zoom Events to"),
    ("master userSettingsUpdate", "You can't remove all Zoom Events"),
];

const IN_OTHER_WORDS: &[(&str, &str)] = &[
    ("", "Access token has expired"),
    ("deleteRole", "Role not found"),
    ("UpdateLockedSettings", "TAccount does not exist"),
    ("userCreate", "No privilege"),
    ("userCreate", "Email domain is blocked by"),
    ("", "No permission"),
    ("", "This error is thrown if you added"),
    ("", "Meeting ID does not exist"),
    ("", "Registrant {registrantId} was not found"),
    ("addBatchWebinarRegistrants", "You have reached the limit for the number of attendees"),
    // The role is looked at first.
    ("master userUpdate", "Only an account administrator"),
    ("master userEmailUpdate", "Only an account administrator"),
];

const NO_DEVICES: &[(&str, &str)] = &[
    ("", "Can not end on-premise"),
    ("", "You can not end an on-premise"),
    ("", "Cannot delete a Zoom Rooms user"),
    ("", "The user cannot be changed because they are a Call-queue"),
    ("userUpdate", "A Zoom Room user cannot"),
    ("userSettingsUpdate", "You cannot enable the \"Zoom"),
];

const NOT_COUNTED: &[(&str, &str)] = &[
    ("", "Your request to activate"),
    ("", "Your request to add a"),
    ("", "Your request to convert"),
    ("", "You can't turn off your Zoom"),
    ("", "Permission requirements to change the user type"),
    ("userUpdate", "Host is not a paid user"),
];

const TRANSFERS: &[(&str, &str)] = &[
    ("accountCreate", "Account transfer"),
    ("accountCreate", "Invalid account transfer"),
    ("accountCreate", "User email does not exist"),
    ("accountCreate", "Account already exists"),
];

const PARTNERS: &[(&str, &str)] = &[
    ("", "Group does not exist"),
    ("", "Email address $email doesn't match limited domains"),
    ("", "You can not disassociate a user with managed domain"),
    ("userCreate", "The ssoCreate option is only available"),
    ("userCreate", "GPA accounts"),
    ("userCreate", "Other accounts cannot invite GPA"),
    ("userCreate", "Force forbidden user"),
];

const RECORDED: &[(&str, &str)] = &[
    ("", "Record file does not exist"),
    ("", "You cannot update or delete simulive"),
    ("", "This recording was selected for a simulive webinar"),
    ("", "Unable to delete this file because this recording is being used"),
    ("webinarPollDelete", "Cannot update or delete the poll within the Survey"),
];

const EVENTS: &[(&str, &str)] = &[
    ("", "You cannot deactivate this user because the user has an upcoming Zoom Events"),
    ("ListSessionReservations", "The time range is overlapping"),
];

/// Whether an entry speaks of this refusal.
pub fn speaks_of(entry: (&str, &str), operation: &Operation, error: &DocumentedError) -> bool {
    let (id, begins) = entry;
    let is_meant = match id.split_once(' ') {
        Some((level, id)) => id == operation.id && (level == "master") == (operation.level == Level::Master),
        None => id.is_empty() || id == operation.id,
    };
    is_meant && error.message.starts_with(begins)
}
