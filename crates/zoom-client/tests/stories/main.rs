//! Stories of the client: against the sandbox, against exchanges typed by hand, and against answers nobody expects.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests stop the test")]

mod golden;
mod odd;
mod pacing;
mod raw;
mod sandbox;
mod signature;
mod table;
mod tokens;
mod webhooks;
mod wire;
mod world;
