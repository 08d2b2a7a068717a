//! The package installed for real by `dpkg`, served from, installed over itself and purged, in a copy of this machine that
//! forgets everything.

use std::{fs, path::Path, process::Command};

use anyhow::{Context as _, Result};

use crate::{environment, process};

/// What is done in the copy, step by step.
const SCRIPT: &str = include_str!("install.sh");

/// Why it cannot be tried here, where it cannot: the copy is an overlay over the root, which only root may mount.
pub(super) fn impossible() -> Option<&'static str> {
    let root = process::answer("id", &["-u"]).is_some_and(|id| id == "0");
    let tools = ["unshare", "setpriv", "systemctl", "bash"].iter().all(|tool| environment::in_path(tool).is_some());
    match (root, tools) {
        (false, _) => Some("only root can mount a copy of this machine"),
        (_, false) => Some("unshare, setpriv, systemctl or bash is not on this machine"),
        (true, true) => None,
    }
}

/// What went wrong.
pub(super) fn story(package: &Path) -> Result<Vec<String>> {
    let folder = std::env::temp_dir().join(format!("eroom-install-{}", std::process::id()));
    fs::create_dir(&folder).with_context(|| format!("could not make {}", folder.display()))?;
    let mut command = Command::new("unshare");
    command.args(["--mount", "--propagation", "private", "--", "bash", "-c", SCRIPT, "install.sh"]);
    let ran = process::run(command.arg(package).arg(&folder));
    drop(fs::remove_dir_all(&folder));
    let ran = ran?;
    let good = ran.ok && ran.output.lines().any(|line| line == "done");
    Ok(if good { Vec::new() } else { vec![ran.output] })
}
