//! `GET /users/{userId}/recordings`.

use jiff::{Span, civil::Date, tz::TimeZone};
use serde_json::Value;

use super::{
    super::{Ask, page, words::worded},
    find::none,
};
use crate::{
    answer::{Answer, Refusal},
    wire::{self, put},
    world::{Recording, RecordingFile},
};

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let user = ask.user().map_err(|refusal| {
        let words = worded(ask, "User {userId} does not exist", ask.param("userId"));
        words.filter(|known| known.code() == refusal.code()).unwrap_or(refusal)
    })?;
    let (from, to) = days(ask)?;
    let trash = ask.query("trash") == Some("true");
    // What was thrown away whole, or file by file.
    let by_file = ask.query("trash_type") == Some("recording_file");
    let shown = |file: &RecordingFile| if trash { file.in_trash(ask.now) } else { file.trashed_at.is_none() };
    let is_meant = |one: &Recording| {
        let whole = one.files.iter().all(|file| file.trashed_at.is_some());
        one.files.iter().any(shown) && (!trash || whole != by_file)
    };
    let number = ask.query("meeting_id").and_then(|text| text.parse::<i64>().ok());
    let mut found: Vec<Recording> = ask.app.world.read(|state| {
        let theirs = state.recordings.values().flatten().filter(|one| one.host_id == user.id && one.is_ready(ask.now));
        let in_range = theirs.filter(|one| {
            let day = TimeZone::UTC.to_datetime(one.call_began).date();
            from <= day && day <= to
        });
        in_range.filter(|one| is_meant(one) && number.is_none_or(|number| one.number == number)).cloned().collect()
    });
    if number.is_some() && found.is_empty() {
        return Err(none(ask));
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.call_began));
    let row = |one: &Recording| {
        let mut row = wire::recording(one, &ask.account_id, &ask.app.base, shown);
        row.retain(|name, _| !matches!(name.as_str(), "timezone" | "share_url" | "participant_audio_files"));
        put(&mut row, "type", one.code.to_string());
        Value::Object(row)
    };
    let mut body = page::envelope(ask, "meetings", found.iter().map(row).collect())?;
    if let Some(members) = body.as_object_mut() {
        members.remove("page_number");
        put(members, "from", from.to_string());
        put(members, "to", to.to_string());
    }
    Ok(Answer::json(ask.operation.success, body))
}

/// The days asked for, a month at most: a longer span is cut at its beginning, and the answer says so.
fn days(ask: &Ask<'_>) -> Result<(Date, Date), Refusal> {
    let read = |name: &str, default: Date| match ask.query(name) {
        None => Ok(default),
        Some(text) => text.parse::<Date>().map_err(|_| Refusal::field(name)),
    };
    let to = read("to", TimeZone::UTC.to_datetime(ask.now).date())?;
    let month = to.checked_sub(Span::new().months(1)).unwrap_or(Date::MIN);
    let from = read("from", month)?;
    if from > to {
        return Err(Refusal::field("to"));
    }
    if from < month {
        ask.note("More than a month was asked for; the answer has its last month.");
    }
    Ok((from.max(month), to))
}
