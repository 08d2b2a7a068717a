//! The page of the reference that says how true the sandbox is to Zoom.

use std::{env, fs, path::Path};

/// With `EROOM_BLESS` set it writes the page: the quickest way after a change of behaviours.
#[test]
fn the_fidelity_page_is_what_the_program_prints() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/fidelity.md");
    let printed = zoom_sandbox::fidelity_markdown();
    if env::var_os("EROOM_BLESS").is_some() {
        fs::write(&page, &printed).unwrap();
    }
    assert!(
        fs::read_to_string(page).unwrap() == printed,
        "run: cargo run -- sandbox operations --markdown > docs/reference/fidelity.md"
    );
}
