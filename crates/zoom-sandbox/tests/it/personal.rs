//! Stories of personal meeting ids: rooms that are always there, and meetings held under them.

use serde_json::{Value, json};

use crate::{
    story::{Story, builder},
    webhooks::subscribed,
};

async fn under_pmi(story: &Story, over: Value) -> Value {
    let mut body = json!({ "topic": "Office hours", "type": 2, "start_time": "2026-11-23T10:00:00Z",
        "settings": { "use_pmi": true } });
    body.as_object_mut().unwrap().extend(over.as_object().unwrap().clone());
    let (status, made) = story.send("POST", "/users/me/meetings", body).await;
    assert_eq!(status, 201, "{made}");
    made
}

#[tokio::test]
async fn a_meeting_under_the_pmi_has_an_id_of_its_own_and_shows_the_pmi_in_links_and_webhooks() {
    let (story, receiver) = subscribed().await;
    let pmi = story.zoom.world().person("me").unwrap().pmi;
    let made = under_pmi(&story, json!({})).await;
    assert_ne!(made["id"], json!(pmi));
    assert_eq!((&made["pmi"], &made["settings"]["use_pmi"]), (&json!(pmi.to_string()), &json!(true)));
    assert!(made["join_url"].as_str().unwrap().contains(&format!("/j/{pmi}?pwd=")), "{}", made["join_url"]);
    let number = made["id"].as_i64().unwrap();
    assert!(story.zoom.world().call_started(number));
    let events = receiver.events(2).await;
    let object = &events[0]["payload"]["object"];
    assert_eq!((&object["id"], &object["pmi"]), (&json!(pmi), &json!(pmi.to_string())), "a number here");
    assert_eq!(events[1]["payload"]["object"]["id"], json!(pmi.to_string()), "a text here");
    let (_, list) = story.get("/users/me/meetings").await;
    assert_eq!(list["meetings"].as_array().unwrap().len(), 1, "the room itself is in no list");
}

#[tokio::test]
async fn the_users_own_setting_decides_where_the_request_does_not_and_only_for_types_2_and_3() {
    let story = Story::begin().await;
    story.send("PATCH", "/users/me", json!({ "use_pmi": true })).await;
    let plain = story.meeting("By habit").await;
    assert_eq!(plain["settings"]["use_pmi"], true);
    let no = under_pmi(&story, json!({ "settings": { "use_pmi": false } })).await;
    assert_eq!((&no["settings"]["use_pmi"], &no["pmi"]), (&json!(false), &json!(null)));
    let rule = json!({ "type": 8, "recurrence": { "type": 1, "end_times": 2 } });
    assert_eq!(under_pmi(&story, rule).await["settings"]["use_pmi"], false, "a series has a number of its own");
    let instant = under_pmi(&story, json!({ "type": 1 })).await;
    assert_eq!(instant["settings"]["use_pmi"], false);
}

#[tokio::test]
async fn a_meeting_becomes_one_that_begins_at_once_and_one_of_those_is_changed() {
    let story = Story::begin().await;
    let instant = under_pmi(&story, json!({ "type": 1 })).await;
    let path = format!("/meetings/{}", instant["id"]);
    assert_eq!(story.send("PATCH", &path, json!({ "topic": "Now" })).await, (204, Value::Null));
    assert_eq!(story.get(&path).await.1["topic"], "Now");
    let scheduled = under_pmi(&story, json!({})).await;
    let path = format!("/meetings/{}", scheduled["id"]);
    assert_eq!(story.send("PATCH", &path, json!({ "type": 1 })).await, (204, Value::Null));
    assert_eq!(story.get(&path).await.1["type"], 1);
}

#[tokio::test]
async fn all_that_is_held_under_a_personal_id_has_one_passcode_whatever_is_changed() {
    let story = Story::with(builder().scopes(zoom_sandbox::every_scope())).await;
    let pmi = story.zoom.world().person("me").unwrap().pmi;
    let made = under_pmi(&story, json!({ "password": "meet88" })).await;
    let path = format!("/meetings/{}", made["id"]);
    let passcodes = async |pmi: i64| {
        let (room, held) = (story.get(&format!("/meetings/{pmi}")).await.1, story.get(&path).await.1);
        [room["password"].clone(), held["password"].clone()]
    };
    assert_eq!(passcodes(pmi).await, ["meet88", "meet88"], "the room was not needed before");
    story.send("PATCH", &format!("/meetings/{pmi}"), json!({ "password": "room99" })).await;
    assert_eq!(passcodes(pmi).await, ["room99", "room99"]);
    assert_eq!(story.send("PATCH", "/users/me", json!({ "pmi": 5_551_234_567_i64 })).await.0, 204);
    assert_eq!(passcodes(5_551_234_567).await, ["room99", "room99"], "the room of the new id too");
}

#[tokio::test]
async fn a_personal_room_can_be_read_and_changed_and_not_deleted() {
    let story = Story::begin().await;
    let pmi = story.zoom.world().person("me").unwrap().pmi;
    let path = format!("/meetings/{pmi}");
    let (status, room) = story.get(&path).await;
    assert_eq!((status, &room["id"], &room["type"]), (200, &json!(pmi), &json!(4)), "{room}");
    assert_eq!(room["topic"], "Ada Okafor's Personal Meeting Room");
    assert_eq!(story.send("PATCH", &path, json!({ "topic": "Ada's room", "password": "knock" })).await.0, 204);
    let (_, room) = story.get(&path).await;
    assert_eq!((&room["topic"], &room["password"], &room["type"]), (&json!("Ada's room"), &json!("knock"), &json!(4)));
    let refused = story.send("DELETE", &path, json!([])).await;
    assert_eq!(refused, (400, json!({ "code": 3018, "message": "Not allowed to delete PMI." })));
    assert_eq!(story.zoom.world().meetings().len(), 0);
    let nobody = story.get("/meetings/1000000001").await;
    assert_eq!(nobody.0, 404);
}

#[tokio::test]
async fn a_pmi_has_one_passcode_for_all_that_is_held_under_it_and_moves_with_its_user() {
    let story = Story::begin().await;
    let pmi = story.zoom.world().person("me").unwrap().pmi;
    let (_, room) = story.get(&format!("/meetings/{pmi}")).await;
    let first = under_pmi(&story, json!({})).await;
    assert_eq!(first["password"], room["password"]);
    let second = under_pmi(&story, json!({ "password": "bell" })).await;
    let (_, first) = story.get(&format!("/meetings/{}", first["id"])).await;
    let (_, room) = story.get(&format!("/meetings/{pmi}")).await;
    assert_eq!(
        (&second["password"], &first["password"], &room["password"]),
        (&json!("bell"), &json!("bell"), &json!("bell"))
    );

    assert_eq!(story.send("PATCH", "/users/me", json!({ "pmi": 5_551_112_222_i64 })).await.0, 204);
    let (_, first) = story.get(&format!("/meetings/{}", first["id"])).await;
    assert_eq!(first["pmi"], "5551112222");
    assert_eq!(story.get(&format!("/meetings/{pmi}")).await.0, 404, "the old room is gone");
    assert_eq!(story.send("PATCH", "/users/me", json!({ "dept": "Music" })).await.0, 204);
    let off = json!({ "settings": { "use_pmi": false } });
    assert_eq!(story.send("PATCH", &format!("/meetings/{}", first["id"]), off).await.0, 204);
    let (_, first) = story.get(&format!("/meetings/{}", first["id"])).await;
    assert_eq!(first["pmi"], json!(null));
}

#[tokio::test]
async fn a_personal_id_is_one_room_with_one_call_and_its_number_ends_what_is_on_in_it() {
    let story = Story::begin().await;
    let pmi = story.zoom.world().person("me").unwrap().pmi;
    let later = json!({ "start_time": "2026-11-23T12:00:00Z" });
    let [first, second] = [under_pmi(&story, json!({})).await, under_pmi(&story, later).await];
    let [first, second] = [&first["id"], &second["id"]].map(|id| id.as_i64().unwrap());
    let status = async |number: i64| story.get(&format!("/meetings/{number}")).await.1["status"].clone();
    let join = async |number: i64, name: &str| {
        let answer = story.control("POST", &format!("/meetings/{number}/join"), json!({ "name": name })).await;
        assert_eq!(answer.0, 200, "{answer:?}");
    };
    assert!(story.zoom.start_call(second).unwrap());
    join(first, "Zuri").await;
    join(pmi, "Mina").await;
    assert!(!story.zoom.world().call_started(first) && !story.zoom.world().call_started(pmi), "one call at a time");
    assert_eq!([status(first).await, status(second).await, status(pmi).await], ["waiting", "started", "waiting"]);
    let there = story.zoom.running_calls();
    assert_eq!((there.len(), there[0].number, there[0].people.len()), (1, second.unsigned_abs(), 2), "{there:?}");

    let end = json!({ "action": "end" });
    assert_eq!(story.send("PUT", &format!("/meetings/{pmi}/status"), end).await.0, 204);
    assert_eq!(status(second).await, "waiting");
    assert_eq!(story.zoom.running_calls(), []);

    assert!(story.zoom.start_call(pmi).unwrap(), "the next one held under it begins");
    assert_eq!(status(first).await, "started");
    let ended = story.control("POST", &format!("/meetings/{pmi}/end"), Value::Null).await;
    assert_eq!((ended, status(first).await), ((200, json!({ "changed": true })), json!("waiting")));
}
