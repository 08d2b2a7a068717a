//! Stories of whole worlds: repeatable ones, resets, snapshots, seeds, and the file that keeps them.

use std::path::Path;

use jiff::SignedDuration;
use serde_json::{Value, json};
use zoom_sandbox::{Builder, Fault, Sandbox, Seed, Snapshot};

use crate::{
    story::{Story, builder, until},
    webhooks::subscribe,
};

async fn all_scopes() -> Story {
    let all: std::collections::BTreeSet<&str> =
        zoom_spec::operations().iter().flat_map(|operation| operation.granular.iter().copied()).collect();
    Story::with(builder().scopes(all)).await
}

/// What a client does in a while, and every id and secret it is given.
async fn some_life(story: &mut Story) -> Vec<Value> {
    story.sign_in().await;
    let user = json!({ "email": "noor@northlight.example", "type": 1, "first_name": "Noor", "last_name": "Said" });
    let (_, user) = story.send("POST", "/users", json!({ "action": "custCreate", "user_info": user })).await;
    let made = story.meeting("Repeatable").await;
    let number = made["id"].as_i64().unwrap();
    story.send("PATCH", &format!("/meetings/{number}"), json!({ "settings": { "approval_type": 0 } })).await;
    let guest = json!({ "email": "guest@example.org", "first_name": "Guest" });
    let (_, guest) = story.send("POST", &format!("/meetings/{number}/registrants"), guest).await;
    story.zoom.start_call(number).unwrap();
    story.zoom.end_call(number);
    let (_, after) = story.get(&format!("/meetings/{number}")).await;
    let held = story.zoom.credentials();
    vec![
        json!([held.account_id, held.client_id, held.client_secret, held.webhook_secret, story.token]),
        user["id"].clone(),
        json!([made["id"], made["uuid"], made["password"], made["join_url"].as_str().map(|url| url.rsplit_once('/'))]),
        json!([guest["registrant_id"], after["uuid"]]),
    ]
}

#[tokio::test]
async fn one_seed_gives_two_sandboxes_and_one_that_was_reset_the_same_ids_and_secrets() {
    let mut first = all_scopes().await;
    let receiver = subscribe(&first).await;
    let lived = some_life(&mut first).await;
    receiver.events(4).await;
    let mut second = all_scopes().await;
    subscribe(&second).await;
    let again = some_life(&mut second).await;
    assert_eq!(text(&lived, &first), text(&again, &second), "whoever listens to webhooks on the way");

    first.pass(3 * 24 * 3600);
    first.zoom.faults().next("users", 3, Fault::ServerError);
    assert_eq!(first.control("POST", "/reset", json!({})).await.0, 200);
    assert_eq!(first.zoom.world().meetings().len(), 0);
    assert_eq!((first.zoom.deliveries().len(), first.zoom.faults().rules().len()), (0, 0));
    assert_eq!(first.control("GET", "/clock", json!({})).await.1["now"], "2026-11-23T09:00:00Z");
    first.sign_in().await;
    subscribe(&first).await;
    let reset = some_life(&mut first).await;
    assert_eq!(text(&lived, &first), text(&reset, &first));

    let (status, other) = first.control("POST", "/reset", json!({ "seed": 99 })).await;
    assert_eq!((status, &other["seed"]), (200, &json!(99)));
    subscribe(&first).await;
    assert_ne!(text(&lived, &first), text(&some_life(&mut first).await, &first));
    assert_eq!(first.control("POST", "/reset", json!({ "sed": 99 })).await.0, 400, "a slip is not followed");
}

/// In one text, without the port that each sandbox has of its own.
fn text(life: &[Value], story: &Story) -> String {
    json!(life).to_string().replace(story.zoom.base(), "")
}

#[tokio::test]
async fn a_sandbox_without_a_seed_says_which_one_it_took_and_that_one_makes_it_again() {
    let first = Sandbox::builder().start().await.unwrap();
    let again = Sandbox::builder().seed(first.seed()).start().await.unwrap();
    assert_eq!(first.credentials(), again.credentials());
    first.reset().unwrap();
    assert_eq!(first.credentials(), again.credentials(), "programs need no new credentials after a reset");
}

#[tokio::test]
async fn a_snapshot_brings_back_meetings_tokens_people_and_time() {
    let story = Story::begin().await;
    let kept = story.meeting("Kept").await;
    let (status, snapshot) = story.control("GET", "/snapshot", json!(null)).await;
    assert_eq!(status, 200);
    story.send("DELETE", &format!("/meetings/{}", kept["id"]), json!([])).await;
    let later = story.meeting("Later").await;
    story.zoom.simulate(later["id"].as_i64().unwrap(), &["Iris".to_owned()]).unwrap();
    story.pass(2 * 3600);
    assert_eq!(story.get("/users").await.0, 401, "the token has expired");

    let (status, told) = story.control("PUT", "/snapshot", snapshot.clone()).await;
    assert_eq!((status, &told["meetings"]), (200, &json!(1)), "{told}");
    assert_eq!(story.control("GET", "/clock", json!({})).await.1["now"], "2026-11-23T09:00:00Z");
    assert_eq!(story.get(&format!("/meetings/{}", kept["id"])).await.0, 200);
    assert_eq!(story.get(&format!("/meetings/{}", later["id"])).await.0, 404);
    assert!(story.zoom.running_calls().is_empty());
    let next = story.meeting("Next").await;
    story.control("PUT", "/snapshot", snapshot).await;
    assert_eq!(story.meeting("Next").await["id"], next["id"], "what follows a snapshot is repeatable, too");
    assert_ne!(next["id"], kept["id"]);
}

#[tokio::test]
async fn snapshots_with_a_name_outlive_a_reset() {
    let story = Story::begin().await;
    story.meeting("Kept").await;
    let (status, list) = story.control("PUT", "/snapshots/before%20class", json!({})).await;
    assert_eq!((status, &list["items"][0]["name"]), (200, &json!("before class")), "{list}");
    assert_eq!(list["items"][0]["meetings"], 1);
    story.zoom.reset().unwrap();
    assert!(story.zoom.world().meetings().is_empty());
    assert_eq!(story.control("POST", "/snapshots/before%20class/restore", json!({})).await.0, 200);
    assert_eq!(story.zoom.world().meetings()[0].topic, "Kept");
    assert!(story.zoom.kept_snapshot("before class").is_some());
    assert_eq!(story.control("POST", "/snapshots/nothing/restore", json!({})).await.0, 404);
    assert_eq!(story.control("PUT", &format!("/snapshots/{}", "x".repeat(65)), json!({})).await.0, 400);
    assert_eq!(story.control("DELETE", "/snapshots/before%20class", json!({})).await.1["items"], json!([]));
    assert_eq!(story.control("DELETE", "/snapshots/before%20class", json!({})).await.0, 404);
    for number in 0..50 {
        story.zoom.keep_snapshot(&number.to_string(), story.zoom.snapshot()).unwrap();
    }
    let (status, full) = story.control("PUT", "/snapshots/one%20too%20many", json!({})).await;
    assert_eq!(status, 400);
    assert!(full["message"].as_str().unwrap().contains("50 snapshots"), "{full}");
}

#[tokio::test]
async fn what_is_no_snapshot_is_refused_and_changes_nothing() {
    let story = Story::begin().await;
    story.meeting("There").await;
    let (_, good) = story.control("GET", "/snapshot", json!(null)).await;
    let changed = |pointer: &str, value: Value| {
        let mut snapshot = good.clone();
        *snapshot.pointer_mut(pointer).unwrap() = value;
        snapshot
    };
    let wrong = [
        (json!([1, 2]), "not a sandbox's"),
        (json!({ "format": "something" }), "not a sandbox's"),
        (changed("/version", json!(2)), "version 2"),
        (changed("/state/people", json!([])), "nobody owns the account"),
        (changed("/state/apps/0/account_id", json!("sbxnobody")), "belongs to nobody"),
        (changed("/state/account", json!("Ada")), "does not hold together"),
        (changed("/clock", json!({ "hands": "still" })), "does not hold together"),
    ];
    for (document, why) in wrong {
        let (status, told) = story.control("PUT", "/snapshot", document).await;
        assert_eq!(status, 400, "{why}");
        assert!(told["message"].as_str().unwrap().contains(why), "{told} should say {why}");
    }
    assert_eq!(story.zoom.world().meetings().len(), 1);
    assert!(Snapshot::from_json(b"{\"format\": \"zoom-sa").is_err());
}

#[tokio::test]
async fn retries_and_held_deliveries_of_a_world_that_is_gone_are_not_sent() {
    let story = Story::begin().await;
    let receiver = subscribe(&story).await;
    story.zoom.faults().next("webhook", 1, Fault::Reorder);
    story.meeting("Held back").await;
    until("noted", || story.zoom.deliveries().len() == 1).await;
    story.zoom.reset().unwrap();
    let fresh = subscribe(&story).await;
    story.pass(90 * 60);
    let mut story = story;
    story.sign_in().await;
    story.meeting("Of the new world").await;
    assert_eq!(fresh.events(1).await[0]["payload"]["object"]["topic"], "Of the new world");
    assert_eq!(receiver.events(0).await, Vec::<Value>::new());
}

const SEED: &str = r#"{
  "users": [
    { "email": "Noor@northlight.example", "first_name": "Noor", "last_name": "Said", "webinar": true,
      "role": "admin", "timezone": "Asia/Amman", "dept": "Music" },
    { "email": "kim@northlight.example", "first_name": "Kim", "type": 1 }
  ],
  "meetings": [
    { "host": "noor@northlight.example", "topic": "Choir", "type": 2, "start_time": "2026-12-01T18:00:00",
      "settings": { "approval_type": 0 }, "registrants": [{ "email": "guest@example.org", "first_name": "Guest" }] },
    { "host": "ada@northlight.example", "topic": "Weekly", "type": 8, "start_time": "2026-12-01T18:00:00Z",
      "recurrence": { "type": 2, "weekly_days": "3", "end_times": 4 } }
  ],
  "webinars": [
    { "host": "noor@northlight.example", "topic": "Concert", "type": 5, "start_time": "2026-12-05T18:00:00Z",
      "panelists": [{ "name": "Iris", "email": "iris@example.org" }] }
  ]
}"#;

#[tokio::test]
async fn ones_own_people_and_meetings_are_there_from_the_start_and_after_a_reset() {
    let scopes = [
        "user:read:user:admin",
        "meeting:read:list_meetings:admin",
        "meeting:read:list_registrants:admin",
        "meeting:read:meeting:admin",
    ];
    let story = Story::with(builder().scopes(scopes).plant(Seed::from_json(SEED.as_bytes()).unwrap())).await;
    let receiver = subscribe(&story).await;
    let (_, noor) = story.get("/users/noor@northlight.example").await;
    assert_eq!((&noor["timezone"], &noor["role_name"]), (&json!("Asia/Amman"), &json!("Admin")), "{noor}");
    let (_, list) = story.get("/users/noor@northlight.example/meetings").await;
    let choir = &list["meetings"][0];
    assert_eq!((&choir["topic"], &choir["start_time"]), (&json!("Choir"), &json!("2026-12-01T15:00:00Z")));
    let (_, guests) = story.get(&format!("/meetings/{}/registrants", choir["id"])).await;
    assert_eq!(guests["registrants"][0]["email"], "guest@example.org", "{guests}");
    let weekly = story.zoom.world().meetings().into_iter().find(|one| one.topic == "Weekly").unwrap();
    assert_eq!(weekly.occurrences.len(), 4);
    let ids = || story.zoom.world().meetings().iter().map(|one| one.number).collect::<Vec<_>>();
    let before = ids();
    assert_eq!(before.len(), 3);
    story.zoom.reset().unwrap();
    assert_eq!(ids(), before, "and have the same numbers");
    assert_eq!(receiver.events(0).await, Vec::<Value>::new(), "nobody is told of them");
}

#[tokio::test]
async fn a_seed_that_is_sent_is_planted_whole_or_not_at_all_with_the_place_that_is_wrong() {
    let story = Story::begin().await;
    let before = story.meeting("Already there").await;
    let (status, told) = story.control("POST", "/seed", serde_json::from_str(SEED).unwrap()).await;
    assert_eq!((status, &told["people"], &told["meetings"]), (200, &json!(7), &json!(4)), "{told}");
    assert_eq!(story.get(&format!("/meetings/{}", before["id"])).await.0, 200);

    let user = |over: Value| {
        let mut user = json!({ "email": "new@northlight.example", "first_name": "New" });
        user.as_object_mut().unwrap().extend(over.as_object().unwrap().clone());
        json!({ "users": [{ "email": "good@northlight.example", "first_name": "Good" }, user] })
    };
    let meeting = |over: Value| {
        let mut meeting = json!({ "host": "ada@northlight.example", "topic": "T", "type": 2 });
        meeting.as_object_mut().unwrap().extend(over.as_object().unwrap().clone());
        json!({ "users": [{ "email": "good@northlight.example", "first_name": "Good" }], "meetings": [meeting] })
    };
    let wrong = [
        (json!({ "people": [] }), "unknown field `people`"),
        (user(json!({ "name": "New" })), "unknown field `name`"),
        (
            user(json!({ "email": "NOOR@northlight.example" })),
            "users[1].email: noor@northlight.example is in the account",
        ),
        (user(json!({ "email": "nobody" })), "users[1].email"),
        (user(json!({ "type": 3 })), "users[1].type: 3 is no licence"),
        (user(json!({ "role": "Owner" })), "users[1].role"),
        (user(json!({ "timezone": "Mars/Olympus" })), "users[1].timezone"),
        (meeting(json!({ "host": "nobody@northlight.example" })), "meetings[0]: User does not exist"),
        (meeting(json!({ "topik": "T" })), "meetings[0]: Ignored the field topik"),
        (meeting(json!({ "duration": "long" })), "meetings[0].duration"),
        (meeting(json!({ "start_time": "2020-01-01T00:00:00Z" })), "meetings[0]: start_time has passed"),
        (meeting(json!({ "settings": { "approval_type": 9 } })), "meetings[0].settings.approval_type"),
        (meeting(json!({ "panelists": [{ "name": "I", "email": "i@x.example" }] })), "meetings[0].panelists"),
        (
            meeting(json!({ "settings": { "approval_type": 0 }, "registrants": [{ "email": "a@b.example" }] })),
            "meetings[0].registrants[0].first_name",
        ),
    ];
    for (seed, why) in wrong {
        let (status, told) = story.control("POST", "/seed", seed).await;
        assert_eq!(status, 400, "{why}");
        assert!(told["message"].as_str().unwrap().contains(why), "{told} should say {why}");
    }
    assert_eq!(story.zoom.world().people().len(), 7, "nothing of the wrong ones is there");
    let wrong = Seed::from_json(b"{\"meetings\": [{ \"host\": \"nobody@x.example\", \"topic\": \"T\" }]}").unwrap();
    assert!(story.zoom.plant(&wrong).unwrap_err().to_string().contains("meetings[0]"));
    let refused = builder().plant(wrong).start().await.unwrap_err().to_string();
    assert!(refused.contains("meetings[0]"), "{refused}");
}

async fn refusal(builder: Builder) -> String {
    builder.start().await.unwrap_err().to_string()
}

fn write(file: &Path, text: &str) {
    std::fs::write(file, text).unwrap();
}

#[tokio::test]
async fn a_state_file_that_is_torn_or_somebody_elses_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("zoom.json");
    let story = Story::with(builder().state_file(&file)).await;
    story.meeting("Kept").await;
    story.zoom.stop().await;
    let whole = std::fs::read_to_string(&file).unwrap();
    for (text, why) in [
        (&whole[..whole.len() / 2], "not whole JSON"),
        ("", "not whole JSON"),
        ("My diary\n", "not whole JSON"),
        (r#"{"name": "zoom", "version": "1.0.0"}"#, "not a sandbox's"),
        (&whole.replacen("\"version\":1", "\"version\":7", 1), "version 7"),
    ] {
        write(&file, text);
        let told = refusal(builder().state_file(&file)).await;
        assert!(told.contains(why) && told.contains("zoom.json") && told.contains("move it away"), "{told}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text, "not touched");
    }
    assert!(refusal(builder().state_file(folder.path())).await.contains("is a folder"));
    write(&file, &whole);
    let again = Story::with(builder().state_file(&file)).await;
    assert_eq!(again.zoom.world().meetings()[0].topic, "Kept");
}

#[tokio::test]
async fn two_sandboxes_do_not_share_a_state_file_and_a_snapshot_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("zoom.json");
    let first = Story::with(builder().state_file(&file)).await;
    let told = refusal(builder().state_file(&file)).await;
    assert!(told.contains("in use by another sandbox"), "{told}");
    first.meeting("Of the first").await;
    let snapshot = first.zoom.snapshot().to_json().unwrap();
    first.zoom.stop().await;
    std::fs::write(&file, snapshot).unwrap();
    let second = Story::with(builder().state_file(&file)).await;
    assert_eq!(second.zoom.world().meetings()[0].topic, "Of the first");
    second.zoom.reset().unwrap();
    second.zoom.stop().await;
    let third = Story::with(builder().state_file(&file)).await;
    assert!(third.zoom.world().meetings().is_empty(), "a reset is kept, too");
}

#[cfg(unix)]
#[tokio::test]
async fn a_state_file_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("zoom.json");
    let story = Story::with(builder().state_file(&file)).await;
    story.meeting("Private").await;
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o077, 0);
}

#[tokio::test]
async fn with_the_switch_on_an_apps_newest_token_ends_its_older_ones() {
    let mut story = Story::begin().await;
    let first = story.token.clone();
    story.sign_in().await;
    let second = std::mem::replace(&mut story.token, first.clone());
    assert_eq!(story.get("/users").await.0, 200, "several are valid together");
    let (status, on) = story.control("PUT", "/switches", json!({ "newest_token_wins": true })).await;
    assert_eq!((status, on), (200, json!({ "newest_token_wins": true })));
    story.sign_in().await;
    assert_eq!(story.get("/users").await.0, 200);
    for old in [first, second] {
        story.token = old;
        assert_eq!(story.get("/users").await, (401, json!({ "code": 124, "message": "Invalid access token." })));
    }
    story.zoom.let_newest_token_win(false).unwrap();
    assert_eq!(story.control("GET", "/switches", json!({})).await.1["newest_token_wins"], false);
}

#[tokio::test]
async fn time_runs_as_fast_as_one_likes() {
    let story = Story::begin().await;
    let (_, clock) = story.control("POST", "/clock/run", json!({ "speed": 3600 })).await;
    assert_eq!((&clock["speed"], &clock["running"]), (&json!(3600), &json!(true)));
    let begun = story.zoom.clock().now_after(SignedDuration::from_mins(5)).await;
    assert!(begun, "five minutes are a twelfth of a second");
    assert_eq!(story.control("POST", "/clock/run", json!({ "speed": 0 })).await.0, 400);
    assert_eq!(story.control("POST", "/clock/run", json!({ "speed": 86_401 })).await.0, 400);
    assert_eq!(story.control("POST", "/clock/run", json!({})).await.1["speed"], 1);
    assert_eq!(story.control("POST", "/clock/freeze", json!({})).await.1["speed"], 0);
}

/// Waiting by a clock that runs.
trait NowAfter {
    async fn now_after(&self, time: SignedDuration) -> bool;
}

impl NowAfter for clock::SteeredClock {
    async fn now_after(&self, time: SignedDuration) -> bool {
        use clock::Clock as _;
        let until = self.now().saturating_add(time).unwrap();
        tokio::time::timeout(std::time::Duration::from_secs(20), self.sleep_until(until)).await.is_ok()
    }
}
