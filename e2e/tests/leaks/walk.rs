//! The walk itself: every address of the route table as every kind of person, then everything else that leaves.

use std::path::Path;

use e2e::{Site, Start, client::Answer};
use reqwest::{Method, RequestBuilder};
use web::{Audience, Route, SampleBody};

use crate::{
    call::Inside,
    world::{Walker, World},
};

/// Answers that hold a secret on purpose: address, which secret, and whether a visitor may get it, too.
pub(crate) const MEANT: &[(&str, &str, bool)] = &[
    ("/admin/rooms/{room}/passcode", "passcode of the open room", false),
    // Who is admitted is sent on to Zoom's own join link, and that holds the passcode.
    ("/r/{slug}/app", "passcode of the open room", true),
];

/// Addresses that end what the walk lives on come last.
const LAST: &[&str] = &["sign-out", "delete", "remove", "revoke", "password"];

/// What the sandbox's workbench shows on purpose: to its developer, the credentials to set eRoom up with.
const FOR_ITS_DEVELOPER: &[&str] = &["client secret", "SDK secret", "webhook secret"];

/// What a walk has seen.
#[derive(Default)]
pub(crate) struct Walk {
    pub(crate) seen: usize,
    /// Leaks, each with where and as whom.
    pub(crate) found: Vec<String>,
    /// Secrets where they are on purpose: that the scanner sees them there.
    pub(crate) meant: Vec<String>,
}

impl Walk {
    /// All of it.
    pub(crate) async fn through(site: &Site, world: &mut World) -> Self {
        let mut walk = Self::default();
        for last in [false, true] {
            if last {
                walk.call(world).await;
                walk.sandbox(site, world).await;
            }
            for route in web::routes().iter().filter(|route| ends_things(route) == last) {
                for walker in &world.people {
                    walk.step(route, walker, world).await;
                }
            }
        }
        walk.outside(site, world).await;
        walk
    }

    async fn step(&mut self, route: &Route, walker: &Walker, world: &World) {
        let who = walker.who;
        let address = route.address(|name| world.values.get(name).cloned());
        let address = address.unwrap_or_else(|| panic!("the walk knows no value for a parameter of {}", route.path));
        let method = Method::from_bytes(route.method.as_str().as_bytes()).unwrap();
        let request = sample(walker.client.request(method, &address), route.sample);
        let request =
            if route.audience == Audience::Api { request } else { request.header("sec-fetch-site", "same-origin") };
        let answer = walker.client.send(request).await.unwrap();
        let (method, path, status) = (&route.method, route.path, answer.status);
        assert!(status < 500, "{method} {path} as {who} answered {status}:\n{}", answer.text());
        for leak in self.scan(world, &answer) {
            let is_meant = MEANT.iter().any(|(meant, secret, for_visitors)| {
                method == Method::POST
                    && path == *meant
                    && leak.starts_with(secret)
                    && (*for_visitors || who != "visitor")
            });
            let line = format!("{path}: {leak} as {who}");
            if is_meant { self.meant.push(line) } else { self.found.push(line) }
        }
    }

    /// What the two in the call were given on their way, and what they heard from then on.
    async fn call(&mut self, world: &mut World) {
        let (host, visitor) = (world.host.number(), world.visitor.number());
        world.host.say_everything(&visitor, &world.said).await;
        world.visitor.say_everything(&host, &world.said).await;
        for inside in [&mut world.host, &mut world.visitor] {
            inside.wait_for("signal").await;
            inside.listen().await;
        }
        world.host.rule(&visitor).await;
        world.visitor.wait_for("closed").await;
        world.host.wait_for("closed").await;
        for inside in [&world.host, &world.visitor] {
            self.inside(world, inside);
        }
    }

    fn inside(&mut self, world: &World, inside: &Inside) {
        let who = inside.who;
        let own = |name: &str| format!("{who}'s {name}");
        // The way in: each answer, with what it holds because this very browser needs it.
        let packet = [own("signature"), own("ZAK"), "passcode of the open room".to_owned()];
        for (place, bytes, needed) in [
            ("the cookie on the way", wire(&inside.entered), &[own("grant")][..]),
            ("the call's packet", wire(&inside.packet), &packet[..]),
            ("what the SDK sends", inside.joining.clone().into_bytes(), &packet[..]),
            ("the SDK's answer", wire(&inside.joined), &[own("ticket")][..]),
            // The server repeats to nobody what it was told to let them in.
            ("the socket", inside.heard.join("\n").into_bytes(), &[][..]),
        ] {
            self.seen += 1;
            for leak in world.canaries.leaks(&bytes) {
                let line = format!("{place}: {leak} as {who}");
                let is_meant = needed.iter().any(|secret| leak.starts_with(secret.as_str()));
                if is_meant { self.meant.push(line) } else { self.found.push(line) }
            }
        }
        assert!(inside.heard.len() > 6, "the {who} heard next to nothing: {:?}", inside.heard);
    }

    /// The sandbox's own pages, controls and log: they hide what they hide, whoever looks.
    async fn sandbox(&mut self, site: &Site, world: &World) {
        let controls = site.sandbox.controls();
        let number = &world.number;
        let mut places: Vec<String> =
            ["", "/calls?limit=1000", "/counters", "/faults", "/webhooks", "/deliveries", "/meetings", "/clock"]
                .iter()
                .map(|name| format!("/sandbox/v1{name}"))
                .collect();
        places.extend(["/sandbox".to_owned(), format!("/j/{number}"), format!("/s/{number}")]);
        let calls = site.sandbox.calls("meetingCreate").await.unwrap();
        places.push(format!("/sandbox/v1/calls/{}", calls[0]["id"]));
        for place in places {
            let answer = controls.get(&place).await.unwrap();
            let well = answer.status == 200 || !place.starts_with("/sandbox") && answer.status < 500;
            assert!(well, "{place} of the sandbox answered {}", answer.status);
            for leak in self.scan(world, &answer) {
                let line = format!("{place} of the sandbox: {leak}");
                let shown = place == "/sandbox" && FOR_ITS_DEVELOPER.iter().any(|secret| leak.starts_with(secret));
                // The log names the member that it hides the value of.
                let named = leak.starts_with("a start link's name");
                if shown || named { self.meant.push(line) } else { self.found.push(line) }
            }
        }
        self.bytes(world, "the sandbox's log", site.sandbox.program().log().lines().join("\n").as_bytes());
    }

    /// Logs, metrics, commands, and the folder of data that a backup is a copy of.
    async fn outside(&mut self, site: &Site, world: &World) {
        let log = site.running().unwrap().log().lines().join("\n");
        assert!(!log.is_empty(), "there is no log to look at");
        self.bytes(world, "log", log.as_bytes());
        self.bytes(world, "what serve prints", site.running().unwrap().out().lines().join("\n").as_bytes());
        let metrics = site.metrics().unwrap().get("/metrics").await.unwrap();
        assert_eq!(metrics.status, 200, "no metrics to look at");
        self.bytes(world, "metrics", &metrics.body);
        self.commands(site, world);
        let folder = site.database().parent().unwrap().to_owned();
        let mut looked_at = Vec::new();
        for file in files(&folder) {
            let name = file.strip_prefix(&folder).unwrap().display().to_string();
            // Hashes of passwords belong into the database; the key belongs into its own file, and nowhere else.
            let belongs = match name.as_str() {
                "eroom.key" => "sealing key",
                _ => "a password's hash",
            };
            for leak in world.canaries.leaks(&std::fs::read(&file).unwrap()) {
                let line = format!("{name}: {leak}");
                if leak.starts_with(belongs) { self.meant.push(line) } else { self.found.push(line) }
            }
            looked_at.push(name);
        }
        for needed in ["eroom.db", "eroom.key"] {
            assert!(looked_at.iter().any(|name| name == needed), "{needed} is not among {looked_at:?}");
        }
    }

    /// What the command line prints. A one-time link and a token that it makes are new, and for who asked.
    fn commands(&mut self, site: &Site, world: &World) {
        let draft = ["create", "Another", "--starts-at", "2031-05-06T18:30", "--zone", "UTC", "--host"];
        let host = "ben@northlight.example";
        for (name, arguments) in [
            ("rooms", vec!["list"]),
            ("rooms", vec!["list", "--json"]),
            ("rooms", vec!["list", "--past"]),
            ("rooms", [&draft[..], &[host, "--json"]].concat()),
            ("admin", vec!["create", "--role", "viewer", "--email", "another@example.org"]),
            ("admin", vec!["token", "another@example.org"]),
            ("admin", vec!["password", "another@example.org"]),
        ] {
            let said = site.command(&[name], &arguments).unwrap();
            self.bytes(world, &format!("eroom {name} {}", arguments[0]), said.as_bytes());
        }
        let (status, document, log) = Start::new("openapi").finish().unwrap();
        assert!(status.success() && document.contains("/api/v1/rooms"), "no OpenAPI document: {log}");
        self.bytes(world, "eroom openapi", document.as_bytes());
    }

    fn bytes(&mut self, world: &World, place: &str, bytes: &[u8]) {
        self.seen += 1;
        self.found.extend(world.canaries.leaks(bytes).into_iter().map(|leak| format!("{place}: {leak}")));
    }

    fn scan(&mut self, world: &World, answer: &Answer) -> Vec<String> {
        self.seen += 1;
        world.canaries.leaks(&wire(answer))
    }
}

/// An answer's headers and body, as they came.
fn wire(answer: &Answer) -> Vec<u8> {
    [answer.headers.join("\n").as_bytes(), b"\n", &answer.body].concat()
}

fn ends_things(route: &Route) -> bool {
    route.method == Method::DELETE || LAST.iter().any(|word| route.method != Method::GET && route.path.contains(word))
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn sample(request: RequestBuilder, body: Option<SampleBody>) -> RequestBuilder {
    match body {
        None => request,
        Some(SampleBody::Form(fields)) => request.form(fields),
        Some(SampleBody::Json(text)) => request.header("content-type", "application/json").body(text),
        Some(SampleBody::Raw(kind, bytes)) => request.header("content-type", kind).body(bytes),
    }
}
