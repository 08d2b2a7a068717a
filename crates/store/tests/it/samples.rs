//! Rooms, members and connections as the stories need them.

use clock::{Entropy as _, SystemEntropy};
use jiff::Timestamp;
use model::{
    Agenda, AlternativeHosts, AtZoom, ConnectionId, Email, Host, Member, MemberId, Minutes, Passcode, PersonName, Role,
    Room, RoomId, RoomKind, RoomOptions, Schedule, Slug, Title, Zone, ZoomUserId,
};
use secrecy::SecretString;
use store::{
    Engine, Store,
    connection::{self, Connection},
    member, room,
    testing::{self, TestStore},
};

/// Minute `minute` of the stories: 15 January 2027, 08:00 UTC, and on.
pub(crate) fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + minute * 60).unwrap()
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemEntropy.fill(&mut bytes);
    bytes
}

pub(crate) fn sample_connection() -> Connection {
    Connection {
        id: ConnectionId::from_parts(at(0).as_millisecond(), random()),
        name: "Northlight".into(),
        account_id: "sbxAccount".into(),
        client_id: "sbxClient".into(),
        client_secret: SecretString::from("canary-client-secret"),
        sdk_key: Some("sbxSdkKey".into()),
        sdk_secret: Some(SecretString::from("canary-sdk-secret")),
        webhook_secret: None,
        former_webhook_secret: None,
        leaving: false,
        sandbox: true,
        tested_at: None,
        test_report: None,
        webhooks_proven_at: None,
        webhooks_failed_at: None,
        webhooks_checked_at: None,
        sdk_trial: None,
        asked: model::Feature::AT_FIRST.to_vec(),
        allowed: model::AllowedHosts::default(),
        created_at: at(0),
        updated_at: at(0),
    }
}

pub(crate) fn sample_room(connection: ConnectionId, slug: &str, minute: i64) -> Room {
    Room {
        id: RoomId::from_parts(at(0).as_millisecond(), random()),
        connection,
        kind: RoomKind::Meeting,
        title: Title::parse("Kitchen Spanish, week 3").unwrap(),
        slug: Slug::parse(slug).unwrap(),
        host: ZoomUserId::parse("sbxHost1").unwrap(),
        alternative_hosts: AlternativeHosts::parse(["sbxHost3", "sbxHost2"]).unwrap(),
        schedule: Schedule::at(at(minute), Zone::parse("Europe/Madrid").unwrap(), Minutes::new(60).unwrap()),
        agenda: Agenda::parse("Bring an **apron**.\nAnd a friend.").unwrap(),
        passcode: Passcode::parse("canaryPass").unwrap(),
        options: RoomOptions { waiting_room: true, mute_on_entry: true, ..RoomOptions::default() },
        opens_before: Minutes::new(15).unwrap(),
        published: true,
        has_cover: false,
        at_zoom: AtZoom::Waiting,
        zoom_number: None,
        live_since: None,
        ended_at: None,
        created_at: at(0),
        version: 1,
    }
}

pub(crate) fn sample_member(email: &str, role: Role) -> Member {
    Member {
        id: MemberId::from_parts(at(0).as_millisecond(), random()),
        email: Email::parse(email).unwrap(),
        name: PersonName::parse("Ada").unwrap(),
        role,
    }
}

pub(crate) fn sample_host(id: &str) -> Host {
    Host {
        id: ZoomUserId::parse(id).unwrap(),
        email: Email::parse(&format!("{id}@example.org")).unwrap(),
        name: id.to_owned(),
        licensed: true,
        webinars: None,
        zone: Some("Europe/Madrid".into()),
        active: true,
    }
}

/// A store with one connection; `None` where the engine is left out on purpose.
pub(crate) async fn furnished(engine: Engine) -> Option<(TestStore, Connection)> {
    let store = testing::store(engine).await?;
    let connection = sample_connection();
    let kept = &connection;
    store.write(|mut tx| async move { connection::put(&mut tx, kept).await }).await.unwrap();
    Some((store, connection))
}

pub(crate) async fn add_room(store: &Store, room: &Room) {
    store.write(|mut tx| async move { room::insert(&mut tx, room, at(0)).await }).await.unwrap();
}

pub(crate) async fn add_member(store: &Store, member: &Member) {
    store.write(|mut tx| async move { member::insert(&mut tx, member, None, at(0)).await }).await.unwrap();
}
