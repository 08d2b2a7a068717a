//! `GET` and `PATCH /meetings/{meetingId}/recordings/settings`.

use serde_json::{Map, Value, json};

use super::{super::Ask, change::of, find::find};
use crate::{
    answer::{Answer, Refusal},
    wire::{put, put_auto_delete},
    world::{Change, Happening, Notice, Recording},
};

fn found(ask: &Ask<'_>) -> Result<Recording, Refusal> {
    find(ask, |one| one.is_ready(ask.now) && one.files.iter().any(|file| file.trashed_at.is_none()))
}

pub(super) fn read(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let recording = found(ask)?;
    let mut body = json!({
        "approval_type": 0,
        "authentication_domains": "",
        "authentication_option": "",
        "authentication_name": "",
        "on_demand": false,
        "recording_authentication": false,
        "send_email_to_host": false,
        "share_recording": "publicly",
        "show_social_share_buttons": false,
        "viewer_download": true,
    });
    if let Some(members) = body.as_object_mut() {
        members.extend(recording.settings.clone());
        put(members, "topic", recording.topic.as_str());
        put(members, "password", recording.password.as_str());
        put_auto_delete(members, &recording);
    }
    Ok(Answer::json(ask.operation.success, body))
}

pub(super) fn update(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let recording = found(ask)?;
    ask.change(|change| {
        let Some(known) = of(change, &recording) else { return Ok(()) };
        let mut sent = ask.body.clone();
        if let Some(Value::String(password)) = sent.remove("password") {
            known.password = password;
        }
        let topic = sent.remove("topic").and_then(|topic| topic.as_str().map(str::to_owned));
        known.settings.extend(sent);
        if let Some(topic) = topic.filter(|topic| *topic != recording.topic) {
            known.topic.clone_from(&topic);
            renamed(ask, change, &recording, &topic);
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// Zoom tells the old name in `object` and the new one beside it.
fn renamed(ask: &Ask<'_>, change: &mut Change<'_>, recording: &Recording, topic: &str) {
    let named = |topic: &str| {
        let members = json!({ "uuid": recording.uuid, "id": recording.number, "topic": topic, "type": recording.code,
                              "host_id": recording.host_id });
        members.as_object().cloned().unwrap_or_default()
    };
    let mut payload = Map::new();
    put(&mut payload, "operator", ask.caller.me.email.as_str());
    put(&mut payload, "operator_id", ask.caller.me.id.as_str());
    put(&mut payload, "time_stamp", change.now.as_millisecond().to_string());
    put(&mut payload, "recording_file", named(topic));
    change.happenings.push(Happening::Told(Box::new(Notice {
        event: "recording.renamed",
        account_id: ask.account_id.clone(),
        at: change.now,
        meeting: Some(recording.number),
        object: named(&recording.topic),
        payload,
        envelope: Map::new(),
    })));
}
