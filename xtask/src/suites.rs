//! The order in which a run does its suites, and what each needs.

use anyhow::Result;

use crate::{
    Without, browser, check, clients, dist, environment, postgres,
    prerequisites::{self, Consent, Need},
    process,
    report::{Outcome, Report, say},
};

const PYTHON: &str = "other people's clients for Python";
const NODE: &str = "Zoom's client for Node";

/// How a whole run was asked for.
pub(crate) struct Plan {
    pub consent: Consent,
    pub without: Vec<Without>,
}

impl Plan {
    fn leaves_out(&self, part: Without) -> bool {
        self.without.contains(&part)
    }

    fn needs(&self) -> Vec<&'static Need> {
        let mut needs = vec![&prerequisites::C_TOOLCHAIN, &prerequisites::LINTERS, &prerequisites::PEBBLE];
        needs.extend(clients::NEEDS);
        if !self.leaves_out(Without::Postgres) && environment::variable("EROOM_TEST_POSTGRES").is_none() {
            needs.push(&prerequisites::POSTGRES);
        }
        if !self.leaves_out(Without::Package) {
            needs.extend(prerequisites::FOR_DIST_TEST);
        }
        if !self.leaves_out(Without::Browser) {
            needs.extend(browser::NEEDS);
        }
        needs
    }
}

/// `cargo xtask check`.
pub(crate) fn check() -> bool {
    let mut report = Report::new();
    check::run(&mut report);
    report.close()
}

/// `cargo xtask test`: everything, each suite also when an earlier one failed.
pub(crate) fn test(plan: &Plan) -> Result<bool> {
    let lacking = prerequisites::provide(&plan.needs(), plan.consent)?;
    if lacking.contains(&&prerequisites::C_TOOLCHAIN) {
        anyhow::bail!("nothing can be built without a C toolchain");
    }
    let mut report = Report::new();
    check::run(&mut report);
    let postgres = Postgres::for_run(plan, &lacking, &mut report);
    let built = report.suite("build", build);
    report.suite("unit and integration tests", || run_tests(Part::Crates, &postgres));
    report.suite("examples in the documentation", || {
        let arguments = ["test", "--quiet", "--workspace", "--doc"];
        Ok(Outcome::counted(process::run(&mut process::cargo(&arguments))?))
    });
    if built {
        report.suite("journeys through the program", || run_tests(Part::Program, &postgres));
        if let Some(need) = lacking.iter().find(|need| clients::NEEDS.contains(need)) {
            without_clients(&mut report, &format!("{} was not found", need.what));
        } else {
            report.suite(PYTHON, clients::python);
            report.suite(NODE, clients::node);
        }
        packaged(plan, &lacking, &mut report);
        browser_journeys(plan, &lacking, &mut report);
    } else {
        report.could_not_run("journeys through the program", "it did not build");
        without_clients(&mut report, "the program did not build");
        report.could_not_run("journeys in a browser", "the program did not build");
    }
    Ok(report.close())
}

fn packaged(plan: &Plan, lacking: &[&'static Need], report: &mut Report) {
    if plan.leaves_out(Without::Package) {
        Report::left_out("the Debian package", "--without package");
    } else {
        dist::try_program(lacking, report);
    }
}

fn without_clients(report: &mut Report, why: &str) {
    report.could_not_run(PYTHON, why);
    report.could_not_run(NODE, why);
}

/// `cargo xtask e2e`.
pub(crate) fn e2e(consent: Consent, args: &browser::Args) -> Result<bool> {
    let lacking = prerequisites::provide(browser::NEEDS, consent)?;
    let mut report = Report::new();
    if let Some(need) = lacking.first() {
        report.could_not_run("journeys in a browser", &format!("{} was not found", need.what));
    } else if report.suite("build", build) {
        report.suite("journeys in a browser", || browser::run(args));
    }
    Ok(report.close())
}

fn browser_journeys(plan: &Plan, lacking: &[&'static Need], report: &mut Report) {
    let suite = "journeys in a browser";
    if plan.leaves_out(Without::Browser) {
        Report::left_out(suite, "--without browser");
    } else if let Some(need) = lacking.iter().find(|need| browser::NEEDS.contains(need)) {
        report.could_not_run(suite, &format!("{} was not found", need.what));
    } else {
        report.suite(suite, || browser::run(&browser::Args::default()));
    }
}

/// Builds everything at once. What is built depends on which packages are asked for together (their features are
/// joined), so that asking for one after the other would build the same libraries several times.
fn build() -> Result<Outcome> {
    let arguments = ["build", "--quiet", "--workspace", "--all-targets"];
    Ok(Outcome::one(process::run(&mut process::cargo(&arguments))?))
}

/// The server the store's stories run against besides SQLite.
enum Postgres {
    /// Named by whoever started us.
    Given,
    /// Ours, for the length of the run.
    Started(postgres::Server),
    /// Absent; the tests are told not to ask for it.
    Without,
}

impl Postgres {
    fn for_run(plan: &Plan, lacking: &[&'static Need], report: &mut Report) -> Self {
        let suite = "store stories on PostgreSQL";
        if plan.leaves_out(Without::Postgres) {
            Report::left_out(suite, "--without postgres");
            return Self::Without;
        }
        if environment::variable("EROOM_TEST_POSTGRES").is_some() {
            return Self::Given;
        }
        if lacking.contains(&&prerequisites::POSTGRES) {
            report.could_not_run(suite, "PostgreSQL was not found");
            return Self::Without;
        }
        match postgres::Server::start() {
            Ok(server) => Self::Started(server),
            Err(error) => {
                report.could_not_run(suite, "PostgreSQL did not start");
                say(&format!("{error:#}"));
                Self::Without
            }
        }
    }
}

/// Which tests.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Those of the crates.
    Crates,
    /// Those that start the program.
    Program,
}

/// Runs a part of the tests: by nextest where it is installed, else by `cargo test`.
fn run_tests(part: Part, postgres: &Postgres) -> Result<Outcome> {
    let nextest = process::answer("cargo-nextest", &["--version"]).is_some();
    let mut command = if nextest {
        let config = environment::root().join("xtask/nextest.toml");
        let mut command = process::cargo(&["nextest", "run", "--no-fail-fast", "--no-tests", "pass", "--status-level"]);
        let wanted = if part == Part::Program { "package(e2e)" } else { "not package(e2e)" };
        command.args(["fail", "--cargo-quiet", "--workspace", "--filterset", wanted, "--config-file"]).arg(config);
        command
    } else {
        let mut command = process::cargo(&["test", "--quiet", "--no-fail-fast", "--lib", "--bins", "--tests"]);
        match part {
            Part::Crates => command.args(["--workspace", "--exclude", "e2e"]),
            Part::Program => command.args(["--package", "e2e"]),
        };
        command
    };
    command.env("EROOM_TEST_BINARY", environment::program());
    match postgres {
        Postgres::Given => {}
        Postgres::Started(server) => {
            command.env("EROOM_TEST_POSTGRES", server.url());
        }
        Postgres::Without => {
            command.env("EROOM_TEST_WITHOUT", "postgres").env_remove("EROOM_TEST_POSTGRES");
        }
    }
    Ok(Outcome::counted(process::run(&mut command)?))
}
