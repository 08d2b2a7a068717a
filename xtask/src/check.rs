//! The suites that need nothing but a Rust toolchain.

use anyhow::Result;

use crate::{
    arrows, house, process,
    report::{Outcome, Report},
};

/// Runs them all, the quick ones first.
pub(crate) fn run(report: &mut Report) {
    report.suite("formatting", || one(&["fmt", "--all", "--check", "--", "-l"]));
    report.suite("arrows between crates", arrows::check);
    report.suite("house rules", house::check);
    report.suite("lints", || {
        one(&["clippy", "--quiet", "--workspace", "--all-targets", "--keep-going", "--", "-D", "warnings"])
    });
    if process::answer("cargo-deny", &["--version"]).is_some() {
        report.suite("licences, bans and sources", || one(&["deny", "check", "bans", "licenses", "sources"]));
    } else {
        Report::left_out("licences, bans and sources", "cargo-deny is not installed");
    }
}

fn one(arguments: &[&str]) -> Result<Outcome> {
    Ok(Outcome::one(process::run(&mut process::cargo(arguments))?))
}
