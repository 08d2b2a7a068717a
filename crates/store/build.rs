//! Has cargo build again when a migration is added: the folders are embedded by a macro.
fn main() {
    let mut out = std::io::stdout();
    let told = std::io::Write::write_all(&mut out, b"cargo::rerun-if-changed=migrations\n");
    assert!(told.is_ok(), "cargo does not listen");
}
