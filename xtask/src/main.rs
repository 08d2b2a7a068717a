//! Chores of the repository: check, test, bless, e2e, bench, size, dist, ci.

mod arrows;
mod bench;
mod bless;
mod browser;
mod check;
mod clients;
mod dist;
mod environment;
mod house;
mod npm;
mod postgres;
mod prerequisites;
mod process;
mod report;
mod size;
mod suites;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{prerequisites::Consent, suites::Plan};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Chores of the repository.", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Formatting, lints, arrows between crates, house rules, licences.
    Check,
    /// Everything: check, unit and integration tests on both engines, journeys in a browser.
    Test(TestArgs),
    /// Accept the snapshots as they are now, and list the ones that changed.
    Bless {
        /// Only this package.
        #[arg(long, short)]
        package: Option<String>,
    },
    /// Only the journeys in a browser.
    E2e(browser::Args),
    /// Requests a second and latency beside a bare route with the same bytes, start-up time, memory.
    Bench(bench::Args),
    /// Size of the release binary and how many packages are in it.
    Size,
    /// The stripped program and a Debian package of it, in target/dist.
    Dist(dist::Args),
    /// What continuous integration runs: `test`, installing what lacks without asking.
    Ci,
}

#[derive(Args)]
struct TestArgs {
    /// Install what lacks without asking.
    #[arg(long)]
    yes: bool,
    /// Do without a part; its suites are then not counted as missing.
    #[arg(long, value_enum)]
    without: Vec<Without>,
}

/// A part of the tests that a machine may lack on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Without {
    Browser,
    Package,
    Postgres,
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            report::say(&format!("xtask: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Runs one chore and answers whether all went well.
fn run(cli: Cli) -> Result<bool> {
    let consent = Consent::of_this_run(false);
    match cli.chore {
        Chore::Check => Ok(suites::check()),
        Chore::Test(args) => suites::test(&Plan { consent: Consent::of_this_run(args.yes), without: args.without }),
        Chore::Bless { package } => bless::run(package.as_deref()),
        Chore::E2e(args) => suites::e2e(consent, &args),
        Chore::Bench(args) => bench::run(consent, &args),
        Chore::Dist(args) => dist::run(consent, &args),
        Chore::Size => size::run(),
        Chore::Ci => suites::test(&Plan { consent: Consent::Given, without: Vec::new() }),
    }
}
