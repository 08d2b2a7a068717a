//! Sequences about series and their registrants.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngSeed, TestRunner},
};
use serde_json::{Value, json};

use crate::{
    registrants::with_all_scopes,
    story::{Story, cases, send},
};

#[derive(Clone, Debug)]
enum Step {
    Create { rule: u8 },
    Recur { rule: u8 },
    Move { sitting: usize, hours: i8 },
    Drop { sitting: usize },
    Delete,
    Recover,
    Register { who: u8, sitting: usize },
    Decide { who: u8, action: &'static str },
    Pass { hours: u8 },
}

fn step() -> impl Strategy<Value = Step> {
    let action = prop_oneof![Just("approve"), Just("deny"), Just("cancel")];
    prop_oneof![
        2 => (0_u8..4).prop_map(|rule| Step::Create { rule }),
        2 => (0_u8..4).prop_map(|rule| Step::Recur { rule }),
        3 => (0_usize..6, -30_i8..30).prop_map(|(sitting, hours)| Step::Move { sitting, hours }),
        3 => (0_usize..6).prop_map(|sitting| Step::Drop { sitting }),
        1 => Just(Step::Delete),
        1 => Just(Step::Recover),
        4 => (0_u8..5, 0_usize..6).prop_map(|(who, sitting)| Step::Register { who, sitting }),
        3 => (0_u8..5, action).prop_map(|(who, action)| Step::Decide { who, action }),
        2 => (1_u8..60).prop_map(|hours| Step::Pass { hours }),
    ]
}

fn rule(number: u8) -> Value {
    match number {
        0 => json!({ "type": 1, "repeat_interval": 2, "end_times": 5 }),
        1 => json!({ "type": 2, "weekly_days": "1,4", "end_times": 6 }),
        2 => json!({ "type": 3, "monthly_day": 31, "end_times": 3 }),
        _ => json!({ "type": 1, "end_date_time": "2026-12-02T00:00:00Z" }),
    }
}

/// What a sequence has made so far.
#[derive(Default)]
struct Seen {
    paths: Vec<String>,
    deleted: BTreeSet<String>,
    /// The sittings of each series that were taken out of it under its present rule.
    dropped: BTreeMap<String, BTreeSet<String>>,
}

async fn sittings(story: &Story, path: &str) -> Vec<Value> {
    let (_, read) = story.get(&format!("{path}?show_previous_occurrences=true")).await;
    read["occurrences"].as_array().cloned().unwrap_or_default()
}

async fn sitting_id(story: &Story, path: &str, sitting: usize) -> String {
    let rows = sittings(story, path).await;
    rows.get(sitting).and_then(|row| row["occurrence_id"].as_str()).unwrap_or("1").to_owned()
}

async fn create(story: &Story, seen: &mut Seen, number: u8) -> u16 {
    let kind = i64::from(number % 3) + 1;
    let body = json!({ "topic": "Series", "type": 8, "timezone": "Europe/Madrid", "recurrence": rule(number),
        "settings": { "approval_type": number % 2, "registration_type": kind } });
    let (status, made) = story.send("POST", "/users/me/meetings", body).await;
    if status == 201 {
        seen.paths.push(format!("/meetings/{}", made["id"]));
    }
    status
}

async fn take(story: &mut Story, seen: &mut Seen, step: &Step) -> u16 {
    let Some(path) = seen.paths.last().cloned() else { return create(story, seen, 0).await };
    match step {
        Step::Create { rule } => create(story, seen, *rule).await,
        Step::Recur { rule: number } => {
            let (status, _) = story.send("PATCH", &path, json!({ "recurrence": rule(*number) })).await;
            if status == 204 {
                let rows = sittings(story, &path).await;
                let still = rows.iter().filter(|row| row["status"] == "deleted");
                let still = still.map(|row| row["occurrence_id"].as_str().unwrap().to_owned()).collect();
                seen.dropped.insert(path, still);
            }
            status
        }
        Step::Move { sitting, hours } => {
            let id = sitting_id(story, &path, *sitting).await;
            let start =
                clock::Clock::now(story.zoom.clock().as_ref()) + jiff::SignedDuration::from_hours(i64::from(*hours));
            let body = json!({ "start_time": start.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(), "duration": 30 });
            story.send("PATCH", &format!("{path}?occurrence_id={id}"), body).await.0
        }
        Step::Drop { sitting } => {
            let id = sitting_id(story, &path, *sitting).await;
            let (status, _) = send(story.request("DELETE", &format!("{path}?occurrence_id={id}"))).await;
            if status == 204 {
                seen.dropped.entry(path).or_default().insert(id);
            }
            status
        }
        Step::Delete => {
            let (status, _) = send(story.request("DELETE", &path)).await;
            seen.deleted.insert(path);
            status
        }
        Step::Recover => {
            let (status, _) = story.send("PUT", &format!("{path}/status"), json!({ "action": "recover" })).await;
            seen.deleted.remove(&path);
            status
        }
        Step::Register { who, sitting } => {
            let id = sitting_id(story, &path, *sitting).await;
            let body = json!({ "first_name": format!("P{who}"), "email": format!("p{who}@guests.example") });
            story.send("POST", &format!("{path}/registrants?occurrence_ids={id}"), body).await.0
        }
        Step::Decide { who, action } => {
            let body = json!({ "action": action, "registrants": [{ "email": format!("p{who}@guests.example") }] });
            story.send("PUT", &format!("{path}/registrants/status"), body).await.0
        }
        Step::Pass { hours } => {
            story.pass(i64::from(*hours) * 3600);
            story.sign_in().await;
            200
        }
    }
}

async fn rows(story: &Story, path: &str, list: &str) -> Vec<Value> {
    let (status, answer) = story.get(path).await;
    assert_eq!(status, 200, "{path}: {answer}");
    let rows = answer[list].as_array().unwrap().clone();
    assert_eq!(answer["total_records"], rows.len(), "{path}");
    rows
}

/// What must hold, whatever was called.
async fn fits_together(story: &Story, seen: &Seen) {
    let upcoming = rows(story, "/users/me/meetings?type=upcoming&page_size=300", "meetings").await;
    let scheduled = rows(story, "/users/me/meetings?page_size=300", "meetings").await;
    for path in &seen.paths {
        let (status, read) = story.get(path).await;
        assert_eq!(status, if seen.deleted.contains(path) { 404 } else { 200 }, "{path}");
        let shown = |list: &[Value]| list.iter().filter(|row| **path == format!("/meetings/{}", row["id"])).count();
        if status == 404 {
            assert_eq!((shown(&upcoming), shown(&scheduled)), (0, 0), "{path} is deleted");
            continue;
        }
        let coming = read["occurrences"].as_array().unwrap();
        let available = coming.iter().filter(|row| row["status"] == "available").count();
        assert_eq!((shown(&upcoming), shown(&scheduled)), (available, 1), "{path}");
        let all = sittings(story, path).await;
        let ids: BTreeSet<_> = all.iter().map(|row| row["occurrence_id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(ids.len(), all.len(), "each id once");
        for row in &all {
            let id = row["occurrence_id"].as_str().unwrap();
            let (status, one) = story.get(&format!("{path}?occurrence_id={id}")).await;
            let is_dropped = seen.dropped.get(path).is_some_and(|dropped| dropped.contains(id));
            assert_eq!(row["status"] == "deleted", is_dropped, "{path} {id}: a deleted one stays deleted");
            assert_eq!(status, if is_dropped { 400 } else { 200 }, "{path} {id}");
            assert!(is_dropped || one["start_time"] == row["start_time"] && one["duration"] == row["duration"]);
        }
        let mut people = BTreeSet::new();
        for status in ["approved", "pending", "denied"] {
            for row in rows(story, &format!("{path}/registrants?status={status}&page_size=300"), "registrants").await {
                assert!(people.insert(row["email"].to_string()), "{row} stands once");
                assert_eq!(row.get("join_url").is_some(), status == "approved");
                let (_, one) = story.get(&format!("{path}/registrants/{}", row["id"].as_str().unwrap())).await;
                assert_eq!(one, row);
            }
        }
    }
}

#[tokio::test]
async fn whatever_is_called_series_and_registrants_fit_together() {
    let mut runner = TestRunner::new(Config { rng_seed: RngSeed::Fixed(9), ..Config::default() });
    let sequences = proptest::collection::vec(step(), 1..16);
    for _ in 0..cases(12) {
        let steps = sequences.new_tree(&mut runner).unwrap().current();
        let mut story = with_all_scopes().await;
        let mut seen = Seen::default();
        for step in &steps {
            let status = take(&mut story, &mut seen, step).await;
            assert!(status < 500, "{step:?} of {steps:?}: {status}");
        }
        fits_together(&story, &seen).await;
        story.zoom.stop().await;
    }
}
