//! Stories of `/sandbox/v1`: steering the sandbox from outside its process.

use serde_json::{Value, json};

use crate::story::{Story, builder, send};

#[tokio::test]
async fn time_is_read_moved_stopped_and_let_run() {
    let story = Story::begin().await;
    let (status, now) = story.control("GET", "/clock", json!({})).await;
    assert_eq!((status, now), (200, json!({ "now": "2026-11-23T09:00:00Z", "running": false, "speed": 0 })));
    let (_, now) = story.control("POST", "/clock/advance", json!({ "seconds": 90.5 })).await;
    assert_eq!(now["now"], "2026-11-23T09:01:30.5Z");
    let (_, now) = story.control("POST", "/clock/set", json!({ "now": "2027-01-01T00:00:00Z" })).await;
    assert_eq!(now["now"], "2027-01-01T00:00:00Z");
    assert_eq!(story.control("POST", "/clock/run", json!({})).await.1["running"], true);
    assert_eq!(story.control("POST", "/clock/freeze", json!({})).await.1["running"], false);
    assert_eq!(story.control("POST", "/clock/advance", json!({ "seconds": 1e300 })).await.0, 400);
}

#[tokio::test]
async fn faults_are_set_listed_and_cleared() {
    let story = Story::begin().await;
    let rule = json!({ "operation": "meetingCreate", "times": 2, "fault": "slow", "ms": 5 });
    let (status, faults) = story.control("POST", "/faults", rule.clone()).await;
    assert_eq!((status, &faults["items"]), (200, &json!([rule])));
    let (status, unknown) =
        story.control("POST", "/faults", json!({ "operation": "meetingInvent", "fault": "hang" })).await;
    assert_eq!(status, 400);
    assert!(unknown["message"].as_str().unwrap().contains("meetingInvent"));
    assert_eq!(story.control("PUT", "/visibility", json!({ "seconds": 20 })).await.0, 200);
    let (_, faults) = story.control("DELETE", "/faults", json!({})).await;
    assert_eq!(faults, json!({ "items": [], "unplugged": false, "new_meetings_invisible_for_seconds": 0.0 }));
}

#[tokio::test]
async fn the_log_tells_every_call_without_a_secret_and_counts_it() {
    let story = Story::begin().await;
    let made = story.meeting("Secretive").await;
    story.get("/nonsense").await;
    let (_, log) = story.control("GET", "/calls", json!({})).await;
    let items = log["items"].as_array().unwrap();
    let told: Vec<_> =
        items.iter().map(|call| (call["operation"].as_str(), call["decision"].as_str().unwrap())).collect();
    assert_eq!(told, [(Some("token"), "allowed"), (Some("meetingCreate"), "allowed"), (None, "refused")]);
    assert_eq!(items[1]["meeting"], made["id"]);
    let text = log.to_string();
    let held = story.zoom.credentials();
    let zak = made["start_url"].as_str().unwrap().split_once("zak=").unwrap().1;
    let secrets = [
        &*held.client_secret,
        &*story.token,
        zak,
        made["password"].as_str().unwrap(),
        made["encrypted_password"].as_str().unwrap(),
    ];
    for secret in secrets {
        assert!(!text.contains(secret), "{secret}");
    }
    let (_, one) = story.control("GET", &format!("/calls?meeting={}", made["id"]), json!({})).await;
    assert_eq!(one["items"].as_array().unwrap().len(), 1);
    let (_, fresh) = story.control("GET", &format!("/calls?since={}", log["revision"]), json!({})).await;
    assert_eq!(fresh["items"], json!([]));
    assert_eq!(story.control("GET", "/counters", json!({})).await.1["calls"]["meetingCreate"], 1);
    assert_eq!(story.control("DELETE", "/calls", json!({})).await.0, 204);
    let (_, emptied) = story.control("GET", &format!("/calls?since={}", log["revision"]), json!({})).await;
    assert_eq!((&emptied["cleared"], &emptied["items"]), (&json!(true), &json!([])));
}

#[tokio::test]
async fn pages_of_other_sites_may_not_steer_the_sandbox() {
    let story = Story::begin().await;
    let url = format!("{}/sandbox/v1/unplug", story.zoom.base());
    let (status, _) = send(story.http.post(&url).header("origin", "http://evil.example")).await;
    assert_eq!(status, 403);
    let (status, _) = send(story.http.post(&url).header("host", "evil.example")).await;
    assert_eq!(status, 403);
    assert!(!story.zoom.faults().is_unplugged());
    let (status, _) = send(story.http.post(&url).header("origin", story.zoom.base())).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn no_page_and_no_control_answers_under_another_name_or_to_another_page() {
    let story = Story::begin().await;
    let owners = story.zoom.routes().into_iter().filter(|route| route.audience == zoom_sandbox::Audience::Owner);
    let mut asked = 0;
    for route in owners {
        for method in route.methods.split(", ") {
            let url = format!("{}{}", story.zoom.base(), route.sample);
            let request = || story.http.request(method.parse().unwrap(), &url);
            for wrong in [
                request().header("host", "rebound.example:8081"),
                request().header("host", "api.zoom.us"),
                request().header("origin", "http://evil.example"),
                request().header("origin", "null"),
            ] {
                assert_eq!(send(wrong).await.0, 403, "{method} {}", route.path);
                asked += 1;
            }
        }
    }
    assert!(asked > 250, "{asked}");
    let form = story.http.post(format!("{}/sandbox/v1/reset", story.zoom.base())).body("{}");
    assert_eq!(send(form).await.0, 415, "nor can a form be made to look like a control's body");
}

#[tokio::test]
async fn simulated_people_start_the_call() {
    let story = Story::begin().await;
    let made = story.meeting("Open studio").await;
    let path = format!("/meetings/{}/simulate", made["id"]);
    assert_eq!(story.control("POST", &path, json!({ "names": ["Iris", "Tomás"], "chat": "Hello!" })).await.0, 204);
    assert_eq!(story.get(&format!("/meetings/{}", made["id"])).await.1["status"], "started");
    assert_eq!(story.zoom.running_calls()[0].people.len(), 2);
    assert_eq!(story.control("POST", "/meetings/1/simulate", json!({ "names": ["A"] })).await.0, 404);
    story.send("DELETE", &format!("/meetings/{}", made["id"]), json!([])).await;
    assert!(story.zoom.running_calls().is_empty(), "deleting the meeting ends its call");
}

#[tokio::test]
async fn the_reference_lists_every_control_and_its_faults_are_taken() {
    let page = include_str!("../../../../docs/reference/sandbox-controls.md");
    let first = |line: &'static str| line.strip_prefix("| `")?.split('`').next();
    let (controls, faults) = page.split_once("## Faults").unwrap();
    let documented: Vec<_> = controls.lines().filter_map(first).map(str::to_owned).collect();
    let story = Story::begin().await;
    let there: Vec<_> = story
        .zoom
        .routes()
        .iter()
        .filter(|route| route.path.starts_with("/sandbox/v1"))
        .map(|route| format!("{} {}", route.methods, route.path))
        .collect();
    for control in &there {
        assert!(documented.contains(control), "{control} is not in the reference");
    }
    for control in &documented {
        assert!(there.contains(control), "{control} is in the reference only");
    }
    for fault in faults.lines().filter_map(first).filter(|name| *name != "fault") {
        let rule = |operation: &str| json!({ "operation": operation, "times": 1, "fault": fault, "ms": 1 });
        let taken = [
            story.control("POST", "/faults", rule("users")).await.0,
            story.control("POST", "/faults", rule("webhook")).await.0,
        ];
        assert!(taken.contains(&200), "{fault} is not a fault");
    }
}

#[tokio::test]
async fn the_clock_is_not_set_to_where_nothing_could_be_planned_any_more() {
    let mut story = Story::begin().await;
    for seconds in [1e18, 251e9, -2e9] {
        let (status, refused) = story.control("POST", "/clock/advance", json!({ "seconds": seconds })).await;
        assert_eq!((status, &refused["message"]), (400, &json!("the sandbox's clock shows the years 1970 to 2499")));
    }
    for now in ["9999-12-30T21:00:00Z", "1969-12-31T23:59:59Z"] {
        assert_eq!(story.control("POST", "/clock/set", json!({ "now": now })).await.0, 400, "{now}");
    }
    assert_eq!(story.control("POST", "/clock/set", json!({ "now": "2499-12-31T00:00:00Z" })).await.0, 200);
    story.sign_in().await;
    story.meeting("Far away").await;
}

#[tokio::test]
async fn the_log_comes_in_pages_and_whoever_follows_it_misses_nothing() {
    let story = Story::with(builder().unlimited()).await;
    for _ in 0..130 {
        story.get("/users/me").await;
    }
    let ids = |log: &Value| log["items"].as_array().unwrap().iter().map(|one| one["id"].as_u64().unwrap()).collect();
    let page = async |query: &str| -> (Vec<u64>, Value) {
        let (status, log) = story.control("GET", &format!("/calls?{query}"), json!({})).await;
        assert_eq!(status, 200, "{query}: {log}");
        (ids(&log), log["more"].clone())
    };
    // The first call was for the token.
    assert_eq!(page("").await, ((32..=131).collect(), json!(true)), "the newest hundred, oldest first");
    assert_eq!(page("before=32").await, ((1..=31).collect(), json!(false)));
    assert_eq!(page("before=32&limit=10").await, ((22..=31).collect(), json!(true)));
    assert_eq!(page("limit=1000").await, ((1..=131).collect(), json!(false)));
    assert_eq!(page("operation=token").await, (vec![1], json!(false)));
    let (mut followed, mut since) = (Vec::new(), 0);
    loop {
        let (_, log) = story.control("GET", &format!("/calls?limit=50&since={since}"), json!({})).await;
        followed.extend(ids(&log) as Vec<u64>);
        since = log["revision"].as_u64().unwrap();
        if log["more"] == false {
            break;
        }
    }
    assert_eq!(followed, (1..=131).collect::<Vec<_>>());
    for query in ["limit=0", "limit=1001", "limit=many", "since=1&before=2"] {
        assert_eq!(story.control("GET", &format!("/calls?{query}"), json!({})).await.0, 400, "{query}");
    }
}

#[tokio::test]
async fn the_id_of_the_app_is_told_and_opens_its_webhook_logs() {
    let scopes = zoom_spec::operation("getWebhookLogs").unwrap().classic;
    let story = Story::with(builder().scopes(scopes.iter().copied())).await;
    let id = story.zoom.credentials().app_id;
    assert_eq!(story.control("GET", "", json!({})).await.1["app_id"], id);
    let (status, logs) = story.get(&format!("/marketplace/apps/{id}/webhook_logs")).await;
    assert_eq!(status, 200, "{logs}");
}

#[tokio::test]
async fn a_host_begins_no_more_calls_by_a_control_than_at_the_door() {
    let story = Story::begin().await;
    let mut paths = Vec::new();
    for topic in ["One", "Two", "Three"] {
        paths.push(format!("/meetings/{}", story.meeting(topic).await["id"]));
    }
    assert_eq!(story.control("POST", &format!("{}/start", paths[0]), json!({})).await.0, 200);
    assert_eq!(story.control("POST", &format!("{}/simulate", paths[1]), json!({ "names": ["Iris"] })).await.0, 204);
    for (name, body) in [("start", json!({})), ("simulate", json!({ "names": ["Iris"] }))] {
        let (status, refused) = story.control("POST", &format!("{}/{name}", paths[2]), body).await;
        let number = paths[2].rsplit('/').next().unwrap();
        let words = format!(
            "the host of {number} holds as many calls as they may (two with a licence, one without); end one of them first"
        );
        assert_eq!((status, &refused["message"]), (409, &json!(words)), "{name}");
    }
    assert_eq!(story.get(&paths[2]).await.1["status"], "waiting");
    assert_eq!(story.control("POST", &format!("{}/start", paths[1]), json!({})).await.0, 200, "what is on goes on");
    assert_eq!(story.control("POST", &format!("{}/end", paths[0]), json!({})).await.0, 200);
    assert_eq!(story.control("POST", &format!("{}/start", paths[2]), json!({})).await.0, 200);
}

#[tokio::test]
async fn the_document_of_the_controls_says_truly_which_bodies_may_be_left_out() {
    let story = Story::begin().await;
    let (_, document) = story.control("GET", "/openapi.json", json!({})).await;
    let mut optional = Vec::new();
    for (path, verbs) in document["paths"].as_object().unwrap() {
        for (verb, operation) in verbs.as_object().unwrap() {
            if operation["requestBody"].is_null() || path.contains('{') {
                continue;
            }
            let method = verb.to_uppercase().parse().unwrap();
            let (status, answer) = send(story.http.request(method, format!("{}{path}", story.zoom.base()))).await;
            let is_needed = operation["requestBody"]["required"] == true;
            assert_eq!(status == 400, is_needed, "{verb} {path}: {status} {answer}");
            if !is_needed {
                optional.push(operation["operationId"].as_str().unwrap());
            }
        }
    }
    assert_eq!(optional, ["runClock", "replay", "setLimits", "reset", "setSettings", "setSwitches"]);
}
