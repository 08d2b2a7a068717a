//! The account itself, its settings, and its sub-accounts.

mod domains;
mod registration;
mod settings;
mod sub_accounts;

pub use domains::ManagedDomain;
pub use registration::{RegistrationOptions, RegistrationSettings};
pub use settings::{GetAccountSettings, GetLockSettings, SetAccountSettings, SetLockSettings};
pub use sub_accounts::{AccountOptions, CreatedSubAccount, ListSubAccounts, ListedAccount, NewSubAccount, SubAccount};

use crate::{Call, ZoomClient, ask::Param, ids};

pub(crate) const CALLS: &[&Call] = &[
    &settings::READ,
    &settings::WRITE,
    &settings::LOCKS,
    &settings::LOCK,
    &domains::CALL,
    &registration::READ,
    &registration::WRITE,
    &sub_accounts::OWNER,
    &sub_accounts::LIST,
    &sub_accounts::CREATE,
    &sub_accounts::GET,
    &sub_accounts::OPTIONS,
    &sub_accounts::DELETE,
];

/// Asks about accounts; from [`ZoomClient::accounts`]. Calls about sub-accounts are for primary accounts
/// ([`Error::Forbidden`](crate::Error::Forbidden) or [`Error::NotFound`](crate::Error::NotFound) otherwise).
#[derive(Clone, Debug)]
pub struct Accounts(pub(crate) ZoomClient);

/// The account of the token, or a sub-account by id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AccountId {
    /// The token's own.
    Own,
    /// A sub-account.
    Sub(String),
}

impl From<&str> for AccountId {
    fn from(id: &str) -> Self {
        Self::Sub(id.to_owned())
    }
}

impl Param for AccountId {
    fn text(&self) -> String {
        match self {
            Self::Own => "me".to_owned(),
            Self::Sub(id) => id.clone(),
        }
    }

    fn segment(&self) -> String {
        ids::segment(&self.text())
    }
}
