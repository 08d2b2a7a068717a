//! Stories of the members' pages and the JSON API, over HTTP, with a real database and the sandbox for Zoom.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a story that cannot go on says where")]

mod alternative_hosts;
mod api;
mod calls;
mod console;
mod doctor;
mod house;
mod nobodys;
mod oembed;
mod pages;
mod people;
mod setup;
