//! Whose things an operation touches, and whether the site may act for them.

use jiff::Timestamp;
use model::{Email, ZoomUserId};
use serde_json::Value;
use store::connection::Connection;
use zoom_client::{UserId, ZoomClient};
use zoom_spec::{Level, Operation, Place};

use super::{fill::Filled, index::ConsoleOperation};
use crate::{
    Service,
    connections::allow::{NOT_ALLOWED, may_act_for},
    error::{Error, Result},
    outbox::fault::Fault,
};

/// Whose things an operation touches.
///
/// Where an owner named the Zoom users this site may act for, an operation is only carried out if everybody it touches is
/// one of them. It is refused before anything is sent where they are not, and where nobody can tell:
///
/// | | what is looked at | what is asked of Zoom first |
/// | --- | --- | --- |
/// | `Nobody` | nothing: the account's settings and options are no single user's | nothing |
/// | `User` | `{userId}`: an address is looked up in the list, an id among the users kept here | the user, for `me` only |
/// | `Own` | the user the app acts as | that user |
/// | `Held` | the host of the meeting, webinar or event whose number is in the path | the meeting, webinar or event |
/// | `Listed` | nothing; of the answer's list only allowed users are shown | nothing |
/// | `Named` | only the fields below | nothing |
/// | `Untold` | refused: the owner of an account, events of everybody | nothing |
///
/// Besides, in every operation that has them: `schedule_for`, `settings.alternative_hosts`, `user_info.email`, `email`
/// and `transfer_email` must name allowed users. A user named in another way (`search_by_unique_id`, `encrypted_email`)
/// cannot be told. Ids of users below the account are kept nowhere, so that they are named by address there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// No single user's.
    Nobody,
    /// The user's in the path.
    User,
    /// The app's own user's.
    Own,
    /// The host's; the operation by whose answer the host is told.
    Held(&'static str),
    /// Everybody's, one by one: the member of the answer that lists them.
    Listed(&'static str),
    /// Only theirs who are named in fields.
    Named,
    /// Nobody can tell.
    Untold,
}

impl Whose {
    /// The word used in keys of sentences.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::User => "user",
            Self::Own => "own",
            Self::Held(_) => "held",
            Self::Listed(_) => "listed",
            Self::Named => "named",
            Self::Untold => "untold",
        }
    }
}

/// Fields that name users, wherever an operation has them.
const NAMING: [(Place, &str); 5] = [
    (Place::Body, "schedule_for"),
    (Place::Body, "settings.alternative_hosts"),
    (Place::Body, "user_info.email"),
    (Place::Query, "email"),
    (Place::Query, "transfer_email"),
];

/// Switches by which `{userId}` is something else than an id or an address.
const OTHERWISE: [&str; 2] = ["search_by_unique_id", "encrypted_email"];

/// Lists of users in answers.
const LISTS: [(&str, &str); 2] = [("users", "users"), ("userAssistants", "assistants")];

/// Whose things an operation touches.
pub fn whose(operation: &Operation) -> Whose {
    let has = |part: &str| operation.path.contains(part);
    match operation.id {
        "accountSettings" | "accountSettingsUpdate" | "UpdateOptions" => Whose::Nobody,
        "users" => Whose::Listed("users"),
        "userCreate" | "userEmail" => Whose::Named,
        _ if has("/users/{userId}") => Whose::User,
        _ if has("/users/me/") => Whose::Own,
        _ if has("{meetingId}") => Whose::Held("meeting"),
        _ if has("{webinarId}") => Whose::Held("webinar"),
        _ if has("{eventId}") => Whose::Held("getEventInfo"),
        _ => Whose::Untold,
    }
}

/// What somebody reads where nobody can tell whose things an operation touches.
const UNTOLD: &str = "This site may act for some Zoom users only, and this operation does not say whom it touches. An \
                      owner names for whom it may act, in Zoom settings.";

/// A user, as a path or a field names them.
enum Named<'a> {
    Me,
    Address(Email),
    Id(&'a str),
}

impl<'a> Named<'a> {
    fn read(text: &'a str) -> Self {
        match Email::parse(text) {
            _ if text == "me" => Self::Me,
            Ok(email) => Self::Address(email),
            Err(_) => Self::Id(text),
        }
    }
}

/// What an allow-list is asked with.
pub(super) struct Door<'a> {
    pub(super) service: &'a Service,
    pub(super) connection: &'a Connection,
    pub(super) client: &'a ZoomClient,
    pub(super) until: Timestamp,
}

impl Door<'_> {
    /// Whether the site may act for everybody whom the call touches; see [`Whose`]. The host, where one was looked up.
    pub(super) async fn check(&self, one: &ConsoleOperation, filled: &Filled) -> Result<Option<ZoomUserId>> {
        if self.connection.allowed.is_everybody() {
            return Ok(None);
        }
        let operation = one.operation;
        for (place, path) in NAMING.iter().filter(|(place, path)| operation.field(*place, path).is_some()) {
            self.named(*place, path, filled).await?;
        }
        if filled.query.iter().any(|(name, value)| OTHERWISE.contains(name) && value == "true") {
            return Err(Error::refused(UNTOLD));
        }
        let param = |name: &str| filled.params.iter().find(|(one, _)| *one == name).map(|(_, value)| &**value);
        match whose(operation) {
            Whose::Nobody | Whose::Listed(_) | Whose::Named => {}
            Whose::User => self.user(Named::read(param("userId").unwrap_or_default()), operation).await?,
            Whose::Own => self.user(Named::Me, operation).await?,
            Whose::Held(reader) => return self.held(reader, operation, filled).await,
            Whose::Untold => return Err(Error::refused(UNTOLD)),
        }
        Ok(None)
    }

    /// Everybody whom a field names, which may be a list with commas or semicolons.
    async fn named(&self, place: Place, path: &str, filled: &Filled) -> Result<()> {
        let text = match place {
            Place::Query => filled.query.iter().find(|(name, _)| *name == path).map(|(_, value)| value.as_str()),
            _ => match filled.body.as_ref().and_then(|body| body.pointer(&format!("/{}", path.replace('.', "/")))) {
                None | Some(Value::Null) => None,
                Some(Value::String(text)) => Some(&**text),
                Some(_) => return Err(Error::refused(UNTOLD)),
            },
        };
        for name in text.unwrap_or_default().split([',', ';']).map(str::trim).filter(|name| !name.is_empty()) {
            // `me` is a user's name in a path only.
            let named = Email::parse(name).map_or(Named::Id(name), Named::Address);
            self.user_kept(named).await?;
        }
        Ok(())
    }

    async fn user(&self, named: Named<'_>, operation: &'static Operation) -> Result<()> {
        let Named::Me = named else { return self.user_kept(named).await };
        if operation.level == Level::Master {
            return Err(Error::refused(UNTOLD));
        }
        let me = UserId::Me;
        let read = self.service.in_time(self.until, operation.id, self.client.users().get(&me)).await;
        let user = read.map_err(cannot_tell)?;
        self.address(&user.email)
    }

    async fn user_kept(&self, named: Named<'_>) -> Result<()> {
        match named {
            Named::Address(email) => self.address(email.as_str()),
            Named::Id(id) => {
                let id = ZoomUserId::parse(id).ok_or_else(|| Error::refused(NOT_ALLOWED))?;
                let mut reader = self.service.store().read().await?;
                let may = may_act_for(&mut reader, self.connection, &id).await?;
                if may { Ok(()) } else { Err(Error::refused(NOT_ALLOWED)) }
            }
            Named::Me => Err(Error::refused(NOT_ALLOWED)),
        }
    }

    fn address(&self, email: &str) -> Result<()> {
        let may = Email::parse(email).is_ok_and(|email| self.connection.allowed.allows(&email));
        if may { Ok(()) } else { Err(Error::refused(NOT_ALLOWED)) }
    }

    /// Reads what the call is about, and asks for its host.
    async fn held(
        &self,
        reader: &'static str,
        operation: &'static Operation,
        filled: &Filled,
    ) -> Result<Option<ZoomUserId>> {
        let reader = zoom_spec::operation_at(operation.level, reader).ok_or_else(|| Error::refused(UNTOLD))?;
        let wanted = reader.path.matches('{').count();
        let params: Vec<String> = filled.params.iter().take(wanted).map(|(_, value)| value.clone()).collect();
        let read = self.service.in_time(self.until, reader.id, self.client.call(reader, &params, &[], None)).await;
        let json = read.map_err(cannot_tell)?.json.unwrap_or_default();
        let text = |name: &str| json.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        match (text("host_email"), text("host_id")) {
            (Some(email), _) => self.address(email)?,
            (None, Some(id)) => self.user_kept(Named::Id(id)).await?,
            (None, None) => return Err(Error::refused(UNTOLD)),
        }
        Ok(text("host_id").and_then(ZoomUserId::parse))
    }

    /// Leaves those out of a list of users for whom the site may not act; how many.
    pub(super) fn filter(&self, operation: &Operation, json: &mut Value) -> usize {
        let list = LISTS.iter().find(|(id, _)| *id == operation.id).map(|(_, list)| *list);
        let Some(users) = list.and_then(|list| json.get_mut(list)?.as_array_mut()) else { return 0 };
        let before = users.len();
        if !self.connection.allowed.is_everybody() {
            users.retain(|user| {
                user.get("email").and_then(Value::as_str).is_some_and(|email| self.address(email).is_ok())
            });
        }
        before.saturating_sub(users.len())
    }
}

fn cannot_tell(error: zoom_client::Error) -> Error {
    match Fault::from(error) {
        Fault::Later { reason, .. } | Fault::Lost { reason } => Error::Unavailable { reason },
        fault => Error::refused(format!(
            "This site may act for some Zoom users only, and whose this is cannot be read. {}",
            fault.reason()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::operations, *};

    /// The rule for each operation of the console.
    const RULES: &[(Whose, &[&str])] = &[
        (
            Whose::Nobody,
            &["accountSettings", "accountSettingsUpdate", "master.accountSettingsUpdate", "master.UpdateOptions"],
        ),
        (
            Whose::User,
            &[
                "meetings",
                "meetingCreate",
                "listUpcomingMeeting",
                "webinars",
                "webinarCreate",
                "master.webinarCreate",
                "user",
                "userUpdate",
                "userDelete",
                "userAssistants",
                "Getmeetingsummarytemplates",
                "userPermission",
                "userSettings",
                "userToken",
            ],
        ),
        (Whose::Own, &["userZak"]),
        (
            Whose::Held("meeting"),
            &[
                "meeting",
                "meetingUpdate",
                "meetingDelete",
                "meetingStatus",
                "meetingInvitation",
                "meetingInviteLinksCreate",
                "meetingLiveStreamingJoinToken",
                "meetingLocalArchivingArchiveToken",
                "Getameetingsummary",
            ],
        ),
        (
            Whose::Held("webinar"),
            &[
                "webinar",
                "webinarUpdate",
                "webinarDelete",
                "webinarStatus",
                "webinarInviteLinksCreate",
                "master.webinar",
                "master.webinarUpdate",
                "master.webinarDelete",
                "master.webinarInviteLinksCreate",
            ],
        ),
        (
            Whose::Held("getEventInfo"),
            &["getEventInfo", "getEventAccessLinks", "createSpeaker", "updateSpeaker", "deleteSpeaker"],
        ),
        (Whose::Listed("users"), &["users"]),
        (Whose::Named, &["userCreate", "userEmail"]),
        (Whose::Untold, &["UpdateTheAccountOwner", "master.UpdateTheAccountOwner", "getEvents"]),
    ];

    #[test]
    fn every_operation_of_the_console_has_its_rule() {
        for one in operations() {
            let rules: Vec<Whose> =
                RULES.iter().filter(|(_, keys)| keys.contains(&&*one.key)).map(|(rule, _)| *rule).collect();
            assert_eq!(rules, [whose(one.operation)], "{}", one.key);
        }
        let told: usize = RULES.iter().map(|(_, keys)| keys.len()).sum();
        assert_eq!(told, operations().len());
    }

    #[test]
    fn whose_something_is_can_be_read_where_it_is_read() {
        for one in operations() {
            if let Whose::Held(reader) = whose(one.operation) {
                let reader = zoom_spec::operation_at(one.operation.level, reader).unwrap();
                assert!(reader.field(Place::Answer, "host_id").is_some(), "{} does not answer a host", reader.id);
                assert!(one.operation.path.starts_with(reader.path), "{} has other parameters", one.key);
            }
        }
    }

    #[test]
    fn no_field_that_names_a_user_is_forgotten() {
        // Those who hold nothing by it: speakers, guests, contacts, interpreters, numbers to call.
        let harmless = ["contact_email", "meeting_invitees", "authentication_exception", "interpreters", "panelists"];
        for one in operations() {
            for field in one.operation.sent() {
                let last = field.path.rsplit('.').next().unwrap();
                let names = last == "schedule_for" || last.contains("alternative_hosts") || last.ends_with("email");
                let switch = field.kind == zoom_spec::Kind::Boolean;
                let known = NAMING.iter().any(|(place, path)| *place == field.place && **path == *field.path);
                let is_harmless = switch
                    || harmless.iter().any(|word| field.path.contains(word))
                    || one.operation.id.ends_with("Speaker")
                    || matches!(whose(one.operation), Whose::Untold | Whose::Nobody);
                assert!(!names || known || is_harmless, "{} {}", one.key, field.path);
            }
        }
    }
}
