//! Runs an operation: confirmed, allowed, noted in the audit log, its answer without secrets.

use model::{ConnectionId, Problem, Right, RoomKind};
use secrecy::SecretString;
use store::job::{JobKind, NewJob};
use zoom_spec::Method;

use super::{
    answer::{ConsoleAnswer, Outcome},
    curl::curl,
    fill::Filled,
    index::{ConsoleOperation, Danger, Group},
    whose::Door,
};
use crate::{
    Actor, Service, Via,
    audit::note,
    connections::leave::need_staying,
    error::{Error, Result},
    webhooks::event::{AboutRoom, News},
};

/// An operation that somebody wants to be run.
#[derive(Clone, Debug)]
pub struct ConsoleCall {
    /// At which Zoom account; the site's default where none is named.
    pub connection: Option<ConnectionId>,
    /// Which.
    pub operation: &'static ConsoleOperation,
    /// With what.
    pub filled: Filled,
    /// Whether they said that it may change something.
    pub confirmed: bool,
    /// Their password, asked for again where something cannot be got back.
    pub password: Option<SecretString>,
}

/// The most of a subject in the audit log, in characters.
const SUBJECT: usize = 200;

impl Service {
    /// Runs an operation at a Zoom account of the site's. Zoom's own refusal is an answer; what this site refuses is an error,
    /// and nothing was sent then: a change that was not confirmed, a wrong password, a Zoom user the site may not act for,
    /// a creation or change for a host whose hundred of the day are used up.
    ///
    /// Each try is a line of the audit log, a change one before it is sent, too: whoever loses the answer finds that it
    /// was asked for.
    pub async fn console_run(&self, actor: &Actor, call: ConsoleCall) -> Result<ConsoleAnswer> {
        actor.need(Right::ManageConnection)?;
        if matches!(actor.via(), Via::ApiToken { .. }) {
            return Err(Error::Forbidden { right: Right::ManageConnection });
        }
        self.need_confirmed(actor, &call).await?;
        let connection = self.connection_or_default(call.connection).await?;
        let connection = &connection.ok_or_else(|| Error::refused("Connect a Zoom account first."))?;
        if call.operation.danger != Danger::Reads {
            need_staying(Some(connection))?;
        }
        let client = &self.inner.zooms.of(connection);
        let (one, operation) = (call.operation, call.operation.operation);
        let subject = &subject_of(&call);
        let door = Door { service: self, connection, client, until: self.patience_ends() };
        let told = match door.check(one, &call.filled).await {
            Ok(told) => told,
            Err(refused) => {
                let why = "not sent: the site may not act for whom it touches";
                self.note_call(actor, "console-refused", subject, why).await?;
                return Err(refused);
            }
        };
        let taken = match door.host_to_count(operation, &call.filled, told).await? {
            None => None,
            Some(host) => match self.take_plan_now(connection.id, &host).await? {
                Ok(taken) => Some(taken),
                Err(full) => {
                    self.note_call(actor, "console-refused", subject, "not sent: the host's day is used up").await?;
                    return Err(Error::refused(full.refuses()));
                }
            },
        };
        if one.danger != Danger::Reads {
            self.note_call(actor, "console-asked", subject, operation.method.as_str()).await?;
        }
        let params: Vec<String> = call.filled.params.iter().map(|(_, value)| value.clone()).collect();
        let asked_at = self.now();
        let sent = client.call(operation, &params, &call.filled.query, call.filled.body.as_ref());
        let answer = self.in_time(door.until, operation.id, sent).await;
        if let (Some(taken), Err(error)) = (taken, &answer) {
            self.settle_plan(taken, error).await?;
        }
        let millis = self.now().duration_since(asked_at).as_millis().try_into().unwrap_or(i64::MAX);
        let mut outcome = Outcome::of(one, answer);
        let left_out = match &mut outcome {
            Outcome::Done { json: Some(json), .. } => door.filter(operation, json),
            _ => 0,
        };
        self.note_call(actor, "console-ran", subject, &outcome.in_short()).await?;
        if matches!(outcome, Outcome::Done { .. }) {
            self.console_has_done(connection.id, &call).await?;
        }
        Ok(ConsoleAnswer { outcome, millis, left_out })
    }

    /// Rooms and hosts follow what was carried out; Zoom's events, which say it too, are not set up everywhere.
    async fn console_has_done(&self, id: ConnectionId, call: &ConsoleCall) -> Result<()> {
        if let Some(about) = about_room(call) {
            self.has_done(id, &about).await?;
        }
        if call.operation.group == Group::Users && call.operation.operation.method != Method::Get {
            let now = self.now();
            let job = &NewJob::for_connection(JobKind::RefreshHosts, id, now);
            self.store().write(|mut tx| async move { store::job::enqueue(&mut tx, job, now).await }).await?;
        }
        Ok(())
    }

    /// The request as a line for a shell, without token and secrets. Nothing is sent.
    pub fn console_curl(&self, actor: &Actor, operation: &ConsoleOperation, filled: &Filled) -> Result<String> {
        actor.need(Right::ManageConnection)?;
        curl(&self.inner.settings.zoom.api, operation.operation, filled)
            .map_err(|error| Error::refused(error.to_string()))
    }

    /// Asks for what a change needs. At the command line there is nobody with a password: whoever has the operator's
    /// shell says yes there.
    async fn need_confirmed(&self, actor: &Actor, call: &ConsoleCall) -> Result<()> {
        let danger = call.operation.danger;
        if danger == Danger::Reads {
            return Ok(());
        }
        if !call.confirmed {
            return Err(Error::field("confirmed", Problem::Missing));
        }
        match (danger, actor.member(), &call.password) {
            (Danger::Destroys, Some(_), None) => Err(Error::field("password", Problem::Missing)),
            (Danger::Destroys, Some(member), Some(password)) => self.need_password(member, password).await,
            _ => Ok(()),
        }
    }

    async fn note_call(&self, actor: &Actor, action: &str, subject: &str, detail: &str) -> Result<()> {
        let now = self.now();
        self.store().write(|mut tx| async move { note(&mut tx, actor, action, subject, detail, now).await }).await
    }
}

/// What a call that was carried out means to a room.
fn about_room(call: &ConsoleCall) -> Option<AboutRoom> {
    let (kind, id, news) = match call.operation.operation.id {
        "meetingDelete" => (RoomKind::Meeting, "meetingId", News::Deleted),
        "meetingUpdate" => (RoomKind::Meeting, "meetingId", News::Updated),
        "webinarDelete" => (RoomKind::Webinar, "webinarId", News::Deleted),
        "webinarUpdate" => (RoomKind::Webinar, "webinarId", News::Updated),
        _ => return None,
    };
    // One occurrence of a series is not the room.
    let is_one = call.filled.query.iter().any(|(name, _)| *name == "occurrence_id");
    let number = call.filled.params.iter().find(|(name, _)| *name == id)?.1.parse().ok()?;
    (!is_one).then_some(AboutRoom { kind, number, news })
}

/// The operation, and what its path names: users, meetings, accounts. Nothing of query and body.
fn subject_of(call: &ConsoleCall) -> String {
    let names = call.filled.params.iter().map(|(_, value)| value.as_str());
    let subject = std::iter::once(&*call.operation.key).chain(names).collect::<Vec<_>>().join(" ");
    subject.chars().take(SUBJECT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::operations;

    #[test]
    fn a_room_follows_what_was_done_to_all_of_its_meeting_and_not_to_one_of_many() {
        let about = |key: &str, params: &[(&'static str, &str)], query: &[(&'static str, &str)]| {
            let operation = operations().iter().find(|one| one.key == key).unwrap();
            let texts =
                |all: &[(&'static str, &str)]| all.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
            let filled = Filled { params: texts(params), query: texts(query), body: None };
            about_room(&ConsoleCall { connection: None, operation, filled, confirmed: true, password: None })
        };
        let deleted = about("meetingDelete", &[("meetingId", "81234567890")], &[("schedule_for_reminder", "true")]);
        assert_eq!(deleted, Some(AboutRoom { kind: RoomKind::Meeting, number: 81_234_567_890, news: News::Deleted }));
        let changed = about("webinarUpdate", &[("webinarId", "81234567891")], &[]);
        assert_eq!(changed, Some(AboutRoom { kind: RoomKind::Webinar, number: 81_234_567_891, news: News::Updated }));
        let one = [("occurrence_id", "1648194360000")];
        assert_eq!(about("meetingDelete", &[("meetingId", "81234567890")], &one), None);
        assert_eq!(about("meeting", &[("meetingId", "81234567890")], &[]), None);
        assert_eq!(about("meetingDelete", &[("meetingId", "no number")], &[]), None);
    }
}
