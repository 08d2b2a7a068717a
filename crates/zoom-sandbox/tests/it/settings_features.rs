//! Stories of licences in users' settings: what they open, need, exclude, and how many there are.

use serde_json::{Value, json};
use zoom_sandbox::Plan;

use crate::{
    registrants::with_all_scopes,
    settings::{BEN, patch, seen},
    story::Story,
    webhooks::subscribe,
    zoom_events::{all_scopes, conference},
};

const LUCIA: &str = "/users/lucia@northlight.example/settings";
const ADA: &str = "/users/me/settings";
const SALMA: &str = "/users/salma@northlight.example/settings";

fn feature(feature: &Value) -> Value {
    json!({ "feature": feature })
}

/// The refusal of a change, as code and message.
async fn refused(story: &Story, path: &str, wanted: Value) -> (Value, String) {
    let (status, answer) = story.send("PATCH", path, feature(&wanted)).await;
    assert_eq!(status, 400, "{wanted}: {answer}");
    (answer["code"].clone(), answer["message"].as_str().unwrap().to_owned())
}

async fn is_refused(story: &Story, path: &str, wanted: Value, code: u32, begins: &str) {
    let (given, message) = refused(story, path, wanted.clone()).await;
    assert_eq!(given, json!(code), "{wanted}: {message}");
    assert!(message.starts_with(begins), "{wanted}: {message}");
}

#[tokio::test]
async fn the_webinar_licence_is_given_and_taken_by_settings_and_webinars_come_and_go_with_it() {
    let story = with_all_scopes().await;
    let receiver = subscribe(&story).await;
    let talk = || story.send("POST", "/users/lucia@northlight.example/webinars", json!({ "topic": "Talk" }));
    assert_eq!(talk().await.1["code"], json!(200), "Lucía has no licence");
    patch(&story, LUCIA, feature(&json!({ "webinar": true, "webinar_capacity": 1000 }))).await;
    let shown = seen(&story, LUCIA, "/feature").await;
    assert_eq!((&shown["webinar"], &shown["webinar_capacity"]), (&json!(true), &json!(1000)));
    assert_eq!(talk().await.0, 201);
    patch(&story, LUCIA, feature(&json!({ "webinar": false }))).await;
    assert_eq!(talk().await.1["code"], json!(200));
    assert_eq!(seen(&story, LUCIA, "/feature/webinar_capacity").await, json!(null));
    let heard = receiver.events(3).await;
    assert_eq!(heard[0]["payload"]["object"]["settings"]["feature"]["webinar"], json!(true));
    assert_eq!(heard[2]["payload"]["old_object"]["settings"]["feature"], json!({ "webinar": true }));
    patch(
        &story,
        BEN,
        feature(&json!({ "large_meeting": true, "concurrent_meeting": "Plus", "meeting_capacity": 500 })),
    )
    .await;
    let shown = seen(&story, BEN, "/feature").await;
    assert_eq!((&shown["large_meeting_capacity"], &shown["meeting_capacity"]), (&json!(500), &json!(500)));
    patch(&story, "/users/ben@northlight.example", json!({ "type": 1 })).await;
    let shown = seen(&story, BEN, "/feature").await;
    assert_eq!((&shown["large_meeting"], &shown["concurrent_meeting"]), (&json!(false), &json!("None")));
    assert_eq!((&shown["webinar"], &shown["meeting_capacity"]), (&json!(false), &json!(100)));
}

#[tokio::test]
async fn licences_are_for_licensed_users_and_some_exclude_each_other() {
    let story = with_all_scopes().await;
    for (wanted, code, begins) in [
        (json!({ "large_meeting": true }), 1108, "Only Licensed or On-prem users can enable the large meeting"),
        (json!({ "webinar": true }), 1122, "Webinar feature can only be enabled"),
        (json!({ "zoom_events": true }), 1206, "You can only enable the Zoom Events feature"),
        (json!({ "concurrent_meeting": "Basic" }), 1207, "You can only enable the \"Concurrent Meeting\" feature"),
        (json!({ "zoom_events_unlimited": true }), 300, "You can only enable Zoom Events Unlimited"),
        (json!({ "zoom_sessions_pay_per_attendee": true }), 300, "You can only enable Zoom Events Pay Per Attendee"),
    ] {
        is_refused(&story, SALMA, wanted, code, begins).await;
    }
    is_refused(&story, BEN, json!({ "zoom_events": true }), 1205, "You can't enable the Zoom Events feature").await;
    patch(&story, ADA, feature(&json!({ "webinar": false, "zoom_events": true }))).await;
    assert_eq!(seen(&story, ADA, "/feature/zoom_events_capacity").await, json!(500));
    for (wanted, code, begins) in [
        (json!({ "webinar": true }), 1204, "You can't enable the Webinar feature"),
        (json!({ "zoom_events_unlimited": true, "zoom_events": true }), 300, "You can't enable Zoom Events"),
        (json!({ "zoom_customer_managed_key": true }), 300, "You cannot assign a Zoom Customer Managed Key"),
        (json!({ "zoom_whiteboard": true, "zoom_whiteboard_plus": true }), 1242, "You cannot set \"Zoom Whiteboard\""),
        (
            json!({ "zoom_events_pay_per_attendee": true, "zoom_sessions_pay_per_attendee": true }),
            300,
            "You can't enable Zoom Events Pay Per Attendee and",
        ),
        (
            json!({ "license_info_list": [{ "license_type": "ZOOM_EVENTS_NEW_SAAS", "license_option": 1,
                "subscription_id": "sbxNone" }] }),
            300,
            "The events plan you want to assign does not exist.",
        ),
    ] {
        is_refused(&story, ADA, wanted, code, begins).await;
    }
    let both = json!({ "zoom_events": true, "zoom_events_unlimited": true });
    is_refused(&story, LUCIA, both, 300, "You can't enable Zoom Events and Zoom").await;
    let all = json!({ "zoom_events": true, "zoom_sessions_unlimited": true });
    let begins = "You can't enable Zoom Events/Zoom Events Unlimited/Zoom Sessions Unlimited feature for";
    is_refused(&story, LUCIA, all, 300, begins).await;
    patch(&story, ADA, feature(&json!({ "zoom_events": false, "zoom_events_unlimited": true }))).await;
    let down = json!({ "zoom_sessions_unlimited": true });
    is_refused(&story, ADA, down, 300, "You can't downgrade Zoom Events Unlimited plan").await;
    let begins = "You can't enable Zoom Events/Zoom Events Unlimited/Zoom Sessions Unlimited feature and Webinar";
    is_refused(&story, ADA, json!({ "webinar": true }), 300, begins).await;
    let unknown = json!({ "webinar": true, "webinar_capacity": 7 });
    let (status, wrong) = story.send("PATCH", BEN, feature(&unknown)).await;
    assert_eq!((status, &wrong["errors"][0]["field"]), (400, &json!("feature.webinar_capacity")));
}

#[tokio::test]
async fn an_account_has_only_so_many_licences() {
    let story = with_all_scopes().await;
    for name in ["kim", "lee", "max", "noa"] {
        let user = json!({ "email": format!("{name}@northlight.example"), "type": 2 });
        let (status, made) = story.send("POST", "/users", json!({ "action": "custCreate", "user_info": user })).await;
        assert_eq!(status, 201, "{made}");
    }
    let of = |name: &str| format!("/users/{name}@northlight.example/settings");
    let wishes = [
        (json!({ "webinar": true, "webinar_capacity": 1000 }), 200, "You can add max 3 Webinar 1000 users."),
        (
            json!({ "webinar": false, "large_meeting": true, "large_meeting_capacity": 300 }),
            200,
            "You can add max 3 Large 300 users.",
        ),
        (
            json!({ "concurrent_meeting": "Basic" }),
            1209,
            "You can add a maximum of 3 \"Concurrent Meeting Basic\" users.",
        ),
        (
            json!({ "concurrent_meeting": "Plus" }),
            1211,
            "You can add a maximum of 3 \"Concurrent Meeting Plus\" users.",
        ),
        (
            json!({ "zoom_events_unlimited": true }),
            300,
            "You can add max \"3\" users for this Zoom Events Unlimited plan.",
        ),
        (
            json!({ "zoom_events_unlimited": false, "zoom_sessions_unlimited": true }),
            300,
            "You can add max \"3\" users for this Zoom Sessions Unlimited plan.",
        ),
        (
            json!({ "license_info_list": [{ "license_type": "ZOOM_SCHEDULER", "license_option": 1 }] }),
            300,
            "You can add max \"3\" users for this \"ZOOM_SCHEDULER\" plan.",
        ),
    ];
    for (wanted, code, begins) in wishes {
        for name in ["kim", "lee", "max"] {
            patch(&story, &of(name), feature(&wanted)).await;
        }
        is_refused(&story, &of("noa"), wanted, code, begins).await;
    }
    for (plan, wanted, code, begins) in [
        (Plan::Free, json!({ "large_meeting": true }), 200, "You can't add paid users."),
        (Plan::Pro, json!({ "concurrent_meeting": "Plus" }), 1210, "You can't enable the \"Concurrent Meeting Plus\""),
        (Plan::Pro, json!({ "zoom_iq_for_sales": true }), 1228, "Unable to assign \"Zoom IQ for Sales\" license"),
    ] {
        let story = Story::with(all_scopes().plan(plan)).await;
        is_refused(&story, ADA, wanted, code, begins).await;
    }
}

#[tokio::test]
async fn who_has_events_to_come_keeps_what_they_are_held_with() {
    let story = with_all_scopes().await;
    let saas = json!([{ "license_type": "ZOOM_EVENTS_NEW_SAAS", "license_option": 1 }]);
    patch(
        &story,
        ADA,
        feature(
            &json!({ "webinar": false, "zoom_events": true, "zoom_events_capacity": 3000, "license_info_list": saas }),
        ),
    )
    .await;
    conference(&story).await;
    let begins = "You cannot downgrade the Zoom Events feature to \"500\" capacity because there is an upcoming Zoom \
                  Events scheduled with \"3000\" capacity.";
    is_refused(&story, ADA, json!({ "zoom_events_capacity": 500 }), 300, begins).await;
    is_refused(&story, ADA, json!({ "zoom_events": false }), 300, "You cannot remove the Zoom Events feature").await;
    let begins = "You can't remove the Zoom Events/Zoom Events SAAS";
    is_refused(&story, ADA, json!({ "license_info_list": [] }), 300, begins).await;
    story.pass(7 * 24 * 3600);
    let mut story = story;
    story.sign_in().await;
    let unlimited = json!({ "zoom_events": false, "zoom_events_unlimited": true,
        "zoom_events_unlimited_capacities": [500, 1000] });
    patch(&story, ADA, feature(&unlimited)).await;
    story.zoom.clock().set(clock::Timestamp::from_second(crate::story::START).unwrap());
    story.sign_in().await;
    let begins = "You can't downgrade the Zoom Events to \"500\" capacity";
    is_refused(&story, ADA, json!({ "zoom_events_unlimited_capacities": [500] }), 300, begins).await;
    is_refused(&story, ADA, json!({ "zoom_events_unlimited": false }), 300, "You can't remove all Zoom Events").await;
}

#[tokio::test]
async fn who_let_an_invitation_run_out_has_no_settings() {
    let mut story = with_all_scopes().await;
    let user = json!({ "email": "invited@northlight.example", "type": 1 });
    story.send("POST", "/users", json!({ "action": "create", "user_info": user })).await;
    let path = "/users/invited@northlight.example/settings";
    assert_eq!(story.get(path).await.0, 200);
    story.pass(31 * 24 * 3600);
    story.sign_in().await;
    for (status, answer) in [story.get(path).await, story.send("PATCH", path, json!({})).await] {
        assert_eq!((status, &answer["code"]), (400, &json!(1120)), "{answer}");
    }
}

#[tokio::test]
async fn options_of_a_sub_account_open_with_the_scope_that_guides_ask_for() {
    let scopes = "account:update:options:admin account:write:sub_account:master account:read:sub_account:master";
    let story = Story::with(crate::story::builder().scopes(scopes.split(' '))).await;
    let who =
        json!({ "first_name": "Otis", "last_name": "Vale", "email": "otis@south.example", "password": "Pretend-1" });
    let (_, made) = story.send("POST", "/accounts", who).await;
    let path = format!("/accounts/{}/options", made["id"].as_str().unwrap());
    patch(&story, &path, json!({ "pay_mode": "sub", "share_mc": true })).await;
    for (body, status, code, begins) in [
        (json!({ "pay_mode": "master" }), 400, 200, "The pay mode cannot be updated"),
        (json!({ "billing_auto_renew": false }), 400, 2100, "The collection method cannot be changed"),
        (json!({ "meeting_connector_list": ["0.0.0.0"] }), 400, 2115, "Some meeting connectors"),
    ] {
        let (given, answer) = story.send("PATCH", &path, body).await;
        assert_eq!((given, &answer["code"]), (status, &json!(code)), "{answer}");
        assert!(answer["message"].as_str().unwrap().starts_with(begins), "{answer}");
    }
    let story = Story::with(crate::story::builder().without_scope("account:update:options:admin")).await;
    let (status, refused) = story.send("PATCH", "/accounts/me/options", json!({ "share_mc": true })).await;
    let message = "Invalid access token, does not contain scopes:[account:update:options:master].";
    assert_eq!((status, refused), (400, json!({ "code": 4711, "message": message })));
}
