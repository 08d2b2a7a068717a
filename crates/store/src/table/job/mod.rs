//! `job`: background work, enqueued in the transaction of the change it belongs to, claimed by one worker at a time.

mod kind;

pub use kind::{JobKind, JobState, Phase};

use jiff::{SignedDuration, Timestamp};
use model::{AtZoom, ConnectionId, InboxId, JobId, RoomId, RoomKind, ZoomUserId};
use serde_json::Value as Json;

use crate::{
    engine::{Engine, params, sql},
    error::{Error, Result},
    row::Row,
    store::Store,
    table::room,
    tx::{Reader, Tx},
};

const TABLE: &str = "job";

/// Who waits for a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// A person.
    Person,
    /// Nobody in particular.
    Background,
}

/// A job to be enqueued.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// What to do.
    pub kind: JobKind,
    /// At most one open job has this key; a second one is merged into the first. `None`: no such rule.
    pub single_key: Option<String>,
    /// For which Zoom account.
    pub connection: Option<ConnectionId>,
    /// For which room.
    pub room: Option<RoomId>,
    /// What the kind needs beside these; no secrets, they would stand in clear.
    pub payload: Json,
    /// Who waits.
    pub priority: Priority,
    /// Not before this.
    pub run_at: Timestamp,
}

impl NewJob {
    /// A job for a room, one open at a time for each room and kind.
    pub fn for_room(kind: JobKind, connection: ConnectionId, room: RoomId, run_at: Timestamp) -> Self {
        Self {
            kind,
            single_key: Some(format!("{kind}:{room}")),
            connection: Some(connection),
            room: Some(room),
            payload: Json::Null,
            priority: Priority::Person,
            run_at,
        }
    }

    /// The job that applies a webhook of the inbox.
    pub fn for_inbox(connection: ConnectionId, inbox: InboxId, run_at: Timestamp) -> Self {
        Self {
            kind: JobKind::ApplyWebhook,
            single_key: Some(format!("{}:{inbox}", JobKind::ApplyWebhook)),
            connection: Some(connection),
            room: None,
            payload: serde_json::json!({ "inbox": inbox.to_string() }),
            priority: Priority::Person,
            run_at,
        }
    }

    /// A job for a connection, one open at a time for each connection and kind.
    pub fn for_connection(kind: JobKind, connection: ConnectionId, run_at: Timestamp) -> Self {
        Self {
            kind,
            single_key: Some(format!("{kind}:{connection}")),
            connection: Some(connection),
            room: None,
            payload: Json::Null,
            priority: Priority::Background,
            run_at,
        }
    }

    /// The one job of its kind, such as the sweep.
    pub fn only(kind: JobKind, run_at: Timestamp) -> Self {
        Self {
            kind,
            single_key: Some(kind.to_string()),
            connection: None,
            room: None,
            payload: Json::Null,
            priority: Priority::Background,
            run_at,
        }
    }

    /// The same with a payload.
    #[must_use]
    pub fn with_payload(self, payload: Json) -> Self {
        Self { payload, ..self }
    }
}

/// A job as it is.
#[derive(Clone, Debug)]
pub struct Job {
    /// The job.
    pub id: JobId,
    /// What it does.
    pub kind: JobKind,
    /// For which Zoom account.
    pub connection: Option<ConnectionId>,
    /// For which room.
    pub room: Option<RoomId>,
    /// What the kind needs beside these.
    pub payload: Json,
    /// Where it is in its life.
    pub state: JobState,
    /// Who waits.
    pub priority: Priority,
    /// Not before this.
    pub run_at: Timestamp,
    /// How often a worker took it, this time included.
    pub attempts: i64,
    /// How far its request to Zoom has come.
    pub phase: Phase,
    /// When that request was sent.
    pub sent_at: Option<Timestamp>,
    /// When that request is over whatever happens; nobody claims the job before.
    pub deadline_at: Option<Timestamp>,
    /// Why it did not work the last time, in words for people.
    pub last_error: Option<String>,
    /// When it was enqueued.
    pub created_at: Timestamp,
}

/// The right to work on a job until the lease runs out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    job: JobId,
    token: String,
}

impl Claim {
    /// The job.
    pub fn job(&self) -> JobId {
        self.job
    }

    fn lost(&self) -> Error {
        Error::LostClaim { job: self.job }
    }
}

/// A job that this worker has.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The job.
    pub job: Job,
    /// What completes or releases it.
    pub claim: Claim,
}

/// What became of a completed job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completed {
    /// It is done.
    Done,
    /// It was enqueued again while it ran, and is ready to run once more.
    Again,
}

/// How far a request has come, to be kept with the job.
#[derive(Clone, Debug)]
pub struct Progress {
    /// How far.
    pub phase: Phase,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// When it is over whatever happens.
    pub deadline_at: Option<Timestamp>,
    /// The payload from here on.
    pub payload: Json,
}

#[derive(sqlx::FromRow)]
struct Raw {
    id: String,
    kind: String,
    connection_id: Option<String>,
    room_id: Option<String>,
    payload: String,
    state: String,
    priority: i64,
    run_at: i64,
    attempts: i64,
    phase: String,
    sent_at: Option<i64>,
    deadline_at: Option<i64>,
    last_error: Option<String>,
    created_at: i64,
}

/// What must be known of a job that cannot be read.
struct Doubt {
    job: String,
    /// The room whose create it may have sent.
    room: Option<String>,
}

impl Raw {
    fn doubt(&self) -> Doubt {
        let sent = self.kind == JobKind::PushRoom.as_str() && self.phase != Phase::Planned.as_str();
        Doubt { job: self.id.clone(), room: self.room_id.clone().filter(|_| sent) }
    }

    fn parse(self) -> Result<Job> {
        let row = Row::of(TABLE, &self.id);
        Ok(Job {
            id: row.parse("id", &self.id)?,
            kind: row.parse("kind", &self.kind)?,
            connection: row.parse_some("connection_id", self.connection_id.as_deref())?,
            room: row.parse_some("room_id", self.room_id.as_deref())?,
            payload: row.json("payload", &self.payload)?,
            state: row.parse("state", &self.state)?,
            priority: if self.priority == 0 { Priority::Person } else { Priority::Background },
            run_at: row.instant("run_at", self.run_at)?,
            attempts: self.attempts,
            phase: row.parse("phase", &self.phase)?,
            sent_at: row.instant_some("sent_at", self.sent_at)?,
            deadline_at: row.instant_some("deadline_at", self.deadline_at)?,
            last_error: self.last_error,
            created_at: row.instant("created_at", self.created_at)?,
        })
    }
}

/// Enqueues a job, or merges it into the open one with the same key: a ready one runs at the earlier of the two times
/// and with the new payload, a running one runs once more when it is through. The id of whichever it is.
pub async fn enqueue(tx: &mut Tx, job: &NewJob, now: Timestamp) -> Result<JobId> {
    tx.there_is_work();
    let id = JobId::from_parts(now.as_millisecond(), tx.random());
    let priority = i64::from(job.priority != Priority::Person);
    let params = params![
        id,
        job.kind.as_str(),
        job.single_key.as_deref(),
        job.connection,
        job.room,
        job.payload.to_string(),
        priority,
        job.run_at,
        now,
    ];
    let row: Option<(String,)> = tx.row("enqueuing a job", sql!("job/enqueue"), params).await?;
    let (id,) = row.ok_or(Error::Database { during: "enqueuing a job", source: sqlx::Error::RowNotFound })?;
    Row::of(TABLE, &id).parse("id", &id)
}

/// Claims up to `limit` jobs whose time has come, those a person waits for first, for `lease`. A job whose row
/// cannot be read is given up instead. Jobs whose worker let
/// its lease run out are among them, once the deadline of the request that worker may have sent has passed.
pub async fn claim(store: &Store, now: Timestamp, lease: SignedDuration, limit: u32) -> Result<Vec<Claimed>> {
    let next = next_run_at(&mut store.read().await?).await?;
    if next.is_none_or(|next| next > now) {
        return Ok(Vec::new());
    }
    let until = now.saturating_add(lease).unwrap_or(Timestamp::MAX);
    let sql = match store.engine() {
        Engine::Sqlite => sql!("job/claim.sqlite"),
        Engine::Postgres => sql!("job/claim.postgres"),
    };
    store
        .write_claims(|mut tx| async move {
            let token = hex::encode(tx.random::<16>());
            let params = params![now, until, token.as_str(), i64::from(limit)];
            let raw: Vec<Raw> = tx.rows("claiming jobs", sql, params).await?;
            let mut claimed = Vec::with_capacity(raw.len());
            for raw in raw {
                let doubt = raw.doubt();
                match raw.parse() {
                    Ok(job) => claimed.push(Claimed { claim: Claim { job: job.id, token: token.clone() }, job }),
                    Err(error) => give_up_unreadable(&mut tx, doubt, &error, now).await?,
                }
            }
            Ok(claimed)
        })
        .await
}

/// Gives a job up whose row cannot be read, so that it stands in nobody's way.
async fn give_up_unreadable(tx: &mut Tx, doubt: Doubt, error: &Error, now: Timestamp) -> Result<()> {
    tracing::error!(job = doubt.job, %error, "a job's row cannot be read; the job is given up");
    let params = params![doubt.job, now, error.to_string()];
    tx.run("giving an unreadable job up", sql!("job/fail_unreadable"), params).await?;
    let Some(id) = doubt.room.and_then(|id| id.parse().ok()) else { return Ok(()) };
    match room::get_any(tx, id).await {
        Ok(Some(record)) if record.room.zoom_number.is_none() => room::set_at_zoom(tx, id, &AtZoom::Unknown, now).await,
        // A room that cannot be read either is said to be wherever it is read.
        Ok(_) | Err(Error::Corrupt { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// When the next job may be claimed: at its time, or when its lease and its request's deadline are over.
pub async fn next_run_at(reader: &mut Reader) -> Result<Option<Timestamp>> {
    let row: Option<(Option<i64>,)> = reader.row("looking for work", sql!("job/next_run_at"), params![]).await?;
    Row::of(TABLE, "next").instant_some("run_at", row.and_then(|(ms,)| ms))
}

/// Notes how far the request has come; commit this before the request is sent.
pub async fn note_progress(tx: &mut Tx, claim: &Claim, progress: &Progress) -> Result<()> {
    let params = params![
        claim.job,
        claim.token.as_str(),
        progress.phase.as_str(),
        progress.sent_at,
        progress.deadline_at,
        progress.payload.to_string(),
    ];
    let touched = tx.run("noting a job's progress", sql!("job/note_progress"), params).await?;
    if touched == 0 { Err(claim.lost()) } else { Ok(()) }
}

/// Keeps the claim until `until`.
pub async fn extend(tx: &mut Tx, claim: &Claim, until: Timestamp) -> Result<()> {
    let params = params![claim.job, claim.token.as_str(), until];
    let touched = tx.run("extending a lease", sql!("job/extend"), params).await?;
    if touched == 0 { Err(claim.lost()) } else { Ok(()) }
}

/// The job is done, unless it was enqueued again meanwhile.
pub async fn complete(tx: &mut Tx, claim: &Claim, now: Timestamp) -> Result<Completed> {
    let params = params![claim.job, claim.token.as_str(), now];
    let row: Option<(String,)> = tx.row("completing a job", sql!("job/complete"), params).await?;
    let (state,) = row.ok_or_else(|| claim.lost())?;
    if state == JobState::Ready.as_str() {
        tx.there_is_work();
        return Ok(Completed::Again);
    }
    Ok(Completed::Done)
}

/// Gives the job back, to be taken again at `run_at`. Its phase stays as noted.
pub async fn release(tx: &mut Tx, claim: &Claim, run_at: Timestamp, error: &str) -> Result<()> {
    let params = params![claim.job, claim.token.as_str(), run_at, error];
    let touched = tx.run("releasing a job", sql!("job/release"), params).await?;
    tx.there_is_work();
    if touched == 0 { Err(claim.lost()) } else { Ok(()) }
}

/// Gives the job up, unless it was enqueued again meanwhile: then it runs once more.
pub async fn fail(tx: &mut Tx, claim: &Claim, error: &str, now: Timestamp) -> Result<Completed> {
    let params = params![claim.job, claim.token.as_str(), now, error];
    let row: Option<(String,)> = tx.row("giving a job up", sql!("job/fail"), params).await?;
    let (state,) = row.ok_or_else(|| claim.lost())?;
    if state == JobState::Ready.as_str() {
        tx.there_is_work();
        return Ok(Completed::Again);
    }
    Ok(Completed::Done)
}

/// The job with this id.
pub async fn get(reader: &mut Reader, id: JobId) -> Result<Option<Job>> {
    let raw: Option<Raw> = reader.row("reading a job", sql!("job/get"), params![id]).await?;
    raw.map(Raw::parse).transpose()
}

/// The open job with this key ([`NewJob::single_key`]).
pub async fn open_by_key(reader: &mut Reader, key: &str) -> Result<Option<Job>> {
    let raw: Option<Raw> = reader.row("reading a job by its key", sql!("job/open_by_key"), params![key]).await?;
    raw.map(Raw::parse).transpose()
}

/// The open jobs of a room, the oldest first.
pub async fn open_of_room(reader: &mut Reader, room: RoomId) -> Result<Vec<Job>> {
    let raw: Vec<Raw> = reader.rows("reading a room's jobs", sql!("job/open_of_room"), params![room]).await?;
    raw.into_iter().map(Raw::parse).collect()
}

/// Whether it was ever asked to delete the room's meeting at Zoom, as far back as jobs are kept.
pub async fn removal_was_asked(reader: &mut Reader, room: RoomId) -> Result<bool> {
    Ok(reader.number("looking for a removal", sql!("job/removal_asked"), params![room]).await? > 0)
}

/// Whether a room of this kind (and host, where given) was deleted here, is to be deleted at Zoom, and has no number
/// yet under which to do it.
pub async fn removal_is_awaited(
    reader: &mut Reader,
    connection: ConnectionId,
    kind: RoomKind,
    host: Option<&ZoomUserId>,
) -> Result<bool> {
    let params = params![connection, kind.as_str(), host.map(ZoomUserId::as_str)];
    Ok(reader.number("looking for removals", sql!("job/removal_awaited"), params).await? > 0)
}

/// Has the ready jobs of a room run at `now`; how many that are.
pub async fn hurry(tx: &mut Tx, room: RoomId, now: Timestamp) -> Result<u64> {
    tx.there_is_work();
    tx.run("hurrying a room's jobs", sql!("job/hurry"), params![room, now]).await
}

/// Has all ready jobs of a connection run at `now`, for instance because its credentials work again.
pub async fn hurry_connection(tx: &mut Tx, connection: ConnectionId, now: Timestamp) -> Result<u64> {
    tx.there_is_work();
    tx.run("hurrying a connection's jobs", sql!("job/hurry_connection"), params![connection, now]).await
}

/// How many jobs are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Waiting.
    pub ready: i64,
    /// With a worker.
    pub running: i64,
    /// Given up.
    pub failed: i64,
}

/// Counts the jobs that are not done.
pub async fn counts(reader: &mut Reader) -> Result<Counts> {
    let rows: Vec<(String, i64)> = reader.rows("counting jobs", sql!("job/counts"), params![]).await?;
    let mut counts = Counts::default();
    for (state, n) in rows {
        match Row::of(TABLE, "counts").parse("state", &state)? {
            JobState::Ready => counts.ready = n,
            JobState::Running => counts.running = n,
            JobState::Failed => counts.failed = n,
            JobState::Done => {}
        }
    }
    Ok(counts)
}

/// Removes jobs that were finished before `before`; how many that were.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run("sweeping jobs", sql!("job/sweep"), params![before]).await
}

/// After a restore: what was about to be made at Zoom may have been made since the backup, so it is looked for first.
pub(crate) async fn restored(tx: &mut Tx) -> Result<()> {
    tx.run("looking before making again", sql!("job/restored"), params![]).await?;
    Ok(())
}

/// Forgets all work for a connection, whatever has come of it.
pub async fn forget_of(tx: &mut Tx, connection: ConnectionId) -> Result<()> {
    tx.run("forgetting an account's work", sql!("job/forget_of"), params![connection]).await?;
    Ok(())
}

/// Takes back what the open job with this key would do, also from the worker who has it.
pub async fn withdraw(tx: &mut Tx, key: &str) -> Result<()> {
    tx.run("taking a job back", sql!("job/withdraw"), params![key]).await?;
    Ok(())
}

/// How many meetings of test joins nobody has tried to delete at Zoom yet, or may still come to be there.
pub async fn untried_trials_of(reader: &mut Reader, connection: ConnectionId) -> Result<i64> {
    reader.number("counting test joins", sql!("job/untried_trials_of"), params![connection]).await
}

/// Why the meeting of a connection that was tried last is not deleted at Zoom yet.
pub async fn removal_error(reader: &mut Reader, connection: ConnectionId) -> Result<Option<String>> {
    let row: Option<(String,)> =
        reader.row("reading why meetings are not deleted", sql!("job/removal_error"), params![connection]).await?;
    Ok(row.map(|(error,)| error))
}

/// How many meetings of a connection nobody deletes at Zoom any more: Zoom, or this site, refused it.
pub async fn given_up_of(reader: &mut Reader, connection: ConnectionId) -> Result<i64> {
    reader.number("counting deletions that were given up", sql!("job/given_up_of"), params![connection]).await
}

/// How many meetings of a connection still wait to be deleted at Zoom.
pub async fn removals_of(reader: &mut Reader, connection: ConnectionId) -> Result<i64> {
    reader.number("counting deletions", sql!("job/removals_of"), params![connection]).await
}
