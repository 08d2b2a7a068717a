//! Stories of how often one may call, and of who made the app.

use serde_json::{Value, json};
use tokio_util::task::TaskTracker;
use zoom_sandbox::{Fault, Plan};

use crate::story::{Story, builder, send, until};

#[tokio::test]
async fn a_free_account_reads_four_light_things_a_second_and_then_waits() {
    let mut story = Story::with(builder().plan(Plan::Free)).await;
    for _ in 0..4 {
        assert_eq!(story.get("/users/me").await.0, 200);
    }
    let refused = story.request("GET", "/users/me").send().await.unwrap();
    assert_eq!(refused.status(), 429);
    let header = |name: &str| refused.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(header("x-ratelimit-category").as_deref(), Some("Light"));
    assert_eq!(header("x-ratelimit-type").as_deref(), Some("QPS"));
    assert_eq!(header("x-ratelimit-limit").as_deref(), Some("4"));
    assert_eq!(header("retry-after"), None, "the limit per second says nothing of when to come back");
    let body: Value = refused.json().await.unwrap();
    let message = "You have reached the maximum per-second rate limit for this API. Try again later.";
    assert_eq!(body, json!({ "code": 4001, "message": message }));
    assert_eq!(story.get("/users").await.0, 200, "medium calls have a bucket of their own");
    story.pass(1);
    assert_eq!(story.get("/users/me").await.0, 200);
    story.sign_in().await;
}

#[tokio::test]
async fn the_day_of_a_free_account_has_two_thousand_medium_calls_and_ends_at_midnight_utc() {
    let mut story = Story::with(builder().plan(Plan::Free)).await;
    for _ in 0..1_000 {
        assert_eq!(story.get("/users").await.0, 200);
        assert_eq!(story.get("/users").await.0, 200);
        story.pass(1);
    }
    let refused = story.request("GET", "/users").send().await.unwrap();
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["retry-after"], "2026-11-24T00:00:00Z");
    assert_eq!(refused.headers()["x-ratelimit-type"], "Daily-limit");
    story.pass(15 * 3600);
    story.sign_in().await;
    assert_eq!(story.get("/users").await.0, 200, "a new day");
}

#[tokio::test]
async fn the_hundred_and_first_plan_of_a_host_waits_for_tomorrow_while_others_go_on() {
    let mut story = Story::begin().await;
    let id = story.meeting("Plans").await["id"].clone();
    for round in 0..99 {
        let (status, body) =
            story.send("PATCH", &format!("/meetings/{id}"), json!({ "topic": format!("{round}") })).await;
        assert_eq!(status, 204, "{body}");
        story.pass(1);
    }
    let (status, body) = story.send("POST", "/users/me/meetings", json!({ "topic": "One too many" })).await;
    assert_eq!((status, &body["code"]), (429, &json!(429)), "{body}");
    assert!(body["message"].as_str().unwrap().contains("daily rate limit (100)"), "{body}");
    let (status, _) = story.send("POST", "/users/lucia@northlight.example/meetings", json!({ "topic": "Hers" })).await;
    assert_eq!(status, 201);
    story.pass(24 * 3600);
    story.sign_in().await;
    assert_eq!(story.send("PATCH", &format!("/meetings/{id}"), json!({ "topic": "Again" })).await.0, 204);
}

#[tokio::test]
async fn limits_can_be_switched_and_shown_in_every_answer() {
    let story = Story::begin().await;
    let (status, shown) = story.control("GET", "/limits", json!(null)).await;
    let expected = json!({ "plan": "business", "enforced": true, "strict_window": false, "all_headers": false });
    assert_eq!((status, shown), (200, expected));
    let wish = json!({ "plan": "pro", "all_headers": true, "strict_window": true });
    assert_eq!(story.control("PUT", "/limits", wish).await.0, 200);
    let answer = story.request("GET", "/users/me").send().await.unwrap();
    assert_eq!(answer.headers()["x-ratelimit-limit"], "30");
    assert_eq!(answer.headers()["x-ratelimit-remaining"], "29");
    assert_eq!(story.control("PUT", "/limits", json!({ "plan": "free", "enforced": false })).await.0, 200);
    for _ in 0..20 {
        assert_eq!(story.get("/users/me").await.0, 200, "nothing is refused");
    }
    assert_eq!(story.control("PUT", "/limits", json!({ "plan": "gold" })).await.0, 400);
}

async fn invite(story: &Story, action: &str, number: u32) -> (u16, Value) {
    let info = json!({ "email": format!("new{number}@northlight.example"), "type": 1 });
    story.send("POST", "/users", json!({ "action": action, "user_info": info })).await
}

#[tokio::test]
async fn a_free_account_invites_fifty_users_a_day_and_makes_others_meanwhile() {
    let mut story = Story::with(builder().plan(Plan::Free)).await;
    for number in 0..50 {
        assert_eq!(invite(&story, "create", number).await.0, 201);
        story.pass(1);
    }
    let info = json!({ "email": "late@northlight.example", "type": 1 });
    let body = json!({ "action": "create", "user_info": info });
    let refused = story.request("POST", "/users").json(&body).send().await.unwrap();
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["retry-after"], "2026-11-24T00:00:00Z");
    assert_eq!(refused.headers()["x-ratelimit-limit"], "50");
    story.pass(1);
    assert_eq!(invite(&story, "custCreate", 51).await.0, 201, "only invitations are counted");
    assert_eq!(story.control("PUT", "/limits", json!({ "plan": "pro" })).await.0, 200);
    assert_eq!(invite(&story, "create", 52).await.0, 201, "another plan, another number");
    assert_eq!(story.control("PUT", "/limits", json!({ "plan": "free" })).await.0, 200);
    story.pass(24 * 3600);
    story.sign_in().await;
    assert_eq!(invite(&story, "create", 53).await.0, 201, "a new day");
}

#[tokio::test]
async fn a_user_who_is_being_changed_is_not_changed_by_a_second_call() {
    let story = Story::begin().await;
    story.zoom.faults().next("userUpdate", 1, Fault::Slow { ms: 10_000 });
    let slow = story.request("PATCH", "/users/lucia@northlight.example").json(&json!({ "dept": "Garden" }));
    let slow = TaskTracker::new().spawn(send(slow));
    until("the slow call has begun", || story.zoom.calls().count("userUpdate") == 1).await;
    let (_, lucia) = story.get("/users/lucia@northlight.example").await;
    let path = format!("/users/{}", lucia["id"].as_str().unwrap());
    let busy = "Too many concurrent requests. A request to update this user has already been made.";
    let by_address = "/users/Lucia@northlight.example";
    for (method, path) in [("PATCH", path.as_str()), ("PATCH", by_address), ("DELETE", path.as_str())] {
        let refused = story.send(method, path, json!({ "dept": "Hill" })).await;
        assert_eq!(refused, (429, json!({ "code": 429, "message": busy })), "{method} {path}");
    }
    assert_eq!(story.send("PATCH", "/users/ben@northlight.example", json!({ "dept": "Sea" })).await.0, 204);
    let plan = json!({ "topic": "A meeting is no change of its host", "type": 2 });
    assert_eq!(story.send("POST", &format!("{path}/meetings"), plan).await.0, 201);
    story.pass(10);
    assert_eq!(slow.await.unwrap().0, 204);
    assert_eq!(story.get(&path).await.1["dept"], "Garden");
    assert_eq!(story.send("PATCH", &path, json!({ "dept": "Hill" })).await.0, 204, "now it is free");
}

#[tokio::test]
async fn a_user_who_is_being_deleted_is_not_deleted_again_and_a_call_that_hangs_up_frees_them() {
    let story = Story::begin().await;
    let path = "/users/yuki@northlight.example";
    story.zoom.faults().next("userDelete", 1, Fault::Hang);
    let hanging = TaskTracker::new().spawn(story.request("DELETE", path).send());
    until("the call hangs", || story.zoom.calls().count("userDelete") == 1).await;
    let busy = "Too many concurrent requests. A request to disassociate this user has already been made.";
    assert_eq!(story.send("DELETE", path, json!([])).await, (429, json!({ "code": 429, "message": busy })));
    story.control("PUT", "/limits", json!({ "enforced": false })).await;
    assert_eq!(story.send("PATCH", path, json!({ "dept": "Sky" })).await.0, 204, "limits are off, and this one too");
    story.control("PUT", "/limits", json!({ "enforced": true })).await;
    hanging.abort();
    let again = async || story.send("DELETE", path, json!([])).await.0 != 429;
    while !again().await {
        story.pass(1);
    }
    assert_eq!(story.get(path).await.0, 404);
}
