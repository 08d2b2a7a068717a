//! Stories of those who send too much: they are told so in Zoom's shape, and the sandbox does not grow.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::{
    registrants::with_all_scopes,
    story::{Story, builder, send},
};

const LIMIT: usize = 1024 * 1024;

/// A JSON object of exactly `length` bytes.
fn agenda_of(length: usize) -> String {
    let (before, after) = (r#"{"topic":"Long","agenda":""#, r#""}"#);
    format!("{before}{}{after}", "x".repeat(length - before.len() - after.len()))
}

#[tokio::test]
async fn a_body_of_a_megabyte_is_read_and_one_byte_more_is_refused_in_zooms_shape() {
    let story = Story::begin().await;
    let post = |body: String| {
        let request = story.request("POST", "/users/me/meetings").header("content-type", "application/json");
        send(request.body(body))
    };
    let (status, body) = post(agenda_of(LIMIT)).await;
    assert_eq!((status, &body["errors"][0]["field"]), (400, &json!("agenda")), "read, and the field is too long");
    let (status, body) = post(agenda_of(LIMIT + 1)).await;
    assert_eq!((status, body), (413, json!({ "code": 300, "message": "Request Body is too large." })));
    let token = story.http.post(story.zoom.oauth()).body("x".repeat(LIMIT + 1));
    let refused = json!({ "reason": "Request Body is too large.", "error": "invalid_request" });
    assert_eq!(send(token).await, (413, refused), "the OAuth server has its own shape");
    assert_eq!(story.get("/users/me").await.0, 200);
}

#[tokio::test]
async fn a_body_without_end_is_cut_off_early() {
    let story = Story::begin().await;
    let mut stream = TcpStream::connect(story.zoom.address()).await.unwrap();
    let head = format!(
        "POST /v2/users/me/meetings HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\n\
         transfer-encoding: chunked\r\n\r\n",
        story.token
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let (mut from, mut to) = stream.split();
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x1_0000));
    let mut taken = 0_usize;
    // Sends until the sandbox will not have any more, which it must say by itself.
    let sending = async {
        while taken < 64 * LIMIT && to.write_all(chunk.as_bytes()).await.is_ok() {
            taken += chunk.len();
        }
        std::future::pending::<()>().await;
    };
    let mut answer = [0; 1024];
    let hearing = async {
        tokio::select! {
            () = sending => 0,
            read = from.read(&mut answer) => read.unwrap_or(0),
        }
    };
    let length = tokio::time::timeout(Duration::from_secs(20), hearing).await.unwrap_or(0);
    let answer = String::from_utf8_lossy(&answer[..length]).into_owned();
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("Request Body is too large."), "{answer}");
    assert!(taken < 32 * LIMIT, "{taken} bytes went out before the answer");
}

#[tokio::test]
async fn the_controls_and_the_calls_read_no_more_either() {
    let story = Story::begin().await;
    let heavy = json!({ "url": "x".repeat(LIMIT) });
    assert_eq!(story.control("PUT", "/webhooks", heavy.clone()).await.0, 413);
    let join = story.http.post(format!("{}/call/join", story.zoom.sdk_base())).json(&heavy);
    let (status, refused) = send(join).await;
    assert!(status == 200 && refused["errorCode"] != 0, "{status} {refused}");
}

#[tokio::test]
async fn what_the_log_keeps_of_heavy_bodies_stays_bearable() {
    let story = Story::with(builder().unlimited()).await;
    // A hundred thousand fields that Zoom does not know, and as many numbers, which weigh more in memory than sent.
    let fields: serde_json::Map<_, _> = (0..50_000).map(|n| (format!("field{n}"), json!([n]))).collect();
    let (status, _) = story.send("POST", "/users/me/meetings", json!(fields)).await;
    assert_eq!(status, 201, "Zoom ignores what it does not know");
    let (_, calls) = story.control("GET", "/calls?operation=meetingCreate", json!(null)).await;
    let entry = &calls["items"][0];
    assert!(entry["request"].as_str().unwrap().ends_with("too much for the log."), "{entry}");
    let notes = entry["notes"].as_array().unwrap();
    assert!(notes.len() <= 40, "{} notes", notes.len());
    assert_eq!(notes.last().unwrap(), "And more of this kind.");
}

#[tokio::test]
async fn a_page_holds_no_more_than_zoom_gives_whatever_is_asked_for() {
    let story = Story::begin().await;
    story.meeting("One").await;
    for (asked, given) in [("100000", 300), ("9223372036854775807", 300), ("1", 1)] {
        let (status, list) = story.get(&format!("/users/me/meetings?page_size={asked}")).await;
        assert_eq!((status, &list["page_size"]), (200, &json!(given)), "{asked}");
    }
    for asked in ["18446744073709551616", "-", "ten", "1e3"] {
        let (status, refused) = story.get(&format!("/users/me/meetings?page_size={asked}")).await;
        assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("page_size")), "{asked}");
    }
}

/// What the sandbox answers to a request whose chunks are `chunks`, after which nothing more is sent.
async fn answer_to_chunks(story: &Story, target: &str, chunks: &str) -> String {
    let mut stream = TcpStream::connect(story.zoom.address()).await.unwrap();
    let request = format!(
        "POST {target} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\nconnection: close\r\n\
         content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n{chunks}",
        story.token
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn a_body_whose_chunks_are_none_is_a_bad_request_and_not_too_large() {
    let story = Story::begin().await;
    let meetings = "/v2/users/me/meetings";
    for chunks in ["zz\r\n{}\r\n0\r\n\r\n", "fffffffffffffffff\r\n{}", "5\r\n{\"a"] {
        let answer = answer_to_chunks(&story, meetings, chunks).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{chunks:?}: {answer}");
        assert!(answer.contains(r#""code":300,"message":"Request Body should be a valid JSON object.""#), "{answer}");
        let token = answer_to_chunks(&story, "/oauth/token", chunks).await;
        assert!(token.starts_with("HTTP/1.1 400") && token.contains(r#""error":"invalid_request""#), "{token}");
    }
    let whole = answer_to_chunks(&story, meetings, "d\r\n{\"topic\":\"x\"}\r\n0\r\n\r\n").await;
    assert!(whole.starts_with("HTTP/1.1 201"), "{whole}");
}

#[tokio::test]
async fn a_meeting_takes_4999_people_and_one_more_is_refused() {
    let story = with_all_scopes().await;
    let body = json!({ "topic": "Everybody", "type": 2, "settings": { "approval_type": 0 } });
    let (_, made) = story.send("POST", "/users/me/meetings", body).await;
    let path = |what: &str| format!("/meetings/{}/{what}", made["id"]);
    let person = |number: usize| json!({ "first_name": "P", "email": format!("p{number}@guests.example") });
    let numbers: Vec<usize> = (0..4999).collect();
    for some in numbers.chunks(30) {
        let people: Vec<Value> = some.iter().copied().map(person).collect();
        let (status, answer) = story.send("POST", &path("batch_registrants"), json!({ "registrants": people })).await;
        assert_eq!(status, 201, "{answer}");
    }
    let full = json!({ "code": 3043, "message": "Meeting has reached maximum attendee capacity." });
    assert_eq!(story.send("POST", &path("registrants"), person(4999)).await, (400, full.clone()));
    let one_more = json!({ "registrants": [person(4999)] });
    assert_eq!(story.send("POST", &path("batch_registrants"), one_more).await, (400, full));
    let (_, list) = story.get(&path("registrants?page_size=1")).await;
    assert_eq!(list["total_records"], 4999);
}
