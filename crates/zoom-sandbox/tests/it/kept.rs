//! Stories of a state file while a sandbox writes it, and of what the next sandbox makes of it.

use std::path::{Path, PathBuf};

use clock::{Clock as _, SystemClock};
use jiff::SignedDuration;
use serde_json::{Value, json};
use zoom_sandbox::{Builder, Plan, Sandbox, Seed, Snapshot};

use crate::story::{Story, builder, send};

struct Kept {
    story: Story,
    folder: tempfile::TempDir,
}

impl Kept {
    async fn with(builder: Builder) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let story = Story::with(builder.unlimited().state_file(folder.path().join("zoom.json"))).await;
        Self { story, folder }
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.folder.path().join("zoom.json")).unwrap()
    }

    /// The file as a kill at this moment would leave it, under another name: the sandbox still holds its own.
    fn killed(&self) -> PathBuf {
        let copy = self.folder.path().join("killed.json");
        std::fs::write(&copy, self.bytes()).unwrap();
        copy
    }
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n').collect()
}

fn topics(read: &Snapshot) -> Vec<String> {
    let document: Value = serde_json::from_slice(&read.to_json().unwrap()).unwrap();
    let mut topics: Vec<_> = document["state"]["meetings"]
        .as_object()
        .unwrap()
        .values()
        .map(|one| one["topic"].as_str().unwrap().to_owned())
        .collect();
    topics.sort();
    topics
}

#[tokio::test]
async fn each_change_is_a_line_and_a_last_one_that_was_cut_anywhere_is_as_if_it_had_not_been() {
    let kept = Kept::with(builder()).await;
    let before = kept.bytes();
    kept.story.meeting("A").await;
    kept.story.meeting("B").await;
    let bytes = kept.bytes();
    assert!(bytes.starts_with(&before), "what was written stays as it is");
    assert_eq!(lines(&bytes).len(), lines(&before).len() + 2);
    let last = lines(&bytes).last().unwrap().len();
    assert!(last < 4096, "a change costs what it changes: {last} bytes");
    for cut in 1..last {
        let read = Snapshot::from_json(&bytes[..bytes.len() - cut]).unwrap();
        assert_eq!(topics(&read), if cut == 1 { vec!["A", "B"] } else { vec!["A"] }, "{cut} bytes short");
    }
}

#[tokio::test]
async fn lines_that_are_damaged_before_the_last_or_lead_nowhere_are_refused_and_left_as_they_are() {
    let kept = Kept::with(builder()).await;
    kept.story.meeting("A").await;
    kept.story.meeting("B").await;
    let bytes = kept.bytes();
    let [document, changes @ ..] = &lines(&bytes)[..] else { panic!("no lines") };
    let [.., a, b] = changes else { panic!("no changes") };
    let (document, a, b): (&[u8], &[u8], &[u8]) = (document, a, b);
    let file = kept.folder.path().join("damaged.json");
    for (text, why) in [
        ([document, &a[..a.len() / 2], b"\n", b].concat(), "change 1 after it"),
        ([document, a, b"My diary\n"].concat(), "change 2 after it"),
        ([document, &b"[{\"drop\":[\"state\",\"meetings\",\"1\"]}]\n"[..]].concat(), "leads nowhere"),
        ([document, &b"[{\"rows\":[[\"state\",\"people\"],4,9,[]]}]\n"[..]].concat(), "leads nowhere"),
        ([document, &b"[{\"set\":[[\"state\",\"people\"],[]]}]\n"[..]].concat(), "nobody owns the account"),
        ([document.trim_ascii_end(), a].concat(), "something follows it"),
        ([&b"{\"diary\": 1}\n"[..], a].concat(), "not a sandbox's"),
    ] {
        std::fs::write(&file, &text).unwrap();
        let told = builder().state_file(&file).start().await.unwrap_err().to_string();
        assert!(told.contains(why) && told.contains("move it away"), "{told} should say {why}");
        assert_eq!(std::fs::read(&file).unwrap(), text, "not touched");
    }
}

#[tokio::test]
async fn lines_make_way_for_a_new_document_before_they_outgrow_it_and_when_the_sandbox_stops() {
    let kept = Kept::with(builder()).await;
    let number = kept.story.meeting("Turn 0").await["id"].clone();
    let (mut most, mut anew) = (0, 0);
    for turn in 1..=150 {
        let agenda = format!("{turn} {}", "word ".repeat(300));
        let before = kept.bytes().len();
        let path = format!("/meetings/{number}");
        assert_eq!(kept.story.send("PATCH", &path, json!({ "agenda": agenda })).await.0, 204);
        let after = kept.bytes().len();
        most = most.max(after);
        anew += usize::from(after < before);
        let read = Snapshot::from_json(&kept.bytes()).unwrap().to_json().unwrap();
        let read: Value = serde_json::from_slice(&read).unwrap();
        assert_eq!(read["state"]["meetings"][number.to_string()]["agenda"], agenda);
    }
    let document = lines(&kept.bytes())[0].len();
    assert!(anew > 0 && most < 3 * document.max(64 * 1024), "{anew} new ones, {most} bytes of {document}");
    let file = kept.folder.path().join("zoom.json");
    kept.story.zoom.stop().await;
    let bytes = std::fs::read(&file).unwrap();
    assert_eq!(lines(&bytes).len(), 1, "one JSON document, that other programs read too");
    assert!(serde_json::from_slice::<Value>(&bytes).is_ok());
}

#[tokio::test]
async fn people_calls_and_registrations_are_found_as_they_were() {
    let scopes = zoom_spec::operations().iter().flat_map(|one| one.granular.iter().copied());
    let scopes: std::collections::BTreeSet<_> = scopes.collect();
    let kept = Kept::with(builder().scopes(scopes)).await;
    let story = &kept.story;
    let number = story.meeting("Kept").await["id"].as_i64().unwrap();
    let path = format!("/meetings/{number}");
    story.send("PATCH", &path, json!({ "settings": { "approval_type": 0, "auto_recording": "cloud" } })).await;
    for name in ["Ana", "Bo", "Cleo"] {
        let guest = json!({ "email": format!("{name}@example.org"), "first_name": name });
        let (status, made) = story.send("POST", &format!("{path}/registrants"), guest).await;
        assert_eq!(status, 201, "{made}");
        if name == "Bo" {
            let gone = format!("{path}/registrants/{}", made["registrant_id"].as_str().unwrap());
            assert_eq!(send(story.request("DELETE", &gone)).await.0, 204);
        }
    }
    story.zoom.simulate_with_chat(number, &["Iris".to_owned(), "Juno".to_owned()], Some("Hello".to_owned())).unwrap();
    let user = json!({ "email": "noor@northlight.example", "type": 1, "first_name": "Noor" });
    story.send("POST", "/users", json!({ "action": "custCreate", "user_info": user })).await;
    assert_eq!(send(story.request("DELETE", "/users/ben@northlight.example?action=delete")).await.0, 204);
    assert!(story.zoom.end_call(number));
    story.pass(10 * 60);
    let state = |snapshot: &Snapshot| -> Value {
        let document: Value = serde_json::from_slice(&snapshot.to_json().unwrap()).unwrap();
        document["state"].clone()
    };
    assert_eq!(state(&Snapshot::from_json(&kept.bytes()).unwrap()), state(&story.zoom.snapshot()));
    let again = Story::with(builder().state_file(kept.killed())).await;
    let people = |story: &Story| story.zoom.world().people().iter().map(|one| one.email.clone()).collect::<Vec<_>>();
    assert_eq!(people(&again), people(story));
    assert_eq!(again.zoom.world().instances(number)[0].people().len(), 2);
}

async fn clock(story: &Story) -> Value {
    story.control("GET", "/clock", json!(null)).await.1
}

#[tokio::test]
async fn a_clock_that_stands_still_stands_where_it_was_put() {
    let kept = Kept::with(builder()).await;
    kept.story.control("POST", "/clock/advance", json!({ "seconds": 3 * 24 * 3600 })).await;
    let again = Story::with(builder().state_file(kept.killed())).await;
    assert_eq!(clock(&again).await, json!({ "now": "2026-11-26T09:00:00Z", "running": false, "speed": 0 }));
    again.zoom.reset().unwrap();
    assert_eq!(clock(&again).await["now"], "2026-11-23T09:00:00Z", "a reset begins where this sandbox would have");
    again.zoom.stop().await;
    let reset = Story::with(builder().state_file(kept.folder.path().join("killed.json"))).await;
    assert_eq!(clock(&reset).await["now"], "2026-11-23T09:00:00Z");
}

/// How far a sandbox is ahead of the machine, in seconds.
fn ahead(story: &Story) -> i64 {
    story.zoom.clock().now().duration_since(SystemClock.now()).as_secs()
}

#[tokio::test]
async fn a_running_clock_stays_ahead_a_fast_one_stays_fast_and_none_goes_back() {
    let kept = Kept::with(Sandbox::builder()).await;
    let unsteered = Story::with(Sandbox::builder().state_file(kept.killed())).await;
    assert!(ahead(&unsteered).abs() < 60, "a clock that nobody steered goes with the machine's");
    drop(unsteered);

    kept.story.control("POST", "/clock/advance", json!({ "seconds": 24 * 3600 })).await;
    std::fs::rename(kept.killed(), kept.folder.path().join("day.json")).unwrap();
    let again = Story::with(Sandbox::builder().state_file(kept.folder.path().join("day.json"))).await;
    assert!((ahead(&again) - 24 * 3600).abs() < 60, "a day ahead");

    kept.story.control("POST", "/clock/run", json!({ "speed": 86_400 })).await;
    let before = kept.story.zoom.clock().now();
    kept.story.zoom.let_newest_token_win(true).unwrap();
    std::fs::rename(kept.killed(), kept.folder.path().join("fast.json")).unwrap();
    let again = Story::with(Sandbox::builder().state_file(kept.folder.path().join("fast.json"))).await;
    assert_eq!(clock(&again).await["speed"], 86_400);
    assert!(again.zoom.clock().now() >= before, "not behind what has happened");
}

#[tokio::test]
async fn a_clock_that_is_steered_from_rust_is_kept_when_the_sandbox_stops() {
    let kept = Kept::with(builder()).await;
    kept.story.zoom.clock().advance(SignedDuration::from_hours(5));
    let file = kept.folder.path().join("zoom.json");
    kept.story.zoom.stop().await;
    let again = Story::with(builder().state_file(file)).await;
    assert_eq!(clock(&again).await["now"], "2026-11-23T14:00:00Z");
}

fn people(email: &str) -> Seed {
    let users = json!({ "users": [{ "email": email, "first_name": "Noor" }] });
    Seed::from_json(users.to_string().as_bytes()).unwrap()
}

async fn refused(builder: Builder, file: &Path) -> String {
    let before = std::fs::read(file).unwrap();
    let told = builder.state_file(file).start().await.unwrap_err().to_string();
    assert_eq!(std::fs::read(file).unwrap(), before, "not touched");
    told
}

#[tokio::test]
async fn a_plan_seed_people_or_scopes_other_than_the_kept_ones_are_refused_with_what_to_do_and_the_same_go_on() {
    let noor = || people("noor@northlight.example");
    let few = || ["user:read:user:admin", "meeting:read:meeting:admin"];
    let kept = Kept::with(builder().plan(Plan::Pro).plant(noor()).scopes(few())).await;
    let file = kept.folder.path().join("zoom.json");
    kept.story.zoom.stop().await;
    let plain = || Sandbox::builder().unlimited();
    for (builder, parts) in [
        (plain().plan(Plan::Free), ["the plan pro, not free", "leave out --plan", "PUT /sandbox/v1/limits"]),
        (plain().seed(8), ["the seed 7, not 8", "leave out --seed", "another --state file"]),
        (
            plain().plant(people("kim@northlight.example")),
            ["other people", "leave out --seed-file", "/sandbox/v1/seed"],
        ),
        (plain().without_scope("user:read:user:admin"), ["other scopes", "leave out --scopes", "/marketplace"]),
        (plain().scopes(["user:read:user:admin"]), ["other scopes", "--without-scope", "another --state file"]),
    ] {
        let told = refused(builder, &file).await;
        assert!(told.contains("zoom.json") && parts.iter().all(|part| told.contains(part)), "{told}");
    }
    let same = plain().plan(Plan::Pro).seed(7).plant(noor()).scopes(few()).state_file(&file).start().await.unwrap();
    same.stop().await;
    let again = plain().state_file(&file).start().await.unwrap();
    let world = again.world();
    assert_eq!((world.account().plan, again.seed()), (Plan::Pro, 7));
    again.reset().unwrap();
    assert_eq!(world.account().plan, Plan::Pro, "a reset goes by what was kept");
    assert!(world.person("noor@northlight.example").is_some());
    again.stop().await;
    let story = Story::with(plain().state_file(&file)).await;
    assert_eq!(story.get("/users").await.1["code"], 4711, "the scopes too");
    assert_eq!(story.get("/users/me").await.0, 200);
}

#[tokio::test]
async fn a_state_without_people_of_ones_own_is_not_taken_for_one_that_was_begun_with_them() {
    let kept = Kept::with(builder()).await;
    let file = kept.folder.path().join("zoom.json");
    kept.story.zoom.stop().await;
    assert!(refused(builder().plant(people("noor@northlight.example")), &file).await.contains("--seed-file"));
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_to_a_state_file_stays_a_link_and_the_file_is_where_it_leads() {
    let folder = tempfile::tempdir().unwrap();
    let (link, real) = (folder.path().join("state.json"), folder.path().join("volume.json"));
    std::os::unix::fs::symlink("volume.json", &link).unwrap();
    let story = Story::with(builder().state_file(&link)).await;
    story.meeting("On the volume").await;
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    let told = builder().state_file(&real).start().await.unwrap_err().to_string();
    assert!(told.contains("volume.json"), "one process has it, by whichever name: {told}");
    story.zoom.stop().await;
    assert_eq!(topics(&Snapshot::from_json(&std::fs::read(&real).unwrap()).unwrap()), ["On the volume"]);

    let circle = folder.path().join("circle.json");
    std::os::unix::fs::symlink("circle.json", &circle).unwrap();
    assert!(builder().state_file(&circle).start().await.unwrap_err().to_string().contains("circle"));
}

#[tokio::test]
async fn a_call_whose_beginning_cannot_be_written_does_not_begin_and_says_so() {
    let Kept { story, folder } = Kept::with(builder()).await;
    let number = story.meeting("Nowhere to write").await["id"].clone();
    let path = format!("/meetings/{number}");
    // The file is open, so lines still go there; the next document finds no folder.
    drop(folder);
    let agenda = "word ".repeat(380);
    let mut status = 204;
    for turn in 0..200 {
        status = story.send("PATCH", &path, json!({ "agenda": format!("{turn} {agenda}") })).await.0;
        if status != 204 {
            break;
        }
    }
    assert_eq!(status, 500, "the folder is gone");
    let (status, told) = story.control("POST", &format!("{path}/start"), json!({})).await;
    assert!(status == 500 && told["message"].as_str().unwrap().contains("state file"), "{told}");
    assert_eq!(story.get(&path).await.1["status"], "waiting");
    assert_eq!(story.zoom.running_calls(), []);
}
