//! Stories of deliveries that go wrong on demand, and of those that are sent again.

use serde_json::{Value, json};
use zoom_sandbox::{DeliveryFilter, DeliveryState, Fault};

use crate::{
    story::{Story, builder, until},
    webhooks::{Receiver, subscribed},
};

fn topics(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["payload"]["object"]["topic"].as_str().unwrap()).collect()
}

async fn fault(story: &Story, rule: Value) {
    let (status, told) = story.control("POST", "/faults", rule).await;
    assert_eq!(status, 200, "{told}");
}

#[tokio::test]
async fn a_receiver_hears_duplicates_and_what_comes_out_of_order() {
    let (story, receiver) = subscribed().await;
    fault(&story, json!({ "operation": "webhook", "times": 1, "fault": "duplicate" })).await;
    story.meeting("Twice").await;
    assert_eq!(topics(&receiver.events(2).await), ["Twice", "Twice"]);
    fault(&story, json!({ "operation": "webhook", "times": 1, "fault": "reorder" })).await;
    story.meeting("First").await;
    story.meeting("Second").await;
    assert_eq!(topics(&receiver.events(4).await)[2..], ["Second", "First"]);
    fault(&story, json!({ "operation": "webhook", "times": 1, "fault": "reorder" })).await;
    story.meeting("Alone").await;
    until("held", || story.zoom.deliveries().last().is_some_and(|one| one.next_at.is_some())).await;
    assert_eq!(receiver.events(4).await.len(), 4, "it waits for one to overtake it");
    story.pass(60);
    assert_eq!(topics(&receiver.events(5).await)[4], "Alone", "but not for ever");
}

#[tokio::test]
async fn a_delivery_may_be_late_or_never_come() {
    let (story, receiver) = subscribed().await;
    fault(&story, json!({ "operation": "webhook", "times": 1, "fault": "delay", "ms": 30_000 })).await;
    story.meeting("Late").await;
    story.meeting("In time").await;
    assert_eq!(topics(&receiver.events(1).await), ["In time"]);
    story.pass(30);
    assert_eq!(topics(&receiver.events(2).await)[1], "Late");
    fault(&story, json!({ "operation": "webhook", "times": 1, "fault": "drop" })).await;
    story.meeting("Lost").await;
    story.meeting("Found").await;
    assert_eq!(topics(&receiver.events(3).await)[2], "Found");
    let lost = &story.zoom.deliveries()[2];
    assert_eq!(lost.state, DeliveryState::Dropped);
    story.pass(90 * 60);
    let (status, again) = story.control("POST", &format!("/deliveries/{}/resend", lost.id), json!({})).await;
    assert_eq!((status, &again["state"]), (200, &json!("delivered")), "{again}");
    assert_eq!(topics(&receiver.events(4).await)[3], "Lost", "it comes when somebody asks for it");
}

#[tokio::test]
async fn a_receiver_that_checks_signatures_refuses_a_bad_one_and_one_that_does_not_is_found_out() {
    let (story, receiver) = subscribed().await;
    receiver.expect_forgeries();
    fault(&story, json!({ "operation": "webhook", "times": 1, "fault": "bad_signature" })).await;
    story.meeting("Forged").await;
    until("refused", || story.zoom.deliveries()[0].state == DeliveryState::Failed).await;
    assert_eq!(story.zoom.deliveries()[0].attempts[0].status, Some(401));
    assert_eq!(receiver.forged(), 1);
    story.meeting("Honest").await;
    assert_eq!(topics(&receiver.events(1).await), ["Honest"]);

    let careless = Receiver::listen_carelessly(story.zoom.credentials().webhook_secret).await;
    story.zoom.subscribe_webhooks(careless.url()).await.unwrap();
    story.zoom.faults().next("webhook", 2, Fault::BadSignature);
    story.meeting("Forged again").await;
    careless.events(1).await;
    let taken =
        || story.zoom.deliveries().into_iter().find(|one| one.url == careless.url() && !one.attempts.is_empty());
    until("taken", || taken().is_some()).await;
    assert!(taken().unwrap().attempts[0].problem.contains("although its signature was wrong"));
}

#[tokio::test]
async fn faults_that_would_meet_nothing_are_refused() {
    let story = Story::begin().await;
    for (rule, why) in [
        (json!({ "operation": "webhook", "fault": "cut_after" }), "does not happen to webhooks"),
        (json!({ "operation": "meetingCreate", "fault": "drop" }), "happens to webhooks only"),
        (json!({ "fault": "duplicate" }), "happens to webhooks only"),
        (json!({ "operation": "webhook", "fault": "explode" }), "unknown variant"),
    ] {
        let (status, told) = story.control("POST", "/faults", rule).await;
        assert_eq!(status, 400);
        assert!(told["message"].as_str().unwrap().contains(why), "{told}");
    }
}

#[tokio::test]
async fn a_delivery_is_sent_again_by_its_id_with_what_was_sent_and_each_try_is_told() {
    let (mut story, receiver) = subscribed().await;
    receiver.set_status(500);
    story.meeting("Stubborn").await;
    until("tried", || story.zoom.deliveries()[0].attempts.len() == 1).await;
    until("planned", || story.zoom.deliveries()[0].next_at.is_some()).await;
    receiver.set_status(200);
    story.pass(10);
    let (status, told) = story.control("POST", "/deliveries/1/resend", json!({})).await;
    assert_eq!(status, 200, "{told}");
    let events = receiver.events(2).await;
    assert_eq!(events[0], events[1]);
    let tries = told["attempts"].as_array().unwrap();
    assert_eq!((&tries[0]["cause"], &tries[0]["status"]), (&json!("first"), &json!(500)));
    assert_eq!(tries[0]["problem"], "The receiver answered 500.");
    assert_eq!(
        (&tries[1]["cause"], &tries[1]["status"], &tries[1]["at"]),
        (&json!("resend"), &json!(200), &json!("2026-11-23T09:00:10Z"))
    );
    assert_eq!((&told["state"], &told["next_at"]), (&json!("delivered"), &json!(null)));
    story.pass(90 * 60);
    story.sign_in().await;
    story.meeting("After").await;
    assert_eq!(receiver.events(3).await.len(), 3, "what was taken meanwhile is not tried again");

    let (status, shown) = story.control("GET", "/deliveries/1", json!({})).await;
    assert_eq!((status, &shown["body"]["event"]), (200, &json!("meeting.created")));
    assert_eq!(story.control("GET", "/deliveries/77", json!({})).await.0, 404);
    assert_eq!(story.control("POST", "/deliveries/77/resend", json!({})).await.0, 404);
}

#[tokio::test]
async fn all_deliveries_that_fit_are_replayed_in_their_order() {
    let (story, receiver) = subscribed().await;
    let made = story.meeting("One").await;
    story.meeting("Two").await;
    story.send("DELETE", &format!("/meetings/{}", made["id"]), json!([])).await;
    receiver.events(3).await;
    until("delivered", || story.zoom.deliveries().iter().all(|one| one.state == DeliveryState::Delivered)).await;
    let (status, told) = story.control("POST", "/deliveries/replay", json!({ "event": "meeting.created" })).await;
    assert_eq!((status, told), (202, json!({ "ids": [1, 2] })));
    assert_eq!(topics(&receiver.events(5).await)[3..], ["One", "Two"]);
    let about =
        DeliveryFilter { meeting: made["id"].as_i64(), event: Some("meeting".into()), ..DeliveryFilter::default() };
    assert_eq!(story.zoom.replay(&about), [1, 3]);
    receiver.events(7).await;
    let (_, one) = story.control("GET", "/deliveries?state=delivered&event=meeting.deleted", json!({})).await;
    assert_eq!(one["items"].as_array().unwrap().len(), 1);
    let (_, news) = story.control("GET", &format!("/deliveries?since={}", 1_000_000), json!({})).await;
    assert_eq!(news["items"], json!([]));
    assert_eq!(story.control("POST", "/deliveries/replay", json!({ "evnt": "x" })).await.0, 400);
}

#[tokio::test]
async fn webhooks_go_to_this_computer_and_where_the_owner_allows() {
    let (story, _) = subscribed().await;
    let (status, told) = story.control("PUT", "/webhooks", json!({ "url": "http://10.0.0.1/" })).await;
    assert_eq!(status, 400);
    assert!(told["message"].as_str().unwrap().contains("--webhook-allow 10.0.0.1"), "{told}");
    let (_, mut snapshot) = story.control("GET", "/snapshot", json!(null)).await;
    snapshot["state"]["apps"][0]["subscriptions"][0]["url"] = json!("http://10.0.0.1/hook");
    assert_eq!(story.control("PUT", "/snapshot", snapshot).await.0, 200);
    story.meeting("Into the house").await;
    until("refused", || story.zoom.deliveries()[0].state == DeliveryState::Failed).await;
    let attempt = story.zoom.deliveries()[0].attempts[0].clone();
    assert_eq!(attempt.status, None);
    assert!(attempt.problem.starts_with("Not sent: 10.0.0.1 is not this computer"), "{}", attempt.problem);

    let open = Story::with(builder().allow_webhook_host("hooks.invalid")).await;
    let refused = open.zoom.subscribe_webhooks("http://hooks.invalid/x").await.unwrap_err().to_string();
    assert!(refused.contains("cannot be reached"), "it was tried: {refused}");
}

#[tokio::test]
async fn a_call_is_started_and_ended_from_the_workbench_and_receivers_hear_of_it() {
    let (story, receiver) = subscribed().await;
    let number = story.meeting("Open studio").await["id"].as_i64().unwrap();
    let path = |what: &str| format!("/meetings/{number}/{what}");
    assert_eq!(story.control("POST", &path("start"), json!({})).await.1, json!({ "changed": true }));
    assert_eq!(story.control("POST", &path("start"), json!({})).await.1, json!({ "changed": false }));
    story.control("POST", &path("simulate"), json!({ "names": ["Iris"] })).await;
    let (_, list) = story.control("GET", "/meetings", json!({})).await;
    let row = &list["items"][0];
    assert_eq!((&row["status"], &row["host"]), (&json!("started"), &json!("Ada Okafor")));
    let iris =
        json!([{ "participant": 16_778_240, "name": "Iris", "host": false, "simulated": true, "waiting": false }]);
    assert_eq!(row["people"], iris);
    assert_eq!(story.control("POST", &path("end"), json!({})).await.1, json!({ "changed": true }));
    assert_eq!(story.control("POST", &path("end"), json!({})).await.1, json!({ "changed": false }));
    let events = receiver.events(3).await;
    let names: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(names, ["meeting.created", "meeting.started", "meeting.ended"]);
    for what in ["start", "end"] {
        assert_eq!(story.control("POST", &format!("/meetings/5/{what}"), json!({})).await.0, 404);
    }
    for names in [json!([]), json!([""]), json!(["x".repeat(65)])] {
        assert_eq!(story.control("POST", &path("simulate"), json!({ "names": names })).await.0, 400);
    }
}
