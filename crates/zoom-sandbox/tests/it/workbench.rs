//! Stories of the workbench page and of the route table.

use serde_json::json;

use crate::story::Story;

const PAGES: [&str; 7] = ["calls", "webhooks", "meetings", "people", "time", "faults", "snapshots"];

#[tokio::test]
async fn every_page_says_what_it_is_and_loads_only_its_own_files() {
    let story = Story::begin().await;
    for name in PAGES {
        let path = if name == "calls" { "/sandbox".to_owned() } else { format!("/sandbox/{name}") };
        let page = story.http.get(format!("{}{path}", story.zoom.base())).send().await.unwrap();
        assert_eq!(page.status(), 200, "{path}");
        assert!(page.headers()["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
        let text = page.text().await.unwrap();
        assert!(text.contains("Sandbox. Not Zoom. Never enter a real Zoom password or secret here."), "{path}");
        assert!(text.contains("content=\"noindex\"") && text.matches("<h1>").count() == 1, "{path}");
        assert!(text.contains(&format!("href=\"{path}\" aria-current=\"page\"")), "{path}");
        for file in ["workbench.css", "pages.css", "bench.js", &format!("{name}.js")] {
            let served = story.http.get(format!("{}/sandbox/static/{file}", story.zoom.base())).send().await.unwrap();
            assert_eq!(served.status(), 200, "{file}");
        }
    }
    let first = story.http.get(format!("{}/sandbox", story.zoom.base())).send().await.unwrap().text().await.unwrap();
    assert!(first.contains(&story.zoom.credentials().client_secret));
    let root = story.http.get(story.zoom.base()).send().await.unwrap();
    assert_eq!((root.status().as_u16(), root.headers()["location"].to_str().unwrap()), (303, "/sandbox"));
}

#[tokio::test]
async fn a_call_is_logged_with_its_decision_its_limits_and_the_headers_of_both_sides() {
    let story = Story::begin().await;
    story.zoom.show_limits(true);
    let made = story.request("GET", "/users").header("x-api-key", "of-somebody").header("x-from", "a story").send();
    assert_eq!(made.await.unwrap().status(), 200);
    let (_, log) = story.control("GET", "/calls?operation=users", json!({})).await;
    let call = &log["items"][0];
    assert_eq!(call["why"], "Scope ok · MEDIUM 1 of 60 a second");
    assert!(call["took_ms"].as_f64().unwrap() > 0.0, "measured although the clock stands still: {call}");
    let text = call["headers"].to_string();
    assert!(text.contains("a story") && text.contains("Bearer") && !text.contains("of-somebody"), "{text}");
    assert!(call["answer_headers"].to_string().contains("x-ratelimit-remaining"), "{call}");
}

#[tokio::test]
async fn every_route_of_the_table_answers_at_its_sample() {
    let story = Story::begin().await;
    for route in story.zoom.routes() {
        let method = route.methods.split(", ").next().unwrap();
        let (status, _) = crate::story::send(
            story
                .http
                .request(method.parse().unwrap(), format!("{}{}", story.zoom.base(), route.sample))
                .json(&json!({})),
        )
        .await;
        assert_ne!(status, 405, "{} {}", method, route.path);
        assert_ne!(status, 500, "{} {}", method, route.path);
    }
}
