//! Sub-accounts, and who owns an account.

use clock::Timestamp;
use reqwest::Method;
use secrecy::SecretString;
use serde::Serialize;

use super::{AccountId, Accounts};
use crate::{Call, Error, ask::Ask};

pub(super) static OWNER: Call = Call::new("UpdateTheAccountOwner", Method::PUT, "/accounts/{accountId}/owner");
pub(super) static LIST: Call = Call::new("accounts", Method::GET, "/accounts");
pub(super) static CREATE: Call = Call::new("accountCreate", Method::POST, "/accounts");
pub(super) static GET: Call = Call::new("GetSubAccountDetails", Method::GET, "/accounts/{accountId}");
pub(super) static OPTIONS: Call = Call::new("UpdateOptions", Method::PATCH, "/accounts/{accountId}/options");
pub(super) static DELETE: Call = Call::new("DisassociateASubAccount", Method::DELETE, "/accounts/{accountId}");

settings! {
    /// How a sub-account is tied to the primary one.
    AccountOptions {
        /// Who pays: `master` or `sub`.
        pay_mode: String,
        /// It uses the primary account's meeting connectors.
        share_mc: bool,
        /// It uses the primary account's room connectors.
        share_rc: bool,
    }
}
members!(AccountOptions);

body! {
    /// A sub-account to be made; the address, names and password are its owner's.
    NewSubAccount(
        email: String,
        first_name: String,
        last_name: String,
        #[serde(serialize_with = "crate::secret::write_one")] password: SecretString
    ) {
        /// Its name.
        account_name: String,
        /// How it is tied to the primary one.
        options: AccountOptions,
    }
}

answer! {
    /// A sub-account that was made.
    CreatedSubAccount {
        /// Its id.
        id: String,
        /// The id of its owner.
        owner_id: String,
        /// The address of its owner.
        owner_email: String,
        /// When it was made.
        created_at: Option<Timestamp>,
    }
}

answer! {
    /// A sub-account in a list.
    ListedAccount {
        /// Its id.
        id: String,
        /// Its name.
        account_name: String,
        /// The address of its owner.
        owner_email: String,
        /// Its plan.
        account_type: String,
        /// How many seats it has.
        seats: u32,
        /// When it was made.
        created_at: Option<Timestamp>,
    }
}

answer! {
    /// A sub-account.
    SubAccount {
        /// Its id.
        id: String,
        /// The id of its owner.
        owner_id: String,
        /// The address of its owner.
        owner_email: String,
        /// How it is tied to the primary one.
        options: Option<AccountOptions>,
        /// When it was made.
        created_at: Option<Timestamp>,
    }
}

#[derive(Serialize)]
struct Owner<'a> {
    email: &'a str,
}

impl Accounts {
    /// Hands an account to one of its admins. Scope `account:update:owner`; heavy.
    pub async fn set_owner(&self, account: &AccountId, email: &str) -> Result<(), Error> {
        Ask::new(&self.0, &OWNER, &[account]).body(&Owner { email }).done().await
    }

    /// Every sub-account, over all pages. Scope `account:read:list_sub_accounts`; medium.
    pub fn list(&self) -> ListSubAccounts {
        ListSubAccounts(Ask::new(&self.0, &LIST, &[]))
    }

    /// Makes a sub-account. Never sent twice. Scope `account:write:sub_account`; light.
    pub async fn create(&self, new: &NewSubAccount) -> Result<CreatedSubAccount, Error> {
        Ask::new(&self.0, &CREATE, &[]).body(new).read().await
    }

    /// A sub-account. Scope `account:read:sub_account`; light.
    pub async fn get(&self, account: &AccountId) -> Result<SubAccount, Error> {
        Ask::new(&self.0, &GET, &[account]).read().await
    }

    /// Changes how a sub-account is tied to the primary one. Scope `account:update:options`; light.
    pub async fn set_options(&self, account: &AccountId, options: &AccountOptions) -> Result<(), Error> {
        Ask::new(&self.0, &OPTIONS, &[account]).body(options).done().await
    }

    /// Lets a sub-account go; it lives on by itself. One that pays for itself stays. Scope
    /// `account:delete:sub_account`; light.
    pub async fn disassociate(&self, account: &AccountId) -> Result<(), Error> {
        Ask::new(&self.0, &DELETE, &[account]).done().await
    }
}

list! {
    /// A list of sub-accounts; await it for all of them.
    ListSubAccounts of ListedAccount, "accounts" {
        /// Only that whose owner has this address.
        owner: String = "email",
    }
}
