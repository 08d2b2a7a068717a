//! The calls that an account held.

use serde_json::Value;

use super::super::Ask;
use crate::world::{Instance, Meeting, Person, Shared, State};

/// A call that is over, whose it was and of which meeting.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) meeting: Shared<Meeting>,
    pub(super) instance: Instance,
    pub(super) host: Person,
    /// Whether it was recorded in the cloud.
    pub(super) recorded: bool,
}

/// Every call of the account that is over, oldest first.
pub(super) fn held(ask: &Ask<'_>) -> Vec<Held> {
    over(ask, |state| state.instances.keys().filter_map(|number| state.meetings.get(*number)).collect())
}

/// The same of one host.
pub(super) fn held_by(ask: &Ask<'_>, host: &Person) -> Vec<Held> {
    over(ask, |state| state.meetings.of_host(&host.id).collect())
}

fn over(ask: &Ask<'_>, meant: impl FnOnce(&State) -> Vec<&Shared<Meeting>>) -> Vec<Held> {
    let mut all: Vec<Held> = ask.app.world.read(|state| {
        let of_meeting = |meeting: &Shared<Meeting>| {
            let instances = state.instances.get(&meeting.number)?.iter();
            let host = state.person_by_id(&meeting.host_id).filter(|host| host.account_id == ask.account_id)?;
            let recorded = |uuid: &str| {
                let mut known = state.recordings.get(&meeting.number).into_iter().flatten();
                known.any(|one| one.uuid == uuid)
            };
            let over = instances.filter(|instance| instance.ended_at.is_some()).cloned();
            Some(
                over.map(|instance| Held {
                    meeting: meeting.clone(),
                    recorded: recorded(&instance.uuid),
                    instance,
                    host: host.clone(),
                })
                .collect::<Vec<_>>(),
            )
        };
        meant(state).into_iter().filter_map(of_meeting).flatten().collect()
    });
    all.sort_by_key(|held| (held.instance.started_at, held.meeting.number));
    all
}

/// The account's people, of the group the query names where it names one.
pub(super) fn people(ask: &Ask<'_>) -> Vec<Person> {
    let mut people = ask.people();
    if let Some(group) = ask.query("group_id") {
        people.retain(|person| {
            let groups = person.profile.get("group_ids").and_then(Value::as_array);
            groups.is_some_and(|groups| groups.iter().any(|one| one.as_str() == Some(group)))
        });
    }
    people
}

/// A text of somebody's profile.
pub(super) fn dept(person: &Person) -> &str {
    person.profile.get("dept").and_then(Value::as_str).unwrap_or_default()
}
