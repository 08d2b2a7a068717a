//! The test world of the leak walk: its people, its rooms, its secrets, and what parameters of addresses stand for.

use std::collections::BTreeMap;

use e2e::{Client, Site, canary::Canaries};
use reqwest::Method;
use serde_json::{Value, json};

use crate::call::Inside;

pub(crate) const PASSCODE: &str = "Kanari-0x1";
pub(crate) const OTHER_PASSCODE: &str = "Kanari_9z2";
const PASSWORD: &str = "a long password of a test";

/// Somebody who walks: nobody, a login, or a program with a token.
pub(crate) struct Walker {
    pub(crate) who: &'static str,
    pub(crate) client: Client,
}

/// A site with people in it, two of whom are in a call.
pub(crate) struct World {
    pub(crate) people: Vec<Walker>,
    pub(crate) values: BTreeMap<&'static str, String>,
    pub(crate) canaries: Canaries,
    pub(crate) host: Inside,
    pub(crate) visitor: Inside,
    /// The open room's number at Zoom.
    pub(crate) number: String,
    pub(crate) said: String,
}

impl World {
    /// Fills a site. `said` is what people write: on the open room's page, and in its chat.
    pub(crate) async fn fill(site: &Site, said: &str) -> Self {
        let mut canaries = Canaries::default();
        let mut people = vec![Walker { who: "visitor", client: site.visitor().unwrap() }];
        for who in ["viewer", "host", "owner"] {
            let client = site.member(who, &format!("{who}-who-walks@example.org")).await.unwrap();
            let session = client.cookie().and_then(|cookie| cookie.split_once('=')).unwrap().1;
            canaries.add(&format!("the {who}'s session"), session);
            people.push(Walker { who, client });
        }
        let owner = people[3].client.clone();
        people.push(Walker { who: "program", client: site.api().unwrap() });

        let open = make_room(site, json!({ "title": "An open room", "passcode": PASSCODE, "agenda": said })).await;
        make_room(site, json!({ "title": "A draft", "passcode": OTHER_PASSCODE, "published": false })).await;
        let (room, slug) = (text(&open["id"]), text(&open["slug"]));
        let host = Inside::host(site, &owner, &room).await;
        let visitor = Inside::visitor(site, &slug).await;
        for inside in [&host, &visitor] {
            inside.add_secrets_to(&mut canaries);
        }
        let number = text(&host.packet.json().unwrap()["meetingNumber"]);
        add_secrets(site, &mut canaries);
        add_start_link(site, &number, &mut canaries).await;

        let list = people[0].client.get("/").await.unwrap().text();
        let (fingerprint, file) = between(&list, "/static/", "\"").unwrap().split_once('/').unwrap();
        let team = owner.get("/admin/team").await.unwrap().text();
        let connections = site.api().unwrap().json("/api/v1/connections").await.unwrap();
        let values = BTreeMap::from([
            ("page_url", format!("{}/r/{slug}", site.base().trim_end_matches('/'))),
            ("room", room),
            ("slug", slug),
            ("connection", text(&connections["items"][0]["id"])),
            ("member", between(&team, "/admin/team/", "/").unwrap().to_owned()),
            ("token", "0".repeat(64)),
            ("fingerprint", fingerprint.to_owned()),
            ("file", file.to_owned()),
            ("hue", "200".to_owned()),
            ("operation", "users".to_owned()),
        ]);
        Self { people, values, canaries, host, visitor, number, said: said.to_owned() }
    }
}

/// What the site was told or made before anybody walked.
fn add_secrets(site: &Site, canaries: &mut Canaries) {
    let zoom = |name: &str| site.sandbox.program().told(&format!("/zoom/{name}")).unwrap().to_owned();
    let key = std::fs::read_to_string(site.database().with_file_name("eroom.key")).unwrap();
    assert!(key.trim().len() >= 64, "the key of {} is not the one that was looked for", site.database().display());
    // A one-time link that nobody opens: what was printed is in nobody else's hands.
    let printed = site.command(&["admin"], &["password", "viewer-who-walks@example.org"]).unwrap();
    let link = printed.trim().rsplit('/').next().unwrap().to_owned();
    let secrets = [
        ("client secret", zoom("client_secret")),
        ("SDK secret", zoom("sdk_secret")),
        ("webhook secret", zoom("webhook_secret")),
        ("passcode of the open room", PASSCODE.to_owned()),
        ("passcode of the draft", OTHER_PASSCODE.to_owned()),
        ("sealing key", key.trim().to_owned()),
        ("owner's token", site.token().to_owned()),
        ("a one-time link", link),
        ("a password", PASSWORD.to_owned()),
        ("a password's hash", "$argon2id$".to_owned()),
        ("a start link's name", "start_url".to_owned()),
    ];
    for (name, secret) in secrets {
        canaries.add(name, &secret);
    }
}

/// The start link that Zoom's own answer holds, read with the credentials that eRoom has.
async fn add_start_link(site: &Site, number: &str, canaries: &mut Canaries) {
    let told = |pointer: &str| site.sandbox.program().told(pointer).unwrap().to_owned();
    let oauth = Client::new(&told("/oauth")).unwrap();
    let form = [("grant_type", "account_credentials".to_owned()), ("account_id", told("/zoom/account_id"))];
    let request =
        oauth.request(Method::POST, "").basic_auth(told("/zoom/client_id"), Some(told("/zoom/client_secret")));
    let token = text(&oauth.send(request.form(&form)).await.unwrap().json().unwrap()["access_token"]);
    let zoom = Client::new(&told("/api")).unwrap().with_token(&token);
    let meeting = zoom.json(&format!("/meetings/{number}")).await.unwrap();
    let link = text(&meeting["start_url"]);
    canaries.add("a start link", &link);
    canaries.add("a start link's ZAK", link.split_once("zak=").unwrap().1);
    canaries.add("an access token of Zoom", &token);
}

async fn make_room(site: &Site, mut body: Value) -> Value {
    let api = site.api().unwrap();
    let host = site.hosts(false).await.unwrap().remove(0);
    // So long that its door is open all through the test, whatever the machine's clock says.
    let now = site.sandbox.controls().json("/sandbox/v1/clock").await.unwrap();
    let minute = now["now"].as_str().unwrap()[..16].to_owned();
    let when = json!({ "host": host, "starts_at": minute, "zone": "UTC", "duration": 600 });
    body.as_object_mut().unwrap().extend(when.as_object().unwrap().clone());
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

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split(after).next()
}
