//! Stories of trouble: what a client sees when the sandbox misbehaves on demand, and what then is true.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::json;
use zoom_sandbox::{
    Fault,
    log::{Decision, Filter},
};

use crate::story::{Story, builder};

fn last_decision(story: &Story) -> Decision {
    story.zoom.calls().entries(&Filter::default()).last().unwrap().decision
}

#[tokio::test]
async fn a_connection_cut_before_leaves_nothing_and_one_cut_after_leaves_the_meeting() {
    let story = Story::begin().await;
    let create = || story.request("POST", "/users/me/meetings").json(&json!({ "topic": "Lost" })).send();
    story.zoom.faults().next("meetingCreate", 1, Fault::CutBefore);
    assert!(create().await.is_err());
    assert_eq!(last_decision(&story), Decision::Cut);
    assert_eq!(story.zoom.world().meetings().len(), 0);

    story.zoom.faults().next("meetingCreate", 1, Fault::CutAfter);
    assert!(create().await.is_err());
    assert_eq!(story.zoom.world().meetings().len(), 1);

    story.zoom.faults().next("meetingCreate", 1, Fault::CutMidAnswer);
    let begun = create().await.unwrap();
    assert_eq!(begun.status(), 201, "the head of the answer arrives");
    assert!(begun.bytes().await.is_err(), "its end does not");
    assert_eq!(story.zoom.world().meetings().len(), 2);
    assert_eq!(last_decision(&story), Decision::Cut);

    assert_eq!(create().await.unwrap().status(), 201, "then all is well again");
    assert_eq!(story.zoom.calls().count("meetingCreate"), 4);
}

#[tokio::test]
async fn refusals_on_demand_look_like_zooms() {
    let story = Story::begin().await;
    story.zoom.faults().next("users", 1, Fault::Unauthorized);
    assert_eq!(story.get("/users").await, (401, json!({ "code": 124, "message": "Invalid access token." })));
    story.zoom.faults().next("users", 1, Fault::DailyLimit);
    let limited = story.request("GET", "/users").send().await.unwrap();
    assert_eq!(limited.status(), 429);
    assert_eq!(limited.headers()["retry-after"], "2026-11-24T00:00:00Z");
    assert_eq!(limited.headers()["x-ratelimit-type"], "Daily-limit");
    story.zoom.faults().next("users", 1, Fault::TooFast);
    let (status, body) = story.get("/users").await;
    assert_eq!((status, &body["code"]), (429, &json!(4001)));
    story.zoom.faults().next("users", 1, Fault::ServerError);
    assert_eq!(story.get("/users").await.0, 500);
    let fine = story.request("GET", "/users").send().await.unwrap();
    assert_eq!(fine.headers()["x-ratelimit-category"], "Medium");
    assert!(fine.headers().contains_key("x-zm-trackingid"));
}

#[tokio::test]
async fn a_slow_call_waits_by_the_sandboxs_clock_and_a_hanging_one_until_the_caller_gives_up() {
    let story = Story::begin().await;
    story.zoom.faults().next("users", 1, Fault::Slow { ms: 10_000 });
    let slow = story.request("GET", "/users").send();
    tokio::pin!(slow);
    let early = tokio::time::timeout(Duration::from_millis(200), &mut slow).await;
    assert!(early.is_err(), "the clock stands still, so the answer waits");
    story.pass(10);
    assert_eq!(slow.await.unwrap().status(), 200);
    let entry = story.zoom.calls().entries(&Filter::default()).pop().unwrap();
    assert!((entry.took_ms - 10_000.0).abs() < 0.01, "{}", entry.took_ms);

    story.zoom.faults().next("users", 1, Fault::Hang);
    let hanging = story.request("GET", "/users").timeout(Duration::from_millis(200)).send().await;
    assert!(hanging.unwrap_err().is_timeout());
    story.zoom.faults().next("users", 1, Fault::Hang);
    let hanging = tokio::time::timeout(Duration::from_millis(100), story.request("GET", "/users").send());
    assert!(hanging.await.is_err());
    story.zoom.stop().await;
}

#[tokio::test]
async fn unplugged_the_sandbox_cuts_every_call_and_plugged_in_it_goes_on() {
    let story = Story::begin().await;
    story.zoom.faults().unplug();
    assert!(story.request("GET", "/users").send().await.is_err());
    assert!(story.http.post(story.zoom.oauth()).send().await.is_err());
    assert_eq!(story.control("GET", "/faults", json!({})).await.1["unplugged"], true, "the controls answer");
    story.control("POST", "/plug", json!({})).await;
    assert_eq!(story.get("/users").await.0, 200);
}

#[tokio::test]
async fn a_new_meeting_can_stay_out_of_lists_for_a_while() {
    let story = Story::begin().await;
    story.zoom.faults().hide_new_meetings_for(SignedDuration::from_secs(30));
    let made = story.meeting("Shy").await;
    assert_eq!(story.get("/users/me/meetings").await.1["total_records"], 0);
    assert_eq!(story.get(&format!("/meetings/{}", made["id"])).await.0, 200, "by its number it is found");
    assert_eq!(story.zoom.world().meetings().len(), 1, "and the truth can be counted");
    story.pass(30);
    assert_eq!(story.get("/users/me/meetings").await.1["total_records"], 1);
}

#[tokio::test]
async fn a_sandbox_started_again_on_its_file_has_what_it_answered_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deep/zoom.json");
    let first = Story::with(builder().state_file(&file)).await;
    let made = first.meeting("Kept").await;
    let (held, token) = (first.zoom.credentials(), first.token.clone());
    first.zoom.stop().await;
    let mut second = Story::with(builder().state_file(&file)).await;
    assert_eq!(second.zoom.credentials().client_secret, held.client_secret);
    second.token = token;
    let (status, read) = second.get(&format!("/meetings/{}", made["id"])).await;
    assert_eq!((status, &read["topic"]), (200, &json!("Kept")), "the old token is good, too");
    let again = second.meeting("Another").await;
    assert_ne!(again["id"], made["id"], "the same seed gives no id twice");
}

#[tokio::test]
async fn a_fault_that_would_meet_nothing_is_refused() {
    let story = Story::begin().await;
    let (status, refused) = story.control("POST", "/faults", json!({ "times": 0, "fault": "slow", "ms": 1 })).await;
    assert!(status == 400 && refused["message"].as_str().unwrap().contains("times is 0"), "{refused}");
}
