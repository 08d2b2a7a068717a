//! Recordings into the trash, out of it, and away for good: whole ones and single files.

use serde_json::Map;

use super::{
    super::{Ask, words::refused},
    find::{find, none, permitted},
};
use crate::{
    afterwards::tell,
    answer::{Answer, Refusal},
    wire::put,
    world::{Change, Plan, Recording, RecordingFile},
};

/// `DELETE /meetings/{meetingId}/recordings`.
pub(super) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let for_good = ask.query("action") == Some("delete");
    let there = |file: &RecordingFile| file.trashed_at.is_none() || for_good && file.in_trash(ask.now);
    let recording = find(ask, |one| one.is_ready(ask.now) && one.files.iter().any(there))?;
    throw(ask, &recording, there, for_good)
}

/// `DELETE /meetings/{meetingId}/recordings/{recordingId}`.
pub(super) fn delete_one(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let id = ask.param("recordingId");
    let for_good = ask.query("action") == Some("delete");
    let there =
        |file: &RecordingFile| file.id == id && (file.trashed_at.is_none() || for_good && file.in_trash(ask.now));
    let unfinished = |one: &Recording| !one.is_ready(ask.now);
    if find(ask, |one| unfinished(one) && (one.files.is_empty() || one.files.iter().any(there))).is_ok() {
        return Err(refused(ask, "You can not delete an uncompleted meeting", ""));
    }
    let recording = find(ask, |one| one.files.iter().any(there))?;
    throw(ask, &recording, there, for_good)
}

fn throw(
    ask: &Ask<'_>,
    recording: &Recording,
    meant: impl Fn(&RecordingFile) -> bool,
    for_good: bool,
) -> Result<Answer, Refusal> {
    ask.change(|change| {
        let now = change.now;
        let Some(known) = of(change, recording) else { return Err(none(ask)) };
        let gone: Vec<RecordingFile> = known.files.iter().filter(|file| meant(file)).cloned().collect();
        if for_good {
            known.files.retain(|file| !meant(file));
        } else {
            known.files.iter_mut().filter(|file| meant(file)).for_each(|file| file.trashed_at = Some(now));
        }
        if known.files.is_empty() {
            forget(change, recording);
        }
        let event = if for_good { "recording.deleted" } else { "recording.trashed" };
        told(ask, change, event, &Recording { files: gone, ..recording.clone() });
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// `PUT /meetings/{meetingUUID}/recordings/status`.
pub(super) fn recover(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    fetch(ask, |file| file.in_trash(ask.now))
}

/// `PUT /meetings/{meetingId}/recordings/{recordingId}/status`.
pub(super) fn recover_one(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    fetch(ask, |file| file.id == ask.param("recordingId") && file.in_trash(ask.now))
}

fn fetch(ask: &Ask<'_>, meant: impl Fn(&RecordingFile) -> bool) -> Result<Answer, Refusal> {
    let recording = find(ask, |one| one.files.iter().any(&meant))?;
    permitted(ask, &recording, "Recording:Edit")?;
    if ask.text("action") != Some("recover") {
        return Err(Refusal::field("action"));
    }
    let plan = ask.app.world.read(|state| state.account(&ask.account_id).map(|account| account.plan));
    if plan == Some(Plan::Free) {
        return Err(refused(ask, "Not enough cloud storage available", "").because("3309: the free plan has none."));
    }
    ask.change(|change| {
        let Some(known) = of(change, &recording) else { return Err(none(ask)) };
        let mut back = Vec::new();
        for file in known.files.iter_mut().filter(|file| meant(file)) {
            file.trashed_at = None;
            back.push(file.clone());
        }
        told(ask, change, "recording.recovered", &Recording { files: back, ..recording.clone() });
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// The recording, to change it.
pub(super) fn of<'a>(change: &'a mut Change<'_>, recording: &Recording) -> Option<&'a mut Recording> {
    let mut all = change.state.recordings.get_mut(&recording.number)?.iter_mut();
    all.find(|one| one.uuid == recording.uuid)
}

fn forget(change: &mut Change<'_>, recording: &Recording) {
    if let Some(all) = change.state.recordings.get_mut(&recording.number) {
        all.retain(|one| one.uuid != recording.uuid);
    }
}

fn told(ask: &Ask<'_>, change: &mut Change<'_>, event: &'static str, recording: &Recording) {
    let mut payload = Map::new();
    put(&mut payload, "operator", ask.caller.me.email.as_str());
    put(&mut payload, "operator_id", ask.caller.me.id.as_str());
    tell(change, event, recording, &ask.app.base, |_| true, payload);
}
