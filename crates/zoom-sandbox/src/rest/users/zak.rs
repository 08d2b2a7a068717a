//! `GET /users/me/zak`: the owner's own ZAK, which ends five minutes after it was handed out.

use jiff::SignedDuration;
use serde_json::json;

use super::super::Ask;
use crate::answer::{Answer, Refusal};

/// Zoom: "ZAKs obtained with this endpoint expire five minutes after receipt."
const LIFE: SignedDuration = SignedDuration::from_mins(5);

pub(in crate::rest) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let entropy = ask.app.entropy.as_ref();
    let zak = ask.app.world.read(|state| state.owner().map(|owner| state.zak(entropy, &owner.id, ask.now, LIFE)));
    match zak {
        Some(zak) => Ok(Answer::json(ask.operation.success, json!({ "token": zak }))),
        None => Err(Refusal::new(400, 1001, "User not exist.")),
    }
}
