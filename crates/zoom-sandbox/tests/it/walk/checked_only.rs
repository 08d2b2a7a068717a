//! Operations without a behaviour: token, scope, label and parameters are checked as for the others, then the sandbox
//! says that there is no more.

use reqwest::header;
use serde_json::{Value, json};
use zoom_sandbox::Behaviour;
use zoom_spec::{Operation, Place};

use super::{
    bad,
    body::{fields, set, steps, whole},
    entry::with_behaviour,
    refusals::without,
    scene::Scene,
    scopes::{refusal, somewhere},
    things::plain,
};
use crate::story::{Story, builder, send};

/// The required parameters of the query, each with a good value.
fn query(operation: &Operation) -> String {
    let needed = operation.fields().iter().filter(|field| field.place == Place::Query && field.required);
    let pairs = needed.map(|field| (&*field.path, plain(&super::body::sample(field))));
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

async fn refused_by_name(story: &Story, operation: &Operation, url: &str, body: &Value, name: &str) {
    let (status, answer) = send(story.request(operation.method.as_str(), url).json(body)).await;
    assert_eq!((status, &answer["code"]), (400, &json!(300)), "{} {name}: {answer}", operation.id);
    let named = answer["errors"].as_array().unwrap().iter().any(|error| error["field"] == name);
    assert!(named, "{} {name}: {answer}", operation.id);
}

/// Leaves out each required parameter of the query; how many there are.
async fn refused_without_what_is_needed(story: &Story, operation: &Operation, url: &str, body: &Value) -> usize {
    let needed = operation.fields().iter().filter(|field| field.place == Place::Query && field.required);
    let mut count = 0;
    for field in needed {
        refused_by_name(story, operation, &without(url, &field.path), body, &field.path).await;
        count += 1;
    }
    count
}

#[tokio::test]
async fn an_operation_without_a_behaviour_checks_all_it_can_and_says_that_there_is_no_more() {
    let scene = Scene::begin().await;
    let story = &scene.story;
    let stranger = Story::with(builder().unlimited().scopes(["phone:read:nothing"])).await;
    let who =
        json!({ "first_name": "Otis", "last_name": "Vale", "email": "otis@south.example", "password": "Pretend-1" });
    let (_, below) = story.send("POST", "/accounts", who).await;
    let below = below["id"].as_str().unwrap();
    let (mut queries, mut bodies) = (0, 0);
    let all = with_behaviour(Behaviour::CheckedOnly);
    for operation in &all {
        let method = operation.method.as_str();
        let path = somewhere(operation, below);
        let url = format!("{path}?{}", query(operation));
        let body = whole(operation, std::iter::empty());

        let bare = story.request(method, &path).build().unwrap();
        let (method_of, address) = (bare.method().clone(), bare.url().clone());
        let (status, answer) = send(story.http.request(method_of, address)).await;
        assert_eq!((status, &answer["code"]), (401, &json!(124)), "{}: {answer}", operation.id);
        if !operation.granular.is_empty() || !operation.classic.is_empty() {
            let answer = send(stranger.request(method, &path).json(&body)).await;
            assert_eq!(answer, (400, refusal(operation)), "{}", operation.id);
        }

        let of_query = operation.fields().iter().filter(|field| field.place == Place::Query);
        for (field, value) in
            of_query.flat_map(|field| bad::in_query(field).into_iter().map(move |value| (field, value)))
        {
            refused_by_name(story, operation, &format!("{url}&{}={value}", field.path), &body, &field.path).await;
            queries += 1;
        }
        queries += refused_without_what_is_needed(story, operation, &url, &body).await;
        let first = fields(operation).find(|field| !field.path.contains('.') && !operation.multipart);
        if let Some((field, value)) =
            first.and_then(|field| Some((field, bad::in_body(field, None).into_iter().next()?)))
        {
            let mut wrong = body.clone();
            set(wrong.as_object_mut().unwrap(), &steps(&field.path), &value);
            refused_by_name(story, operation, &url, &wrong, &field.path).await;
            bodies += 1;
        }

        let request = story.request(method, &url);
        let request = if operation.multipart {
            request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=b").body("--b--\r\n")
        } else {
            request.json(&body)
        };
        let response = request.send().await.unwrap();
        let category = response.headers().get("x-ratelimit-category").map(|value| value.to_str().unwrap().to_owned());
        // Where Zoom names no label, the lightest.
        let label = operation.label.map_or("light".to_owned(), |label| label.as_str().to_lowercase());
        assert_eq!(category.map(|text| text.to_lowercase()), Some(label), "{}", operation.id);
        let status = response.status().as_u16();
        let answer: Value = response.json().await.unwrap();
        let sentence = format!(
            "The sandbox knows {} ({} {}) and your token may call it, but it has no behaviour for it yet.",
            operation.id, operation.method, operation.path
        );
        assert_eq!((status, answer), (501, json!({ "code": 501, "message": sentence })), "{url} {body}");
    }
    assert!(all.len() > 50 && queries > 40 && bodies > 10, "{} {queries} {bodies}", all.len());
}
