//! What must hold of an account, whatever was called.

use std::collections::BTreeSet;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::account::Seen;
use crate::story::{Story, send};

/// The tables beside that of meetings, by the numbers of meetings.
const TABLES: [&str; 7] = ["registrations", "panels", "polls", "surveys", "instances", "recordings", "summaries"];

fn keys(table: &Value) -> BTreeSet<&str> {
    table.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect()
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// What is wrong in the remembered world itself: rows without what they belong to, calls that are on twice.
pub(super) fn of_state(state: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let meetings = keys(&state["meetings"]);
    for table in TABLES {
        let orphans: Vec<_> = keys(&state[table]).difference(&meetings).copied().collect();
        if !orphans.is_empty() {
            wrong.push(format!("{table} of no meeting: {orphans:?}"));
        }
    }
    let people: BTreeSet<_> = items(&state["people"]).map(|one| one["id"].as_str().unwrap()).collect();
    let roles: BTreeSet<_> = items(&state["roles"]).map(|one| one["id"].as_str().unwrap()).collect();
    for one in items(&state["people"]) {
        if !roles.contains(one["role_id"].as_str().unwrap()) {
            wrong.push(format!("{} has a role that is gone", one["email"]));
        }
        for helper in items(&one["assistants"]).filter(|helper| !people.contains(helper["user_id"].as_str().unwrap())) {
            wrong.push(format!("{} is helped by nobody: {helper}", one["email"]));
        }
    }
    for (number, meeting) in state["meetings"].as_object().unwrap() {
        if meeting["deleted_at"].is_null() && !people.contains(meeting["host_id"].as_str().unwrap()) {
            wrong.push(format!("{number} is nobody's and not deleted"));
        }
        let held: Vec<&Value> = items(&state["instances"][number]).collect();
        let on = held.iter().filter(|held| held["ended_at"].is_null()).count();
        let is_on = !meeting["started_at"].is_null() && meeting["ended_at"].is_null();
        if on != usize::from(meeting["status"] == "started") || on > 1 {
            wrong.push(format!("{number} is {} with {on} calls on ({is_on})", meeting["status"]));
        }
        for inside in held.iter().filter(|held| !held["ended_at"].is_null()) {
            if items(&inside["participants"]).chain(items(&inside["waiting"])).any(|stay| stay["leave"].is_null()) {
                wrong.push(format!("somebody never left a call of {number} that is over"));
            }
        }
        let uuids: BTreeSet<_> = held.iter().map(|held| held["uuid"].as_str().unwrap()).collect();
        for (table, rows) in [("recording", &state["recordings"]), ("summary", &state["summaries"])] {
            for row in items(&rows[number]).filter(|row| !uuids.contains(row["uuid"].as_str().unwrap())) {
                wrong.push(format!("a {table} of no call of {number}: {}", row["uuid"]));
            }
        }
        if items(&state["recordings"][number]).any(|one| on == 0 && one["stopped_at"].is_null()) {
            wrong.push(format!("{number} is recorded with no call on"));
        }
    }
    wrong
}

/// A list whose total is the number of its rows.
async fn rows(story: &Story, path: &str, list: &str, wrong: &mut Vec<String>) -> Vec<Value> {
    let (status, answer) = story.get(path).await;
    let rows = answer[list].as_array().cloned().unwrap_or_default();
    // Whoever lost the licence to host has no list of summaries.
    let is_unlicensed = answer["code"] == 3161;
    if status != 200 && !is_unlicensed || answer.get("total_records").is_some_and(|total| *total != rows.len()) {
        wrong.push(format!("{path} is {status} with {} rows of {}", rows.len(), answer["total_records"]));
    }
    rows
}

/// A UUID as it stands in a path.
fn twice(uuid: &str) -> String {
    let once = utf8_percent_encode(uuid, NON_ALPHANUMERIC).to_string();
    utf8_percent_encode(&once, NON_ALPHANUMERIC).to_string()
}

/// What is wrong in what the API tells.
pub(super) async fn of_answers(story: &Story, seen: &Seen, state: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for path in &seen.gone {
        let (status, answer) = story.get(path).await;
        if !matches!(answer["code"].as_u64(), Some(1001 | 1034)) {
            wrong.push(format!("{path} is gone and told as {status} {answer}"));
        }
    }
    for path in &seen.deleted {
        let (status, answer) = story.get(path).await;
        if (status, answer["code"].as_u64()) != (404, Some(3001)) {
            wrong.push(format!("{path} is deleted and told as {status} {answer}"));
        }
    }
    let users = rows(story, "/users?page_size=300", "users", &mut wrong).await;
    for role in rows(story, "/roles", "roles", &mut wrong).await {
        let path = format!("/roles/{}/members?page_size=300", role["id"].as_str().unwrap());
        let members = rows(story, &path, "members", &mut wrong).await;
        if role["total_members"] != members.len() {
            wrong.push(format!("{role} has {} members", members.len()));
        }
    }
    doors(story, state, &users, &mut wrong).await;
    past(story, state, &mut wrong).await;
    reports(story, state, &users, &mut wrong).await;
    for user in &users {
        recordings(story, seen, user["id"].as_str().unwrap(), &mut wrong).await;
    }
    for one in rows(story, "/meetings/meeting_summaries?page_size=300", "summaries", &mut wrong).await {
        let path = format!("/meetings/{}/meeting_summary", twice(one["meeting_uuid"].as_str().unwrap()));
        let (status, read) = story.get(&path).await;
        if status != 200 || read["meeting_uuid"] != one["meeting_uuid"] {
            wrong.push(format!("{path} is listed and {status} {read}"));
        }
    }
    wrong
}

/// A host may begin another call while fewer are on than their licence takes: two, or one without.
async fn doors(story: &Story, state: &Value, users: &[Value], wrong: &mut Vec<String>) {
    for user in users.iter().filter(|user| matches!(user["type"].as_u64(), Some(1 | 2))) {
        let theirs = state["meetings"].as_object().unwrap().iter().filter(|(_, one)| one["host_id"] == user["id"]);
        let theirs: Vec<_> = theirs.filter(|(_, one)| one["deleted_at"].is_null()).collect();
        let on = theirs.iter().filter(|(_, one)| one["status"] == "started").count() as u64;
        let may = on < user["type"].as_u64().unwrap();
        let (_, zak) = story.get(&format!("/users/{}/token?type=zak", user["id"].as_str().unwrap())).await;
        for (number, _) in theirs.iter().filter(|(_, one)| one["status"] == "waiting") {
            let door = format!("{}/j/{number}/enter", story.zoom.base());
            let (_, answer) =
                send(story.http.post(door).json(&json!({ "zak": zak["token"], "userName": "Host" }))).await;
            if answer["errorCode"] != i32::from(!may) {
                wrong.push(format!("with {on} calls on, the door of {number} says {answer} to {}", user["email"]));
            }
        }
    }
}

fn over(held: &Value) -> usize {
    items(held).filter(|held| !held["ended_at"].is_null()).count()
}

/// The hosts that are still there.
fn has_host(state: &Value, meeting: &Value) -> bool {
    items(&state["people"]).any(|one| one["id"] == meeting["host_id"])
}

/// Every call that is over is among the past ones of its meeting.
async fn past(story: &Story, state: &Value, wrong: &mut Vec<String>) {
    for (number, held) in state["instances"].as_object().into_iter().flatten() {
        let meeting = &state["meetings"][number];
        if !has_host(state, meeting) {
            continue;
        }
        let (kind, list) =
            if meeting["kind"] == "webinar" { ("webinars", "webinars") } else { ("meetings", "meetings") };
        let path = format!("/past_{kind}/{number}/instances");
        let (status, answer) = story.get(&path).await;
        // Whoever lost the licence to host is told so, whatever was held.
        let may_host = answer["code"] != 3161 && answer["code"] != 200;
        if may_host && answer[list].as_array().map(Vec::len) != Some(over(held)) {
            wrong.push(format!("{path} is {status} {answer}, of {} calls", over(held)));
        }
    }
}

/// Reports of days and hosts count what was held.
async fn reports(story: &Story, state: &Value, users: &[Value], wrong: &mut Vec<String>) {
    let held = |host: Option<&Value>| -> usize {
        let calls = state["instances"].as_object().into_iter().flatten();
        let meant = calls.filter(|(number, _)| {
            let meeting = &state["meetings"][number.as_str()];
            host.map_or_else(|| has_host(state, meeting), |host| meeting["host_id"] == *host)
        });
        meant.map(|(_, held)| over(held)).sum()
    };
    let now = clock::Clock::now(story.zoom.clock().as_ref());
    let day = |hours: i64| (now + jiff::SignedDuration::from_hours(hours)).strftime("%Y-%m-%d").to_string();
    let span = format!("from={}&to={}", day(-20 * 24), day(0));
    let mut sum = 0;
    for user in users {
        let mut own = 0;
        for kind in ["past", "pastOne"] {
            let path =
                format!("/report/users/{}/meetings?{span}&type={kind}&page_size=300", user["id"].as_str().unwrap());
            own += rows(story, &path, "meetings", wrong).await.len();
        }
        // A call that nobody came to is in neither.
        let empty = empty_calls(state, &user["id"]);
        if own + empty != held(Some(&user["id"])) {
            wrong.push(format!(
                "{} held {} calls, and the report has {own} and {empty} empty ones",
                user["email"],
                held(Some(&user["id"]))
            ));
        }
        sum += held(Some(&user["id"]));
    }
    if sum != held(None) {
        wrong.push(format!("{sum} calls of hosts, {} of the account", held(None)));
    }
    let (status, hosts) = story.get(&format!("/report/users?{span}&type=active&page_size=300")).await;
    let counted: u64 = items(&hosts["users"]).map(|one| one["meetings"].as_u64().unwrap()).sum();
    if status != 200 || hosts["total_meetings"].as_u64() != Some(counted) || counted != sum as u64 {
        wrong.push(format!("hosts have {counted} calls of {sum}: {hosts}"));
    }
    let (status, report) = story.get("/report/daily?year=2026&month=11").await;
    let daily: u64 = items(&report["dates"]).map(|one| one["meetings"].as_u64().unwrap()).sum();
    if status != 200 || daily != sum as u64 {
        wrong.push(format!("days have {daily} calls of {sum}: {status} {report}"));
    }
}

fn empty_calls(state: &Value, host: &Value) -> usize {
    let calls = state["instances"].as_object().into_iter().flatten();
    let theirs = calls.filter(|(number, _)| state["meetings"][number.as_str()]["host_id"] == *host);
    let empty = |held: &&Value| !held["ended_at"].is_null() && items(&held["participants"]).next().is_none();
    theirs.map(|(_, held)| items(held).filter(empty).count()).sum()
}

/// What the list of recordings has is there, whole, and nothing of it was erased.
async fn recordings(story: &Story, seen: &Seen, user: &str, wrong: &mut Vec<String>) {
    for one in rows(story, &format!("/users/{user}/recordings?page_size=300"), "meetings", wrong).await {
        let path = format!("/meetings/{}/recordings", twice(one["uuid"].as_str().unwrap()));
        let (status, read) = story.get(&path).await;
        let files = items(&read["recording_files"]).count();
        if status != 200 || read["recording_count"] != files || read["recording_files"] != one["recording_files"] {
            wrong.push(format!("{path} is {status} {read}, listed as {one}"));
        }
        for file in items(&read["recording_files"]).filter(|file| seen.erased.contains(file["id"].as_str().unwrap())) {
            wrong.push(format!("{path} has a file that was deleted for good: {file}"));
        }
    }
}
