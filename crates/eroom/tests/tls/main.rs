//! HTTPS by the program itself, with a certificate from files that change, or from an authority.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests")]

mod acme;
mod address;
mod files;
mod pebble;
mod visit;
