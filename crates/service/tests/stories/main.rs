//! Stories of the use cases, on both engines, over the sandbox by real HTTP, with the time steered and every job done
//! twice.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a story that cannot go on must say so"
)]

mod accounts;
mod alternative_hosts;
mod connections;
mod console;
mod doctor;
mod door;
mod faults;
mod house;
mod keeping;
mod kept_rooms;
mod mistakes;
mod once;
mod outbox;
mod outbox_waits;
mod outbox_whose;
mod quota;
mod readiness;
mod rights;
mod roles;
mod second_look;
mod setup;
mod signing_in;
mod trials;
mod two_zooms;
mod verify;
mod webhooks;
