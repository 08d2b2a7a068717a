//! Stories of users: who there is, how they are found, and their keys.

use serde_json::{Value, json};

use crate::{
    story::{Story, send},
    visitor::Visitor,
    zoom_events,
};

#[tokio::test]
async fn the_invented_people_are_listed_and_found_by_id_address_and_me() {
    let story = Story::begin().await;
    let (status, list) = story.get("/users?page_size=300").await;
    assert_eq!((status, &list["total_records"]), (200, &json!(5)));
    for row in list["users"].as_array().unwrap() {
        for name in ["id", "email", "first_name", "last_name", "timezone"] {
            assert!(row[name].is_string(), "{name}: {row}");
        }
    }
    let (_, me) = story.get("/users/me").await;
    assert_eq!((&me["email"], &me["role_name"]), (&json!("ada@northlight.example"), &json!("Owner")));
    assert_eq!(me["account_id"], story.zoom.credentials().account_id);
    let (_, lucia) = story.get("/users/lucia%40northlight.example").await;
    assert_eq!(lucia["last_name"], "Marín");
    let (_, again) = story.get(&format!("/users/{}", lucia["id"].as_str().unwrap())).await;
    assert_eq!(again, lucia);
    let (status, missing) = story.get("/users/nobody").await;
    assert_eq!((status, missing), (404, json!({ "code": 1001, "message": "User does not exist: nobody." })));
    let (_, exists) = story.get("/users/email?email=ben@northlight.example").await;
    assert_eq!(exists, json!({ "existed_email": true }));
}

#[tokio::test]
async fn a_user_is_made_once_and_an_invited_one_is_pending() {
    let story = Story::begin().await;
    let body = |action: &str, email: &str| json!({ "action": action, "user_info": { "email": email, "type": 1, "first_name": "Noor" } });
    let (status, made) = story.send("POST", "/users", body("custCreate", "noor@northlight.example")).await;
    assert_eq!((status, &made["first_name"]), (201, &json!("Noor")));
    assert_eq!(story.get("/users/noor@northlight.example").await.1["status"], "active");
    let (status, twice) = story.send("POST", "/users", body("create", "Noor@northlight.example")).await;
    assert_eq!((status, &twice["code"]), (409, &json!(1005)));
    story.send("POST", "/users", body("create", "invited@northlight.example")).await;
    let (_, pending) = story.get("/users?status=pending").await;
    assert_eq!(pending["users"][0]["email"], "invited@northlight.example");
    assert!(pending["users"][0].get("id").is_none(), "Zoom shows no id of those who are pending");
    let (status, wrong) = story.send("POST", "/users", json!({ "action": "create", "user_info": { "type": 1 } })).await;
    assert_eq!((status, &wrong["errors"][0]["field"]), (400, &json!("user_info.email")));
}

#[tokio::test]
async fn keys_name_their_user_and_end() {
    let story = Story::begin().await;
    let (_, ben) = story.get("/users/ben@northlight.example/token?type=zak").await;
    let (_, own) = story.get("/users/me/zak").await;
    let short = story.get("/users/me/token?type=zak&ttl=60").await.1;
    let whose = |body: &Value| {
        let zak = body["token"].as_str().unwrap();
        story.zoom.world().user_of_zak(zak, clock::Clock::now(&**story.zoom.clock())).map(|person| person.first_name)
    };
    assert_eq!(whose(&ben).as_deref(), Some("Ben"));
    assert_eq!(whose(&own).as_deref(), Some("Ada"));
    story.pass(60);
    assert_eq!(whose(&short), None);
    story.pass(240);
    assert_eq!(whose(&own), None, "the owner's own key ends after five minutes");
    assert_eq!(whose(&ben).as_deref(), Some("Ben"));
    story.pass(7200);
    assert_eq!(whose(&ben), None, "others after two hours");
    assert_eq!(whose(&json!({ "token": "sbxforged.key" })), None);
}

#[tokio::test]
async fn a_profile_is_changed_and_every_reader_sees_it() {
    let story = Story::begin().await;
    let change = json!({ "first_name": "Lucia", "dept": "Languages", "timezone": "Europe/Lisbon", "use_pmi": true,
        "pmi": 5_551_234_567_i64, "phone_numbers": [{ "country": "ES", "code": "+34", "number": "600000000" }] });
    let (status, body) = story.send("PATCH", "/users/lucia@northlight.example", change).await;
    assert_eq!(status, 204, "{body}");
    let (_, seen) = story.get("/users/lucia@northlight.example").await;
    assert_eq!((&seen["first_name"], &seen["display_name"]), (&json!("Lucia"), &json!("Lucia Marín")));
    assert_eq!((&seen["dept"], &seen["pmi"]), (&json!("Languages"), &json!(5_551_234_567_i64)));
    assert_eq!(seen["phone_numbers"][0]["number"], "600000000");
    let (status, refused) =
        story.send("PATCH", "/users/ben@northlight.example", json!({ "pmi": 5_551_234_567_i64 })).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("pmi")), "nobody has another's number");
    let (status, refused) =
        story.send("PATCH", "/users/ben@northlight.example", json!({ "timezone": "Mars/Base" })).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("timezone")));
    let name = json!({ "vanity_name": "kitchen" });
    assert_eq!(story.send("PATCH", "/users/lucia@northlight.example", name.clone()).await.0, 204);
    let (status, refused) = story.send("PATCH", "/users/ben@northlight.example", name).await;
    assert_eq!((status, &refused["code"]), (400, &json!(4100)));
}

#[tokio::test]
async fn who_is_deleted_leaves_their_meetings_to_an_heir_or_takes_them_along() {
    let story = Story::begin().await;
    let plan = |topic: &str| json!({ "topic": topic, "type": 2, "start_time": "2026-11-23T10:00:00Z" });
    let (_, kept) = story.send("POST", "/users/lucia@northlight.example/meetings", plan("Kept")).await;
    let (_, gone) = story.send("POST", "/users/yuki@northlight.example/meetings", plan("Gone")).await;
    let (status, own) = story.send("DELETE", "/users/me", json!([])).await;
    assert_eq!((status, &own["code"]), (400, &json!(200)), "the owner stays: {own}");
    let path = "/users/lucia@northlight.example?action=delete&transfer_email=lucia@northlight.example";
    let (status, refused) = story.send("DELETE", path, json!([])).await;
    assert_eq!((status, &refused["code"]), (400, &json!(300)), "{refused}");
    let path =
        "/users/lucia@northlight.example?action=delete&transfer_email=ben@northlight.example&transfer_meeting=true";
    assert_eq!(story.send("DELETE", path, json!([])).await.0, 204);
    assert_eq!(story.send("DELETE", "/users/yuki@northlight.example", json!([])).await.0, 204);
    assert_eq!(story.get("/users/lucia@northlight.example").await.0, 404);
    let (_, list) = story.get("/users").await;
    assert_eq!(list["total_records"], 3);
    let (_, ben) = story.get("/users/ben@northlight.example").await;
    let (_, meeting) = story.get(&format!("/meetings/{}", kept["id"])).await;
    assert_eq!(meeting["host_id"], ben["id"]);
    assert_eq!(story.get(&format!("/meetings/{}", gone["id"])).await.0, 404);
}

#[tokio::test]
async fn hubs_and_events_of_who_goes_pass_to_an_heir_who_may_hold_events_or_keep_them_here() {
    let story = zoom_events::begin().await;
    let hub = zoom_events::hub(&story).await;
    let lucia = Visitor::sign_in(&story, "Lucía Marín").await;
    let path = format!("/zoom_events/hubs/{hub}/hosts");
    assert_eq!(story.send("POST", &path, json!({ "email": "lucia@northlight.example" })).await.0, 201);
    let hers = lucia.token(&lucia.active_app("Hers", &["zoom_events:write:event:admin"]).await).await;
    let url = |path: &str| format!("{}{path}", story.zoom.api());
    let body = zoom_events::details("CONFERENCE", &hub);
    let (status, made) = send(story.http.post(url("/zoom_events/events")).bearer_auth(&hers).json(&body)).await;
    assert_eq!(status, 201, "{made}");
    let event = format!("/zoom_events/events/{}", made["event_id"].as_str().unwrap());
    zoom_events::publish(&story, &event).await;

    let delete = async |query: &str| {
        story.send("DELETE", &format!("/users/lucia@northlight.example?action=delete{query}"), json!([])).await
    };
    for (query, words) in [
        ("", "you do not specify a target user"),
        ("&transfer_events=false", "cannot be deleted or unlinked"),
        ("&transfer_email=yuki@northlight.example", "does not have a Zoom Events license"),
    ] {
        let (status, refused) = delete(query).await;
        assert_eq!((status, &refused["code"]), (400, &json!(300)), "{query}: {refused}");
        assert!(refused["message"].as_str().unwrap().contains(words), "{query}: {refused}");
    }
    let licence = json!({ "feature": { "zoom_events": true } });
    assert_eq!(story.send("PATCH", "/users/yuki@northlight.example/settings", licence).await.0, 204);
    assert_eq!(delete("&transfer_email=yuki@northlight.example").await.0, 204);
    let (_, hosts) = story.get(&path).await;
    let emails: Vec<&Value> = hosts["hosts"].as_array().unwrap().iter().map(|host| &host["email"]).collect();
    assert_eq!(emails, [&json!("ada@northlight.example"), &json!("yuki@northlight.example")]);
    let (status, kept) = story.get(&event).await;
    assert_eq!((status, &kept["status"]), (200, &json!("PUBLISHED")), "{kept}");
}

#[tokio::test]
async fn drafts_of_who_goes_without_an_heir_pass_to_the_owner_of_the_account() {
    let story = zoom_events::begin().await;
    let hub = zoom_events::hub(&story).await;
    let path = format!("/zoom_events/hubs/{hub}/hosts");
    assert_eq!(story.send("POST", &path, json!({ "email": "yuki@northlight.example" })).await.0, 201);
    let yuki = Visitor::sign_in(&story, "Yuki Tanaka").await;
    let hers = yuki.token(&yuki.active_app("Hers", &["zoom_events:write:event"]).await).await;
    let url = format!("{}/zoom_events/events", story.zoom.api());
    let body = zoom_events::details("CONFERENCE", &hub);
    let (status, made) = send(story.http.post(url).bearer_auth(&hers).json(&body)).await;
    assert_eq!(status, 201, "{made}");
    assert_eq!(story.send("DELETE", "/users/yuki@northlight.example?action=delete", json!([])).await.0, 204);
    assert_eq!(story.get(&path).await.1["total_records"], 1, "only Ada hosts the hub now");
    let event = format!("/zoom_events/events/{}", made["event_id"].as_str().unwrap());
    assert_eq!(story.send("DELETE", &event, json!([])).await.0, 204, "the draft is Ada's");
}

#[tokio::test]
async fn the_invented_owner_holds_webinars_and_events_by_the_one_licence_that_goes_with_both() {
    let story = zoom_events::begin().await;
    let (_, ada) = story.get("/users/me/settings").await;
    let feature = &ada["feature"];
    assert_eq!(feature["webinar"], true);
    assert_eq!(feature["zoom_webinars_plus_unlimited"], true);
    assert_eq!(feature["zoom_events"], false, "Zoom gives nobody this one beside the webinar licence");
}

#[tokio::test]
async fn assistants_and_schedulers_are_two_views_of_one_thing() {
    let scopes = "user:write:assistant:admin user:read:list_assistants:admin user:read:list_schedulers:admin \
                  user:delete:assistant:admin user:delete:scheduler:admin";
    let story = Story::with(crate::story::builder().scopes(scopes.split(' '))).await;
    let ask = |who: &str| json!({ "assistants": [{ "email": format!("{who}@northlight.example") }] });
    let path = "/users/lucia@northlight.example/assistants";
    let (status, made) = story.send("POST", path, ask("ben")).await;
    assert_eq!((status, made["add_at"].is_string()), (201, true), "{made}");
    for (who, message) in [
        ("lucia", "Can't assign scheduling privilege to yourself."),
        ("nobody", "Can't find user nobody@northlight.example."),
        ("ben", "User ben@northlight.example has already granted scheduling privilege."),
        ("salma", "The user must either be a Licensed user or an On-prem user : salma@northlight.example."),
    ] {
        assert_eq!(story.send("POST", path, ask(who)).await, (400, json!({ "code": 200, "message": message })));
    }
    let (_, assistants) = story.get(path).await;
    assert_eq!(assistants["assistants"][0]["email"], "ben@northlight.example");
    let (_, schedulers) = story.get("/users/ben@northlight.example/schedulers").await;
    assert_eq!(schedulers["schedulers"][0]["email"], "lucia@northlight.example");
    assert_eq!(story.send("DELETE", "/users/ben@northlight.example/schedulers", json!([])).await.0, 204);
    assert_eq!(story.get(path).await.1["assistants"], json!([]));
}

#[tokio::test]
async fn who_is_deactivated_may_not_host_until_they_are_active_again() {
    let story = Story::with(crate::story::builder().scopes([
        "user:update:status:admin",
        "user:read:list_users:admin",
        "meeting:write:meeting:admin",
    ]))
    .await;
    let path = "/users/yuki@northlight.example/status";
    assert_eq!(story.send("PUT", path, json!({ "action": "deactivate" })).await.0, 204);
    assert_eq!(story.get("/users?status=inactive").await.1["total_records"], 1);
    let (status, refused) =
        story.send("POST", "/users/yuki@northlight.example/meetings", json!({ "topic": "No" })).await;
    assert_eq!((status, &refused["code"]), (400, &json!(3161)));
    assert_eq!(story.send("PUT", path, json!({ "action": "activate" })).await.0, 204);
    let (status, _) = story.send("POST", "/users/yuki@northlight.example/meetings", json!({ "topic": "Yes" })).await;
    assert_eq!(status, 201);
    let (status, refused) = story.send("PUT", "/users/me/status", json!({ "action": "deactivate" })).await;
    assert_eq!((status, &refused["code"]), (400, &json!(200)));
}
