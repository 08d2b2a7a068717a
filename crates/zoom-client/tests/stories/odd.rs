//! Answers that are not Zoom's, or not whole: a clear error each time, which says whether the request was executed.

use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path},
};
use zoom_client::{Error, Executed, Found, MeetingId, NewMeeting, Place, UserId};

use crate::wire::{Answer, Wire, http};

const JSON: &str = "application/json";

async fn create(answer: Answer) -> Error {
    let wire = Wire::start(vec![answer]);
    let error = wire.client().await.meetings().create(&UserId::Me, &NewMeeting::new("t")).await.unwrap_err();
    assert_eq!(wire.seen().len(), 1, "a creation is never sent twice");
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("canary"), "an answer's body is shown: {shown}");
    error
}

fn found(error: &Error) -> Option<(u16, Found)> {
    match error {
        Error::Unreadable { place: Place::Api, status, found, .. } => Some((*status, *found)),
        _ => None,
    }
}

#[tokio::test]
async fn an_answer_that_is_not_zooms_is_named_for_what_it_is() {
    for (answer, expected, executed) in [
        (http("200 OK", JSON, ""), (200, Found::Empty), Executed::Yes),
        (http("201 Created", "text/html", "<!doctype html><p>canary"), (201, Found::Html), Executed::Yes),
        (http("201 Created", JSON, r#"{"id":85746065432,"topic":"canary"#), (201, Found::BrokenJson), Executed::Yes),
        (http("201 Created", JSON, r#"{"id":"canary","type":2}"#), (201, Found::OtherJson), Executed::Yes),
        (http("201 Created", JSON, "[]"), (201, Found::OtherJson), Executed::Yes),
        (http("201 Created", JSON, &"[".repeat(9_000)), (201, Found::BrokenJson), Executed::Yes),
        (http("200 OK", JSON, "{\"id\":1,\"type\":2}\u{0}canary"), (200, Found::BrokenJson), Executed::Yes),
        (http("400 Bad Request", "text/xml", "<?xml version='1.0'?><r>canary</r>"), (400, Found::Xml), Executed::No),
        (http("404 Not Found", "text/html", "<html>canary nginx</html>"), (404, Found::Html), Executed::No),
        (http("403 Forbidden", "text/plain", "canary: blocked by policy"), (403, Found::Other), Executed::No),
        (http("400 Bad Request", JSON, ""), (400, Found::Empty), Executed::No),
    ] {
        let error = create(answer).await;
        assert_eq!((found(&error), error.executed()), (Some(expected), executed), "{error:?}");
        assert!(error.to_string().contains(&expected.1.to_string()), "{error}");
    }
}

#[tokio::test]
async fn an_answer_that_is_cut_may_have_been_executed() {
    let half = b"HTTP/1.1 201 Created\r\ncontent-length: 500\r\n\r\n{\"id\":1".to_vec();
    for answer in [Answer::Nothing, Answer::Bytes(half), Answer::Bytes(b"canary is not http\r\n\r\n".to_vec())] {
        let error = create(answer).await;
        assert!(matches!(error, Error::AnswerLost { .. }), "{error:?}");
        assert_eq!(error.executed(), Executed::Maybe);
    }
}

#[tokio::test]
async fn a_failing_gateway_may_have_executed_it() {
    for (status, code) in
        [("500 Internal Server Error", 500), ("503 Service Unavailable", 503), ("408 Request Timeout", 408)]
    {
        let error = create(http(status, "text/html", "<html>canary</html>")).await;
        assert_eq!(error, Error::Unavailable { place: Place::Api, operation: "meetingCreate", status: code });
        assert_eq!(error.executed(), Executed::Maybe);
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_token_goes_nowhere_else() {
    let elsewhere = MockServer::start().await;
    let head = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: {}/v2/users/me\r\ncontent-length: 0\r\n\r\n",
        elsewhere.uri()
    );
    let error = create(Answer::Bytes(head.into_bytes())).await;
    assert_eq!(found(&error), Some((307, Found::Redirect)));
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_refusal_in_an_answer_of_success_is_a_refusal() {
    let error = create(http("200 OK", JSON, r#"{"code":3001,"message":"Meeting does not exist: 1."}"#)).await;
    assert!(matches!(error, Error::NotFound { .. }), "{error:?}");
    let wire = Wire::start(vec![http("200 OK", JSON, r#"{"code":200,"message":"No permission."}"#)]);
    let error = wire.client().await.users().list().await.unwrap_err();
    assert!(matches!(error, Error::Forbidden { .. }), "{error:?}");
}

#[tokio::test]
async fn a_field_of_the_wrong_type_is_named() {
    let wire = Wire::start(vec![http("200 OK", JSON, r#"{"page_size":300,"users":[{"type":1},{"type":"canary"}]}"#)]);
    match wire.client().await.users().list().await.unwrap_err() {
        Error::Unreadable { found: Found::OtherJson, field: Some(field), .. } => assert_eq!(field, "users[1].type"),
        other => panic!("{other:?}"),
    }
    let wire = Wire::start(vec![http("200 OK", JSON, r#"{"something":"else"}"#)]);
    let error = wire.client().await.users().list().await.unwrap_err();
    assert!(matches!(error, Error::Unreadable { field: Some(ref field), .. } if field == "users"), "{error:?}");
}

#[tokio::test]
async fn pages_that_never_end_end() {
    let zoom = MockServer::start().await;
    let page = serde_json::json!({ "page_size": 300, "next_page_token": "same", "users": [{ "type": 1 }] });
    Mock::given(method("GET"))
        .and(path("/v2/users"))
        .respond_with(ResponseTemplate::new(200).set_body_json(page))
        .mount(&zoom)
        .await;
    Mock::given(method("POST"))
        .respond_with(
            ResponseTemplate::new(200).set_body_json(serde_json::json!({ "access_token": "t", "expires_in": 3600 })),
        )
        .mount(&zoom)
        .await;
    let client = crate::world::client_of(&zoom.uri());
    let error = client.users().list().await.unwrap_err();
    assert!(
        matches!(error, Error::Unreadable { field: Some(ref field), .. } if field == "next_page_token"),
        "{error:?}"
    );
    assert_eq!(zoom.received_requests().await.unwrap().len(), 3, "a token and two pages");
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let zoom = MockServer::start().await;
    let long = format!("{{\"topic\":\"{}\"}}", "x".repeat(17 << 20));
    Mock::given(method("GET")).respond_with(ResponseTemplate::new(200).set_body_raw(long, JSON)).mount(&zoom).await;
    Mock::given(method("POST"))
        .respond_with(
            ResponseTemplate::new(200).set_body_json(serde_json::json!({ "access_token": "t", "expires_in": 3600 })),
        )
        .mount(&zoom)
        .await;
    let error = crate::world::client_of(&zoom.uri()).meetings().get(MeetingId::new(1).unwrap()).await.unwrap_err();
    assert_eq!(found(&error), Some((200, Found::TooLong)));
}

#[tokio::test]
async fn a_token_server_that_answers_oddly_means_that_nothing_was_executed() {
    let body = |json: &str| http("200 OK", JSON, json);
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"access".to_vec();
    for answer in [
        http("200 OK", "text/html", "<html>canary</html>"),
        body(r#"{"access_token":"canary"}"#),
        body(r#"{"access_token":"","expires_in":3600}"#),
        body(r#"{"access_token":"two\r\nlines","expires_in":3600}"#),
        body(r#"{"access_token":"canary","expires_in":0}"#),
        body("{}"),
        http("302 Found", "text/html", "canary"),
        http("500 Internal Server Error", "text/html", "canary"),
        http("429 Too Many Requests", JSON, "{}"),
        http("400 Bad Request", "text/html", "<html>canary"),
        Answer::Bytes(half),
        Answer::Nothing,
    ] {
        let wire = Wire::start(vec![answer]);
        let error = wire.stranger().meetings().create(&UserId::Me, &NewMeeting::new("t")).await.unwrap_err();
        assert_eq!(error.executed(), Executed::No, "{error:?}");
        assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
        assert_eq!(wire.seen().len(), 1);
    }
}

#[tokio::test]
async fn the_host_that_the_token_server_names_is_asked_where_it_may_be() {
    let regional = Wire::start(vec![http("200 OK", JSON, r#"{"id":"x","type":1}"#)]);
    let token = serde_json::json!({ "access_token": "t", "expires_in": 3600, "api_url": regional.url("") });
    let wire = Wire::start(vec![http("200 OK", JSON, &token.to_string())]);
    wire.stranger().users().get(&UserId::Me).await.unwrap();
    assert!(regional.seen()[0].starts_with("GET /v2/users/me HTTP/1.1\r\n"), "{:?}", regional.seen());
}

#[tokio::test]
async fn a_token_server_that_names_a_strange_host_is_not_believed() {
    let wire = Wire::start(vec![
        http("200 OK", JSON, r#"{"access_token":"t","expires_in":3600,"api_url":"https://evil.example"}"#),
        http("200 OK", JSON, r#"{"id":"x","type":1}"#),
    ]);
    wire.stranger().users().get(&UserId::Me).await.unwrap();
    assert_eq!(wire.seen().len(), 2, "the API that was configured was asked");
}
