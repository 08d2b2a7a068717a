//! `GET` and `PATCH /accounts/{accountId}/lock_settings`: what users of the account cannot change.

use serde_json::Value;

use super::{super::Ask, account::paid, document, told};
use crate::{
    answer::{Answer, Refusal},
    settings::{canonical, initial, leaves},
    world::keep_setting,
};

pub(in crate::rest) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let account = paid(ask)?;
    Ok(document::answer(ask, |one| {
        let kept = account.locks.get(&canonical(&one.path)).cloned();
        Some(kept.unwrap_or_else(|| initial(one.field)))
    }))
}

pub(in crate::rest) fn update(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    paid(ask)?;
    ask.change(|change| {
        let mut differences = Vec::new();
        if let Some(account) = change.state.account_mut(&ask.account_id) {
            for (path, new) in leaves(&ask.body) {
                let free = if new.is_boolean() { Value::Bool(false) } else { Value::from("") };
                let old = account.locks.get(&canonical(&path)).unwrap_or(&free).clone();
                if old != new {
                    keep_setting(&mut account.locks, &path, new.clone(), &free);
                    differences.push(told::Difference { path, old, new });
                }
            }
        }
        told::tell(change, ask, "account.lock_settings_updated", &ask.account_id, &differences);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
