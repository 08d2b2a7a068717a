//! Stories of how often one may call, and of who made the app.

use serde_json::json;
use zoom_sandbox::Plan;

use crate::story::{Story, builder};

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
    let body: serde_json::Value = refused.json().await.unwrap();
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
