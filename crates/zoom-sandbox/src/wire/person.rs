//! A user's JSON.

use serde_json::{Value, json};

use super::instant;
use crate::world::{Account, Person, PersonStatus, Role};

/// A row of `GET /users`. Zoom leaves out the id of those who have not answered their invitation.
pub(crate) fn person_row(person: &Person) -> Value {
    let mut row = json!({
        "id": person.id,
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "display_name": person.display_name,
        "type": person.licence.code(),
        "pmi": person.pmi,
        "timezone": person.timezone,
        "verified": i32::from(person.status != PersonStatus::Pending),
        "created_at": instant(person.created_at),
        "user_created_at": instant(person.created_at),
        "status": person.status.as_str(),
        "role_id": person.role_id,
        "language": "en-US",
    });
    if let (PersonStatus::Pending, Value::Object(members)) = (person.status, &mut row) {
        members.remove("id");
    }
    row
}

/// The answer of `GET /users/{userId}`.
pub(crate) fn person_detail(person: &Person, role: &Role, account: &Account, base: &str) -> Value {
    let mut detail = json!({
        "id": person.id,
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "display_name": person.display_name,
        "type": person.licence.code(),
        "role_id": role.id,
        "role_name": role.name,
        "pmi": person.pmi,
        "use_pmi": person.use_pmi,
        "personal_meeting_url": format!("{base}/j/{}", person.pmi),
        "timezone": person.timezone,
        "verified": i32::from(person.status != PersonStatus::Pending),
        "created_at": instant(person.created_at),
        "user_created_at": instant(person.created_at),
        "status": person.status.as_str(),
        "language": "en-US",
        "account_id": account.id,
        "account_number": account.number,
        "company": account.name,
    });
    // What the profile says wins over what is assumed above.
    if let Value::Object(members) = &mut detail {
        members.extend(person.profile.clone());
    }
    detail
}
