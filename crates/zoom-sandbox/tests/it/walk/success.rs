//! What is carried out: with every documented field sent, and the answer as Zoom's table has it.

use std::collections::BTreeSet;

use zoom_spec::Operation;

use super::{
    answer::Shown,
    body::{fields, has_members, steps},
    entry::Way,
    readback::{self, at},
    scene::Scene,
};

/// Calls the operation in every way; what is wrong with that.
pub(super) async fn of(scene: &Scene, operation: &'static Operation, ways: &[Way]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut sent = BTreeSet::new();
    let mut shown = Shown::new(operation);
    for (turn, way) in ways.iter().enumerate() {
        let mut things = scene.things(operation, way);
        things.prepare(way).await;
        let path = things.path_of(operation, way).await;
        let body = things.body_of(operation, way).await;
        let (status, answer) = things.send(operation, &path, body.as_ref()).await;
        if !operation.answers.contains(&status) {
            wrong.push(format!("way {turn} is {status} {answer}; sent {path} {body:?}"));
            continue;
        }
        if let Some(body) = &body {
            let there = fields(operation).filter(|field| at(body, &steps(&field.path)).is_some());
            sent.extend(there.map(|field| field.path.to_string()));
        }
        shown.look(&answer, "");
        if let Some(body) = &body {
            let unlike = readback::of(&mut things, operation, way, body, &answer).await;
            wrong.extend(unlike.into_iter().map(|problem| format!("way {turn}: {problem}")));
        }
    }
    let unsent = |path: &str| ways.iter().any(|way| way.unsent.contains_key(path));
    for field in fields(operation).filter(|field| !has_members(operation, field)) {
        if !sent.contains(&*field.path) && !unsent(&field.path) {
            wrong.push(format!("{} was never sent", field.path));
        }
    }
    wrong.extend(shown.wrong.iter().cloned());
    let (there, all, lacks) = shown.share();
    if there * 100 < all * 95 {
        wrong.push(format!("{there} of the {all} fields of Zoom's example; lacks {}", lacks.join(", ")));
    }
    wrong
}
