//! Stories of the token: how it is asked for, what it is good for, and for how long.

use serde_json::json;

use crate::story::{Story, builder, send};

#[tokio::test]
async fn a_token_comes_with_the_time_by_the_sandboxs_clock() {
    let story = Story::begin().await;
    story.zoom.clock().set("2027-03-01T08:30:00Z".parse().unwrap());
    let held = story.zoom.credentials();
    let query = [("grant_type", "account_credentials"), ("account_id", held.account_id.as_str())];
    let request =
        story.http.post(story.zoom.oauth()).query(&query).basic_auth(&held.client_id, Some(&held.client_secret));
    let answer = request.send().await.unwrap();
    let date = answer.headers()["date"].to_str().unwrap();
    assert!(date.starts_with("Mon, 01 Mar 2027 08:3"), "{date}");
}

#[tokio::test]
async fn a_token_is_given_for_a_form_body_and_for_a_query_alike() {
    let story = Story::begin().await;
    let held = story.zoom.credentials();
    let query = [("grant_type", "account_credentials"), ("account_id", held.account_id.as_str())];
    let request =
        story.http.post(story.zoom.oauth()).query(&query).basic_auth(&held.client_id, Some(&held.client_secret));
    let (status, body) = send(request).await;
    assert_eq!(status, 200);
    assert_eq!(body["token_type"], "bearer");
    assert_eq!(body["expires_in"], 3600);
    assert_eq!(body["api_url"], story.zoom.base());
    assert!(body["scope"].as_str().unwrap().split(' ').any(|scope| scope == "meeting:write:meeting:admin"));
    assert_ne!(body["access_token"], story.token.as_str(), "each request gives another token");
}

#[tokio::test]
async fn wrong_credentials_are_refused_in_zooms_words() {
    let story = Story::begin().await;
    let held = story.zoom.credentials();
    let ask = |id: &str, secret: &str, grant: &str, account: &str| {
        let form = [("grant_type", grant.to_owned()), ("account_id", account.to_owned())];
        send(story.http.post(story.zoom.oauth()).basic_auth(id, Some(secret)).form(&form))
    };
    let (id, secret, account) = (&held.client_id, &held.client_secret, &held.account_id);
    let bad_client = json!({ "reason": "Invalid client_id or client_secret", "error": "invalid_client" });
    assert_eq!(ask("nobody", secret, "account_credentials", account).await, (400, bad_client.clone()));
    assert_eq!(ask(id, "wrong", "account_credentials", account).await, (400, bad_client));
    let bad_account = json!({ "reason": "Bad Request", "error": "invalid_request" });
    assert_eq!(ask(id, secret, "account_credentials", "elsewhere").await, (400, bad_account));
    let bad_grant = json!({ "reason": "unsupported grant type", "error": "unsupported_grant_type" });
    assert_eq!(ask(id, secret, "client_credentials", account).await, (400, bad_grant));
}

#[tokio::test]
async fn a_token_ends_after_an_hour_of_the_sandboxs_time() {
    let mut story = Story::begin().await;
    story.pass(3599);
    assert_eq!(story.get("/users/me").await.0, 200);
    story.pass(1);
    let (status, body) = story.get("/users/me").await;
    assert_eq!((status, body), (401, json!({ "code": 124, "message": "Access token is expired." })));
    story.sign_in().await;
    assert_eq!(story.get("/users/me").await.0, 200);
}

#[tokio::test]
async fn calls_without_a_token_or_with_a_foreign_one_are_refused() {
    let story = Story::begin().await;
    let url = format!("{}/users", story.zoom.api());
    let (status, body) = send(story.http.get(&url)).await;
    assert_eq!((status, body), (401, json!({ "code": 124, "message": "Requires an access token." })));
    let (status, body) = send(story.http.get(&url).bearer_auth("eyJ-of-somebody-else")).await;
    assert_eq!((status, body), (401, json!({ "code": 124, "message": "Invalid access token." })));
    let (status, _) = send(story.http.get(format!("{url}?access_token={}", story.token))).await;
    assert_eq!(status, 401, "a token in the query does not count");
}

#[tokio::test]
async fn a_missing_scope_is_named_with_all_that_would_do() {
    let story = Story::with(builder().without_scope("meeting:write:meeting:admin")).await;
    let (status, body) = story.send("POST", "/users/me/meetings", json!({ "topic": "No" })).await;
    let message = "Invalid access token, does not contain scopes:[meeting:write:meeting, meeting:write:meeting:admin].";
    assert_eq!((status, body), (400, json!({ "code": 4711, "message": message })));
    assert_eq!(story.zoom.world().meetings().len(), 0);

    let classic = Story::with(builder().scopes(["meeting:write:admin"])).await;
    let (status, _) = classic.send("POST", "/users/me/meetings", json!({ "topic": "Yes" })).await;
    assert_eq!(status, 201, "an app with classic scopes may too");
}

#[tokio::test]
async fn what_zoom_does_not_know_and_what_the_sandbox_does_not_do_yet_are_told_apart() {
    let rooms = zoom_spec::operation("listCollaborationDevices").unwrap();
    let story = Story::with(builder().scopes(rooms.granular.iter().copied())).await;
    let (status, body) = story.get("/nonsense/1").await;
    assert_eq!((status, body), (400, json!({ "code": 2300, "message": "This API endpoint is not recognized." })));
    let (status, body) = story.get("/users/me/collaboration_devices").await;
    assert_eq!(status, 501);
    assert!(body["message"].as_str().unwrap().contains(rooms.id), "{body}");
    let (status, body) = story.get("/meetings/81234567890/registrants").await;
    assert_eq!((status, &body["code"]), (400, &json!(4711)), "a scope is asked for before anything else");
}

#[tokio::test]
async fn a_scope_that_there_is_not_cannot_be_left_out() {
    let told = builder().without_scope("meeting:write:metings:admin").start().await.unwrap_err().to_string();
    assert!(told.contains("meeting:write:metings:admin"), "{told}");
}
