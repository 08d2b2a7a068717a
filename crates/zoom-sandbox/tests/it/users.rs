//! Stories of users: who there is, how they are found, and their keys.

use serde_json::json;

use crate::story::Story;

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
    let whose = |body: &serde_json::Value| {
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
