//! `GET /accounts/{accountId}/managed_domains`.

use serde_json::json;

use super::{
    super::{Ask, words::refused},
    account::paid,
};
use crate::answer::{Answer, Refusal};

/// The domain of the owner's e-mail address is the account's.
pub(in crate::rest) fn managed(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    paid(ask)?;
    let owner = ask.app.world.read(|state| state.owner(&ask.account_id).map(|owner| owner.email.clone()));
    let owner = owner.ok_or_else(|| refused(ask, "Account does not exist", &ask.account_id))?;
    let domain = owner.rsplit('@').next().unwrap_or_default();
    let body = json!({ "domains": [{ "domain": domain, "status": "verified" }], "total_records": 1 });
    Ok(Answer::json(ask.operation.success, body))
}
