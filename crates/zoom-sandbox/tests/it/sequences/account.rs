//! Sequences about everything else of an account: people, roles, settings, calls, polls, recordings, summaries.

use std::collections::BTreeSet;

use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngSeed, TestRunner},
};
use serde_json::{Value, json};

use super::fits;
use crate::story::{Story, builder, cases, send};

#[derive(Clone, Debug)]
enum Step {
    Meet { host: usize, webinar: bool },
    Call { of: usize, turn: Turn },
    Ask { of: usize },
    Unask { of: usize },
    Panel { of: usize },
    Set { setting: usize, on: bool },
    Come,
    Leave { who: usize, deletes: bool, hands_over: bool },
    License { who: usize, code: i64 },
    Help { who: usize, by: usize },
    Role,
    Give { role: usize, who: usize },
    Unmake { role: usize },
    Delete { of: usize },
    Recover { of: usize },
    Trash { of: usize, one: bool, for_good: bool },
    Fetch { of: usize },
    Forget { of: usize },
    Pass { minutes: i64 },
}

/// What happens in a call.
#[derive(Clone, Copy, Debug)]
enum Turn {
    Start,
    Come,
    Write,
    Record,
    End,
}

/// Settings of the account that decide what calls leave.
const SETTINGS: [&str; 5] = [
    "recording.cloud_recording",
    "in_meeting.meeting_summary_with_ai_companion.auto_enable",
    "in_meeting.meeting_polling.enable",
    "in_meeting.webinar_polling.enable",
    "schedule_meeting.require_password_for_scheduling_new_meetings",
];

fn step() -> impl Strategy<Value = Step> {
    let turn = prop_oneof![
        1 => Just(Turn::Start),
        3 => Just(Turn::Come),
        1 => Just(Turn::Write),
        2 => Just(Turn::Record),
        3 => Just(Turn::End),
    ];
    let (of, who, role) = (0_usize..4, 0_usize..9, 0_usize..3);
    prop_oneof![
        4 => (who.clone(), any::<bool>()).prop_map(|(host, webinar)| Step::Meet { host, webinar }),
        14 => (of.clone(), turn).prop_map(|(of, turn)| Step::Call { of, turn }),
        2 => of.clone().prop_map(|of| Step::Ask { of }),
        1 => of.clone().prop_map(|of| Step::Unask { of }),
        1 => of.clone().prop_map(|of| Step::Panel { of }),
        2 => (0..SETTINGS.len(), any::<bool>()).prop_map(|(setting, on)| Step::Set { setting, on }),
        2 => Just(Step::Come),
        1 => (who.clone(), any::<bool>(), any::<bool>())
            .prop_map(|(who, deletes, hands_over)| Step::Leave { who, deletes, hands_over }),
        1 => (who.clone(), prop_oneof![Just(1), Just(2), Just(4)]).prop_map(|(who, code)| Step::License { who, code }),
        1 => (who.clone(), who.clone()).prop_map(|(who, by)| Step::Help { who, by }),
        1 => Just(Step::Role),
        2 => (role.clone(), who).prop_map(|(role, who)| Step::Give { role, who }),
        1 => role.prop_map(|role| Step::Unmake { role }),
        1 => of.clone().prop_map(|of| Step::Delete { of }),
        1 => of.clone().prop_map(|of| Step::Recover { of }),
        2 => (of.clone(), any::<bool>(), any::<bool>())
            .prop_map(|(of, one, for_good)| Step::Trash { of, one, for_good }),
        1 => of.clone().prop_map(|of| Step::Fetch { of }),
        1 => of.prop_map(|of| Step::Forget { of }),
        3 => (1_i64..90).prop_map(|minutes| Step::Pass { minutes }),
    ]
}

/// What a sequence has made and taken away.
#[derive(Default)]
pub(super) struct Seen {
    /// Paths of meetings and webinars.
    pub(super) made: Vec<String>,
    pub(super) roles: Vec<String>,
    /// Paths of what is gone for good: people, roles.
    pub(super) gone: BTreeSet<String>,
    /// Paths of meetings that were deleted and not recovered.
    pub(super) deleted: BTreeSet<String>,
    /// Ids of recorded files that were deleted for good.
    pub(super) erased: BTreeSet<String>,
    people: usize,
}

async fn people(story: &Story) -> Vec<String> {
    let (_, list) = story.get("/users?page_size=300").await;
    list["users"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

async fn person(story: &Story, who: usize) -> String {
    let people = people(story).await;
    people[who % people.len()].clone()
}

fn number(path: &str) -> i64 {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

async fn delete(story: &Story, path: &str) -> u16 {
    send(story.request("DELETE", path)).await.0
}

async fn take(story: &mut Story, seen: &mut Seen, step: &Step) -> u16 {
    let (Step::Call { of, .. }
    | Step::Ask { of }
    | Step::Unask { of }
    | Step::Panel { of }
    | Step::Delete { of }
    | Step::Recover { of }
    | Step::Trash { of, .. }
    | Step::Fetch { of }
    | Step::Forget { of }) = step
    else {
        return about_people(story, seen, step).await;
    };
    let Some(path) = seen.made.iter().rev().nth(*of).cloned() else { return 404 };
    match step {
        Step::Call { turn, .. } => call(story, &path, *turn).await,
        Step::Ask { .. } => {
            let questions = json!([{ "name": "Well?", "type": "single", "answers": ["Yes", "No"] }]);
            let poll = json!({ "title": "Mood", "questions": questions });
            story.send("POST", &format!("{path}/polls"), poll).await.0
        }
        Step::Unask { .. } => {
            let (_, list) = story.get(&format!("{path}/polls")).await;
            let id = list["polls"][0]["id"].as_str().unwrap_or("none").to_owned();
            delete(story, &format!("{path}/polls/{id}")).await
        }
        Step::Panel { .. } => {
            let people = json!({ "panelists": [{ "name": "Pan", "email": "pan@guests.example" }] });
            story.send("POST", &format!("{path}/panelists"), people).await.0
        }
        Step::Delete { .. } => {
            let status = delete(story, &path).await;
            if status == 204 {
                seen.deleted.insert(path);
            }
            status
        }
        Step::Recover { .. } => {
            let (status, _) = story.send("PUT", &format!("{path}/status"), json!({ "action": "recover" })).await;
            if status == 204 {
                seen.deleted.remove(&path);
            }
            status
        }
        Step::Forget { .. } => delete(story, &format!("/meetings/{}/meeting_summary", number(&path))).await,
        Step::Fetch { .. } => {
            let recordings = format!("/meetings/{}/recordings/status", number(&path));
            story.send("PUT", &recordings, json!({ "action": "recover" })).await.0
        }
        Step::Trash { one, for_good, .. } => trash(story, seen, number(&path), *one, *for_good).await,
        _ => 404,
    }
}

/// What people do in a call, and what their host does with it.
async fn call(story: &Story, path: &str, turn: Turn) -> u16 {
    let control = format!("/meetings/{}", number(path));
    let (what, body) = match turn {
        Turn::Start => ("start", json!({})),
        Turn::Come => ("simulate", json!({ "names": ["Maya", "Noor"] })),
        Turn::Write => (
            "simulate",
            json!({ "chats": [{ "name": "Maya", "text": "Hello" }],
            "answers": [{ "name": "Maya", "poll": "Mood", "question": "Well?", "answer": "Yes" }] }),
        ),
        Turn::Record => ("record", json!({})),
        Turn::End => return story.send("PUT", &format!("{path}/status"), json!({ "action": "end" })).await.0,
    };
    story.control("POST", &format!("{control}/{what}"), body).await.0
}

/// Recordings into the trash or away for good: all of them, or one file.
async fn trash(story: &Story, seen: &mut Seen, number: i64, one: bool, for_good: bool) -> u16 {
    let path = format!("/meetings/{number}/recordings");
    let (_, known) = story.get(&path).await;
    let ids = known["recording_files"].as_array().cloned().unwrap_or_default();
    let ids: Vec<String> = ids.iter().map(|file| file["id"].as_str().unwrap().to_owned()).collect();
    let action = if for_good { "delete" } else { "trash" };
    let status = if one {
        let id = ids.first().map_or("none", String::as_str);
        delete(story, &format!("{path}/{id}?action={action}")).await
    } else {
        delete(story, &format!("{path}?action={action}")).await
    };
    if status == 204 && for_good {
        seen.erased.extend(ids.into_iter().take(if one { 1 } else { usize::MAX }));
    }
    status
}

async fn about_people(story: &mut Story, seen: &mut Seen, step: &Step) -> u16 {
    match step {
        Step::Meet { host, webinar } => {
            let (kind, code) = if *webinar { ("webinars", 5) } else { ("meetings", 2) };
            let host = if *webinar { "ben@northlight.example".to_owned() } else { person(story, *host).await };
            let body = json!({ "topic": "Drawn", "type": code, "settings": { "approval_type": 0 } });
            let (status, made) = story.send("POST", &format!("/users/{host}/{kind}"), body).await;
            if status == 201 {
                seen.made.push(format!("/{kind}/{}", made["id"]));
            }
            status
        }
        Step::Set { setting, on } => story.control("PUT", "/settings", json!({ SETTINGS[*setting]: on })).await.0,
        Step::Come => {
            seen.people += 1;
            let user = json!({ "email": format!("p{}@northlight.example", seen.people), "type": 2 });
            story.send("POST", "/users", json!({ "action": "autoCreate", "user_info": user })).await.0
        }
        Step::Leave { who, deletes, hands_over } => {
            let who = person(story, *who).await;
            let action = if *deletes { "delete" } else { "disassociate" };
            let heir = "transfer_email=lucia@northlight.example&transfer_meeting=true&transfer_recording=true";
            let heir = if *hands_over { heir } else { "" };
            let status = delete(story, &format!("/users/{who}?action={action}&{heir}")).await;
            if status == 204 {
                seen.gone.insert(format!("/users/{who}"));
            }
            status
        }
        Step::License { who, code } => {
            let who = person(story, *who).await;
            story.send("PATCH", &format!("/users/{who}"), json!({ "type": code })).await.0
        }
        Step::Help { who, by } => {
            let (who, by) = (person(story, *who).await, person(story, *by).await);
            story.send("POST", &format!("/users/{who}/assistants"), json!({ "assistants": [{ "id": by }] })).await.0
        }
        Step::Pass { minutes } => {
            story.pass(*minutes * 60);
            story.sign_in().await;
            200
        }
        other => about_roles(story, seen, other).await,
    }
}

async fn about_roles(story: &Story, seen: &mut Seen, step: &Step) -> u16 {
    match step {
        Step::Role => {
            let body = json!({ "name": format!("Role {}", seen.roles.len() + seen.gone.len()), "privileges": [] });
            let (status, made) = story.send("POST", "/roles", body).await;
            seen.roles.extend(made["id"].as_str().map(str::to_owned));
            status
        }
        Step::Give { role, who } => {
            let Some(role) = seen.roles.get(*role).cloned() else { return 404 };
            let body = json!({ "members": [{ "id": person(story, *who).await }] });
            story.send("POST", &format!("/roles/{role}/members"), body).await.0
        }
        Step::Unmake { role } => {
            if *role >= seen.roles.len() {
                return 404;
            }
            let path = format!("/roles/{}", seen.roles.remove(*role));
            let status = delete(story, &path).await;
            seen.gone.insert(path);
            status
        }
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test]
async fn whatever_is_called_nothing_of_an_account_is_orphaned_and_its_lists_agree() {
    let mut runner = TestRunner::new(Config { rng_seed: RngSeed::Fixed(21), ..Config::default() });
    let sequences = proptest::collection::vec(step(), 1..28);
    for _ in 0..cases(12) {
        let steps = sequences.new_tree(&mut runner).unwrap().current();
        let scopes = zoom_spec::operations().iter().flat_map(|one| one.granular.iter().chain(one.classic)).copied();
        let mut story = Story::with(builder().scopes(scopes).unlimited()).await;
        story.control("PUT", "/settings", json!({ "recording.cloud_recording": true })).await;
        let mut seen = Seen::default();
        for step in &steps {
            let status = take(&mut story, &mut seen, step).await;
            assert!(status < 500, "{step:?} of {steps:?}: {status}");
        }
        let (_, world) = story.control("GET", "/snapshot", Value::Null).await;
        let wrong = [fits::of_state(&world["state"]), fits::of_answers(&story, &seen, &world["state"]).await].concat();
        assert!(wrong.is_empty(), "{steps:?}:\n{}", wrong.join("\n"));
        story.zoom.stop().await;
    }
}
