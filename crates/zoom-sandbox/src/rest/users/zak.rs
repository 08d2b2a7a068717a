//! `GET /users/me/zak`: the ZAK of the app's maker, which ends five minutes after it was handed out.

use jiff::SignedDuration;
use serde_json::json;

use super::super::Ask;
use crate::answer::Answer;

/// Zoom: "ZAKs obtained with this endpoint expire five minutes after receipt."
const LIFE: SignedDuration = SignedDuration::from_mins(5);

pub(in crate::rest) fn answer(ask: &Ask<'_>) -> Answer {
    let entropy = &ask.app.noise;
    let zak = ask.app.world.read(|state| state.zak(entropy, &ask.caller.me.id, ask.now, LIFE));
    Answer::json(ask.operation.success, json!({ "token": zak }))
}
