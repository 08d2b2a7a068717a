//! A user's JSON.

use serde_json::{Map, Value, json};

use super::{instant, put};
use crate::world::{Account, Licence, Person, PersonStatus, Role};

/// What everybody's app is, who signed in to the sandbox.
const CLIENT: &str = concat!(env!("CARGO_PKG_VERSION"), "(sandbox)");

/// What both answers say. Zoom leaves out the id of those who have not answered their invitation.
fn shared(person: &Person) -> Map<String, Value> {
    let mut members = Map::new();
    let is_pending = person.status == PersonStatus::Pending;
    put(&mut members, "email", person.email.as_str());
    put(&mut members, "first_name", person.first_name.as_str());
    put(&mut members, "last_name", person.last_name.as_str());
    put(&mut members, "display_name", person.display_name.as_str());
    put(&mut members, "type", person.licence.code());
    put(&mut members, "pmi", person.pmi);
    put(&mut members, "timezone", person.timezone.as_str());
    put(&mut members, "verified", i32::from(!is_pending));
    put(&mut members, "created_at", instant(person.created_at));
    put(&mut members, "user_created_at", instant(person.created_at));
    put(&mut members, "status", person.status.as_str());
    put(&mut members, "role_id", person.role_id.as_str());
    put(&mut members, "group_ids", Vec::<Value>::new());
    put(&mut members, "im_group_ids", Vec::<Value>::new());
    put(&mut members, "login_types", vec![person.login_type()]);
    if !is_pending {
        put(&mut members, "last_login_time", instant(person.created_at));
        put(&mut members, "last_client_version", CLIENT);
    }
    if person.licence == Licence::Licensed {
        let licence = json!({ "license_type": "MEETING", "license_option": 2, "subscription_id": "" });
        put(&mut members, "license_info_list", vec![licence]);
    }
    members
}

/// A row of `GET /users`; `include` names what is only there on demand.
pub(crate) fn person_row(person: &Person, include: &str) -> Map<String, Value> {
    let mut row = shared(person);
    if person.status != PersonStatus::Pending {
        put(&mut row, "id", person.id.as_str());
    }
    let always = ["dept", "division_ids", "license_info_list", "plan_united_type"];
    let asked = ["custom_attributes", "host_key"].into_iter().filter(|name| include == *name);
    for name in always.into_iter().chain(asked) {
        if let Some(value) = person.profile.get(name) {
            put(&mut row, name, value.clone());
        }
    }
    row
}

/// The answer of `GET /users/{userId}`.
pub(crate) fn person_detail(person: &Person, role: &Role, account: &Account, base: &str) -> Value {
    let mut detail = shared(person);
    put(&mut detail, "id", person.id.as_str());
    put(&mut detail, "role_id", role.id.as_str());
    put(&mut detail, "role_name", role.name.as_str());
    put(&mut detail, "use_pmi", person.use_pmi);
    put(&mut detail, "personal_meeting_url", format!("{base}/j/{}", person.pmi));
    put(&mut detail, "language", "en-US");
    put(&mut detail, "account_id", account.id.as_str());
    put(&mut detail, "account_number", account.number);
    put(&mut detail, "company", account.name.as_str());
    put(&mut detail, "cluster", "us01");
    put(&mut detail, "jid", format!("{}@xmpp.zoom.us", person.id.to_lowercase()));
    // What the profile says wins over what is assumed above; some of it only lists tell, or nobody.
    detail.extend(person.profile.clone());
    detail.retain(|name, _| !matches!(name.as_str(), "about_me" | "host_key" | "linkedin_url"));
    if let Some(name) = detail.remove("vanity_name") {
        let name = name.as_str().unwrap_or_default();
        put(&mut detail, "vanity_url", if name.is_empty() { String::new() } else { format!("{base}/my/{name}") });
    }
    for number in detail.get_mut("phone_numbers").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Value::Object(number) = number {
            number.entry("verified").or_insert(Value::Bool(false));
        }
    }
    detail.into()
}
