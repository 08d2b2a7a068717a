//! The journeys in a browser: npm brings the driver, Node's own test runner runs them.

use std::{path::PathBuf, process::Command};

use anyhow::{Context as _, Result, ensure};

use crate::{
    environment, npm,
    prerequisites::{self, Need},
    process,
    report::Outcome,
};

/// What the journeys need.
pub(crate) const NEEDS: &[&Need] = &[&prerequisites::BROWSER, &prerequisites::NODE, &prerequisites::FONT];

#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Only journeys whose sentence matches this pattern.
    #[arg(long)]
    only: Option<String>,
    /// Show the browser's windows.
    #[arg(long)]
    headed: bool,
    /// Replace the pictures of the documentation by the ones the journeys make.
    #[arg(long)]
    pictures: bool,
}

/// Runs every file under `e2e/browser/journeys`.
pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let folder = environment::root().join("e2e");
    npm::install(&folder)?;
    let without_clients = npm::install(&environment::clients()).err();
    let (browser, _) = prerequisites::browser().context("no browser was found")?;
    let mut node = Command::new("node");
    node.current_dir(&folder).args(["--test", "--test-reporter=spec", "--test-concurrency=1", "--test-timeout=600000"]);
    if let Some(pattern) = &args.only {
        node.arg(format!("--test-name-pattern={pattern}"));
    }
    let mut journeys: Vec<_> = std::fs::read_dir(folder.join("browser/journeys"))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.js"))
        .collect();
    journeys.sort();
    node.args(journeys);
    node.env("EROOM_TEST_BROWSER", browser).env("EROOM_TEST_BINARY", environment::program());
    node.env("EROOM_TEST_ROUTES", routes()?);
    if args.pictures {
        node.env("EROOM_TEST_PICTURES", environment::root().join("docs/images"));
    }
    if let Some(problem) = without_clients {
        // The journey that needs them says so and fails; the others can do without.
        node.env("EROOM_TEST_CLIENTS_LACK", format!("{problem:#}"));
    }
    if args.headed {
        node.env("EROOM_TEST_HEADED", "1");
    }
    Ok(Outcome::counted(process::run(&mut node)?))
}

/// A file with the site's route table: what the walk over all pages is fed by.
fn routes() -> Result<PathBuf> {
    let output = Command::new(environment::target().join("debug/routes")).output().context("the route table")?;
    ensure!(output.status.success(), "the route table was not printed:\n{}", String::from_utf8_lossy(&output.stderr));
    let file = environment::target().join("routes.json");
    std::fs::write(&file, output.stdout)?;
    Ok(file)
}
