//! Where the built program is; it is built first when nobody says where.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

/// The `eroom` binary: the one named by `EROOM_TEST_BINARY`, else the dev profile's, built now so that it is current.
///
/// # Panics
/// When it does not build: nothing can be tested then.
#[expect(clippy::disallowed_methods, reason = "a test harness is configured by the environment")]
pub fn eroom() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        if let Ok(path) = std::env::var("EROOM_TEST_BINARY") {
            return PathBuf::from(path);
        }
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--package", "eroom"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status();
        let well = built.is_ok_and(|status| status.success());
        assert!(well, "eroom does not build; see `cargo build --package eroom`");
        // A test runs from <target>/<profile>/deps.
        let test = std::env::current_exe().unwrap_or_default();
        let profile = test.ancestors().find(|folder| folder.ends_with("deps")).and_then(Path::parent);
        profile.map_or_else(|| PathBuf::from("target/debug/eroom"), |folder| folder.join("eroom"))
    })
}
