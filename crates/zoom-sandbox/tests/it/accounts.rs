//! Stories of sub-accounts, owners and roles: what a primary account sees, and what a role forbids.

use serde_json::json;

use crate::{
    story::{Story, builder, send},
    visitor::Visitor,
};

const MASTER: &str = "account:write:sub_account:master account:read:list_sub_accounts:master \
                      account:read:sub_account:master account:delete:sub_account:master account:update:options:master \
                      account:update:owner:master user:write:user:master user:read:list_users:master \
                      user:read:user:master webinar:write:webinar:master webinar:read:webinar:master \
                      webinar:delete:webinar:master user:read:list_users:admin user:read:user:admin \
                      webinar:read:webinar:admin";

#[tokio::test]
async fn a_sub_account_has_people_and_webinars_of_its_own_and_goes_with_them() {
    let story = Story::with(builder().scopes(MASTER.split(' '))).await;
    let who = json!({ "first_name": "Otis", "last_name": "Vale", "email": "otis@south.example", "password": "Pretend-1",
        "account_name": "Southlight" });
    let (status, made) = story.send("POST", "/accounts", who.clone()).await;
    assert_eq!(status, 201, "{made}");
    assert_eq!(story.send("POST", "/accounts", who).await.0, 409, "an address belongs to one account");
    let account = made["id"].as_str().unwrap();
    let (_, list) = story.get("/accounts").await;
    assert_eq!((&list["total_records"], &list["accounts"][0]["account_name"]), (&json!(1), &json!("Southlight")));
    let (_, users) = story.get(&format!("/accounts/{account}/users")).await;
    assert_eq!(users["users"][0]["email"], "otis@south.example");
    assert_eq!(story.get("/users").await.1["total_records"], 5, "they are not among our own");
    assert_eq!(story.get("/users/otis@south.example").await.0, 404);
    let (status, webinar) =
        story.send("POST", &format!("/accounts/{account}/users/me/webinars"), json!({ "topic": "South" })).await;
    assert_eq!(status, 201, "{webinar}");
    let path = format!("/accounts/{account}/webinars/{}", webinar["id"]);
    assert_eq!(story.get(&path).await.1["topic"], "South");
    let (status, ours) = story.get(&format!("/webinars/{}", webinar["id"])).await;
    assert_eq!((status, &ours["code"]), (404, &json!(3001)), "it is not among our own: {ours}");
    let options = format!("/accounts/{account}/options");
    assert_eq!(story.send("PATCH", &options, json!({ "share_mc": true, "pay_mode": "sub" })).await.0, 200);
    let (_, seen) = story.get(&format!("/accounts/{account}")).await;
    assert_eq!((&seen["options"]["share_mc"], &seen["options"]["pay_mode"]), (&json!(true), &json!("sub")));
    let (status, missing) = story.get("/accounts/sbxNobody/users").await;
    assert_eq!((status, &missing["code"]), (404, &json!(2001)));
    let (status, paid) = story.send("DELETE", &format!("/accounts/{account}"), json!([])).await;
    assert_eq!((status, &paid["code"]), (404, &json!(2000)), "it pays for itself: {paid}");
    let other =
        json!({ "first_name": "Una", "last_name": "Vale", "email": "una@south.example", "password": "Pretend-1" });
    let (_, made) = story.send("POST", "/accounts", other).await;
    let account = made["id"].as_str().unwrap();
    let (_, webinar) =
        story.send("POST", &format!("/accounts/{account}/users/me/webinars"), json!({ "topic": "South" })).await;
    let path = format!("/accounts/{account}/webinars/{}", webinar["id"]);
    assert_eq!(story.send("DELETE", &format!("/accounts/{account}"), json!([])).await.0, 204);
    assert_eq!(story.get(&path).await.0, 404);
    assert_eq!(story.get("/accounts").await.1["total_records"], 1, "the other one stays");
}

#[tokio::test]
async fn an_account_is_handed_to_an_admin_and_its_apps_follow_the_role_of_who_made_them() {
    let scopes = "role:write:member:admin role:read:list_roles:admin role:write:role:admin role:read:role:admin \
                  role:update:role:admin role:delete:role:admin role:read:list_members:admin role:delete:member:admin \
                  account:update:owner:admin user:read:user:admin user:read:list_users:admin user:write:user:admin";
    let story = Story::with(builder().scopes(scopes.split(' '))).await;
    let owner = |email: &str| json!({ "email": format!("{email}@northlight.example") });
    let (status, refused) = story.send("PUT", "/accounts/me/owner", owner("ben")).await;
    assert_eq!((status, &refused["code"]), (400, &json!(200)), "Ben is no admin: {refused}");
    let (status, added) = story.send("POST", "/roles/1/members", json!({ "members": [owner("ben")] })).await;
    assert_eq!(status, 201, "{added}");
    assert_eq!(story.send("PUT", "/accounts/me/owner", owner("ben")).await.0, 204);
    assert_eq!(story.get("/users/ben@northlight.example").await.1["role_name"], "Owner");
    assert_eq!(story.get("/users/me").await.1["role_name"], "Admin", "me is still who made the app");

    let (status, ada) =
        story.send("DELETE", &format!("/roles/1/members/{}", "ada@northlight.example"), json!([])).await;
    assert_eq!(status, 204, "{ada}");
    let (status, refused) = story.get("/users").await;
    let message = "Invalid access token. Does not contain permissions [User:Read].";
    assert_eq!((status, refused), (400, json!({ "code": 200, "message": message })));
}

#[tokio::test]
async fn new_tokens_have_the_scopes_that_the_role_of_who_made_the_app_grants_and_older_ones_keep_theirs() {
    let scopes = "role:write:member:admin role:write:role:admin role:delete:member:admin";
    let story = Story::with(builder().scopes(scopes.split(' ')).unlimited()).await;
    let lucia = Visitor::sign_in(&story, "Lucía Marín").await;
    let all = ["meeting:read:list_meetings", "user:read:list_users:admin", "user:write:user:admin"];
    let app = lucia.active_app("Front desk's", &all).await;
    let issued = async || {
        let (status, issued) = lucia.ask_token(&app).await;
        assert_eq!(status, 200, "{issued}");
        let mut scopes: Vec<_> = issued["scope"].as_str().unwrap().split(' ').map(str::to_owned).collect();
        scopes.sort();
        (scopes, issued["access_token"].as_str().unwrap().to_owned())
    };
    let users = async |token: &str| {
        let (_, body) = send(story.http.get(format!("{}/users", story.zoom.api())).bearer_auth(token)).await;
        (body["code"].clone(), body["total_records"].clone())
    };
    let (granted, before) = issued().await;
    assert_eq!(granted, all, "an admin grants every scope");

    let member = "lucia@northlight.example";
    assert_eq!(send(story.request("DELETE", &format!("/roles/1/members/{member}"))).await.0, 204);
    let (granted, after) = issued().await;
    assert_eq!(granted, all[..1], "a member grants what is about themselves");
    assert_eq!(users(&before).await.0, 200, "the older token has the scope, and the role forbids it");
    assert_eq!(users(&after).await.0, 4711);

    let body = json!({ "name": "Front desk", "description": "Looks, does not touch", "privileges": ["User:Read"] });
    let (_, role) = story.send("POST", "/roles", body).await;
    let members = json!({ "members": [{ "email": member }] });
    let path = format!("/roles/{}/members", role["id"].as_str().unwrap());
    assert_eq!(story.send("POST", &path, members).await.0, 201);
    let (granted, after) = issued().await;
    assert_eq!(granted, all[..2], "a role of one's own grants what it may do");
    assert_eq!(users(&after).await.1, 5);
}

#[tokio::test]
async fn a_role_of_ones_own_allows_what_it_names_and_leaves_members_behind() {
    let scopes = "role:write:member:admin role:read:list_roles:admin role:write:role:admin role:read:role:admin \
                  role:update:role:admin role:delete:role:admin role:read:list_members:admin user:read:list_permissions:admin";
    let story = Story::with(builder().scopes(scopes.split(' '))).await;
    let body = json!({ "name": "Front desk", "description": "Looks, does not touch", "privileges": ["User:Read"] });
    let (status, made) = story.send("POST", "/roles", body.clone()).await;
    assert_eq!(status, 200, "{made}");
    let (status, twice) = story.send("POST", "/roles", body).await;
    let message = "Role name Front desk has already been used.";
    assert_eq!((status, twice), (400, json!({ "code": 1224, "message": message })));
    let role = format!("/roles/{}", made["id"].as_str().unwrap());
    let members = json!({ "members": [{ "email": "yuki@northlight.example" }] });
    assert_eq!(story.send("POST", &format!("{role}/members"), members).await.0, 201);
    let (_, permissions) = story.get("/users/yuki@northlight.example/permissions").await;
    assert_eq!(permissions, json!({ "permissions": ["User:Read"] }));
    assert_eq!(story.send("PATCH", &role, json!({ "privileges": ["User:Read", "User:Edit"] })).await.0, 200);
    let (_, seen) = story.get(&role).await;
    assert_eq!((&seen["privileges"], &seen["total_members"]), (&json!(["User:Read", "User:Edit"]), &json!(1)));
    assert_eq!(story.send("DELETE", &role, json!([])).await.0, 200);
    assert_eq!(story.get(&role).await.1["code"], 1034);
    let (_, members) = story.get("/roles/2/members").await;
    let emails: Vec<_> = members["members"].as_array().unwrap().iter().map(|one| one["email"].clone()).collect();
    assert!(emails.contains(&json!("yuki@northlight.example")), "{emails:?}");
}

#[tokio::test]
async fn an_account_has_roles_of_its_own_beside_those_of_the_accounts_above_and_below() {
    let scopes =
        ["role:read:list_roles:admin", "role:write:role:admin", "role:read:role:admin", "role:update:role:admin"];
    let mut story = Story::with(builder().scopes(scopes.into_iter().chain(["account:write:sub_account:master"]))).await;
    let below = json!({ "first_name": "Noor", "last_name": "Aziz", "email": "noor@below.example", "password": "Long enough 1" });
    assert_eq!(story.send("POST", "/accounts", below).await.0, 201);
    let desk = json!({ "name": "Front desk", "description": "Above", "privileges": ["User:Read"] });
    assert_eq!(story.send("POST", "/roles", desk.clone()).await.0, 200);
    assert_eq!(story.send("PATCH", "/roles/1", json!({ "description": "Changed above" })).await.0, 200);

    let noor = Visitor::sign_in(&story, "Noor Aziz").await;
    assert!(noor.page("").await.contains("All apps of Noor Aziz"), "the account has its owner's name");
    let app = noor.active_app("Below", &scopes).await;
    let token = noor.token(&app).await;
    story.token = token;
    assert_eq!(story.get("/roles").await.1["total_records"], 3);
    assert_ne!(story.get("/roles/1").await.1["description"], "Changed above");
    let (status, made) = story.send("POST", "/roles", desk).await;
    assert_eq!(status, 200, "the name is free in this account: {made}");

    story.sign_in().await;
    let (_, gone) = story.get(&format!("/roles/{}", made["id"].as_str().unwrap())).await;
    assert_eq!(gone["code"], 1034, "it is not a role of the account above: {gone}");
}

#[tokio::test]
async fn a_member_gives_nobody_a_role_and_reads_no_report_whatever_scopes_their_app_was_ticked() {
    let story = Story::with(builder().unlimited()).await;
    let yuki = Visitor::sign_in(&story, "Yuki Tanaka").await;
    let every = zoom_sandbox::every_scope();
    let every: Vec<&str> = every.iter().map(String::as_str).collect();
    let app = yuki.active_app("All of it", &every).await;
    let (_, issued) = yuki.ask_token(&app).await;
    let scopes = issued["scope"].as_str().unwrap();
    for scope in
        ["role:write:member:admin", "role:write:role:admin", "report:read:admin", "account:update:owner:master"]
    {
        assert!(!scopes.split(' ').any(|one| one == scope), "{scope}");
    }
    let token = issued["access_token"].as_str().unwrap();
    let me = story.zoom.world().people().into_iter().find(|one| one.display_name == "Yuki Tanaka").unwrap();
    let call = async |method: &str, path: &str, body: serde_json::Value| {
        let request = story.http.request(method.parse().unwrap(), format!("{}{path}", story.zoom.api()));
        send(request.bearer_auth(token).json(&body)).await
    };
    let (status, refused) = call("POST", "/roles/1/members", json!({ "members": [{ "id": me.id }] })).await;
    assert_eq!((status, &refused["code"]), (400, &json!(4711)), "{refused}");
    for path in ["/roles", "/report/daily", "/users", "/zoom_events/events"] {
        let (status, refused) = call("GET", path, json!({})).await;
        assert!(status == 400 && [4711, 200].contains(&refused["code"].as_i64().unwrap()), "{path}: {refused}");
    }
    assert_eq!(story.zoom.world().person(&me.id).unwrap().role_id, me.role_id);
}
