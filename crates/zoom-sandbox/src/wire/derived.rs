//! What Zoom shows among a meeting's settings and nobody sent: it follows from what was sent.

use serde::{Serialize, Serializer, ser::SerializeMap as _};
use serde_json::{Map, Value};

use super::put;
use crate::world::Meeting;

/// A number to call a meeting by.
#[derive(Serialize)]
struct DialIn {
    country: &'static str,
    country_name: &'static str,
    city: &'static str,
    number: &'static str,
    #[serde(rename = "type")]
    charge: &'static str,
}

impl DialIn {
    const fn of(country: &'static str, country_name: &'static str, city: &'static str, number: &'static str) -> Self {
        Self { country, country_name, city, number, charge: "toll" }
    }
}

/// Of ranges that are kept for fiction.
const DIAL_IN: [DialIn; 4] = [
    DialIn::of("AU", "Australia", "Sydney", "+61 255501234"),
    DialIn::of("FR", "France", "Paris", "+33 199001234"),
    DialIn::of("GB", "United Kingdom", "London", "+44 2079460123"),
    DialIn::of("US", "US", "New York", "+1 2125550123"),
];

/// The settings as answers show them.
pub(super) struct Settings<'a> {
    pub(super) meeting: &'a Meeting,
    /// Which addresses belong to the account, where that is to be said of invitees.
    pub(super) is_ours: Option<&'a dyn Fn(&str) -> bool>,
}

impl Serialize for Settings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sent = &self.meeting.settings;
        let text = |name: &str| sent.get(name).and_then(Value::as_str).unwrap_or_default();
        let has_telephone = text("audio") != "voip";
        let mut members = serializer.serialize_map(None)?;
        for (name, value) in sent {
            match name.as_str() {
                "enforce_login" | "enforce_login_domains" => {}
                "global_dial_in_numbers" if has_telephone => {}
                "meeting_invitees" => members.serialize_entry(name, &invitees(value.clone(), self.is_ours))?,
                _ => members.serialize_entry(name, value)?,
            }
        }
        let needs_account = sent.get("meeting_authentication") == Some(&Value::Bool(true));
        members.serialize_entry("enforce_login", &needs_account)?;
        let domains = if needs_account { text("authentication_domains") } else { "" };
        members.serialize_entry("enforce_login_domains", domains)?;
        if has_telephone {
            members.serialize_entry("global_dial_in_numbers", &numbers(sent))?;
        }
        members.end()
    }
}

fn invitees(mut invitees: Value, is_ours: Option<&dyn Fn(&str) -> bool>) -> Value {
    let Some(is_ours) = is_ours else { return invitees };
    for invitee in invitees.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        let is_ours = invitee.get("email").and_then(Value::as_str).is_some_and(is_ours);
        put(invitee, "internal_user", is_ours);
    }
    invitees
}

/// Those of the countries that were asked for; of the United States where none was.
fn numbers(settings: &Map<String, Value>) -> Vec<&'static DialIn> {
    let asked = settings.get("global_dial_in_countries").and_then(Value::as_array);
    let is_wanted = |country: &str| match asked {
        Some(asked) if !asked.is_empty() => asked.iter().any(|one| one == country),
        _ => country == "US",
    };
    DIAL_IN.iter().filter(|number| is_wanted(number.country)).collect()
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
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_those_of_the_countries_that_were_asked_for() {
        let of = |settings: Value| {
            let rows = numbers(settings.as_object().unwrap());
            rows.iter().map(|row| row.country).collect::<Vec<_>>()
        };
        assert_eq!(of(json!({})), ["US"]);
        assert_eq!(of(json!({ "global_dial_in_countries": ["FR", "GB", "ZZ"] })), ["FR", "GB"]);
    }
}
