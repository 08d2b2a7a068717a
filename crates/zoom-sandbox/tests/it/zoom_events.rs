//! Stories of Zoom Events: hubs, events from draft to cancelled, and who may work on them.

use serde_json::{Value, json};

use crate::story::{Story, builder, send};

/// A sandbox whose app holds every scope of Zoom Events, without limits.
pub(crate) async fn begin() -> Story {
    Story::with(all_scopes()).await
}

pub(crate) fn all_scopes() -> zoom_sandbox::Builder {
    let scopes = zoom_spec::operations().iter().flat_map(|operation| operation.granular.iter().copied());
    builder().unlimited().scopes(scopes)
}

pub(crate) async fn hub(story: &Story) -> String {
    let (status, hubs) = story.get("/zoom_events/hubs?role_type=host").await;
    assert_eq!((status, &hubs["total_records"]), (200, &json!(1)), "{hubs}");
    hubs["hubs"][0]["hub_id"].as_str().unwrap().to_owned()
}

/// The path of a new draft of a conference, on the day after the story begins.
pub(crate) async fn conference(story: &Story) -> String {
    let body = details("CONFERENCE", &hub(story).await);
    let (status, made) = story.send("POST", "/zoom_events/events", body).await;
    assert_eq!((status, &made["status"]), (201, &json!("DRAFT")), "{made}");
    format!("/zoom_events/events/{}", made["event_id"].as_str().unwrap())
}

pub(crate) async fn publish(story: &Story, path: &str) {
    let answer = story.send("POST", &format!("{path}/event_actions"), json!({ "operation": "publish" })).await;
    assert_eq!((answer.0, &answer.1["status"]), (201, &json!("published")), "{answer:?}");
}

pub(crate) fn details(kind: &str, hub: &str) -> Value {
    json!({
        "name": "Days of Building", "description": "Two days about houses.", "timezone": "Europe/London",
        "event_type": kind, "access_level": "PRIVATE_RESTRICTED", "meeting_type": "MEETING",
        "recurrence": { "type": 2, "repeat_interval": 1, "weekly_days": [1, 3], "monthly_days": [4],
            "monthly_week_day": 1, "end_times": 4, "end_date_time": "2027-01-01T00:00:00Z", "monthly_week": 1,
            "duration": 60 },
        "categories": ["Other"], "tags": ["houses"], "hub_id": hub, "contact_name": "Ada",
        "calendar": [
            { "start_time": "2026-11-24T10:00:00Z", "end_time": "2026-11-24T18:00:00Z" },
            { "start_time": "2026-11-25T10:00:00Z", "end_time": "2026-11-25T18:00:00Z" },
        ],
        "lobby_start_time": "2026-11-24T09:30:00Z", "lobby_end_time": "2026-11-25T18:30:00Z",
        "blocked_countries": ["AQ"], "attendance_type": "hybrid", "physical_location": "1 Yard", "tagline": "Build.",
    })
}

/// Every member that the operation documents for its answer is there.
pub(crate) fn complete(operation: &str, under: &str, shown: &Value, but: &[&str]) {
    let fields = zoom_spec::operation(operation).unwrap().fields().iter();
    for field in fields.filter(|field| field.place == zoom_spec::Place::Answer) {
        let Some(name) = field.path.strip_prefix(under) else { continue };
        if !name.contains(['.', '[']) && !but.contains(&name) {
            let value = &shown[name];
            let right = match field.kind {
                zoom_spec::Kind::String => value.is_string(),
                zoom_spec::Kind::Boolean => value.is_boolean(),
                zoom_spec::Kind::Array => value.is_array(),
                zoom_spec::Kind::Object => value.is_object(),
                _ => value.is_number(),
            };
            assert!(right, "{operation}: {name} is {value}");
        }
    }
}

pub(crate) fn refused(answer: &(u16, Value), status: u16, code: u32, message: &str) {
    let told = (answer.0, answer.1["code"].as_u64(), answer.1["message"].as_str());
    assert_eq!(told, (status, Some(u64::from(code)), Some(message)), "{answer:?}");
}

#[tokio::test]
async fn an_event_goes_from_draft_to_cancelled_and_every_list_knows() {
    let story = begin().await;
    let body = details("CONFERENCE", &hub(&story).await);
    let (status, made) = story.send("POST", "/zoom_events/events", body).await;
    assert_eq!(status, 201, "{made}");
    complete("createEvent", "", &made, &[]);
    assert_eq!(made["recurrence"]["weekly_days"], json!([1, 3]));
    let path = format!("/zoom_events/events/{}", made["event_id"].as_str().unwrap());
    let (_, read) = story.get(&path).await;
    complete("getEventInfo", "", &read, &[]);
    assert_eq!(read["recurrence"]["weekly_days"], "1,3", "a text where it is read");
    assert_eq!(read["recurrence"]["monthly_days"], 4);
    assert_eq!(
        (&read["start_time"], &read["end_time"]),
        (&json!("2026-11-24T10:00:00Z"), &json!("2026-11-25T18:00:00Z"))
    );
    assert_eq!(read["contact_email"], "ada@northlight.example");

    let count = async |kind: &str| {
        let (status, list) = story.get(&format!("/zoom_events/events?role_type=host&event_status_type={kind}")).await;
        assert_eq!(status, 200);
        if let Some(event) = list["events"].get(0) {
            complete("getEvents", "events[].", event, &[]);
        }
        list["total_records"].as_u64().unwrap()
    };
    assert_eq!((count("draft").await, count("upcoming").await), (1, 0));
    assert_eq!(story.send("PATCH", &path, json!({ "name": "Days of Making" })).await.0, 204);
    publish(&story, &path).await;
    assert_eq!((count("draft").await, count("upcoming").await, count("past").await), (0, 1, 0));
    refused(&story.send("DELETE", &path, json!({})).await, 403, 260_200, "Event access denied.");
    let action = format!("{path}/event_actions");
    refused(&story.send("POST", &action, json!({ "operation": "publish" })).await, 400, 1001, "Invalid event ID.");

    let copy = json!({ "operation": "duplicate", "duplicate_event": {
        "name": "Again", "start_time": "2026-12-24T10:00:00Z", "timezone": "Asia/Tokyo" } });
    let (status, copied) = story.send("POST", &action, copy).await;
    assert_eq!((status, &copied["status"]), (201, &json!("duplicated")), "{copied}");
    let copied = format!("/zoom_events/events/{}", copied["event_id"].as_str().unwrap());
    let (_, second) = story.get(&copied).await;
    assert_eq!((&second["name"], &second["status"]), (&json!("Again"), &json!("DRAFT")));
    assert_eq!(second["calendar"][1]["end_time"], "2026-12-25T18:00:00Z");
    assert_eq!(send(story.request("DELETE", &copied)).await.0, 204);
    refused(&story.get(&copied).await, 404, 2002, "Event not found.");

    let (_, done) = story.send("POST", &action, json!({ "operation": "cancel" })).await;
    assert_eq!(done["status"], "cancelled");
    assert_eq!((count("upcoming").await, count("cancelled").await), (0, 1));
    let late = story.send("PATCH", &path, json!({ "name": "Too late" })).await;
    refused(&late, 400, 260_210, "Past and cancelled events not editable.");
}

#[tokio::test]
async fn an_event_that_is_over_is_past_and_stays_as_it_was() {
    let mut story = begin().await;
    let path = conference(&story).await;
    publish(&story, &path).await;
    story.pass(3 * 24 * 3600);
    story.sign_in().await;
    let (_, past) = story.get("/zoom_events/events?role_type=host&event_status_type=past").await;
    assert_eq!(past["total_records"], 1);
    let late = story.send("PATCH", &path, json!({ "name": "Too late" })).await;
    refused(&late, 400, 260_210, "Past and cancelled events not editable.");
}

#[tokio::test]
async fn schedules_hubs_and_plans_that_cannot_be_are_refused() {
    let story = begin().await;
    let hub_id = hub(&story).await;
    let day = |start: &str, end: &str| json!([{ "start_time": start, "end_time": end }]);
    for (calendar, code, message) in [
        (day("2026-11-24T10:00:00Z", "2026-12-24T10:00:00Z"), 26202, "Event schedule cannot be more than 6 days."),
        (day("2026-11-24T10:00:00Z", "2026-11-24T10:00:00Z"), 26203, "Event end_time must be after event start_time."),
        (day("2026-11-24T10:00:00Z", ""), 26204, "Calender must contains start_time and end_time."),
        (json!([]), 26204, "Calender must contains start_time and end_time."),
    ] {
        let mut body = details("CONFERENCE", &hub_id);
        body["calendar"] = calendar;
        refused(&story.send("POST", "/zoom_events/events", body).await, 400, code, message);
    }
    for (name, value) in [("timezone", "Mars"), ("access_level", "SECRET"), ("event_type", "PARTY"), ("name", " ")] {
        let mut body = details("CONFERENCE", &hub_id);
        body[name] = json!(value);
        let (status, answer) = story.send("POST", "/zoom_events/events", body).await;
        assert_eq!((status, &answer["errors"][0]["field"]), (400, &json!(name)), "{answer}");
    }
    let elsewhere = story.send("POST", "/zoom_events/events", details("CONFERENCE", "nowhere")).await;
    refused(&elsewhere, 403, 26201, "No permission to create the event under the hub ID.");

    let story = Story::with(all_scopes().plan(zoom_sandbox::world::Plan::Pro)).await;
    let hub_id = hub(&story).await;
    let made = story.send("POST", "/zoom_events/events", details("CONFERENCE", &hub_id)).await;
    refused(&made, 400, 260_207, "Hub is not supported for conference type events.");
    assert_eq!(story.send("POST", "/zoom_events/events", details("SIMPLE_EVENT", &hub_id)).await.0, 201);
}

#[tokio::test]
async fn duplicates_need_a_name_a_time_to_come_and_a_zone() {
    let story = begin().await;
    let action = format!("{}/event_actions", conference(&story).await);
    let right = json!({ "name": "Again", "start_time": "2026-12-24T10:00:00Z", "timezone": "Asia/Tokyo" });
    for (name, value, code, message) in [
        ("name", "", 1002, "Invalid duplicated event name."),
        ("start_time", "2020-01-01T10:00:00Z", 1002, "Invalid duplicated event start time."),
        ("timezone", "Mars", 1003, "Invalid duplicate event timezone."),
    ] {
        let mut wrong = right.clone();
        wrong[name] = json!(value);
        let body = json!({ "operation": "duplicate", "duplicate_event": wrong });
        refused(&story.send("POST", &action, body).await, 400, code, message);
    }
}

#[tokio::test]
async fn who_no_longer_hosts_the_hub_is_denied_its_events() {
    let story = begin().await;
    let hub_id = hub(&story).await;
    let path = conference(&story).await;
    let hosts = format!("/zoom_events/hubs/{hub_id}/hosts");
    let (status, made) = story.send("POST", &hosts, json!({ "email": "lucia@northlight.example" })).await;
    assert_eq!(status, 201, "{made}");
    let (_, list) = story.get(&hosts).await;
    assert_eq!(list["total_records"], 2);
    assert_eq!(list["hosts"][1], json!({ "host_user_id": made["host_user_id"], "email": "lucia@northlight.example" }));
    let ada = list["hosts"][0]["host_user_id"].as_str().unwrap();
    assert_eq!(send(story.request("DELETE", &format!("{hosts}/{ada}"))).await.0, 204);
    assert_eq!(story.get(&hosts).await.1["total_records"], 1);
    for (method, below) in [("GET", ""), ("PATCH", ""), ("DELETE", ""), ("GET", "/speakers"), ("GET", "/access_links")]
    {
        let answer = story.send(method, &format!("{path}{below}"), json!({})).await;
        refused(&answer, 403, 260_200, "Event access denied.");
    }
    let (_, mine) = story.get("/zoom_events/events?role_type=host&event_status_type=draft").await;
    assert_eq!(mine["total_records"], 0);
    let made = story.send("POST", "/zoom_events/events", details("CONFERENCE", &hub_id)).await;
    refused(&made, 403, 26201, "No permission to create the event under the hub ID.");
    story.send("POST", &hosts, json!({ "email": "ada@northlight.example" })).await;
    assert_eq!(story.get(&path).await.0, 200);
    refused(&story.get("/zoom_events/hubs/nowhere/hosts").await, 404, 2001, "Hub not found.");
}

#[tokio::test]
async fn without_their_scopes_all_of_zoom_events_is_closed() {
    let story = Story::with(builder().unlimited().scopes(["user:read:user:admin"])).await;
    let own = zoom_spec::operations().iter().filter(|operation| operation.path.starts_with("/zoom_events"));
    for operation in own {
        let (status, answer) = story.send(operation.method.as_str(), operation.path, json!({})).await;
        let message = format!("Invalid access token, does not contain scopes:[{}].", operation.granular.join(", "));
        assert_eq!((status, answer), (400, json!({ "code": 4711, "message": message })), "{}", operation.id);
    }
    let story = Story::begin().await;
    assert_eq!(story.get("/zoom_events/events?role_type=host").await.0, 200, "the guide's scopes");
}

#[tokio::test]
async fn every_operation_on_an_event_says_when_there_is_none() {
    let story = begin().await;
    let path = "/zoom_events/events/none";
    for (method, below, body) in [
        ("GET", "", json!({})),
        ("PATCH", "", json!({})),
        ("DELETE", "", json!({})),
        ("POST", "/event_actions", json!({ "operation": "publish" })),
        ("POST", "/speakers", json!({ "name": "x" })),
        ("GET", "/speakers/x", json!({})),
        ("PATCH", "/speakers/x", json!({})),
        ("DELETE", "/speakers/x", json!({})),
        ("GET", "/access_links", json!({})),
        ("DELETE", "/access_links/x", json!({})),
        ("GET", "/coeditors", json!({})),
        ("GET", "/sessions", json!({})),
        ("DELETE", "/sessions/x", json!({})),
        ("GET", "/registrants", json!({})),
        ("GET", "/tickets", json!({})),
        ("GET", "/sessions/x/polls", json!({})),
        ("POST", "/sessions/x/reservations", json!({ "email": "a@x.example" })),
    ] {
        refused(&story.send(method, &format!("{path}{below}"), body).await, 404, 2002, "Event not found.");
    }
}

#[tokio::test]
async fn who_holds_a_ticket_finds_the_event_and_its_hub_among_those_they_attend() {
    let story = begin().await;
    let path = conference(&story).await;
    publish(&story, &path).await;
    assert_eq!(story.get("/zoom_events/events").await.1["total_records"], 0);
    let ticket = json!({ "email": "ada@northlight.example", "first_name": "Ada", "last_name": "Okafor" });
    let (status, _) = story.send("POST", &format!("{path}/tickets"), json!({ "tickets": [ticket] })).await;
    assert_eq!(status, 201);
    assert_eq!(story.get("/zoom_events/events").await.1["total_records"], 1);
    assert_eq!(story.get("/zoom_events/hubs?role_type=attendee").await.1["total_records"], 1);
}

#[tokio::test]
async fn what_happens_to_an_event_is_told_with_what_zoom_says_of_it() {
    let story = begin().await;
    let receiver = crate::webhooks::subscribe(&story).await;
    let path = conference(&story).await;
    let action = format!("{path}/event_actions");
    story.send("PATCH", &path, json!({ "name": "Days of Making" })).await;
    publish(&story, &path).await;
    let copy = json!({ "operation": "duplicate", "duplicate_event": {
        "name": "Again", "start_time": "2026-12-24T10:00:00Z" } });
    story.send("POST", &action, copy).await;
    story.send("POST", &action, json!({ "operation": "cancel" })).await;
    let events = receiver.events(4).await;
    let expected =
        [("updated", "DRAFT"), ("published", "PUBLISHED"), ("duplicated", "DRAFT"), ("cancelled", "CANCELLED")];
    let members = [
        "hub_id",
        "event_id",
        "host_id",
        "name",
        "description",
        "event_type",
        "attendance_type",
        "start_time",
        "end_time",
        "timezone",
    ];
    for (event, (verb, stage)) in events.iter().zip(expected) {
        let object = &event["payload"]["object"];
        assert_eq!((&event["event"], &object["status"]), (&json!(format!("zoom_events.event_{verb}")), &json!(stage)));
        assert!(members.iter().all(|member| object[*member].is_string()), "{event}");
    }
    let source = &events[2]["payload"]["object"]["source_event_id"];
    assert_eq!(*source, path.rsplit('/').next().unwrap());
    assert_eq!(events[0]["payload"]["account_id"], story.zoom.credentials().account_id);
}
