//! Who registers to see a recording (`on_demand`), what they are asked, and who of them may.

use serde_json::{Map, Value};

use super::{
    super::{
        Ask, page,
        registrants::{answered, asked_of, lay_questions},
    },
    change::of,
    find::{find, none},
};
use crate::{
    answer::{Answer, FieldError, Refusal},
    wire::{self, put},
    world::{Admission, Change, Happening, Notice, Recording, Registrant, opaque},
};

fn found(ask: &Ask<'_>) -> Result<Recording, Refusal> {
    find(ask, |one| one.is_ready(ask.now) && one.files.iter().any(|file| file.trashed_at.is_none()))
}

/// `GET /meetings/{meetingId}/recordings/registrants`.
pub(super) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let recording = found(ask)?;
    let status = ask.query("status").unwrap_or("approved");
    let listed = recording.viewers.registrants.iter().filter(|one| one.admission.as_str() == status);
    let rows = listed.map(|one| Value::Object(wire::viewer(one))).collect();
    Ok(Answer::json(ask.operation.success, page::envelope(ask, "registrants", rows)?))
}

/// `POST /meetings/{meetingId}/recordings/registrants`. The same address has the same registration.
pub(super) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let recording = found(ask)?;
    let text = |name: &str| ask.text(name).unwrap_or_default().trim();
    let wrong: Vec<_> =
        ["first_name", "email"].into_iter().filter(|name| text(name).is_empty()).map(FieldError::invalid).collect();
    if !wrong.is_empty() {
        return Err(Refusal::fields(wrong));
    }
    if !recording.is_on_demand() {
        let message = format!("Registration has not been enabled for this recording: {}.", recording.number);
        return Err(Refusal::new(400, 300, message).because("300: the recording's setting on_demand is off."));
    }
    answered(&recording.viewers, &ask.body)?;
    let one = register(ask, &recording, &text("email").to_lowercase())?;
    let mut members = Map::new();
    put(&mut members, "id", recording.number);
    put(&mut members, "registrant_id", one.id.as_str());
    put(&mut members, "topic", recording.topic.as_str());
    if one.admission == Admission::Approved {
        let link = format!("{}/rec/share/{}?tk={}", ask.app.base, recording.share_key, one.token);
        put(&mut members, "share_url", link);
    }
    Ok(Answer::json(ask.operation.success, members))
}

/// A new registration, or the answers laid over the one that the address has already.
fn register(ask: &Ask<'_>, recording: &Recording, email: &str) -> Result<Registrant, Refusal> {
    ask.change(|change| {
        let (now, entropy) = (change.now, change.entropy);
        let Some(known) = of(change, recording) else { return Err(none(ask)) };
        let by_hand = known.setting("approval_type").and_then(Value::as_i64) == Some(1);
        let admission = match ask.text("status") {
            Some("denied") => Admission::Denied,
            Some("approved") => Admission::Approved,
            None if !by_hand => Admission::Approved,
            _ => Admission::Pending,
        };
        let fresh = || Registrant {
            id: opaque(entropy, 22),
            email: email.to_owned(),
            answers: Map::new(),
            admission,
            created_at: now,
            occurrences: Vec::new(),
            token: opaque(entropy, 43),
            pin: 0,
        };
        let all = &mut known.viewers.registrants;
        let place = all.iter().position(|one| one.email == email).unwrap_or(all.len());
        if place == all.len() {
            all.push(fresh());
        }
        let Some(one) = all.get_mut(place) else { return Err(none(ask)) };
        let answers = ask.body.iter().filter(|(name, _)| !["email", "status"].contains(&name.as_str()));
        one.answers.extend(answers.map(|(name, value)| (name.clone(), value.clone())));
        let one = one.clone();
        tell(change, "recording.registration_created", recording, wire::viewer(&one), Map::new(), &ask.account_id);
        Ok(one)
    })
}

/// `PUT /meetings/{meetingId}/recordings/registrants/status`.
pub(super) fn decide(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let recording = found(ask)?;
    let (admission, event) = match ask.text("action") {
        Some("approve") => (Admission::Approved, "recording.registration_approved"),
        Some("deny") => (Admission::Denied, "recording.registration_denied"),
        _ => return Err(Refusal::field("action")),
    };
    let named = ask.body.get("registrants").and_then(Value::as_array).cloned().unwrap_or_default();
    if named.is_empty() {
        return Err(Refusal::field("registrants"));
    }
    ask.change(|change| {
        for (index, named) in named.iter().enumerate() {
            let id = named.get("id").and_then(Value::as_str).unwrap_or_default();
            let Some(known) = of(change, &recording) else { return Err(none(ask)) };
            let Some(one) = known.viewers.registrants.iter_mut().find(|one| one.id == id) else {
                return Err(Refusal::field(&format!("registrants[{index}].id")));
            };
            if one.admission == admission {
                ask.note(format!("{id}: the registration is {} already.", admission.as_str()));
                continue;
            }
            one.admission = admission;
            let one = one.clone();
            let mut payload = Map::new();
            put(&mut payload, "operator", ask.caller.me.email.as_str());
            put(&mut payload, "operator_id", ask.caller.me.id.as_str());
            tell(change, event, &recording, wire::registrant_head(&one), payload, &ask.account_id);
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// `GET /meetings/{meetingId}/recordings/registrants/questions`.
pub(super) fn questions(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    Ok(Answer::json(ask.operation.success, asked_of(&found(ask)?.viewers)))
}

/// `PATCH /meetings/{meetingId}/recordings/registrants/questions`.
pub(super) fn update_questions(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let recording = found(ask)?;
    ask.change(|change| {
        let Some(known) = of(change, &recording) else { return Err(none(ask)) };
        lay_questions(ask, &mut known.viewers)
    })?;
    Ok(Answer::empty(ask.operation.success))
}

fn tell(
    change: &mut Change<'_>,
    event: &'static str,
    recording: &Recording,
    registrant: Map<String, Value>,
    payload: Map<String, Value>,
    account: &str,
) {
    let mut object = Map::new();
    put(&mut object, "id", recording.number);
    put(&mut object, "uuid", recording.uuid.as_str());
    put(&mut object, "host_id", recording.host_id.as_str());
    put(&mut object, "topic", recording.topic.as_str());
    put(&mut object, "type", recording.code);
    put(&mut object, "start_time", wire::instant(recording.call_began));
    put(&mut object, "timezone", recording.timezone.as_str());
    put(&mut object, "duration", recording.seconds().div_ceil(60));
    put(&mut object, "registrant", registrant);
    change.happenings.push(Happening::Told(Box::new(Notice {
        event,
        account_id: account.to_owned(),
        at: change.now,
        meeting: Some(recording.number),
        object,
        payload,
        envelope: Map::new(),
    })));
}
