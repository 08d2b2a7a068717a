//! A cloud recording's JSON, as lists, answers and webhooks show it.

use clock::Timestamp;
use jiff::{Span, tz::TimeZone};
use serde_json::{Map, Value, json};

use super::{instant, put};
use crate::world::{FileKind, Recording, RecordingFile, TRASH_DAYS};

/// A recording with the files that `shown` picks.
pub(crate) fn recording(
    recording: &Recording,
    account_id: &str,
    base: &str,
    shown: impl Fn(&RecordingFile) -> bool,
) -> Map<String, Value> {
    let (voices, files): (Vec<&RecordingFile>, Vec<_>) =
        recording.files.iter().filter(|file| shown(file)).partition(|file| file.kind == FileKind::Voice);
    let mut members = Map::new();
    put(&mut members, "uuid", recording.uuid.as_str());
    put(&mut members, "id", recording.number);
    put(&mut members, "account_id", account_id);
    put(&mut members, "host_id", recording.host_id.as_str());
    put(&mut members, "topic", recording.topic.as_str());
    put(&mut members, "type", recording.code);
    put(&mut members, "start_time", instant(recording.call_began));
    put(&mut members, "timezone", recording.timezone.as_str());
    put(&mut members, "duration", recording.seconds().div_ceil(60));
    put(&mut members, "total_size", files.iter().map(|file| file.size).sum::<u64>());
    put(&mut members, "recording_count", files.len());
    put(&mut members, "share_url", format!("{base}/rec/share/{}", recording.share_key));
    put(&mut members, "recording_play_passcode", recording.play_passcode.as_str());
    put_auto_delete(&mut members, recording);
    let files: Vec<Value> = files.iter().map(|file| file_of(recording, file, base)).collect();
    put(&mut members, "recording_files", files);
    let voices: Vec<Value> = voices.iter().map(|file| voice_of(recording, file, base)).collect();
    put(&mut members, "participant_audio_files", voices);
    members
}

/// Whether it deletes itself, and when.
pub(crate) fn put_auto_delete(members: &mut Map<String, Value>, recording: &Recording) {
    let deletes = recording.setting("auto_delete").and_then(Value::as_bool).unwrap_or(false);
    put(members, "auto_delete", deletes);
    if deletes {
        let stopped: Timestamp = recording.stopped_at.unwrap_or(recording.started_at);
        let day = TimeZone::UTC.to_datetime(stopped).date();
        let day = day.checked_add(Span::new().days(TRASH_DAYS)).unwrap_or(day);
        put(members, "auto_delete_date", day.to_string());
    }
}

/// The file of one participant, who is named instead of what it shows.
fn voice_of(recording: &Recording, file: &RecordingFile, base: &str) -> Value {
    let mut shown = file_of(recording, file, base);
    if let Some(members) = shown.as_object_mut() {
        let other = ["meeting_id", "recording_type", "file_extension", "deleted_time"];
        members.retain(|name, _| !other.contains(&name.as_str()));
        put(members, "file_name", format!("Audio only - {}", file.text));
    }
    shown
}

fn file_of(recording: &Recording, file: &RecordingFile, base: &str) -> Value {
    let [kind, extension, part, _] = file.kind.words();
    let mut shown = json!({
        "id": file.id,
        "meeting_id": recording.uuid,
        "recording_start": instant(recording.started_at),
        "recording_end": recording.stopped_at.map(instant).unwrap_or_default(),
        "file_type": kind,
        "file_extension": extension,
        "file_size": file.size,
        "file_path": "",
        "play_url": format!("{base}/rec/play/{}", file.key),
        "download_url": format!("{base}/rec/download/{}", file.key),
        "status": "completed",
        "recording_type": part,
    });
    if let (Some(at), Some(members)) = (file.trashed_at, shown.as_object_mut()) {
        put(members, "deleted_time", instant(at));
    }
    shown
}
