//! Stories of the page behind `registration_url`: people register in a browser, by the same rules as over the API.

use serde_json::{Value, json};

use crate::{registrants::with_all_scopes, story::Story};

/// A webinar of Ben's with these settings; its path in the API and its registration page.
async fn webinar(story: &Story, settings: Value) -> (String, String) {
    let body = json!({ "topic": "Ask an architect", "type": 5, "settings": settings });
    let (status, made) = story.send("POST", "/users/ben@northlight.example/webinars", body).await;
    assert_eq!(status, 201, "{made}");
    (format!("/webinars/{}", made["id"]), made["registration_url"].as_str().unwrap().to_owned())
}

/// A meeting of Ada's with registration; its path in the API and its registration page.
async fn meeting(story: &Story, over: Value) -> (String, String) {
    let mut body = json!({ "topic": "Open studio", "type": 2, "start_time": "2026-11-24T10:00:00Z",
        "settings": { "approval_type": 0 } });
    body.as_object_mut().unwrap().extend(over.as_object().unwrap().clone());
    let (status, made) = story.send("POST", "/users/me/meetings", body).await;
    assert_eq!(status, 201, "{made}");
    (format!("/meetings/{}", made["id"]), made["registration_url"].as_str().unwrap_or_default().to_owned())
}

async fn seen(story: &Story, page: &str) -> (u16, String) {
    let answer = story.http.get(page).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap().replace("&#x2f;", "/").replace("&#x27;", "'"))
}

async fn sent(story: &Story, page: &str, form: &[(&str, &str)]) -> (u16, String) {
    let answer = story.http.post(page).header("origin", story.zoom.base()).form(form).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap().replace("&#x2f;", "/").replace("&#x27;", "'"))
}

const JILL: [(&str, &str); 3] = [("first_name", "Jill"), ("last_name", "Chill"), ("email", "Jill@guests.example")];

#[tokio::test]
async fn somebody_registers_and_is_given_their_own_link() {
    let story = with_all_scopes().await;
    let (path, page) = meeting(&story, json!({})).await;
    let (status, text) = seen(&story, &page).await;
    assert_eq!(status, 200);
    assert!(
        text.contains("Open studio") && text.contains("name=\"first_name\"") && !text.contains("<script"),
        "{text}"
    );
    let (status, text) = sent(&story, &page, &JILL).await;
    assert_eq!(status, 200, "{text}");
    let (_, list) = story.get(&format!("{path}/registrants")).await;
    let jill = &list["registrants"][0];
    assert_eq!((&jill["email"], &jill["last_name"]), (&json!("jill@guests.example"), &json!("Chill")));
    let link = jill["join_url"].as_str().unwrap().replace('&', "&amp;");
    assert!(text.contains("You are registered.") && text.contains(&link), "{text}");
}

#[tokio::test]
async fn what_is_missing_is_marked_and_what_was_written_stays() {
    let story = with_all_scopes().await;
    let (path, page) = webinar(&story, json!({ "approval_type": 0 })).await;
    let questions = json!({ "questions": [{ "field_name": "org", "required": true }, { "field_name": "no_of_employees", "required": false }],
        "custom_questions": [
            { "title": "Level?", "type": "single_dropdown", "required": true, "answers": ["New", "Old hand"] },
            { "title": "Days", "type": "multiple", "required": false, "answers": ["Monday", "Friday"] } ] });
    assert_eq!(story.send("PATCH", &format!("{path}/registrants/questions"), questions).await.0, 204);
    let (status, text) = sent(&story, &page, &[("first_name", "Jill"), ("email", "nonsense")]).await;
    assert_eq!(status, 400);
    assert!(text.contains("value=\"Jill\"") && text.contains("id=\"email-error\""), "{text}");
    let marked = |name: &str| text.contains(&format!("id=\"{name}-error\""));
    assert_eq!(["org", "custom_0"].map(marked), [true; 2], "all at once: {text}");
    assert_eq!(["first_name", "last_name", "no_of_employees", "custom_1"].map(marked), [false; 4], "{text}");
    let mut form = JILL.to_vec();
    form.push(("custom_0", "Old hand"));
    let (status, text) = sent(&story, &page, &form).await;
    assert!(status == 400 && text.contains("id=\"org-error\""), "{text}");
    assert!(text.contains("<option selected>Old hand</option>"), "{text}");
    form.extend([("org", "Northlight"), ("no_of_employees", "1-20"), ("custom_1", "Monday"), ("custom_1", "Friday")]);
    assert_eq!(sent(&story, &page, &form).await.0, 200);
    let (_, list) = story.get(&format!("{path}/registrants")).await;
    let jill = &list["registrants"][0];
    assert_eq!((&jill["org"], &jill["no_of_employees"]), (&json!("Northlight"), &json!("1-20")));
    let answers = json!([{ "title": "Level?", "value": "Old hand" }, { "title": "Days", "value": "Monday, Friday" }]);
    assert_eq!(jill["custom_questions"], answers);
}

#[tokio::test]
async fn the_host_decides_where_registration_is_by_hand_and_says_stop_where_it_is_full() {
    let story = with_all_scopes().await;
    let (path, page) = webinar(&story, json!({ "approval_type": 1, "registrants_restrict_number": 1 })).await;
    let (status, text) = sent(&story, &page, &JILL).await;
    assert!(status == 200 && text.contains("the host decides") && !text.contains("tk="), "{text}");
    let other = [("first_name", "Otto"), ("email", "otto@guests.example")];
    let (status, text) = sent(&story, &page, &other).await;
    assert!(status == 400 && text.contains("You have reached the limit for the number of attendees"), "{text}");
    let (_, list) = story.get(&format!("{path}/registrants?status=pending")).await;
    assert_eq!(list["total_records"], 1);
}

#[tokio::test]
async fn a_series_offers_its_sittings_and_a_webinar_its_own_page() {
    let story = with_all_scopes().await;
    let rule = json!({ "type": 8, "recurrence": { "type": 1, "end_times": 3 },
        "settings": { "approval_type": 0, "registration_type": 2 } });
    let (path, page) = meeting(&story, rule).await;
    let (_, text) = seen(&story, &page).await;
    let (_, read) = story.get(&path).await;
    let id = read["occurrences"][1]["occurrence_id"].as_str().unwrap();
    assert!(text.contains(&format!("type=\"radio\" name=\"occurrence\" value=\"{id}\"")), "{text}");
    let mut form = JILL.to_vec();
    form.push(("occurrence", id));
    assert_eq!(sent(&story, &page, &form).await.0, 200);
    let (_, list) = story.get(&format!("{path}/registrants?occurrence_id={id}")).await;
    assert_eq!(list["total_records"], 1);

    let (_, page) = webinar(&story, json!({ "approval_type": 0 })).await;
    assert!(page.contains("/webinar/register/"), "{page}");
    assert_eq!(sent(&story, &page, &JILL).await.0, 200);
    assert_eq!(seen(&story, &page.replace("/webinar/", "/meeting/")).await.0, 404);
}

#[tokio::test]
async fn pages_of_what_is_not_there_or_needs_no_registration_say_so_and_other_sites_may_not_send() {
    let story = with_all_scopes().await;
    let nowhere = format!("{}/meeting/register/81234567890", story.zoom.base());
    assert_eq!(seen(&story, &nowhere).await.0, 404);
    assert_eq!(sent(&story, &nowhere.replace("81234567890", "abc"), &JILL).await.0, 404);
    let open = story.meeting("Open").await;
    let page = format!("{}/meeting/register/{}", story.zoom.base(), open["id"]);
    let (status, text) = seen(&story, &page).await;
    assert!(status == 200 && text.contains("needs no registration"), "{text}");
    let (_, page) = meeting(&story, json!({})).await;
    let foreign = story.http.post(&page).header("origin", "http://elsewhere.example").form(&JILL).send().await.unwrap();
    assert_eq!(foreign.status().as_u16(), 403);
}
