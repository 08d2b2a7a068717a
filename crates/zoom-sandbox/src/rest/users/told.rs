//! What the webhooks say of users.

use serde_json::{Map, Value};

use crate::{
    wire::put,
    world::{Change, Happening, Notice, Person},
};

fn who(person: &Person) -> Map<String, Value> {
    let mut object = Map::new();
    put(&mut object, "id", person.id.as_str());
    put(&mut object, "email", person.email.as_str());
    object
}

fn whole(person: &Person) -> Map<String, Value> {
    let mut object = who(person);
    put(&mut object, "first_name", person.first_name.as_str());
    put(&mut object, "last_name", person.last_name.as_str());
    put(&mut object, "type", person.licence.code());
    object
}

fn tell(change: &mut Change<'_>, event: &'static str, by: &Person, about: &Person, object: Map<String, Value>) {
    tell_with(change, event, (by, about), object, Map::new());
}

fn tell_with(
    change: &mut Change<'_>,
    event: &'static str,
    (by, about): (&Person, &Person),
    object: Map<String, Value>,
    mut payload: Map<String, Value>,
) {
    put(&mut payload, "operator", by.email.as_str());
    put(&mut payload, "operator_id", by.id.as_str());
    change.happenings.push(Happening::Told(Box::new(Notice {
        event,
        account_id: about.account_id.clone(),
        at: change.now,
        meeting: None,
        object,
        payload,
        envelope: Map::new(),
    })));
}

/// `user.created`; `how` is the action of the request.
pub(crate) fn created(change: &mut Change<'_>, by: &Person, person: &Person, how: &str) {
    let payload = Map::from_iter([("creation_type".to_owned(), Value::from(how))]);
    let mut object = whole(person);
    put(&mut object, "display_name", person.display_name.as_str());
    tell_with(change, "user.created", (by, person), object, payload);
}

/// `user.updated`, with the members that differ as they are and as they were.
pub(in crate::rest) fn updated(
    change: &mut Change<'_>,
    by: &Person,
    old: &[(&str, Value)],
    new: &[(&str, Value)],
    now: &Person,
) {
    let members = |list: &[(&str, Value)]| {
        let mut object = who(now);
        object.extend(list.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        object
    };
    let mut payload = Map::new();
    put(&mut payload, "time_stamp", change.now.as_millisecond());
    put(&mut payload, "old_object", members(old));
    tell_with(change, "user.updated", (by, now), members(new), payload);
}

/// `user.deleted`, `user.disassociated`, `user.activated`, `user.deactivated`.
pub(super) fn changed(change: &mut Change<'_>, event: &'static str, by: &Person, person: &Person) {
    let object = whole(person);
    tell(change, event, by, person, object);
}
