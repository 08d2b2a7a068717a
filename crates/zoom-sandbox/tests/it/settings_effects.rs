//! Stories of what settings do: to new meetings and webinars, to passcodes, to polls and surveys.

use serde_json::{Value, json};

use crate::{
    registrants::with_all_scopes,
    settings::{ACCOUNT, BEN, LOCKS, patch, seen},
    story::{Story, send},
    visitor::Visitor,
    webhooks::subscribe,
};

const SECURITY: &str = "/accounts/me/settings?option=meeting_security";

/// A meeting of Ben's, or what he is told instead.
async fn schedule(story: &Story, body: Value) -> (u16, Value) {
    story.send("POST", "/users/ben@northlight.example/meetings", body).await
}

async fn made(story: &Story, body: Value) -> Value {
    let (status, made) = schedule(story, body).await;
    assert_eq!(status, 201, "{made}");
    made
}

/// A webinar of Ben's.
async fn webinar(story: &Story, body: Value) -> Value {
    let (status, made) = story.send("POST", "/users/ben@northlight.example/webinars", body).await;
    assert_eq!(status, 201, "{made}");
    made
}

#[tokio::test]
async fn a_meeting_about_which_nothing_is_said_follows_its_hosts_settings() {
    let story = with_all_scopes().await;
    let account = json!({
        "schedule_meeting": { "host_video": true, "participant_video": true, "audio_type": "voip", "join_before_host": true,
            "jbh_time": 10 },
        "recording": { "auto_recording": "cloud" },
        "in_meeting": { "watermark": true, "request_permission_to_unmute_participants": true, "webinar_question_answer": false },
        "email_notification": { "alternative_host_reminder": false },
    });
    patch(&story, ACCOUNT, account).await;
    patch(&story, BEN, json!({ "schedule_meeting": { "audio_type": "telephony" } })).await;
    let settings = made(&story, json!({ "topic": "Plain" })).await["settings"].clone();
    for (name, value) in [
        ("host_video", json!(true)),
        ("participant_video", json!(true)),
        ("audio", json!("telephony")),
        ("join_before_host", json!(true)),
        ("jbh_time", json!(10)),
        ("use_pmi", json!(false)),
        ("auto_recording", json!("cloud")),
        ("watermark", json!(true)),
        ("request_permission_to_unmute_participants", json!(true)),
        ("alternative_hosts_email_notification", json!(false)),
    ] {
        assert_eq!(settings[name], value, "{name}");
    }
    let sent = made(&story, json!({ "topic": "Own", "settings": { "host_video": false, "audio": "both" } })).await;
    assert_eq!((&sent["settings"]["host_video"], &sent["settings"]["audio"]), (&json!(false), &json!("both")));
    let webinar = webinar(&story, json!({ "topic": "Talk" })).await["settings"].clone();
    assert_eq!((&webinar["panelists_video"], &webinar["auto_recording"]), (&json!(true), &json!("cloud")));
    assert_eq!(webinar["question_and_answer"]["enable"], json!(false));
    patch(&story, SECURITY, json!({ "meeting_security": { "waiting_room": true } })).await;
    let waiting = made(&story, json!({ "topic": "Wait" })).await["settings"].clone();
    assert_eq!((&waiting["waiting_room"], &waiting["join_before_host"]), (&json!(true), &json!(false)));
}

#[tokio::test]
async fn what_the_account_has_locked_no_meeting_has_otherwise() {
    let story = with_all_scopes().await;
    patch(&story, SECURITY, json!({ "meeting_security": { "waiting_room": true } })).await;
    let locks = json!({ "meeting_security": { "waiting_room": true }, "schedule_meeting": { "audio_type": true } });
    patch(&story, LOCKS, locks).await;
    let sent = json!({ "topic": "Locked", "settings": { "waiting_room": false, "audio": "voip", "host_video": true } });
    let meeting = made(&story, sent).await;
    let settings = &meeting["settings"];
    assert_eq!((&settings["waiting_room"], &settings["audio"]), (&json!(true), &json!("both")));
    assert_eq!(settings["host_video"], json!(true), "not locked");
    let path = format!("/meetings/{}", meeting["id"]);
    patch(&story, &path, json!({ "settings": { "waiting_room": false } })).await;
    assert_eq!(seen(&story, &path, "/settings/waiting_room").await, json!(true));
}

#[tokio::test]
async fn passcodes_are_generated_where_settings_want_them_and_always_where_that_is_locked() {
    let story = with_all_scopes().await;
    let open = json!({ "topic": "Open", "default_password": false, "settings": { "waiting_room": true } });
    assert!(made(&story, json!({ "topic": "Usual" })).await["password"].is_string());
    assert!(made(&story, open.clone()).await.get("password").is_none(), "the waiting room protects it");
    patch(&story, LOCKS, json!({ "schedule_meeting": { "require_password_for_scheduling_new_meetings": true } })).await;
    assert!(made(&story, open.clone()).await["password"].is_string(), "locked");
    patch(&story, LOCKS, json!({ "schedule_meeting": { "require_password_for_scheduling_new_meetings": false } }))
        .await;

    let off = json!({ "schedule_meeting": { "require_password_for_scheduling_new_meetings": false,
        "require_password_for_instant_meetings": false } });
    patch(&story, BEN, off).await;
    assert!(made(&story, json!({ "topic": "Guarded" })).await["password"].is_string(), "something must protect it");
    patch(&story, SECURITY, json!({ "meeting_security": { "auto_security": false, "webinar_password": false } })).await;
    assert!(made(&story, json!({ "topic": "Bare" })).await.get("password").is_none());
    assert!(made(&story, json!({ "topic": "Bare", "type": 1 })).await.get("password").is_none());
    assert!(webinar(&story, json!({ "topic": "Bare" })).await.get("password").is_none());
    let given = made(&story, json!({ "topic": "Given", "password": "abc" })).await;
    assert_eq!(given["password"], "abc");
}

#[tokio::test]
async fn a_passcode_must_be_as_the_settings_ask_and_generated_ones_are() {
    let story = with_all_scopes().await;
    let rule = |rule: Value| json!({ "schedule_meeting": { "meeting_password_requirement": rule } });
    let strict = json!({ "length": 8, "have_letter": true, "have_number": true, "have_special_character": true,
        "have_upper_and_lower_characters": true, "consecutive_characters_length": 4 });
    patch(&story, ACCOUNT, rule(strict)).await;
    for wrong in ["Ab1*", "abcxyz1*", "ABXYZMN1*", "Axyzuvwp*", "Abxyzmn1", "A1*abcdXq"] {
        let (status, refused) = schedule(&story, json!({ "topic": "Weak", "password": wrong })).await;
        assert_eq!((status, &refused["code"]), (400, &json!(300)), "{wrong}: {refused}");
        assert_eq!(refused["errors"], json!([{ "field": "password", "message": "Invalid field." }]));
    }
    let kept = made(&story, json!({ "topic": "Strong", "password": "Ax7*mqzt" })).await;
    assert_eq!(kept["password"], "Ax7*mqzt");
    let drawn = made(&story, json!({ "topic": "Drawn" })).await["password"].as_str().unwrap().to_owned();
    assert!(drawn.len() >= 8 && drawn.chars().any(|c| !c.is_ascii_alphanumeric()), "{drawn}");
    let path = format!("/meetings/{}", kept["id"]);
    assert_eq!(story.send("PATCH", &path, json!({ "password": "short" })).await.0, 400);
    patch(&story, ACCOUNT, rule(json!({ "length": 10, "only_allow_numeric": true }))).await;
    patch(&story, &path, json!({ "topic": "Stronger", "password": "Ax7*mqzt" })).await;
    let digits = webinar(&story, json!({ "topic": "Digits" })).await["password"].as_str().unwrap().to_owned();
    assert!(digits.len() == 10 && digits.chars().all(|c| c.is_ascii_digit()), "{digits}");
}

#[tokio::test]
async fn personal_meeting_ids_are_used_and_have_passcodes_as_the_settings_say() {
    let story = with_all_scopes().await;
    patch(&story, ACCOUNT, json!({ "schedule_meeting": { "use_pmi_for_scheduled_meetings": true } })).await;
    let pmi = story.zoom.world().person("ben@northlight.example").unwrap().pmi;
    let room = json!({ "schedule_meeting": { "pmi_password": "tea4two" } });
    patch(&story, BEN, room).await;
    let meeting = made(&story, json!({ "topic": "Under the id" })).await;
    assert_eq!((&meeting["settings"]["use_pmi"], &meeting["password"]), (&json!(true), &json!("tea4two")));
    assert!(meeting["join_url"].as_str().unwrap().contains(&pmi.to_string()), "{meeting}");
    let path = format!("/meetings/{}", meeting["id"]);
    patch(&story, &path, json!({ "password": "coffee" })).await;
    assert_eq!(seen(&story, BEN, "/schedule_meeting/pmi_password").await, json!("coffee"));
    patch(&story, BEN, json!({ "schedule_meeting": { "pmi_password": "milk" } })).await;
    assert_eq!(seen(&story, &path, "/password").await, json!("milk"));
    let long = json!({ "schedule_meeting": { "pmi_password": "longer than ten" } });
    let (status, refused) = story.send("PATCH", BEN, long).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("schedule_meeting.pmi_password")));
    let open = json!({ "schedule_meeting": { "require_password_for_pmi_meetings": "none" } });
    patch(&story, "/users/me/settings", open).await;
    let (_, bare) = story
        .send(
            "POST",
            "/users/me/meetings",
            json!({ "topic": "Open house",
        "settings": { "waiting_room": true } }),
        )
        .await;
    assert_eq!((&bare["settings"]["use_pmi"], bare.get("password")), (&json!(true), None), "{bare}");
}

#[tokio::test]
async fn links_carry_the_passcode_unless_the_settings_say_otherwise() {
    let story = with_all_scopes().await;
    let link = |meeting: &Value| meeting["join_url"].as_str().unwrap().to_owned();
    let before = made(&story, json!({ "topic": "With" })).await;
    assert!(link(&before).contains("?pwd="));
    patch(&story, BEN, json!({ "schedule_meeting": { "embed_password_in_join_link": false } })).await;
    let after = made(&story, json!({ "topic": "Without", "settings": { "approval_type": 0 } })).await;
    assert!(!link(&after).contains("pwd="), "{after}");
    let who = json!({ "first_name": "Jill", "email": "jill@guests.example" });
    let (_, registered) = story.send("POST", &format!("/meetings/{}/registrants", after["id"]), who).await;
    assert!(!link(&registered).contains("pwd="), "{registered}");
    let path = format!("/meetings/{}", before["id"]);
    assert!(seen(&story, &path, "/join_url").await.as_str().unwrap().contains("?pwd="), "links that are out stay good");
}

#[tokio::test]
async fn what_was_scheduled_without_a_passcode_gets_one_when_settings_ask_for_it() {
    let story = with_all_scopes().await;
    let open = json!({ "topic": "Open", "default_password": false, "settings": { "waiting_room": true } });
    let bens = format!("/meetings/{}", made(&story, open.clone()).await["id"]);
    let (_, adas) = story.send("POST", "/users/me/meetings", open).await;
    let adas = format!("/meetings/{}", adas["id"]);
    let receiver = subscribe(&story).await;
    let asked = json!({ "schedule_meeting": { "default_password_for_scheduled_meetings": "1213434",
        "require_password_for_scheduled_meetings": true } });
    patch(&story, BEN, asked).await;
    assert_eq!(seen(&story, &bens, "/password").await, json!("1213434"));
    assert_eq!(seen(&story, &adas, "/password").await, json!(null), "Ada's settings ask for none");
    let heard = receiver.events(2).await;
    let names: Vec<_> = heard.iter().map(|event| event["event"].clone()).collect();
    assert_eq!(names, ["meeting.updated", "user.settings_updated"]);
    patch(&story, SECURITY, json!({ "meeting_security": { "require_password_for_scheduled_meeting": true } })).await;
    assert!(seen(&story, &adas, "/password").await.is_string());
}

#[tokio::test]
async fn what_settings_do_not_allow_is_left_out_of_meetings() {
    let story = with_all_scopes().await;
    let rooms = json!({ "enable": true, "rooms": [{ "name": "Left", "participants": [] }] });
    let wishes = json!({ "topic": "All", "settings": { "breakout_room": rooms, "encryption_type": "e2ee",
        "auto_recording": "local" } });
    let settings = made(&story, wishes.clone()).await["settings"].clone();
    assert_eq!((&settings["breakout_room"]["enable"], &settings["encryption_type"]), (&json!(true), &json!("e2ee")));
    let off = json!({ "in_meeting": { "breakout_room": false }, "recording": { "local_recording": false } });
    patch(&story, ACCOUNT, off).await;
    patch(&story, SECURITY, json!({ "meeting_security": { "end_to_end_encrypted_meetings": false } })).await;
    let settings = made(&story, wishes).await["settings"].clone();
    assert_eq!(settings["breakout_room"], json!({ "enable": false }));
    assert_eq!(settings["encryption_type"], json!("enhanced_encryption"));
    assert_eq!(settings["auto_recording"], json!("none"));

    let blocked =
        json!({ "meeting_security": { "block_user_domain": true, "block_user_domain_list": ["bad.example"] } });
    patch(&story, SECURITY, blocked).await;
    let invited = json!({ "topic": "Kept out", "settings": { "meeting_invitees": [{ "email": "eve@BAD.example" }] } });
    let (status, refused) = schedule(&story, invited).await;
    assert_eq!((status, &refused["code"]), (400, &json!(3000)), "{refused}");
    assert!(refused["message"].as_str().unwrap().starts_with("Users in 'bad.example' have been blocked"), "{refused}");
}

#[tokio::test]
async fn participants_sign_in_as_the_account_says() {
    let story = with_all_scopes().await;
    let ways = "/users/ben@northlight.example/settings?option=meeting_authentication";
    patch(&story, ways, json!({ "meeting_authentication": true })).await;
    let settings = made(&story, json!({ "topic": "Signed in" })).await["settings"].clone();
    assert_eq!(settings["meeting_authentication"], json!(true));
    let first = seen(&story, ways, "/authentication_options/0").await;
    assert_eq!((&settings["authentication_option"], &settings["authentication_name"]), (&first["id"], &first["name"]));
    let other = seen(&story, ways, "/authentication_options/1/id").await;
    let chosen = made(&story, json!({ "topic": "Other", "settings": { "authentication_option": other } })).await;
    assert_eq!(chosen["settings"]["authentication_name"], json!("Sign in to this account"));
    let unknown = json!({ "topic": "Unknown", "settings": { "authentication_option": "sbxNone" } });
    let (status, refused) = schedule(&story, unknown).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("settings.authentication_option")));
}

#[tokio::test]
async fn polls_surveys_and_tokens_are_refused_where_settings_have_them_off() {
    let story = with_all_scopes().await;
    let meeting = format!("/meetings/{}", made(&story, json!({ "topic": "Asked", "type": 2 })).await["id"]);
    let webinar = format!("/webinars/{}", webinar(&story, json!({ "topic": "Asked" })).await["id"]);
    let poll = |kind: u8| json!({ "title": "Tea?", "poll_type": kind, "questions": [{ "name": "Tea?", "type": "single", "answers": ["yes", "no"] }] });
    let polls = format!("{meeting}/polls");
    assert_eq!(story.send("POST", &polls, poll(2)).await.0, 201);
    patch(&story, BEN, json!({ "in_meeting": { "meeting_polling": { "advanced_polls": false } } })).await;
    let (status, refused) = story.send("POST", &polls, poll(2)).await;
    assert_eq!((status, &refused["code"]), (400, &json!(4400)));
    assert!(refused["message"].as_str().unwrap().starts_with("Advanced meeting polls disabled."), "{refused}");
    assert_eq!(story.send("POST", &polls, poll(1)).await.0, 201);
    let off = json!({ "in_meeting": { "polling": false, "webinar_polling": { "enable": false }, "meeting_survey": false,
        "webinar_survey": false, "allow_live_streaming": false, "webinar_live_streaming": { "enable": false } },
        "recording": { "local_recording": false } });
    for path in [&meeting, &webinar] {
        for token in ["live_streaming", "local_recording", "local_archiving"] {
            assert_eq!(story.get(&format!("{path}/jointoken/{token}")).await.0, 200, "{path} {token}");
        }
    }
    patch(&story, BEN, off).await;
    patch(&story, ACCOUNT, json!({ "recording": { "archive": { "enable": false } } })).await;
    for (path, begins) in [
        (format!("{meeting}/polls"), "Meeting polls disabled."),
        (format!("{webinar}/polls"), "Webinar polls disabled."),
        (format!("{meeting}/survey"), "Meeting survey disabled."),
        (format!("{webinar}/survey"), "Webinar survey disabled."),
        (format!("{meeting}/jointoken/live_streaming"), "Not allowed to start live streaming."),
        (format!("{webinar}/jointoken/live_streaming"), "Not allowed to start live streaming."),
        (format!("{meeting}/jointoken/local_recording"), "Not allowed to start local recording."),
        (format!("{meeting}/jointoken/local_archiving"), "Not allowed to start local archiving."),
    ] {
        let (status, refused) = story.get(&path).await;
        assert_eq!(status, 400, "{path}: {refused}");
        assert!(refused["message"].as_str().unwrap().starts_with(begins), "{path}: {refused}");
    }
}

#[tokio::test]
async fn an_assistant_sees_the_meetings_of_whom_they_schedule_for_where_the_account_shows_them() {
    let story = with_all_scopes().await;
    let yuki = Visitor::sign_in(&story, "Yuki Tanaka").await;
    let hers = yuki.token(&yuki.active_app("Hers", &["meeting:read:list_meetings"]).await).await;
    let look = async |who: &str| {
        send(story.http.get(format!("{}/users/{who}/meetings", story.zoom.api())).bearer_auth(&hers)).await
    };
    let ben = "ben@northlight.example";
    let hidden = async |why: &str| {
        let (status, refused) = look(ben).await;
        assert_eq!((status, &refused["code"]), (403, &json!(2306)), "{why}: {refused}");
        assert!(refused["message"].as_str().unwrap().starts_with("Not allowed to view meetings scheduled for others"));
    };
    made(&story, json!({ "topic": "Ben's" })).await;
    assert_eq!(look("me").await.0, 200, "one's own are always there");
    hidden("nobody's assistant").await;
    let body = json!({ "assistants": [{ "email": "yuki@northlight.example" }] });
    assert_eq!(story.send("POST", &format!("/users/{ben}/assistants"), body).await.0, 201);
    hidden("the account does not show them").await;
    patch(&story, ACCOUNT, json!({ "other_options": { "display_meetings_scheduled_for_others": true } })).await;
    let (status, list) = look(ben).await;
    assert_eq!((status, &list["total_records"]), (200, &json!(1)), "{list}");
    story.send("DELETE", &format!("/users/{ben}/assistants"), json!([])).await;
    hidden("no assistant any more").await;
    assert_eq!(story.get(&format!("/users/{ben}/meetings")).await.0, 200, "who runs the account sees all");
}

#[tokio::test]
async fn a_meeting_that_begins_at_once_is_held_under_the_personal_id_where_the_host_wants_that() {
    let story = with_all_scopes().await;
    let (_, ben) = story.get("/users/ben@northlight.example").await;
    let instant = json!({ "topic": "Now", "type": 1, "settings": { "use_pmi": true } });
    assert_eq!(made(&story, instant.clone()).await["pmi"], Value::Null, "a request alone does not do it");
    patch(&story, BEN, json!({ "schedule_meeting": { "use_pmi_for_instant_meetings": true } })).await;
    let held = made(&story, json!({ "topic": "Now", "type": 1 })).await;
    assert_eq!((&held["pmi"], &held["settings"]["use_pmi"]), (&json!(ben["pmi"].to_string()), &json!(true)));
    assert!(held["join_url"].as_str().unwrap().contains(&format!("/j/{}", ben["pmi"])), "{held}");
    assert_eq!(made(&story, json!({ "topic": "Later", "type": 2 })).await["pmi"], Value::Null);
}

/// What the call's door says to a participant with this ZAK.
async fn knock(story: &Story, meeting: &Value, zak: &str) -> Value {
    let url = format!("{}/j/{}/enter", story.zoom.base(), meeting["id"]);
    let body = json!({ "userName": "Maya", "passWord": meeting["password"], "zak": zak });
    send(story.http.post(url).json(&body)).await.1["errorCode"].clone()
}

#[tokio::test]
async fn only_those_come_who_sign_in_as_the_host_asks() {
    let story = with_all_scopes().await;
    let zak = async |who: &str| {
        let (status, told) = story.get(&format!("/users/{who}@northlight.example/token?type=zak")).await;
        assert_eq!(status, 200, "{told}");
        told["token"].as_str().unwrap().to_owned()
    };
    let meeting = async |settings: Value| {
        let mut settings = settings;
        settings["join_before_host"] = json!(true);
        settings["waiting_room"] = json!(false);
        made(&story, json!({ "topic": "Signed in", "type": 2, "settings": settings })).await
    };
    let open = meeting(json!({})).await;
    assert_eq!(knock(&story, &open, "").await, 0);
    let anybody = meeting(json!({ "meeting_authentication": true })).await;
    assert_eq!(knock(&story, &anybody, "").await, 3100, "nobody in particular");
    assert_eq!(knock(&story, &anybody, &zak("yuki").await).await, 0);
    let option = json!({ "authentication_option": { "action": "add", "name": "Partners", "default_option": false,
        "type": "enforce_login_with_domains", "domains": "partner.example" } });
    patch(&story, &format!("{ACCOUNT}?option=meeting_authentication"), option).await;
    let (_, ways) = story.get(&format!("{BEN}?option=meeting_authentication")).await;
    let ways = ways["authentication_options"].as_array().unwrap().clone();
    let partners = ways.iter().find(|way| way["name"] == "Partners").unwrap();
    let rule = json!({ "meeting_authentication": true, "authentication_option": partners["id"] });
    let closed = meeting(rule.clone()).await;
    assert_eq!(knock(&story, &closed, &zak("yuki").await).await, 3100, "of another domain");
    let mut wider = rule;
    wider["authentication_domains"] = json!("partner.example, northlight.example");
    assert_eq!(knock(&story, &meeting(wider).await, &zak("yuki").await).await, 0);
    let (_, refused) =
        story.send("PATCH", &format!("/meetings/{}", open["id"]), json!({ "topic": "Still open" })).await;
    assert_eq!((refused, knock(&story, &open, "").await), (Value::Null, json!(0)));
}
