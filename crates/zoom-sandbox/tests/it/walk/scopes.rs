//! Scopes: an app that holds every scope but an operation's own may not call it, and is told which would do.

use std::collections::BTreeMap;

use serde_json::json;
use zoom_sandbox::Behaviour;
use zoom_spec::{Level, Operation, operations};

use super::entry::with_behaviour;
use crate::story::{Story, builder, send};

/// The path in the own account, or in the sub-account `below` where the operation is about one; its ids are nobody's.
pub(super) fn somewhere(operation: &Operation, below: &str) -> String {
    let parts = operation.path.split(['{', '}']).enumerate();
    let id = |name: &str| match (name, operation.level) {
        ("accountId", Level::Account) => "me".to_owned(),
        ("accountId", Level::Master) => below.to_owned(),
        _ => "81234567890".to_owned(),
    };
    parts.map(|(turn, part)| if turn % 2 == 0 { part.to_owned() } else { id(part) }).collect()
}

/// What the refusal says: the whole set, in Zoom's order.
pub(super) fn refusal(operation: &Operation) -> serde_json::Value {
    let scopes = if operation.granular.is_empty() { operation.classic } else { operation.granular };
    let message = format!("Invalid access token, does not contain scopes:[{}].", scopes.join(", "));
    json!({ "code": 4711, "message": message })
}

#[tokio::test]
async fn without_one_of_its_scopes_no_operation_is_carried_out_and_the_refusal_names_them_all() {
    let mut by_scopes: BTreeMap<_, Vec<&Operation>> = BTreeMap::new();
    for operation in [Behaviour::Full, Behaviour::Part].into_iter().flat_map(with_behaviour) {
        by_scopes.entry((operation.granular, operation.classic)).or_default().push(operation);
    }
    // Zoom documents no scopes for event subscriptions.
    by_scopes.remove(&(&[][..], &[][..]));
    assert!(by_scopes.len() > 80);
    let all = operations().iter().flat_map(|one| one.granular.iter().chain(one.classic)).copied();
    let all: std::collections::BTreeSet<&str> = all.collect();
    for ((granular, classic), its) in by_scopes {
        let others = all.iter().copied().filter(|scope| !granular.contains(scope) && !classic.contains(scope));
        let story = Story::with(builder().scopes(others)).await;
        for operation in its {
            // Scopes come before anything else: it does not matter that there is no such account.
            let request = story.request(operation.method.as_str(), &somewhere(operation, "below")).json(&json!({}));
            assert_eq!(send(request).await, (400, refusal(operation)), "{} {}", operation.id, operation.path);
        }
        story.zoom.stop().await;
    }
}
