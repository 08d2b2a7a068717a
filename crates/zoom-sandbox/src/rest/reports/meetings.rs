//! `GET /report/users/{userId}/meetings`: the calls a user held, or was in.

use clock::Timestamp;
use serde_json::{Value, json};
use zoom_spec::code::USER_NOT_FOUND;

use super::{
    super::{Ask, page, past::paid, words::worded},
    held::{Held, held, held_by},
    range::Days,
};
use crate::{
    answer::{Answer, Refusal},
    wire::{instant, put},
    world::{Attendance, Person},
};

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    paid(ask)?;
    let user = ask.user().map_err(|refusal| {
        let words = worded(ask, "User {userId} not exist", ask.param("userId"));
        words.filter(|_| refusal.code() == USER_NOT_FOUND.code).unwrap_or(refusal)
    })?;
    let days = Days::past(ask)?;
    let in_range = |held: &Held| days.contain(held.instance.started_at);
    let rows: Vec<Held> = match ask.query("type").unwrap_or("past") {
        "pastJoined" => held(ask).into_iter().filter(|held| in_range(held) && stay(held, &user).is_some()).collect(),
        // Of what a user held, the report leaves out the calls that only one person was in; those are `pastOne`.
        wanted => {
            let is_meant = |people: usize| if wanted == "pastOne" { people == 1 } else { people > 1 };
            let theirs = held_by(ask, &user).into_iter().filter(in_range);
            theirs.filter(|held| is_meant(held.instance.people().len())).collect()
        }
    };
    let (account, people) = (ask.app.world.read(|state| state.account(&ask.account_id).cloned()), ask.people());
    let name = account.map(|account| account.name).unwrap_or_default();
    let rows = rows.iter().map(|held| row(held, &user, &name, &people)).collect();
    let mut body = page::envelope(ask, "meetings", rows)?;
    if let Some(members) = body.as_object_mut() {
        put(members, "from", days.from.to_string());
        put(members, "to", days.to.to_string());
    }
    Ok(Answer::json(ask.operation.success, body))
}

fn stay<'a>(held: &'a Held, user: &Person) -> Option<&'a Attendance> {
    held.instance.participants.iter().find(|stay| stay.id == user.id)
}

/// The attendee's times have a form of their own.
fn time(at: Option<Timestamp>) -> String {
    at.map(|at| at.strftime("%m/%d/%Y %H:%M").to_string()).unwrap_or_default()
}

fn row(held: &Held, user: &Person, account: &str, people: &[Person]) -> Value {
    let Held { meeting, instance, host, recorded } = held;
    let stay = stay(held, user);
    let inside = instance.people();
    let ours = inside.iter().filter(|stay| people.iter().any(|person| person.id == stay.id)).count();
    let is_secret = meeting.settings.get("encryption_type").and_then(Value::as_str) == Some("e2ee");
    json!({
        "id": meeting.number,
        "uuid": instance.uuid,
        "type": meeting.code,
        "topic": meeting.topic,
        "user_name": host.display_name,
        "user_email": host.email,
        "start_time": instant(instance.started_at),
        "end_time": instant(instance.end()),
        "duration": instance.minutes(),
        "total_minutes": instance.total_minutes(),
        "participants_count": inside.len(),
        "participants_count_my_account": ours,
        "source": meeting.source(),
        "session_key": "",
        "custom_keys": meeting.settings.get("custom_keys").cloned().unwrap_or_else(|| json!([])),
        "schedule_time": time(meeting.start),
        "join_waiting_room_time": time(stay.and_then(|stay| stay.waited_from)),
        "join_time": time(stay.map(|stay| stay.join)),
        "leave_time": time(stay.and_then(|stay| stay.leave)),
        "host_organization": account,
        "host_name": host.display_name,
        "has_screen_share": false,
        "has_recording": recorded,
        "has_chat": instance.chat.iter().any(|line| line.by.id == user.id),
        "meeting_encryption_status": if is_secret { 1 } else { 2 },
    })
}
