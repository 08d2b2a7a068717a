//! The users of the account.

mod create;
mod get;
mod list;
mod user;
mod zak;

pub use create::{CreatedUser, NewUser, SignUp};
pub use get::GetUser;
pub use list::{ListUsers, UserStatus};
pub use user::{User, UserKind};
pub use zak::{GetZak, Zak};

use crate::{Call, ZoomClient};

pub(crate) const CALLS: &[&Call] = &[&list::CALL, &get::CALL, &create::CALL, &zak::CALL, &zak::MINE];

/// Asks about users; from [`ZoomClient::users`].
#[derive(Clone, Debug)]
pub struct Users(pub(crate) ZoomClient);
