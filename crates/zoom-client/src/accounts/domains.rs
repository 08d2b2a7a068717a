//! The domains an account manages.

use reqwest::Method;

use super::{AccountId, Accounts};
use crate::{Call, Error, ask::Ask};

pub(super) static CALL: Call = Call::new("accountManagedDomain", Method::GET, "/accounts/{accountId}/managed_domains");

answer! {
    /// A domain whose addresses belong to the account.
    ManagedDomain {
        /// The domain.
        domain: String,
        /// Whether it is proven.
        status: String,
    }
}

impl Accounts {
    /// The domains an account manages. Scope `account:read:managed_domains`; light.
    pub async fn managed_domains(&self, account: &AccountId) -> Result<Vec<ManagedDomain>, Error> {
        self.0.whole(Ask::new(&self.0, &CALL, &[account]), "domains").await
    }
}
