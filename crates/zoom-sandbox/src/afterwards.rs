//! What comes some time after a call, by the sandbox's clock: its recording and its summary.

use clock::{Clock as _, Timestamp};
use jiff::SignedDuration;
use serde_json::{Map, Value};

use crate::{
    app::App,
    wire::{self, put},
    world::{Change, FileKind, Happening, Notice, Recording, Rows as _, State, Summary, download_token},
};

/// How long the token in a webhook downloads.
const TOKEN_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// Announces what has become ready, until the sandbox stops.
pub(crate) async fn work(app: App) {
    loop {
        let due = app.world.read(next);
        tokio::select! {
            () = app.stop.cancelled() => return,
            () = app.world.changed() => {}
            () = app.clock.sleep_until(due.unwrap_or(Timestamp::MAX)) => {
                let kept = app.world.change(|change| {
                    announce_recordings(change, &app.base);
                    throw_away(change, &app.base);
                    announce_summaries(change, &app.base);
                    Ok::<_, std::convert::Infallible>(())
                });
                if let Err(problem) = kept {
                    tracing::error!(%problem, "that a recording or summary is ready could not be kept");
                    return;
                }
            }
        }
    }
}

fn next(state: &State) -> Option<Timestamp> {
    state.next_recording().into_iter().chain(state.next_summary()).min()
}

fn announce_recordings(change: &mut Change<'_>, base: &str) {
    let now = change.now;
    let mut ready = Vec::new();
    let is_new = |one: &Recording| one.is_ready(now) && !one.announced;
    let has_new = |all: &Vec<Recording>| all.iter().any(is_new);
    change.state.recordings.change(has_new, |all| {
        for one in all.iter_mut().filter(|one| is_new(one)) {
            one.announced = true;
            ready.push(one.clone());
        }
    });
    for one in &ready {
        tell(change, "recording.completed", one, base, |kind| kind != FileKind::Transcript, Map::new());
        if one.files.iter().any(|file| file.kind == FileKind::Transcript) {
            tell(change, "recording.transcript_completed", one, base, |kind| kind == FileKind::Transcript, Map::new());
        }
    }
}

/// What deletes itself goes to the trash.
fn throw_away(change: &mut Change<'_>, base: &str) {
    let now = change.now;
    let mut gone = Vec::new();
    let is_due = |one: &Recording| one.announced && one.deletes_at().is_some_and(|at| at <= now);
    let has_due = |all: &Vec<Recording>| all.iter().any(is_due);
    change.state.recordings.change(has_due, |all| {
        for one in all.iter_mut().filter(|one| is_due(one)) {
            let files = one.files.iter_mut().filter(|file| file.trashed_at.is_none());
            files.for_each(|file| file.trashed_at = Some(now));
            gone.push(one.clone());
        }
    });
    for one in &gone {
        tell(change, "recording.trashed", one, base, |_| true, Map::new());
    }
}

/// Tells subscribers something about a recording and those of its files that are meant.
pub(crate) fn tell(
    change: &mut Change<'_>,
    event: &'static str,
    recording: &Recording,
    base: &str,
    meant: impl Fn(FileKind) -> bool,
    payload: Map<String, Value>,
) {
    let Some(host) = change.state.person_by_id(&recording.host_id) else { return };
    let (account_id, email) = (host.account_id.clone(), host.email.clone());
    let mut object = wire::recording(recording, &account_id, base, |file| meant(file.kind));
    put(&mut object, "host_email", email);
    put(&mut object, "password", recording.password.as_str());
    put(&mut object, "on_prem", false);
    keep_what_is_told(&mut object, event);
    let mut envelope = Map::new();
    if event != "recording.deleted" {
        let until = change.now.saturating_add(TOKEN_LIFE).unwrap_or(Timestamp::MAX);
        put(&mut envelope, "download_token", download_token(&change.state.key, &recording.uuid, until));
    }
    let (at, meeting) = (change.now, Some(recording.number));
    let notice = Notice { event, account_id, at, meeting, object, payload, envelope };
    change.happenings.push(Happening::Told(Box::new(notice)));
}

/// Members of a recording that some events have and some have not.
const BY_EVENT: [&str; 7] = [
    "host_email",
    "password",
    "on_prem",
    "recording_play_passcode",
    "auto_delete",
    "auto_delete_date",
    "participant_audio_files",
];

/// Takes out what the event does not tell of a recording and its files. The voices of single participants have other
/// members than in answers.
fn keep_what_is_told(object: &mut Map<String, Value>, event: &str) {
    let of_event: &[&str] = match event {
        "recording.completed" => &BY_EVENT,
        "recording.transcript_completed" => &["host_email", "password"],
        "recording.trashed" => &["host_email", "password", "participant_audio_files"],
        _ => &["participant_audio_files"],
    };
    object.retain(|name, _| !BY_EVENT.contains(&name.as_str()) || of_event.contains(&name.as_str()));
    let is_new = matches!(event, "recording.completed" | "recording.transcript_completed");
    let [_, extension, _, _] = FileKind::Voice.words();
    for (list, is_voice) in [("recording_files", false), ("participant_audio_files", true)] {
        let files = object.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten();
        for file in files.filter_map(Value::as_object_mut) {
            file.remove("deleted_time");
            if is_voice {
                put(file, "file_extension", extension);
            } else if !is_new {
                file.remove("file_path");
            }
            if is_voice && !is_new {
                put(file, "recording_type", "audio_only");
            }
        }
    }
}

/// Summaries that are written are told of, and those that were in the trash long enough go for good.
fn announce_summaries(change: &mut Change<'_>, base: &str) {
    let now = change.now;
    let (mut written, mut gone) = (Vec::new(), Vec::new());
    let is_written = |one: &Summary| !one.announced && one.ready_at() <= now;
    let is_gone = |one: &Summary| one.gone_at().is_some_and(|at| at <= now);
    let is_meant = |all: &Vec<Summary>| all.iter().any(|one| is_written(one) || is_gone(one));
    change.state.summaries.change(is_meant, |all| {
        for one in all.iter_mut().filter(|one| is_written(one)) {
            one.announced = true;
            written.push(one.clone());
        }
        gone.extend(all.extract_if(.., |one| is_gone(one)));
    });
    for one in &written {
        tell_summary(change, "meeting.summary_completed", one, Some(base), Map::new());
    }
    for one in &gone {
        let mut payload = Map::new();
        let owner = change.state.person_by_id(&one.host_id).and_then(|host| change.state.owner(&host.account_id));
        put(&mut payload, "operator", owner.map_or("", |owner| owner.email.as_str()));
        put(&mut payload, "operator_id", owner.map_or("", |owner| owner.id.as_str()));
        tell_summary(change, "meeting.summary_deleted", one, None, payload);
    }
}

/// Tells subscribers something about a summary: all of it where links are to begin with `base`, else its title.
pub(crate) fn tell_summary(
    change: &mut Change<'_>,
    event: &'static str,
    summary: &Summary,
    base: Option<&str>,
    payload: Map<String, Value>,
) {
    let Some(host) = change.state.person_by_id(&summary.host_id) else { return };
    let mut object = wire::summary(summary, &host.email);
    let mut text = wire::summary_text(summary, base.unwrap_or_default());
    text.retain(|name, _| base.is_some() || name == "summary_title");
    object.extend(text);
    let (account_id, at, meeting) = (host.account_id.clone(), change.now, Some(summary.number));
    let notice = Notice { event, account_id, at, meeting, object, payload, envelope: Map::new() };
    change.happenings.push(Happening::Told(Box::new(notice)));
}
