//! A test join: an owner joins a meeting made for it in the browser, because only Zoom's own software says whether the
//! Meeting SDK's credentials are good. The meeting is deleted again.

use jiff::SignedDuration;
use model::{ConnectionId, Host, Passcode, PersonName, Right};
use secrecy::SecretString;
use store::{
    connection::{Connection, SdkTrial},
    job::{Claimed, JobKind, NewJob, Phase, Priority},
};
use zoom_client::{
    MeetingSettings, NewMeeting, Work, ZoomClient,
    sdk::{self, Role},
};

use super::leave::LEAVING;
use crate::{
    Actor, JoinPacket, NoBrowserJoin, Service,
    audit::note,
    error::{Error, Result},
    outbox::{
        account::{meeting_id, user},
        fault::{Fault, reason_of},
        job_error,
        pace::later,
        payload::Push,
    },
    quota::ledger::Taken,
    visits::redeem::sdk_key,
};

/// How long the meeting is there, where nobody says how the test ended.
const LASTS: SignedDuration = SignedDuration::from_mins(10);

/// How long somebody may still be inside after the test: Zoom deletes no meeting that is going on.
const LEAVES: SignedDuration = SignedDuration::from_secs(20);

/// How often Zoom may refuse to delete the meeting before it is left there.
const TRIES: i64 = 10;

/// The member of the job's payload that holds the meeting's number.
const NUMBER: &str = "number";

impl Service {
    /// Makes a meeting for a test join and says how to join it, as a participant. It counts among the hundred of its
    /// host, and is deleted within ten minutes, whether or not anybody says how the test ended. One whose creation got no
    /// answer is not known here, and stays at Zoom.
    pub async fn begin_trial(&self, actor: &Actor, id: ConnectionId) -> Result<JoinPacket> {
        actor.need(Right::ManageConnection)?;
        let connection = store::connection::get(&mut self.store().read().await?, id).await?.ok_or(Error::NotFound)?;
        if connection.leaving {
            return Err(Error::refused(LEAVING));
        }
        self.browser_join_of(&connection).map_err(Error::NoBrowserJoin)?;
        let key = sdk_key(&connection).ok_or(Error::NoBrowserJoin(NoBrowserJoin::NoSdkCredentials))?;
        let client = self.inner.zooms.of(&connection);
        let hosts = store::host::list(&mut self.store().read().await?, id).await?;
        let passcode = Passcode::from_random(self.eight_random_bytes());
        let number = self.make_trial(&client, &connection, &hosts, &passcode).await?;
        let now = self.now();
        let (name, at) = (number.to_string(), later(now, LASTS));
        let (job, name) = (&end_of(id, number, at), &name);
        let kept = self
            .store()
            .write(|mut tx| async move {
                // Disconnected meanwhile: nobody would delete it later.
                store::connection::get(&mut tx, id).await?.filter(|found| !found.leaving).ok_or(Error::NotFound)?;
                store::job::enqueue(&mut tx, job, now).await?;
                note(&mut tx, actor, "trial-begun", &id.to_string(), name, now).await
            })
            .await;
        if let Err(error) = kept {
            if let Ok(meeting) = meeting_id(number, "meetingDelete") {
                let gone = self.in_time(self.patience_ends(), "meetingDelete", client.meetings().delete(meeting)).await;
                gone.inspect_err(|problem| tracing::warn!(%problem, number, "a test join's meeting is left at Zoom"))
                    .ok();
            }
            return Err(error);
        }
        let meeting = meeting_id(number, "meetingCreate").map_err(|error| Error::refused(reason_of(&error)))?;
        let signature = sdk::sign(&key, meeting, Role::Attendee, now)
            .map_err(|problem| Error::refused(format!("The browser join cannot be signed: {problem}.")))?;
        let zoom = &self.inner.settings.zoom;
        Ok(JoinPacket {
            sdk_base: zoom.sdk_base.clone(),
            sdk_version: zoom.sdk_version.clone(),
            sdk_key: key.client_id,
            signature,
            meeting_number: number,
            passcode,
            user_name: actor.member().map_or_else(tester, |member| Ok(member.name.clone()))?,
            user_email: None,
            role: Role::Attendee.into(),
            zak: None::<SecretString>,
        })
    }

    /// Makes the meeting, held by the first active user, those with a licence first.
    async fn make_trial(
        &self,
        client: &ZoomClient,
        connection: &Connection,
        hosts: &[Host],
        passcode: &Passcode,
    ) -> Result<i64> {
        let mut able: Vec<&Host> = hosts.iter().filter(|host| host.active).collect();
        able.sort_by_key(|host| !host.licensed);
        let host = able.first().ok_or_else(|| {
            Error::refused("Nobody can hold a meeting for the test: no active Zoom user is known here.")
        })?;
        let taken = match self.take_plan_now(connection.id, &host.id).await? {
            Ok(taken) => taken,
            Err(full) => return Err(Error::refused(full.refuses())),
        };
        let new = NewMeeting::new("Test of joining in the browser")
            .starts_at(self.now())
            .duration(30_u32)
            .passcode(passcode.expose())
            .agenda("Made by this site to test its Meeting SDK credentials; it deletes it again.")
            .settings(MeetingSettings::new().join_before_host(true).waiting_room(false));
        let holder = user(&host.id, "meetingCreate").map_err(|error| Error::refused(reason_of(&error)))?;
        let meetings = client.meetings();
        match self.in_time(self.patience_ends(), "meetingCreate", meetings.create(&holder, &new)).await {
            Ok(made) => Ok(i64::try_from(made.id.get()).unwrap_or(i64::MAX)),
            Err(error) => Err(self.trial_failed(taken, error).await?),
        }
    }

    async fn trial_failed(&self, taken: Taken, error: zoom_client::Error) -> Result<Error> {
        self.settle_plan(taken, &error).await?;
        Ok(match Fault::from(error) {
            Fault::Later { reason, .. } | Fault::Lost { reason } => Error::Unavailable { reason },
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
        let (trial, job, said) = (&SdkTrial { at: now, code }, &end_of(id, number, later(now, LEAVES)), &said);
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

    /// Deletes the meeting of a test.
    pub(crate) async fn remove_trial(&self, claimed: &Claimed) -> job_error::Result<()> {
        let Claimed { job, claim } = claimed;
        let connection = match job.connection {
            Some(id) => store::connection::get(&mut self.store().read().await?, id).await?,
            None => None,
        };
        let Some(connection) = connection else { return self.done(claim).await };
        let number = job.payload.get(NUMBER).and_then(serde_json::Value::as_i64).unwrap_or_default();
        let Ok(meeting) = meeting_id(number, "meetingDelete") else {
            return self.give_up(claim, "the job names no meeting").await;
        };
        let client = self.inner.zooms.of(&connection).working_for(Work::FollowUp);
        match client.meetings().delete(meeting).await.map_err(Fault::from) {
            Ok(()) | Err(Fault::Gone { .. }) => self.done(claim).await,
            Err(Fault::Refused { reason }) if Push::read(&job.payload).failures >= TRIES => {
                self.give_up(claim, &reason).await
            }
            Err(fault) => self.wait(claimed, Phase::Planned, fault.reason(), None).await,
        }
    }
}

/// The job that deletes the meeting of a test: one for each.
fn end_of(connection: ConnectionId, number: i64, at: jiff::Timestamp) -> NewJob {
    NewJob {
        single_key: Some(format!("{}:{connection}:{number}", JobKind::EndTrial)),
        payload: serde_json::json!({ NUMBER: number }),
        priority: Priority::Person,
        ..NewJob::for_connection(JobKind::EndTrial, connection, at)
    }
}

fn tester() -> Result<PersonName> {
    PersonName::parse("Test").map_err(|problem| Error::field("name", problem))
}

fn is_of_a_code(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}
