//! Stories of queries that lack something or ask for too little.

use serde_json::{Value, json};

use crate::{
    registrants::with_all_scopes,
    story::{Story, send},
};

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

#[tokio::test]
async fn a_page_that_is_no_number_from_1_on_is_refused_wherever_pages_are_counted() {
    let story = with_all_scopes().await;
    for path in ["/users", "/users/me/meetings", "/report/users?from=2026-11-01&to=2026-11-20"] {
        let and = if path.contains('?') { '&' } else { '?' };
        for number in ["abc", "-1", "0", "1e20", "1.5"] {
            let (status, refused) = story.get(&format!("{path}{and}page_number={number}")).await;
            assert_eq!((status, &refused["code"]), (400, &json!(300)), "{path} {number}: {refused}");
            assert_eq!(refused["errors"][0]["field"], "page_number", "{path} {number}");
        }
        assert_eq!(story.get(&format!("{path}{and}page_number=2")).await.1["page_number"], 2, "{path}");
    }
}

#[tokio::test]
async fn lists_of_what_is_to_come_and_what_is_over_cover_six_months() {
    let mut story = with_all_scopes().await;
    for (topic, start) in [("soon", "2027-05-19"), ("later", "2027-06-02"), ("next year", "2027-12-01")] {
        let body = json!({ "topic": topic, "type": 2, "start_time": format!("{start}T10:00:00Z") });
        assert_eq!(story.send("POST", "/users/me/meetings", body).await.0, 201);
    }
    let topics = async |story: &Story, query: &str| {
        let (_, list) = story.get(&format!("/users/me/meetings?{query}")).await;
        let rows = list["meetings"].as_array().unwrap().iter();
        rows.map(|row| row["topic"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(topics(&story, "type=scheduled").await.len(), 3);
    for which in ["upcoming", "upcoming_meetings"] {
        assert_eq!(topics(&story, &format!("type={which}")).await, ["soon"]);
        assert_eq!(topics(&story, &format!("type={which}&from=2027-05-25")).await, ["later"], "six months from there");
        assert_eq!(topics(&story, &format!("type={which}&from=2027-06-10&to=2028-12-01")).await, ["next year"]);
    }
    let monthly = json!({ "topic": "monthly", "type": 8, "start_time": "2026-11-25T10:00:00Z",
        "recurrence": { "type": 3, "monthly_day": 25, "end_times": 12 } });
    assert_eq!(story.send("POST", "/users/me/meetings", monthly).await.0, 201);
    assert_eq!(topics(&story, "type=upcoming").await.len(), 1 + 6, "November to April");
    story.zoom.clock().set("2027-09-01T10:00:00Z".parse().unwrap());
    story.sign_in().await;
    assert_eq!(topics(&story, "type=previous_meetings").await, ["monthly"; 6], "March to August");
    assert_eq!(topics(&story, "type=previous_meetings&to=2027-05-31").await, ["monthly"; 6], "back from there");
    assert_eq!(topics(&story, "type=previous_meetings&from=2027-04-30&to=2027-05-31").await, ["monthly"]);
}
