//! `GET /meetings/{meetingId}/recordings`.

use clock::Timestamp;
use jiff::SignedDuration;

use super::{
    super::Ask,
    find::{find, permitted},
};
use crate::{
    answer::{Answer, Refusal},
    wire::{self, put},
    world::download_token,
};

/// How long a download token lives where the query does not say, in seconds.
const TOKEN_LIFE: i64 = 24 * 3600;

/// What only accounts with machines of their own have.
const ELSEWHERE: [&str; 6] =
    ["service_name", "rc_zone", "instance_id", "zone_instance_id", "rc_meeting_zone_name", "external_storage_addr"];

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let recording = find(ask, |one| one.is_ready(ask.now) && one.files.iter().any(|file| file.trashed_at.is_none()))?;
    permitted(ask, &recording, "Recording:Read")?;
    let mut body = wire::recording(&recording, &ask.account_id, &ask.app.base, |file| file.trashed_at.is_none());
    // The webhooks have these two, the documented answer has not.
    body.retain(|name, _| !matches!(name.as_str(), "timezone" | "share_url"));
    put(&mut body, "type", recording.code.to_string());
    put(&mut body, "password", recording.password.as_str());
    for name in ELSEWHERE {
        put(&mut body, name, "");
    }
    if ask.query("include_fields").is_some_and(|fields| fields.split(',').any(|one| one == "download_access_token")) {
        let life = ask.query("ttl").and_then(|text| text.parse().ok()).unwrap_or(TOKEN_LIFE);
        let until = ask.now.saturating_add(SignedDuration::from_secs(life)).unwrap_or(Timestamp::MAX);
        let key = ask.app.world.read(|state| state.key.clone());
        put(&mut body, "download_access_token", download_token(&key, &recording.uuid, until));
    }
    Ok(Answer::json(ask.operation.success, body))
}
