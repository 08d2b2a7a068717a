//! The meetings and webinars that the sessions of a published event are held in.

use super::super::{Ask, meetings};
use crate::world::{
    Change, Happening, Kind, Meeting,
    events::{Event, Session, Stage, text},
};

/// Gives every session of a published event its meeting or webinar, and makes those that exist follow their sessions.
pub(super) fn open(ask: &Ask<'_>, event: &mut Event, change: &mut Change<'_>) {
    if event.stage != Stage::Published {
        return;
    }
    let host_id = event.host_id.clone();
    for session in &mut event.sessions {
        let wanted = match session.kind() {
            0 => Some(Kind::Meeting),
            2 => Some(Kind::Webinar),
            _ => None,
        };
        let has = session.meeting.and_then(|number| change.state.meetings.get(number)).map(|meeting| meeting.kind);
        if has != wanted {
            close(session, change);
        }
        match (wanted, session.meeting) {
            (Some(_), Some(number)) => follow(number, session, change),
            (Some(kind), None) => begin(ask, kind, &host_id, session, change),
            (None, _) => {}
        }
    }
}

fn begin(ask: &Ask<'_>, kind: Kind, host_id: &str, session: &mut Session, change: &mut Change<'_>) {
    let Some(host) = change.state.person_by_id(host_id).cloned() else { return };
    let code = if kind == Kind::Meeting { 2 } else { 5 };
    let mut meeting = meetings::blank(ask, kind, code, &host);
    meeting.number = change.new_number();
    lay_over(&mut meeting, session);
    session.meeting = Some(meeting.number);
    change.state.meetings.insert(meeting.clone());
    change.happenings.push(Happening::Created { meeting: Box::new(meeting), at: change.now });
}

fn follow(number: i64, session: &Session, change: &mut Change<'_>) {
    let Some(mut meeting) = change.state.meetings.change(number) else { return };
    let before = Meeting::clone(&meeting);
    lay_over(&mut meeting, session);
    let after = Meeting::clone(&meeting);
    if (&before.topic, &before.agenda, before.start, before.duration)
        != (&after.topic, &after.agenda, after.start, after.duration)
    {
        let happening =
            Happening::Updated { before: Box::new(before), after: Box::new(after), at: change.now, occurrence: None };
        change.happenings.push(happening);
    }
}

fn lay_over(meeting: &mut Meeting, session: &Session) {
    text(&session.row, "name").clone_into(&mut meeting.topic);
    text(&session.row, "description").clone_into(&mut meeting.agenda);
    text(&session.row, "timezone").clone_into(&mut meeting.timezone);
    meeting.start = Some(session.start);
    meeting.duration = (session.end.duration_since(session.start).as_mins()).max(1);
}

/// Takes a session's meeting or webinar away; a call that is on ends.
pub(super) fn close(session: &mut Session, change: &mut Change<'_>) {
    let Some(number) = session.meeting.take() else { return };
    change.end_call(number);
    let at = change.now;
    if let Some(mut meeting) = change.state.meetings.change(number) {
        meeting.deleted_at = Some(at);
        let meeting = Box::new(Meeting::clone(&meeting));
        change.happenings.push(Happening::Deleted { meeting, at, occurrence: None });
    }
}
