//! The eRoom binary: command line, configuration, wiring.
fn main() {}
