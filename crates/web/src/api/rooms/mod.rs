//! Rooms for programs: list, make, read, change, delete. One file for each.

pub(crate) mod change;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod list;
pub(crate) mod read;
pub(crate) mod wire;

use model::RoomId;
use service::Error;

use super::refusal::Refusal;

/// The id in an address.
pub(super) fn room_id(text: &str) -> Result<RoomId, Refusal> {
    text.parse().map_err(|_| Error::NotFound.into())
}
