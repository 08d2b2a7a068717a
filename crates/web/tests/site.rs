//! The site over a real, empty database: who may pass where, what every answer carries, what goes wrong and how.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on says where")]

use std::sync::Arc;

use axum::{Router, body::Body, response::Response};
use clock::{SeededEntropy, SharedClock, SharedEntropy, SteeredClock};
use http::{Method, Request, StatusCode, header};
use service::{Service, Settings, ZoomPlaces};
use store::{Database, KeySource, OpenOptions, Store};
use tower::ServiceExt as _;
use web::{Audience, Route, SampleBody, WebConfig};

struct Site {
    router: Router,
    service: Service,
    _folder: tempfile::TempDir,
}

async fn site() -> Site {
    rustls::crypto::ring::default_provider().install_default().ok();
    let folder = tempfile::tempdir().unwrap();
    let clock: SharedClock = Arc::new(SteeredClock::still_at("2026-11-30T12:00:00Z".parse().unwrap()));
    let entropy: SharedEntropy = Arc::new(SeededEntropy::new(7));
    let store = Store::open(OpenOptions {
        database: Database::Sqlite(folder.path().join("eroom.db")),
        keys: KeySource::File(folder.path().join("eroom.key")),
        clock: clock.clone(),
        entropy: entropy.clone(),
    })
    .await
    .unwrap();
    // Nothing listens there: a visitor's request must not need Zoom.
    let nowhere = |path: &str| format!("http://127.0.0.1:9{path}").parse().unwrap();
    let zoom = ZoomPlaces {
        oauth: nowhere("/oauth/token"),
        api: nowhere("/v2"),
        sdk_base: nowhere("/sdk"),
        sdk_version: "6.2.0".into(),
    };
    let public_url: url::Url = "http://localhost:8080/".parse().unwrap();
    let settings = Settings { public_url: public_url.clone(), zoom, allow_sandbox: true, demo: false };
    let service = Service::new(settings, store, clock.clone(), entropy.clone()).unwrap();
    let config = WebConfig {
        public_url,
        sdk_base: nowhere("/sdk"),
        templates: None,
        trusted_proxies: Vec::new(),
        sandbox_log: None,
        demo_login: None,
        clock,
        entropy,
    };
    Site { router: web::build(config, service.clone()).unwrap(), service, _folder: folder }
}

impl Site {
    async fn send(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn get(&self, path: &str) -> Response {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// A new owner's session cookie.
    async fn owner(&self) -> String {
        let link = self.service.setup_link().await.unwrap();
        let path = link.strip_prefix("http://localhost:8080").unwrap();
        let form = "name=Ada&email=ada%40example.org&password=a+long+enough+sentence";
        let answer = self.send(posted(path).body(form.into()).unwrap()).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{}", text(answer).await);
        cookie(&answer)
    }
}

fn posted(path: &str) -> http::request::Builder {
    Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

fn cookie(answer: &Response) -> String {
    let header = answer.headers()[header::SET_COOKIE].to_str().unwrap();
    header.split(';').next().unwrap().to_owned()
}

async fn text(answer: Response) -> String {
    let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A value for every parameter; none of them leads to anything.
fn value(name: &str) -> String {
    match name {
        "hue" => "205.css".into(),
        "file" => "site.css".into(),
        "room" | "connection" | "member" => "01960000-0000-7000-8000-000000000000".into(),
        _ => "nothing".into(),
    }
}

fn request(route: &Route) -> http::request::Builder {
    Request::builder().method(route.method.clone()).uri(route.address(|name| Some(value(name))).unwrap())
}

fn body(route: &Route, builder: http::request::Builder) -> Request<Body> {
    match route.sample {
        None => builder.body(Body::empty()),
        Some(SampleBody::Json(json)) => builder.header(header::CONTENT_TYPE, "application/json").body(json.into()),
        Some(SampleBody::Raw(kind, bytes)) => builder.header(header::CONTENT_TYPE, kind).body(bytes.into()),
        Some(SampleBody::Form(fields)) => {
            let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            builder.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form.into())
        }
    }
    .unwrap()
}

#[tokio::test]
async fn without_a_session_or_a_token_nobody_passes_to_what_needs_one() {
    let site = site().await;
    for route in web::routes() {
        let answer = site.send(body(&route, request(&route))).await;
        let (status, what) = (answer.status(), format!("{} {}", route.method, route.path));
        match route.audience {
            Audience::Member | Audience::Host | Audience::Owner if route.is_page => {
                assert_eq!(status, StatusCode::SEE_OTHER, "{what}");
                let to = answer.headers()[header::LOCATION].to_str().unwrap();
                assert!(to.starts_with("/admin/sign-in?next=%2Fadmin"), "{what}: {to}");
            }
            Audience::Member | Audience::Host | Audience::Owner => {
                assert!(matches!(status, StatusCode::UNAUTHORIZED | StatusCode::SEE_OTHER), "{what}: {status}");
            }
            Audience::Api => {
                assert_eq!(status, StatusCode::UNAUTHORIZED, "{what}");
                assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json", "{what}");
            }
            _ => assert!(!status.is_server_error(), "{what}: {status} {}", text(answer).await),
        }
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect_and_only_the_call_is_isolated() {
    let site = site().await;
    for route in web::routes() {
        let answer = site.send(body(&route, request(&route))).await;
        for name in [
            "content-security-policy",
            "x-content-type-options",
            "referrer-policy",
            "permissions-policy",
            "x-request-id",
        ] {
            assert!(answer.headers().contains_key(name), "{} {} lacks {name}", route.method, route.path);
        }
        let policy = answer.headers()["content-security-policy"].to_str().unwrap();
        assert!(!policy.contains("unsafe") || route.isolated, "{}: {policy}", route.path);
        assert!(!answer.headers().contains_key("cross-origin-opener-policy") || route.isolated, "{}", route.path);
    }
}

#[tokio::test]
async fn an_owner_opens_every_page_of_the_members_and_signs_out() {
    let site = site().await;
    let session = site.owner().await;
    for route in web::routes().into_iter().filter(|r| r.method == Method::GET && r.audience != Audience::Api) {
        let answer = site.send(body(&route, request(&route).header(header::COOKIE, &session))).await;
        let status = answer.status();
        assert!(
            !status.is_server_error() && status != StatusCode::UNAUTHORIZED,
            "{}: {status} {}",
            route.path,
            text(answer).await
        );
    }
    let out = site.send(posted("/admin/sign-out").header(header::COOKIE, &session).body(Body::empty()).unwrap()).await;
    assert_eq!(out.headers()[header::LOCATION], "/admin/sign-in");
    let after =
        site.send(Request::get("/admin/rooms").header(header::COOKIE, &session).body(Body::empty()).unwrap()).await;
    assert_eq!(after.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_with_a_page_that_says_so() {
    let site = site().await;
    let form = "email=ada%40example.org&password=x";
    let forged = posted("/admin/sign-in").header("sec-fetch-site", "cross-site").body(form.into()).unwrap();
    let answer = site.send(forged).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert!(text(answer).await.contains("This form came from another site"));
}

#[tokio::test]
async fn a_wrong_password_keeps_the_address_and_says_what_is_wrong() {
    let site = site().await;
    site.owner().await;
    let form = "email=ada%40example.org&password=not+it&next=%2Fadmin%2Frooms";
    let answer = site.send(posted("/admin/sign-in").body(form.into()).unwrap()).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    let page = text(answer).await;
    assert!(page.contains("do not belong together") && page.contains("value=\"ada@example.org\""));
    assert!(page.contains("value=\"/admin/rooms\"") && !page.contains("not it"));
}

#[tokio::test]
async fn a_set_up_link_works_once() {
    let site = site().await;
    let link = site.service.setup_link().await.unwrap();
    let path = link.strip_prefix("http://localhost:8080").unwrap().to_owned();
    assert_eq!(site.get(&path).await.status(), StatusCode::OK);
    let wrong = site.send(posted(&path).body("name=&email=ada&password=short".into()).unwrap()).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(wrong).await;
    assert!(
        page.contains("id=\"name-error\"") && page.contains("id=\"email-error\"") && page.contains("value=\"ada\"")
    );
    let form = "name=Ada&email=ada%40example.org&password=a+long+enough+sentence";
    assert_eq!(site.send(posted(&path).body(form.into()).unwrap()).await.status(), StatusCode::SEE_OTHER);
    let again = site.send(posted(&path).body(form.into()).unwrap()).await;
    assert!(again.status().is_client_error(), "{}", again.status());
}

#[tokio::test]
async fn what_is_not_there_is_a_page_for_people_and_a_problem_for_programs() {
    let site = site().await;
    let page = site.get("/r/no-such-room").await;
    assert_eq!(page.status(), StatusCode::NOT_FOUND);
    assert!(text(page).await.contains("There is nothing here"));
    for path in ["/api/v1/nothing", "/r/no-such-room/state"] {
        let problem = site.get(path).await;
        assert_eq!(problem.headers()[header::CONTENT_TYPE], "application/problem+json", "{path}");
        assert!(text(problem).await.contains("\"status\":404"));
    }
    let method = site.send(Request::delete("/").body(Body::empty()).unwrap()).await;
    assert_eq!(method.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn nobody_waits_for_zoom_on_an_empty_site_and_the_page_is_kept() {
    let site = site().await;
    let first = site.get("/").await;
    assert_eq!(first.status(), StatusCode::OK);
    let tag = first.headers()[header::ETAG].clone();
    assert!(text(first).await.contains("No room is announced yet"));
    let again = Request::get("/").header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap();
    assert_eq!(site.send(again).await.status(), StatusCode::NOT_MODIFIED);
    let kept = site.get("/?from=a-friend").await;
    for name in ["content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy"] {
        assert!(kept.headers().contains_key(name), "a kept page lacks {name}");
    }
    assert_eq!(kept.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
    assert!(text(kept).await.contains("No room is announced yet"));
    assert_eq!(site.get("/readyz").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn static_files_are_kept_for_a_year_and_an_old_address_still_serves() {
    let site = site().await;
    let page = text(site.get("/").await).await;
    let path = page.split('"').find(|p| p.ends_with("/site.css")).unwrap();
    let file = site.get(path).await;
    assert_eq!(file.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    let old = site.get("/static/000000000000/site.css").await;
    assert_eq!(
        (old.status(), &old.headers()[header::CACHE_CONTROL]),
        (StatusCode::OK, &"public, max-age=60".parse().unwrap())
    );
    assert_eq!(site.get("/static/0/../Cargo.toml").await.status(), StatusCode::NOT_FOUND);
}
