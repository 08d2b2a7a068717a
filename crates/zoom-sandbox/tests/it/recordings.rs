//! Stories of cloud recordings: when they appear, who gets their files, and how they go and come back.

use serde_json::{Value, json};

use crate::{
    held_against::hold,
    registrants::with_all_scopes,
    seat::Seat,
    story::{Story, send},
    webhooks::{Receiver, subscribe},
};

/// A UUID as a path takes it.
fn quoted(uuid: &Value) -> String {
    let once = uuid.as_str().unwrap().replace('/', "%2F").replace('+', "%2B").replace('=', "%3D");
    once.replace('%', "%25")
}

/// A call of Ada's of ten minutes that is recorded; somebody writes in it.
async fn recorded(story: &Story) -> Value {
    let body = json!({ "topic": "Kitchen Spanish", "type": 2, "start_time": "2026-11-23T10:00:00Z",
        "settings": { "auto_recording": "cloud" } });
    let (status, made) = story.send("POST", "/users/me/meetings", body).await;
    assert_eq!(status, 201, "{made}");
    let mut host = Seat::host(story, &made).await;
    story.pass(65);
    host.say(json!({ "type": "chat", "text": "Buenos días" })).await;
    host.hear_of("chat").await;
    story.pass(535);
    host.leave().await;
    made
}

/// The names of the events heard, once there are so many.
async fn heard(receiver: &Receiver, count: usize) -> Vec<(String, Value)> {
    let events = receiver.events(count).await;
    events.into_iter().map(|event| (event["event"].as_str().unwrap().to_owned(), event)).collect()
}

#[tokio::test]
async fn a_recorded_call_can_be_had_two_minutes_after_it_and_subscribers_hear_so() {
    let story = with_all_scopes().await;
    let receiver = subscribe(&story).await;
    let made = recorded(&story).await;
    let path = format!("/meetings/{}/recordings", made["id"]);
    let none = json!({ "code": 3301, "message": "There is no recording for this meeting." });
    assert_eq!(story.get(&path).await, (404, none.clone()), "Zoom still works on it");
    let file = story.zoom.world().recordings(made["id"].as_i64().unwrap())[0].files[0].id.clone();
    let (status, refused) = story.send("DELETE", &format!("{path}/{file}"), json!([])).await;
    assert_eq!((status, &refused["code"]), (400, &json!(3303)), "{refused}");
    story.pass(120);
    let (status, got) = story.get(&format!("{path}?include_fields=download_access_token&ttl=600")).await;
    assert_eq!(status, 200, "{got}");
    let never = ["auto_delete_date", "recording_files[].deleted_time"];
    hold("recordingGet", &got, &never);
    assert_eq!((&got["uuid"], &got["recording_count"], &got["duration"]), (&made["uuid"], &json!(4), &json!(10)));
    assert_eq!(story.get(&format!("/meetings/{}/recordings", quoted(&made["uuid"]))).await.1["uuid"], made["uuid"]);
    let (_, list) = story.get("/users/me/recordings").await;
    hold("recordingsList", &list, &["meetings[].auto_delete_date", "meetings[].recording_files[].deleted_time"]);
    assert_eq!((&list["total_records"], &list["from"]), (&json!(1), &json!("2026-10-23")));
    assert_eq!(story.get("/users/me/recordings?from=2020-01-01").await.1["from"], "2026-10-23", "a month at most");
    assert_eq!(story.get("/users/me/recordings?to=2026-11-22").await.1["total_records"], 0);
    assert_eq!(story.get("/users/me/recordings?meeting_id=1").await.1["code"], 3301);

    let events = heard(&receiver, 10).await;
    let of = |name: &str| events.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name}")).1.clone();
    let started = of("recording.started");
    assert_eq!(
        started["payload"]["object"]["recording_file"],
        json!({ "recording_start": "2026-11-23T09:00:00Z", "recording_end": "" })
    );
    assert_eq!(of("recording.stopped")["payload"]["object"]["recording_file"]["recording_end"], "2026-11-23T09:10:00Z");
    let completed = of("recording.completed");
    let object = &completed["payload"]["object"];
    assert_eq!(
        (&object["type"], &object["recording_count"], &object["password"]),
        (&json!(2), &json!(3), &got["password"])
    );
    assert!(completed["download_token"].is_string() && object["share_url"].is_string());
    let spoken = &of("recording.transcript_completed")["payload"]["object"]["recording_files"];
    assert_eq!((spoken.as_array().unwrap().len(), &spoken[0]["file_type"]), (1, &json!("TRANSCRIPT")));
}

#[tokio::test]
async fn the_files_are_given_to_whoever_shows_a_token_and_are_as_long_as_was_said() {
    let mut story = with_all_scopes().await;
    let receiver = subscribe(&story).await;
    let made = recorded(&story).await;
    story.pass(120);
    let path = format!("/meetings/{}/recordings?include_fields=download_access_token&ttl=60", made["id"]);
    let (_, got) = story.get(&path).await;
    let events = heard(&receiver, 10).await;
    let hook = events.iter().find(|(name, _)| name == "recording.completed").unwrap().1["download_token"].clone();
    let token = got["download_access_token"].as_str().unwrap();
    let files = got["recording_files"].as_array().unwrap();
    for file in files {
        let url = file["download_url"].as_str().unwrap();
        for bearer in [story.token.as_str(), token, hook.as_str().unwrap()] {
            let answer = story.http.get(url).bearer_auth(bearer).send().await.unwrap();
            assert_eq!(answer.status(), 200);
            assert_eq!(
                answer.bytes().await.unwrap().len(),
                usize::try_from(file["file_size"].as_u64().unwrap()).unwrap()
            );
        }
        let by_query = story.http.get(format!("{url}?access_token={token}")).send().await.unwrap();
        assert_eq!(by_query.status(), 200);
        for bearer in ["sbxnobody", "sbxx.y", &format!("{token}x")] {
            let (status, refused) = send(story.http.get(url).bearer_auth(bearer)).await;
            assert_eq!((status, &refused["code"]), (401, &json!(124)), "{refused}");
        }
        assert_eq!(send(story.http.get(url)).await.0, 401);
    }
    let text = async |kind: &str| {
        let file = files.iter().find(|file| file["file_type"] == kind).unwrap();
        let answer = story.http.get(file["download_url"].as_str().unwrap()).bearer_auth(token).send().await.unwrap();
        answer.text().await.unwrap()
    };
    assert_eq!(text("CHAT").await, "00:01:05\t Ada Okafor:\t Buenos días\r\n");
    let spoken = text("TRANSCRIPT").await;
    assert_eq!(spoken, "WEBVTT\r\n\r\n1\r\n00:01:05.000 --> 00:01:07.000\r\nAda Okafor: Buenos días\r\n");
    story.pass(60);
    let url = files[0]["download_url"].as_str().unwrap();
    assert_eq!(send(story.http.get(url).bearer_auth(token)).await.0, 401, "its minute is over");
    assert_eq!(
        send(story.http.get(format!("{}/rec/download/sbx1", story.zoom.base())).bearer_auth(&story.token)).await.0,
        404
    );
    story.pass(24 * 3600);
    assert_eq!(send(story.http.get(url).bearer_auth(hook.as_str().unwrap())).await.0, 401, "a day, not more");
    story.sign_in().await;
    assert_eq!(send(story.http.get(url).bearer_auth(&story.token)).await.0, 200);
}

#[tokio::test]
async fn links_lead_to_a_page_that_names_the_recording_to_whoever_has_the_passcode() {
    let story = with_all_scopes().await;
    let made = recorded(&story).await;
    story.pass(120);
    let path = format!("/meetings/{}/recordings", made["id"]);
    let (_, got) = story.get(&path).await;
    let page = async |address: String| {
        let answer = story.http.get(address).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let play = got["recording_files"][0]["play_url"].as_str().unwrap().to_owned();
    let events = story.zoom.world().recordings(made["id"].as_i64().unwrap());
    let share = format!("{}/rec/share/{}", story.zoom.base(), events[0].share_key);
    for link in [play, share.clone()] {
        let (status, text) = page(link.clone()).await;
        assert!(status == 200 && text.contains("passcode") && !text.contains("Kitchen Spanish"), "{text}");
        let (_, text) = page(format!("{link}?pwd={}", got["recording_play_passcode"].as_str().unwrap())).await;
        assert!(text.contains("Kitchen Spanish") && text.contains("MP4"), "{text}");
    }
    assert_eq!(page(format!("{}/rec/play/sbx1", story.zoom.base())).await.0, 404);
    story.send("PATCH", &format!("{path}/settings"), json!({ "share_recording": "none" })).await;
    assert_eq!(page(share).await.0, 404);
}

#[tokio::test]
async fn recordings_go_to_the_trash_come_back_and_go_for_good() {
    let mut story = with_all_scopes().await;
    let made = recorded(&story).await;
    story.pass(120);
    let receiver = subscribe(&story).await;
    let path = format!("/meetings/{}/recordings", made["id"]);
    let files: Vec<String> = story.get(&path).await.1["recording_files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["id"].as_str().unwrap().to_owned())
        .collect();
    let delete = async |path: String| story.send("DELETE", &path, json!([])).await;
    let put = async |path: String| story.send("PUT", &path, json!({ "action": "recover" })).await;
    let one = format!("{path}/{}", files[0]);
    assert_eq!(delete(one.clone()).await, (204, Value::Null));
    assert_eq!(story.get(&path).await.1["recording_count"], 3);
    let single = "/users/me/recordings?trash=true&trash_type=recording_file";
    let (_, trash) = story.get(single).await;
    assert_eq!(
        (&trash["total_records"], &trash["meetings"][0]["recording_files"][0]["id"]),
        (&json!(1), &json!(files[0]))
    );
    assert!(trash["meetings"][0]["recording_files"][0]["deleted_time"].is_string());
    assert_eq!(story.get("/users/me/recordings?trash=true").await.1["total_records"], 0, "not the whole meeting");
    assert_eq!(put(format!("{one}/status")).await.0, 204);
    assert_eq!(put(format!("{one}/status")).await.1["code"], 3301, "it is not in the trash any more");
    assert_eq!(story.get(&path).await.1["recording_count"], 4);

    assert_eq!(delete(path.clone()).await.0, 204);
    assert_eq!(story.get(&path).await.1["code"], 3301);
    assert_eq!(story.get("/users/me/recordings?trash=true").await.1["total_records"], 1);
    let all = format!("/meetings/{}/recordings/status", quoted(&made["uuid"]));
    let (status, refused) = story.send("PUT", &all, json!({ "action": "burn" })).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("action")));
    story.control("PUT", "/limits", json!({ "plan": "free", "enforced": false })).await;
    for path in [all.clone(), format!("{one}/status")] {
        assert_eq!(put(path).await.1["code"], 3309, "no storage on the free plan");
    }
    story.control("PUT", "/limits", json!({ "plan": "pro", "enforced": false })).await;
    assert_eq!(put(all.clone()).await.0, 200);
    assert_eq!(delete(format!("{one}?action=delete")).await.0, 204);
    assert_eq!(put(format!("{one}/status")).await.1["code"], 3301, "gone for good");
    delete(path.clone()).await;
    assert_eq!(delete(format!("{path}?action=delete")).await.0, 204, "out of the trash, too");
    assert_eq!(put(all.clone()).await.1["code"], 3301);
    let names: Vec<_> = heard(&receiver, 7).await.into_iter().map(|(name, _)| name).collect();
    let told = ["trashed", "recovered", "trashed", "recovered", "deleted", "trashed", "deleted"];
    assert_eq!(names, told.map(|verb| format!("recording.{verb}")));

    let again = recorded(&story).await;
    story.pass(120);
    story.send("DELETE", &format!("/meetings/{}/recordings", again["id"]), json!([])).await;
    story.pass(30 * 24 * 3600);
    story.sign_in().await;
    let late = format!("/meetings/{}/recordings/status", quoted(&again["uuid"]));
    assert_eq!(story.send("PUT", &late, json!({ "action": "recover" })).await.1["code"], 3301, "thirty days are over");
}

#[tokio::test]
async fn a_recordings_settings_are_read_changed_and_seen_elsewhere() {
    let story = with_all_scopes().await;
    let made = recorded(&story).await;
    story.pass(120);
    let receiver = subscribe(&story).await;
    let path = format!("/meetings/{}/recordings", made["id"]);
    let (status, settings) = story.get(&format!("{path}/settings")).await;
    assert_eq!(status, 200);
    hold("recordingSettingUpdate", &settings, &["auto_delete_date"]);
    let change = json!({ "topic": "Week three", "password": "long-enuf", "viewer_download": false, "auto_delete": true,
        "approval_type": 1, "on_demand": true, "recording_authentication": true, "authentication_domains": "x.example",
        "authentication_option": "option", "send_email_to_host": true, "share_recording": "internally", "show_social_share_buttons": true });
    assert_eq!(story.send("PATCH", &format!("{path}/settings"), change.clone()).await, (204, Value::Null));
    let (_, settings) = story.get(&format!("{path}/settings")).await;
    for (name, value) in change.as_object().unwrap() {
        assert_eq!(settings[name], *value, "{name}");
    }
    assert_eq!(settings["auto_delete_date"], "2026-12-23");
    let (_, got) = story.get(&path).await;
    assert_eq!(
        (&got["topic"], &got["password"], &got["auto_delete"]),
        (&json!("Week three"), &json!("long-enuf"), &json!(true))
    );
    let (_, event) = heard(&receiver, 1).await.remove(0);
    assert_eq!(
        (&event["event"], &event["payload"]["object"]["topic"]),
        (&json!("recording.renamed"), &json!("Kitchen Spanish"))
    );
    assert_eq!(event["payload"]["recording_file"]["topic"], "Week three");
    for (field, wrong) in [
        ("approval_type", json!(3)),
        ("share_recording", json!("all")),
        ("password", json!("short")),
        ("on_demand", json!([])),
    ] {
        let (status, refused) = story.send("PATCH", &format!("{path}/settings"), json!({ field: wrong })).await;
        assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!(field)), "{refused}");
    }
}

#[tokio::test]
async fn a_recording_that_deletes_itself_is_in_the_trash_after_thirty_days() {
    let mut story = with_all_scopes().await;
    let made = recorded(&story).await;
    story.pass(120);
    let path = format!("/meetings/{}/recordings", made["id"]);
    story.send("PATCH", &format!("{path}/settings"), json!({ "auto_delete": true })).await;
    let receiver = subscribe(&story).await;
    story.pass(30 * 24 * 3600);
    assert_eq!(heard(&receiver, 1).await[0].0, "recording.trashed");
    story.sign_in().await;
    assert_eq!(story.get(&path).await.1["code"], 3301);
    assert_eq!(story.get("/users/me/recordings?trash=true&from=2026-11-23&to=2026-12-22").await.1["total_records"], 1);
}

#[tokio::test]
async fn an_app_whose_maker_lost_their_role_sees_no_recordings_of_others() {
    let story = with_all_scopes().await;
    let body = json!({ "settings": { "auto_recording": "cloud" } });
    let (_, made) = story.send("POST", "/users/lucia@northlight.example/meetings", body.clone()).await;
    let (_, trashed) = story.send("POST", "/users/lucia@northlight.example/meetings", body).await;
    for meeting in [&made, &trashed] {
        Seat::host(&story, meeting).await.leave().await;
    }
    story.pass(120);
    let in_trash = format!("/meetings/{}/recordings", trashed["id"]);
    assert_eq!(story.send("DELETE", &in_trash, json!([])).await.0, 204);
    let ben = json!({ "email": "ben@northlight.example" });
    assert_eq!(story.send("POST", "/roles/1/members", json!({ "members": [ben] })).await.0, 201);
    assert_eq!(story.send("PUT", "/accounts/me/owner", ben).await.0, 204);
    assert_eq!(story.send("DELETE", "/roles/1/members/ada@northlight.example", json!([])).await.0, 204);
    let refusal = json!({ "code": 200, "message": "You do not have the right permissions." });
    assert_eq!(story.get(&format!("/meetings/{}/recordings", made["id"])).await, (400, refusal.clone()));
    let delete = story.send("DELETE", &format!("/meetings/{}/recordings", made["id"]), json!([])).await;
    assert_eq!(delete, (400, json!({ "code": 200, "message": "No permission." })), "it documents no words of its own");
    let recover = format!("/meetings/{}/recordings/status", quoted(&trashed["uuid"]));
    assert_eq!(story.send("PUT", &recover, json!({ "action": "recover" })).await, (400, refusal));
}

#[tokio::test]
async fn who_may_not_record_has_no_recording_and_a_host_may_begin_one_by_hand() {
    let story = with_all_scopes().await;
    let (_, basic) = story
        .send("POST", "/users/salma@northlight.example/meetings", json!({ "settings": { "auto_recording": "cloud" } }))
        .await;
    let made = story.meeting("By hand").await;
    let record = format!("/meetings/{}/record", made["id"]);
    assert_eq!(story.control("POST", &record, json!(null)).await.0, 409, "no call is on");
    for meeting in [&basic, &made] {
        story.zoom.simulate(meeting["id"].as_i64().unwrap(), &["Maya".to_owned()]).unwrap();
    }
    assert_eq!(story.control("POST", &record, json!(null)).await.0, 204);
    assert_eq!(story.control("POST", &record, json!(null)).await.0, 409, "once is enough");
    for meeting in [&basic, &made] {
        story.send("PUT", &format!("/meetings/{}/status", meeting["id"]), json!({ "action": "end" })).await;
    }
    story.pass(120);
    assert_eq!(story.get(&format!("/meetings/{}/recordings", basic["id"])).await.1["code"], 3301);
    let (_, got) = story.get(&format!("/meetings/{}/recordings", made["id"])).await;
    assert_eq!(got["recording_count"], 2, "nobody wrote anything: {got}");
    for path in ["/meetings/99999999999/recordings", "/meetings/99999999999/recordings/settings"] {
        assert_eq!(story.get(path).await.1["code"], 3301, "{path}");
    }
    let (status, refused) = story.get("/users/nobody@x.example/recordings").await;
    assert_eq!((status, &refused["code"]), (404, &json!(1001)), "{refused}");
    let other = Story::begin().await;
    for (method, path) in [
        ("GET", "/meetings/1/recordings"),
        ("GET", "/users/me/recordings"),
        ("DELETE", "/meetings/1/recordings"),
        ("DELETE", "/meetings/1/recordings/x"),
        ("PUT", "/meetings/1/recordings/x/status"),
        ("PUT", "/meetings/1/recordings/status"),
        ("GET", "/meetings/1/recordings/settings"),
        ("PATCH", "/meetings/1/recordings/settings"),
    ] {
        assert_eq!(other.send(method, path, json!({})).await.1["code"], 4711, "{method} {path}");
    }
}

#[tokio::test]
async fn recordings_of_somebody_who_goes_are_handed_over_or_belong_to_nobody() {
    let story = with_all_scopes().await;
    let mut paths = Vec::new();
    for name in ["lucia", "yuki"] {
        let body = json!({ "settings": { "auto_recording": "cloud" } });
        let (_, made) = story.send("POST", &format!("/users/{name}@northlight.example/meetings"), body).await;
        Seat::host(&story, &made).await.leave().await;
        paths.push(format!("/meetings/{}/recordings", made["id"]));
    }
    story.pass(120);
    let to_ada = "transfer_email=ada@northlight.example&transfer_recording=true";
    assert_eq!(
        story.send("DELETE", &format!("/users/lucia@northlight.example?action=delete&{to_ada}"), json!([])).await.0,
        204
    );
    assert_eq!(story.send("DELETE", "/users/yuki@northlight.example?action=delete", json!([])).await.0, 204);
    assert_eq!(story.get("/users/me/recordings").await.1["total_records"], 1);
    assert_eq!(story.get(&paths[0]).await.0, 200);
    let (status, refused) = story.get(&paths[1]).await;
    assert_eq!((status, &refused["code"]), (404, &json!(1001)), "{refused}");
}
