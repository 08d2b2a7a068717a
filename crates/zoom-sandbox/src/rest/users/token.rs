//! `GET /users/{userId}/token`: a ZAK for any user of the account.

use jiff::SignedDuration;
use serde_json::json;

use super::super::Ask;
use crate::{
    answer::{Answer, Refusal},
    world::zak_life,
};

/// The longest life somebody may ask for: a year.
const LONGEST: i64 = 365 * 24 * 3600;

pub(in crate::rest) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let person = ask.user()?;
    match ask.query("type") {
        Some("zak") => {}
        Some("onbehalf") => {
            let message = "The sandbox has no on-behalf-of tokens yet; ask for type=zak.";
            return Err(Refusal::new(501, 501, message));
        }
        _ => return Err(Refusal::new(400, 300, "Token is no longer supported. Please use ZAK token instead.")),
    }
    let life = match ask.query("ttl").and_then(|text| text.parse::<i64>().ok()) {
        Some(ttl) if (0..=LONGEST).contains(&ttl) => SignedDuration::from_secs(ttl),
        Some(_) => return Err(Refusal::field("ttl")),
        None => zak_life(&person),
    };
    let zak = ask.app.world.read(|state| state.zak(&ask.app.noise, &person.id, ask.now, life));
    Ok(Answer::json(ask.operation.success, json!({ "token": zak })))
}
