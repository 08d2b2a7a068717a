//! Stories of registration: who comes, who decides, what is asked, and what subscribers hear.

use serde_json::{Value, json};

use crate::{
    story::{Story, builder, send},
    webhooks::subscribe,
};

/// A story whose app holds every scope, and whose calls are not counted.
pub(crate) async fn with_all_scopes() -> Story {
    let scopes = zoom_spec::operations().iter().flat_map(|operation| operation.granular);
    let scopes = scopes.chain(zoom_spec::events().iter().flat_map(|event| event.granular));
    let scopes: std::collections::BTreeSet<_> = scopes.map(|scope| (*scope).to_owned()).collect();
    Story::with(builder().scopes(scopes).unlimited()).await
}

/// The path of a meeting of Ada's with these settings.
async fn meeting(story: &Story, settings: Value) -> String {
    let body = json!({ "topic": "Open studio", "type": 2, "start_time": "2026-11-24T10:00:00Z", "settings": settings });
    let (status, made) = story.send("POST", "/users/me/meetings", body).await;
    assert_eq!(status, 201, "{made}");
    format!("/meetings/{}", made["id"])
}

/// The path of a webinar of Ben's with these settings.
async fn webinar(story: &Story, settings: Value) -> String {
    let body =
        json!({ "topic": "Ask an architect", "type": 5, "start_time": "2026-11-24T15:00:00Z", "settings": settings });
    let (status, made) = story.send("POST", "/users/ben@northlight.example/webinars", body).await;
    assert_eq!(status, 201, "{made}");
    format!("/webinars/{}", made["id"])
}

fn person(name: &str) -> Value {
    json!({ "first_name": name, "last_name": "Chill", "email": format!("{}@guests.example", name.to_lowercase()) })
}

async fn register(story: &Story, path: &str, name: &str) -> Value {
    let (status, made) = story.send("POST", &format!("{path}/registrants"), person(name)).await;
    assert_eq!(status, 201, "{made}");
    made
}

async fn decide(story: &Story, path: &str, action: &str, id: &Value) -> (u16, Value) {
    let body = json!({ "action": action, "registrants": [{ "id": id }] });
    story.send("PUT", &format!("{path}/registrants/status"), body).await
}

async fn listed(story: &Story, path: &str, status: &str) -> Vec<String> {
    let (code, list) = story.get(&format!("{path}/registrants?status={status}")).await;
    assert_eq!(code, 200, "{list}");
    let rows = list["registrants"].as_array().unwrap();
    assert_eq!(list["total_records"], rows.len());
    rows.iter().map(|row| row["first_name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn without_registration_nobody_can_register_and_with_it_the_meeting_says_where() {
    let story = with_all_scopes().await;
    let path = meeting(&story, json!({})).await;
    assert!(story.get(&path).await.1.get("registration_url").is_none());
    let (status, refused) = story.send("POST", &format!("{path}/registrants"), person("Jill")).await;
    let number = path.rsplit('/').next().unwrap();
    let message = format!("Registration has not been enabled for this meeting: {number}.");
    assert_eq!((status, refused), (400, json!({ "code": 300, "message": message })));
    assert_eq!(story.get(&format!("{path}/registrants")).await.0, 400);
    assert_eq!(story.send("PATCH", &path, json!({ "settings": { "approval_type": 0 } })).await.0, 204);
    let url = format!("{}/meeting/register/{number}", story.zoom.base());
    assert_eq!(story.get(&path).await.1["registration_url"], url);
    register(&story, &path, "Jill").await;

    let path = webinar(&story, json!({ "approval_type": 2 })).await;
    let (status, refused) = story.send("POST", &format!("{path}/registrants"), person("Jill")).await;
    assert_eq!((status, &refused["code"]), (400, &json!(3000)));
    assert!(refused["message"].as_str().unwrap().starts_with("This webinar does not have registration as required"));
}

#[tokio::test]
async fn with_automatic_approval_a_registrant_has_a_link_of_their_own_at_once() {
    let story = with_all_scopes().await;
    let receiver = subscribe(&story).await;
    let path = meeting(&story, json!({ "approval_type": 0 })).await;
    let mut body = person("Jill");
    body["org"] = json!("Cooking Org");
    body["no_of_employees"] = json!("1-20");
    body["custom_questions"] = json!([{ "title": "Why?", "value": "Curious" }]);
    let (status, made) = story.send("POST", &format!("{path}/registrants"), body).await;
    assert_eq!(
        (status, &made["topic"], &made["start_time"]),
        (201, &json!("Open studio"), &json!("2026-11-24T10:00:00Z"))
    );
    let link = made["join_url"].as_str().unwrap();
    assert!(link.contains("?tk=sbx") && link.contains("&pwd="), "{link}");
    let (_, other) = story.send("POST", &format!("{path}/registrants"), person("Bo")).await;
    assert_ne!(other["join_url"], made["join_url"]);

    let (status, read) = story.get(&format!("{path}/registrants/{}", made["registrant_id"].as_str().unwrap())).await;
    assert_eq!((status, &read["id"], &read["status"]), (200, &made["registrant_id"], &json!("approved")));
    assert_eq!(
        (&read["org"], &read["email"], &read["address"]),
        (&json!("Cooking Org"), &json!("jill@guests.example"), &json!(""))
    );
    assert_eq!((&read["custom_questions"][0]["value"], &read["join_url"]), (&json!("Curious"), &made["join_url"]));
    assert_eq!(
        (&read["create_time"], &read["participant_pin_code"]),
        (&json!("2026-11-23T09:00:00Z"), &made["participant_pin_code"])
    );
    assert_eq!(listed(&story, &path, "approved").await, ["Jill", "Bo"]);
    let (_, row) = story.get(&format!("{path}/registrants")).await;
    assert_eq!(row["registrants"][0], read, "lists and single answers say the same");

    let told = &receiver.events(3).await[1];
    assert_eq!(told["event"], "meeting.registration_created");
    assert!(told["payload"].get("operator").is_none());
    let registrant = &told["payload"]["object"]["registrant"];
    assert_eq!((&registrant["id"], &registrant["org"]), (&made["registrant_id"], &json!("Cooking Org")));
    assert_eq!((&registrant["status"], &registrant["join_url"]), (&json!("approved"), &made["join_url"]));
    assert_eq!(told["payload"]["object"]["id"].to_string(), path.rsplit('/').next().unwrap());
}

#[tokio::test]
async fn with_manual_approval_the_host_decides_and_everybody_hears_of_it() {
    let story = with_all_scopes().await;
    let receiver = subscribe(&story).await;
    let path = webinar(&story, json!({ "approval_type": 1 })).await;
    let (jill, bo) = (register(&story, &path, "Jill").await, register(&story, &path, "Bo").await);
    assert!(jill.get("join_url").is_none(), "{jill}");
    assert_eq!((listed(&story, &path, "pending").await.len(), listed(&story, &path, "approved").await.len()), (2, 0));
    assert_eq!(decide(&story, &path, "approve", &jill["registrant_id"]).await, (204, Value::Null));
    assert_eq!(decide(&story, &path, "deny", &bo["registrant_id"]).await.0, 204);
    assert_eq!(
        (listed(&story, &path, "approved").await, listed(&story, &path, "denied").await),
        (vec!["Jill".to_owned()], vec!["Bo".to_owned()])
    );
    let (_, read) = story.get(&format!("{path}/registrants/{}", jill["registrant_id"].as_str().unwrap())).await;
    assert!(read["join_url"].as_str().unwrap().contains("tk="));
    assert!(read.get("participant_pin_code").is_none(), "webinars have none");
    assert_eq!(decide(&story, &path, "cancel", &jill["registrant_id"]).await.0, 204);
    for status in ["approved", "pending"] {
        assert!(listed(&story, &path, status).await.is_empty(), "{status}");
    }
    let (status, gone) = story.get(&format!("{path}/registrants/{}", jill["registrant_id"].as_str().unwrap())).await;
    assert_eq!((status, &gone["code"]), (400, &json!(3079)));
    assert_eq!(decide(&story, &path, "cancel", &bo["registrant_id"]).await.0, 204, "there is nothing to cancel");

    let events = receiver.events(6).await;
    let names: Vec<_> = events[1..].iter().map(|event| event["event"].as_str().unwrap()).collect();
    let turns = ["created", "created", "approved", "denied", "cancelled"];
    assert_eq!(names, turns.map(|turn| format!("webinar.registration_{turn}")));
    assert_eq!(events[1]["payload"]["object"]["registrant"]["status"], "pending");
    assert_eq!(events[3]["payload"]["operator"], "ada@northlight.example");
    assert_eq!(events[3]["payload"]["object"]["registrant"]["join_url"], read["join_url"]);
    assert!(events[4]["payload"]["object"]["registrant"].get("join_url").is_none());
}

#[tokio::test]
async fn who_was_denied_stays_denied_however_often_they_register() {
    let story = with_all_scopes().await;
    let path = meeting(&story, json!({ "approval_type": 0 })).await;
    let jill = register(&story, &path, "Jill").await;
    assert_eq!(decide(&story, &path, "deny", &jill["registrant_id"]).await.0, 204);
    let again = register(&story, &path, "Jill").await;
    assert_eq!(again["registrant_id"], jill["registrant_id"]);
    assert!(again.get("join_url").is_none(), "{again}");
    assert_eq!(listed(&story, &path, "denied").await, ["Jill"]);
    assert!(listed(&story, &path, "approved").await.is_empty());
}

#[tokio::test]
async fn one_form_may_be_approved_where_the_host_decides() {
    let story = with_all_scopes().await;
    let path = meeting(&story, json!({ "approval_type": 1 })).await;
    let mut body = person("Jill");
    body["auto_approve"] = json!(true);
    let (_, made) = story.send("POST", &format!("{path}/registrants"), body).await;
    assert!(made["join_url"].is_string());
    let people: Vec<_> = ["Bo", "Cy"].map(person).to_vec();
    let batch = json!({ "registrants": people });
    let (status, made) = story.send("POST", &format!("{path}/batch_registrants"), batch).await;
    assert_eq!((status, made["registrants"].as_array().unwrap().len()), (201, 2), "{made}");
    assert!(made["registrants"][0].get("join_url").is_none());
    assert_eq!(made["registrants"][1]["email"], "cy@guests.example");
    let batch = json!({ "auto_approve": true, "registrants": [person("Di")] });
    let (_, made) = story.send("POST", &format!("{path}/batch_registrants"), batch).await;
    assert!(made["registrants"][0]["join_url"].is_string());
    assert_eq!(listed(&story, &path, "approved").await, ["Jill", "Di"]);
    assert_eq!(listed(&story, &path, "pending").await, ["Bo", "Cy"]);

    let too_many: Vec<_> = (0..31).map(|turn| person(&format!("P{turn}"))).collect();
    let (status, refused) =
        story.send("POST", &format!("{path}/batch_registrants"), json!({ "registrants": too_many })).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("registrants")));
    story.send("PATCH", &path, json!({ "type": 3 })).await;
    let (status, refused) =
        story.send("POST", &format!("{path}/batch_registrants"), json!({ "registrants": [person("Eve")] })).await;
    assert_eq!((status, &refused["code"]), (400, &json!(303)));
}

#[tokio::test]
async fn who_registers_again_has_the_same_registration_three_times_a_day() {
    let mut story = with_all_scopes().await;
    story.zoom.enforce_limits(true);
    let path = meeting(&story, json!({ "approval_type": 0 })).await;
    let first = register(&story, &path, "Jill").await;
    for _ in 0..2 {
        assert_eq!(register(&story, &path, "Jill").await["registrant_id"], first["registrant_id"]);
    }
    let (status, refused) = story.send("POST", &format!("{path}/registrants"), person("Jill")).await;
    assert_eq!((status, &refused["code"]), (429, &json!(429)));
    assert!(refused["message"].as_str().unwrap().contains("daily rate limit of (3)"), "{refused}");
    assert_eq!(listed(&story, &path, "approved").await, ["Jill"]);
    register(&story, &path, "Bo").await;
    for turn in 0..10 {
        let action = if turn % 2 == 0 { "deny" } else { "approve" };
        assert_eq!(decide(&story, &path, action, &first["registrant_id"]).await.0, 204, "{turn}");
    }
    let (status, refused) = decide(&story, &path, "deny", &first["registrant_id"]).await;
    assert_eq!(status, 429);
    assert!(refused["message"].as_str().unwrap().contains("daily rate limit of (10)"), "{refused}");
    story.pass(15 * 3600);
    story.sign_in().await;
    register(&story, &path, "Jill").await;
    assert_eq!(decide(&story, &path, "deny", &first["registrant_id"]).await.0, 204, "a new day of UTC");
}

#[tokio::test]
async fn limits_that_are_not_enforced_count_no_registrations_and_changed_ones_begin_to_count_anew() {
    let story = with_all_scopes().await;
    let path = meeting(&story, json!({ "approval_type": 0 })).await;
    let statuses = async |times: usize| {
        let mut statuses = Vec::new();
        for _ in 0..times {
            statuses.push(story.send("POST", &format!("{path}/registrants"), person("Jill")).await.0);
        }
        statuses
    };
    assert_eq!(statuses(5).await, [201; 5]);
    story.control("PUT", "/limits", json!({ "enforced": true })).await;
    assert_eq!(statuses(4).await, [201, 201, 201, 429]);
    story.control("PUT", "/limits", json!({ "enforced": false })).await;
    let jill = register(&story, &path, "Jill").await;
    for turn in 0..12 {
        let action = if turn % 2 == 0 { "deny" } else { "approve" };
        assert_eq!(decide(&story, &path, action, &jill["registrant_id"]).await.0, 204, "{turn}");
    }
    story.control("PUT", "/limits", json!({ "enforced": true })).await;
    assert_eq!(statuses(4).await, [201, 201, 201, 429]);
}

#[tokio::test]
async fn places_are_limited_and_a_denied_registration_frees_one() {
    let story = with_all_scopes().await;
    let path = webinar(&story, json!({ "approval_type": 0, "registrants_restrict_number": 1 })).await;
    let jill = register(&story, &path, "Jill").await;
    let (status, refused) = story.send("POST", &format!("{path}/registrants"), person("Bo")).await;
    assert_eq!((status, &refused["code"]), (400, &json!(3000)));
    assert!(refused["message"].as_str().unwrap().starts_with("You have reached the limit for the number of attendees"));
    assert_eq!(decide(&story, &path, "deny", &jill["registrant_id"]).await.0, 204);
    register(&story, &path, "Bo").await;
    let (status, refused) = decide(&story, &path, "approve", &jill["registrant_id"]).await;
    assert_eq!((status, &refused["code"]), (400, &json!(3035)));
    let (status, refused) = story
        .send(
            "POST",
            &format!("{path}/registrants"),
            json!({
                "first_name": "Ben", "email": "ben@northlight.example",
            }),
        )
        .await;
    assert_eq!((status, refused), (400, json!({ "code": 3027, "message": "Host cannot register." })));
}

#[tokio::test]
async fn registration_closes_with_the_event_where_the_host_says_so() {
    let mut story = with_all_scopes().await;
    let open = meeting(&story, json!({ "approval_type": 0 })).await;
    let closing = meeting(&story, json!({ "approval_type": 0, "close_registration": true })).await;
    register(&story, &closing, "Jill").await;
    story.pass(27 * 3600);
    story.sign_in().await;
    register(&story, &open, "Bo").await;
    let (status, refused) = story.send("POST", &format!("{closing}/registrants"), person("Bo")).await;
    assert_eq!((status, &refused["code"]), (400, &json!(3038)));
}

#[tokio::test]
async fn questions_are_set_read_and_must_be_answered() {
    let story = with_all_scopes().await;
    let path = meeting(&story, json!({ "approval_type": 0 })).await;
    let questions = format!("{path}/registrants/questions");
    assert_eq!(story.get(&questions).await, (200, json!({ "custom_questions": [], "questions": [] })));
    let asked = json!({
        "questions": [{ "field_name": "city", "required": true }, { "field_name": "phone", "required": false }],
        "custom_questions": [{ "title": "How?", "type": "single", "required": true, "answers": ["Well", "Badly"] }],
    });
    assert_eq!(story.send("PATCH", &questions, asked.clone()).await, (204, Value::Null));
    assert_eq!(story.get(&questions).await, (200, asked));
    let answer = async |city: &str, how: &str| {
        let mut body = person("Jill");
        body["city"] = json!(city);
        body["custom_questions"] = json!([{ "title": "How?", "value": how }]);
        let (status, answer) = story.send("POST", &format!("{path}/registrants"), body).await;
        (status, answer["errors"][0]["field"].clone())
    };
    assert_eq!(answer("", "Well").await, (400, json!("city")));
    assert_eq!(answer("Lagos", "").await, (400, json!("custom_questions")));
    assert_eq!(answer("Lagos", "So so").await, (400, json!("custom_questions")));
    assert_eq!(answer("Lagos", "Well").await.0, 201);
    let wrong = json!({ "custom_questions": [{ "title": "Which?", "type": "single" }] });
    let (status, refused) = story.send("PATCH", &questions, wrong).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("custom_questions[0].answers")));
    let wrong = json!({ "questions": [{ "field_name": "shoe_size" }] });
    assert_eq!(story.send("PATCH", &questions, wrong).await.0, 400);
}

#[tokio::test]
async fn wrong_forms_and_unknown_registrants_are_refused() {
    let story = with_all_scopes().await;
    let path = meeting(&story, json!({ "approval_type": 1 })).await;
    for (body, field) in [
        (json!({ "email": "a@b.example" }), "first_name"),
        (json!({ "first_name": "A" }), "email"),
        (json!({ "first_name": "A", "email": "nobody" }), "email"),
        (json!({ "first_name": "x".repeat(65), "email": "a@b.example" }), "first_name"),
        (json!({ "first_name": "A", "email": "a@b.example", "no_of_employees": "12" }), "no_of_employees"),
    ] {
        let (status, refused) = story.send("POST", &format!("{path}/registrants"), body.clone()).await;
        assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!(field)), "{body}");
    }
    let (status, refused) = decide(&story, &path, "approve", &json!("nobody")).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("registrants[0].id")));
    assert_eq!(decide(&story, &path, "praise", &json!("nobody")).await.0, 400);
    assert_eq!(story.get(&format!("{path}/registrants/nobody")).await.0, 400);
    let (status, refused) = send(story.request("DELETE", &format!("{path}/registrants/nobody"))).await;
    assert_eq!((status, &refused["code"]), (400, &json!(300)));
    assert_eq!(story.get("/meetings/99999999999/registrants").await.0, 404);
    let scopeless = Story::begin().await;
    assert_eq!(scopeless.get("/meetings/99999999999/registrants").await.1["code"], 4711);
}

#[tokio::test]
async fn a_deleted_registrant_is_gone_and_hears_of_it() {
    let story = with_all_scopes().await;
    let path = meeting(&story, json!({ "approval_type": 0 })).await;
    let jill = register(&story, &path, "Jill").await;
    let receiver = subscribe(&story).await;
    let one = format!("{path}/registrants/{}", jill["registrant_id"].as_str().unwrap());
    assert_eq!(send(story.request("DELETE", &one)).await, (204, Value::Null));
    assert_eq!((story.get(&one).await.0, listed(&story, &path, "approved").await.len()), (400, 0));
    assert_eq!(receiver.events(1).await[0]["event"], "meeting.registration_cancelled");
    assert_ne!(register(&story, &path, "Jill").await["registrant_id"], jill["registrant_id"]);
}

/// A series of three days with a way of registering for it.
async fn series(story: &Story, registration_type: i64) -> (String, Vec<String>) {
    let body = json!({
        "topic": "Three evenings", "type": 8, "start_time": "2026-11-24T18:00:00Z",
        "recurrence": { "type": 1, "end_times": 3 },
        "settings": { "approval_type": 0, "registration_type": registration_type },
    });
    let (status, made) = story.send("POST", "/users/me/meetings", body).await;
    assert_eq!(status, 201, "{made}");
    let rows = made["occurrences"].as_array().unwrap();
    let ids = rows.iter().map(|row| row["occurrence_id"].as_str().unwrap().to_owned()).collect();
    (format!("/meetings/{}", made["id"]), ids)
}

#[tokio::test]
async fn of_a_series_one_registers_for_all_for_one_or_for_some() {
    let story = with_all_scopes().await;
    let registered = async |path: &str, ids: &str| {
        let (status, made) =
            story.send("POST", &format!("{path}/registrants?occurrence_ids={ids}"), person("Jill")).await;
        (status, made["occurrences"].as_array().map_or(0, Vec::len), made)
    };
    let on_day = async |path: &str, id: &str| {
        story.get(&format!("{path}/registrants?occurrence_id={id}")).await.1["total_records"].clone()
    };
    let (path, ids) = series(&story, 1).await;
    assert_eq!(registered(&path, &ids[1]).await.1, 3, "for all, whatever was named");
    assert_eq!((on_day(&path, &ids[0]).await, on_day(&path, &ids[2]).await), (json!(1), json!(1)));

    let (path, ids) = series(&story, 2).await;
    let (_, count, made) = registered(&path, &ids[1]).await;
    assert_eq!((count, &made["start_time"]), (1, &json!("2026-11-25T18:00:00Z")));
    assert_eq!(registered(&path, &ids[..2].join(",")).await.0, 400, "one at a time");
    assert_eq!((on_day(&path, &ids[0]).await, on_day(&path, &ids[1]).await), (json!(0), json!(1)));
    assert_eq!(registered(&path, &ids[2]).await.1, 2, "and another one");

    let (path, ids) = series(&story, 3).await;
    let (_, count, made) = registered(&path, &ids[1..].join(",")).await;
    assert_eq!(count, 2);
    assert_eq!(registered(&path, "1").await.0, 400);
    let one = format!("{path}/registrants/{}?occurrence_id={}", made["registrant_id"].as_str().unwrap(), ids[1]);
    assert_eq!(send(story.request("DELETE", &one)).await.0, 204);
    assert_eq!((on_day(&path, &ids[1]).await, on_day(&path, &ids[2]).await), (json!(0), json!(1)));
    assert_eq!(story.get(&format!("{path}/registrants?occurrence_id=1")).await.0, 400);
}

#[tokio::test]
async fn webinars_count_where_registrants_came_from() {
    let story = with_all_scopes().await;
    let path = webinar(&story, json!({ "approval_type": 0 })).await;
    for (name, source) in [("Jill", "letter"), ("Bo", "letter"), ("Cy", "poster")] {
        let mut body = person(name);
        body["source_id"] = json!(source);
        assert_eq!(story.send("POST", &format!("{path}/registrants"), body).await.0, 201);
    }
    register(&story, &path, "Di").await;
    let (_, list) = story.get(&format!("{path}/tracking_sources")).await;
    assert_eq!((&list["total_records"], &list["tracking_sources"][0]["id"]), (&json!(2), &json!("letter")));
    assert_eq!(list["tracking_sources"][0]["registration_count"], 2);
    let (_, list) = story.get(&format!("{path}/registrants?tracking_source_id=poster")).await;
    assert_eq!((&list["total_records"], &list["registrants"][0]["first_name"]), (&json!(1), &json!("Cy")));
}
