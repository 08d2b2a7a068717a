//! A room's life.

use model::{AlternativeHosts, AtZoom, Slug, Title};
use rstest::rstest;
use secrecy::{ExposeSecret as _, SecretString};
use store::{
    Engine, Error, change,
    cover::{self, Cover, CoverKind},
    room::{self, Landed},
};

use crate::samples::{add_room, at, furnished, sample_room};

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_room_comes_back_as_it_was_put(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let made = sample_room(connection.id, "kitchen", 60);
    add_room(&store, &made).await;
    let mut reader = store.read().await.unwrap();
    let found = room::by_slug(&mut reader, &made.slug).await.unwrap().unwrap();
    assert_eq!(format!("{:?}", found.room), format!("{made:?}"));
    assert_eq!(found.room.passcode.expose(), "canaryPass");
    assert_eq!((found.sent_version, found.deleted_at), (None, None));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_room_is_made_changed_sent_held_and_deleted(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let made = sample_room(connection.id, "kitchen", 60);
    let (id, made) = (made.id, &made);
    add_room(&store, made).await;

    // Zoom takes version 1 while a person saves version 2: the room waits on.
    let mut changed = made.clone();
    changed.title = Title::parse("Kitchen Spanish, week 4").unwrap();
    changed.alternative_hosts = AlternativeHosts::parse(["sbxHost4"]).unwrap();
    let changed = &changed;
    let version = store.write(|mut tx| async move { room::save(&mut tx, changed, at(1)).await }).await.unwrap();
    assert_eq!(version, 2);
    let landed =
        |version| Landed { number: 81_234_567_890, uuid: Some("abc=="), join_url: None, version, digest: None };
    store.write(|mut tx| async move { room::landed(&mut tx, id, landed(1), at(2)).await }).await.unwrap();
    let mut reader = store.read().await.unwrap();
    let record = room::by_number(&mut reader, connection.id, 81_234_567_890).await.unwrap().unwrap();
    assert_eq!((record.room.at_zoom, record.sent_version), (AtZoom::Waiting, Some(1)));
    store.write(|mut tx| async move { room::landed(&mut tx, id, landed(2), at(2)).await }).await.unwrap();
    assert_eq!(room::get(&mut reader, id).await.unwrap().unwrap().room.at_zoom, AtZoom::Live);

    // Who read version 1 is told, and nothing is lost.
    let stale = store.write(|mut tx| async move { room::save(&mut tx, made, at(3)).await }).await;
    assert!(matches!(stale, Err(Error::Stale { table: "room", .. })), "{stale:?}");

    // Webhooks count by event time, whatever their order.
    let told = store
        .write(|mut tx| async move {
            let late = room::started(&mut tx, id, at(62)).await?;
            let early = room::started(&mut tx, id, at(61)).await?;
            Ok::<_, Error>((late, early, room::ended(&mut tx, id, at(90)).await?))
        })
        .await
        .unwrap();
    assert_eq!(told, (true, false, true));
    let held = room::get(&mut reader, id).await.unwrap().unwrap().room;
    assert_eq!((held.live_since, held.ended_at), (Some(at(62)), Some(at(90))));
    assert_eq!(held.title.as_str(), "Kitchen Spanish, week 4");
    assert_eq!(held.alternative_hosts, changed.alternative_hosts);

    // Deleted, it is out of sight, known to the outbox, and its slug is free.
    assert!(store.write(|mut tx| async move { room::delete(&mut tx, id, at(99)).await }).await.unwrap());
    assert!(!store.write(|mut tx| async move { room::delete(&mut tx, id, at(99)).await }).await.unwrap());
    assert!(room::get(&mut reader, id).await.unwrap().is_none());
    assert_eq!(room::get_any(&mut reader, id).await.unwrap().unwrap().deleted_at, Some(at(99)));
    add_room(&store, &sample_room(connection.id, "kitchen", 60)).await;
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_address_for_visitors_is_zooms_last_one_and_opens_in_its_own_row_only(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let (made, other) = (sample_room(connection.id, "kitchen", 60), sample_room(connection.id, "garden", 60));
    add_room(&store, &made).await;
    add_room(&store, &other).await;
    let known = async |id| {
        let record = room::get(&mut store.read().await.unwrap(), id).await.unwrap().unwrap();
        assert!(!format!("{record:?}").contains("canary"), "{record:?}");
        record.join_url.map(|url| url.expose_secret().to_owned())
    };
    assert_eq!(known(made.id).await, None);
    let url = &SecretString::from("https://us05web.zoom.us/j/81234567890?pwd=canaryUrl.1");
    let landed = |join_url| Landed { number: 81_234_567_890, uuid: None, join_url, version: 1, digest: None };
    let (told, untold) = (landed(Some(url)), landed(None));
    store.write(|mut tx| async move { room::landed(&mut tx, made.id, told, at(1)).await }).await.unwrap();
    assert_eq!(known(made.id).await.as_deref(), Some(url.expose_secret()));
    assert_eq!(known(other.id).await, None);

    // A person's change does not touch it; a landing that tells none, and a meeting that is gone, do.
    let found = &room::get(&mut store.read().await.unwrap(), made.id).await.unwrap().unwrap().room;
    store.write(|mut tx| async move { room::save(&mut tx, found, at(2)).await }).await.unwrap();
    assert!(known(made.id).await.is_some());
    store.write(|mut tx| async move { room::landed(&mut tx, made.id, untold, at(3)).await }).await.unwrap();
    assert_eq!(known(made.id).await, None);
    store.write(|mut tx| async move { room::landed(&mut tx, made.id, told, at(4)).await }).await.unwrap();
    store.write(|mut tx| async move { room::lost_at_zoom(&mut tx, made.id, at(5)).await }).await.unwrap();
    assert_eq!(known(made.id).await, None);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_refusal_keeps_its_reason_until_the_room_is_sent_again(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let made = sample_room(connection.id, "kitchen", 60);
    add_room(&store, &made).await;
    let id = made.id;
    let refused = &AtZoom::Refused { reason: "This host has no webinar licence.".into() };
    store.write(|mut tx| async move { room::set_at_zoom(&mut tx, id, refused, at(1)).await }).await.unwrap();
    let mut reader = store.read().await.unwrap();
    let mut found = room::get(&mut reader, id).await.unwrap().unwrap().room;
    assert_eq!(&found.at_zoom, refused);
    found.at_zoom = AtZoom::Waiting;
    let found = &found;
    store.write(|mut tx| async move { room::save(&mut tx, found, at(2)).await }).await.unwrap();
    assert_eq!(room::get(&mut reader, id).await.unwrap().unwrap().room.at_zoom, AtZoom::Waiting);
    store.write(|mut tx| async move { room::lost_at_zoom(&mut tx, id, at(3)).await }).await.unwrap();
    assert_eq!(room::get(&mut reader, id).await.unwrap().unwrap().room.zoom_number, None);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_slug_belongs_to_one_room_and_the_next_free_one_is_found(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    add_room(&store, &sample_room(connection.id, "kitchen", 60)).await;
    let other = sample_room(connection.id, "kitchen-2", 60);
    add_room(&store, &other).await;

    let twin = &sample_room(connection.id, "kitchen", 60);
    let taken = store.write(|mut tx| async move { room::insert(&mut tx, twin, at(0)).await }).await;
    assert!(matches!(taken, Err(Error::SlugTaken)), "{taken:?}");
    let mut renamed = other;
    renamed.slug = Slug::parse("kitchen").unwrap();
    let renamed = &renamed;
    let taken = store.write(|mut tx| async move { room::save(&mut tx, renamed, at(0)).await }).await;
    assert!(matches!(taken, Err(Error::SlugTaken)), "{taken:?}");

    let mut reader = store.read().await.unwrap();
    let free = room::free_slug(&mut reader, &renamed.slug).await.unwrap();
    assert_eq!(free.as_str(), "kitchen-3");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_cover_is_kept_and_every_visible_change_moves_the_epoch(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let made = sample_room(connection.id, "kitchen", 60);
    add_room(&store, &made).await;
    let told = store.visible_changes();
    let mut reader = store.read().await.unwrap();
    let before = change::epoch(&mut reader).await.unwrap();

    let image = &Cover::new(CoverKind::Png, vec![0, 159, 146, 150]);
    store.write(|mut tx| async move { cover::put(&mut tx, made.id, image, at(1)).await }).await.unwrap();
    assert_eq!(change::epoch(&mut reader).await.unwrap(), before + 1);
    assert!(told.has_changed().unwrap());
    assert_eq!(cover::get(&mut reader, made.id).await.unwrap().as_ref(), Some(image));
    assert_eq!(cover::hash(&mut reader, made.id).await.unwrap().as_ref(), Some(&image.hash));
    assert!(room::get(&mut reader, made.id).await.unwrap().unwrap().room.has_cover);

    // What fails changes nothing, the epoch included.
    let failed: Result<(), Error> = store
        .write(|mut tx| async move {
            cover::remove(&mut tx, made.id).await?;
            Err(Error::SlugTaken)
        })
        .await;
    assert!(failed.is_err());
    assert_eq!(change::epoch(&mut reader).await.unwrap(), before + 1);
    assert!(cover::get(&mut reader, made.id).await.unwrap().is_some());
}
