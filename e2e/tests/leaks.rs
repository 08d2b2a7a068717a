//! The leak walk: every address of the route table, as every kind of person, scanned for every secret of the test world.
//!
//! Each secret is unique, so that finding it says which one leaked. The walk is fed by the table that builds the router:
//! an address whose parameters it cannot fill fails the test, so none is left out.
//!
//! The documented limit: who is admitted to a room can read that room's passcode in their own browser, because the
//! Meeting SDK needs it, as Zoom's own join link does. Those answers, and the one where a member asks for a passcode, are
//! on the list [`MEANT`]; the test demands that the scanner does catch the secrets there.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test ends at its first surprise")]

use std::collections::BTreeMap;

use e2e::{
    Client, Site,
    canary::{Canary, leaks},
    client::Answer,
};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use web::{Audience, Route, SampleBody};

const PASSCODE: &str = "Kanari-0x1";
const OTHER_PASSCODE: &str = "Kanari_9z2";

/// Answers that hold a secret on purpose: address, which secret, and whether a visitor may get it, too.
const MEANT: &[(&str, &str, bool)] = &[
    ("/admin/rooms/{room}/passcode", "passcode of the open room", false),
    // Who is admitted is sent on to Zoom's own join link, and that holds the passcode.
    ("/r/{slug}/app", "passcode of the open room", true),
];

/// Addresses that end what the walk lives on come last.
const LAST: &[&str] = &["sign-out", "delete", "remove", "revoke", "password"];

#[tokio::test]
async fn no_secret_leaves_on_any_address_nor_in_logs_metrics_or_commands() {
    let site = Site::start(&[]).await.unwrap();
    let world = World::fill(&site).await;
    let mut walk = Walk { canaries: world.canaries(&site), seen: 0, found: Vec::new(), meant: Vec::new() };
    for last in [false, true] {
        if last {
            walk.admission(&site, &world).await;
        }
        for route in web::routes().iter().filter(|route| ends_things(route) == last) {
            for (who, client) in &world.people {
                walk.step(route, who, client, &world).await;
            }
        }
    }
    walk.outside(&site).await;

    assert!(walk.seen > 4 * web::routes().len(), "the walk was short: {} answers", walk.seen);
    assert_eq!(walk.found, Vec::<String>::new());
    for (path, secret, _) in MEANT {
        let caught = walk.meant.iter().any(|meant| meant.starts_with(&format!("{path}: {secret}")));
        assert!(caught, "the scanner missed {secret} at {path}, where it is shown on purpose: {:?}", walk.meant);
    }
    site.stop().unwrap();
}

fn ends_things(route: &Route) -> bool {
    route.method == Method::DELETE || LAST.iter().any(|word| route.method != Method::GET && route.path.contains(word))
}

/// The site's people and rooms, and what parameters stand for.
struct World {
    people: Vec<(&'static str, Client)>,
    values: BTreeMap<&'static str, String>,
    secrets: Vec<(&'static str, String)>,
}

impl World {
    async fn fill(site: &Site) -> Self {
        let owner = site.member("owner", "second-owner@example.org").await.unwrap();
        let people = vec![
            ("visitor", site.visitor().unwrap()),
            ("viewer", site.member("viewer", "viewer@example.org").await.unwrap()),
            ("host", site.member("host", "host@example.org").await.unwrap()),
            ("owner", owner.clone()),
            ("program", site.api().unwrap()),
        ];
        let open = make_room(site, "An open room", PASSCODE, true).await;
        make_room(site, "A draft", OTHER_PASSCODE, false).await;
        let list = people[0].1.get("/").await.unwrap().text();
        let asset = between(&list, "/static/", "\"").unwrap();
        let (fingerprint, file) = asset.split_once('/').unwrap();
        let team = owner.get("/admin/team").await.unwrap().text();
        let connections = site.api().unwrap().json("/api/v1/connections").await.unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let values = BTreeMap::from([
            ("room", text(&open["id"])),
            ("slug", text(&open["slug"])),
            ("connection", text(&connections["items"][0]["id"])),
            ("member", between(&team, "/admin/team/", "/").unwrap().to_owned()),
            ("token", "0".repeat(64)),
            ("fingerprint", fingerprint.to_owned()),
            ("file", file.to_owned()),
            ("hue", "200".to_owned()),
        ]);
        Self { people, values, secrets: Self::secrets(site) }
    }

    fn secrets(site: &Site) -> Vec<(&'static str, String)> {
        let zoom = |name: &str| site.sandbox.program().told(&format!("/zoom/{name}")).unwrap().to_owned();
        let key = std::fs::read_to_string(site.database().with_file_name("eroom.key")).unwrap();
        vec![
            ("client secret", zoom("client_secret")),
            ("SDK secret", zoom("sdk_secret")),
            ("webhook secret", zoom("webhook_secret")),
            ("passcode of the open room", PASSCODE.to_owned()),
            ("passcode of the draft", OTHER_PASSCODE.to_owned()),
            ("sealing key", key.trim().to_owned()),
            ("owner's token", site.token().to_owned()),
            ("a password", "a long password of a test".to_owned()),
            ("a password's hash", "$argon2id$".to_owned()),
            ("a start link", "start_url".to_owned()),
        ]
    }

    fn canaries(&self, site: &Site) -> Vec<Canary> {
        let known = self.secrets.iter().map(|(name, secret)| Canary::new(name, secret));
        let key = &self.secrets.iter().find(|(name, _)| *name == "sealing key").unwrap().1;
        assert!(key.len() >= 64, "the key of {} is not the one that was looked for", site.database().display());
        known.collect()
    }
}

/// What the walk has seen so far.
struct Walk {
    canaries: Vec<Canary>,
    seen: usize,
    found: Vec<String>,
    meant: Vec<String>,
}

impl Walk {
    async fn step(&mut self, route: &Route, who: &str, client: &Client, world: &World) {
        let address = route.address(|name| world.values.get(name).cloned());
        let address = address.unwrap_or_else(|| panic!("the walk knows no value for a parameter of {}", route.path));
        let method = Method::from_bytes(route.method.as_str().as_bytes()).unwrap();
        let request = sample(client.request(method, &address), route.sample);
        let request =
            if route.audience == Audience::Api { request } else { request.header("sec-fetch-site", "same-origin") };
        let answer = client.send(request).await.unwrap();
        assert!(
            answer.status < 500,
            "{} {} as {who} answered {}:\n{}",
            route.method,
            route.path,
            answer.status,
            answer.text()
        );
        for leak in self.scan(&answer) {
            let line = format!("{}: {leak} as {who}", route.path);
            let is_meant = MEANT.iter().any(|(path, secret, for_visitors)| {
                let method = route.method == Method::POST;
                method && route.path == *path && leak.starts_with(secret) && (*for_visitors || who != "visitor")
            });
            if is_meant {
                self.meant.push(line);
            } else {
                self.found.push(line);
            }
        }
    }

    /// A visitor who is really admitted gets what the SDK needs, and nothing else that is secret.
    async fn admission(&mut self, site: &Site, world: &World) {
        let visitor = site.visitor().unwrap();
        let room = format!("/r/{}", world.values["slug"]);
        let form = [("name", "Walker")];
        let entered = visitor.request(Method::POST, &format!("{room}/join")).header("origin", site.base()).form(&form);
        let entered = visitor.send(entered).await.unwrap();
        let leaked = self.scan(&entered);
        self.found.extend(leaked.iter().map(|leak| format!("entering: {leak}")));
        let cookie = entered.header("set-cookie").and_then(|cookie| cookie.split(';').next()).unwrap();
        let entry = entered.header("location").and_then(|to| to.split_once("entry=")).unwrap().1.to_owned();
        let packet = visitor.with_cookie(cookie).request(Method::POST, &format!("{room}/call/packet"));
        let packet = visitor.send(packet.header("origin", site.base()).form(&[("entry", entry)])).await.unwrap();
        assert_eq!(packet.status, 200, "{}", packet.text());
        let (meant, leaked): (Vec<_>, Vec<_>) =
            self.scan(&packet).into_iter().partition(|leak| leak.starts_with("passcode of the open room"));
        assert!(!meant.is_empty(), "the scanner missed the passcode that the SDK is given");
        self.found.extend(leaked.iter().map(|leak| format!("the call's packet: {leak}")));
    }

    /// Logs, metrics, commands, and the database file itself.
    async fn outside(&mut self, site: &Site) {
        let log = site.running().unwrap().log().lines().join("\n");
        assert!(!log.is_empty(), "there is no log to look at");
        let metrics = site.metrics().unwrap().get("/metrics").await.unwrap();
        assert_eq!(metrics.status, 200, "no metrics to look at");
        let mut places = vec![("log", log.into_bytes()), ("metrics", metrics.body)];
        for arguments in [&["list"][..], &["list", "--json"]] {
            places.push(("eroom rooms", site.command(&["rooms"], arguments).unwrap().into_bytes()));
        }
        for file in ["eroom.db", "eroom.db-wal"] {
            // Hashes of passwords belong there; nothing else does in the clear.
            if let Ok(bytes) = std::fs::read(site.database().with_file_name(file)) {
                places.push(("database", bytes));
            }
        }
        for (place, bytes) in places {
            let leaked = leaks(&self.canaries, &bytes);
            let bad = leaked.iter().filter(|leak| place != "database" || !leak.starts_with("a password's hash"));
            self.found.extend(bad.map(|leak| format!("{place}: {leak}")));
        }
    }

    fn scan(&mut self, answer: &Answer) -> Vec<String> {
        self.seen += 1;
        let mut bytes = answer.headers.join("\n").into_bytes();
        bytes.push(b'\n');
        bytes.extend_from_slice(&answer.body);
        leaks(&self.canaries, &bytes)
    }
}

async fn make_room(site: &Site, title: &str, passcode: &str, published: bool) -> Value {
    let api = site.api().unwrap();
    let host = site.hosts(false).await.unwrap().remove(0);
    // So long that its door is open all through the test, whatever the machine's clock says.
    let now = site.sandbox.controls().json("/sandbox/v1/clock").await.unwrap();
    let minute = now["now"].as_str().unwrap()[..16].to_owned();
    let body = json!({
        "title": title, "host": host, "starts_at": minute, "zone": "UTC", "duration": 600,
        "passcode": passcode, "published": published,
    });
    let room = api.send_json(Method::POST, "/api/v1/rooms", &body).await.unwrap();
    let path = format!("/api/v1/rooms/{}", room["id"].as_str().unwrap());
    for _ in 0..600 {
        if api.json(&path).await.unwrap()["at_zoom"]["state"] == "live" {
            return room;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("the room did not get to Zoom: {room}");
}

fn sample(request: RequestBuilder, body: Option<SampleBody>) -> RequestBuilder {
    match body {
        None => request,
        Some(SampleBody::Form(fields)) => request.form(fields),
        Some(SampleBody::Json(text)) => request.header("content-type", "application/json").body(text),
        Some(SampleBody::Raw(kind, bytes)) => request.header("content-type", kind).body(bytes),
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split(after).next()
}
