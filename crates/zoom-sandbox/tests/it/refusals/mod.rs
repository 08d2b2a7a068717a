//! Every general refusal of Zoom's, and every one that the documents name for a full operation, is provoked by a call; or
//! it is said why it never comes.
//!
//! The calls are in `tests/golden/refusals`, a file for each area, and a story for each file.

mod row;
mod stage;

use std::{fs, path::PathBuf};

use serde_json::json;
use zoom_sandbox::{Behaviour, NEVER, fidelity, speaks_of as speaks};
use zoom_spec::{Level, Operation};

use self::{
    row::{Names, Row},
    stage::Stage,
};
use crate::story::{Story, builder};

/// Documented refusals that stories of their own provoke: the operation (none: any that documents it), how the message
/// begins, and the story.
const STORIES: &[(&str, &str, &str)] = &[
    ("", "You have reached the maximum per-second", "a_free_account_reads_four_light_things_a_second_and_then_waits"),
    ("", "This API endpoint is not recognized", "what_no_operation_takes_is_refused_in_zooms_words"),
    ("", "Meeting has reached maximum attendee capacity", "a_meeting_takes_4999_people_and_one_more_is_refused"),
    ("roles", "Invalid access token, does not contain role", "apps_with_classic_scopes_are_told_in_the_older_form"),
    (
        "webinarPanelistCreate",
        "You have reached the limit",
        "a_panel_has_a_hundred_seats_and_each_has_a_name_and_an_address",
    ),
    ("createSpeaker", "You have exceeded the maximum speaker", "an_event_takes_three_hundred_speakers"),
    (
        "",
        "Not allowed to view meetings scheduled for others",
        "an_assistant_sees_the_meetings_of_whom_they_schedule_for_where_the_account_shows_them",
    ),
    ("account userDelete", "This user has published events", HEIRS),
    ("account userDelete", "The destination user does not have a Zoom Events", HEIRS),
];

const HEIRS: &str = "hubs_and_events_of_who_goes_pass_to_an_heir_who_may_hold_events_or_keep_them_here";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/refusals")
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// A file whose first line is `@twice` is told of the account and of a sub-account: its paths begin with `{at}`.
fn is_twice(text: &str) -> bool {
    lines(text).next() == Some("@twice")
}

/// Tells one file: the stage, then row by row.
async fn tell(file: &str) {
    let text = |file: &str| fs::read_to_string(folder().join(format!("{file}.txt"))).unwrap();
    let (prelude, text) = (text("stage"), text(file));
    let mut wrong = Vec::new();
    for below in [false, true].into_iter().take(if is_twice(&text) { 2 } else { 1 }) {
        let mut stage = Stage::set().await;
        for line in lines(&prelude) {
            stage.turn(line).await;
        }
        stage.be(below);
        for line in lines(&text).filter(|line| *line != "@twice") {
            if line.starts_with('@') {
                stage.turn(line).await;
                continue;
            }
            let row = Row::read(line, &stage.names);
            let (status, body) = stage.answer(&row).await;
            let is = (status, body["code"].as_u64(), body["message"].as_str().unwrap_or_default());
            if is != (row.status, Some(row.code.into()), row.message.as_str()) {
                wrong.push(format!("{line}\n  was answered {status} {body}"));
            }
        }
        stage.leave().await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One story for each file.
macro_rules! files {
    ($($story:ident: $file:literal,)+) => {
        const FILES: &[&str] = &[$($file),+];
        $(#[tokio::test]
        async fn $story() {
            tell($file).await;
        })+
    };
}

files! {
    what_no_operation_takes_is_refused_in_zooms_words: "general",
    accounts_are_refused_in_zooms_words: "accounts",
    roles_are_refused_in_zooms_words: "roles",
    users_are_refused_in_zooms_words: "users",
    users_of_every_account_are_refused_in_zooms_words: "users_below",
    settings_are_refused_in_zooms_words: "settings",
    licences_of_every_account_are_refused_in_zooms_words: "settings_below",
    subscriptions_are_refused_in_zooms_words: "subscriptions",
    meetings_are_refused_in_zooms_words: "meetings",
    meetings_of_every_account_are_refused_in_zooms_words: "meetings_below",
    webinars_are_refused_in_zooms_words: "webinars",
    webinars_of_every_account_are_refused_in_zooms_words: "webinars_below",
    registrants_and_panelists_are_refused_in_zooms_words: "registrants",
    polls_and_surveys_are_refused_in_zooms_words: "polls",
    tokens_for_programs_are_refused_in_zooms_words: "programs",
    what_is_past_is_refused_in_zooms_words: "past",
    recordings_and_summaries_are_refused_in_zooms_words: "recordings",
    zoom_events_are_refused_in_zooms_words: "events",
    what_a_free_plan_lacks_is_refused_in_zooms_words: "free",
}

#[test]
fn every_file_of_refusals_is_told() {
    let names = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.map(|name| name.trim_end_matches(".txt").to_owned()).collect();
    names.sort();
    let mut told: Vec<&str> = FILES.iter().copied().chain(["stage"]).collect();
    told.sort_unstable();
    assert_eq!(names, told);
}

/// The rows of all files, as far as they can be read without a world.
fn all_rows<T>(read: impl Fn(&Row<'_>) -> T) -> Vec<T> {
    let mut rows = Vec::new();
    for file in FILES {
        let text = fs::read_to_string(folder().join(format!("{file}.txt"))).unwrap();
        for at in ["", "/accounts/below"].into_iter().take(if is_twice(&text) { 2 } else { 1 }) {
            let names = Names::from([("at".to_owned(), at.to_owned())]);
            rows.extend(lines(&text).filter(|line| !line.starts_with('@')).map(|line| read(&Row::read(line, &names))));
        }
    }
    rows
}

#[test]
fn what_is_documented_for_full_operations_is_provoked_or_never_comes() {
    let full = fidelity().into_iter().filter(|row| row.behaviour == Behaviour::Full);
    let level = |is_master| if is_master { Level::Master } else { Level::Account };
    let full: Vec<&Operation> =
        full.map(|row| zoom_spec::operation_at(level(row.master), row.operation).unwrap()).collect();
    let provoked = all_rows(|row| {
        let Some(operation) = row.operation() else { return Vec::new() };
        // One address may be documented for the account and for those below it.
        let twins =
            zoom_spec::operations().iter().filter(|one| (one.path, one.method) == (operation.path, operation.method));
        let found =
            twins.flat_map(|one| one.errors().iter().filter(|error| row.is(error)).map(move |error| (one, error)));
        found
            .map(|(one, error)| (one.id, one.level, error.status, error.code, error.message.clone()))
            .collect::<Vec<_>>()
    });
    let provoked: Vec<_> = provoked.into_iter().flatten().collect();
    let (mut lacking, mut after_all) = (Vec::new(), Vec::new());
    for operation in full {
        for error in operation.errors() {
            let what = (operation.id, operation.level, error.status, error.code, error.message.clone());
            let comes = provoked.contains(&what)
                || STORIES.iter().any(|(id, begins, _)| speaks((id, begins), operation, error));
            let never = NEVER.iter().flat_map(|(_, entries)| *entries).any(|entry| speaks(*entry, operation, error));
            let line = format!("{} {} {} {} {}", operation.id, operation.path, error.status, error.code, error.message);
            match (comes, never) {
                (false, false) => lacking.push(line),
                (true, true) => after_all.push(line),
                _ => {}
            }
        }
    }
    assert!(lacking.is_empty(), "{} lack:\n{}", lacking.len(), lacking.join("\n"));
    assert!(after_all.is_empty(), "said never to come, and come:\n{}", after_all.join("\n"));
}

#[test]
fn what_is_said_of_refusals_is_true_of_some() {
    let is_said = |entry: (&str, &str)| {
        let full = zoom_spec::operations().iter();
        full.flat_map(|one| one.errors().iter().map(move |error| (one, error)))
            .any(|(one, error)| speaks(entry, one, error))
    };
    let idle: Vec<_> = NEVER.iter().flat_map(|(_, entries)| *entries).filter(|entry| !is_said(**entry)).collect();
    assert!(idle.is_empty(), "{idle:?}");
    let tests = fs::read_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it")).unwrap();
    let mut sources: Vec<String> = tests.filter_map(|entry| fs::read_to_string(entry.unwrap().path()).ok()).collect();
    sources.push(include_str!("mod.rs").to_owned());
    for (id, begins, story) in STORIES {
        assert!(is_said((id, begins)), "nobody documents {begins}");
        let is_there =
            |source: &String| [format!("fn {story}("), format!("{story}: ")].iter().any(|one| source.contains(one));
        assert!(sources.iter().any(is_there), "there is no story {story}");
    }
}

#[tokio::test]
async fn apps_with_classic_scopes_are_told_in_the_older_form() {
    let story = Story::with(builder().scopes(["meeting:read:admin"])).await;
    let refused = story.send("POST", "/users/me/meetings", json!({ "topic": "No" })).await;
    assert_eq!(refused, (400, json!({ "code": 4700, "message": "Invalid access token, does not contain scopes." })));
    let refused = story.get("/roles").await;
    let words = "Invalid access token, does not contain role:read:admin scope.";
    assert_eq!(refused, (400, json!({ "code": 4700, "message": words })));
}
