//! The one place of xtask that reads the environment, and where the repository's folders are.

use std::path::{Path, PathBuf};

/// A variable that is set and not empty.
#[expect(clippy::disallowed_methods, reason = "xtask has no configuration: this is where it reads the environment")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Continuous integration says so by `CI=true`.
pub(crate) fn is_ci() -> bool {
    variable("CI").is_some_and(|value| value == "true" || value == "1")
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    variable("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The program as the dev profile builds it.
pub(crate) fn program() -> PathBuf {
    target().join("debug/eroom")
}

/// Where the stories of other people's clients and the lists of what they need are.
pub(crate) fn clients() -> PathBuf {
    root().join("e2e/clients")
}

/// A program of this name in `PATH`.
pub(crate) fn in_path(program: &str) -> Option<PathBuf> {
    let path = variable("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}
