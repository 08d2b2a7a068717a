//! `GET` and `PATCH /accounts/{accountId}/settings`.

use serde_json::Value;
use zoom_spec::code::ACCOUNT_NOT_FOUND;

use super::{
    super::{Ask, words::refused},
    document, scheduled, told, wish,
};
use crate::{
    answer::{Answer, Refusal},
    settings::default,
    world::{Account, Licence, Plan, keep_setting},
};

pub(in crate::rest) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let account = paid(ask)?;
    Ok(document::answer(ask, |one| Some(holds(&account, &one.path))))
}

/// What an account's document says of a setting.
fn holds(account: &Account, path: &str) -> Value {
    match path {
        "feature.meeting_capacity" => account.plan.meeting_capacity(Licence::Licensed).into(),
        _ => document::derived(path, |path| account.setting(path)).unwrap_or_else(|| account.setting(path)),
    }
}

/// The account of the path, if it pays: others have no settings to be read or set by the API.
pub(super) fn paid(ask: &Ask<'_>) -> Result<Account, Refusal> {
    let account = ask.app.world.read(|state| state.account(&ask.account_id).cloned());
    let account = account.ok_or_else(|| Refusal::about(&ACCOUNT_NOT_FOUND, &ask.account_id))?;
    if account.plan == Plan::Free {
        return Err(refused(ask, "Only available for", &account.id));
    }
    Ok(account)
}

pub(in crate::rest) fn update(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    paid(ask)?;
    ask.change(|change| {
        let before = change.state.account(&ask.account_id).cloned();
        let before = before.ok_or_else(|| Refusal::about(&ACCOUNT_NOT_FOUND, &ask.account_id))?;
        let wishes = wish::read(ask, &change.state, |path| before.setting(path))?;
        let mut differences = Vec::new();
        if let Some(account) = change.state.account_mut(&ask.account_id) {
            for one in wishes {
                let old = account.setting(&one.path);
                if old != one.value {
                    let otherwise = default(&one.path).unwrap_or(&Value::Null);
                    keep_setting(&mut account.settings, &one.path, one.value.clone(), otherwise);
                    differences.push(told::Difference { path: one.path, old, new: one.value });
                }
            }
        }
        scheduled::secure(change, &differences, |host| host.account_id == ask.account_id);
        told::tell(change, ask, "account.settings_updated", &ask.account_id, &differences);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
