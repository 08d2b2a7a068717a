//! Accepting snapshots, and naming those that changed: they are read before they are committed.

use std::process::Command;

use anyhow::Result;

use crate::{environment, process, report::say};

/// Runs the tests with insta told to write, then lists what git sees as new or changed.
pub(crate) fn run(package: Option<&str>) -> Result<bool> {
    let mut tests = process::cargo(&["test", "--quiet", "--no-fail-fast", "--lib", "--bins", "--tests"]);
    match package {
        Some(package) => tests.args(["--package", package]),
        None => tests.args(["--workspace", "--exclude", "e2e"]),
    };
    // A story on PostgreSQL has no snapshot that SQLite does not have; blessing needs no server.
    tests.env("INSTA_UPDATE", "always").env("EROOM_TEST_WITHOUT", "postgres");
    let finished = process::run(&mut tests)?;
    if !finished.ok {
        say(&finished.output);
    }
    let mut git = Command::new("git");
    git.args(["status", "--short", "--untracked-files=all", "--", "*.snap"]).current_dir(environment::root());
    let changed = process::run(&mut git)?.output;
    if changed.trim().is_empty() {
        say("No snapshot changed.");
    } else {
        say("Read these before you commit them:");
        say(changed.trim_end());
    }
    Ok(finished.ok)
}
