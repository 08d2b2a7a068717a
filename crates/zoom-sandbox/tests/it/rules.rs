//! Stories of what meetings may and may not: who schedules for whom, who may hold them, how long their numbers live.

use serde_json::{Value, json};

use crate::{
    registrants::with_all_scopes,
    story::{Story, builder},
    webhooks::subscribed,
};

const DAY: i64 = 24 * 3600;

async fn without_licence(story: &Story, user: &str) {
    let (status, refused) = story.send("PATCH", &format!("/users/{user}"), json!({ "type": 4 })).await;
    assert_eq!(status, 204, "{refused}");
}

#[tokio::test]
async fn an_assistant_schedules_for_who_made_them_one_and_for_nobody_else() {
    let story = with_all_scopes().await;
    let lucia = story.zoom.world().person("lucia@northlight.example").unwrap();
    let ada = story.zoom.world().person("me").unwrap();
    let wish = json!({ "topic": "For Lucía", "type": 2, "schedule_for": lucia.email });
    let refused = story.send("POST", "/users/me/meetings", wish.clone()).await;
    let words = format!("You cannot schedule a meeting for {}", lucia.email);
    assert_eq!(refused, (400, json!({ "code": 3000, "message": words })));

    let assistants = format!("/users/{}/assistants", lucia.id);
    let (status, made) = story.send("POST", &assistants, json!({ "assistants": [{ "email": ada.email }] })).await;
    assert_eq!(status, 201, "{made}");
    let (status, made) = story.send("POST", "/users/me/meetings", wish).await;
    assert_eq!(status, 201, "{made}");
    assert_eq!((&made["host_id"], &made["assistant_id"]), (&json!(lucia.id), &json!(ada.id)));
    assert_eq!(story.get("/users/me/meetings").await.1["total_records"], 0);

    let own = story.meeting("Ada's").await;
    let path = format!("/meetings/{}", own["id"]);
    assert_eq!(story.send("PATCH", &path, json!({ "schedule_for": lucia.id })).await.0, 204, "handed over");
    let (_, read) = story.get(&path).await;
    assert_eq!((&read["host_email"], &read["assistant_id"]), (&json!(lucia.email), &json!(ada.id)));
    let back = story.send("PATCH", &path, json!({ "schedule_for": ada.id })).await;
    assert_eq!((back.0, &back.1["code"]), (400, &json!(3000)), "Ada has no assistant");
}

#[tokio::test]
async fn schedule_for_is_refused_for_strangers_and_for_instant_meetings() {
    let story = with_all_scopes().await;
    let post = |body: Value| story.send("POST", "/users/me/meetings", body);
    let invalid =
        "The value that you entered in the `schedule_for` field is invalid. Enter a valid value and try again.";
    let refused = post(json!({ "type": 2, "schedule_for": "nobody@x.example" })).await;
    assert_eq!(refused, (400, json!({ "code": 300, "message": invalid })));
    let refused = post(json!({ "type": 1, "schedule_for": "lucia@northlight.example" })).await;
    assert_eq!((refused.0, &refused.1["code"]), (400, &json!(3000)), "{}", refused.1);
    assert!(refused.1["message"].as_str().unwrap().starts_with("Instant meetings do not support"));

    let sub =
        json!({ "first_name": "Sub", "last_name": "Owner", "email": "owner@sub.example", "password": "Pretend-1" });
    assert_eq!(story.send("POST", "/accounts", sub).await.0, 201);
    let made = story.meeting("With chat").await;
    let chat =
        json!({ "schedule_for": "owner@sub.example", "settings": { "continuous_meeting_chat": { "enable": true } } });
    let refused = story.send("PATCH", &format!("/meetings/{}", made["id"]), chat).await;
    let outside = "Unable to schedule for a user outside of your account for a meeting with continuous chat.";
    assert_eq!(refused, (400, json!({ "code": 3000, "message": outside })));
}

#[tokio::test]
async fn who_loses_the_licence_to_host_is_told_so_by_every_operation_on_their_meetings() {
    let story = with_all_scopes().await;
    let body = json!({ "topic": "Last one", "type": 2 });
    let (_, made) = story.send("POST", "/users/yuki@northlight.example/meetings", body.clone()).await;
    without_licence(&story, "yuki@northlight.example").await;
    let path = format!("/meetings/{}", made["id"]);
    let owners = "Your user account is not allowed meeting hosting and scheduling capabilities.";
    let general = "Meeting hosting and scheduling capabilities are not allowed for your user account.";
    let link = json!({ "attendees": [{ "name": "Ana" }] });
    let calls = [
        ("POST", "/users/yuki@northlight.example/meetings".to_owned(), body, owners),
        ("GET", path.clone(), json!(null), owners),
        ("PATCH", path.clone(), json!({ "topic": "New" }), owners),
        ("DELETE", path.clone(), json!(null), general),
        ("GET", "/users/yuki@northlight.example/meetings".to_owned(), json!(null), general),
        ("PUT", format!("{path}/status"), json!({ "action": "end" }), general),
        ("GET", format!("{path}/invitation"), json!(null), general),
        ("POST", format!("{path}/invite_links"), link, general),
        ("GET", format!("{path}/jointoken/live_streaming"), json!(null), general),
    ];
    for (method, path, body, message) in calls {
        let answer = story.send(method, &path, body).await;
        assert_eq!(answer, (400, json!({ "code": 3161, "message": message })), "{method} {path}");
    }
}

#[tokio::test]
async fn a_number_lives_for_thirty_days_after_its_last_use_and_that_of_a_series_for_a_year() {
    let mut story = Story::with(builder().unlimited()).await;
    let once = story.meeting("Once").await;
    let (_, often) = story.send("POST", "/users/me/meetings", json!({ "topic": "Often", "type": 3 })).await;
    let status = |story: &Story, made: &Value| {
        let request = story.request("GET", &format!("/meetings/{}", made["id"]));
        async move { crate::story::send(request).await.0 }
    };
    story.pass(31 * DAY);
    story.sign_in().await;
    assert_eq!((status(&story, &once).await, status(&story, &often).await), (404, 200));
    assert!(story.zoom.world().call_started(often["id"].as_i64().unwrap()));
    assert!(story.zoom.world().call_ended(often["id"].as_i64().unwrap()));
    story.pass(364 * DAY);
    story.sign_in().await;
    assert_eq!(status(&story, &often).await, 200, "used since");
    story.pass(2 * DAY);
    story.sign_in().await;
    assert_eq!(status(&story, &often).await, 404);
}

#[tokio::test]
async fn a_recovered_meeting_is_told_of() {
    let (story, receiver) = subscribed().await;
    let made = story.meeting("Back again").await;
    let path = format!("/meetings/{}", made["id"]);
    story.send("DELETE", &path, json!([])).await;
    assert_eq!(story.send("PUT", &format!("{path}/status"), json!({ "action": "recover" })).await.0, 204);
    assert_eq!(story.send("PUT", &format!("{path}/status"), json!({ "action": "recover" })).await.0, 204);
    story.send("PATCH", &path, json!({ "topic": "Told once" })).await;
    let events = receiver.events(4).await;
    assert_eq!(events[2]["event"], "meeting.recovered");
    let payload = &events[2]["payload"];
    assert_eq!((&payload["object"]["id"], &payload["operation"]), (&made["id"], &json!("single")));
    assert_eq!(payload["operator"], "ada@northlight.example");
    assert_eq!(events[3]["event"], "meeting.updated", "recovering what is there is no event");
}

#[tokio::test]
async fn prescheduling_is_for_types_2_and_3() {
    let story = Story::begin().await;
    let (_, made) = story.send("POST", "/users/me/meetings", json!({ "type": 3, "pre_schedule": true })).await;
    assert_eq!(made["pre_schedule"], true);
    let (_, instant) = story.send("POST", "/users/me/meetings", json!({ "type": 1, "pre_schedule": true })).await;
    assert_eq!(instant["pre_schedule"], false);
    let path = format!("/meetings/{}", made["id"]);
    let refused = story.send("PATCH", &path, json!({ "type": 1, "pre_schedule": true })).await;
    let words = "Prescheduling is only available for scheduled meetings (type 2) and recurring meetings with no fixed \
                 time (type 3).";
    assert_eq!(refused, (400, json!({ "code": 3000, "message": words })));
}

#[tokio::test]
async fn domains_that_may_join_are_separated_by_semicolons() {
    let story = Story::begin().await;
    let domains = |text: &str| json!({ "settings": { "enforce_login_domains": text } });
    let words = json!({ "code": 300, "message": "Invalid `enforce_login_domains`. Separate multiple domains with semicolons." });
    for wrong in ["a.example,b.example", "a example", "nodot", "a..b"] {
        assert_eq!(story.send("POST", "/users/me/meetings", domains(wrong)).await, (400, words.clone()), "{wrong}");
    }
    let (status, _) = story.send("POST", "/users/me/meetings", domains("a.example; *.b.example")).await;
    assert_eq!(status, 201);
}

#[tokio::test]
async fn webinars_that_play_a_recording_are_not_turned_on() {
    let story = with_all_scopes().await;
    let post = |body: Value| story.send("POST", "/users/ben@northlight.example/webinars", body);
    let refusal = |code: u16, message: &str| (400, json!({ "code": code, "message": message }));
    assert_eq!(
        post(json!({ "type": 5, "is_simulive": true })).await,
        refusal(300, "Account hasn't enabled simulive webinar.")
    );
    assert_eq!(
        post(json!({ "type": 6, "is_simulive": true })).await,
        refusal(4505, "Simulive can't select `No Fixed Time`.")
    );
    assert_eq!(
        post(json!({ "type": 5, "is_simulive": true, "schedule_for": "lucia@northlight.example" })).await,
        refusal(300, "Can not schedule simulive webinar for others.")
    );
}

#[tokio::test]
async fn an_agenda_is_whole_when_read_and_cut_at_250_characters_in_lists() {
    let story = Story::begin().await;
    let agenda = "ä".repeat(1000);
    let (_, made) = story.send("POST", "/users/me/meetings", json!({ "type": 2, "agenda": agenda })).await;
    assert_eq!(story.get(&format!("/meetings/{}", made["id"])).await.1["agenda"], json!(agenda));
    let (_, list) = story.get("/users/me/meetings").await;
    assert_eq!(list["meetings"][0]["agenda"], json!("ä".repeat(250)));
}
