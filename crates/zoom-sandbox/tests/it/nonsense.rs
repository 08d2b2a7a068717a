//! Any nonsense gets an answer in Zoom's shape, and none of it breaks the world.

use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngSeed, TestRunner},
};
use serde_json::{Value, json};

use crate::story::{Story, builder, cases};

const NAMES: [&str; 16] = [
    "topic",
    "type",
    "start_time",
    "duration",
    "timezone",
    "password",
    "agenda",
    "settings",
    "recurrence",
    "schedule_for",
    "tracking_fields",
    "alternative_hosts",
    "waiting_room",
    "jbh_time",
    "default_password",
    "breakout_room",
];

/// A value of any type, now and then one that means something.
pub(crate) fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-9..1500_i64).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(vec![
            "2026-11-24T10:00:00",
            "9999-12-31T23:59:59Z",
            "-009999-01-01T00:00:00",
            "2026-03-29T02:30:00",
            "Europe/Madrid",
            "me",
            "ben@northlight.example;;,",
            "1"
        ])
        .prop_map(Value::from),
    ]
}

fn body() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(prop::sample::select(NAMES.to_vec()), inner, 0..6)
                .prop_map(|members| members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
}

#[tokio::test]
async fn bodies_of_any_shape_are_made_or_refused_and_what_was_made_can_be_read() {
    let story = Story::with(builder().unlimited()).await;
    let mut runner = TestRunner::new(Config { rng_seed: RngSeed::Fixed(5), ..Config::default() });
    let made = story.meeting("Patient").await;
    let mut count = 1;
    for turn in 0..cases(200) {
        let mut body = body().new_tree(&mut runner).unwrap().current();
        // Most random values are no object at all; those are tried, too, but not all the time.
        if turn % 4 != 0 && !body.is_object() {
            body = json!({ "settings": body });
        }
        let (status, answer) = story.send("POST", "/users/me/meetings", body.clone()).await;
        match status {
            201 => {
                count += 1;
                let read = story.get(&format!("/meetings/{}", answer["id"])).await;
                assert_eq!(read.0, 200, "{body}");
            }
            400 | 501 => assert!(answer["code"].is_i64() && answer["message"].is_string(), "{body} {answer}"),
            404 => panic!("{body} {answer}"),
            _ => panic!("{status} {body} {answer}"),
        }
        let (status, answer) = story.send("PATCH", &format!("/meetings/{}", made["id"]), body.clone()).await;
        assert!(matches!(status, 204 | 400 | 501), "{status} {body} {answer}");
    }
    assert_eq!(story.get("/users/me/meetings?type=scheduled&page_size=300").await.0, 200);
    assert!(count > cases(200) / 20, "some of it was sensible: {count}");
    assert!(story.zoom.world().meetings().len() <= count);
}
