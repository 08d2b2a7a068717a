//! Stories of a webinar's panel.

use serde_json::{Value, json};

use crate::{
    registrants::with_all_scopes,
    story::{Story, send},
};

async fn webinar(story: &Story) -> String {
    let body = json!({ "topic": "Ask an architect", "type": 5, "start_time": "2026-11-24T15:00:00Z",
        "settings": { "approval_type": 0 } });
    let (status, made) = story.send("POST", "/users/ben@northlight.example/webinars", body).await;
    assert_eq!(status, 201, "{made}");
    format!("/webinars/{}", made["id"])
}

async fn panel(story: &Story, path: &str) -> Vec<Value> {
    let (status, list) = story.get(&format!("{path}/panelists")).await;
    assert_eq!(status, 200, "{list}");
    let rows = list["panelists"].as_array().unwrap().clone();
    assert_eq!(list["total_records"], rows.len());
    rows
}

#[tokio::test]
async fn panelists_come_with_a_link_of_their_own_and_leave_one_by_one_or_together() {
    let story = with_all_scopes().await;
    let path = webinar(&story).await;
    assert!(panel(&story, &path).await.is_empty());
    let body = json!({ "panelists": [
        { "name": "Jill Chill", "email": "Jill@guests.example", "name_tag_pronouns": "she/her" },
        { "name": "Bo Low", "email": "bo@guests.example" },
    ] });
    let (status, made) = story.send("POST", &format!("{path}/panelists"), body).await;
    let number = path.rsplit('/').next().unwrap();
    assert_eq!((status, made), (201, json!({ "id": number, "updated_at": "2026-11-23T09:00:00Z" })));
    let rows = panel(&story, &path).await;
    assert_eq!((&rows[0]["name"], &rows[0]["email"]), (&json!("Jill Chill"), &json!("jill@guests.example")));
    assert_eq!(rows[0]["name_tag_pronouns"], "she/her");
    assert!(rows[0]["join_url"].as_str().unwrap().contains("tk=sbx"));
    assert_ne!(rows[0]["join_url"], rows[1]["join_url"]);

    let again = json!({ "panelists": [{ "name": "Jill C.", "email": "jill@guests.example" }] });
    story.send("POST", &format!("{path}/panelists"), again).await;
    let renamed = panel(&story, &path).await;
    assert_eq!((renamed.len(), &renamed[0]["name"], &renamed[0]["id"]), (2, &json!("Jill C."), &rows[0]["id"]));

    let one = format!("{path}/panelists/{}", rows[0]["id"].as_str().unwrap());
    assert_eq!(send(story.request("DELETE", &one)).await, (204, Value::Null));
    assert_eq!(send(story.request("DELETE", &one)).await.0, 400, "only once");
    assert_eq!(panel(&story, &path).await.len(), 1);
    assert_eq!(send(story.request("DELETE", &format!("{path}/panelists"))).await, (204, Value::Null));
    assert!(panel(&story, &path).await.is_empty());
}

#[tokio::test]
async fn a_panelist_need_not_and_cannot_register() {
    let story = with_all_scopes().await;
    let path = webinar(&story).await;
    let body = json!({ "panelists": [{ "name": "Jill", "email": "jill@guests.example" }] });
    story.send("POST", &format!("{path}/panelists"), body).await;
    let form = json!({ "first_name": "Jill", "email": "JILL@guests.example" });
    let (status, refused) = story.send("POST", &format!("{path}/registrants"), form).await;
    assert_eq!((status, &refused["code"]), (400, &json!(3000)));
    assert!(refused["message"].as_str().unwrap().starts_with("You have been invited as a panelist"), "{refused}");
}

#[tokio::test]
async fn a_panel_has_a_hundred_seats_and_each_has_a_name_and_an_address() {
    let story = with_all_scopes().await;
    let path = webinar(&story).await;
    let seats = |from: usize, count: usize| {
        let seat = |turn| json!({ "name": format!("P{turn}"), "email": format!("p{turn}@guests.example") });
        json!({ "panelists": (from..from + count).map(seat).collect::<Vec<_>>() })
    };
    for from in [0, 30, 60] {
        assert_eq!(story.send("POST", &format!("{path}/panelists"), seats(from, 30)).await.0, 201);
    }
    let (status, refused) = story.send("POST", &format!("{path}/panelists"), seats(90, 11)).await;
    assert_eq!((status, &refused["code"]), (400, &json!(3000)));
    assert!(refused["message"].as_str().unwrap().starts_with("You have reached the limit for the number of panelists"));
    assert_eq!(panel(&story, &path).await.len(), 90, "none of them was added");
    for (body, field) in [
        (seats(90, 31), "panelists"),
        (json!({ "panelists": [] }), "panelists"),
        (json!({ "panelists": [{ "email": "a@b.example" }] }), "panelists[0].name"),
        (json!({ "panelists": [{ "name": "A", "email": "nobody" }] }), "panelists[0].email"),
    ] {
        let (status, refused) = story.send("POST", &format!("{path}/panelists"), body).await;
        assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!(field)), "{refused}");
    }
    assert_eq!(story.get("/webinars/99999999999/panelists").await.1["code"], 3001);
    assert_eq!(Story::begin().await.get("/webinars/99999999999/panelists").await.1["code"], 4711);
}
