//! Stories of reports: what an account used, who was there, what they answered and asked.

use serde_json::{Value, json};

use crate::{
    held_against::hold,
    registrants::with_all_scopes,
    seat::Seat,
    story::{Story, builder},
};

const DAYS: &str = "from=2026-11-20&to=2026-11-30";

/// A story whose app also holds the classic scope that a few reports ask for.
async fn with_reports() -> Story {
    let story = with_all_scopes().await;
    drop(story);
    let scopes = zoom_spec::operations().iter().flat_map(|operation| operation.granular);
    let scopes: std::collections::BTreeSet<_> = scopes.copied().chain(["report:read:admin"]).collect();
    Story::with(builder().scopes(scopes).unlimited()).await
}

/// A meeting or webinar whose host and guests were there for two minutes, with a poll answered and a question asked.
async fn held(story: &Story, kind: &str) -> Value {
    let settings = json!({ "join_before_host": true, "approval_type": 0});
    let body = json!({ "topic": "Kitchen Spanish", "password": "hello1", "settings": settings, "start_time": "2026-11-23T10:00:00Z",
        "tracking_fields": [{ "field": "Course", "value": "B1" }] });
    let (status, made) = story.send("POST", &format!("/users/ben@northlight.example/{kind}"), body).await;
    assert_eq!(status, 201, "{made}");
    let poll = json!({ "title": "How was it?", "questions": [
        { "name": "Pace", "type": "single", "answers": ["Fast", "Slow"] }, { "name": "Why?", "type": "long_answer" }] });
    assert_eq!(story.send("POST", &format!("/{kind}/{}/polls", made["id"]), poll).await.0, 201);
    let host = Seat::host(story, &made).await;
    let doings = json!({
        "names": ["Maya Lind", "Jonas"],
        "chats": [{ "name": "Maya Lind", "text": "Hola" }],
        "answers": [{ "name": "Maya Lind", "poll": "How was it?", "question": "Pace", "answer": "Fast" },
                    { "name": "Maya Lind", "poll": "How was it?", "question": "Why?", "answer": "New words" },
                    { "name": "Jonas", "poll": "How was it?", "question": "Pace", "answer": "Slow" }],
        "questions": [{ "name": "Jonas", "question": "When is the next one?", "reply": "On Monday." },
                      { "name": "Jonas", "question": "Is there homework?" }],
    });
    let (status, refused) = story.control("POST", &format!("/meetings/{}/simulate", made["id"]), doings).await;
    assert_eq!(status, 204, "{refused}");
    assert_eq!(story.get(&format!("/{kind}/{}/polls", made["id"])).await.1["polls"][0]["status"], "started");
    story.pass(120);
    let end = story.send("PUT", &format!("/{kind}/{}/status", made["id"]), json!({ "action": "end" })).await;
    assert!(end.0 < 300, "{end:?}");
    drop(host);
    made
}

#[tokio::test]
async fn a_held_meeting_or_webinar_is_in_every_report_about_it() {
    let story = with_reports().await;
    for (kind, one, operation) in [("meetings", "meeting", "Meeting"), ("webinars", "webinar", "Webinar")] {
        let made = held(&story, kind).await;
        let path = format!("/report/{kind}/{}", made["id"]);
        let (_, details) = story.get(&path).await;
        hold(&format!("report{operation}Details"), &details, &[]);
        assert_eq!((&details["participants_count"], &details["duration"]), (&json!(3), &json!(2)), "{details}");
        assert_eq!((&details["total_minutes"], &details["tracking_fields"][0]["value"]), (&json!(6), &json!("B1")));
        let keys = json!({ "settings": { "custom_keys": [{ "key": "k", "value": "v" }] } });
        if kind == "meetings" {
            assert_eq!(story.send("PATCH", &format!("/meetings/{}", made["id"]), keys).await.0, 204);
            assert_eq!(story.get(&path).await.1["custom_keys"][0]["key"], "k");
        }
        let (_, people) = story.get(&format!("{path}/participants?include_fields=registrant_id")).await;
        hold(&format!("report{operation}Participants"), &people, &[]);
        assert_eq!(
            (&people["total_records"], &people["participants"][0]["user_email"]),
            (&json!(3), &json!("ben@northlight.example"))
        );
        assert!(story.get(&format!("{path}/participants")).await.1["participants"][0].get("registrant_id").is_none());
        let (_, polls) = story.get(&format!("{path}/polls")).await;
        hold(&format!("report{operation}Polls"), &polls, &[]);
        assert_eq!(
            (&polls["questions"][0]["last_name"], &polls["questions"][0]["question_details"][1]["answer"]),
            (&json!("Lind"), &json!("New words"))
        );
        let (_, asked) = story.get(&format!("{path}/qa")).await;
        hold(&format!("report{operation}QA"), &asked, &["questions[].question_details[].answer_details[].content"]);
        let first = &asked["questions"][0]["question_details"];
        assert_eq!((&first[0]["question_status"], &first[1]["question_status"]), (&json!("answered"), &json!("open")));
        assert_eq!(first[0]["answer_details"][0]["email"], "ben@northlight.example");
        for (list, id) in [
            ("polls", if one == "meeting" { "listPastMeetingPolls" } else { "listPastWebinarPollResults" }),
            ("qa", if one == "meeting" { "listPastMeetingQA" } else { "listPastWebinarQA" }),
        ] {
            let (status, past) = story.get(&format!("/past_{kind}/{}/{list}", made["id"])).await;
            assert_eq!(status, 200, "{past}");
            hold(id, &past, &[]);
        }
        assert_eq!(story.get(&format!("/{kind}/{}/polls", made["id"])).await.1["polls"][0]["status"], "ended");
    }
}

#[tokio::test]
async fn the_account_sees_its_days_its_hosts_and_what_each_of_them_held() {
    let story = with_reports().await;
    let (meeting, webinar) = (held(&story, "meetings").await, held(&story, "webinars").await);
    for path in ["/report/daily", "/report/daily/", "/report/daily/?year=2026&month=11"] {
        let (status, daily) = story.get(path).await;
        assert_eq!(status, 200, "{daily}");
        hold("reportDaily", &daily, &[]);
        let today = daily["dates"].as_array().unwrap().last().unwrap();
        assert_eq!(
            *today,
            json!({ "date": "2026-11-23", "new_users": 5, "meetings": 2, "participants": 6, "meeting_minutes": 12 })
        );
    }
    let (_, active) = story.get(&format!("/report/users?{DAYS}&type=active")).await;
    hold("reportUsers", &active, &[]);
    assert_eq!((&active["total_records"], &active["users"][0]["email"]), (&json!(1), &json!("ben@northlight.example")));
    assert_eq!((&active["total_meetings"], &active["total_meeting_minutes"]), (&json!(2), &json!(12)));
    let (_, inactive) = story.get(&format!("/report/users?{DAYS}&type=inactive&page_size=3")).await;
    assert_eq!((&inactive["total_records"], inactive["users"].as_array().unwrap().len()), (&json!(4), 3));
    let token = inactive["next_page_token"].as_str().unwrap();
    let (_, rest) = story.get(&format!("/report/users?{DAYS}&type=inactive&page_size=3&next_page_token={token}")).await;
    assert_eq!(rest["users"].as_array().unwrap().len(), 1);

    let (_, of_ben) = story.get(&format!("/report/users/ben@northlight.example/meetings?{DAYS}")).await;
    hold("reportMeetings", &of_ben, &[]);
    let ids: Vec<_> = of_ben["meetings"].as_array().unwrap().iter().map(|row| &row["id"]).collect();
    assert_eq!(ids, [&meeting["id"], &webinar["id"]]);
    assert_eq!(of_ben["meetings"][0]["source"], "Ready-made Server-to-Server app");
    assert_eq!(of_ben["meetings"][0]["join_time"], "11/23/2026 09:00");
    let (_, joined) = story.get(&format!("/report/users/ben@northlight.example/meetings?{DAYS}&type=pastJoined")).await;
    assert_eq!(joined["total_records"], 2);
    let (_, alone) = story.get(&format!("/report/users/ben@northlight.example/meetings?{DAYS}&type=pastOne")).await;
    assert_eq!(alone["total_records"], 0);
    let (_, coming) = story.get(&format!("/report/upcoming_events?{DAYS}&type=meeting")).await;
    hold("reportUpcomingEvents", &coming, &[]);
    assert_eq!(coming["upcoming_events"][0]["topic"], "Kitchen Spanish");
}

#[tokio::test]
async fn one_person_alone_is_in_no_report_of_participants_but_in_the_list_of_single_calls() {
    let story = with_reports().await;
    let made = story.meeting("Alone").await;
    Seat::host(&story, &made).await.leave().await;
    let (status, refused) = story.get(&format!("/report/meetings/{}/participants", made["id"])).await;
    let message = format!("Meeting {} not found or has expired.", made["id"]);
    assert_eq!((status, refused), (404, json!({ "code": 3001, "message": message })));
    assert_eq!(story.get(&format!("/past_meetings/{}/participants", made["id"])).await.1["total_records"], 1);
    let (_, past) = story.get(&format!("/report/users/me/meetings?{DAYS}")).await;
    assert_eq!(past["total_records"], 0);
    let (_, alone) = story.get(&format!("/report/users/me/meetings?{DAYS}&type=pastOne")).await;
    assert_eq!(alone["meetings"][0]["uuid"], made["uuid"], "{alone}");
}

#[tokio::test]
async fn who_did_not_come_to_a_webinar_is_among_the_absentees() {
    let story = with_reports().await;
    let body = json!({ "topic": "Ask an architect", "type": 5, "settings": { "approval_type": 0 } });
    let (_, made) = story.send("POST", "/users/ben@northlight.example/webinars", body).await;
    let path = format!("/past_webinars/{}/absentees", made["id"]);
    let mut registered = Vec::new();
    for name in ["came", "stayed.away"] {
        let who = json!({ "first_name": name, "email": format!("{name}@guests.example") });
        let (status, one) = story.send("POST", &format!("/webinars/{}/registrants", made["id"]), who).await;
        assert_eq!(status, 201, "{one}");
        registered.push(one);
    }
    let mut host = Seat::host(&story, &made).await;
    let guest = Seat::registrant(&story, &made, "Came", &registered[0]).await;
    host.say(json!({ "type": "end" })).await;
    host.hear_of("closed").await;
    drop(guest);
    let (status, absent) = story.get(&path).await;
    assert_eq!((status, &absent["total_records"]), (200, &json!(1)), "{absent}");
    hold("webinarAbsentees", &absent, &[]);
    assert_eq!(absent["registrants"][0]["email"], "stayed.away@guests.example");
    let (status, refused) = story.get(&format!("{path}?occurrence_id=1")).await;
    assert_eq!((status, &refused["code"]), (400, &json!(300)), "{refused}");
    assert!(refused["message"].as_str().unwrap().ends_with("invalid occurrence ID: 1."), "{refused}");

    let webinar = held(&story, "webinars").await;
    story.send("PATCH", &format!("/webinars/{}", webinar["id"]), json!({ "settings": { "approval_type": 2 } })).await;
    let (status, refused) = story.get(&format!("/past_webinars/{}/absentees", webinar["id"])).await;
    assert_eq!((status, &refused["code"]), (400, &json!(3000)), "{refused}");
    story.send("PATCH", "/users/ben@northlight.example/settings", json!({ "feature": { "webinar": false } })).await;
}

#[tokio::test]
async fn reports_of_other_days_and_of_nobody_are_refused() {
    let story = with_reports().await;
    for (path, field) in [
        ("/report/users?to=2026-11-30", "from"),
        ("/report/users?from=2026-11-30", "to"),
        ("/report/users?from=2026-11-20&to=2026-11-19", "to"),
        ("/report/users?from=2026-10-01&to=2026-11-20", "to"),
        ("/report/users/me/meetings?from=2026-05-22&to=2026-06-01", "from"),
        ("/report/users/me/meetings?from=yesterday&to=2026-06-01", "from"),
        ("/report/users?from=2026-11-20&to=2026-11-30&type=lazy", "type"),
        ("/report/daily?month=13", "month"),
    ] {
        let (status, refused) = story.get(path).await;
        assert_eq!(
            (status, &refused["code"], &refused["errors"][0]["field"]),
            (400, &json!(300), &json!(field)),
            "{path}"
        );
    }
    let old = json!({ "code": 300, "message": "Daily report can only be provided for a month that falls within the recent 6 months." });
    assert_eq!(story.get("/report/daily?year=2026&month=5").await, (400, old));
    let (status, refused) = story.get(&format!("/report/users/nobody@x.example/meetings?{DAYS}")).await;
    assert_eq!(
        (status, &refused["message"]),
        (404, &json!("User nobody@x.example not exist or not belong to this account."))
    );
    assert_eq!(story.get(&format!("/report/upcoming_events?{DAYS}&next_page_token=x")).await.1["code"], 300);
}

#[tokio::test]
async fn free_accounts_have_no_reports_and_nobody_has_them_of_what_is_long_over_or_was_never_held() {
    let mut story = with_reports().await;
    let (meeting, webinar) = (held(&story, "meetings").await, held(&story, "webinars").await);
    let ids = [("meetings", &meeting), ("webinars", &webinar)];
    for (kind, _) in ids {
        for rest in ["", "/participants", "/polls", "/qa"] {
            let (status, refused) = story.get(&format!("/report/{kind}/99999999999{rest}")).await;
            assert_eq!((status, &refused["code"]), (404, &json!(3001)), "{kind}{rest}: {refused}");
            assert!(refused["message"].as_str().unwrap().contains("99999999999"), "{refused}");
        }
        let (_, refused) = story.get(&format!("/past_{kind}/99999999999/qa")).await;
        assert!(refused["message"].as_str().unwrap().ends_with("ID is invalid or not end."), "{refused}");
    }
    // A webinar's number names no meeting.
    assert_eq!(story.get(&format!("/report/meetings/{}", webinar["id"])).await.1["code"], 3001);

    story.control("PUT", "/limits", json!({ "plan": "free" })).await;
    let mut paths = vec![
        format!("/report/users?{DAYS}"),
        format!("/report/users/me/meetings?{DAYS}"),
        "/report/daily".to_owned(),
        format!("/report/upcoming_events?{DAYS}"),
        format!("/past_meetings/{}", meeting["id"]),
    ];
    for (kind, made) in ids {
        paths.extend(["", "/participants", "/polls", "/qa"].map(|rest| format!("/report/{kind}/{}{rest}", made["id"])));
    }
    for path in &paths {
        let (status, refused) = story.get(path).await;
        assert_eq!((status, &refused["code"]), (400, &json!(200)), "{path}: {refused}");
    }
    story.control("PUT", "/limits", json!({ "plan": "pro" })).await;
    story.pass(366 * 24 * 3600);
    story.sign_in().await;
    for (kind, made) in ids {
        for rest in ["", "/participants", "/polls"] {
            let (status, refused) = story.get(&format!("/report/{kind}/{}{rest}", made["id"])).await;
            assert_eq!((status, &refused["code"]), (400, &json!(12702)), "{kind}{rest}: {refused}");
        }
    }
    assert_eq!(story.get(&format!("/past_meetings/{}/polls", meeting["id"])).await.1["code"], 12702);
}

#[tokio::test]
async fn reports_tell_what_is_another_accounts_and_what_was_held_by_somebody_who_is_gone() {
    let story = with_reports().await;
    let (meeting, webinar) = (held(&story, "meetings").await, held(&story, "webinars").await);
    story.send("DELETE", "/users/ben@northlight.example?action=delete", json!([])).await;
    for path in [format!("/report/meetings/{}", meeting["id"]), format!("/report/webinars/{}/qa", webinar["id"])] {
        let (status, refused) = story.get(&path).await;
        assert_eq!((status, &refused["code"]), (404, &json!(1001)), "{path}: {refused}");
    }
    let who = json!({ "first_name": "Otis", "last_name": "Vale", "email": "otis@south.example", "password": "Pretend-1",
        "account_name": "Southlight" });
    let (_, account) = story.send("POST", "/accounts", who).await;
    let path = format!("/accounts/{}/users/me/webinars", account["id"].as_str().unwrap());
    let (status, theirs) = story.send("POST", &path, json!({ "topic": "South" })).await;
    assert_eq!(status, 201, "{theirs}");
    for rest in ["", "/participants", "/polls"] {
        let (status, refused) = story.get(&format!("/report/webinars/{}{rest}", theirs["id"])).await;
        assert_eq!((status, &refused["code"]), (400, &json!(1010)), "{rest}: {refused}");
    }
    assert_eq!(story.get(&format!("/past_webinars/{}/absentees", theirs["id"])).await.1["code"], 1010);
}

#[tokio::test]
async fn reports_need_their_scopes_and_say_which() {
    let story = Story::begin().await;
    let (status, refused) = story.get("/report/daily/").await;
    assert_eq!(
        (status, refused),
        (400, json!({ "code": 4711, "message": "Invalid access token, does not contain scopes:[report:read:admin]." }))
    );
    for path in [
        "/report/users",
        "/report/users/me/meetings",
        "/report/meetings/1",
        "/report/webinars/1/qa",
        "/past_meetings/1/polls",
        "/past_webinars/1/absentees",
    ] {
        assert_eq!(story.get(path).await.1["code"], 4711, "{path}");
    }
}

#[tokio::test]
async fn an_anonymous_poll_tells_nobodys_name() {
    let story = with_reports().await;
    let made = story.meeting("Honest").await;
    let poll = json!({ "title": "Mood", "anonymous": true, "questions": [{ "name": "Well?", "type": "single", "answers": ["Yes", "No"] }] });
    story.send("POST", &format!("/meetings/{}/polls", made["id"]), poll).await;
    let simulate = format!("/meetings/{}/simulate", made["id"]);
    let say = |name: &str, question: &str, answer: &str| json!({ "names": [], "answers": [{ "name": name, "poll": "Mood", "question": question, "answer": answer }] });
    assert_eq!(story.control("POST", &simulate, json!({ "names": ["Maya"] })).await.0, 204);
    for (wrong, says) in [
        (say("Nobody", "Well?", "Yes"), "nobody called"),
        (say("Maya", "Well?", "Maybe"), "not one of the answers"),
        (say("Maya", "How?", "Yes"), "no poll"),
    ] {
        let (status, refused) = story.control("POST", &simulate, wrong).await;
        assert_eq!(status, 400);
        assert!(refused["message"].as_str().unwrap().contains(says), "{refused}");
    }
    assert_eq!(story.control("POST", &simulate, say("Maya", "Well?", "Yes")).await.0, 204);
    story.send("PUT", &format!("/meetings/{}/status", made["id"]), json!({ "action": "end" })).await;
    let (_, polls) = story.get(&format!("/report/meetings/{}/polls", made["id"])).await;
    assert_eq!(
        (&polls["questions"][0]["name"], &polls["questions"][0]["email"]),
        (&json!("Anonymous Attendee"), &json!(""))
    );
}

#[tokio::test]
async fn an_instant_is_taken_for_its_day_as_zoomus_sends_it() {
    let story = with_all_scopes().await;
    let (status, report) = story.get("/report/users?from=2026-11-21T08:30:00Z&to=2026-11-23T08%3A30%3A00Z").await;
    assert_eq!((status, &report["from"], &report["to"]), (200, &json!("2026-11-21"), &json!("2026-11-23")), "{report}");
    let (status, refused) = story.get("/report/users?from=2026-11-21T25:30:00Z&to=2026-11-23").await;
    assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("from")), "{refused}");
}
