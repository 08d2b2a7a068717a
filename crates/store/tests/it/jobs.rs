//! The job queue.

use jiff::SignedDuration;
use rstest::rstest;
use store::{
    Engine, Error, Store,
    job::{self, Claim, Completed, JobKind, JobState, NewJob, Phase, Progress},
};

use crate::samples::{add_room, at, furnished, sample_room};

const LEASE: SignedDuration = SignedDuration::from_mins(5);

async fn enqueue(store: &Store, job: &NewJob, minute: i64) -> model::JobId {
    store.write(|mut tx| async move { job::enqueue(&mut tx, job, at(minute)).await }).await.unwrap()
}

async fn complete(store: &Store, claim: &Claim, minute: i64) -> Result<Completed, Error> {
    store.write(|mut tx| async move { job::complete(&mut tx, claim, at(minute)).await }).await
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_job_waits_for_its_time_is_claimed_once_and_done(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let room = sample_room(connection.id, "kitchen", 60);
    add_room(&store, &room).await;
    let work = store.new_work();
    let push = NewJob::for_room(JobKind::PushRoom, connection.id, room.id, at(5));
    let id = enqueue(&store, &push.with_payload(serde_json::json!({"why": "created"})), 0).await;
    assert!(work.has_changed().unwrap());

    let mut reader = store.read().await.unwrap();
    assert_eq!(job::next_run_at(&mut reader).await.unwrap(), Some(at(5)));
    assert!(job::claim(&store, at(4), LEASE, 10).await.unwrap().is_empty());
    let claimed = job::claim(&store, at(5), LEASE, 10).await.unwrap();
    let [taken] = claimed.as_slice() else { panic!("{claimed:?}") };
    assert_eq!((taken.job.id, taken.job.attempts, taken.job.state), (id, 1, JobState::Running));
    assert_eq!((taken.job.room, taken.job.connection), (Some(room.id), Some(connection.id)));
    assert_eq!(taken.job.payload["why"], "created");
    assert!(job::claim(&store, at(6), LEASE, 10).await.unwrap().is_empty());

    assert_eq!(complete(&store, &taken.claim, 7).await.unwrap(), Completed::Done);
    assert!(matches!(complete(&store, &taken.claim, 7).await, Err(Error::LostClaim { .. })));
    assert_eq!(job::next_run_at(&mut reader).await.unwrap(), None);
    assert_eq!(store.write(|mut tx| async move { job::sweep(&mut tx, at(8)).await }).await.unwrap(), 1);
    assert!(job::get(&mut reader, id).await.unwrap().is_none());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_room_has_one_open_push_and_a_change_while_it_runs_runs_it_again(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let room = sample_room(connection.id, "kitchen", 60);
    let push = |minute| NewJob::for_room(JobKind::PushRoom, connection.id, room.id, at(minute));
    let first = enqueue(&store, &push(9), 0).await;
    assert_eq!(enqueue(&store, &push(3), 0).await, first);
    let mut reader = store.read().await.unwrap();
    assert_eq!(job::next_run_at(&mut reader).await.unwrap(), Some(at(3)));

    let claimed = job::claim(&store, at(3), LEASE, 10).await.unwrap();
    assert_eq!(enqueue(&store, &push(4), 4).await, first);
    assert_eq!(complete(&store, &claimed[0].claim, 5).await.unwrap(), Completed::Again);
    let claimed = job::claim(&store, at(5), LEASE, 10).await.unwrap();
    assert_eq!((claimed.len(), claimed[0].job.id, claimed[0].job.attempts), (1, first, 1));
    assert_eq!(complete(&store, &claimed[0].claim, 6).await.unwrap(), Completed::Done);
    // Once it is done, the next change is a new job.
    assert_ne!(enqueue(&store, &push(7), 7).await, first);
    assert_eq!(job::open_of_room(&mut reader, room.id).await.unwrap().len(), 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_dead_workers_job_is_taken_over_after_its_lease_and_after_its_requests_deadline(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let room = sample_room(connection.id, "kitchen", 60);
    enqueue(&store, &NewJob::for_room(JobKind::PushRoom, connection.id, room.id, at(0)), 0).await;
    let dead = job::claim(&store, at(0), LEASE, 1).await.unwrap().remove(0).claim;
    let sent = Progress {
        phase: Phase::Sent,
        sent_at: Some(at(1)),
        deadline_at: Some(at(9)),
        payload: serde_json::json!({"looked": 0}),
    };
    let (dead, sent) = (&dead, &sent);
    store.write(|mut tx| async move { job::note_progress(&mut tx, dead, sent).await }).await.unwrap();

    // The lease is over at minute 5; the request it had sent may still arrive until minute 9.
    let mut reader = store.read().await.unwrap();
    assert_eq!(job::next_run_at(&mut reader).await.unwrap(), Some(at(9)));
    assert!(job::claim(&store, at(8), LEASE, 1).await.unwrap().is_empty());
    let taken = job::claim(&store, at(9), LEASE, 1).await.unwrap().remove(0);
    assert_eq!((taken.job.phase, taken.job.sent_at, taken.job.attempts), (Phase::Sent, Some(at(1)), 2));
    assert_eq!(taken.job.payload["looked"], 0);

    // The first worker wakes up and may change nothing.
    let late = store.write(|mut tx| async move { job::note_progress(&mut tx, dead, sent).await }).await;
    assert!(matches!(late, Err(Error::LostClaim { .. })), "{late:?}");
    let late = store.write(|mut tx| async move { job::release(&mut tx, dead, at(9), "late").await }).await;
    assert!(matches!(late, Err(Error::LostClaim { .. })), "{late:?}");
    let late = store.write(|mut tx| async move { job::extend(&mut tx, dead, at(99)).await }).await;
    assert!(matches!(late, Err(Error::LostClaim { .. })), "{late:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_released_job_keeps_its_error_and_comes_back_and_a_failed_one_does_not(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let room = sample_room(connection.id, "kitchen", 60);
    let id = enqueue(&store, &NewJob::for_room(JobKind::PushRoom, connection.id, room.id, at(0)), 0).await;
    let claim = &job::claim(&store, at(0), LEASE, 1).await.unwrap().remove(0).claim;
    store.write(|mut tx| async move { job::release(&mut tx, claim, at(60), "Zoom is away").await }).await.unwrap();
    let mut reader = store.read().await.unwrap();
    let waiting = job::get(&mut reader, id).await.unwrap().unwrap();
    assert_eq!((waiting.state, waiting.last_error.as_deref()), (JobState::Ready, Some("Zoom is away")));

    // A person presses retry.
    assert_eq!(store.write(|mut tx| async move { job::hurry(&mut tx, room.id, at(2)).await }).await.unwrap(), 1);
    let claim = &job::claim(&store, at(2), LEASE, 1).await.unwrap().remove(0).claim;
    let end =
        store.write(|mut tx| async move { job::fail(&mut tx, claim, "Zoom said no", at(3)).await }).await.unwrap();
    assert_eq!(end, Completed::Done);
    assert!(job::claim(&store, at(999), LEASE, 1).await.unwrap().is_empty());
    let counts = job::counts(&mut reader).await.unwrap();
    assert_eq!((counts.ready, counts.running, counts.failed), (0, 0, 1));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn what_a_person_waits_for_goes_before_the_background(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let room = sample_room(connection.id, "kitchen", 60);
    enqueue(&store, &NewJob::only(JobKind::Sweep, at(0)), 0).await;
    enqueue(&store, &NewJob::for_connection(JobKind::RefreshHosts, connection.id, at(0)), 0).await;
    enqueue(&store, &NewJob::for_room(JobKind::PushRoom, connection.id, room.id, at(3)), 0).await;
    let first = job::claim(&store, at(4), LEASE, 1).await.unwrap().remove(0);
    assert_eq!(first.job.kind, JobKind::PushRoom);
    assert_eq!(job::claim(&store, at(4), LEASE, 10).await.unwrap().len(), 2);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_job_that_cannot_be_read_is_given_up_and_stops_no_other(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let (lost, well) = (sample_room(connection.id, "lost", 60), sample_room(connection.id, "well", 60));
    add_room(&store, &lost).await;
    add_room(&store, &well).await;
    let bad = enqueue(&store, &NewJob::for_room(JobKind::PushRoom, connection.id, lost.id, at(0)), 0).await;
    // It was sent when the row was damaged: nobody knows what came of it.
    let damage = "UPDATE job SET payload = '{', phase = 'sent', sent_at = run_at";
    crate::sql::execute(store.database(), damage).await;
    let good = enqueue(&store, &NewJob::for_room(JobKind::PushRoom, connection.id, well.id, at(1)), 1).await;

    let claimed = job::claim(&store, at(2), LEASE, 10).await.unwrap();
    assert_eq!(claimed.iter().map(|c| c.job.id).collect::<Vec<_>>(), [good]);
    assert_eq!(complete(&store, &claimed[0].claim, 2).await.unwrap(), Completed::Done);
    assert!(job::claim(&store, at(999), LEASE, 10).await.unwrap().is_empty());
    let mut reader = store.read().await.unwrap();
    assert_eq!(job::next_run_at(&mut reader).await.unwrap(), None);
    assert_eq!(job::counts(&mut reader).await.unwrap().failed, 1);
    assert!(job::get(&mut reader, bad).await.is_err());
    let room = store::room::get(&mut reader, lost.id).await.unwrap().unwrap().room;
    assert_eq!(room.at_zoom, model::AtZoom::Unknown, "it is not created a second time by itself");
    let room = store::room::get(&mut reader, well.id).await.unwrap().unwrap().room;
    assert_eq!(room.at_zoom, well.at_zoom);
}
