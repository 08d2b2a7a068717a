//! The console's operations: which there are, what they are called, how to find one, and how dangerous it is.

use std::sync::LazyLock;

use model::{ConnectionId, Feature, Right};
use zoom_spec::{Level, Method, Operation};

use crate::{
    Actor, Service,
    doctor::{Used, scopes_of_the_guide, uses},
    error::{Error, Result},
};

/// A part of Zoom that operations are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Meetings.
    Meetings,
    /// Webinars.
    Webinars,
    /// Users and their tokens.
    Users,
    /// The account's settings and owner.
    Account,
    /// Zoom Events.
    Events,
    /// Accounts below this one.
    Below,
}

impl Group {
    /// Every group, in the order of the page.
    pub const ALL: [Self; 6] = [Self::Meetings, Self::Webinars, Self::Users, Self::Account, Self::Events, Self::Below];

    /// The word used in addresses and keys of sentences.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Meetings => "meetings",
            Self::Webinars => "webinars",
            Self::Users => "users",
            Self::Account => "account",
            Self::Events => "events",
            Self::Below => "below",
        }
    }

    fn of(operation: &Operation) -> Self {
        let scope = operation.granular.first().copied().unwrap_or_default();
        match (operation.level, scope.split(':').next().unwrap_or_default()) {
            (Level::Master, _) => Self::Below,
            (_, "webinar") => Self::Webinars,
            (_, "user") => Self::Users,
            (_, "account") => Self::Account,
            (_, "zoom_events") => Self::Events,
            _ => Self::Meetings,
        }
    }
}

/// What an operation does to Zoom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Danger {
    /// It only reads.
    Reads,
    /// It changes something: whoever runs it confirms it.
    Changes,
    /// It takes something away that cannot be got back, or hands the account over: the member's password is asked for
    /// again.
    Destroys,
}

impl Danger {
    /// The word used in keys of sentences.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Changes => "changes",
            Self::Destroys => "destroys",
        }
    }

    /// That of an operation.
    pub fn of(operation: &Operation) -> Self {
        match operation.method {
            Method::Get => Self::Reads,
            Method::Delete => Self::Destroys,
            _ if operation.id == "UpdateTheAccountOwner" => Self::Destroys,
            _ => Self::Changes,
        }
    }
}

/// Whether the token in use may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// It has a scope that is enough.
    Yes,
    /// It has none.
    No,
    /// No token has told its scopes yet.
    Unknown,
}

impl Held {
    /// The word used in keys of sentences.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

/// An operation of the console.
#[derive(Clone, Debug)]
pub struct ConsoleOperation {
    /// How addresses and the command line call it: Zoom's `operationId`, with `master.` in front for those on an account
    /// below.
    pub key: String,
    /// What it does, in a few words.
    pub title: &'static str,
    /// The part of Zoom it belongs to.
    pub group: Group,
    /// What it does to Zoom.
    pub danger: Danger,
    /// Zoom's facts about it.
    pub operation: &'static Operation,
}

impl ConsoleOperation {
    /// The scope to add for it: the one for any user of the account, or for the accounts below it.
    pub fn scope_to_add(&self) -> Option<&'static str> {
        scope_to_add(self.operation)
    }

    /// Whether an app that was granted these scopes may call it.
    pub fn held(&self, granted: Option<&[String]>) -> Held {
        match granted {
            None => Held::Unknown,
            Some(granted) if self.operation.allowed_by(granted.iter().map(String::as_str)) => Held::Yes,
            Some(_) => Held::No,
        }
    }

    fn has(&self, word: &str) -> bool {
        let operation = self.operation;
        let scopes = operation.granular.iter().chain(operation.classic);
        let mut said = [&*self.key, self.title, operation.method.as_str(), operation.path, self.group.as_str()]
            .into_iter()
            .chain(scopes.copied());
        said.any(|text| text.to_lowercase().contains(word))
    }
}

/// The scope of an operation that opens it for everybody in the account, or below it.
pub(super) fn scope_to_add(operation: &Operation) -> Option<&'static str> {
    let wide = if operation.level == Level::Master { ":master" } else { ":admin" };
    let all = operation.granular;
    all.iter().find(|scope| scope.ends_with(wide)).or(all.last()).copied()
}

/// Which operations to list; what is empty asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct ConsoleFilter {
    /// Words, each of which is in the name, the title, the method, the path, the group or a scope.
    pub text: String,
    /// The group ([`Group::as_str`]).
    pub group: String,
    /// A scope that opens it.
    pub scope: String,
}

/// Every operation of the console, group by group, in the order of Zoom's documents.
pub fn operations() -> &'static [ConsoleOperation] {
    &ALL
}

/// Behind a scope of the guide, or told of by the doctor.
static ALL: LazyLock<Vec<ConsoleOperation>> = LazyLock::new(|| {
    let guide: Vec<&str> = scopes_of_the_guide().collect();
    let told: Vec<Used> = Feature::ALL.into_iter().flat_map(uses).map(|one| one.used).collect();
    let is_in = |one: &&Operation| {
        let told = || told.contains(&Used::Operation(one.level, one.id));
        !one.multipart && (one.granular.iter().any(|scope| guide.contains(scope)) || told())
    };
    let mut all: Vec<ConsoleOperation> = zoom_spec::operations().iter().filter(is_in).map(listed).collect();
    all.sort_by_key(|one| one.group);
    all
});

fn listed(operation: &'static Operation) -> ConsoleOperation {
    let key = match operation.level {
        Level::Account => operation.id.to_owned(),
        Level::Master => format!("master.{}", operation.id),
    };
    let title = TITLES.iter().find(|(id, _)| *id == operation.id).map_or(operation.id, |(_, title)| title);
    ConsoleOperation { key, title, group: Group::of(operation), danger: Danger::of(operation), operation }
}

impl Service {
    /// The operations that the filter means.
    pub fn console_operations(&self, actor: &Actor, filter: &ConsoleFilter) -> Result<Vec<&'static ConsoleOperation>> {
        actor.need(Right::ManageConnection)?;
        let text = filter.text.to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let is_meant = |one: &&ConsoleOperation| {
            (filter.group.is_empty() || one.group.as_str() == filter.group)
                && (filter.scope.is_empty() || one.operation.granular.contains(&&*filter.scope))
                && words.iter().all(|word| one.has(word))
        };
        Ok(operations().iter().filter(is_meant).collect())
    }

    /// The operation of that key ([`ConsoleOperation::key`]).
    pub fn console_operation(&self, actor: &Actor, key: &str) -> Result<&'static ConsoleOperation> {
        actor.need(Right::ManageConnection)?;
        operations().iter().find(|one| one.key == key).ok_or(Error::NotFound)
    }

    /// The scopes of the token in use for an account, or the default one; none before a token has told them.
    pub async fn console_scopes(&self, actor: &Actor, account: Option<ConnectionId>) -> Result<Option<Vec<String>>> {
        actor.need(Right::ManageConnection)?;
        let Some(connection) = self.connection_or_default(account).await? else { return Ok(None) };
        let token = store::connection::token(&mut self.store().read().await?, connection.id).await?;
        Ok(token.map(|token| token.scopes.split_whitespace().map(str::to_owned).collect()))
    }
}

/// What operations do, in a few words.
const TITLES: [(&str, &str); 41] = [
    ("UpdateTheAccountOwner", "Hand the account to another owner"),
    ("accountSettings", "Show the account's settings"),
    ("accountSettingsUpdate", "Change the account's settings"),
    ("UpdateOptions", "Change the account's options"),
    ("users", "List users"),
    ("userCreate", "Add a user"),
    ("userEmail", "Check whether an address has an account"),
    ("userZak", "Get the access key of the app's own user"),
    ("userDelete", "Remove or disassociate a user"),
    ("user", "Show a user"),
    ("userUpdate", "Change a user"),
    ("userAssistants", "List who schedules for a user"),
    ("Getmeetingsummarytemplates", "List a user's summary templates"),
    ("userPermission", "List a user's permissions"),
    ("userSettings", "Show a user's settings"),
    ("userToken", "Get a user's token or access key"),
    ("meetingLocalArchivingArchiveToken", "Get a token for local archiving"),
    ("meetingInvitation", "Show a meeting's invitation"),
    ("meetingInviteLinksCreate", "Make invite links for a meeting"),
    ("meetingLiveStreamingJoinToken", "Get a token for live streaming"),
    ("meetingDelete", "Delete a meeting"),
    ("meeting", "Show a meeting"),
    ("meetingUpdate", "Change a meeting"),
    ("meetingStatus", "End or recover a meeting"),
    ("meetings", "List a user's meetings"),
    ("meetingCreate", "Make a meeting"),
    ("listUpcomingMeeting", "List a user's coming meetings"),
    ("Getameetingsummary", "Show a meeting's summary"),
    ("webinars", "List a user's webinars"),
    ("webinarCreate", "Make a webinar"),
    ("webinarDelete", "Delete a webinar"),
    ("webinar", "Show a webinar"),
    ("webinarUpdate", "Change a webinar"),
    ("webinarInviteLinksCreate", "Make invite links for a webinar"),
    ("webinarStatus", "End a webinar"),
    ("getEventAccessLinks", "List an event's access links"),
    ("getEvents", "List events"),
    ("getEventInfo", "Show an event"),
    ("createSpeaker", "Add a speaker to an event"),
    ("deleteSpeaker", "Remove a speaker from an event"),
    ("updateSpeaker", "Change a speaker of an event"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_behind_a_scope_of_the_guide_is_there_with_a_title_and_a_key_of_its_own() {
        let guide: Vec<&str> = scopes_of_the_guide().collect();
        for operation in zoom_spec::operations() {
            if operation.granular.iter().any(|scope| guide.contains(scope)) {
                assert!(operations().iter().any(|one| std::ptr::eq(one.operation, operation)), "{}", operation.id);
            }
        }
        let mut keys: Vec<&str> = operations().iter().map(|one| &*one.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), operations().len());
        for one in operations() {
            assert!(TITLES.iter().any(|(id, _)| *id == one.operation.id), "{} has no title", one.key);
        }
        for (id, _) in TITLES {
            assert!(operations().iter().any(|one| one.operation.id == id), "{id} is no operation of the console");
        }
    }

    #[test]
    fn whatever_is_more_than_reading_is_confirmed_and_what_cannot_be_got_back_takes_a_password() {
        for one in operations() {
            assert_eq!(one.danger == Danger::Reads, one.operation.method == Method::Get, "{}", one.key);
        }
        let of = |key: &str| operations().iter().find(|one| one.key == key).unwrap().danger;
        assert_eq!([of("meetingDelete"), of("userDelete"), of("UpdateTheAccountOwner")], [Danger::Destroys; 3]);
        assert_eq!([of("master.UpdateTheAccountOwner"), of("master.webinarDelete")], [Danger::Destroys; 2]);
        assert_eq!([of("meetingStatus"), of("userUpdate")], [Danger::Changes; 2]);
    }

    #[test]
    fn a_scope_that_is_missing_is_the_one_for_the_whole_account() {
        let of = |key: &str| operations().iter().find(|one| one.key == key).unwrap();
        assert_eq!(of("meetingCreate").scope_to_add(), Some("meeting:write:meeting:admin"));
        assert_eq!(of("master.webinarCreate").scope_to_add(), Some("webinar:write:webinar:master"));
        let granted = vec!["meeting:write:meeting:admin".to_owned()];
        assert_eq!(of("meetingCreate").held(Some(&granted)), Held::Yes);
        assert_eq!(of("meetingDelete").held(Some(&granted)), Held::No);
        assert_eq!(of("meetingDelete").held(None), Held::Unknown);
    }
}
