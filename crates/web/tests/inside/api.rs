//! Stories of the JSON API.

use futures_util::future::join_all;
use http::{HeaderName, Method, StatusCode, header};
use model::Role;
use serde_json::{Value, json};

use crate::house::{House, text};

fn new_room(house: &House, title: &str) -> Value {
    json!({"title": title, "host": house.host(), "starts_at": "2026-11-30T19:30", "zone": "Europe/Madrid"})
}

fn fields(problem: &Value) -> Vec<&str> {
    problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_program_makes_a_room_sees_it_arrive_at_zoom_changes_it_and_deletes_it() {
    let house = House::connected().await;
    let owner = house.member("owner@example.org", Role::Owner).await;
    let token = house.token(&owner, true).await;
    let (status, room) = house.call(&token, Method::POST, "/api/v1/rooms", Some(new_room(&house, "Clinic"))).await;
    assert_eq!(status, StatusCode::CREATED, "{room}");
    assert_eq!(room["at_zoom"]["state"], "waiting");
    assert_eq!(room["starts_at_utc"], "2026-11-30T18:30:00Z");
    let path = format!("/api/v1/rooms/{}", room["id"].as_str().unwrap());

    house.worker.run_once().await.unwrap();
    let (_, room) = house.call(&token, Method::GET, &path, None).await;
    assert_eq!(room["at_zoom"]["state"], "live", "{room}");
    assert!(room["at_zoom"]["number"].is_i64() && room.get("passcode").is_none());

    let change = json!({"title": "Clinic, later", "duration": 45, "version": room["version"]});
    let (status, changed) = house.call(&token, Method::PATCH, &path, Some(change.clone())).await;
    assert_eq!(
        (status, &changed["title"], &changed["duration"]),
        (StatusCode::OK, &json!("Clinic, later"), &json!(45))
    );
    let (status, problem) = house.call(&token, Method::PATCH, &path, Some(change)).await;
    assert_eq!((status, &problem["type"]), (StatusCode::CONFLICT, &json!("urn:eroom:problem:conflict")));

    let (status, list) = house.call(&token, Method::GET, "/api/v1/rooms?when=coming&q=clin", None).await;
    assert_eq!((status, list["items"].as_array().unwrap().len(), &list["next"]), (StatusCode::OK, 1, &Value::Null));
    assert_eq!(house.call(&token, Method::DELETE, &path, None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(house.call(&token, Method::GET, &path, None).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_program_reads_why_a_room_is_not_at_zoom_as_its_page_says_it() {
    let house = House::connected().await;
    let owner = house.member("owner@example.org", Role::Owner).await;
    let (token, cookie) = (house.token(&owner, true).await, house.cookie("owner@example.org").await);
    let path = async |title: &str| {
        let (_, room) = house.call(&token, Method::POST, "/api/v1/rooms", Some(new_room(&house, title))).await;
        assert_eq!(room["at_zoom"]["reason"], Value::Null, "nothing has gone wrong yet");
        room["id"].as_str().unwrap().to_owned()
    };
    let told = async |id: &str| {
        let (_, room) = house.call(&token, Method::GET, &format!("/api/v1/rooms/{id}"), None).await;
        let reason = room["at_zoom"]["reason"].as_str().unwrap_or_else(|| panic!("{room}")).to_owned();
        let (_, page) = house.page(&cookie, &format!("/admin/rooms/{id}")).await;
        assert!(page.contains(&reason.replace('\'', "&#39;")), "{reason}: {page}");
        (room["at_zoom"]["state"].as_str().unwrap().to_owned(), reason)
    };
    let again = path("Tried again").await;
    house.sandbox.faults().next("meetingCreate", 1, zoom_sandbox::Fault::ServerError);
    house.worker.run_once().await.unwrap();
    assert_eq!(told(&again).await.0, "waiting");

    let id = house.service.connection(&owner).await.unwrap().unwrap().id;
    let host = model::ZoomUserId::parse(&house.host()).unwrap();
    let (now, host) = ("2026-11-23T12:00:00Z".parse().unwrap(), &host);
    let spend = |mut tx| async move {
        for _ in 0..100 {
            store::host_day::take(&mut tx, id, host, now, 100).await?;
        }
        Ok::<_, store::Error>(())
    };
    house.store.write(spend).await.unwrap();
    let late = path("One too many").await;
    house.worker.run_once().await.unwrap();
    let (state, reason) = told(&late).await;
    assert!(state == "waiting" && reason.contains("2026-11-24 00:00 UTC"), "{state}: {reason}");
}

/// Makes a room with a key; the status, where it is, the body.
async fn make_with(house: &House, token: &str, key: &str, body: &Value) -> (StatusCode, String, String) {
    let bearer = format!("Bearer {token}");
    let headers = [
        (header::AUTHORIZATION, bearer.as_str()),
        (header::CONTENT_TYPE, "application/json"),
        (HeaderName::from_static("idempotency-key"), key),
    ];
    let answer = house.send(Method::POST, "/api/v1/rooms", &headers, body.to_string()).await;
    let to = answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
    (answer.status(), to, text(answer).await)
}

#[tokio::test]
async fn a_program_that_sends_a_request_again_with_its_key_gets_the_same_answer_and_no_second_room() {
    let house = House::connected().await;
    let owner = house.member("owner@example.org", Role::Owner).await;
    let token = house.token(&owner, true).await;
    let body = new_room(&house, "Clinic");
    let answers = join_all((0..16).map(|_| make_with(&house, &token, "7d9d1b1e", &body))).await;
    let (status, to, first) = answers[0].clone();
    let room: Value = serde_json::from_str(&first).unwrap();
    assert_eq!((status, to), (StatusCode::CREATED, format!("/api/v1/rooms/{}", room["id"].as_str().unwrap())));
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    house.worker.run_once().await.unwrap();
    assert_eq!(make_with(&house, &token, "7d9d1b1e", &body).await, answers[0], "also once it is at Zoom");
    let count =
        async || house.call(&token, Method::GET, "/api/v1/rooms", None).await.1["items"].as_array().unwrap().len();
    assert_eq!((count().await, house.sandbox.world().meetings().len()), (1, 1));

    let (status, _, problem) = make_with(&house, &token, "7d9d1b1e", &new_room(&house, "Studio")).await;
    let problem: Value = serde_json::from_str(&problem).unwrap();
    assert_eq!((status, fields(&problem)), (StatusCode::UNPROCESSABLE_ENTITY, vec!["Idempotency-Key"]));
    assert_eq!(problem["errors"][0]["code"], "key-different");
    let (status, _, problem) = make_with(&house, &token, &"k".repeat(256), &body).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
    assert_eq!(count().await, 1);

    // Another member's equal key is another key, and another key is another room.
    let other = house.member("other@example.org", Role::Owner).await;
    let others = make_with(&house, &house.token(&other, true).await, "7d9d1b1e", &body).await;
    let again = make_with(&house, &token, "another", &body).await;
    assert_eq!((others.0, again.0, count().await), (StatusCode::CREATED, StatusCode::CREATED, 3));
    let (_, document) = house.call(&token, Method::GET, "/api/openapi.json", None).await;
    let parameter = &document["paths"]["/api/v1/rooms"]["post"]["parameters"][0];
    assert_eq!((&parameter["name"], &parameter["in"]), (&json!("Idempotency-Key"), &json!("header")));
    assert_ne!(parameter["required"], json!(true));
}

#[tokio::test]
async fn every_wrong_field_is_named_and_nothing_is_made() {
    let house = House::connected().await;
    let owner = house.member("owner@example.org", Role::Owner).await;
    let token = house.token(&owner, true).await;
    let cases = [
        (
            json!({"title": " ", "host": "nobody", "starts_at": "2027-03-28T02:30", "zone": "Europe/Madrid"}),
            vec!["title", "starts_at"],
        ),
        (
            json!({"title": "🎉\u{0}", "host": "a b", "starts_at": "soon", "zone": "Mars"}),
            vec!["title", "host", "starts_at", "zone"],
        ),
        (
            json!({"title": "x".repeat(201), "host": house.host(), "starts_at": "2027-01-01T10:00", "zone": "UTC", "duration": 0}),
            vec!["title", "duration"],
        ),
        (json!({"title": "Clinic", "host": "nobody", "starts_at": "2027-01-01T10:00", "zone": "UTC"}), vec!["host"]),
        (json!({"title": "Clinic", "colour": "red"}), vec!["colour"]),
        (json!({"title": "Clinic"}), vec!["host"]),
        (json!({"title": ["Clinic"]}), vec!["title"]),
    ];
    for (body, wrong) in cases {
        let (status, problem) = house.call(&token, Method::POST, "/api/v1/rooms", Some(body)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
        assert_eq!(fields(&problem), wrong, "{problem}");
    }
    let huge = json!({"title": "x".repeat(10 * 1024 * 1024)});
    let (status, problem) = house.call(&token, Method::POST, "/api/v1/rooms", Some(huge)).await;
    assert_eq!((status, &problem["status"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!(413)));
    let (_, list) = house.call(&token, Method::GET, "/api/v1/rooms", None).await;
    assert_eq!(list["items"], json!([]));
}

#[tokio::test]
async fn a_token_may_what_its_member_may_and_a_reading_one_only_reads() {
    let house = House::connected().await;
    let owner = house.member("owner@example.org", Role::Owner).await;
    let viewer = house.member("viewer@example.org", Role::Viewer).await;
    for token in [house.token(&owner, false).await, house.token(&viewer, true).await] {
        assert_eq!(house.call(&token, Method::GET, "/api/v1/rooms", None).await.0, StatusCode::OK);
        let (status, problem) =
            house.call(&token, Method::POST, "/api/v1/rooms", Some(new_room(&house, "Clinic"))).await;
        assert_eq!((status, &problem["type"]), (StatusCode::FORBIDDEN, &json!("urn:eroom:problem:forbidden")));
    }
    assert_eq!(house.call("eroom_w_nonsense", Method::GET, "/api/v1/rooms", None).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn credentials_go_in_and_never_come_out() {
    let house = House::connected().await;
    let owner = house.member("owner@example.org", Role::Owner).await;
    let token = house.token(&owner, true).await;
    let (status, list) = house.call(&token, Method::GET, "/api/v1/connections", None).await;
    assert_eq!(status, StatusCode::OK, "{list}");
    let path = format!("/api/v1/connections/{}", list["items"][0]["id"].as_str().unwrap());
    let c = house.sandbox.credentials();
    let body = json!({"account_id": c.account_id, "client_id": c.client_id, "client_secret": c.client_secret,
        "sdk_client_id": c.sdk_key, "sdk_client_secret": c.sdk_secret, "webhook_secret": c.webhook_secret});
    let (status, saved) = house.call(&token, Method::PUT, &path, Some(body)).await;
    assert_eq!((status, &saved["saved"]), (StatusCode::OK, &json!(true)), "{saved}");
    let (_, read) = house.call(&token, Method::GET, &path, None).await;
    assert_eq!((&read["has_client_secret"], &read["sandbox"]), (&json!(true), &json!(true)));
    for secret in [&c.client_secret, &c.sdk_secret, &c.webhook_secret] {
        assert!(![&list, &saved, &read].iter().any(|answer| answer.to_string().contains(secret.as_str())));
    }
}

#[tokio::test]
async fn a_list_is_walked_page_by_page_and_each_room_is_seen_once() {
    let house = House::connected().await;
    let owner = house.member("owner@example.org", Role::Owner).await;
    let token = house.token(&owner, true).await;
    for number in 0..5 {
        let room = new_room(&house, &format!("Clinic {number}"));
        assert_eq!(house.call(&token, Method::POST, "/api/v1/rooms", Some(room)).await.0, StatusCode::CREATED);
    }
    let (mut seen, mut next) = (Vec::new(), Some(String::new()));
    while let Some(after) = next {
        let after = if after.is_empty() { String::new() } else { format!("&after={after}") };
        let (status, page) = house.call(&token, Method::GET, &format!("/api/v1/rooms?limit=2{after}"), None).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        seen.extend(page["items"].as_array().unwrap().iter().map(|room| room["id"].as_str().unwrap().to_owned()));
        next = page["next"].as_str().map(str::to_owned);
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 5);
    let (status, problem) = house.call(&token, Method::GET, "/api/v1/rooms?limit=0", None).await;
    assert_eq!((status, fields(&problem)), (StatusCode::UNPROCESSABLE_ENTITY, vec!["limit"]));
}
