//! The page of the reference that says how true the sandbox is to Zoom.

#[test]
fn the_fidelity_page_is_what_the_program_prints() {
    let page = include_str!("../../../../docs/reference/fidelity.md");
    assert!(
        page == zoom_sandbox::fidelity_markdown(),
        "run: cargo run -- sandbox operations --markdown > docs/reference/fidelity.md"
    );
}
