//! Visitors: the site, its rooms, the door and what opens it. Nothing here but the redeeming of a host's grant calls
//! Zoom.

pub(crate) mod cards;
pub(crate) mod door;
mod pages;
pub(crate) mod redeem;
mod site;
pub(crate) mod told;
mod views;

pub use views::{Cover, EntryRequest, Grant, JoinPacket, NoBrowserJoin, RoomCard, RoomPage, Site};
