//! Which feature uses which of Zoom's operations and events, and what stops without each. The one place that says so:
//! set-up guide, scope doctor, console and documentation read it.

use model::Feature;
use zoom_spec::Level;

/// How much a feature depends on a use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Without it the feature is off.
    Needed,
    /// Without it the feature lacks something.
    Useful,
    /// Only the Zoom console does it.
    Console,
}

/// What is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used {
    /// An operation of Zoom's API, by its `operationId`.
    Operation(Level, &'static str),
    /// A webhook event.
    Event(&'static str),
}

/// One use that a feature makes of Zoom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// What is used.
    pub used: Used,
    /// How much depends on it.
    pub need: Need,
    /// What stops without it, as the end of "without it, …".
    pub without: &'static str,
    /// The other feature that it serves: of no use where that one is not wanted.
    pub serves: Option<Feature>,
}

impl Use {
    const fn needed(operation: &'static str, without: &'static str) -> Self {
        Self { used: Used::Operation(Level::Account, operation), need: Need::Needed, without, serves: None }
    }

    const fn useful(operation: &'static str, without: &'static str) -> Self {
        Self { used: Used::Operation(Level::Account, operation), need: Need::Useful, without, serves: None }
    }

    const fn console(operation: &'static str, without: &'static str) -> Self {
        Self { used: Used::Operation(Level::Account, operation), need: Need::Console, without, serves: None }
    }

    const fn below(operation: &'static str, without: &'static str) -> Self {
        Self { used: Used::Operation(Level::Master, operation), need: Need::Console, without, serves: None }
    }

    const fn event(serves: Feature, event: &'static str, without: &'static str) -> Self {
        Self { used: Used::Event(event), need: Need::Useful, without, serves: Some(serves) }
    }

    /// The granular scopes of which one is enough, as Zoom lists them; empty where none is needed.
    pub fn scopes(&self) -> &'static [&'static str] {
        match self.used {
            Used::Operation(level, id) => zoom_spec::operation_at(level, id).map_or(&[], |one| one.granular),
            Used::Event(name) => zoom_spec::event(name).map_or(&[], |one| one.granular),
        }
    }

    /// What the role of the app's owner must allow for it, beside the scopes (Zoom: `x-permissions`).
    pub fn roles(&self) -> &'static [&'static str] {
        match self.used {
            Used::Operation(level, id) => zoom_spec::operation_at(level, id).map_or(&[], |one| one.roles),
            Used::Event(_) => &[],
        }
    }

    /// The scope to add for it: the one for any user of the account, or for the accounts below it.
    pub fn scope_to_add(&self) -> Option<&'static str> {
        let all = self.scopes();
        let wide = if matches!(self.used, Used::Operation(Level::Master, _)) { ":master" } else { ":admin" };
        all.iter().find(|scope| scope.ends_with(wide)).or(all.last()).copied()
    }

    /// Whether an app with these scopes (granular or classic) may use it.
    pub fn allowed_by(&self, granted: &[String]) -> bool {
        let granted = granted.iter().map(String::as_str);
        match self.used {
            Used::Operation(level, id) => zoom_spec::operation_at(level, id).is_some_and(|one| one.allowed_by(granted)),
            Used::Event(name) => zoom_spec::event(name).is_some_and(|one| one.allowed_by(granted)),
        }
    }
}

/// What the feature uses where the site wants `asked`.
pub fn uses_among(feature: Feature, asked: &[Feature]) -> impl Iterator<Item = &'static Use> + Clone {
    uses(feature).iter().filter(|one| one.serves.is_none_or(|other| asked.contains(&other)))
}

/// What the feature uses, what it cannot do without first.
pub fn uses(feature: Feature) -> &'static [Use] {
    match feature {
        Feature::Meetings => MEETINGS,
        Feature::Webinars => WEBINARS,
        Feature::Users => USERS,
        Feature::JoinInBrowser => &[],
        Feature::StartAsHost => START,
        Feature::Webhooks => WEBHOOKS,
        Feature::AccountSettings => ACCOUNT,
        Feature::ZoomEvents => EVENTS,
        Feature::SubAccounts => BELOW,
    }
}

const HOSTS: Use = Use::needed("users", "no hosts can be chosen");

const MEETINGS: &[Use] = &[
    HOSTS,
    Use::needed("meetingCreate", "no meetings can be made"),
    Use::needed("meetingUpdate", "changes to meetings do not reach Zoom"),
    Use::needed("meetingDelete", "meetings cannot be deleted at Zoom"),
    Use::needed("meetings", "a meeting whose answer was lost cannot be found again"),
    Use::useful("meeting", "a meeting made elsewhere cannot be recognised"),
    Use::console("meetingStatus", "the console cannot end or recover a meeting"),
    Use::console("meetingInvitation", "the console cannot read a meeting's invitation"),
    Use::console("meetingInviteLinksCreate", "the console cannot make invite links for a meeting"),
    Use::console("listUpcomingMeeting", "the console cannot list a user's coming meetings"),
    Use::console("Getameetingsummary", "the console cannot read a meeting's summary"),
    Use::console("meetingLiveStreamingJoinToken", "the console cannot get a token for live streaming"),
    Use::console("meetingLocalArchivingArchiveToken", "the console cannot get a token for local archiving"),
];

/// What tells who of the users has Zoom's webinar add-on.
pub(crate) const ADD_ON: Use = Use::useful("userSettings", "who has the webinar add-on is not known");

const WEBINARS: &[Use] = &[
    HOSTS,
    Use::needed("webinarCreate", "no webinars can be made"),
    Use::needed("webinarUpdate", "changes to webinars do not reach Zoom"),
    Use::needed("webinarDelete", "webinars cannot be deleted at Zoom"),
    Use::useful("webinar", "a webinar whose answer was lost is not recognised when Zoom announces it"),
    Use::useful("webinars", "a webinar whose answer was lost waits for Zoom's event or your decision"),
    ADD_ON,
    Use::console("webinarStatus", "the console cannot end a webinar"),
    Use::console("webinarInviteLinksCreate", "the console cannot make invite links for a webinar"),
];

const USERS: &[Use] = &[
    HOSTS,
    Use::console("user", "the console cannot show a user"),
    Use::console("userCreate", "the console cannot add users"),
    Use::console("userUpdate", "the console cannot change users"),
    Use::console("userDelete", "the console cannot remove users"),
    Use::console("userEmail", "the console cannot check whether an address has an account"),
    Use::console("userAssistants", "the console cannot list who schedules for a user"),
    Use::console("userPermission", "the console cannot list a user's permissions"),
    Use::console("userSettings", "the console cannot show a user's settings"),
    Use::console("Getmeetingsummarytemplates", "the console cannot list a user's summary templates"),
];

const START: &[Use] = &[
    Use::needed("userToken", "hosts cannot start in the browser"),
    Use::console("userZak", "the console cannot get the access key of the app's own user"),
];

const MEETING_TIMES: &str = "the schedule, not Zoom, says when a meeting begins and ends";
const WEBINAR_TIMES: &str = "the schedule, not Zoom, says when a webinar begins and ends";

const WEBHOOKS: &[Use] = &[
    Use::event(Feature::Meetings, "meeting.started", MEETING_TIMES),
    Use::event(Feature::Meetings, "meeting.ended", MEETING_TIMES),
    Use::event(Feature::Meetings, "meeting.deleted", "a meeting deleted at Zoom is noticed late"),
    Use::event(Feature::Webinars, "webinar.started", WEBINAR_TIMES),
    Use::event(Feature::Webinars, "webinar.ended", WEBINAR_TIMES),
    Use::event(Feature::Webinars, "webinar.deleted", "a webinar deleted at Zoom is noticed late"),
];

const ACCOUNT: &[Use] = &[
    Use::console("accountSettings", "the console cannot show the account's settings"),
    Use::console("accountSettingsUpdate", "the console cannot change the account's settings"),
    Use::console("UpdateTheAccountOwner", "the console cannot hand the account to another owner"),
];

const EVENTS: &[Use] = &[
    Use::console("getEvents", "the console cannot list events"),
    Use::console("getEventInfo", "the console cannot show an event"),
    Use::console("createSpeaker", "the console cannot add speakers"),
    Use::console("updateSpeaker", "the console cannot change speakers"),
    Use::console("deleteSpeaker", "the console cannot remove speakers"),
    Use::console("getEventAccessLinks", "the console cannot list an event's access links"),
];

const BELOW: &[Use] = &[
    Use::below("accountSettingsUpdate", "the console cannot change the settings of an account below"),
    Use::below("UpdateOptions", "the console cannot change the options of an account below"),
    Use::below("UpdateTheAccountOwner", "the console cannot hand an account below to another owner"),
    Use::below("webinarCreate", "the console cannot make webinars in an account below"),
    Use::below("webinar", "the console cannot show webinars of an account below"),
    Use::below("webinarUpdate", "the console cannot change webinars of an account below"),
    Use::below("webinarDelete", "the console cannot delete webinars of an account below"),
    Use::below("webinarInviteLinksCreate", "the console cannot make invite links in an account below"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn all() -> impl Iterator<Item = &'static Use> {
        Feature::ALL.into_iter().flat_map(uses)
    }

    #[test]
    fn every_use_names_something_that_is_in_zooms_documents_and_takes_a_scope() {
        for one in all() {
            assert!(one.scope_to_add().is_some(), "{:?}", one.used);
        }
    }

    #[test]
    fn every_operation_behind_a_scope_of_the_guide_is_of_use_to_a_feature() {
        let guide: BTreeSet<&str> = zoom_spec::scopes().iter().map(|scope| scope.id).collect();
        let used = |level, id| all().any(|one| one.used == Used::Operation(level, id));
        let behind =
            zoom_spec::operations().iter().filter(|one| one.granular.iter().any(|scope| guide.contains(scope)));
        let unused: Vec<_> = behind.filter(|one| !used(one.level, one.id)).map(|one| (one.level, one.id)).collect();
        assert_eq!(unused, []);
    }
}
