//! A site with something in every table, every secret of it a canary.

use model::{ConnectionId, Door, Feature, PersonName, Role};
use secrecy::SecretString;
use store::{
    Engine, TokenHash, address,
    api_token::{self, ApiToken},
    attempt,
    attempt_minute::{self, Minute},
    audit::{self, NewAudit},
    connection::{self, KeptToken},
    cover::{self, Cover, CoverKind},
    grant::{self, Grant},
    host, host_day, idempotency,
    inbox::{self, NewInbox},
    job::{self, JobKind, NewJob},
    member,
    member_host::{self, Link},
    one_time_link::{self, OneTimeLink, Purpose},
    room::{self, Landed},
    session::{self, Session},
    setup,
    site::{self, Site},
    tally,
    testing::{self, TestStore},
    wanted,
};

use crate::limits::sample_attempt;
use crate::samples::{at, sample_connection, sample_host, sample_member, sample_room};

/// A full site; `None` where the engine is left out on purpose.
pub(crate) async fn full_site(engine: Engine) -> Option<TestStore> {
    let store = testing::store(engine).await?;
    people(&store).await;
    rooms(&store).await;
    Some(store)
}

async fn people(store: &TestStore) {
    let mut account = sample_connection();
    account.webhook_secret = Some(SecretString::from("canary-webhook-secret"));
    account.former_webhook_secret = Some(SecretString::from("canary-former-webhook-secret"));
    let ada = sample_member("ada@example.org", Role::Owner);
    let (account, ada) = (&account, &ada);
    let token = &KeptToken { token: SecretString::from("canary-zoom-token"), expires_at: at(60), scopes: "all".into() };
    let write = |mut tx| async move {
        site::put(&mut tx, &Site { name: "Northlight Academy".into(), accent_hue: 210 }, at(0)).await?;
        address::put(&mut tx, "http://127.0.0.1:8080/", at(0)).await?;
        setup::mark(&mut tx, "webhooks", at(0)).await?;
        wanted::put(&mut tx, &[Feature::Meetings, Feature::Webinars], at(0)).await?;
        connection::put(&mut tx, account).await?;
        connection::put_token(&mut tx, account.id, token).await?;
        let hosts = [sample_host("sbxHost1"), sample_host("sbxHost2")];
        host::replace_all(&mut tx, account.id, &hosts, at(0)).await?;
        member::insert(&mut tx, ada, None, at(0)).await?;
        let link = Link { member: ada.id, connection: account.id, host: hosts[0].id.clone() };
        member_host::link(&mut tx, &link, at(0)).await?;
        session::insert(
            &mut tx,
            &Session {
                hash: TokenHash::of("canary-session"),
                member: ada.id,
                client: "Firefox".into(),
                created_at: at(0),
                last_seen_at: at(0),
                expires_at: at(600),
            },
        )
        .await?;
        let hash = TokenHash::of("canary-api-token");
        let nightly = ApiToken { hash, member: ada.id, name: "nightly".into(), created_at: at(0), last_used_at: None };
        api_token::insert(&mut tx, &nightly).await?;
        let link = OneTimeLink {
            hash: TokenHash::of("canary-link"),
            purpose: Purpose::Password,
            member: Some(ada.id),
            created_at: at(0),
            expires_at: at(60),
        };
        one_time_link::insert(&mut tx, &link).await?;
        let request = idempotency::Request { member: ada.id, key: TokenHash::of("k"), request: TokenHash::of("r") };
        idempotency::begin(&mut tx, &request, at(0), at(600)).await?;
        idempotency::finish(&mut tx, &request, 201, b"{\"passcode\":\"canary-answer\"}").await
    };
    store.write(write).await.unwrap();
}

async fn rooms(store: &TestStore) {
    let account = connection::list(&mut store.read().await.unwrap()).await.unwrap().remove(0);
    let (live, waiting) = (&sample_room(account.id, "kitchen", 60), &sample_room(account.id, "朝のヨガ", 90));
    let url = &SecretString::from("https://zoom.example/j/1?pwd=canary-join");
    let sent = &SecretString::from("canary-digest");
    let webhook =
        &NewInbox { connection: account.id, event: "meeting.ended".into(), event_ts: at(0), dedupe: "a".into() };
    let write = |mut tx| async move {
        room::insert(&mut tx, live, at(0)).await?;
        room::insert(&mut tx, waiting, at(0)).await?;
        let (number, uuid) = (98_765_432_109, Some("a+/b=="));
        let landed = Landed { number, uuid, join_url: Some(url), version: 1, digest: Some(sent) };
        room::landed(&mut tx, live.id, landed, at(1)).await?;
        let image: Vec<u8> = (0..=255).cycle().take(5_000).collect();
        cover::put(&mut tx, live.id, &Cover::new(CoverKind::Png, image), at(1)).await?;
        let push = NewJob::for_room(JobKind::PushRoom, account.id, waiting.id, at(0));
        job::enqueue(&mut tx, &push, at(0)).await?;
        inbox::receive(&mut tx, webhook, b"{\"password\":\"canary-webhook-body\"}", at(1)).await?;
        let given = Grant {
            hash: TokenHash::of("canary-grant"),
            room: live.id,
            name: PersonName::parse("Bo").unwrap(),
            email: None,
            door: Door::Participant,
            acts_as: None,
            member: None,
            created_at: at(0),
            expires_at: at(600),
        };
        grant::insert(&mut tx, &given).await?;
        let detail = serde_json::json!({ "n": 1 });
        let entry =
            NewAudit { member: None, actor: "Zoom", action: "room.start", subject: "a", room: Some(live.id), detail };
        audit::add(&mut tx, &entry, at(1)).await
    };
    store.write(write).await.unwrap();
    limits(store, account.id).await;
}

/// What of Zoom's limits is taken.
async fn limits(store: &TestStore, id: ConnectionId) {
    let counted = &Minute { minute: 30_000_000, label: "LIGHT".into(), outcome: "done".into(), attempts: 3 };
    let sent = &[sample_attempt(1, 1)];
    let write = |mut tx| async move {
        host_day::take(&mut tx, id, &sample_host("sbxHost1").id, at(0), 100).await?;
        tally::put(&mut tx, id, "{}").await?;
        attempt_minute::add(&mut tx, id, counted).await?;
        attempt::add(&mut tx, id, sent).await
    };
    store.write(write).await.unwrap();
}
