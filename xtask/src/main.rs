//! Chores of the repository: check, test, bless, e2e, bench, size, ci.
fn main() {}
