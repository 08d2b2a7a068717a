//! The account, its owner, and its sub-accounts.

mod owner;
mod sub_accounts;

use super::Behaviour;

/// What the sandbox does with accounts.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("accounts", sub_accounts::list),
    ("accountCreate", sub_accounts::create),
    ("GetSubAccountDetails", sub_accounts::get),
    ("DisassociateASubAccount", sub_accounts::disassociate),
    ("UpdateOptions", sub_accounts::options),
    ("UpdateTheAccountOwner", owner::answer),
];
