//! Rooms as members keep them.

mod cover;
mod create;
mod decide;
mod delete;
mod edit;
mod image;
mod kept;
mod list;
mod once;
mod start;
mod views;

pub use kept::Adoption;
pub(crate) use list::name_of;
pub use once::{Once, OnceKey};
pub use views::{Decision, Listing, RoomFilter, RoomView, Start, When, Work};
