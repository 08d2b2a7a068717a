//! Stories of what stands beside the settings documents: registration for webinars, domains, features for many.

use serde_json::json;
use zoom_sandbox::Plan;

use crate::{
    registrants::with_all_scopes,
    settings::{patch, seen},
    story::Story,
    webhooks::subscribe,
    zoom_events::all_scopes,
};

const REGISTRATION: &str = "/accounts/me/settings/registration";

#[tokio::test]
async fn new_webinars_begin_with_the_accounts_registration_and_those_that_are_there_stay() {
    let story = with_all_scopes().await;
    let (_, fresh) = story.get(REGISTRATION).await;
    assert_eq!((&fresh["approve_type"], &fresh["custom_questions"]), (&json!(0), &json!([])));
    assert_eq!(fresh["questions"].as_array().unwrap().len(), 14);
    assert_eq!(fresh["questions"][0], json!({ "field_name": "last_name", "required": false, "selected": false }));
    let webinars = "/users/ben@northlight.example/webinars";
    let body = json!({ "topic": "Talk", "settings": { "approval_type": 0 } });
    let (_, before) = story.send("POST", webinars, body.clone()).await;
    let change = json!({
        "options": { "close_registration": true, "show_social_share_buttons": true,
            "allow_participants_to_join_from_multiple_devices": true },
        "questions": [{ "field_name": "city", "required": true, "selected": true }, { "field_name": "zip", "required": true }],
        "approve_type": 1,
        "custom_questions": [{ "title": "Tea?", "type": "short", "required": true, "selected": true, "answers": [] }],
    });
    patch(&story, REGISTRATION, change).await;
    let (_, kept) = story.get(REGISTRATION).await;
    assert_eq!((&kept["options"]["close_registration"], &kept["approve_type"]), (&json!(true), &json!(1)));
    assert_eq!(kept["options"]["host_email_notification"], json!(false));
    assert_eq!(kept["questions"][2], json!({ "field_name": "city", "required": true, "selected": true }));
    let (_, after) = story.send("POST", webinars, body).await;
    for (name, is_on) in [("close_registration", true), ("show_share_button", true), ("allow_multiple_devices", true)] {
        assert_eq!((&before["settings"][name], &after["settings"][name]), (&json!(!is_on), &json!(is_on)), "{name}");
    }
    let asked = format!("/webinars/{}/registrants/questions", after["id"]);
    assert_eq!(seen(&story, &asked, "/questions").await, json!([{ "field_name": "city", "required": true }]));
    let registrants = format!("/webinars/{}/registrants", after["id"]);
    let who = json!({ "first_name": "Jill", "email": "jill@guests.example" });
    let (status, refused) = story.send("POST", &registrants, who).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("city")), "{refused}");
    assert_eq!(
        seen(&story, &format!("/webinars/{}/registrants/questions", before["id"]), "/questions").await,
        json!([])
    );

    for (wrong, named) in [
        (json!({ "approve_type": 7 }), "approve_type"),
        (json!({ "questions": [{ "required": true }] }), "questions[0].field_name"),
        (json!({ "custom_questions": [{ "type": "short" }] }), "custom_questions[0].title"),
    ] {
        let (status, refused) = story.send("PATCH", REGISTRATION, wrong).await;
        assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!(named)), "{refused}");
    }
    let free = Story::with(all_scopes().plan(Plan::Free)).await;
    let (status, refused) = free.send("PATCH", REGISTRATION, json!({ "approve_type": 1 })).await;
    assert_eq!((status, refused), (400, json!({ "code": 200, "message": "Only available for paid accounts." })));
    assert_eq!(story.get("/accounts/sbxNobody/settings/registration").await.1["code"], json!(2001));
}

#[tokio::test]
async fn the_domain_of_the_owners_address_is_managed() {
    let story = with_all_scopes().await;
    let path = "/accounts/me/managed_domains";
    let domain = |name: &str| json!({ "domains": [{ "domain": name, "status": "verified" }], "total_records": 1 });
    assert_eq!(story.get(path).await, (200, domain("northlight.example")));
    let who =
        json!({ "first_name": "Otis", "last_name": "Vale", "email": "otis@south.example", "password": "Pretend-1" });
    let (_, made) = story.send("POST", "/accounts", who).await;
    let below = format!("/accounts/{}/managed_domains", made["id"].as_str().unwrap());
    assert_eq!(story.get(&below).await, (200, domain("south.example")));
    let free = Story::with(all_scopes().plan(Plan::Free)).await;
    let message = format!("Only available for Paid or ZMP account: {}.", free.zoom.credentials().account_id);
    assert_eq!(free.get(path).await, (400, json!({ "code": 200, "message": message })));
}

#[tokio::test]
async fn a_user_moves_to_another_account_with_their_meetings() {
    let scopes = zoom_spec::operations().iter().flat_map(|one| one.granular.iter().chain(one.classic).copied());
    let story = Story::with(crate::story::builder().scopes(scopes).unlimited()).await;
    let who =
        json!({ "first_name": "Otis", "last_name": "Vale", "email": "otis@south.example", "password": "Pretend-1" });
    let below = story.send("POST", "/accounts", who).await.1["id"].as_str().unwrap().to_owned();
    let (_, talk) = story.send("POST", "/users/yuki@northlight.example/meetings", json!({ "topic": "Talk" })).await;
    let path = |user: &str| format!("/accounts/me/users/{user}@northlight.example/account");
    let there = json!({ "account_id": below });
    assert_eq!(story.send("PUT", &path("yuki"), there.clone()).await.0, 204);
    let (_, people) = story.get(&format!("/accounts/{below}/users")).await;
    assert!(people.to_string().contains("yuki@northlight.example"), "{people}");
    assert_eq!(story.get("/users/yuki@northlight.example").await.0, 404);
    assert_eq!(story.get(&format!("/meetings/{}", talk["id"])).await.0, 404, "it went along");
    let moved = format!("/accounts/{below}/users/yuki@northlight.example/meetings");
    assert_eq!(seen(&story, &moved, "/meetings/0/topic").await, json!("Talk"));
    story
        .send(
            "POST",
            "/users",
            json!({ "action": "create", "user_info": { "email": "new@northlight.example", "type": 1 } }),
        )
        .await;
    for (user, status, code) in [("nobody", 404, 1001), ("yuki", 404, 1010), ("lucia", 400, 1117), ("new", 404, 1120)] {
        let (given, refused) = story.send("PUT", &path(user), there.clone()).await;
        assert_eq!((given, &refused["code"]), (status, &json!(code)), "{user}: {refused}");
    }
    let (status, refused) = story.send("PUT", &path("ben"), json!({ "account_id": "sbxNobody" })).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("account_id")));
}

#[tokio::test]
async fn one_feature_is_given_to_many_and_who_cannot_have_it_is_named_with_the_reason() {
    let story = with_all_scopes().await;
    let receiver = subscribe(&story).await;
    let id = |name: &str| story.zoom.world().person(&format!("{name}@northlight.example")).unwrap().id;
    let body = json!({ "feature_type": "webinar", "feature_value": "500", "users": [
        { "email": "lucia@northlight.example" }, { "id": id("yuki") }, { "id": id("salma") },
        { "email": "nobody@northlight.example" }, { "email": "ben@northlight.example" },
    ] });
    let (status, answer) = story.send("POST", "/users/features", body).await;
    assert_eq!(status, 201, "{answer}");
    // Ada and Ben have two of three.
    assert_eq!(answer["success_user_ids"], json!([id("lucia")]));
    let failed = json!([
        { "user_ids": [id("ben")], "reason": "No need to update" },
        { "user_ids": [id("yuki")], "reason": "Not enough seats" },
        { "user_ids": [id("salma")], "reason": "Unpaid user" },
        { "user_ids": ["nobody@northlight.example"], "reason": "Users not found" },
    ]);
    assert_eq!(answer["fail_details"], failed);
    let lucia = seen(&story, "/users/lucia@northlight.example/settings", "/feature/webinar").await;
    assert_eq!(lucia, json!(true));
    let licence = json!({ "feature_type": "user_type", "feature_value": "2", "users": [{ "id": id("salma") }] });
    assert_eq!(story.send("POST", "/users/features", licence).await.1["success_user_ids"], json!([id("salma")]));
    assert_eq!(seen(&story, "/users/salma@northlight.example", "/type").await, json!(2));
    let heard = receiver.events(2).await;
    let names: Vec<_> = heard.iter().map(|event| event["event"].clone()).collect();
    assert_eq!(names, ["user.settings_updated", "user.updated"]);

    let one = json!([{ "id": id("yuki") }]);
    for (kind, value, extra, code) in [
        ("user_type", "3", "", 300),
        ("zoom_one_type", "1", "", 200),
        ("webinar", "many", "", 300),
        ("webinar", "500", "sbxNone", 300),
    ] {
        let body = json!({ "feature_type": kind, "feature_value": value, "subscription_id": extra, "users": one });
        let (status, refused) = story.send("POST", "/users/features", body).await;
        assert_eq!((status, &refused["code"]), (400, &json!(code)), "{kind} {value}: {refused}");
    }
    let free = Story::with(all_scopes().plan(Plan::Free)).await;
    let body = json!({ "feature_type": "webinar", "feature_value": "500", "users": [{ "id": "me" }] });
    let (status, refused) = free.send("POST", "/users/features", body).await;
    assert_eq!((status, &refused["message"]), (400, &json!("Current account must be a paid account.")));
}
