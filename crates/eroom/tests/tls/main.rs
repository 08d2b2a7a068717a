//! HTTPS by the program itself, with a certificate from files that change.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod files;
mod visit;
