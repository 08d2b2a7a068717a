//! Stories of the workbench page and of the route table.

use serde_json::json;

use crate::story::Story;

#[tokio::test]
async fn the_page_shows_credentials_and_loads_only_its_own_files() {
    let story = Story::begin().await;
    let page = story.http.get(format!("{}/sandbox", story.zoom.base())).send().await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(page.headers()["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    let text = page.text().await.unwrap();
    assert!(text.contains(&story.zoom.credentials().client_secret));
    assert!(text.contains("Lucía Marín"));
    for file in ["/sandbox/static/workbench.css", "/sandbox/static/workbench.js"] {
        assert!(text.contains(file));
        let served = story.http.get(format!("{}{file}", story.zoom.base())).send().await.unwrap();
        assert_eq!(served.status(), 200, "{file}");
    }
    let root = story.http.get(story.zoom.base()).send().await.unwrap();
    assert_eq!((root.status().as_u16(), root.headers()["location"].to_str().unwrap()), (303, "/sandbox"));
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
