//! Stories of tickets: their types, who gets one, what is asked, and who was checked in.

use serde_json::{Value, json};

use crate::{
    story::{Story, send},
    webhooks::subscribe,
    zoom_events::{begin, complete, conference, publish, refused},
};

async fn kind(story: &Story, event: &str, quantity: i64) -> String {
    let body = json!({ "name": "Day", "currency": "USD", "free": true, "price": "0", "quantity": quantity,
        "start_time": "2026-11-01T00:00:00Z", "end_time": "2026-11-25T00:00:00Z", "attendance_type": "hybrid" });
    let (status, made) = story.send("POST", &format!("{event}/ticket_types"), body).await;
    assert_eq!(status, 201, "{made}");
    made["ticket_type_id"].as_str().unwrap().to_owned()
}

fn ticket(email: &str, kind: &str) -> Value {
    json!({ "email": email, "ticket_type_id": kind, "first_name": "Jill", "last_name": "Hill" })
}

#[tokio::test]
async fn ticket_types_are_sold_until_none_is_left() {
    let story = begin().await;
    let receiver = subscribe(&story).await;
    let event = conference(&story).await;
    let tickets = format!("{event}/tickets");
    let kind = kind(&story, &event, 1).await;
    let one = json!({ "tickets": [ticket("a@x.example", &kind)] });
    refused(&story.send("POST", &tickets, one.clone()).await, 400, 26501, "Event is not published yet.");
    publish(&story, &event).await;
    let (status, made) = story.send("POST", &tickets, one).await;
    assert_eq!((status, &made["errors"]), (201, &json!([])), "{made}");
    complete("createTickets", "tickets[].", &made["tickets"][0], &[]);
    let short = json!({ "tickets": [ticket("b@x.example", &kind)] });
    let message = "Not enough stock or invalid `ticket_type_id`.";
    refused(&story.send("POST", &tickets, short).await, 404, 2007, message);
    let strange = json!({ "tickets": [ticket("b@x.example", "none")] });
    refused(&story.send("POST", &tickets, strange).await, 400, 26502, "The ticket type ID is invalid.");
    let both = json!({ "tickets": [ticket("b@x.example", &kind), ticket("c@x.example", "")] });
    let (_, some) = story.send("POST", &tickets, both).await;
    assert_eq!(
        (&some["errors"][0]["error_code"], &some["tickets"][0]["email"]),
        (&json!("stock_not_exist"), &json!("c@x.example"))
    );

    let (_, kinds) = story.get(&format!("{event}/ticket_types")).await;
    assert_eq!((&kinds["total_records"], &kinds["ticket_types"][1]["sold_quantity"]), (&json!(2), &json!(1)));
    complete("getEventTicketTypes", "ticket_types[].", &kinds["ticket_types"][1], &[]);
    let path = format!("{event}/ticket_types/{kind}");
    refused(&send(story.request("DELETE", &path)).await, 404, 26502, "The ticket type ID is invalid.");
    assert_eq!(story.send("PATCH", &path, json!({ "name": "Night" })).await.0, 204);
    let dates = json!({ "name": "Never", "currency": "USD", "start_time": "2026-11-25T00:00:00Z",
        "end_time": "2026-11-24T00:00:00Z" });
    let never = story.send("POST", &format!("{event}/ticket_types"), dates).await;
    refused(&never, 400, 26401, "The ticket sale dates are invalid.");

    let id = made["tickets"][0]["ticket_id"].as_str().unwrap();
    let path = format!("{tickets}/{id}");
    assert_eq!(story.send("PATCH", &path, json!({ "city": "Leeds" })).await.0, 204);
    let (_, read) = story.get(&path).await;
    assert_eq!(read["city"], "Leeds");
    complete("getTicketDetails", "", &read, &["session_id", "send_notification"]);
    assert_eq!(story.get(&format!("{tickets}?email=A@x.example")).await.1["total_records"], 1);
    let (_, people) = story.get(&format!("{event}/registrants")).await;
    assert_eq!(
        (&people["total_records"], &people["registrants"][0]["tickets"][0]["ticket_id"]),
        (&json!(2), &json!(id))
    );
    assert_eq!(send(story.request("DELETE", &path)).await.0, 204);
    refused(&story.get(&path).await, 404, 26503, "Ticket not found.");
    assert_eq!(story.get(&format!("{event}/registrants")).await.1["total_records"], 1);
    let told: Vec<_> = receiver.events(7).await.iter().map(|e| e["event"].as_str().unwrap().to_owned()).collect();
    for name in ["ticket_type_created", "ticket_type_updated", "ticket_created", "ticket_updated", "ticket_deleted"] {
        assert!(told.contains(&format!("zoom_events.{name}")), "{name}: {told:?}");
    }

    let action = format!("{event}/event_actions");
    let silent = story.send("POST", &action, json!({ "operation": "cancel" })).await;
    assert_eq!(silent.1["errors"][0]["field"], "cancel_message", "registrants must be told");
    let body = json!({ "operation": "cancel", "cancel_message": "Rain." });
    assert_eq!(story.send("POST", &action, body).await.0, 201);
    let left = some["tickets"][0]["ticket_id"].as_str().unwrap();
    let late = story.send("PATCH", &format!("{tickets}/{left}"), json!({ "city": "York" })).await;
    refused(&late, 400, 1063, "Ticket ID can not updated.");
}

#[tokio::test]
async fn what_is_asked_at_registration_must_be_answered() {
    let story = begin().await;
    let event = conference(&story).await;
    publish(&story, &event).await;
    let asked = json!({ "questions": [{ "field_name": "city", "required": true, "title": "City" }],
        "custom_questions": [{ "title": "Why?", "type": "short_answer", "required": true, "options": [],
            "min_length": 1, "max_length": 100 }] });
    assert_eq!(story.send("PUT", &format!("{event}/questions"), asked).await.0, 204);
    let (_, read) = story.get(&format!("{event}/questions")).await;
    complete("getRegistrationQuestionsForEvent", "questions[].", &read["questions"][0], &[]);
    complete("getRegistrationQuestionsForEvent", "custom_questions[].", &read["custom_questions"][0], &[]);
    let kind = kind(&story, &event, 5).await;
    assert_eq!(story.get(&format!("{event}/ticket_types/{kind}/questions")).await.1, read, "the event's own");

    let tickets = format!("{event}/tickets");
    let body = json!({ "tickets": [ticket("a@x.example", &kind)] });
    let missing = "Missing required fields - [\"city\", \"Why?\"].";
    refused(&story.send("POST", &tickets, body.clone()).await, 400, 260_504, missing);
    let mut full = body.clone();
    full["tickets"][0]["city"] = json!("Leeds");
    full["tickets"][0]["custom_questions"] = json!([{ "title": "Why?", "answer": "Because." }]);
    let strange = "Nonconfigured fields - [\"first_name\", \"last_name\"].";
    let strict = format!("{tickets}?validation_level=strict");
    refused(&story.send("POST", &strict, full.clone()).await, 400, 260_503, strange);
    assert_eq!(story.send("POST", &tickets, full).await.0, 201);
    let none = json!({ "tickets": [ticket("b@x.example", &kind)] });
    assert_eq!(story.send("POST", &format!("{tickets}?validation_level=none"), none).await.0, 201);
}

#[tokio::test]
async fn co_editors_come_and_go_and_those_with_a_ticket_are_checked_in() {
    let story = begin().await;
    let event = conference(&story).await;
    let coeditors = format!("{event}/coeditors");
    let act = async |operation: &str, email: &str| {
        let body =
            json!({ "operation": operation, "coeditors": [{ "email": email, "permission_groups": ["Publish"] }] });
        story.send("PATCH", &coeditors, body).await
    };
    assert_eq!(act("add", "lucia@northlight.example").await, (201, json!({ "errors": [] })));
    assert_eq!(act("add", "x@elsewhere.example").await.1["errors"][0]["email"], "x@elsewhere.example");
    assert_eq!(story.get(&coeditors).await.1["coeditors"][0]["permission_groups"], json!(["Publish"]));
    assert_eq!(act("delete", "lucia@northlight.example").await.1, json!({ "errors": [] }));
    assert_eq!(story.get(&coeditors).await.1["total_records"], 0);

    publish(&story, &event).await;
    let kind = kind(&story, &event, 5).await;
    story.send("POST", &format!("{event}/tickets"), json!({ "tickets": [ticket("a@x.example", &kind)] })).await;
    let door = format!("{event}/attendee_action");
    let body = json!({ "source": "Desk 1", "attendees": [{ "email": "a@x.example", "action": "check-in" },
        { "email": "b@x.example", "action": "check-in" }] });
    let (status, answer) = story.send("PATCH", &door, body).await;
    assert_eq!((status, &answer["errors"][0]["email"]), (201, &json!("b@x.example")), "{answer}");
    let (_, list) = story.get(&door).await;
    assert_eq!(list["attendees"], json!([{ "email": "a@x.example", "source": "Desk 1", "action": "check-in" }]));
    let body = json!({ "attendees": [] });
    refused(
        &story.send("PATCH", "/zoom_events/events/none/attendee_action", body).await,
        404,
        2003,
        "Event Not found.",
    );
}

#[tokio::test]
async fn reports_tell_who_registered_and_who_came() {
    let story = begin().await;
    let event = conference(&story).await;
    publish(&story, &event).await;
    let kind = kind(&story, &event, 5).await;
    let (_, session) =
        story.send("POST", &format!("{event}/sessions"), crate::zoom_events_sessions::session("Walls", 0)).await;
    let session = session["session_id"].as_str().unwrap();
    let both = json!({ "tickets": [ticket("a@x.example", &kind), ticket("b@x.example", &kind)] });
    story.send("POST", &format!("{event}/tickets"), both).await;
    let body = json!({ "attendees": [{ "email": "a@x.example", "action": "check-in" }] });
    let door = format!("{event}/sessions/{session}/attendee_action");
    assert_eq!(story.send("PATCH", &door, body.clone()).await, (201, json!({ "errors": [] })));
    assert_eq!(story.get(&door).await.1["total_records"], 1);
    let nowhere = format!("{event}/sessions/none/attendee_action");
    refused(&story.send("PATCH", &nowhere, body).await, 404, 2005, "Session not found.");

    let (_, list) = story.get(&format!("{event}/sessions/{session}/attendees")).await;
    assert_eq!((&list["total_records"], &list["attendees"][1]["email"]), (&json!(2), &json!("b@x.example")));
    let (_, report) = story.get(&format!("{event}/reports/ticket_registration")).await;
    assert_eq!(report["total_records"], 2);
    complete("EventRegistrationsReport", "registrations[].", &report["registrations"][0], &[]);
    let (_, later) = story.get(&format!("{event}/reports/ticket_registration?from=2026-12-01T00:00:00Z")).await;
    assert_eq!(later["total_records"], 0);
    let (_, report) = story.get(&format!("{event}/reports/event_attendance")).await;
    let attended: Vec<_> = report["attendees"].as_array().unwrap().iter().map(|a| &a["event_attendance"]).collect();
    assert_eq!(attended, ["attended", "absent"]);
    complete("EventAttendanceReport", "attendees[].", &report["attendees"][0], &[]);
    let (_, report) = story.get(&format!("{event}/reports/sessions/{session}/attendance")).await;
    complete("SessionAttendanceReport", "attendees[].", &report["attendees"][0], &["start_time", "end_time"]);
    assert_eq!(report["attendees"][0]["session_attendance"], "yes");
}
