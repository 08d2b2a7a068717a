//! Running other programs: what they said, how they ended.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};

use crate::environment;

/// How a program ended and what it printed (standard output, then standard error).
pub(crate) struct Finished {
    pub ok: bool,
    pub output: String,
}

/// Runs a program to its end without a terminal.
pub(crate) fn run(command: &mut Command) -> Result<Finished> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("could not run {name}"))?;
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    Ok(Finished { ok: output.status.success(), output: text })
}

/// The first line a program prints when asked, `None` when it is not there or fails.
pub(crate) fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    if !output.status.success() {
        return None;
    }
    String::from_utf8_lossy(&output.stdout).lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned)
}

/// The cargo that runs us, at the root of the repository, without colours.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let program = environment::variable("CARGO").unwrap_or_else(|| "cargo".to_owned());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(environment::root()).env("CARGO_TERM_COLOR", "never");
    // These describe xtask's own package to it; a child that inherits them would rebuild what reads them.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        command.env_remove(name);
    }
    command
}
