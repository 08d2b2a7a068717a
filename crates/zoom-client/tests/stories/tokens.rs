//! Stories of access tokens: fetched by one task for all, renewed in time, replaced once, never in a loop.

use std::sync::Arc;

use jiff::SignedDuration;
use zoom_client::{
    CredentialProblem, Error, Executed, KeeperFailure, Kept, MemoryKeeper, Place, Token, TokenKeeper, UserId,
};
use zoom_sandbox::Fault;

use crate::world::{World, builder};

#[tokio::test]
async fn many_tasks_share_one_token() {
    let world = World::begin().await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..32 {
        let zoom = world.zoom.clone();
        tasks.spawn(async move { zoom.users().get(&UserId::Me).await.map(|user| user.id) });
    }
    let answers = tasks.join_all().await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!(world.tokens(), 1);
}

#[tokio::test]
async fn a_token_is_renewed_five_minutes_before_it_runs_out() {
    let world = World::begin().await;
    let first = world.zoom.token().await.unwrap();
    world.sandbox.clock().advance(SignedDuration::from_mins(54));
    world.zoom.users().get(&UserId::Me).await.unwrap();
    assert_eq!(world.tokens(), 1);
    world.sandbox.clock().advance(SignedDuration::from_mins(2));
    world.zoom.users().get(&UserId::Me).await.unwrap();
    assert_eq!(world.tokens(), 2);
    assert!(world.zoom.token().await.unwrap().expires_at() > first.expires_at());
}

#[tokio::test]
async fn a_token_that_zoom_turns_down_is_replaced_once_and_nothing_loops() {
    let world = World::begin().await;
    world.zoom.token().await.unwrap();
    world.sandbox.faults().next("user", 1, Fault::Unauthorized);
    world.zoom.users().get(&UserId::Me).await.unwrap();
    assert_eq!((world.tokens(), world.sandbox.calls().count("user")), (2, 2));

    world.sandbox.faults().next("user", 2, Fault::Unauthorized);
    let error = world.zoom.users().get(&UserId::Me).await.unwrap_err();
    assert!(matches!(error, Error::Credentials { problem: CredentialProblem::TokenRefused, .. }), "{error:?}");
    assert_eq!((world.tokens(), world.sandbox.calls().count("user")), (3, 4));
    assert_eq!(error.executed(), Executed::No);
}

#[tokio::test]
async fn a_creation_whose_token_is_turned_down_is_made_once() {
    let world = World::begin().await;
    world.zoom.token().await.unwrap();
    world.sandbox.faults().next("meetingCreate", 1, Fault::Unauthorized);
    world.zoom.meetings().create(&UserId::Me, &zoom_client::NewMeeting::new("t")).await.unwrap();
    assert_eq!(world.sandbox.world().meetings().len(), 1);
}

#[tokio::test]
async fn a_wrong_secret_is_asked_about_once_and_remembered_by_nobody() {
    let world = World::begin().await;
    let stranger = builder(&world.sandbox, "not the secret").build();
    let error = stranger.users().list().await.unwrap_err();
    match &error {
        Error::Credentials { problem: CredentialProblem::Client, reason } => {
            assert_eq!(reason.as_deref(), Some("Invalid client_id or client_secret"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!((world.tokens(), world.sandbox.calls().count("users")), (1, 0));
    assert!(!format!("{error} {error:?} {stranger:?}").contains("not the secret"));
    stranger.users().list().await.unwrap_err();
    assert_eq!(world.tokens(), 2, "a failure is not kept: the next question asks again");
}

#[tokio::test]
async fn tasks_that_waited_for_a_failing_token_share_its_failure() {
    let world = World::begin().await;
    world.sandbox.faults().next("token", 1, Fault::SlowAfter { ms: 200 });
    let stranger = builder(&world.sandbox, "not the secret").build();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let zoom = stranger.clone();
        tasks.spawn(async move { zoom.users().list().await.map(drop) });
    }
    let answers = tasks.join_all().await;
    assert!(answers.iter().all(|answer| matches!(answer, Err(Error::Credentials { .. }))), "{answers:?}");
    assert!(world.tokens() < 16, "{} questions", world.tokens());
}

#[tokio::test]
async fn a_wrong_account_is_told_from_a_wrong_secret() {
    let world = World::begin().await;
    let places = zoom_client::Places::new(world.sandbox.oauth().parse().unwrap(), world.sandbox.api().parse().unwrap());
    let real = world.sandbox.credentials();
    let credentials = zoom_client::Credentials::new("another", &real.client_id, &real.client_secret);
    let http = zoom_client::local_http_client().unwrap();
    let zoom = zoom_client::ZoomClient::new(places, credentials, world.sandbox.clock().clone(), http);
    let error = zoom.renew_token().await.unwrap_err();
    assert!(matches!(error, Error::Credentials { problem: CredentialProblem::Account, .. }), "{error:?}");
}

#[tokio::test]
async fn a_token_outlives_its_client_in_a_keeper() {
    let world = World::begin().await;
    let keeper: Arc<dyn TokenKeeper> = Arc::new(MemoryKeeper::default());
    let secret = world.sandbox.credentials().client_secret;
    let client = || builder(&world.sandbox, &secret).keeper(Arc::clone(&keeper)).build();
    client().users().get(&UserId::Me).await.unwrap();
    client().users().get(&UserId::Me).await.unwrap();
    assert_eq!(world.tokens(), 1);
    let kept = keeper.load().await.unwrap().unwrap();
    let read = Token::from_secret(&kept.to_secret()).unwrap();
    assert_eq!((read.expires_at(), read.scopes()), (kept.expires_at(), kept.scopes()));
    assert!(Token::from_secret(&"{}".to_owned().into()).is_none());
}

#[tokio::test]
async fn a_kept_token_of_other_credentials_is_not_used() {
    let world = World::begin().await;
    let keeper: Arc<dyn TokenKeeper> = Arc::new(MemoryKeeper::default());
    let real = world.sandbox.credentials();
    builder(&world.sandbox, &real.client_secret).keeper(Arc::clone(&keeper)).build().token().await.unwrap();
    let places = zoom_client::Places::new(world.sandbox.oauth().parse().unwrap(), world.sandbox.api().parse().unwrap());
    let others = zoom_client::Credentials::new(&real.account_id, "another app", "its secret");
    let http = zoom_client::local_http_client().unwrap();
    let other =
        zoom_client::ZoomClient::builder(places, others, world.sandbox.clock().clone(), http).keeper(keeper).build();
    let error = other.token().await.unwrap_err();
    assert!(matches!(error, Error::Credentials { problem: CredentialProblem::Client, .. }), "{error:?}");
}

/// A database that is away.
#[derive(Debug)]
struct Away;

impl TokenKeeper for Away {
    fn load(&self) -> Kept<'_, Option<Token>> {
        Box::pin(async { Err(KeeperFailure("away".into())) })
    }

    fn store(&self, _token: Token) -> Kept<'_, ()> {
        Box::pin(async { Err(KeeperFailure("away".into())) })
    }
}

#[tokio::test]
async fn a_keeper_that_fails_stops_nobody() {
    let world = World::begin().await;
    let secret = world.sandbox.credentials().client_secret;
    let zoom = builder(&world.sandbox, &secret).keeper(Arc::new(Away)).build();
    zoom.users().get(&UserId::Me).await.unwrap();
    zoom.users().get(&UserId::Me).await.unwrap();
    assert_eq!(world.tokens(), 1);
}

#[tokio::test]
async fn while_the_token_server_is_away_the_token_at_hand_is_used_to_its_end() {
    let world = World::begin().await;
    world.zoom.token().await.unwrap();
    world.sandbox.faults().next("token", 2, Fault::ServerError);
    world.sandbox.clock().advance(SignedDuration::from_mins(57));
    world.zoom.users().get(&UserId::Me).await.unwrap();
    world.sandbox.clock().advance(SignedDuration::from_mins(4));
    let error = world.zoom.users().get(&UserId::Me).await.unwrap_err();
    assert_eq!(error, Error::Unavailable { place: Place::OAuth, operation: "user", status: 500 });
    assert_eq!(error.executed(), Executed::No);
    world.zoom.users().get(&UserId::Me).await.unwrap();
}
