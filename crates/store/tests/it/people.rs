//! Members, their sessions, tokens, links and hosts; grants; the audit log.

use model::{AllowedHosts, Door, Email, Feature, PersonName, Role, ZoomUserId};
use rstest::rstest;
use secrecy::{ExposeSecret as _, SecretString};
use store::{
    Engine, Error, TokenHash,
    api_token::{self, ApiToken},
    audit::{self, NewAudit},
    connection,
    grant::{self, Grant},
    host, idempotency,
    idempotency::Known,
    member,
    member_host::{self, Link},
    one_time_link::{self, OneTimeLink, Purpose},
    session::{self, Session},
    site::{self, Site},
};

use crate::samples::{add_member, add_room, at, furnished, sample_host, sample_member, sample_room};

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_member_signs_in_changes_their_password_and_is_removed(#[case] engine: Engine) {
    let Some((store, _)) = furnished(engine).await else { return };
    let ada = &sample_member("ada@example.org", Role::Owner);
    add_member(&store, ada).await;
    let twin = &sample_member("ADA@example.org", Role::Viewer);
    let taken = store.write(|mut tx| async move { member::insert(&mut tx, twin, None, at(0)).await }).await;
    assert!(matches!(taken, Err(Error::EmailTaken)), "{taken:?}");

    let here = &session(ada.id, "here", 60);
    let there = &session(ada.id, "there", 60);
    let hash = &SecretString::from("$argon2id$canary");
    store
        .write(|mut tx| async move {
            member::set_password(&mut tx, ada.id, hash).await?;
            session::insert(&mut tx, here).await?;
            session::insert(&mut tx, there).await?;
            session::touch(&mut tx, &here.hash, at(5), at(65)).await
        })
        .await
        .unwrap();
    let mut reader = store.read().await.unwrap();
    let record = member::by_email(&mut reader, &ada.email).await.unwrap().unwrap();
    assert_eq!(record.password_hash.as_ref().unwrap().expose_secret(), hash.expose_secret());
    assert!(!format!("{record:?}").contains("canary"));
    let (found, who) = session::find(&mut reader, &here.hash, at(64)).await.unwrap().unwrap();
    assert_eq!((found.last_seen_at, who), (at(5), ada.clone()));
    assert!(session::find(&mut reader, &here.hash, at(65)).await.unwrap().is_none(), "it has expired");

    let ended =
        store.write(|mut tx| async move { session::end_all(&mut tx, ada.id, Some(&here.hash)).await }).await.unwrap();
    assert_eq!(ended, 1);
    assert!(session::find(&mut reader, &there.hash, at(1)).await.unwrap().is_none());
    assert_eq!(session::of_member(&mut reader, ada.id, at(1)).await.unwrap().len(), 1);
    assert_eq!(member::count(&mut reader, Role::Owner).await.unwrap(), 1);

    let name = &PersonName::parse("Ada L.").unwrap();
    store.write(|mut tx| async move { member::update(&mut tx, ada.id, name, Role::Host).await }).await.unwrap();
    assert_eq!(member::list(&mut reader).await.unwrap()[0].member.role, Role::Host);
    assert!(store.write(|mut tx| async move { member::remove(&mut tx, ada.id).await }).await.unwrap());
    assert!(session::find(&mut reader, &here.hash, at(1)).await.unwrap().is_none(), "gone with the member");
}

fn session(member: model::MemberId, token: &str, minutes: i64) -> Session {
    Session {
        hash: TokenHash::of(token),
        member,
        client: "Firefox".into(),
        created_at: at(0),
        last_seen_at: at(0),
        expires_at: at(minutes),
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_link_works_once_until_it_expires_and_a_newer_one_replaces_it(#[case] engine: Engine) {
    let Some((store, _)) = furnished(engine).await else { return };
    let link = |token: &str| OneTimeLink {
        hash: TokenHash::of(token),
        purpose: Purpose::Setup,
        member: None,
        created_at: at(0),
        expires_at: at(60),
    };
    let (old, new) = (&link("old"), &link("new"));
    let spend = async |hash: &TokenHash, purpose, minute| {
        store
            .write(|mut tx| async move { one_time_link::spend(&mut tx, hash, purpose, at(minute)).await })
            .await
            .unwrap()
    };
    store.write(|mut tx| async move { one_time_link::insert(&mut tx, old).await }).await.unwrap();
    store.write(|mut tx| async move { one_time_link::insert(&mut tx, new).await }).await.unwrap();
    assert_eq!(spend(&old.hash, Purpose::Setup, 1).await, None);
    assert_eq!(spend(&new.hash, Purpose::Password, 1).await, None);
    assert_eq!(spend(&new.hash, Purpose::Setup, 60).await, None);
    let mut reader = store.read().await.unwrap();
    let looked = one_time_link::find(&mut reader, &new.hash, Purpose::Setup, at(59)).await.unwrap();
    assert_eq!(looked.as_ref(), Some(new));
    assert_eq!(spend(&new.hash, Purpose::Setup, 59).await.as_ref(), Some(new));
    assert_eq!(spend(&new.hash, Purpose::Setup, 59).await, None);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_grant_admits_once_within_its_time(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let room = sample_room(connection.id, "kitchen", 0);
    add_room(&store, &room).await;
    let given = &Grant {
        hash: TokenHash::of("token"),
        room: room.id,
        name: PersonName::parse("Bo").unwrap(),
        email: Some(Email::parse("bo@example.org").unwrap()),
        door: Door::Host,
        acts_as: Some(ZoomUserId::parse("sbxHost2").unwrap()),
        member: None,
        created_at: at(0),
        expires_at: at(2),
    };
    store.write(|mut tx| async move { grant::insert(&mut tx, given).await }).await.unwrap();
    let spend = async |minute| {
        store.write(|mut tx| async move { grant::spend(&mut tx, &given.hash, at(minute)).await }).await.unwrap()
    };
    assert!(spend(2).await.is_none(), "it has expired");
    let spent = spend(1).await.unwrap();
    assert_eq!((spent.room, spent.door, spent.email), (room.id, Door::Host, given.email.clone()));
    assert_eq!(spent.acts_as, given.acts_as);
    assert!(spend(1).await.is_none(), "it was used");
    assert_eq!(store.write(|mut tx| async move { grant::sweep(&mut tx, at(2)).await }).await.unwrap(), 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn hosts_are_read_anew_and_linked_to_members(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let ada = sample_member("ada@example.org", Role::Host);
    add_member(&store, &ada).await;
    let mut anna = sample_host("anna");
    anna.webinars = Some(true);
    let (id, first) = (connection.id, &[anna.clone(), sample_host("bert")]);
    store.write(|mut tx| async move { host::replace_all(&mut tx, id, first, at(1)).await }).await.unwrap();
    let second = &[sample_host("anna"), sample_host("cleo")];
    store.write(|mut tx| async move { host::replace_all(&mut tx, id, second, at(2)).await }).await.unwrap();
    let mut reader = store.read().await.unwrap();
    let names: Vec<_> =
        host::list(&mut reader, id).await.unwrap().into_iter().map(|host| (host.name, host.active)).collect();
    assert_eq!(names, [("anna".to_owned(), true), ("cleo".into(), true), ("bert".into(), false)]);
    let again = host::get(&mut reader, id, &anna.id).await.unwrap().unwrap();
    assert_eq!(again.webinars, Some(true), "what Zoom did not say again stays known");
    let bert = sample_host("bert").email;
    assert!(host::by_email(&mut reader, id, &bert).await.unwrap().is_none(), "no longer active");

    let link = &Link { member: ada.id, connection: id, host: anna.id };
    let put =
        async || store.write(|mut tx| async move { member_host::link(&mut tx, link, at(1)).await }).await.unwrap();
    assert_eq!((put().await, put().await), (true, false));
    assert_eq!(member_host::of_member(&mut reader, ada.id).await.unwrap(), std::slice::from_ref(link));
    assert_eq!(member_host::list(&mut reader, id).await.unwrap(), std::slice::from_ref(link));
    assert!(store.write(|mut tx| async move { member_host::unlink(&mut tx, link).await }).await.unwrap());
    assert!(member_host::of_member(&mut reader, ada.id).await.unwrap().is_empty());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_program_has_a_token_and_what_it_repeats_is_answered_alike(#[case] engine: Engine) {
    let Some((store, _)) = furnished(engine).await else { return };
    let ada = &sample_member("ada@example.org", Role::Admin);
    add_member(&store, ada).await;
    let token = &ApiToken {
        hash: TokenHash::of("canary-api-token"),
        member: ada.id,
        name: "nightly".into(),
        created_at: at(0),
        last_used_at: None,
    };
    store.write(|mut tx| async move { api_token::insert(&mut tx, token).await }).await.unwrap();
    store.write(|mut tx| async move { api_token::touch(&mut tx, &token.hash, at(3)).await }).await.unwrap();
    let mut reader = store.read().await.unwrap();
    let (found, who) = api_token::find(&mut reader, &token.hash).await.unwrap().unwrap();
    assert_eq!((found.last_used_at, &found.name, &who), (Some(at(3)), &token.name, ada));
    assert_eq!(api_token::of_member(&mut reader, ada.id).await.unwrap().len(), 1);

    let asked = &idempotency::Request { member: ada.id, key: TokenHash::of("k"), request: TokenHash::of("POST a") };
    let other = &idempotency::Request { request: TokenHash::of("POST b"), ..asked.clone() };
    let begin = async |request, minute| {
        let go = |mut tx| async move { idempotency::begin(&mut tx, request, at(minute), at(60)).await };
        store.write(go).await.unwrap()
    };
    assert_eq!(begin(asked, 1).await, Known::New);
    assert_eq!(begin(asked, 1).await, Known::Underway);
    store.write(|mut tx| async move { idempotency::finish(&mut tx, asked, 201, b"made").await }).await.unwrap();
    assert_eq!(begin(asked, 2).await, Known::Answered { status: 201, body: b"made".to_vec() });
    assert_eq!(begin(other, 2).await, Known::Different);
    assert_eq!(begin(other, 60).await, Known::New, "the key's time is over");
    store.write(|mut tx| async move { idempotency::abandon(&mut tx, other).await }).await.unwrap();
    assert_eq!(begin(asked, 61).await, Known::New);

    assert!(store.write(|mut tx| async move { api_token::remove(&mut tx, ada.id, &token.hash).await }).await.unwrap());
    assert!(api_token::find(&mut reader, &token.hash).await.unwrap().is_none());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_site_is_named_and_the_log_tells_who_did_what(#[case] engine: Engine) {
    let Some((store, _)) = furnished(engine).await else { return };
    let ada = sample_member("ada@example.org", Role::Owner);
    let mut reader = store.read().await.unwrap();
    assert_eq!(site::get(&mut reader).await.unwrap(), None);
    let named = &Site { name: "Northlight Academy".into(), accent_hue: 210 };
    let log = |action, subject| NewAudit {
        member: Some(ada.id),
        actor: "ada@example.org",
        action,
        subject,
        room: None,
        detail: serde_json::json!({"hue": 210}),
    };
    store
        .write(|mut tx| async move {
            site::put(&mut tx, named, at(1)).await?;
            audit::add(&mut tx, &log("site.change", "site"), at(1)).await?;
            audit::add(&mut tx, &log("room.start", "a room"), at(2)).await
        })
        .await
        .unwrap();
    assert_eq!(site::get(&mut reader).await.unwrap().as_ref(), Some(named));
    let page = audit::list(&mut reader, None).await.unwrap();
    let lines: Vec<_> = page.items.iter().map(|line| (line.action.as_str(), line.happened_at)).collect();
    assert_eq!(lines, [("room.start", at(2)), ("site.change", at(1))]);
    assert_eq!((page.items[0].member, &page.items[0].detail["hue"]), (Some(ada.id), &serde_json::json!(210)));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_rooms_lines_are_found_by_its_id_the_newest_first(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let [one, two] = ["kitchen", "garden"].map(|slug| sample_room(connection.id, slug, 60).id);
    let line = |action, room| NewAudit {
        member: None,
        actor: "command line",
        action,
        subject: "Kitchen Spanish",
        room,
        detail: serde_json::Value::Null,
    };
    store
        .write(|mut tx| async move {
            audit::add(&mut tx, &line("room-created", Some(one)), at(1)).await?;
            audit::add(&mut tx, &line("room-created", Some(two)), at(2)).await?;
            audit::add(&mut tx, &line("site.change", None), at(3)).await?;
            audit::add(&mut tx, &line("room-changed", Some(one)), at(4)).await?;
            audit::add(&mut tx, &line("room-deleted", Some(one)), at(5)).await
        })
        .await
        .unwrap();
    let mut reader = store.read().await.unwrap();
    let mut actions = async |room, limit| {
        let lines = audit::of_room(&mut reader, room, limit).await.unwrap();
        lines.into_iter().map(|line| line.action).collect::<Vec<_>>()
    };
    assert_eq!(actions(one, 9).await, ["room-deleted", "room-changed", "room-created"]);
    assert_eq!(actions(one, 2).await, ["room-deleted", "room-changed"]);
    assert_eq!(actions(two, 9).await, ["room-created"]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn new_credentials_write_over_neither_what_is_wanted_nor_who_is_allowed(#[case] engine: Engine) {
    let Some((store, read_before)) = furnished(engine).await else { return };
    let (id, allowed) = (read_before.id, &AllowedHosts::parse("northlight.example").unwrap());
    let choose = |mut tx| async move {
        connection::ask(&mut tx, id, &[Feature::Webinars]).await?;
        connection::allow(&mut tx, id, allowed).await
    };
    store.write(choose).await.unwrap();
    let late = &read_before;
    store.write(|mut tx| async move { connection::put(&mut tx, late).await }).await.unwrap();
    let now = connection::get(&mut store.read().await.unwrap(), id).await.unwrap().unwrap();
    assert_eq!((now.asked, &now.allowed), (vec![Feature::Webinars], allowed));
}
