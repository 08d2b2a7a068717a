//! How big the release binary is and how many packages it is made of.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};

use crate::{environment, process, report::say};

/// Builds the release binary if needed and prints its figures. (A cold build is timed by hand:
/// `time cargo build --release` in an empty target folder.)
pub(crate) fn run() -> Result<bool> {
    let built = process::run(&mut process::cargo(&["build", "--release", "--quiet", "--package", "eroom"]))?;
    ensure!(built.ok, "the release build failed:\n{}", built.output);
    let binary = environment::target().join("release/eroom");
    let bytes = std::fs::metadata(&binary).with_context(|| binary.display().to_string())?.len();
    let arguments = ["tree", "--package", "eroom", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"];
    let tree = process::run(&mut process::cargo(&arguments))?;
    ensure!(tree.ok, "cargo tree failed:\n{}", tree.output);
    let packages: BTreeSet<&str> = tree
        .output
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| line.trim_end_matches(" (*)").trim_end_matches(" (proc-macro)"))
        .collect();
    say(&format!("release binary       {:>8} KiB  {}", bytes / 1024, binary.display()));
    say(&format!("packages in it       {:>8}", packages.len()));
    Ok(true)
}
