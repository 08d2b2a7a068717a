//! One walk over every operation that the fidelity table calls full, driven by Zoom's table: it does what it says with
//! every field, reads back what it wrote, refuses what Zoom refuses and is unmoved by it, and answers with what Zoom
//! answers with.

mod answer;
mod bad;
pub(crate) mod body;
mod checked_only;
mod entry;
mod readback;
mod refusals;
mod scene;
mod scopes;
mod success;
mod things;

use std::collections::BTreeSet;

use zoom_sandbox::Behaviour;

use self::{
    entry::{TABLE, with_behaviour},
    scene::Scene,
};

/// Walks over the operations of one area and tells of everything that is not as Zoom's table says.
async fn walk(area: &str) {
    let entries = TABLE.areas.get(area).unwrap();
    let mut wrong = Vec::new();
    for operation in with_behaviour(Behaviour::Full) {
        let Some(ways) = entries.get(operation.id) else { continue };
        let ways = ways.all();
        // A sandbox for each, so that there is little to remember.
        let scene = Scene::begin().await;
        let found = [
            success::of(&scene, operation, ways).await,
            refusals::of_fields(&scene, operation, ways).await,
            refusals::of_ids(&scene, operation, &ways[0]).await,
            refusals::of_nonsense(&scene, operation, &ways[0]).await,
        ];
        let name = format!("{} {} {}", operation.id, operation.method, operation.path);
        wrong.extend(found.into_iter().flatten().map(|problem| format!("{name}: {problem}")));
        if scene.kept() != scene.remembered() {
            wrong.push(format!("{name}: the state file says something else than the sandbox remembers"));
        }
        scene.story.zoom.stop().await;
    }
    let count = wrong.len();
    wrong.truncate(60);
    assert!(wrong.is_empty(), "{count} in all, such as:\n{}", wrong.join("\n"));
}

/// One story for each area.
macro_rules! areas {
    ($($story:ident: $area:literal,)+) => {
        const AREAS: &[&str] = &[$($area),+];
        $(#[tokio::test]
        async fn $story() {
            walk($area).await;
        })+
    };
}

areas! {
    users_are_all_that_zoom_documents: "users",
    roles_are_all_that_zoom_documents: "roles",
    accounts_are_all_that_zoom_documents: "accounts",
    meetings_are_all_that_zoom_documents: "meetings",
    webinars_are_all_that_zoom_documents: "webinars",
    registrants_are_all_that_zoom_documents: "registrants",
    panelists_are_all_that_zoom_documents: "panelists",
    polls_are_all_that_zoom_documents: "polls",
    surveys_are_all_that_zoom_documents: "surveys",
    zoom_events_are_all_that_zoom_documents: "zoom events",
    what_is_past_is_all_that_zoom_documents: "past",
    reports_are_all_that_zoom_documents: "reports",
    recordings_are_all_that_zoom_documents: "recordings",
    summaries_are_all_that_zoom_documents: "summaries",
    settings_are_all_that_zoom_documents: "settings",
    subscriptions_are_all_that_zoom_documents: "subscriptions",
}

#[test]
fn every_full_operation_is_walked_over_and_no_other() {
    let full: BTreeSet<&str> = with_behaviour(Behaviour::Full).into_iter().map(|operation| operation.id).collect();
    let walked: BTreeSet<&str> = TABLE.areas.values().flat_map(|entries| entries.keys().map(String::as_str)).collect();
    let left_out: Vec<_> = full.difference(&walked).collect();
    assert!(left_out.is_empty(), "add to entries.json: {left_out:?}");
    let strangers: Vec<_> = walked.difference(&full).collect();
    assert!(strangers.is_empty(), "not full (any more): {strangers:?}");
    let known: BTreeSet<&str> = TABLE.areas.keys().map(String::as_str).collect();
    assert_eq!(known, AREAS.iter().copied().collect(), "each area has a story");
}
