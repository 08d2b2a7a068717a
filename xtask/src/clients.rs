//! Other people's Zoom clients against the sandbox: a reading of Zoom that is not ours.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, ensure};

use crate::{
    environment, npm,
    prerequisites::{self, Need},
    process,
    report::Outcome,
};

/// What the suite needs.
pub(crate) const NEEDS: &[&Need] = &[&prerequisites::PYTHON, &prerequisites::NODE];

/// Clients for Python, in an environment of their own.
pub(crate) fn python() -> Result<Outcome> {
    let folder = environment::clients();
    // A recipe for Node is among the stories.
    npm::install(&folder)?;
    let python = environment_of_its_own(&folder)?;
    let mut tests = Command::new(python);
    tests.args(["-m", "unittest", "discover", "--start-directory"]).arg(&folder).args(["--pattern", "*_story.py"]);
    tests.env("EROOM_TEST_BINARY", environment::program()).env("PYTHONDONTWRITEBYTECODE", "1");
    Ok(Outcome::counted(process::run(&mut tests)?))
}

/// Zoom's client for Node.
pub(crate) fn node() -> Result<Outcome> {
    let folder = environment::clients();
    npm::install(&folder)?;
    let mut story = Command::new("node");
    story.arg("rivet.js").current_dir(&folder).env("EROOM_TEST_BINARY", environment::program());
    Ok(Outcome::counted(process::run(&mut story)?))
}

/// A virtual environment under the target folder, made again when the requirements change.
pub(crate) fn environment_of_its_own(folder: &Path) -> Result<PathBuf> {
    let home = environment::target().join("clients-venv");
    let python = home.join("bin/python");
    let requirements = folder.join("requirements.txt");
    let wanted = std::fs::read_to_string(&requirements)?;
    let stamp = home.join("eroom-requirements");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) && python.is_file() {
        return Ok(python);
    }
    let made = process::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home))?;
    ensure!(made.ok, "python3 -m venv failed:\n{}", made.output);
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(&requirements);
    let installed = process::run(&mut pip)?;
    ensure!(installed.ok, "pip could not install the clients:\n{}", installed.output);
    std::fs::write(stamp, wanted)?;
    Ok(python)
}
