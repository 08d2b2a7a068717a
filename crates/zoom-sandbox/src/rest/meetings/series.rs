//! Meetings of type 8 and webinars of type 9: their rule out of a body, their sittings, and changes of one of them.

use jiff::tz::TimeZone;
use serde_json::Value;

use super::{super::Ask, draft};
use crate::{
    answer::{FieldError, Refusal},
    world::{Kind, Meeting, Occurrence, Recurrence},
};

/// Whether a type recurs at a fixed time.
pub(super) fn is_series(code: u8) -> bool {
    matches!(code, 8 | 9)
}

/// Lays the rule of the body over the meeting and, where rule, start or zone are not those of `before`, works out its
/// sittings anew. Those that are over stay as they were; changes of single ones to come are lost.
pub(super) fn plan(ask: &Ask<'_>, meeting: &mut Meeting, before: Option<&Meeting>) -> Result<(), Refusal> {
    let given = ask.body.get("recurrence").and_then(Value::as_object);
    if !is_series(meeting.code) {
        if given.is_some() {
            ask.note("recurrence belongs to meetings of type 8 and webinars of type 9; it was ignored.");
        }
        (meeting.recurrence, meeting.series_from) = (None, None);
        meeting.occurrences.clear();
        return Ok(());
    }
    if let Some(given) = given {
        let rule = Recurrence::read(given, meeting.kind);
        meeting.recurrence =
            Some(rule.map_err(|wrong| Refusal::fields(wrong.into_iter().map(FieldError::invalid).collect()))?);
    }
    let Some(rule) = meeting.recurrence.clone() else { return Err(Refusal::field("recurrence")) };
    let from = meeting.series_from.or(meeting.start).unwrap_or(ask.now);
    meeting.series_from = Some(from);
    let as_before = before.filter(|before| {
        before.recurrence == meeting.recurrence
            && before.series_from == meeting.series_from
            && before.timezone == meeting.timezone
    });
    if let Some(before) = as_before {
        meeting.start = before.start;
        return Ok(());
    }
    let zone = TimeZone::get(&meeting.timezone).map_err(|_| Refusal::field("timezone"))?;
    let starts = rule.starts(from, &zone);
    if starts.is_empty() {
        return Err(Refusal::field("recurrence.end_date_time").because("300: the rule ends before its first start."));
    }
    let (now, minutes) = (ask.now, before.map_or(meeting.duration, |before| before.duration));
    meeting.occurrences.retain(|occurrence| occurrence.end(minutes) < now);
    let is_new = meeting.occurrences.is_empty();
    // One that was moved forward and held is over, though the rule would still have it to come.
    let mut coming: Vec<_> = starts.into_iter().map(Occurrence::at).collect();
    coming.retain(|one| is_new || one.end(meeting.duration) >= now && meeting.occurrence(&one.id).is_none());
    meeting.occurrences.extend(coming);
    meeting.start = meeting.occurrences.first().map(|occurrence| occurrence.start).or(Some(from));
    Ok(())
}

/// What is to be done with the sitting that `occurrence_id` names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::rest) enum Purpose {
    /// It is looked at.
    Read,
    /// It is changed, so it must not be over.
    Change,
}

/// The sitting of `meeting` that the query names, if it names one.
pub(in crate::rest) fn asked(
    ask: &Ask<'_>,
    meeting: &Meeting,
    purpose: Purpose,
) -> Result<Option<Occurrence>, Refusal> {
    let Some(id) = ask.query("occurrence_id") else { return Ok(None) };
    let found = meeting.occurrence(id).filter(|occurrence| {
        !occurrence.deleted && (purpose == Purpose::Read || occurrence.end(meeting.duration) >= ask.now)
    });
    found.cloned().map(Some).ok_or_else(|| no_such_occurrence(meeting.kind))
}

/// Zoom documents this for the delete operations only; the others of the same kind say the same here.
pub(in crate::rest) fn no_such_occurrence(kind: Kind) -> Refusal {
    let refusal = match kind {
        Kind::Meeting => Refusal::new(400, 300, "Invalid parameter: `occurrence_id`."),
        Kind::Webinar => Refusal::new(400, 3000, "Webinar occurrence does not exist."),
    };
    refusal.because("There is no such occurrence, or it is over or deleted.")
}

/// What may differ from one sitting to another, beside agenda, start and duration.
fn own_settings(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Meeting => &[
            "host_video",
            "participant_video",
            "join_before_host",
            "mute_upon_entry",
            "waiting_room",
            "watermark",
            "auto_recording",
        ],
        Kind::Webinar => &["host_video", "panelists_video", "hd_video", "watermark", "auto_recording"],
    }
}

/// One sitting with the body laid over it.
pub(super) fn changed(ask: &Ask<'_>, meeting: &Meeting, before: &Occurrence) -> Result<Occurrence, Refusal> {
    let mut after = before.clone();
    let zone = draft::zone(ask)?.unwrap_or_else(|| meeting.timezone.clone());
    match draft::start(ask, &zone)? {
        Some(start) if start >= ask.now => after.start = start,
        Some(_) => ask.note("start_time has passed: Zoom ignores it on an update."),
        None => {}
    }
    if let Some(agenda) = ask.text("agenda") {
        after.agenda = Some(agenda.to_owned());
    }
    if let Some(duration) = draft::duration(ask)? {
        after.duration = Some(duration);
    }
    let own = own_settings(meeting.kind);
    for (name, value) in ask.body.get("settings").and_then(Value::as_object).into_iter().flatten() {
        if own.contains(&name.as_str()) {
            after.settings.insert(name.clone(), value.clone());
        } else {
            ask.note(format!("settings.{name} cannot be changed for one occurrence; it was ignored."));
        }
    }
    for name in ask.body.keys() {
        if !["agenda", "start_time", "timezone", "duration", "settings"].contains(&name.as_str()) {
            ask.note(format!("{name} cannot be changed for one occurrence; it was ignored."));
        }
    }
    let whole = meeting.in_occurrence(&after);
    if whole.waiting_room() && whole.settings.get("join_before_host") == Some(&Value::Bool(true)) {
        after.settings.insert("join_before_host".to_owned(), false.into());
    }
    Ok(after)
}
