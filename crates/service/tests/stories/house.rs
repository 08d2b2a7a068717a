//! A house for one story: a sandbox, a database, the use cases over both, and one clock for all.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use clock::{Clock as _, SeededEntropy, SharedClock, SharedEntropy, SteeredClock};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{SignedDuration, Timestamp};
use model::*;
use service::*;
use sha2::Sha256;
use store::{Engine, testing::TestStore};
use zoom_sandbox::{Sandbox, SandboxHandle};

pub(crate) const LIST_WEBINARS: &str = "webinar:read:list_webinars:admin";

pub(crate) struct House {
    pub(crate) sandbox: SandboxHandle,
    pub(crate) clock: Arc<SteeredClock>,
    pub(crate) kept: TestStore,
    pub(crate) service: Service,
    pub(crate) worker: Worker,
    pub(crate) owner: Actor,
    pub(crate) password: &'static str,
    /// Whether somebody asks Zoom for whatever they like: the console, `verify`, a client beside the site.
    asks_freely: AtomicBool,
}

impl Drop for House {
    /// Whatever a story has the site ask of Zoom stands in the doctor's table, so that people are told what stops without
    /// it. A new operation fails the first story in which it is called.
    fn drop(&mut self) {
        if std::thread::panicking() || self.asks_freely.load(Ordering::Relaxed) {
            return;
        }
        let uses = Feature::ALL.into_iter().flat_map(doctor::uses).filter(|one| one.need != doctor::Need::Console);
        let told: Vec<_> = uses.map(|one| one.used).collect();
        let is_told = |id| told.contains(&doctor::Used::Operation(zoom_spec::Level::Account, id));
        let asked = self.sandbox.calls().counters();
        let untold: Vec<_> =
            asked.into_keys().filter(|id| zoom_spec::operation(id).is_some() && !is_told(id)).collect();
        assert!(untold.is_empty(), "the site asks Zoom for {untold:?}; say in service/src/doctor/table.rs what for");
    }
}

/// A clock that runs from noon of a day on: what is counted for each day is not told twice because a story went over
/// midnight.
pub(crate) fn noon() -> Arc<SteeredClock> {
    let clock = Arc::new(SteeredClock::running());
    clock.set("2026-11-23T12:00:00Z".parse().unwrap());
    clock
}

impl House {
    /// In this story somebody asks Zoom for whatever they like.
    pub(crate) fn asks_freely(&self) {
        self.asks_freely.store(true, Ordering::Relaxed);
    }

    /// A house on `engine` with a connected account; `None` where PostgreSQL was left out.
    pub(crate) async fn on(engine: Engine) -> Option<Self> {
        Self::without(engine, &[]).await
    }

    /// The same without some scopes.
    pub(crate) async fn without(engine: Engine, scopes: &[&str]) -> Option<Self> {
        let house = Self::unconnected(engine, scopes).await?;
        let saved = house.service.put_connection(&house.owner, None, house.credentials()).await.unwrap();
        assert!(saved.saved, "{:?}", saved.report);
        Some(house)
    }

    /// A house that no account is connected to.
    pub(crate) async fn unconnected(engine: Engine, scopes: &[&str]) -> Option<Self> {
        let start = |clock: &Arc<SteeredClock>| {
            let sandbox = Sandbox::builder().seed(7).clock(Arc::clone(clock));
            scopes.iter().fold(sandbox, |sandbox, scope| sandbox.without_scope(scope))
        };
        Self::over(engine, start).await
    }

    /// The same over a sandbox of one's own.
    pub(crate) async fn over(
        engine: Engine,
        sandbox: impl FnOnce(&Arc<SteeredClock>) -> zoom_sandbox::Builder,
    ) -> Option<Self> {
        let clock = noon();
        let sandbox = sandbox(&clock).start().await.unwrap();
        let (oauth, api) = (sandbox.oauth(), sandbox.api());
        Self::speaking_to(engine, clock, sandbox, [&oauth, &api]).await
    }

    /// The same that reaches its sandbox at other addresses: of the token server, and of the API.
    pub(crate) async fn speaking_to(
        engine: Engine,
        clock: Arc<SteeredClock>,
        sandbox: SandboxHandle,
        [oauth, api]: [&str; 2],
    ) -> Option<Self> {
        let kept = store::testing::store(engine).await?;
        let settings = Settings {
            public_url: "http://localhost:8080/".parse().unwrap(),
            zoom: ZoomPlaces {
                oauth: oauth.parse().unwrap(),
                api: api.parse().unwrap(),
                sdk_base: sandbox.sdk_base().parse().unwrap(),
                sdk_version: "6.2.0".into(),
            },
            allow_sandbox: true,
            demo: false,
        };
        let shared: SharedClock = Arc::<SteeredClock>::clone(&clock);
        let entropy: SharedEntropy = Arc::new(SeededEntropy::new(11));
        let service = Service::new(settings, kept.clone(), shared, entropy).unwrap();
        let worker = Worker::new(service.clone()).twice();
        let password = "correct horse battery";
        let (owner, asks_freely) = (Actor::command_line(), AtomicBool::new(false));
        let mut house = Self { sandbox, clock, kept, service, worker, owner, password, asks_freely };
        house.owner = house.member("owner@example.org", Role::Owner).await;
        Some(house)
    }

    pub(crate) fn credentials(&self) -> ConnectionDraft {
        credentials_of(&self.sandbox)
    }

    /// A new member, signed in.
    pub(crate) async fn member(&self, email: &str, role: Role) -> Actor {
        let draft = MemberDraft {
            email: Email::parse(email).unwrap(),
            name: PersonName::parse(email.split('@').next().unwrap()).unwrap(),
            role,
            password: Some(self.password.into()),
        };
        self.service.create_member(&Actor::command_line(), draft).await.unwrap();
        self.sign_in(email).await
    }

    pub(crate) async fn sign_in(&self, email: &str) -> Actor {
        let session = self.service.sign_in(email, &self.password.into(), &client(1)).await.unwrap();
        self.service.member_of_session(&session.token).await.unwrap().unwrap()
    }

    /// Somebody who may hold webinars too.
    pub(crate) fn host(&self) -> ZoomUserId {
        let person = self.sandbox.world().people().into_iter().find(|p| p.webinar).unwrap();
        ZoomUserId::parse(&person.id).unwrap()
    }

    pub(crate) fn draft(&self, kind: RoomKind, title: &str) -> RoomDraft {
        self.draft_in(kind, title, 24 * 60)
    }

    /// A room that starts so many minutes from now.
    pub(crate) fn draft_in(&self, kind: RoomKind, title: &str, minutes: i64) -> RoomDraft {
        let start = self.clock.now() + SignedDuration::from_mins(minutes);
        let start = Timestamp::from_second(start.as_second()).unwrap();
        RoomDraft {
            kind,
            title: Title::parse(title).unwrap(),
            slug: None,
            host: self.host(),
            alternative_hosts: AlternativeHosts::default(),
            schedule: Schedule::at(start, Zone::parse("Europe/Madrid").unwrap(), Minutes::new(60).unwrap()),
            agenda: Agenda::parse("Bring *paper*.").unwrap(),
            passcode: None,
            options: RoomOptions::default(),
            opens_before: Minutes::new(15).unwrap(),
            published: true,
        }
    }

    pub(crate) async fn create(&self, kind: RoomKind, title: &str) -> RoomId {
        let draft = self.draft(kind, title);
        self.service.create_room(&self.owner, draft).await.unwrap().room.id
    }

    pub(crate) async fn room(&self, id: RoomId) -> Room {
        self.service.room(&self.owner, id).await.unwrap().room
    }

    /// Does what is due.
    pub(crate) async fn work(&self) {
        self.worker.run_once().await.unwrap();
    }

    /// Lets time pass, and does what becomes due.
    pub(crate) async fn later(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
        self.work().await;
    }

    /// Works through all waits: enough for every retry and both looks.
    pub(crate) async fn settle(&self) {
        self.work().await;
        for _ in 0..12 {
            self.later(31).await;
        }
    }

    /// Takes so many of a host's day, as other rooms would.
    pub(crate) async fn spend(&self, id: ConnectionId, host: &ZoomUserId, times: usize) {
        let now = self.clock.now();
        self.kept
            .write(|mut tx| async move {
                for _ in 0..times {
                    store::host_day::take(&mut tx, id, host, now, 100).await?;
                }
                Ok::<_, store::Error>(())
            })
            .await
            .unwrap();
    }

    /// How many meetings and webinars Zoom really has.
    pub(crate) fn at_zoom(&self) -> usize {
        self.sandbox.world().meetings().len()
    }

    pub(crate) fn calls(&self, operation: &str) -> u64 {
        self.sandbox.calls().count(operation)
    }

    /// All calls of the REST API and the token server.
    pub(crate) fn all_calls(&self) -> u64 {
        self.sandbox.calls().counters().values().sum()
    }

    /// Has the service receive a webhook as Zoom signs it.
    pub(crate) async fn webhook(&self, body: &str) -> Result<WebhookAnswer, WebhookRefused> {
        let secret = self.sandbox.credentials().webhook_secret;
        let at = self.clock.now().as_second().to_string();
        let id = self.service.connection(&self.owner).await.unwrap().unwrap().id;
        self.service.receive_webhook(id, &at, &signature(&secret, &at, body), body.as_bytes()).await
    }

    /// An event about a meeting, `seconds` from now.
    pub(crate) fn event(&self, event: &str, number: i64, seconds: i64) -> String {
        let at = self.clock.now_ms() + seconds * 1000;
        let host = self.sandbox.world().meeting(number).map(|m| m.host_id).unwrap_or_default();
        let account = self.sandbox.credentials().account_id;
        format!(
            r#"{{"event":"{event}","event_ts":{at},"payload":{{"account_id":"{account}","object":{{"id":"{number}","host_id":"{host}"}}}}}}"#
        )
    }
}

/// What an owner types to connect this sandbox's account.
pub(crate) fn credentials_of(sandbox: &SandboxHandle) -> ConnectionDraft {
    let c = sandbox.credentials();
    ConnectionDraft {
        account_id: c.account_id,
        client_id: c.client_id,
        client_secret: Some(c.client_secret.into()),
        sdk_key: c.sdk_key,
        sdk_secret: Some(c.sdk_secret.into()),
        webhook_secret: Some(c.webhook_secret.into()),
    }
}

pub(crate) fn signature(secret: &str, at: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("v0:{at}:{body}").as_bytes());
    format!("v0={}", hex::encode(mac.finalize().into_bytes()))
}

pub(crate) fn client(n: u8) -> ClientKey {
    ClientKey::of([192, 0, 2, n].into())
}

/// Runs a story on every engine.
macro_rules! on_both_engines {
    ($house:ident in $make:expr => $story:block) => {
        for engine in store::testing::engines() {
            let Some($house) = $make(engine).await else { continue };
            $story
        }
    };
}

pub(crate) use on_both_engines;
