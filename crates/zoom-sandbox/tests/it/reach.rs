//! Stories of clients that cannot be configured: Zoom's own addresses, a certificate to trust, and a proxy.

use std::{net::SocketAddr, time::Duration};

use reqwest::{Certificate, Client, ClientBuilder, Proxy};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use zoom_sandbox::SandboxHandle;

use crate::story::{Story, builder, http, send};

const NAMES: [&str; 5] = ["zoom.us", "api.zoom.us", "api-eu.zoom.us", "source.zoom.us", "marketplace.zoom.us"];

/// A client that trusts the sandbox's authority and, as every browser and library does, nothing it forbids.
fn trusting(zoom: &SandboxHandle) -> ClientBuilder {
    http();
    let ca = Certificate::from_pem(zoom.ca_pem().unwrap().as_bytes()).unwrap();
    Client::builder().tls_certs_only([ca]).redirect(reqwest::redirect::Policy::none())
}

/// A client on whose machine Zoom's names lead to the sandbox, as with a line in the hosts file.
fn by_name(zoom: &SandboxHandle) -> Client {
    let address = zoom.tls_address().unwrap();
    let names = NAMES.into_iter().chain(["evil.example"]);
    names.fold(trusting(zoom).no_proxy(), |client, name| client.resolve(name, address)).build().unwrap()
}

fn by_proxy(zoom: &SandboxHandle) -> Client {
    let proxy = format!("http://{}", zoom.proxy_address().unwrap());
    trusting(zoom).proxy(Proxy::all(proxy).unwrap()).build().unwrap()
}

/// A token from `token`, then a meeting where its `api_url` says; gives that and the meeting.
async fn token_and_meeting(story: &Story, client: &Client, token: &str) -> (String, Value) {
    let held = story.zoom.credentials();
    let form = [("grant_type", "account_credentials"), ("account_id", &held.account_id)];
    let asked = client.post(token).basic_auth(&held.client_id, Some(&held.client_secret)).form(&form);
    let (status, answer) = send(asked).await;
    assert_eq!(status, 200, "{answer}");
    let api = answer["api_url"].as_str().unwrap().to_owned();
    let asked =
        client.post(format!("{api}/v2/users/me/meetings")).bearer_auth(answer["access_token"].as_str().unwrap());
    let (status, made) = send(asked.json(&json!({ "topic": "Out of reach", "type": 2 }))).await;
    assert_eq!(status, 201, "{made}");
    (api, made)
}

async fn text(client: &Client, address: &str) -> (u16, String) {
    let answer = client.get(address).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn a_client_with_zooms_addresses_in_it_gets_a_token_and_makes_a_meeting_through_the_proxy() {
    let story = Story::with(builder().proxy()).await;
    let client = by_proxy(&story.zoom);
    let (api, made) = token_and_meeting(&story, &client, "https://zoom.us/oauth/token").await;
    assert_eq!(api, "https://api.zoom.us");
    assert_eq!(story.zoom.world().meetings().len(), 1);
    let (status, plain) = story.get(&format!("/meetings/{}", made["id"])).await;
    assert_eq!((status, &plain["topic"]), (200, &json!("Out of reach")), "it is the same Zoom");
    assert_eq!(plain["join_url"], made["join_url"]);
    let link = made["join_url"].as_str().unwrap();
    assert!(link.starts_with(story.zoom.base()), "a link for people never leads to the real Zoom: {link}");
}

#[tokio::test]
async fn the_same_goes_by_names_that_lead_to_the_tls_port() {
    let story = Story::with(builder().tls()).await;
    let (client, port) = (by_name(&story.zoom), story.zoom.tls_address().unwrap().port());
    assert_eq!(story.zoom.proxy_address(), None, "nobody asked for a proxy");
    let (api, _) = token_and_meeting(&story, &client, &format!("https://zoom.us:{port}/oauth/token")).await;
    assert_eq!(api, format!("https://api.zoom.us:{port}"), "the port is part of the name it was asked by");
    let (api, _) = token_and_meeting(&story, &client, &format!("https://api.zoom.us:{port}/oauth/token")).await;
    assert_eq!(api, format!("https://api.zoom.us:{port}"));
    let (api, _) = token_and_meeting(&story, &client, &format!("https://api-eu.zoom.us:{port}/oauth/token")).await;
    assert_eq!(api, format!("https://api-eu.zoom.us:{port}"), "a region answers for itself");
    assert_eq!(story.zoom.world().meetings().len(), 3);
}

#[tokio::test]
async fn join_pages_and_the_sdks_files_are_where_zoom_has_them() {
    let story = Story::with(builder().proxy()).await;
    let client = by_proxy(&story.zoom);
    let made = story.meeting("Open door").await;
    let link = made["join_url"].as_str().unwrap().replace(story.zoom.base(), "https://zoom.us");
    let (status, page) = text(&client, &link).await;
    assert!(status == 200 && page.contains("Open door"), "{page}");
    for needed in ["https://zoom.us/call/page.js", "https://zoom.us/sdk/6.2.0/zoom-meeting-6.2.0.min.js"] {
        assert_eq!(text(&client, needed).await.0, 200, "the page loads {needed}");
    }
    let entered = client.post(format!("https://zoom.us/j/{}/enter", made["id"])).header("origin", "https://zoom.us");
    let body = json!({ "userName": "Early", "passWord": made["password"] });
    assert_eq!(send(entered.json(&body)).await.1["errorCode"], 3008, "the host is not there yet");
    let (status, script) = text(&client, "https://source.zoom.us/6.2.0/zoom-meeting-6.2.0.min.js").await;
    assert!(status == 200 && script.contains("ZoomMtg"));
    assert_eq!(text(&client, "https://source.zoom.us/lib/vendor/react.min.js").await.0, 200);
    assert_eq!(text(&client, "https://source.zoom.us/6.2.0/lib/av/js_media.min.js").await.0, 404);
}

#[tokio::test]
async fn what_the_meeting_sdk_asks_behind_the_documents_is_told_in_one_sentence() {
    let story = Story::with(builder().proxy()).await;
    let client = by_proxy(&story.zoom);
    let asked = client.post("https://zoom.us/api/v1/wc/info").form(&[("meetingNumber", "81234567890")]);
    let answer = asked.header("origin", "https://rooms.example").send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.headers()["access-control-allow-origin"].as_bytes()),
        (501, &b"*"[..])
    );
    let sentence = answer.text().await.unwrap();
    assert!(sentence.contains("does not imitate") && sentence.lines().count() == 1, "{sentence}");
    for elsewhere in
        ["https://zoom.us/", "https://zoom.us/pricing", "https://api.zoom.us/j/1", "https://us02web.zoom.us/wc"]
    {
        assert_eq!(text(&client, elsewhere).await, (501, sentence.clone()), "{elsewhere}");
    }
    let log = story.zoom.calls().entries(&zoom_sandbox::log::Filter::default());
    assert!(log.iter().any(|entry| entry.target == "https://zoom.us/api/v1/wc/info"), "the log says what was asked");
}

#[tokio::test]
async fn the_controls_are_behind_none_of_zooms_names() {
    let story = Story::with(builder().proxy()).await;
    let client = by_proxy(&story.zoom);
    for name in NAMES {
        for path in ["/sandbox", "/sandbox/v1", "/sandbox/v1/clock", "//sandbox/v1", "/%73andbox/v1"] {
            let (status, answer) = text(&client, &format!("https://{name}{path}")).await;
            assert!(matches!(status, 404 | 501), "{name}{path}: {status} {answer}");
        }
        let pulled = client.post(format!("https://{name}/sandbox/v1/unplug")).send().await.unwrap();
        assert!(matches!(pulled.status().as_u16(), 404 | 405 | 501), "{name}");
        let rebound = story.http.get(format!("{}/sandbox/v1", story.zoom.base())).header("host", name);
        assert_eq!(rebound.send().await.unwrap().status(), 403, "nor at the plain port under the name {name}");
    }
    assert_eq!(story.get("/users/me").await.0, 200, "nothing was unplugged");
}

#[tokio::test]
async fn the_marketplace_is_where_zoom_has_it_and_takes_forms_from_its_own_pages_only() {
    let story = Story::with(builder().proxy()).await;
    let client = by_proxy(&story.zoom);
    let start = client.get("https://marketplace.zoom.us/").send().await.unwrap();
    assert_eq!((start.status().as_u16(), start.headers()["location"].as_bytes()), (303, &b"/marketplace/sign-in"[..]));
    let (status, page) = text(&client, "https://marketplace.zoom.us/marketplace/sign-in").await;
    assert!(status == 200 && page.contains("Continue as Ada Okafor (sandbox)"), "{page}");
    assert_eq!(text(&client, "https://marketplace.zoom.us/marketplace/static/workbench.css").await.0, 200);
    assert_eq!(text(&client, "https://marketplace.zoom.us/develop/create").await.0, 303, "to the sign-in page too");
    let person = [("person", story.zoom.world().people()[0].id.clone())];
    for (origin, status) in [("https://marketplace.zoom.us", 303), ("https://zoom.us", 403), ("null", 403)] {
        let sent = client.post("https://marketplace.zoom.us/marketplace/sign-in").form(&person);
        let answer = sent.header("origin", origin).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{origin}");
        assert_eq!(answer.headers().contains_key("set-cookie"), status == 303, "{origin}");
    }
}

#[tokio::test]
async fn the_tls_port_answers_for_no_name_but_zooms() {
    let story = Story::with(builder().tls()).await;
    let client = by_name(&story.zoom);
    let port = story.zoom.tls_address().unwrap().port();
    for host in ["evil.example", "127.0.0.1", "localhost", "x@zoom.us", ""] {
        let asked = client.get(format!("https://zoom.us:{port}/sandbox/v1")).header("host", host);
        assert_eq!(asked.send().await.unwrap().status(), 421, "{host}");
    }
    let untrusted = client.get(format!("https://evil.example:{port}/")).send().await;
    assert!(untrusted.is_err(), "and its certificate is for nobody else");
}

/// Sends `bytes`, and reads what there is until the other side is done.
async fn say(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // Whoever closes early has heard enough.
    stream.write_all(bytes).await.ok();
    stream.shutdown().await.ok();
    let mut read = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut read)).await;
    assert!(ended.is_ok(), "the connection was held open");
    String::from_utf8_lossy(&read).into_owned()
}

#[tokio::test]
async fn the_proxy_leads_to_zoom_and_nowhere_else() {
    let story = Story::with(builder().proxy()).await;
    let proxy = story.zoom.proxy_address().unwrap();
    let plain = story.zoom.address();
    let elsewhere = ["example.org:443", "zoom.us.example.org:443", "zoom.us:80", "zoom.us:22", "x@zoom.us:443"];
    let inside = [plain.to_string(), format!("localhost:{}", plain.port()), "[::1]:443".to_owned()];
    for wanted in elsewhere.into_iter().map(str::to_owned).chain(inside) {
        let refused = say(proxy, format!("CONNECT {wanted} HTTP/1.1\r\nHost: {wanted}\r\n\r\n").as_bytes()).await;
        assert!(refused.starts_with("HTTP/1.1 403"), "{wanted}: {refused}");
        assert!(refused.ends_with(&format!("on port 443, not to {wanted}.\n")), "{refused}");
    }
    for wanted in ["zoom.us:443", "API.ZOOM.US:443", "zoom.us.:443", "vanity.zoom.us:443"] {
        let opened = say(proxy, format!("CONNECT {wanted} HTTP/1.1\r\n\r\n").as_bytes()).await;
        assert!(opened.starts_with("HTTP/1.1 200") && !opened.contains("content-length"), "{wanted}: {opened}");
    }
    for line in ["GET http://zoom.us/oauth/token", "GET /", "POST http://127.0.0.1/sandbox/v1"] {
        let refused = say(proxy, format!("{line} HTTP/1.1\r\nHost: zoom.us\r\n\r\n").as_bytes()).await;
        assert!(refused.starts_with("HTTP/1.1 405") && refused.contains("takes CONNECT only"), "{line}: {refused}");
    }
    let client = by_proxy(&story.zoom);
    assert!(client.get("https://example.org/").send().await.is_err());
}

#[tokio::test]
async fn nonsense_at_either_port_harms_nobody() {
    let story = Story::with(builder().proxy()).await;
    let (tls, proxy) = (story.zoom.tls_address().unwrap(), story.zoom.proxy_address().unwrap());
    let tunnel = b"CONNECT zoom.us:443 HTTP/1.1\r\n\r\n".as_slice();
    let long = vec![b'A'; 1_000_000];
    let nonsense: [&[u8]; 6] =
        [b"", b"\0", b"\x16\x03\x01\xff\xff\x01", b"GET / HTTP/1.1\r\n\r\n", b"\xff\xfe\r\n\r\n", &long];
    for bytes in nonsense {
        say(tls, bytes).await;
        say(proxy, bytes).await;
        say(proxy, &[tunnel, bytes].concat()).await;
    }
    let endless = [b"CONNECT zoom.us:443 HTTP/1.1\r\nx: ".as_slice(), &long].concat();
    let refused = say(proxy, &endless).await;
    assert!(refused.is_empty() || refused.starts_with("HTTP/1.1 431"), "a head has an end: {refused}");
    token_and_meeting(&story, &by_proxy(&story.zoom), "https://zoom.us/oauth/token").await;
}

#[tokio::test]
async fn a_cable_is_pulled_inside_a_tunnel_as_well() {
    let story = Story::with(builder().proxy()).await;
    let client = by_proxy(&story.zoom);
    story.zoom.faults().next("meetingCreate", 1, zoom_sandbox::Fault::CutAfter);
    let asked = client.post("https://api.zoom.us/v2/users/me/meetings").bearer_auth(&story.token);
    assert!(asked.json(&json!({ "topic": "Lost", "type": 2 })).send().await.is_err());
    assert_eq!(story.zoom.world().meetings().len(), 1, "done, and nobody was told");
}

#[tokio::test]
async fn trust_is_by_the_machines_time_and_every_run_has_its_own() {
    let story = Story::with(builder().proxy()).await;
    let other = builder().tls().start().await.unwrap();
    assert_ne!(story.zoom.ca_pem(), other.ca_pem(), "the same seed makes the same ids, never the same keys");
    let now = clock::Clock::now(&clock::SystemClock);
    let left = story.zoom.tls_ends().unwrap().duration_since(now).as_hours();
    assert!((7 * 24 - 1..=7 * 24).contains(&left), "{left} hours");
    story.pass(30 * 24 * 3600);
    token_and_meeting(&story, &by_proxy(&story.zoom), "https://zoom.us/oauth/token").await;

    let proxy = Proxy::all(format!("http://{}", story.zoom.proxy_address().unwrap())).unwrap();
    let stranger = trusting(&other).proxy(proxy).build().unwrap();
    assert!(stranger.get("https://zoom.us/").send().await.is_err(), "who trusts another run does not trust this one");
}

#[tokio::test]
async fn a_sandbox_that_was_not_asked_opens_nothing_and_one_that_stops_closes_everything() {
    let plain = Story::begin().await;
    assert_eq!((plain.zoom.tls_address(), plain.zoom.proxy_address(), plain.zoom.ca_pem()), (None, None, None));
    let story = Story::with(builder().proxy()).await;
    let (tls, proxy) = (story.zoom.tls_address().unwrap(), story.zoom.proxy_address().unwrap());
    assert!(proxy.ip().is_loopback() && tls.ip().is_loopback());
    let (status, ready) = story.control("GET", "", Value::Null).await;
    assert_eq!((status, &ready["tls"], &ready["proxy"]), (200, &json!(tls), &json!(format!("http://{proxy}"))));
    // One tunnel idle after a call, one that never shakes hands.
    let client = by_proxy(&story.zoom);
    assert_eq!(client.get("https://zoom.us/").send().await.unwrap().status(), 501);
    let mut silent = TcpStream::connect(tls).await.unwrap();
    tokio::time::timeout(Duration::from_secs(4), story.zoom.stop()).await.expect("nothing holds it up");
    assert_eq!(silent.read(&mut [0; 8]).await.unwrap_or(0), 0);
    assert!(TcpStream::connect(tls).await.is_err() && TcpStream::connect(proxy).await.is_err());
}
