//! `DELETE /users/{userId}`: out of the account, or out of Zoom; their meetings go, or go to somebody else.

use super::{
    super::{Ask, words::refused},
    told,
};
use crate::{
    answer::{Answer, Refusal},
    world::{Change, Happening, Kind, Licence, Meeting, PERSONAL_ROOM, Person, PersonStatus, Recording, Rows as _},
};

pub(in crate::rest) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let person = ask.user()?;
    let deletes = ask.query("action") == Some("delete");
    if person.is_owner() {
        return Err(refused(ask, "Cannot delete a user out of your account", ""));
    }
    if !deletes && person.api_user {
        return Err(refused(ask, "Unable to unlink API user(s)", ""));
    }
    if !deletes && person.role_id == "1" {
        return Err(refused(ask, "You can not disassociate an Admin user", ""));
    }
    if deletes && person.status == PersonStatus::Inactive && person.api_user {
        return Err(refused(ask, "Unable to delete this deactivated user", ""));
    }
    let heir = heir(ask, &person)?;
    let events_heir = events_heir(ask, &person, heir.as_ref())?;
    let wants = |name: &str| ask.query(name) == Some("true");
    let (meetings, webinars) = (wants("transfer_meeting"), wants("transfer_webinar"));
    let ended = ask.change(|change| {
        // Sessions go where their event goes, and so do the meetings they are held in.
        let of_events = change.state.zoom_events.meetings_of(&person.id);
        if let Some(heir) = &events_heir {
            change.state.zoom_events.hand_over(&person.id, &heir.id);
        }
        let theirs: Vec<i64> = change.state.meetings.of_host(&person.id).map(|one| one.number).collect();
        for number in &theirs {
            if change.state.meetings.get(*number).is_some_and(|one| one.code == PERSONAL_ROOM) {
                change.end_call(*number);
                change.forget_meeting(*number);
                continue;
            }
            let kept = change.state.meetings.get(*number).is_some_and(|one| match one.kind {
                Kind::Meeting => meetings,
                Kind::Webinar => webinars,
            });
            let taker = if of_events.contains(number) { &events_heir } else { &heir };
            match taker.as_ref().filter(|_| kept || of_events.contains(number)) {
                Some(heir) => hand_over(change, *number, heir),
                None => remove(change, *number),
            }
        }
        // Recordings that nobody takes over stay without an owner, and Zoom says so of them.
        if let Some(heir) = heir.as_ref().filter(|_| wants("transfer_recording")) {
            hand_over_recordings(change, &person, heir);
        }
        let people = &mut *change.state.people;
        people.retain(|one| one.id != person.id);
        for one in people.iter_mut() {
            one.assistants.retain(|assistant| assistant.user_id != person.id);
        }
        let event = if deletes { "user.deleted" } else { "user.disassociated" };
        told::changed(change, event, &ask.caller.me, &person);
        Ok(theirs)
    })?;
    for number in ended {
        ask.app.calls.end(number.unsigned_abs());
    }
    Ok(Answer::empty(ask.operation.success))
}

fn hand_over_recordings(change: &mut Change<'_>, person: &Person, heir: &Person) {
    let is_theirs = |one: &Recording| one.host_id == person.id;
    change.state.recordings.change(
        |all| all.iter().any(is_theirs),
        |all| {
            all.iter_mut().filter(|one| is_theirs(one)).for_each(|one| heir.id.clone_into(&mut one.host_id));
        },
    );
}

/// Who gets what the user leaves.
fn heir(ask: &Ask<'_>, person: &Person) -> Result<Option<Person>, Refusal> {
    let Some(email) = ask.query("transfer_email") else { return Ok(None) };
    if person.email.eq_ignore_ascii_case(email) {
        return Err(refused(ask, "The transfer-to email address cannot be", ""));
    }
    let heir = ask.user_named(email)?;
    if person.licence == Licence::Licensed && heir.licence != Licence::Licensed {
        return Err(refused(ask, "The destination user does not have a $license", "Licensed"));
    }
    Ok(Some(heir))
}

/// Who gets the hubs and events of who goes, where there are any: the heir, else the account's owner.
fn events_heir(ask: &Ask<'_>, person: &Person, heir: Option<&Person>) -> Result<Option<Person>, Refusal> {
    let (has_any, has_published, owner) = ask.app.world.read(|state| {
        let events = &state.zoom_events;
        let owner = state.owner(&ask.account_id).cloned();
        (events.has_any_of(&person.id), events.has_published_of(&person.id), owner)
    });
    if !has_any {
        return Ok(None);
    }
    let transfers = ask.query("transfer_events") != Some("false");
    if has_published && !transfers {
        return Err(refused(ask, "This user has published events on Zoom Events and cannot", ""));
    }
    match heir.filter(|_| transfers) {
        Some(heir) if ask.app.world.read(|state| state.may_hold_events(heir)) => Ok(Some(heir.clone())),
        Some(_) => Err(refused(ask, "The destination user does not have a Zoom Events license", "")),
        None if has_published => {
            Err(refused(ask, "This user has published events on Zoom Events and you do not specify", ""))
        }
        None => Ok(owner),
    }
}

fn hand_over(change: &mut Change<'_>, number: i64, heir: &Person) {
    change.end_call(number);
    if let Some(mut meeting) = change.state.meetings.change(number) {
        heir.id.clone_into(&mut meeting.host_id);
    }
}

fn remove(change: &mut Change<'_>, number: i64) {
    change.end_call(number);
    let at = change.now;
    let Some(meeting) = change.state.meetings.get(number).map(|meeting| Meeting::clone(meeting)) else { return };
    // Of what was held, reports still say whose it was.
    if !change.state.instances.contains_key(&number) {
        change.forget_meeting(number);
    } else if let Some(mut kept) = change.state.meetings.change(number) {
        kept.deleted_at = Some(at);
    }
    if meeting.exists(at) {
        change.happenings.push(Happening::Deleted { meeting: Box::new(meeting), at, occurrence: None });
    }
}
