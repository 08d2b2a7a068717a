//! Stories of ways in that are handed to others.

use serde_json::json;

use crate::{
    seat::Seat,
    story::{Story, builder},
};

#[tokio::test]
async fn an_invitation_says_when_where_and_with_which_passcode() {
    let story = Story::begin().await;
    let body = json!({ "topic": "Open studio", "type": 2, "start_time": "2026-11-23T17:00:00", "timezone": "Europe/Madrid",
        "password": "tiles7" });
    let (_, made) = story.send("POST", "/users/me/meetings", body).await;
    let (status, answer) = story.get(&format!("/meetings/{}/invitation", made["id"])).await;
    assert_eq!(status, 200, "{answer}");
    let text = answer["invitation"].as_str().unwrap();
    for line in [
        "Topic: Open studio",
        "Time: Nov 23, 2026 05:00 PM Europe/Madrid",
        "Join Zoom Meeting",
        made["join_url"].as_str().unwrap(),
        "Passcode: tiles7",
    ] {
        assert!(text.split("\r\n").any(|one| one == line), "{line} is missing in {text}");
    }
    let (status, missing) = story.get("/meetings/81234567890/invitation").await;
    assert_eq!((status, &missing["code"]), (404, &json!(3001)));
}

#[tokio::test]
async fn each_name_gets_a_link_of_its_own_and_hosts_without_a_licence_no_token() {
    let story = Story::begin().await;
    let id = story.meeting("Links").await["id"].clone();
    let path = format!("/meetings/{id}/invite_links");
    let (status, made) =
        story.send("POST", &path, json!({ "attendees": [{ "name": "Mei" }, { "name": "Juán" }], "ttl": 60 })).await;
    assert_eq!(status, 201, "{made}");
    assert_eq!((&made["attendees"][0]["name"], &made["attendees"][1]["name"]), (&json!("Mei"), &json!("Juán")));
    assert_ne!(made["attendees"][0]["join_url"], made["attendees"][1]["join_url"]);
    for wrong in
        [json!({ "attendees": [] }), json!({ "attendees": [{}] }), json!({ "attendees": [{ "name": "A" }], "ttl": -1 })]
    {
        let (status, refused) = story.send("POST", &path, wrong.clone()).await;
        assert_eq!((status, &refused["code"]), (400, &json!(300)), "{wrong}: {refused}");
    }
    let (status, token) = story.get(&format!("/meetings/{id}/jointoken/live_streaming")).await;
    assert_eq!((status, &token["expire_in"]), (200, &json!(120)), "{token}");
    let (_, hers) = story.send("POST", "/users/salma@northlight.example/meetings", json!({ "topic": "Basic" })).await;
    let (status, refused) = story.get(&format!("/meetings/{}/jointoken/live_streaming", hers["id"])).await;
    assert_eq!((status, &refused["code"]), (400, &json!(3000)), "{refused}");
    let story = Story::with(builder().without_scope("meeting:write:invite_links:admin")).await;
    let (status, refused) = story.send("POST", &path, json!({ "attendees": [{ "name": "Mei" }] })).await;
    assert_eq!((status, &refused["code"]), (400, &json!(4711)));
}

#[tokio::test]
async fn who_comes_by_a_link_without_picture_or_sound_begins_so() {
    let story = Story::begin().await;
    let made = story.meeting("Quiet").await;
    let attendees = json!([{ "name": "Mei", "disable_video": true }, { "name": "Juán", "disable_audio": true }]);
    let (status, links) =
        story.send("POST", &format!("/meetings/{}/invite_links", made["id"]), json!({ "attendees": attendees })).await;
    assert_eq!(status, 201, "{links}");
    let mut host = Seat::host(&story, &made).await;
    for (index, muted, video) in [(0, false, false), (1, true, true)] {
        let _guest = Seat::registrant(&story, &made, "Somebody else", &links["attendees"][index]).await;
        let came = host.hear_of("joined").await;
        assert_eq!(came["person"]["name"], links["attendees"][index]["name"]);
        assert_eq!((&came["person"]["muted"], &came["person"]["video"]), (&json!(muted), &json!(video)), "{came}");
    }
}
