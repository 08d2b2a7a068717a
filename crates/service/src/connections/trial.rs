//! A test join: an owner joins a meeting made for it in the browser, because only Zoom's own software says whether the
//! Meeting SDK's credentials are good. The meeting is deleted again.

use jiff::{SignedDuration, Timestamp};
use model::{ConnectionId, Host, Passcode, PersonName, Right, ZoomUserId};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    connection::{Connection, SdkTrial},
    job::{Claimed, JobKind, NewJob, Phase, Priority},
};
use zoom_client::{Executed, MeetingId, MeetingSettings, NewMeeting, Work, ZoomClient, sdk::Role};

use super::leave::LEAVING;
use crate::{
    Actor, JoinPacket, NoBrowserJoin, Service,
    audit::note,
    error::{Error, Result},
    outbox::{
        account::{meeting_id, user},
        fault::Fault,
        job_error,
        pace::later,
        payload::Push,
    },
    quota::ledger::Taken,
    visits::redeem::{Guest, sdk_key},
};

/// How long the meeting is there, where nobody says how the test ended.
const LASTS: SignedDuration = SignedDuration::from_mins(10);

/// How long somebody may still be inside after the test: Zoom deletes no meeting that is going on.
const LEAVES: SignedDuration = SignedDuration::from_secs(20);

/// How often Zoom may refuse to delete the meeting before it is left there.
const TRIES: i64 = 10;

/// What a job knows of the meeting it deletes. No secrets: it stands in clear.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Meeting {
    /// Zoom has it.
    Made {
        /// Its number there.
        number: i64,
    },
    /// Its creation has no answer yet.
    Asked {
        /// The Zoom user who would hold it.
        host: ZoomUserId,
        /// What its agenda begins with, and no other one's.
        mark: String,
        /// From when on a list that does not show it says that there is none.
        sure_at: Timestamp,
    },
}

impl Service {
    /// Makes a meeting for a test join and says how to join it, as a participant. It counts among the hundred of its
    /// host, and is deleted within ten minutes, whether or not anybody says how the test ended; one whose creation got no
    /// answer is looked for within two minutes, and deleted too.
    pub async fn begin_trial(&self, actor: &Actor, id: ConnectionId) -> Result<JoinPacket> {
        actor.need(Right::ManageConnection)?;
        let connection = store::connection::get(&mut self.store().read().await?, id).await?.ok_or(Error::NotFound)?;
        self.browser_join_of(&connection).map_err(Error::NoBrowserJoin)?;
        let key = sdk_key(&connection).ok_or(Error::NoBrowserJoin(NoBrowserJoin::NoSdkCredentials))?;
        let host = self.tester(id).await?;
        let taken = match self.take_plan_now(id, &host).await? {
            Ok(taken) => taken,
            Err(full) => return Err(Error::refused(full.refuses())),
        };
        let mark = hex::encode(self.eight_random_bytes());
        let passcode = Passcode::from_random(self.eight_random_bytes());
        let sure_at = later(later(self.now(), self.inner.pace.in_flight), self.inner.pace.between_looks);
        let seek = &end_of(id, &mark, &Meeting::Asked { host: host.clone(), mark: mark.clone(), sure_at }, sure_at);
        if let Err(error) = self.plan_to_seek(id, seek).await {
            self.give_plan_back(&taken).await?;
            return Err(error);
        }
        let meeting = match self.make_trial(&connection, &host, &mark, &passcode).await {
            Ok(meeting) => meeting,
            Err(error) => return Err(self.trial_failed(taken, seek, error).await?),
        };
        self.note_begun(actor, id, meeting, seek).await?;
        let name = actor.member().map_or_else(tester_name, |member| Ok(member.name.clone()))?;
        self.packet(key, meeting, Role::Attendee, Guest { name, email: None, passcode, zak: None })
    }

    /// The Zoom user who holds the meetings of tests: the first active one, those with a licence first.
    async fn tester(&self, id: ConnectionId) -> Result<ZoomUserId> {
        let hosts = store::host::list(&mut self.store().read().await?, id).await?;
        let mut able: Vec<Host> = hosts.into_iter().filter(|host| host.active).collect();
        able.sort_by_key(|host| !host.licensed);
        let first = able.into_iter().next();
        Ok(first
            .ok_or_else(|| {
                Error::refused(
                    "Nobody can hold a meeting for the test: no active Zoom user is known here. Read the users again \
                     under Hosts, and see in Zoom settings for whom this site may act.",
                )
            })?
            .id)
    }

    /// Has the meeting looked for later, should nobody here live to see Zoom's answer.
    async fn plan_to_seek(&self, id: ConnectionId, seek: &NewJob) -> Result<()> {
        let now = self.now();
        self.store()
            .write(|mut tx| async move {
                let connection = store::connection::get(&mut tx, id).await?.ok_or(Error::NotFound)?;
                if connection.leaving {
                    return Err(Error::refused(LEAVING));
                }
                store::job::enqueue(&mut tx, seek, now).await?;
                Ok(())
            })
            .await
    }

    async fn make_trial(
        &self,
        connection: &Connection,
        host: &ZoomUserId,
        mark: &str,
        passcode: &Passcode,
    ) -> std::result::Result<MeetingId, zoom_client::Error> {
        let new = NewMeeting::new("Test of joining in the browser")
            .starts_at(self.now())
            .duration(30_u32)
            .passcode(passcode.expose())
            .agenda(format!("{mark}: made by this site to test its Meeting SDK credentials; it deletes it again."))
            .settings(MeetingSettings::new().join_before_host(true).waiting_room(false));
        let holder = user(host, "meetingCreate")?;
        let client = self.inner.zooms.of(connection);
        let meetings = client.meetings();
        let made = self.in_time(self.patience_ends(), "meetingCreate", meetings.create(&holder, &new)).await?;
        Ok(made.id)
    }

    /// The number is known: the meeting is deleted by it, and need not be looked for.
    async fn note_begun(&self, actor: &Actor, id: ConnectionId, meeting: MeetingId, seek: &NewJob) -> Result<()> {
        let (now, number) = (self.now(), i64::try_from(meeting.get()).unwrap_or(i64::MAX));
        let (end, name) = (&end_by_number(id, number, later(now, LASTS)), &number.to_string());
        self.store()
            .write(|mut tx| async move {
                withdraw(&mut tx, seek).await?;
                store::job::enqueue(&mut tx, end, now).await?;
                note(&mut tx, actor, "trial-begun", &id.to_string(), name, now).await?;
                let leaving = store::connection::get(&mut tx, id).await?.is_none_or(|found| found.leaving);
                if leaving {
                    store::job::hurry_connection(&mut tx, id, now).await?;
                }
                Ok::<_, Error>(leaving)
            })
            .await
            .and_then(|leaving| if leaving { Err(Error::refused(LEAVING)) } else { Ok(()) })
    }

    async fn trial_failed(&self, taken: Taken, seek: &NewJob, error: zoom_client::Error) -> Result<Error> {
        self.settle_plan(taken, &error).await?;
        if error.executed() == Executed::No {
            self.store().write(|mut tx| async move { withdraw(&mut tx, seek).await }).await?;
        }
        Ok(match Fault::from(error) {
            Fault::Lost { reason } => Error::Unavailable {
                reason: format!(
                    "{reason} Should Zoom have made the meeting all the same, it is deleted in two minutes."
                ),
            },
            Fault::Later { reason, .. } => Error::Unavailable { reason },
            fault => Error::refused(fault.reason()),
        })
    }

    /// Notes how a test join ended: Zoom's code, or none where the person got in. The meeting is deleted. A number that
    /// is no test's is [`Error::NotFound`].
    pub async fn end_trial(&self, actor: &Actor, id: ConnectionId, number: i64, code: Option<&str>) -> Result<()> {
        actor.need(Right::ManageConnection)?;
        let code = code.map(|code| code.chars().filter(|c| is_of_a_code(*c)).take(20).collect::<String>());
        let now = self.now();
        let said = code.clone().unwrap_or_else(|| "got in".to_owned());
        let (trial, job, said) = (&SdkTrial { at: now, code }, &end_by_number(id, number, later(now, LEAVES)), &said);
        self.store()
            .write(|mut tx| async move {
                let connection = store::connection::get(&mut tx, id).await?.ok_or(Error::NotFound)?;
                let key = job.single_key.as_deref().unwrap_or_default();
                if store::job::open_by_key(&mut tx, key).await?.is_none() {
                    return Err(Error::NotFound);
                }
                if let Some(sdk_key) = &connection.sdk_key {
                    store::connection::note_trial(&mut tx, id, sdk_key, trial).await?;
                }
                store::job::enqueue(&mut tx, job, now).await?;
                note(&mut tx, actor, "trial-ended", &id.to_string(), said, now).await
            })
            .await
    }

    /// Deletes the meeting of a test, or looks first whether there is one.
    pub(crate) async fn remove_trial(&self, claimed: &Claimed) -> job_error::Result<()> {
        let Claimed { job, claim } = claimed;
        let connection = match job.connection {
            Some(id) => store::connection::get(&mut self.store().read().await?, id).await?,
            None => None,
        };
        let Some(connection) = connection else { return self.done(claim).await };
        let client = self.inner.zooms.of(&connection).working_for(Work::FollowUp);
        let (deleted, sure) = match Meeting::deserialize(&job.payload) {
            Ok(Meeting::Made { number }) => (delete(&client, number).await.map(Some), true),
            Ok(Meeting::Asked { host, mark, sure_at }) => (seek(&client, &host, &mark).await, sure_at <= self.now()),
            Err(_) => return self.give_up(claim, "the job names no meeting").await,
        };
        let phase = if sure { Phase::Planned } else { Phase::Unknown };
        match deleted.map_err(Fault::from) {
            Ok(None) if !sure => {
                let reason =
                    "Zoom's answer was lost, and its list does not show the meeting yet. It is looked at again.";
                self.wait(claimed, phase, reason, None).await
            }
            Ok(_) | Err(Fault::Gone { .. }) => self.done(claim).await,
            Err(Fault::Refused { reason }) if Push::read(&job.payload).failures >= TRIES => {
                self.give_up(claim, &reason).await
            }
            Err(fault) => self.wait(claimed, phase, fault.reason(), None).await,
        }
    }
}

async fn delete(client: &ZoomClient, number: i64) -> std::result::Result<(), zoom_client::Error> {
    client.meetings().delete(meeting_id(number, "meetingDelete")?).await
}

/// Deletes the meeting that has the mark; `None` where the host's list shows none.
async fn seek(
    client: &ZoomClient,
    host: &ZoomUserId,
    mark: &str,
) -> std::result::Result<Option<()>, zoom_client::Error> {
    let all = client.meetings().list(&user(host, "meetings")?).await?;
    let marked = |agenda: Option<&str>| agenda.is_some_and(|agenda| agenda.starts_with(mark));
    let Some(made) = all.into_iter().find(|meeting| marked(meeting.agenda.as_deref())) else { return Ok(None) };
    client.meetings().delete(made.id).await.map(Some)
}

async fn withdraw(tx: &mut Tx, job: &NewJob) -> std::result::Result<(), store::Error> {
    store::job::withdraw(tx, job.single_key.as_deref().unwrap_or_default()).await
}

/// The job that deletes the meeting of a test: one for each, told apart by `which`.
fn end_of(connection: ConnectionId, which: &str, meeting: &Meeting, at: Timestamp) -> NewJob {
    NewJob {
        single_key: Some(format!("{}:{connection}:{which}", JobKind::EndTrial)),
        payload: serde_json::to_value(meeting).unwrap_or_default(),
        priority: Priority::Person,
        ..NewJob::for_connection(JobKind::EndTrial, connection, at)
    }
}

fn end_by_number(connection: ConnectionId, number: i64, at: Timestamp) -> NewJob {
    end_of(connection, &number.to_string(), &Meeting::Made { number }, at)
}

fn tester_name() -> Result<PersonName> {
    PersonName::parse("Test").map_err(|problem| Error::field("name", problem))
}

fn is_of_a_code(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}
