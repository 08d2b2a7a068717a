//! Stories of the speakers of an event, and of the links that people come by.

use serde_json::json;

use crate::{
    story::send,
    zoom_events::{begin, complete, conference, refused},
};

#[tokio::test]
async fn a_speaker_is_made_read_changed_and_taken_away() {
    let story = begin().await;
    let path = format!("{}/speakers", conference(&story).await);
    let body = json!({ "name": "Ines", "email": "ines@x.example", "job_title": "Mason", "biography": "Builds.",
        "company_name": "Walls", "company_website": "https://x.example", "linkedin_url": "l", "twitter_url": "t",
        "youtube_url": "y", "featured_in_event_detail_page": true, "featured_in_lobby": true });
    let (status, made) = story.send("POST", &path, body).await;
    assert_eq!(status, 201, "{made}");
    complete("createSpeaker", "", &made, &[]);
    assert_eq!(made["visible_in_lobby"], true, "Zoom's default");
    let one = format!("{path}/{}", made["speaker_id"].as_str().unwrap());
    assert_eq!(story.send("PATCH", &one, json!({ "job_title": "Architect" })).await.0, 204);
    let (_, read) = story.get(&one).await;
    assert_eq!((&read["job_title"], &read["name"]), (&json!("Architect"), &json!("Ines")));
    let (_, list) = story.get(&path).await;
    assert_eq!((&list["total_records"], &list["speakers"][0]), (&json!(1), &read));

    let again = story.send("POST", &path, json!({ "name": "Other", "email": "INES@x.example" })).await;
    refused(&again, 400, 1003, "The email address has already been used by another speaker.");
    let rude = story.send("PATCH", &one, json!({ "biography": "so sbxobjectionable" })).await;
    refused(&rude, 400, 1001, "Content moderation check failed.");

    assert_eq!(send(story.request("DELETE", &one)).await.0, 204);
    refused(&send(story.request("DELETE", &one)).await, 403, 2005, "Speaker not found.");
    refused(&story.send("PATCH", &one, json!({})).await, 403, 2005, "Speaker not found.");
    refused(&story.get(&one).await, 404, 2005, "Speaker not found.");
    refused(&story.get("/zoom_events/events/none/speakers").await, 404, 2002, "Event not found.");
}

#[tokio::test]
async fn an_event_takes_three_hundred_speakers() {
    let story = begin().await;
    let path = format!("{}/speakers", conference(&story).await);
    for turn in 0..300 {
        assert_eq!(story.send("POST", &path, json!({ "name": format!("Speaker {turn}") })).await.0, 201);
    }
    let one_more = story.send("POST", &path, json!({ "name": "One more" })).await;
    refused(&one_more, 403, 3002, "You have exceeded the maximum speaker capacity.");
}

#[tokio::test]
async fn links_have_names_of_their_own_and_one_is_the_default() {
    let story = begin().await;
    let event = conference(&story).await;
    let path = format!("{event}/access_links");
    assert_eq!(story.get(&path).await.1, json!({ "access_links": [] }));
    let body = |name: &str, default: bool| {
        json!({ "name": name, "type": "registration", "is_default": default, "authentication_method": "bypass_auth",
            "idp_name": "okta", "allow_domain_list": ["x.example"], "email_restrict_list": ["a@x.example"],
            "security_at_join": { "email_authentication": true, "security_code_verification": false },
            "recurring_registration_option": "all_sessions" })
    };
    let (status, first) = story.send("POST", &path, body("Front door", false)).await;
    assert_eq!((status, &first["is_default"]), (201, &json!(true)), "the only one: {first}");
    complete("createEventAccessLink", "", &first, &["ticket_type_id"]);
    let (_, second) = story.send("POST", &path, body("Side door", true)).await;
    let one = format!("{path}/{}", second["access_link_id"].as_str().unwrap());
    let (_, list) = story.get(&path).await;
    let defaults: Vec<_> = list["access_links"].as_array().unwrap().iter().map(|link| &link["is_default"]).collect();
    assert_eq!(defaults, [false, true]);
    complete("getEventAccessLinks", "access_links[].", &list["access_links"][0], &["ticket_type_id"]);

    let unique = "Please ensure that each join link has a unique name.";
    refused(&story.send("POST", &path, body("Side door", false)).await, 400, 261_203, unique);
    let answer = story.send("PATCH", &one, json!({ "name": "Front door" })).await;
    refused(&answer, 400, 261_203, &format!("{unique}."));
    let group = json!({ "name": "Group", "type": "group-join", "authentication_method": "zoom_account",
        "ticket_type_id": "none" });
    refused(&story.send("POST", &path, group).await, 400, 261_202, "The ticket type could not be found.");
    let wrong = story.send("POST", &path, json!({ "name": "x", "type": "tunnel" })).await;
    assert_eq!((wrong.0, &wrong.1["code"]), (400, &json!(300)), "{}", wrong.1);

    assert_eq!(story.send("PATCH", &one, json!({ "name": "Back door" })).await.0, 204);
    assert_eq!(story.get(&one).await.1["name"], "Back door");
    assert_eq!(send(story.request("DELETE", &one)).await.0, 204);
    refused(&story.get(&one).await, 404, 261_201, "Event access link not found.");
    assert_eq!(story.get(&path).await.1["access_links"][0]["is_default"], true, "another takes its place");
}

#[tokio::test]
async fn a_speaker_cannot_become_somebody_who_has_another_part_in_their_session() {
    let story = begin().await;
    let event = conference(&story).await;
    let (_, ines) = story.send("POST", &format!("{event}/speakers"), json!({ "name": "Ines" })).await;
    let mut session = crate::zoom_events_sessions::session("Walls", 2);
    session["session_speakers"] = json!([{ "speaker_id": ines["speaker_id"] }]);
    let (_, session) = story.send("POST", &format!("{event}/sessions"), session).await;
    let one = format!("{event}/speakers/{}", ines["speaker_id"].as_str().unwrap());
    let message = "The same person has been assigned multiple roles. A user is not allowed to hold multiple roles in \
                   the same session.";
    refused(&story.send("PATCH", &one, json!({ "email": "pan@x.example" })).await, 400, 1005, message);
    assert_eq!(story.send("PATCH", &one, json!({ "email": "ines@x.example" })).await.0, 204);
    assert_eq!(send(story.request("DELETE", &one)).await.0, 204);
    let path = format!("{event}/sessions/{}", session["session_id"].as_str().unwrap());
    assert_eq!(story.get(&path).await.1["session_speakers"], json!([]), "the session goes on without them");
}
