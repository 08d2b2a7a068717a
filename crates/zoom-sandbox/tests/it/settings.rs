//! Stories of settings: the account's, its locks, and what its users make of them.

use serde_json::{Value, json};
use zoom_sandbox::Plan;

use crate::{
    registrants::with_all_scopes,
    story::{Story, builder},
    webhooks::subscribe,
};

pub(crate) const ACCOUNT: &str = "/accounts/me/settings";
pub(crate) const LOCKS: &str = "/accounts/me/lock_settings";
pub(crate) const BEN: &str = "/users/ben@northlight.example/settings";

/// Changes a document; the answer must be empty.
pub(crate) async fn patch(story: &Story, path: &str, body: Value) {
    let (status, answer) = story.send("PATCH", path, body).await;
    assert!(matches!(status, 200 | 204) && answer.is_null(), "{path}: {status} {answer}");
}

pub(crate) async fn seen(story: &Story, path: &str, pointer: &str) -> Value {
    let (status, answer) = story.get(path).await;
    assert_eq!(status, 200, "{path}: {answer}");
    answer.pointer(pointer).cloned().unwrap_or_default()
}

#[tokio::test]
async fn what_the_account_sets_holds_for_its_users_until_they_choose_otherwise() {
    let story = with_all_scopes().await;
    let (host_video, here) = ("/schedule_meeting/host_video", "/schedule_meeting/audio_type");
    assert_eq!(seen(&story, BEN, host_video).await, json!(false));
    patch(&story, ACCOUNT, json!({ "schedule_meeting": { "host_video": true, "audio_type": "voip" } })).await;
    assert_eq!(seen(&story, ACCOUNT, host_video).await, json!(true));
    assert_eq!(seen(&story, BEN, host_video).await, json!(true), "inherited");
    patch(&story, BEN, json!({ "schedule_meeting": { "audio_type": "telephony" } })).await;
    assert_eq!(seen(&story, BEN, here).await, json!("telephony"));
    assert_eq!(seen(&story, "/users/me/settings", here).await, json!("voip"), "Ada has none of her own");
    assert_eq!(seen(&story, ACCOUNT, here).await, json!("voip"));
}

#[tokio::test]
async fn one_setting_has_one_value_under_all_its_names() {
    let story = with_all_scopes().await;
    patch(&story, &format!("{BEN}?option=meeting_security"), json!({ "meeting_security": { "waiting_room": true } }))
        .await;
    assert_eq!(seen(&story, BEN, "/in_meeting/waiting_room").await, json!(true));
    patch(&story, BEN, json!({ "schedule_meeting": { "meeting_password_requirement": { "length": 8 } } })).await;
    let security = seen(&story, &format!("{BEN}?option=meeting_security"), "/meeting_security").await;
    assert_eq!(security["meeting_password_requirement"]["length"], json!(8));
    assert_eq!(security["waiting_room"], json!(true));
    patch(&story, "/users/ben@northlight.example", json!({ "use_pmi": true })).await;
    assert_eq!(seen(&story, BEN, "/schedule_meeting/use_pmi_for_scheduled_meetings").await, json!(true));
    patch(&story, BEN, json!({ "schedule_meeting": { "use_pmi_for_scheduled_meetings": false } })).await;
    assert_eq!(seen(&story, "/users/ben@northlight.example", "/use_pmi").await, json!(false));
}

#[tokio::test]
async fn a_locked_setting_is_the_accounts_and_a_user_who_changes_it_is_told_which() {
    let story = with_all_scopes().await;
    patch(&story, BEN, json!({ "schedule_meeting": { "join_before_host": true } })).await;
    patch(
        &story,
        LOCKS,
        json!({ "schedule_meeting": { "join_before_host": true }, "in_meeting": { "webinar_chat": true } }),
    )
    .await;
    assert_eq!(seen(&story, LOCKS, "/schedule_meeting/join_before_host").await, json!(true));
    assert_eq!(seen(&story, LOCKS, "/schedule_meeting/host_video").await, json!(false));
    assert_eq!(seen(&story, BEN, "/schedule_meeting/join_before_host").await, json!(false), "the account's");
    let both = json!({ "schedule_meeting": { "join_before_host": true, "host_video": true },
        "in_meeting": { "webinar_chat": { "enable": true } } });
    let (status, refused) = story.send("PATCH", BEN, both).await;
    assert_eq!((status, &refused["code"]), (400, &json!(300)), "{refused}");
    let named: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|one| one["field"].clone()).collect();
    assert_eq!(named, ["in_meeting.webinar_chat.enable", "schedule_meeting.join_before_host"]);
    assert_eq!(seen(&story, BEN, "/schedule_meeting/host_video").await, json!(false), "nothing of it was kept");
    patch(&story, BEN, json!({ "schedule_meeting": { "join_before_host": false } })).await;
    patch(&story, LOCKS, json!({ "schedule_meeting": { "join_before_host": false } })).await;
    assert_eq!(seen(&story, BEN, "/schedule_meeting/join_before_host").await, json!(true), "Ben's own again");
}

#[tokio::test]
async fn subscribers_hear_what_differs_as_it_is_and_as_it_was() {
    let story = with_all_scopes().await;
    let receiver = subscribe(&story).await;
    patch(&story, ACCOUNT, json!({ "recording": { "auto_recording": "cloud", "cloud_recording": true } })).await;
    patch(&story, ACCOUNT, json!({ "recording": { "auto_recording": "cloud" } })).await;
    patch(&story, LOCKS, json!({ "recording": { "auto_recording": true } })).await;
    patch(&story, BEN, json!({ "schedule_meeting": { "participants_video": true } })).await;
    let heard = receiver.events(3).await;
    let names: Vec<_> = heard.iter().map(|event| event["event"].clone()).collect();
    assert_eq!(names, ["account.settings_updated", "account.lock_settings_updated", "user.settings_updated"]);
    let account = story.zoom.credentials().account_id;
    let payload = &heard[0]["payload"];
    assert_eq!(payload["object"], json!({ "id": account, "settings": { "recording": { "auto_recording": "cloud" } } }));
    assert_eq!(
        payload["old_object"],
        json!({ "id": account, "settings": { "recording": { "auto_recording": "none" } } })
    );
    assert_eq!((&payload["account_id"], &payload["operator"]), (&json!(account), &json!("ada@northlight.example")));
    assert!(payload["operator_id"].is_string() && payload["time_stamp"].is_i64(), "{payload}");
    let ben = story.zoom.world().person("ben@northlight.example").unwrap().id;
    let (new, old) = (&heard[2]["payload"]["object"], &heard[2]["payload"]["old_object"]);
    assert_eq!(*new, json!({ "id": ben, "settings": { "schedule_meeting": { "participants_video": true } } }));
    assert_eq!(*old, json!({ "id": ben, "settings": { "schedule_meeting": { "participants_video": false } } }));
}

#[tokio::test]
async fn ways_to_sign_in_are_added_changed_and_taken_away_and_one_is_the_default() {
    let story = with_all_scopes().await;
    let path = format!("{ACCOUNT}?option=meeting_authentication");
    let option = |option: Value| json!({ "authentication_option": option });
    let add = json!({ "action": "add", "name": "Members only", "type": "enforce_login_with_domains",
        "domains": "northlight.example", "default_option": true });
    patch(&story, &path, option(add.clone())).await;
    let list = seen(&story, &path, "/authentication_options").await;
    let defaults: Vec<_> = list.as_array().unwrap().iter().filter(|one| one["default_option"] == json!(true)).collect();
    assert_eq!(defaults.len(), 1);
    assert_eq!((&defaults[0]["name"], &defaults[0]["visible"]), (&json!("Members only"), &json!(true)));
    let id = defaults[0]["id"].clone();
    patch(&story, &path, option(json!({ "action": "update", "id": id, "name": "Members" }))).await;
    assert_eq!(seen(&story, &path, "/authentication_options/2/name").await, json!("Members"));
    let theirs = seen(&story, &format!("{BEN}?option=meeting_authentication"), "/authentication_options").await;
    assert_eq!(theirs.as_array().unwrap().len(), 3, "users sign in by the same ways");
    patch(&story, &path, option(json!({ "action": "delete", "id": id }))).await;
    for (wrong, named) in [
        (json!({ "action": "delete", "id": id }), "authentication_option.id"),
        (json!({ "action": "add", "type": "enforce_login" }), "authentication_option.name"),
        (
            json!({ "action": "add", "name": "X", "type": "enforce_login_with_domains" }),
            "authentication_option.domains",
        ),
        (json!({ "name": "X" }), "authentication_option.action"),
    ] {
        let (status, refused) = story.send("PATCH", &path, option(wrong)).await;
        assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!(named)), "{refused}");
    }
}

#[tokio::test]
async fn chat_policies_people_beside_single_sign_on_and_numbers_are_kept_with_what_belongs_to_them() {
    let story = with_all_scopes().await;
    let tool = |operate: &str, policy: Value| json!({ "chat": { "chat_etiquette_tool": { "enable": true, "operate": operate, "policies": [policy] } } });
    patch(&story, ACCOUNT, tool("create", json!({ "name": "Kind words", "keywords": ["rude"] }))).await;
    let policy = seen(&story, ACCOUNT, "/chat/chat_etiquette_tool/policies/0").await;
    assert_eq!((&policy["status"], &policy["trigger_action"]), (&json!("activated"), &json!(1)));
    let id = policy["id"].clone();
    patch(&story, ACCOUNT, tool("update", json!({ "id": id, "status": "deactivated" }))).await;
    let security = format!("{ACCOUNT}?option=meeting_security");
    let shown = seen(&story, &security, "/meeting_security/chat_etiquette_tool/policies/0").await;
    assert_eq!((&shown["status"], &shown["name"]), (&json!("deactivated"), &json!("Kind words")));
    patch(&story, ACCOUNT, tool("delete", json!({ "id": id }))).await;
    assert_eq!(seen(&story, ACCOUNT, "/chat/chat_etiquette_tool/policies").await, json!([]));
    assert_eq!(story.send("PATCH", ACCOUNT, tool("delete", json!({ "id": id }))).await.0, 400);

    let ben = story.zoom.world().person("ben@northlight.example").unwrap().id;
    let sso = |operation: &str, id: &str| json!({ "security": { "signin_with_sso": { "operation": operation, "sso_bypass_user_ids": [id] } } });
    patch(&story, ACCOUNT, sso("add", &ben)).await;
    let bypass = "/security/signin_with_sso/sso_bypass_users";
    let one = json!([{ "id": ben, "email": "ben@northlight.example" }]);
    assert_eq!(seen(&story, ACCOUNT, bypass).await, one);
    assert_eq!(seen(&story, &format!("{ACCOUNT}?option=security"), bypass).await, one);
    assert_eq!(story.send("PATCH", ACCOUNT, sso("add", "sbxNobody")).await.0, 400);
    patch(&story, ACCOUNT, sso("remove", &ben)).await;
    assert_eq!(seen(&story, ACCOUNT, bypass).await, json!([]));

    let number = json!({ "audio_conferencing": { "toll_call": { "numbers": [{ "code": "44", "number": "20 7946 0000" }] },
        "global_dial_in_countries": { "selected_countries": [{ "code": "EG" }] } } });
    patch(&story, ACCOUNT, number).await;
    let shown = seen(&story, ACCOUNT, "/audio_conferencing/toll_call/numbers/0").await;
    assert_eq!((&shown["country_code"], &shown["display_number"]), (&json!("GB"), &json!("+44 20 7946 0000")));
    let countries = "/audio_conferencing/global_dial_in_countries/selected_countries";
    assert_eq!(seen(&story, ACCOUNT, countries).await, json!([{ "code": "EG", "name": "Egypt" }]));
    patch(&story, ACCOUNT, json!({ "in_meeting": { "data_center_regions": ["DE", "US"] } })).await;
    let unchecked = seen(&story, ACCOUNT, "/in_meeting/unchecked_data_center_regions").await;
    assert!(!unchecked.to_string().contains("DE") && unchecked.to_string().contains("AU"), "{unchecked}");
}

#[tokio::test]
async fn a_document_can_be_narrowed_to_the_fields_that_are_asked_for() {
    let story = with_all_scopes().await;
    let (_, narrow) = story.get(&format!("{ACCOUNT}?custom_query_fields=host_video,meeting_capacity")).await;
    assert_eq!(narrow, json!({ "schedule_meeting": { "host_video": false }, "feature": { "meeting_capacity": 300 } }));
    let (_, narrow) = story.get(&format!("{BEN}?custom_query_fields=webinar_capacity")).await;
    assert_eq!(narrow, json!({ "feature": { "webinar_capacity": 500 } }));
    assert_eq!(story.get(&format!("{ACCOUNT}?option=colours")).await.0, 400);
}

#[tokio::test]
async fn accounts_that_do_not_pay_have_no_settings_and_others_are_not_found() {
    let scopes = "account:read:settings:admin account:update:settings:admin account:read:lock_settings:master \
                  account:update:lock_settings:admin user:read:settings:admin user:update:settings:admin \
                  account:read:settings:master";
    let story = Story::with(builder().scopes(scopes.split(' ')).plan(Plan::Free).unlimited()).await;
    let account = story.zoom.credentials().account_id;
    let (status, refused) = story.get(ACCOUNT).await;
    let message = "Only available for paid accounts.";
    assert_eq!((status, refused), (400, json!({ "code": 200, "message": message })));
    let (status, refused) = story.send("PATCH", ACCOUNT, json!({ "schedule_meeting": { "host_video": true } })).await;
    assert_eq!((status, refused), (400, json!({ "code": 200, "message": message })));
    let (status, refused) = story.send("PATCH", LOCKS, json!({ "schedule_meeting": { "host_video": true } })).await;
    let message = format!("Only available for Paid account: {account}.");
    assert_eq!((status, refused), (400, json!({ "code": 200, "message": message })));
    let free = json!({ "schedule_meeting": { "require_password_for_scheduling_new_meetings": false } });
    let (status, refused) = story.send("PATCH", BEN, free).await;
    assert_eq!((status, &refused["code"]), (400, &json!(300)), "free accounts always ask for a passcode: {refused}");

    let story = with_all_scopes().await;
    // Two statuses for the same thing, as documented.
    for (path, expected) in [("settings", 404), ("lock_settings", 400)] {
        let (status, missing) = story.get(&format!("/accounts/sbxNobody/{path}")).await;
        assert_eq!((status, &missing["code"]), (expected, &json!(2001)), "{missing}");
    }
    let (status, missing) = story.get("/users/nobody/settings").await;
    assert_eq!((status, missing), (404, json!({ "code": 1001, "message": "User does not exist: nobody." })));
}

#[tokio::test]
async fn the_role_of_who_made_the_app_decides_over_account_settings() {
    let story = with_all_scopes().await;
    story.send("POST", "/roles/1/members", json!({ "members": [{ "email": "ben@northlight.example" }] })).await;
    assert_eq!(story.send("PUT", "/accounts/me/owner", json!({ "email": "ben@northlight.example" })).await.0, 204);
    let (_, made) =
        story.send("POST", "/roles", json!({ "name": "Reader", "privileges": ["AccountSetting:Read"] })).await;
    let role = made["id"].as_str().unwrap();
    let ada = json!({ "members": [{ "email": "ada@northlight.example" }] });
    assert_eq!(story.send("POST", &format!("/roles/{role}/members"), ada).await.0, 201);
    assert_eq!(story.get(ACCOUNT).await.0, 200);
    let (status, refused) = story.send("PATCH", ACCOUNT, json!({ "schedule_meeting": { "host_video": true } })).await;
    let message = "Invalid access token. Does not contain permissions [AccountProfile:Edit, AccountSetting:Edit].";
    assert_eq!((status, refused), (400, json!({ "code": 200, "message": message })));
}
