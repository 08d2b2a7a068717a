//! Stories of limits: calls wait in line instead of being refused, people first; and Zoom is left alone while it is down.

use std::sync::Arc;

use clock::{Clock as _, SeededEntropy, Timestamp};
use jiff::SignedDuration;
use tokio::task::JoinSet;
use zoom_client::{
    CredentialProblem, Error, Kept, Limit, MemoryBook, NewMeeting, Rests, Terms, Timeouts, Token, TokenKeeper, UserId,
    Work, ZoomClient, pacing::Outcome,
};
use zoom_sandbox::Fault;
use zoom_spec::Plan;

use crate::world::{World, builder};

/// A sandbox of a business account that counts calls in real time, and a client paced for a plan.
async fn paced(plan: Plan) -> (World, ZoomClient, Arc<MemoryBook>) {
    let world = World::begin().await;
    let book = Arc::new(MemoryBook::new(Terms { plan, share: 100 }));
    let secret = world.sandbox.credentials().client_secret;
    let zoom = builder(&world.sandbox, &secret).timeouts(Timeouts::default()).book(Arc::<MemoryBook>::clone(&book));
    let zoom = zoom.build();
    (world, zoom, book)
}

/// How many of these calls Zoom refused for being too many.
async fn refused_of(zoom: &ZoomClient, calls: usize) -> usize {
    let mut tasks = JoinSet::new();
    for _ in 0..calls {
        let zoom = zoom.working_for(Work::Bulk);
        tasks.spawn(async move { zoom.users().get(&UserId::Me).await });
    }
    let limited = |answer: &Result<_, Error>| matches!(answer, Err(Error::RateLimited { .. }));
    let answers = tasks.join_all().await;
    assert!(answers.iter().all(|answer| answer.is_ok() || limited(answer)), "{answers:?}");
    answers.iter().filter(|answer| limited(answer)).count()
}

#[tokio::test]
async fn a_crowd_of_calls_waits_in_line_and_zoom_refuses_none_of_them() {
    let (world, zoom, book) = paced(Plan::Business).await;
    let unpaced = &world.zoom;
    assert!(refused_of(unpaced, 240).await > 0, "without a book there are too many");
    clock::sleep(&**world.sandbox.clock(), 1.1).await;
    let began = world.sandbox.clock().now();
    assert_eq!(refused_of(&zoom, 240).await, 0);
    let took = world.sandbox.clock().now().duration_since(began);
    assert!(took >= SignedDuration::from_millis(2_900), "80 a second, and 240 in {took}");
    assert!(book.attempts().iter().all(|attempt| attempt.outcome == Outcome::Done && attempt.number == 1));
    assert!(book.tally().used_today(Terms::default(), zoom_spec::Label::Light, began) >= 240);
}

#[tokio::test]
async fn a_person_never_waits_behind_bulk_for_more_than_a_second() {
    let (world, zoom, _) = paced(Plan::Free).await;
    zoom.token().await.unwrap();
    let mut bulk = JoinSet::new();
    for _ in 0..40 {
        let zoom = zoom.working_for(Work::Bulk);
        bulk.spawn(async move { zoom.users().get(&UserId::Me).await.map(drop) });
    }
    clock::sleep(&**world.sandbox.clock(), 0.3).await;
    for _ in 0..4 {
        let began = world.sandbox.clock().now();
        zoom.users().get(&UserId::Me).await.unwrap();
        let waited = world.sandbox.clock().now().duration_since(began);
        assert!(waited < SignedDuration::from_secs(1), "a person waited {waited}");
    }
    assert!(bulk.try_join_next().is_some_and(|done| done.is_ok()), "bulk goes on between");
    bulk.abort_all();
}

#[tokio::test]
async fn another_apps_calls_bring_a_429_and_the_lane_is_halved_for_ten_minutes() {
    let (world, zoom, book) = paced(Plan::Business).await;
    world.sandbox.faults().next("user", 1, Fault::TooFast);
    let error = zoom.users().get(&UserId::Me).await.unwrap_err();
    assert!(matches!(error, Error::RateLimited { limit: Limit::PerSecond, .. }), "{error:?}");
    let now = world.sandbox.clock().now();
    let slowed = book.tally().lane(zoom_spec::Label::Light).slowed(now).map(|(parts, _)| parts);
    assert_eq!(slowed, Some(2));
    world.sandbox.clock().advance(SignedDuration::from_mins(10));
    let now = world.sandbox.clock().now();
    assert_eq!(book.tally().lane(zoom_spec::Label::Light).slowed(now), None);
}

#[tokio::test]
async fn a_day_that_zoom_has_closed_is_not_asked_about_again_before_midnight() {
    let (world, zoom, _) = paced(Plan::Business).await;
    world.sandbox.faults().next("user", 1, Fault::DailyLimit);
    let Error::RateLimited { limit: Limit::Daily, retry_after, .. } = zoom.users().get(&UserId::Me).await.unwrap_err()
    else {
        panic!("not the day's limit")
    };
    let again = zoom.users().get(&UserId::Me).await.unwrap_err();
    assert!(matches!(again, Error::RateLimited { limit: Limit::Daily, .. }), "{again:?}");
    assert_eq!(world.sandbox.calls().count("user"), 1, "the second one was not sent");
    world.sandbox.clock().advance(retry_after.duration_since(world.sandbox.clock().now()));
    zoom.users().get(&UserId::Me).await.unwrap();
}

#[tokio::test]
async fn while_zoom_is_down_it_is_left_alone_and_found_again_by_itself() {
    let world = World::begin().await;
    let secret = world.sandbox.credentials().client_secret;
    let zoom = builder(&world.sandbox, &secret).rests(Rests::default()).entropy(Arc::new(SeededEntropy::new(1)));
    let zoom = zoom.build().working_for(Work::Sync);
    zoom.token().await.unwrap();
    world.sandbox.faults().always(Fault::ServerError);
    let mut resting = 0;
    for _ in 0..50 {
        let error = zoom.users().get(&UserId::Me).await.unwrap_err();
        resting += usize::from(matches!(error, Error::Resting { .. }));
    }
    assert_eq!((resting, world.sandbox.calls().count("user")), (45, 5));
    world.sandbox.faults().clear();
    world.sandbox.clock().advance(SignedDuration::from_secs(3));
    zoom.users().get(&UserId::Me).await.unwrap();
    zoom.users().get(&UserId::Me).await.unwrap();
}

#[tokio::test]
async fn a_wrong_secret_never_loops_and_somebody_who_asks_for_a_new_token_is_heard() {
    let world = World::begin().await;
    let stranger = builder(&world.sandbox, "not the secret").rests(Rests::default()).build().working_for(Work::Sync);
    for _ in 0..50 {
        let error = stranger.users().list().await.unwrap_err();
        let because = if let Error::Resting { because, .. } = &error { because } else { &error };
        assert!(matches!(because, Error::Credentials { problem: CredentialProblem::Client, .. }), "{error:?}");
        assert!(error.to_string().contains("Client Secret is wrong"), "{error}");
    }
    assert_eq!(world.tokens(), 1);
    stranger.renew_token().await.unwrap_err();
    assert_eq!(world.tokens(), 2);
}

#[tokio::test]
async fn what_may_be_done_twice_is_tried_again_and_a_deletion_whose_answer_was_lost_is_done() {
    let world = World::begin().await;
    let secret = world.sandbox.credentials().client_secret;
    let zoom = builder(&world.sandbox, &secret).retries(2).build();
    let made = zoom.meetings().create(&UserId::Me, &NewMeeting::new("Once")).await.unwrap();
    world.sandbox.faults().next("meetingUpdate", 2, Fault::CutAfter);
    let change = zoom_client::MeetingChange::new().topic("Twice is once");
    zoom.meetings().update(made.id, &change).await.unwrap();
    world.sandbox.faults().next("meetingDelete", 1, Fault::CutAfter);
    zoom.meetings().delete(made.id).await.unwrap();
    assert_eq!(world.sandbox.calls().count("meetingDelete"), 2);
    let gone = zoom.meetings().delete(made.id).await.unwrap_err();
    assert!(matches!(gone, Error::NotFound { .. }), "that nothing is there is said where nothing was lost: {gone:?}");
    world.sandbox.faults().next("meetingCreate", 1, Fault::CutAfter);
    let lost = zoom.meetings().create(&UserId::Me, &NewMeeting::new("Lost")).await.unwrap_err();
    assert!(!lost.executed().is_no(), "{lost:?}");
    assert_eq!(world.sandbox.calls().count("meetingCreate"), 2, "a creation is sent once");
}

/// A keeper that two clients share as two processes would.
#[derive(Debug, Default)]
struct SharedKeeper(std::sync::Mutex<(Option<Token>, Option<Timestamp>)>);

impl TokenKeeper for SharedKeeper {
    fn load(&self) -> Kept<'_, Option<Token>> {
        Box::pin(async { Ok(self.0.lock().unwrap().0.clone()) })
    }
    fn store(&self, token: Token) -> Kept<'_, ()> {
        Box::pin(async {
            *self.0.lock().unwrap() = (Some(token), None);
            Ok(())
        })
    }
    fn claim(&self, now: Timestamp, until: Timestamp) -> Kept<'_, bool> {
        Box::pin(async move {
            let mut kept = self.0.lock().unwrap();
            let free = kept.1.is_none_or(|claimed| claimed <= now);
            if free {
                kept.1 = Some(until);
            }
            Ok(free)
        })
    }
    fn release(&self) -> Kept<'_, ()> {
        Box::pin(async {
            self.0.lock().unwrap().1 = None;
            Ok(())
        })
    }
}

#[tokio::test]
async fn two_hundred_calls_of_two_processes_at_a_tokens_end_fetch_one_token() {
    let world = World::with(zoom_sandbox::Builder::unlimited).await;
    let keeper: Arc<dyn TokenKeeper> = Arc::new(SharedKeeper::default());
    let secret = world.sandbox.credentials().client_secret;
    let client = || builder(&world.sandbox, &secret).timeouts(Timeouts::default()).keeper(Arc::clone(&keeper)).build();
    let clients = [client(), client()];
    for expiry in 1..=3 {
        world.sandbox.faults().next("token", 1, Fault::SlowAfter { ms: 300 });
        let mut tasks = JoinSet::new();
        for number in 0..200_usize {
            let zoom = clients[number % 2].clone();
            tasks.spawn(async move { zoom.users().get(&UserId::Me).await.map(drop) });
        }
        let answers = tasks.join_all().await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        assert_eq!(world.tokens(), expiry);
        world.sandbox.clock().advance(SignedDuration::from_mins(61));
    }
}
