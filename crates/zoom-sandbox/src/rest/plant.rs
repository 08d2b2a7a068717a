//! Plants a seed: its people become users, its meetings and webinars are made by the operations themselves, so that
//! Zoom's rules hold for them too. What the API would only note, a seed must not have.

use serde_json::{Map, Value, json};

use super::{Ask, Sent, access::Caller, behaviour};
use crate::{
    answer::{Answer, Refusal},
    app::App,
    seed::{Seed, SeedError, SeedMeeting, SeedUser},
    world::{Change, Kind, Licence, Person},
};

/// Puts everything of a seed into the world of `app`, or says at which place it stopped.
pub(crate) fn plant(app: &App, seed: &Seed) -> Result<(), SeedError> {
    for (at, user) in seed.users.iter().enumerate() {
        let place = format!("users[{at}]");
        let kept = app.world.change(|change| add_user(change, user, &place));
        kept.map_err(|problem| match problem {
            crate::world::ChangeError::Refused(refused) => refused,
            crate::world::ChangeError::Disk(problem) => SeedError::at(place, problem.to_string()),
        })?;
    }
    for (at, meeting) in seed.meetings.iter().enumerate() {
        add_meeting(app, Kind::Meeting, meeting, &format!("meetings[{at}]"))?;
    }
    for (at, webinar) in seed.webinars.iter().enumerate() {
        add_meeting(app, Kind::Webinar, webinar, &format!("webinars[{at}]"))?;
    }
    Ok(())
}

fn add_user(change: &mut Change<'_>, user: &SeedUser, place: &str) -> Result<(), SeedError> {
    let wrong = |field: &str, why: String| Err(SeedError::at(format!("{place}.{field}"), why));
    let email = user.email.trim().to_lowercase();
    if !email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()) {
        return wrong("email", format!("{:?} is no e-mail address", user.email));
    }
    if change.state.person(&email).is_some() {
        return wrong("email", format!("{email} is in the account already"));
    }
    let code = user.licence.unwrap_or(2);
    let Some(licence) = Licence::from_code(code) else {
        return wrong("type", format!("{code} is no licence; give 1 (basic), 2 (licensed), 4 or 99"));
    };
    let name = user.role.as_deref().unwrap_or("Member");
    let role = change.state.roles.iter().find(|role| role.name.eq_ignore_ascii_case(name));
    let Some(role_id) = role.map(|role| role.id.clone()).filter(|id| id != "0") else {
        return wrong(
            "role",
            format!("{name:?} is no role that can be given; give Admin, Member or the name of another"),
        );
    };
    let account_id = change.state.account.id.clone();
    let zone = change.state.owner(&account_id).map_or_else(|| "UTC".to_owned(), |owner| owner.timezone.clone());
    let timezone = user.timezone.clone().unwrap_or(zone);
    if jiff::tz::TimeZone::get(&timezone).is_err() {
        return wrong("timezone", format!("{timezone:?} is no IANA time zone"));
    }
    let mut profile = Map::new();
    if let Some(dept) = &user.dept {
        profile.insert("dept".to_owned(), dept.as_str().into());
    }
    let fresh = Person::fresh(&account_id, &email, (&user.first_name, &user.last_name), change.now, change.entropy);
    change.state.people.push(Person {
        timezone,
        licence,
        webinar: user.webinar,
        role_id,
        profile,
        display_name: user.display_name.clone().unwrap_or_else(|| fresh.display_name.clone()),
        ..fresh
    });
    Ok(())
}

fn add_meeting(app: &App, kind: Kind, wanted: &SeedMeeting, place: &str) -> Result<(), SeedError> {
    let (create, register, id_name) = match kind {
        Kind::Meeting => ("meetingCreate", "meetingRegistrantCreate", "meetingId"),
        Kind::Webinar => ("webinarCreate", "webinarRegistrantCreate", "webinarId"),
    };
    if kind == Kind::Meeting && !wanted.panelists.is_empty() {
        return Err(SeedError::at(format!("{place}.panelists"), "only webinars have panelists"));
    }
    let made = perform(app, create, ("userId", &wanted.host), wanted.body.clone(), place)?;
    let id = made.get("id").map(Value::to_string).unwrap_or_default();
    for (at, one) in wanted.registrants.iter().enumerate() {
        perform(app, register, (id_name, &id), one.clone(), &format!("{place}.registrants[{at}]"))?;
    }
    if !wanted.panelists.is_empty() {
        let mut body = Map::new();
        body.insert("panelists".to_owned(), json!(wanted.panelists));
        perform(app, "webinarPanelistCreate", (id_name, &id), body, place)?;
    }
    Ok(())
}

/// One operation, as the account's owner would call it.
fn perform(
    app: &App,
    id: &str,
    (name, value): (&'static str, &str),
    body: Map<String, Value>,
    place: &str,
) -> Result<Map<String, Value>, SeedError> {
    let failed = |refusal: Refusal| refused(&refusal, place);
    let (operation, owner) = (zoom_spec::operation(id), app.world.person("me"));
    let (Some(operation), Some(owner)) = (operation, owner) else {
        return Err(SeedError::at(place, "there is nobody who could make it"));
    };
    let account = owner.account_id.clone();
    let bytes = Value::Object(body).to_string();
    let headers = axum::http::HeaderMap::new();
    let params = [(name, value.to_owned())];
    let sent = Sent { params: &params, query: "", headers: &headers, body: bytes.as_bytes() };
    let ask = Ask::read(app, operation, Caller::at_page(owner), account, &sent).map_err(failed)?;
    let behave = behaviour(operation).ok_or_else(|| SeedError::at(place, "the sandbox cannot make it yet"))?;
    let answer = behave(&ask).map_err(failed)?;
    match ask.into_notes().into_iter().next() {
        Some(note) => Err(SeedError::at(place, note)),
        None => Ok(members(&answer)),
    }
}

fn members(answer: &Answer) -> Map<String, Value> {
    match answer.value() {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn refused(refusal: &Refusal, place: &str) -> SeedError {
    match refusal.wrong_fields().next() {
        Some((field, message)) => SeedError::at(format!("{place}.{field}"), refusal.reason().unwrap_or(message)),
        None => SeedError::at(place, refusal.message()),
    }
}
