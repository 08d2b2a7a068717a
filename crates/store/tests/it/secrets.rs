//! What is secret stands nowhere in clear, and opens only where it was sealed.

use rstest::rstest;
use secrecy::{ExposeSecret as _, SecretString};
use store::{
    Database, Engine, Error,
    connection::{self, KeptToken},
    inbox::{self, NewInbox},
    room,
};

use crate::{
    samples::{add_room, at, furnished, sample_connection, sample_room},
    sql::execute,
};

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn credentials_come_back_whole_and_print_nothing(#[case] engine: Engine) {
    let Some((store, made)) = furnished(engine).await else { return };
    let (id, mut reader) = (made.id, store.read().await.unwrap());
    let found = connection::get(&mut reader, id).await.unwrap().unwrap();
    assert_eq!(found.client_secret.expose_secret(), "canary-client-secret");
    assert_eq!(found.sdk_secret.as_ref().unwrap().expose_secret(), "canary-sdk-secret");
    assert!(found.webhook_secret.is_none() && found.sandbox);
    assert!(!format!("{found:?}").contains("canary"));

    let token =
        &KeptToken { token: SecretString::from("canary-token"), expires_at: at(60), scopes: "user:read:user".into() };
    let report = &serde_json::json!({"steps": ["token"]});
    store
        .write(|mut tx| async move {
            connection::put_token(&mut tx, id, token).await?;
            connection::set_report(&mut tx, id, report, at(1)).await
        })
        .await
        .unwrap();
    let kept = connection::token(&mut reader, id).await.unwrap().unwrap();
    assert_eq!((kept.token.expose_secret(), kept.expires_at), ("canary-token", at(60)));
    let prove =
        async || store.write(|mut tx| async move { connection::prove_webhooks(&mut tx, id, at(2)).await }).await;
    assert_eq!((prove().await.unwrap(), prove().await.unwrap()), (true, false));
    store.write(|mut tx| async move { connection::doubt_webhooks(&mut tx, id, at(3)).await }).await.unwrap();
    let doubted = connection::get(&mut reader, id).await.unwrap().unwrap();
    assert_eq!((doubted.webhooks_proven_at, doubted.webhooks_failed_at), (Some(at(2)), Some(at(3))));
    assert!(prove().await.unwrap(), "one that can be verified ends the doubt");
    assert_eq!(connection::get(&mut reader, id).await.unwrap().unwrap().webhooks_failed_at, None);

    // New credentials forget the token that the old ones bought.
    let changed = &connection::get(&mut reader, id).await.unwrap().unwrap();
    assert_eq!((changed.webhooks_proven_at, changed.test_report.as_ref()), (Some(at(2)), Some(report)));
    store.write(|mut tx| async move { connection::put(&mut tx, changed).await }).await.unwrap();
    assert!(connection::token(&mut reader, id).await.unwrap().is_none());
    let nobody = sample_connection().id;
    let stale = store.write(|mut tx| async move { connection::put_token(&mut tx, nobody, token).await }).await;
    assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_webhook_is_kept_sealed_listed_and_finished_once(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let new =
        &NewInbox { connection: connection.id, event: "meeting.ended".into(), event_ts: at(0), dedupe: "a".into() };
    let receive = async || {
        store.write(|mut tx| async move { inbox::receive(&mut tx, new, b"canary-body", at(1)).await }).await.unwrap()
    };
    let id = receive().await.unwrap();
    assert_eq!(receive().await, None);
    let mut reader = store.read().await.unwrap();
    assert_eq!(inbox::body(&mut reader, id).await.unwrap().unwrap().as_slice(), b"canary-body");
    assert!(store.write(|mut tx| async move { inbox::finish(&mut tx, id, "ended", at(2)).await }).await.unwrap());
    let page = inbox::list(&mut reader, None).await.unwrap();
    assert_eq!(page.items, [inbox::get(&mut reader, id).await.unwrap().unwrap()]);
    assert_eq!((page.items[0].applied_at, page.items[0].outcome.as_deref()), (Some(at(2)), Some("ended")));
}

#[tokio::test]
async fn the_file_on_disk_holds_no_secret_in_clear() {
    let (store, connection) = furnished(Engine::Sqlite).await.unwrap();
    add_room(&store, &sample_room(connection.id, "kitchen", 60)).await;
    store.close().await;
    let Database::Sqlite(path) = store.database() else { panic!("{:?}", store.database()) };
    for file in std::fs::read_dir(path.parent().unwrap()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(6).any(|part| part == b"canary"));
    }
    assert!(std::fs::read(path).unwrap().windows(7).any(|part| part == b"Kitchen"), "the file is the right one");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_sealed_value_moved_to_another_row_and_a_row_changed_by_hand_are_named(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let (one, two) = (sample_room(connection.id, "one", 60), sample_room(connection.id, "two", 60));
    add_room(&store, &one).await;
    add_room(&store, &two).await;
    let steal = "UPDATE room SET passcode = (SELECT passcode FROM room WHERE slug = 'one') WHERE slug = 'two'";
    execute(store.database(), steal).await;
    execute(store.database(), "UPDATE room SET zone = 'Mars/Olympus' WHERE slug = 'one'").await;
    let mut reader = store.read().await.unwrap();
    for (room, damaged) in [(&two, "passcode"), (&one, "zone")] {
        match room::get(&mut reader, room.id).await {
            Err(Error::Corrupt { table: "room", row, column }) => {
                assert_eq!((row, column), (room.id.to_string(), damaged));
            }
            other => panic!("{other:?}"),
        }
    }
}
