//! Stories of polls, quizzes and surveys.

use serde_json::{Value, json};

use crate::{
    registrants::with_all_scopes,
    story::{Story, send},
};

fn poll(title: &str) -> Value {
    json!({ "title": title, "questions": [
        { "name": "How was it?", "type": "single", "answers": ["Good", "Bad"] },
        { "name": "Why?", "type": "long_answer", "answer_min_character": 1, "answer_max_character": 200 },
    ] })
}

async fn meeting(story: &Story) -> String {
    format!("/meetings/{}", story.meeting("Open studio").await["id"])
}

async fn webinar(story: &Story) -> String {
    let body = json!({ "topic": "Ask an architect", "type": 5 });
    let (status, made) = story.send("POST", "/users/ben@northlight.example/webinars", body).await;
    assert_eq!(status, 201, "{made}");
    format!("/webinars/{}", made["id"])
}

async fn delete(story: &Story, path: &str) -> (u16, Value) {
    send(story.request("DELETE", path)).await
}

#[tokio::test]
async fn a_poll_is_made_read_listed_changed_and_deleted() {
    let story = with_all_scopes().await;
    for path in [meeting(&story).await, webinar(&story).await] {
        let polls = format!("{path}/polls");
        assert_eq!(story.get(&polls).await, (200, json!({ "total_records": 0, "polls": [] })));
        let (status, made) = story.send("POST", &polls, poll("First")).await;
        assert_eq!((status, &made["status"], &made["poll_type"]), (201, &json!("notstart"), &json!(1)), "{made}");
        assert_eq!((&made["anonymous"], &made["questions"][0]["answer_required"]), (&json!(false), &json!(false)));
        let one = format!("{polls}/{}", made["id"].as_str().unwrap());
        assert_eq!(story.get(&one).await, (200, made.clone()));
        let (_, list) = story.get(&polls).await;
        assert_eq!(list, json!({ "total_records": 1, "polls": [made] }));
        assert_eq!(story.get(&format!("{polls}?anonymous=true")).await.1["total_records"], 0);

        let change = json!({ "title": "Better", "anonymous": true });
        assert_eq!(story.send("PUT", &one, change).await, (204, Value::Null));
        let (_, read) = story.get(&one).await;
        assert_eq!((&read["title"], &read["questions"]), (&json!("Better"), &made["questions"]));
        assert_eq!(story.get(&format!("{polls}?anonymous=true")).await.1["total_records"], 1);
        assert_eq!(delete(&story, &one).await, (204, Value::Null));
        assert_eq!(story.get(&polls).await.1["total_records"], 0);
        let gone = if path.starts_with("/meetings") { (404, json!(404)) } else { (400, json!(4400)) };
        for (status, answer) in
            [story.get(&one).await, delete(&story, &one).await, story.send("PUT", &one, poll("Late")).await]
        {
            assert_eq!((status, answer["code"].clone()), gone, "{answer}");
        }
    }
}

#[tokio::test]
async fn polls_come_in_batches_all_or_none_and_fifty_at_most() {
    let story = with_all_scopes().await;
    let path = meeting(&story).await;
    let batch =
        |count: usize| json!({ "polls": (0..count).map(|turn| poll(&format!("No. {turn}"))).collect::<Vec<_>>() });
    let (status, made) = story.send("POST", &format!("{path}/batch_polls"), batch(25)).await;
    assert_eq!((status, made["polls"].as_array().unwrap().len()), (201, 25));
    assert_eq!(story.send("POST", &format!("{path}/batch_polls"), batch(24)).await.0, 201);
    let (status, refused) = story.send("POST", &format!("{path}/batch_polls"), batch(2)).await;
    assert_eq!((status, refused), (400, json!({ "code": 4400, "message": "You can only add a maximum of 50 polls." })));
    assert_eq!(story.get(&format!("{path}/polls")).await.1["total_records"], 49);
    let mut wrong = batch(1);
    wrong["polls"][0]["questions"][0]["answers"] = json!(["Only one"]);
    let (status, refused) = story.send("POST", &format!("{path}/batch_polls"), wrong).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("polls[0].questions[0].answers")));
}

#[tokio::test]
async fn wrong_polls_and_meetings_without_polls_are_refused() {
    let story = with_all_scopes().await;
    let path = format!("{}/polls", meeting(&story).await);
    for (body, field) in [
        (json!({ "questions": poll("x")["questions"] }), "title"),
        (json!({ "title": "x".repeat(65), "questions": poll("x")["questions"] }), "title"),
        (json!({ "title": "No questions" }), "questions"),
        (json!({ "title": "x", "questions": [{ "name": "Q", "type": "guess" }] }), "questions[0].type"),
        (
            json!({ "title": "x", "poll_type": 3,
                "questions": [{ "name": "Q", "type": "single", "answers": ["a", "b"] }] }),
            "questions[0].right_answers",
        ),
    ] {
        let (status, refused) = story.send("POST", &path, body.clone()).await;
        assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!(field)), "{body}");
    }
    let (_, instant) = story.send("POST", "/users/me/meetings", json!({ "type": 1 })).await;
    let (_, basic) = story.send("POST", "/users/salma@northlight.example/meetings", json!({ "topic": "Free" })).await;
    for made in [instant, basic] {
        let (status, refused) = story.send("POST", &format!("/meetings/{}/polls", made["id"]), poll("x")).await;
        assert_eq!((status, &refused["code"]), (400, &json!(4400)), "{refused}");
    }
    let missing = story.send("POST", "/meetings/99999999999/polls", poll("x")).await;
    assert_eq!(missing, (404, json!({ "code": 404, "message": "Meeting not found" })));
    assert_eq!(Story::begin().await.get(&path).await.1["code"], 4711);
}

#[tokio::test]
async fn a_survey_is_set_read_changed_and_deleted() {
    let story = with_all_scopes().await;
    for path in [meeting(&story).await, webinar(&story).await] {
        let survey = format!("{path}/survey");
        assert_eq!(story.get(&survey).await, (200, json!({})));
        let questions =
            json!([{ "name": "How was it?", "type": "rating_scale", "rating_min_value": 1, "rating_max_value": 5 }]);
        let body = json!({ "custom_survey": { "title": "Afterwards", "questions": questions } });
        assert_eq!(story.send("PATCH", &survey, body).await, (204, Value::Null));
        let (_, read) = story.get(&survey).await;
        assert_eq!((&read["custom_survey"]["questions"], &read["show_in_the_browser"]), (&questions, &json!(true)));
        assert_eq!(read["custom_survey"]["anonymous"], false);
        assert_eq!(read.get("show_in_the_follow_up_email").is_some(), path.starts_with("/webinars"));
        let body = json!({ "custom_survey": { "anonymous": true }, "third_party_survey": "https://ask.example" });
        assert_eq!(story.send("PATCH", &survey, body).await.0, 204);
        let (_, read) = story.get(&survey).await;
        assert_eq!(
            (&read["custom_survey"]["title"], &read["custom_survey"]["anonymous"]),
            (&json!("Afterwards"), &json!(true))
        );
        assert_eq!(read["third_party_survey"], "https://ask.example");

        let (status, refused) = story.send("PATCH", &survey, json!({ "third_party_survey": "ask me" })).await;
        assert_eq!((status, refused), (400, json!({ "code": 300, "message": "Invalid third party survey: ask me." })));
        let wrong = json!({ "custom_survey": { "questions": [{ "name": "Q", "type": "single", "answers": ["a"] }] } });
        let (status, refused) = story.send("PATCH", &survey, wrong).await;
        assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("custom_survey.questions[0].answers")));
        assert_eq!(delete(&story, &survey).await, (204, Value::Null));
        assert_eq!(story.get(&survey).await, (200, json!({})));
    }
    let (_, instant) = story.send("POST", "/users/me/meetings", json!({ "type": 1 })).await;
    let (status, refused) = story.get(&format!("/meetings/{}/survey", instant["id"])).await;
    assert_eq!((status, &refused["code"]), (400, &json!(3000)));
    assert!(refused["message"].as_str().unwrap().starts_with("Meeting survey disabled"), "{refused}");
}

#[tokio::test]
async fn a_meeting_that_is_recovered_has_its_polls_and_registrants_again() {
    let story = with_all_scopes().await;
    let path = meeting(&story).await;
    story.send("PATCH", &path, json!({ "settings": { "approval_type": 0 } })).await;
    story.send("POST", &format!("{path}/polls"), poll("Kept")).await;
    let form = json!({ "first_name": "Jill", "email": "jill@guests.example" });
    assert_eq!(story.send("POST", &format!("{path}/registrants"), form).await.0, 201);
    assert_eq!(delete(&story, &path).await.0, 204);
    assert_eq!(story.get(&format!("{path}/polls")).await.0, 404);
    assert_eq!(story.get(&format!("{path}/registrants")).await.0, 404);
    assert_eq!(story.send("PUT", &format!("{path}/status"), json!({ "action": "recover" })).await.0, 204);
    assert_eq!(story.get(&format!("{path}/polls")).await.1["total_records"], 1);
    assert_eq!(story.get(&format!("{path}/registrants")).await.1["total_records"], 1);
}
