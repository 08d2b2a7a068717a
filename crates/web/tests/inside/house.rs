//! A house for one story: a sandbox, a database, the site over both, and people with a session or a token.

use std::sync::Arc;

use axum::{Router, body::Body, response::Response};
use clock::{SeededEntropy, SharedClock, SharedEntropy, SteeredClock};
use http::{Method, Request, StatusCode, header};
use model::{Email, PersonName, Role};
use secrecy::ExposeSecret as _;
use serde_json::Value;
use service::{Actor, ConnectionDraft, MemberDraft, Service, Settings, Worker, ZoomPlaces};
use store::{Database, KeySource, OpenOptions, Store};
use tower::ServiceExt as _;
use web::WebConfig;
use zoom_sandbox::{Sandbox, SandboxHandle};

pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct House {
    pub(crate) sandbox: SandboxHandle,
    pub(crate) service: Service,
    pub(crate) worker: Worker,
    /// What the service keeps, for what no page does.
    pub(crate) store: Store,
    router: Router,
    _folder: tempfile::TempDir,
}

impl House {
    /// A site connected to its sandbox.
    pub(crate) async fn connected() -> Self {
        let house = Self::new().await;
        let saved = house.service.put_connection(&Actor::command_line(), None, house.credentials()).await.unwrap();
        assert!(saved.saved, "{:?}", saved.report);
        house
    }

    /// A site without Zoom.
    pub(crate) async fn new() -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        let folder = tempfile::tempdir().unwrap();
        let steered = Arc::new(SteeredClock::running());
        steered.set("2026-11-23T12:00:00Z".parse().unwrap());
        let sandbox = Sandbox::builder().seed(7).clock(Arc::clone(&steered)).start().await.unwrap();
        let clock: SharedClock = steered;
        let entropy: SharedEntropy = Arc::new(SeededEntropy::new(11));
        let store = Store::open(OpenOptions {
            database: Database::Sqlite(folder.path().join("eroom.db")),
            keys: KeySource::File(folder.path().join("eroom.key")),
            clock: clock.clone(),
            entropy: entropy.clone(),
        })
        .await
        .unwrap();
        let public_url: url::Url = "http://localhost:8080/".parse().unwrap();
        let zoom = ZoomPlaces {
            oauth: sandbox.oauth().parse().unwrap(),
            api: sandbox.api().parse().unwrap(),
            sdk_base: sandbox.sdk_base().parse().unwrap(),
            sdk_version: "6.2.0".into(),
        };
        let settings = Settings { public_url: public_url.clone(), zoom, allow_sandbox: true, demo: false };
        let service = Service::new(settings, store.clone(), clock.clone(), entropy.clone()).unwrap();
        let config = WebConfig {
            public_url,
            sdk_base: sandbox.sdk_base().parse().unwrap(),
            templates: None,
            trusted_proxies: Vec::new(),
            sandbox_log: Some(format!("{}/sandbox", sandbox.base()).parse().unwrap()),
            demo_login: None,
            clock,
            entropy,
        };
        let router = web::build(config, service.clone()).unwrap();
        Self { worker: Worker::new(service.clone()), sandbox, service, store, router, _folder: folder }
    }

    pub(crate) fn credentials(&self) -> ConnectionDraft {
        let c = self.sandbox.credentials();
        ConnectionDraft {
            account_id: c.account_id,
            client_id: c.client_id,
            client_secret: Some(c.client_secret.into()),
            sdk_key: c.sdk_key,
            sdk_secret: Some(c.sdk_secret.into()),
            webhook_secret: Some(c.webhook_secret.into()),
        }
    }

    /// A Zoom user who may hold rooms.
    pub(crate) fn host(&self) -> String {
        self.sandbox.world().people().into_iter().find(|person| person.webinar).unwrap().id
    }

    /// A new member.
    pub(crate) async fn member(&self, email: &str, role: Role) -> Actor {
        let draft = MemberDraft {
            email: Email::parse(email).unwrap(),
            name: PersonName::parse(email.split('@').next().unwrap()).unwrap(),
            role,
            password: Some(PASSWORD.into()),
        };
        self.service.create_member(&Actor::command_line(), draft).await.unwrap();
        let client = service::ClientKey::of([127, 0, 0, 1].into());
        let session = self.service.sign_in(email, &PASSWORD.into(), &client).await.unwrap();
        self.service.member_of_session(&session.token).await.unwrap().unwrap()
    }

    /// Signs somebody in the way a browser does; the cookie.
    pub(crate) async fn cookie(&self, email: &str) -> String {
        let form = form(&[("email", email), ("password", PASSWORD), ("next", "/admin")]);
        let answer = self.send(Method::POST, "/admin/sign-in", &[(header::CONTENT_TYPE, FORM)], form).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        answer.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned()
    }

    /// An API token for a member.
    pub(crate) async fn token(&self, actor: &Actor, write: bool) -> String {
        let member = actor.member_id().unwrap();
        let token = self.service.create_api_token(actor, member, "a story", write).await.unwrap();
        token.expose_secret().to_owned()
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(header::HeaderName, &str)],
        body: impl Into<Body>,
    ) -> Response {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap()
    }

    /// A page, as a signed-in browser gets it.
    pub(crate) async fn page(&self, cookie: &str, path: &str) -> (StatusCode, String) {
        let answer = self.send(Method::GET, path, &[(header::COOKIE, cookie)], Body::empty()).await;
        (answer.status(), text(answer).await)
    }

    /// The status of a page, and where it leads to.
    pub(crate) async fn get(&self, cookie: &str, path: &str) -> (StatusCode, String) {
        let answer = self.send(Method::GET, path, &[(header::COOKIE, cookie)], Body::empty()).await;
        let to = answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        (answer.status(), to)
    }

    /// A form, as a signed-in browser sends it: the status, where it leads, the page.
    pub(crate) async fn submit(
        &self,
        cookie: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> (StatusCode, String, String) {
        let headers = [(header::COOKIE, cookie), (header::CONTENT_TYPE, FORM)];
        let answer = self.send(Method::POST, path, &headers, form(fields)).await;
        let to = answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        (answer.status(), to, text(answer).await)
    }

    /// A call of the API, with a JSON body where there is one.
    pub(crate) async fn call(
        &self,
        token: &str,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> (StatusCode, Value) {
        let bearer = format!("Bearer {token}");
        let mut headers = vec![(header::AUTHORIZATION, bearer.as_str())];
        if body.is_some() {
            headers.push((header::CONTENT_TYPE, "application/json"));
        }
        let body = body.map(|json| json.to_string()).unwrap_or_default();
        let answer = self.send(method, path, &headers, body).await;
        let (status, body) = (answer.status(), text(answer).await);
        (status, if body.is_empty() { Value::Null } else { serde_json::from_str(&body).unwrap_or(Value::String(body)) })
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

pub(crate) async fn text(answer: Response) -> String {
    let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}
