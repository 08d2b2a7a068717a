//! Stories of queries that lack something or ask for too little.

use serde_json::{Value, json};

use crate::{registrants::with_all_scopes, story::send};

/// A method, a path, and what it wants in the query.
type Wanted = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const WANTED: &[Wanted] = &[
    ("GET", "/zoom_events/hubs", &[("role_type", "host")]),
    ("GET", "/marketplace/app/event_subscription", &[("user_id", "me"), ("account_id", "me")]),
    ("DELETE", "/marketplace/app/event_subscription", &[("event_subscription_id", "x"), ("account_id", "me")]),
    ("GET", "/report/users", &[("from", "2026-11-01"), ("to", "2026-11-20")]),
    ("GET", "/report/users/me/meetings", &[("from", "2026-11-01"), ("to", "2026-11-20")]),
    ("GET", "/report/telephone", &[("from", "2026-11-01"), ("to", "2026-11-20")]),
];

#[tokio::test]
async fn what_must_be_in_a_query_and_is_not_is_refused_by_name() {
    let story = with_all_scopes().await;
    for (method, path, wanted) in WANTED {
        for (missing, _) in *wanted {
            for left in ["", "&missing="] {
                let rest =
                    wanted.iter().filter(|(name, _)| name != missing).map(|(name, value)| format!("&{name}={value}"));
                let query: String = rest.chain([left.replace("missing", missing)]).collect();
                let (status, answer) = send(story.request(method, &format!("{path}?{query}"))).await;
                assert_eq!(
                    (status, &answer["code"]),
                    (400, &json!(300)),
                    "{method} {path} without {missing}: {answer}"
                );
                let refused = json!([{ "field": missing, "message": "Invalid field." }]);
                assert_eq!(answer["errors"], refused, "{method} {path} without {missing}");
            }
        }
    }
    let bare = story.get("/report/users").await.1;
    let named: Vec<&Value> = bare["errors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
    assert_eq!(named, ["from", "to"], "all that is missing at once");
    for (path, words) in [("/users/email", "Email is required."), ("/users/vanity_name", "Vanity name is required.")] {
        assert_eq!(story.get(path).await, (400, json!({ "code": 300, "message": words })), "its own words");
    }
}

#[tokio::test]
async fn a_page_of_nothing_is_refused_and_one_beyond_the_most_is_the_most() {
    let story = with_all_scopes().await;
    for size in ["0", "-1", "-300"] {
        for path in ["/users", "/users/me/meetings", "/past_meetings/81234567890/participants"] {
            let (status, refused) = story.get(&format!("{path}?page_size={size}")).await;
            assert_eq!((status, &refused["code"]), (400, &json!(300)), "{path} {size}: {refused}");
            assert_eq!(refused["errors"][0]["field"], "page_size", "{path} {size}");
        }
    }
    assert_eq!(story.get("/users/me/meetings?page_size=301").await.1["page_size"], 300);
    assert_eq!(story.get("/users/me/meetings?page_size=1").await.1["page_size"], 1);
}
