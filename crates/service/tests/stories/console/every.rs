//! Every operation that the sandbox has is run through the console, and the sandbox shows what it did.

use serde_json::Value;
use service::console::{Danger, Group, Meaning, Outcome, hide, operations};
use store::Engine;
use zoom_sandbox::{Behaviour, fidelity};
use zoom_spec::Level;

use super::{
    scene::{Scene, filled, filled_with},
    way::way_of,
};
use crate::house::on_both_engines;

/// How much of an operation the sandbox has.
fn behaviour(level: Level, id: &str) -> Behaviour {
    let rows = fidelity();
    rows.iter().find(|row| row.operation == id && row.master == (level == Level::Master)).unwrap().behaviour
}

/// What a read has that differs from one call to the next.
fn steady(mut answer: Value) -> Value {
    hide(&mut answer);
    for name in ["next_page_token", "page_token"] {
        if let Some(members) = answer.as_object_mut() {
            members.remove(name);
        }
    }
    answer
}

/// Runs one operation; what is wrong with that.
async fn run(scene: &Scene, key: &'static str) -> Option<String> {
    let one = super::scene::one(key);
    let operation = one.operation;
    let way = way_of(operation);
    let mut things = scene.things(operation, way);
    let filled = filled_with(&mut things, key).await;
    let path = things.path_of(operation, way).await;
    if key == "webinarStatus" {
        // What is not on cannot be ended.
        assert!(scene.house.sandbox.start_call(filled.params.first().unwrap().1.parse().unwrap()).unwrap());
    }
    let before = scene.memory();
    let answer = match scene.run(key, filled).await {
        Ok(answer) => answer,
        Err(error) => return Some(format!("is refused here: {error}")),
    };
    let Outcome::Done { status, json } = answer.outcome else { return Some(format!("{:?}", answer.outcome)) };
    if !operation.answers.contains(&status) {
        return Some(format!("answers {status}"));
    }
    let after = scene.memory();
    match one.danger {
        Danger::Reads => {
            let (_, direct) = scene.send("GET", &path, None).await;
            let shown = json.unwrap_or_default();
            (steady(direct.clone()) != steady(shown.clone())).then(|| format!("shows {shown} instead of {direct}"))
        }
        // Invite links are nothing that is kept: what is answered is all.
        Danger::Changes if operation.id.ends_with("InviteLinksCreate") => {
            let links = json.unwrap_or_default()["attendees"].as_array().cloned().unwrap_or_default();
            let is_link = |link: &Value| link["join_url"].as_str().is_some_and(|url| url.contains("(hidden)"));
            (links.is_empty() || !links.iter().all(is_link)).then(|| format!("makes {links:?}"))
        }
        Danger::Changes | Danger::Destroys => (before == after).then(|| "changed nothing in the sandbox".to_owned()),
    }
}

/// Every operation of a group, `of` in all, each in a sandbox and a database of its own.
async fn all_of(group: Group, of: usize, engine: Engine) {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for one in operations().iter().filter(|one| one.group == group) {
        assert_ne!(behaviour(one.operation.level, one.operation.id), Behaviour::CheckedOnly, "{}", one.key);
        let Some(scene) = Scene::on(engine).await else { return };
        wrong.extend(run(&scene, &one.key).await.map(|problem| format!("{}: {problem}", one.key)));
        count += 1;
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(count, of);
}

/// One story for each group and engine: every operation behind a scope of the guide runs through the console, and the
/// sandbox shows what came of it.
macro_rules! groups {
    ($($story:ident: $group:ident $count:literal,)+) => {
        mod on_sqlite {
            use super::*;

            $(#[tokio::test]
            async fn $story() {
                all_of(Group::$group, $count, Engine::Sqlite).await;
            })+
        }

        mod on_postgres {
            use super::*;

            $(#[tokio::test]
            async fn $story() {
                all_of(Group::$group, $count, Engine::Postgres).await;
            })+
        }

        #[test]
        fn no_operation_is_left_out() {
            assert_eq!(operations().len(), [$($count),+].iter().sum::<usize>());
        }
    };
}

groups! {
    meetings_are_run_and_the_sandbox_shows_it: Meetings 12,
    webinars_are_run_and_the_sandbox_shows_it: Webinars 7,
    users_are_run_and_the_sandbox_shows_it: Users 12,
    the_account_is_run_and_the_sandbox_shows_it: Account 3,
    zoom_events_are_run_and_the_sandbox_shows_it: Events 6,
    accounts_below_are_run_and_the_sandbox_shows_it: Below 8,
}

#[tokio::test]
async fn what_the_sandbox_only_checks_is_shown_as_a_refusal_that_nothing_came_of() {
    on_both_engines!(scene in Scene::on => {
        // No operation of the console is only checked by the sandbox; a part of one is: another kind of token.
        let checked: Vec<&str> = operations()
            .iter()
            .filter(|one| behaviour(one.operation.level, one.operation.id) == Behaviour::CheckedOnly)
            .map(|one| &*one.key)
            .collect();
        assert_eq!(checked, Vec::<&str>::new());
        let typed = [("path.userId", "me"), ("query.type", "onbehalf"), ("query.meeting_id", "81234567890")];
        let typed = typed.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let answer = scene.run("userToken", filled("userToken", &typed, "")).await.unwrap();
        let Outcome::Refused(refusal) = answer.outcome else { panic!("{:?}", answer.outcome) };
        assert_eq!((refusal.meaning, refusal.status, refusal.maybe_done), (Meaning::NotCarriedOut, Some(501), false));
    });
}
