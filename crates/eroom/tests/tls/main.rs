//! HTTPS by the program itself, with a certificate from files that change.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

mod files;
mod visit;
