//! Whatever is sent, and wherever to: an answer in the shape of whoever was asked, never a failure of the sandbox.

use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngSeed, TestRunner},
};
use serde_json::{Map, Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use zoom_spec::{Field, Kind, Operation, Place};

use crate::{
    nonsense::leaf,
    registrants::with_all_scopes,
    story::{Story, cases, send},
    visitor::Visitor,
};

fn runner(seed: u64) -> TestRunner {
    TestRunner::new(Config { rng_seed: RngSeed::Fixed(seed), ..Config::default() })
}

fn draw<S: Strategy>(runner: &mut TestRunner, strategy: &S) -> S::Value {
    strategy.new_tree(runner).unwrap().current()
}

/// Texts that programs stumble over.
fn awkward() -> impl Strategy<Value = String> {
    let known = [
        "",
        " ",
        "\0",
        "a\0b",
        "\u{feff}",
        "\u{202e}gnirts",
        "%00",
        "%",
        "%zz",
        "..",
        "../../etc",
        "-1",
        "0",
        "9223372036854775808",
        "1e999",
        "NaN",
        "null",
        "[]",
        "{}",
        "<script>",
        "'; --",
        "me",
        "http://[::1",
        "javascript:alert(1)",
        "\u{1F468}\u{200D}\u{1F469}",
    ];
    prop_oneof![
        3 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => (1_usize..40).prop_map(|times| "x".repeat(times * 97)),
    ]
}

/// A value that the table would allow, as to its type.
fn fitting(field: &Field, number: i64, text: &str) -> Value {
    let choice = field.choices.iter().find(|choice| !choice.is_empty());
    match (field.kind, choice) {
        (Kind::Integer | Kind::Number, Some(choice)) => choice.parse::<i64>().map_or(json!(number), Value::from),
        (Kind::String, Some(choice)) => json!(choice),
        (Kind::Integer | Kind::Number, None) => json!(number),
        (Kind::Boolean, _) => json!(number % 2 == 0),
        (Kind::Array, _) => json!([text]),
        (Kind::Object, _) => json!({}),
        _ => json!(text),
    }
}

/// Puts `value` at the end of `path`, making objects and arrays on the way.
fn place(members: &mut Map<String, Value>, path: &str, value: Value) {
    let (step, rest) = path.split_once('.').map_or((path, None), |(step, rest)| (step, Some(rest)));
    let name = step.trim_end_matches("[]");
    let Some(rest) = rest else {
        members.insert(name.to_owned(), value);
        return;
    };
    let empty = if step.ends_with("[]") { json!([{}]) } else { json!({}) };
    let place_in = members.entry(name).or_insert(empty);
    let inner = if let Value::Array(items) = place_in { items.first_mut().unwrap() } else { place_in };
    if let Some(inner) = inner.as_object_mut() {
        place(inner, rest, value);
    }
}

/// A body of the operation's own fields: some right, some of any type, some left out.
fn body(runner: &mut TestRunner, operation: &Operation) -> Value {
    let mut members = Map::new();
    for field in operation.fields().iter().filter(|field| field.place == Place::Body) {
        match draw(runner, &(0_u8..10)) {
            0..6 => {
                let (number, text) = draw(runner, &(-3_i64..400, awkward()));
                place(&mut members, &field.path, fitting(field, number, &text));
            }
            6..8 => {
                let value = draw(runner, &leaf());
                place(&mut members, &field.path, value);
            }
            _ => {}
        }
    }
    Value::Object(members)
}

/// Bytes that are no JSON object that anybody would write.
fn broken() -> Vec<Vec<u8>> {
    let deep = |open: &str, close: &str| [open.repeat(50_000), close.repeat(50_000)].concat().into_bytes();
    vec![
        Vec::new(),
        b"{".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"\"text\"".to_vec(),
        b"{\"topic\":\"\xff\xfe\"}".to_vec(),
        b"\xef\xbb\xbf{}".to_vec(),
        b"{\"topic\":\"a\0b\"}".to_vec(),
        br#"{"topic":"\u0000","agenda":"\ud800"}"#.to_vec(),
        br#"{"duration":1e999,"type":2}"#.to_vec(),
        br#"{"duration":-0.0,"type":2e0}"#.to_vec(),
        br#"{"type":2,"type":8,"type":null}"#.to_vec(),
        format!("{{\"duration\":{}}}", "9".repeat(100_000)).into_bytes(),
        deep("[", "]"),
        deep("{\"settings\":", "}"),
        [br#"{"settings":"#.repeat(120), b"1".to_vec(), b"}".repeat(120)].concat(),
    ]
}

/// What the path parameters of the operations may be, so that behaviours are reached.
struct Known {
    meeting: String,
    webinar: String,
    event: String,
    account: String,
}

impl Known {
    async fn make(story: &Story) -> Self {
        let settings = json!({ "approval_type": 0 });
        let body = json!({ "topic": "Patient", "type": 2, "settings": settings });
        let (_, meeting) = story.send("POST", "/users/me/meetings", body.clone()).await;
        let (_, webinar) = story.send("POST", "/users/ben@northlight.example/webinars", body).await;
        Self {
            meeting: meeting["id"].to_string(),
            webinar: webinar["id"].to_string(),
            event: "sbxnone".to_owned(),
            account: story.zoom.credentials().account_id,
        }
    }

    fn path(&self, operation: &Operation, awkward: &str) -> String {
        let quoted = percent_encoding::utf8_percent_encode(awkward, percent_encoding::NON_ALPHANUMERIC).to_string();
        let fill = |segment: &str| match segment {
            "{meetingId}" => self.meeting.clone(),
            "{webinarId}" => self.webinar.clone(),
            "{eventId}" => self.event.clone(),
            "{accountId}" => self.account.clone(),
            "{userId}" => "yuki@northlight.example".to_owned(),
            other if other.starts_with('{') => quoted.clone(),
            other => other.to_owned(),
        };
        operation.path.split('/').map(fill).collect::<Vec<_>>().join("/")
    }
}

/// An answer of the REST API: no failure, and a refusal says what it is.
fn is_sound(status: u16, answer: &Value) -> bool {
    match status {
        200..300 => true,
        400..=499 | 501 => answer["code"].is_i64() && answer["message"].is_string(),
        _ => false,
    }
}

#[tokio::test]
async fn every_operation_that_reads_a_body_survives_what_it_is_sent() {
    let mut runner = runner(11);
    let with_body = |one: &&Operation| one.fields().iter().any(|field| field.place == Place::Body) && !one.multipart;
    let mut done = 0;
    for turn in 0..cases(1) {
        // Some of what is sent is carried out: each turn has a world of its own.
        let story = with_all_scopes().await;
        let known = Known::make(&story).await;
        for operation in zoom_spec::operations().iter().filter(with_body) {
            for _ in 0..3 {
                let (body, awkward) = (body(&mut runner, operation), draw(&mut runner, &awkward()));
                let path = known.path(operation, &awkward);
                let (status, answer) = story.send(&operation.method.to_string(), &path, body.clone()).await;
                assert!(is_sound(status, &answer), "{turn} {} {path} {body}: {status} {answer}", operation.id);
                done += usize::from(status < 300);
            }
        }
        assert_eq!(story.get("/users/ada@northlight.example").await.0, 200);
        story.zoom.stop().await;
    }
    assert!(done > 5 * cases(1), "some of it was sensible: {done}");
}

#[tokio::test]
async fn what_is_no_json_object_is_refused_by_every_operation_in_zooms_words() {
    let story = with_all_scopes().await;
    let known = Known::make(&story).await;
    let needs_body = |one: &&Operation| one.fields().iter().any(|field| field.place == Place::Body && field.required);
    for operation in zoom_spec::operations().iter().filter(needs_body).filter(|one| !one.multipart) {
        for bytes in broken().into_iter().filter(|bytes| !bytes.starts_with(b"{\"") || bytes.len() > 90_000) {
            let path = known.path(operation, "1");
            let request = story.request(&operation.method.to_string(), &path).body(bytes.clone());
            let (status, answer) = send(request).await;
            let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
            assert!(is_sound(status, &answer) && status >= 400, "{} {shown}: {status} {answer}", operation.id);
        }
    }
    for bytes in broken() {
        let (status, answer) = send(story.request("POST", "/users/me/meetings").body(bytes.clone())).await;
        assert!(is_sound(status, &answer), "{bytes:?}: {status} {answer}");
        if serde_json::from_slice::<Map<String, Value>>(&bytes).is_err() {
            let words = json!({ "code": 300, "message": "Request Body should be a valid JSON object." });
            assert_eq!((status, answer), (400, words), "{bytes:?}");
        }
    }
}

#[tokio::test]
async fn the_oauth_server_answers_any_request_in_its_own_shape() {
    let story = Story::begin().await;
    let held = story.zoom.credentials();
    let mut runner = runner(12);
    let bytes = prop::collection::vec(any::<u8>(), 0..200);
    for _ in 0..cases(150) {
        let (grant, account, raw, shape) = draw(&mut runner, &(awkward(), awkward(), bytes.clone(), 0_u8..6));
        let request = story.http.post(story.zoom.oauth());
        let request = match shape {
            0 => request.body(raw),
            1 => request.basic_auth(&held.client_id, Some(&held.client_secret)).body(raw),
            2 => request.basic_auth(&account, Some(&grant)).form(&[("grant_type", "account_credentials")]),
            3 => request.basic_auth(&held.client_id, Some(&held.client_secret)).query(&[("grant_type", &grant)]),
            4 => request.header("authorization", raw).form(&[("grant_type", &grant), ("account_id", &account)]),
            _ => request
                .basic_auth(&held.client_id, Some(&held.client_secret))
                .form(&[("grant_type", "account_credentials"), ("account_id", &account)]),
        };
        // What cannot be a header is not sent at all.
        let Ok(request) = request.build() else { continue };
        let response = story.http.execute(request).await.unwrap();
        let status = response.status().as_u16();
        let answer: Value = response.json().await.unwrap_or_default();
        assert!((400..405).contains(&status), "{status} {answer}");
        assert!(answer["reason"].is_string() && answer["error"].is_string(), "{answer}");
    }
}

/// The status of a request whose head is sent as it stands, with nothing put right on the way.
async fn raw(story: &Story, method: &str, target: &[u8]) -> u16 {
    let mut stream = TcpStream::connect(story.zoom.address()).await.unwrap();
    let head = [
        method.as_bytes(),
        b" ",
        target,
        format!(
            " HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\ncontent-length: 0\r\nconnection: \
             close\r\n\r\n",
            story.token
        )
        .as_bytes(),
    ]
    .concat();
    stream.write_all(&head).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let first = String::from_utf8_lossy(&answer).into_owned();
    first.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap()
}

const STARTS: &[&str] = &[
    "/v2/",
    "//v2//",
    "/v2/users/",
    "/v2/meetings/",
    "/v2/past_meetings/",
    "/v2/webinars/",
    "/v2/zoom_events/events/",
    "/v2/accounts/",
    "/oauth/",
    "/j/",
    "/s/",
    "/sdk/",
    "/meeting/register/",
    "/webinar/register/",
    "/marketplace/apps/",
    "/sandbox/v1/calls/",
    "/",
];

const PARTS: &[&str] = &[
    "%",
    "%2",
    "%zz",
    "%00",
    "%2F",
    "%252F",
    "%25252F%252F",
    "%FF",
    "%C0%AF",
    "%E2%80%AE",
    "..",
    ".",
    "//",
    "///",
    "?",
    "#",
    ";",
    "{userId}",
    "me",
    "-1",
    "0",
    "99999999999999999999",
    "a b",
    "*",
    "\\",
    "~",
    "registrants",
    "status",
    "invitation",
    "meetings",
    "&&==&",
    "?page_size=%",
    "?occurrence_id=%00",
    "?next_page_token=%FF",
    "?from=2026-99-99&to=x",
];

const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "BREW"];

#[tokio::test]
async fn no_path_however_it_is_written_makes_the_sandbox_fail() {
    let story = with_all_scopes().await;
    let mut runner = runner(13);
    let pick = |list: &[&str]| prop::sample::select(list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
    let target = (pick(METHODS), pick(STARTS), prop::collection::vec((pick(PARTS), any::<bool>()), 0..6));
    for _ in 0..cases(300) {
        let (method, start, parts) = draw(&mut runner, &target);
        let tail: String =
            parts.into_iter().map(|(part, slash)| if slash { format!("{part}/") } else { part }).collect();
        // A space would end the target.
        let target = format!("{start}{tail}").replace(' ', "%20");
        let status = raw(&story, &method, target.as_bytes()).await;
        assert!(status < 500 || status == 501, "{method} {target}: {status}");
    }
    for target in [&b"/v2/users/\xff\xfe"[..], &b"/v2/meetings/\xe2\x80\xae"[..], &[b'/'; 9000][..]] {
        assert!(raw(&story, "GET", target).await < 500, "{target:?}");
    }
}

#[tokio::test]
async fn the_controls_take_or_refuse_any_json() {
    let story = Story::begin().await;
    let mut runner = runner(14);
    let controls = [
        ("PUT", "/webhooks", &["url"][..]),
        ("PUT", "/limits", &["plan", "enforced", "strict_window", "all_headers"]),
        ("POST", "/faults", &["operation", "fault", "times", "ms", "every", "next"]),
        ("PUT", "/visibility", &["seconds"]),
        ("POST", "/clock/advance", &["seconds", "ms"]),
        ("POST", "/clock/set", &["now", "at", "time"]),
        ("POST", "/clock/run", &["speed", "factor"]),
        ("POST", "/meetings/81234567890/simulate", &["names", "people", "chat"]),
    ];
    for _ in 0..cases(20) {
        for (method, path, names) in controls {
            let mut body = Map::new();
            for name in names {
                let value = draw(&mut runner, &prop_oneof![leaf(), awkward().prop_map(Value::from)]);
                body.insert((*name).to_owned(), value);
            }
            let (status, answer) = story.control(method, path, Value::from(body.clone())).await;
            assert!(status < 500, "{method} {path} {body:?}: {status} {answer}");
        }
    }
    assert_eq!(story.control("GET", "/clock", json!(null)).await.0, 200);
    assert_eq!(story.control("DELETE", "/faults", json!(null)).await.0 / 100, 2);
}

#[tokio::test]
async fn the_marketplaces_forms_take_or_refuse_any_text() {
    let story = Story::begin().await;
    let ada = Visitor::sign_in(&story, "Ada Okafor").await;
    let server = ada.build("server-to-server", "Fuzzed").await;
    let general = ada.build("general", "Fuzzed too").await;
    let mut runner = runner(15);
    let forms = [
        "information",
        "token",
        "subscriptions",
        "subscriptions/remove",
        "scopes/add",
        "scopes/remove",
        "activate",
        "deactivate",
        "basic",
        "embed",
        "secret",
    ];
    let names = [
        "name",
        "short_description",
        "company_name",
        "developer_name",
        "developer_email",
        "url",
        "event",
        "scope",
        "q",
        "subscription",
        "redirect_url",
        "meeting_sdk",
        "management",
        "admin_managed",
        "continue",
        "kind",
        "person",
    ];
    for _ in 0..cases(8) {
        for form in forms {
            for app in [&server, &general] {
                let texts: Vec<String> = names.iter().map(|_| draw(&mut runner, &awkward())).collect();
                let form_fields: Vec<_> = names.iter().copied().zip(texts.iter().map(String::as_str)).collect();
                let status = ada.sent(&format!("{app}/{form}"), &form_fields).await.status();
                assert!(status.as_u16() < 500, "{app}/{form} {form_fields:?}: {status}");
            }
        }
        let bytes = draw(&mut runner, &prop::collection::vec(any::<u8>(), 0..300));
        for path in ["/sign-in", "/accounts/new", "/develop/create"] {
            let request = story.http.post(ada.url(path)).header("origin", story.zoom.base());
            let request = request.header("content-type", "application/x-www-form-urlencoded").body(bytes.clone());
            assert!(send(request).await.0 < 500, "{path} {bytes:?}");
        }
    }
    assert!(ada.page("").await.contains("Apps"), "the list of apps is still there");
}
