//! The arrow test: which crate may use which, read from `cargo metadata`. Dev-dependencies are free.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::{process, report::Outcome};

/// Each crate with the crates of ours it may name. What is absent from the list may name none.
///
/// `web` names `service` but neither `store` nor `zoom-client`: it gets use cases, never a pool, so it cannot
/// write around a rule. `zoom-client` and `zoom-sandbox` are two readings of Zoom and never see each other.
const ARROWS: &[(&str, &[&str])] = &[
    ("clock", &[]),
    ("zoom-spec", &["clock"]),
    ("zoom-client", &["clock", "zoom-spec"]),
    ("zoom-sandbox", &["clock", "zoom-spec"]),
    ("model", &["clock"]),
    ("store", &["clock", "model"]),
    ("service", &["clock", "model", "store", "zoom-client", "zoom-spec"]),
    ("web", &["clock", "model", "service"]),
    ("eroom", &["clock", "model", "store", "service", "web", "zoom-client", "zoom-sandbox", "zoom-spec"]),
    // Tests of the built binary: they read the route table and speak to the rest from outside.
    ("e2e", &["clock", "model", "web"]),
    // What the bench measures against.
    ("bare-route", &[]),
    ("xtask", &[]),
];

/// Holds every arrow of the workspace against the list.
pub(crate) fn check() -> Result<Outcome> {
    let finished = process::run(
        process::cargo(&["metadata", "--no-deps", "--format-version", "1", "--quiet"])
            .stderr(std::process::Stdio::null()),
    )?;
    let json = finished.output.lines().find(|line| line.starts_with('{')).context("cargo metadata printed no JSON")?;
    let drawn = drawn(&serde_json::from_str(json)?)?;
    let faults = faults(&drawn);
    Ok(Outcome::of_faults(&faults))
}

/// Crate → the crates of the workspace it names outside of its tests.
fn drawn(metadata: &Value) -> Result<BTreeMap<String, Vec<String>>> {
    let packages = metadata.get("packages").and_then(Value::as_array).context("metadata without packages")?;
    let name = |value: &Value| value.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let ours: Vec<String> = packages.iter().map(name).collect();
    let mut drawn = BTreeMap::new();
    for package in packages {
        let dependencies = package.get("dependencies").and_then(Value::as_array).context("package without a list")?;
        let uses = dependencies
            .iter()
            .filter(|dependency| dependency.get("kind").and_then(Value::as_str) != Some("dev"))
            .map(name)
            .filter(|dependency| ours.contains(dependency))
            .collect();
        drawn.insert(name(package), uses);
    }
    Ok(drawn)
}

fn faults(drawn: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut faults = Vec::new();
    for (package, uses) in drawn {
        let Some((_, may)) = ARROWS.iter().find(|(name, _)| name == package) else {
            faults.push(format!("{package}: a new crate; say in xtask/src/arrows.rs what it may use"));
            continue;
        };
        for used in uses.iter().filter(|used| !may.contains(&used.as_str())) {
            faults.push(format!("{package} ─► {used}: not an arrow of the house; it may use [{}]", may.join(", ")));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{drawn, faults};

    fn dependency(name: &str, kind: Option<&str>) -> serde_json::Value {
        json!({ "name": name, "kind": kind })
    }

    #[test]
    fn an_arrow_that_turns_back_is_found() {
        let metadata = json!({ "packages": [
            { "name": "store", "dependencies": [dependency("service", None), dependency("sqlx", None)] },
            { "name": "service", "dependencies": [dependency("store", None)] },
        ]});
        let faults = faults(&drawn(&metadata).unwrap());
        assert_eq!(faults.len(), 1);
        assert!(faults[0].starts_with("store ─► service"), "{faults:?}");
    }

    #[test]
    fn the_two_readings_of_zoom_may_meet_in_tests_only() {
        let packages = |kind| {
            json!({ "packages": [
                { "name": "zoom-client", "dependencies": [dependency("zoom-sandbox", kind)] },
                { "name": "zoom-sandbox", "dependencies": [] },
            ]})
        };
        assert_eq!(faults(&drawn(&packages(Some("dev"))).unwrap()), Vec::<String>::new());
        assert_eq!(faults(&drawn(&packages(Some("build"))).unwrap()).len(), 1);
        assert_eq!(faults(&drawn(&packages(None)).unwrap()).len(), 1);
    }

    #[test]
    fn a_crate_nobody_placed_is_named() {
        let metadata = json!({ "packages": [{ "name": "utils", "dependencies": [] }] });
        assert_eq!(faults(&drawn(&metadata).unwrap()).len(), 1);
    }
}
