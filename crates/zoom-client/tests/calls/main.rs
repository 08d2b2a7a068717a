//! Every call of the client, sent to the sandbox over HTTP, with what came of it read back.
//!
//! A story names the operations it sends; `walk` holds that together they are all of [`zoom_client::calls`].

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests stop the test")]
#![expect(clippy::duplicate_mod, reason = "what the examples share is part of each of them")]

mod account;
mod afterwards;
mod calls;
mod examples;
mod receiver;
mod registrants;
mod shapes;
mod subscriptions;
mod users;
mod walk;
mod world;
mod zoom_events;
