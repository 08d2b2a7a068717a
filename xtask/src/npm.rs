//! What npm brings, as a lock file says it.

use std::{path::Path, process::Command};

use anyhow::{Context as _, Result, ensure};

use crate::process;

/// `npm ci` in a folder, unless what is installed there is what its lock file says. No package runs a script of its own.
pub(crate) fn install(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let lock = std::fs::read_to_string(&lock).with_context(|| lock.display().to_string())?;
    let stamp = folder.join("node_modules/.eroom-lock");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let installed = process::run(Command::new("npm").args(["ci", "--ignore-scripts"]).current_dir(folder))?;
    ensure!(installed.ok, "npm ci in {} failed:\n{}", folder.display(), installed.output);
    std::fs::write(stamp, lock)?;
    Ok(())
}
