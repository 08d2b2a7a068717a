//! What is given away: the stripped program and a Debian package of it, made with `dpkg-deb` from a folder.

mod install;
mod package;
mod proxy;
mod story;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::{
    environment,
    prerequisites::{self, Consent, Need},
    process,
    report::{Outcome, Report, say},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Try the package too: unpacked into a folder, its unit looked at; installed by dpkg in a copy of this machine, where
    /// that can be made; and served behind nginx with the guide's recipe.
    #[arg(long)]
    test: bool,
    /// Pack this program instead of building one with the profile `dist`.
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
}

/// Builds, packs and, where asked for, tries the package.
pub(crate) fn run(consent: Consent, args: &Args) -> Result<bool> {
    let wanted: Vec<&Need> = if args.test { prerequisites::FOR_DIST_TEST.to_vec() } else { vec![&prerequisites::DPKG] };
    let lacking = prerequisites::provide(&wanted, consent)?;
    ensure!(!lacking.contains(&&prerequisites::DPKG), "without dpkg-deb there is no package to make");
    let binary = match &args.binary {
        Some(binary) => binary.clone(),
        None => built()?,
    };
    let package = package::make(&binary, &environment::target().join("dist"))?;
    say(&format!("program   {:>8} KiB  {}", kib(&binary)?, binary.display()));
    say(&format!("package   {:>8} KiB  {}", kib(&package)?, package.display()));
    if !args.test {
        return Ok(true);
    }
    let mut report = Report::new();
    try_package(&package, &lacking, &mut report)?;
    Ok(report.close())
}

/// The same with the program as the tests have it, as a part of all tests: only the build is another one.
pub(crate) fn try_program(lacking: &[&'static Need], report: &mut Report) {
    if lacking.contains(&&prerequisites::DPKG) {
        report.could_not_run(PACKAGE, "dpkg-deb was not found");
        return;
    }
    // Not where a package is that is given away.
    let made = package::make(&environment::program(), &environment::target().join("package-story"));
    if let Err(error) = made.and_then(|package| try_package(&package, lacking, report)) {
        report.suite(PACKAGE, || Err(error));
    }
}

const PACKAGE: &str = "the Debian package";
const INSTALL: &str = "installed, served, replaced, purged";
const PROXY: &str = "served behind nginx, as the guide says";

fn try_package(package: &Path, lacking: &[&'static Need], report: &mut Report) -> Result<()> {
    let root = story::Root::unpack(package)?;
    report.suite(PACKAGE, || Ok(Outcome::of_faults(&story::contents(package, &root)?)));
    if environment::in_path("systemd-analyze").is_some() {
        report.suite("its unit", || Ok(Outcome::of_faults(&story::unit(&root)?)));
    } else {
        Report::left_out("its unit", "systemd-analyze is not on this machine");
    }
    match install::impossible() {
        Some(why) => Report::left_out(INSTALL, why),
        None => {
            report.suite(INSTALL, || Ok(Outcome::of_faults(&install::story(package)?)));
        }
    }
    match lacking.iter().find(|need| prerequisites::FOR_DIST_TEST.contains(need)) {
        Some(need) => report.could_not_run(PROXY, &format!("{} was not found", need.what)),
        None => {
            report.suite(PROXY, || Ok(Outcome::of_faults(&proxy::story(&root)?)));
        }
    }
    Ok(())
}

fn built() -> Result<PathBuf> {
    let build = process::run(&mut process::cargo(&["build", "--quiet", "--profile", "dist", "--package", "eroom"]))?;
    ensure!(build.ok, "the build failed:\n{}", build.output);
    Ok(environment::target().join("dist/eroom"))
}

fn kib(path: &PathBuf) -> Result<u64> {
    Ok(std::fs::metadata(path).with_context(|| path.display().to_string())?.len() / 1024)
}
