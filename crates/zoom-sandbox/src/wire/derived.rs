//! What Zoom shows among a meeting's settings and nobody sent: it follows from what was sent.

use serde_json::{Map, Value, json};

use super::put;
use crate::world::Meeting;

/// Numbers to call a meeting by, of ranges that are kept for fiction: country, its name, city, number.
const DIAL_IN: [(&str, &str, &str, &str); 4] = [
    ("AU", "Australia", "Sydney", "+61 255501234"),
    ("FR", "France", "Paris", "+33 199001234"),
    ("GB", "United Kingdom", "London", "+44 2079460123"),
    ("US", "US", "New York", "+1 2125550123"),
];

/// The settings as answers show them; `is_ours` says whose addresses belong to the account.
pub(super) fn settings(meeting: &Meeting, is_ours: &dyn Fn(&str) -> bool) -> Map<String, Value> {
    let mut shown = meeting.settings.clone();
    let text = |name: &str| meeting.settings.get(name).and_then(Value::as_str).unwrap_or_default();
    let needs_account = meeting.settings.get("meeting_authentication") == Some(&Value::Bool(true));
    put(&mut shown, "enforce_login", needs_account);
    put(&mut shown, "enforce_login_domains", if needs_account { text("authentication_domains") } else { "" });
    if text("audio") != "voip" {
        put(&mut shown, "global_dial_in_numbers", numbers(&meeting.settings));
    }
    let invitees = shown.get_mut("meeting_invitees").and_then(Value::as_array_mut).into_iter().flatten();
    for invitee in invitees.filter_map(Value::as_object_mut) {
        let is_ours = invitee.get("email").and_then(Value::as_str).is_some_and(is_ours);
        put(invitee, "internal_user", is_ours);
    }
    shown
}

/// Those of the countries that were asked for; of the United States where none was.
fn numbers(settings: &Map<String, Value>) -> Vec<Value> {
    let asked = settings.get("global_dial_in_countries").and_then(Value::as_array);
    let is_wanted = |country: &str| match asked {
        Some(asked) if !asked.is_empty() => asked.iter().any(|one| one == country),
        _ => country == "US",
    };
    let known = DIAL_IN.iter().filter(|(country, ..)| is_wanted(country));
    known
        .map(|(country, name, city, number)| {
            json!({ "country": country, "country_name": name, "city": city, "number": number, "type": "toll" })
        })
        .collect()
}

/// The fields that were sent to be tracked; nobody in the sandbox hides one.
pub(crate) fn tracking_fields(meeting: &Meeting) -> Vec<Value> {
    let mut fields = meeting.tracking_fields.clone();
    for field in fields.iter_mut().filter_map(Value::as_object_mut) {
        field.entry("visible").or_insert(Value::Bool(true));
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_countries_that_were_asked_for() {
        let of = |settings: Value| {
            let rows = numbers(settings.as_object().unwrap());
            rows.iter().map(|row| row["country"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(of(json!({})), ["US"]);
        assert_eq!(of(json!({ "global_dial_in_countries": ["FR", "GB", "ZZ"] })), ["FR", "GB"]);
    }
}
