//! The users of the account.

mod assistants;
mod create;
mod delete;
mod features;
mod get;
mod list;
mod overview;
mod settings;
mod status;
mod update;
mod user;
mod zak;

pub use assistants::Assistant;
pub use create::{CreatedUser, NewUser, SignUp};
pub use delete::DeleteUser;
pub use features::{FeatureChange, FeatureFailure, FeatureOutcome, FeatureUser};
pub use get::GetUser;
pub use list::{ListUsers, UserStatus};
pub use overview::{SummaryTemplate, UserSummary};
pub use settings::{GetUserSettings, SetUserSettings};
pub use status::{StatusAction, StatusChange};
pub use update::UserChange;
pub use user::{User, UserKind};
pub use zak::{GetZak, Zak};

use crate::{Call, ZoomClient};

pub(crate) const CALLS: &[&Call] = &[
    &list::CALL,
    &get::CALL,
    &create::CALL,
    &update::CALL,
    &update::EMAIL,
    &delete::CALL,
    &status::CALL,
    &settings::READ,
    &settings::WRITE,
    &assistants::LIST,
    &assistants::ADD,
    &assistants::REMOVE,
    &assistants::REMOVE_ALL,
    &assistants::SCHEDULERS,
    &assistants::LEAVE,
    &assistants::LEAVE_ALL,
    &overview::EMAIL,
    &overview::VANITY,
    &overview::SUMMARY,
    &overview::PERMISSIONS,
    &overview::TEMPLATES,
    &features::CALL,
    &zak::CALL,
    &zak::MINE,
];

/// Asks about users; from [`ZoomClient::users`].
#[derive(Clone, Debug)]
pub struct Users(pub(crate) ZoomClient);
