//! `feature` of a user's settings: licences, and what they exclude, need and cost.

use clock::Timestamp;
use serde_json::{Map, Value};
use zoom_spec::code::NO_PERMISSION;

use super::super::words::fill;
use crate::{
    answer::Refusal,
    world::{Account, Licence, Person, Plan, State},
};

/// What is looked at: the user as they are and what they are to have.
pub(super) struct Asked<'a> {
    pub(super) now_at: Timestamp,
    pub(super) state: &'a State,
    pub(super) account: &'a Account,
    pub(super) person: &'a Person,
    /// `feature` of the body.
    pub(super) wanted: &'a Map<String, Value>,
    /// What a feature is now, by its name.
    pub(super) now: &'a dyn Fn(&str) -> Value,
}

/// Features that only users with a licence can have, and how the refusal begins.
const LICENSED: [(&str, &str); 9] = [
    ("large_meeting", "Only Licensed or On-prem users can enable the large meeting"),
    ("webinar", "Webinar feature can only be enabled"),
    ("zoom_events", "You can only enable the Zoom Events feature"),
    ("zoom_events_unlimited", UNLIMITED),
    ("zoom_sessions_unlimited", UNLIMITED),
    ("zoom_webinars_plus_unlimited", UNLIMITED),
    ("zoom_events_pay_per_attendee", PER_ATTENDEE),
    ("zoom_sessions_pay_per_attendee", PER_ATTENDEE),
    ("concurrent_meeting", "You can only enable the \"Concurrent Meeting\" feature"),
];
const UNLIMITED: &str = "You can only enable Zoom Events Unlimited";
const PER_ATTENDEE: &str = "You can only enable Zoom Events Pay Per Attendee";

/// Features that nobody has together, and how the refusal begins. Some are for the first beside the second only.
const APART: [(&str, &str, &str); 9] = [
    ("webinar", "zoom_events", "You can't enable the Webinar feature because"),
    ("zoom_events", "webinar", "You can't enable the Zoom Events feature because"),
    ("webinar", "zoom_events_unlimited", NOT_WITH_WEBINARS),
    ("webinar", "zoom_sessions_unlimited", NOT_WITH_WEBINARS),
    ("zoom_events", "zoom_events_unlimited", "You can't enable Zoom Events and Zoom Events Unlimited"),
    (
        "zoom_events",
        "zoom_sessions_unlimited",
        "You can't enable Zoom Events/Zoom Events Unlimited/Zoom Sessions Unlimited feature for",
    ),
    ("zoom_sessions_unlimited", "zoom_events_unlimited", "You can't downgrade Zoom Events Unlimited plan"),
    (
        "zoom_events_pay_per_attendee",
        "zoom_sessions_pay_per_attendee",
        "You can't enable Zoom Events Pay Per Attendee and",
    ),
    ("zoom_whiteboard", "zoom_whiteboard_plus", "You cannot set \"Zoom Whiteboard\" and"),
];
const NOT_WITH_WEBINARS: &str =
    "You can't enable Zoom Events/Zoom Events Unlimited/Zoom Sessions Unlimited feature and Webinar";

impl Asked<'_> {
    /// Refuses what Zoom refuses.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let refuse = |begins: &str| Err(refused(begins, &[]));
        for (name, begins) in LICENSED {
            if self.turns_on(name) {
                if self.account.plan == Plan::Free {
                    return refuse("You can't add paid users");
                }
                if self.person.licence != Licence::Licensed {
                    return refuse(begins);
                }
            }
        }
        for (one, other, begins) in APART {
            let both = self.will_be_on(one) && self.will_be_on(other);
            if both && (self.turns_on(one) || self.turns_on(other) && !is_one_sided(one, other)) {
                return refuse(begins);
            }
        }
        if self.turns_on("zoom_customer_managed_key") {
            return refuse("You cannot assign a Zoom Customer Managed Key");
        }
        if self.turns_on("zoom_iq_for_sales") && self.account.plan != Plan::Business {
            return refuse("Unable to assign");
        }
        self.seats()?;
        self.concurrent()?;
        self.plans()?;
        self.coming_events()
    }

    fn turns_on(&self, name: &str) -> bool {
        self.wanted.get(name).is_some_and(is_on) && !is_on(&(self.now)(name))
    }

    fn turns_off(&self, name: &str) -> bool {
        self.wanted.get(name).is_some_and(|value| !is_on(value)) && is_on(&(self.now)(name))
    }

    fn will_be_on(&self, name: &str) -> bool {
        self.wanted.get(name).map_or_else(|| is_on(&(self.now)(name)), is_on)
    }

    /// How many others of the account have a feature (of this size).
    fn others(&self, name: &str, has: impl Fn(&State, &Person) -> bool) -> bool {
        let people = self.state.people.iter();
        let others = people.filter(|one| one.account_id == self.account.id && one.id != self.person.id);
        others.filter(|one| has(self.state, one)).count() >= self.account.plan.seats() && self.will_be_on(name)
    }

    /// The account has bought so many licences of each size, and no more.
    fn seats(&self) -> Result<(), Refusal> {
        let seats = self.account.plan.seats().to_string();
        for (name, size, word) in
            [("webinar", "webinar_capacity", "Webinar"), ("large_meeting", "large_meeting_capacity", "Large")]
        {
            if !self.wanted.contains_key(name) && !self.wanted.contains_key(size) {
                continue;
            }
            let wished = self.wanted.get(size).cloned().unwrap_or_else(|| (self.now)(size));
            let wished = wished.as_i64().filter(|size| *size > 0).unwrap_or(USUAL);
            let has = |state: &State, one: &Person| {
                let is_on = if name == "webinar" { one.webinar } else { state.is_on(one, "feature.large_meeting") };
                let own = state.setting(one, &format!("feature.{size}")).as_i64().filter(|size| *size > 0);
                is_on && own.unwrap_or(USUAL) == wished
            };
            let begins = format!("You can add max $maxNumber {word} {} users", wished - wished % 10);
            if self.others(name, has) {
                return Err(refused(&begins, &[&seats]));
            }
        }
        for (name, begins) in [
            ("zoom_events_unlimited", "You can add max \"$maxCapacity\" users for this Zoom Events Unlimited"),
            ("zoom_sessions_unlimited", "You can add max \"$maxCapacity\" users for this Zoom Sessions Unlimited"),
        ] {
            let has = |state: &State, one: &Person| state.is_on(one, &format!("feature.{name}"));
            if self.turns_on(name) && self.others(name, has) {
                return Err(refused(begins, &[&seats]));
            }
        }
        Ok(())
    }

    /// Calls at the same time: the account's plan decides which there are.
    fn concurrent(&self) -> Result<(), Refusal> {
        let Some(wished) = self.wanted.get("concurrent_meeting").and_then(Value::as_str) else { return Ok(()) };
        let (none, many) = match wished {
            "Basic" => (
                "You can't enable the \"Concurrent Meeting Basic\"",
                "You can add a maximum of {0} \"Concurrent Meeting Basic\"",
            ),
            "Plus" => (
                "You can't enable the \"Concurrent Meeting Plus\"",
                "You can add a maximum of {0} \"Concurrent Meeting Plus\"",
            ),
            _ => return Ok(()),
        };
        let has = |state: &State, one: &Person| state.setting(one, "feature.concurrent_meeting") == wished;
        if wished == "Plus" && self.account.plan != Plan::Business || self.account.plan == Plan::Free {
            return Err(refused(none, &[]));
        }
        if self.others("concurrent_meeting", has) {
            return Err(refused(many, &[&self.account.plan.seats().to_string()]));
        }
        Ok(())
    }

    /// `license_info_list`: the account has no subscriptions by id, and so many licences of each type.
    fn plans(&self) -> Result<(), Refusal> {
        for info in self.wanted.get("license_info_list").and_then(Value::as_array).into_iter().flatten() {
            let text = |name: &str| info.get(name).and_then(Value::as_str).unwrap_or_default();
            let kind = text("license_type");
            if kind.starts_with("ZOOM_EVENTS") && !text("subscription_id").is_empty() {
                return Err(refused("The events plan you want to assign", &[]));
            }
            let has = |state: &State, one: &Person| {
                types(&state.setting(one, "feature.license_info_list")).contains(&kind.to_owned())
            };
            if self.others("license_info_list", has) {
                let seats = self.account.plan.seats().to_string();
                return Err(refused(
                    "You can add max \"$maxCapacity\" users for this \"${planName}\"",
                    &[&seats, kind],
                ));
            }
        }
        Ok(())
    }

    /// Who has events to come keeps what they are held with.
    fn coming_events(&self) -> Result<(), Refusal> {
        let mut theirs = self.state.zoom_events.events.values().filter(|event| event.host_id == self.person.id);
        if !theirs.any(|event| event.end > self.now_at) {
            return Ok(());
        }
        let events = |name: &str| types(&(self.now)(name)).into_iter().any(|kind| kind.starts_with("ZOOM_EVENTS"));
        let keeps = |list: &Value| types(list).into_iter().any(|kind| kind.starts_with("ZOOM_EVENTS"));
        if self.turns_off("zoom_events") {
            return Err(refused("You cannot remove the Zoom Events feature", &[]));
        }
        if self.turns_off("zoom_events_unlimited") || self.turns_off("zoom_sessions_unlimited") {
            return Err(refused("You can't remove all Zoom Events features", &[]));
        }
        if events("license_info_list") && self.wanted.get("license_info_list").is_some_and(|list| !keeps(list)) {
            return Err(refused("You can't remove the Zoom Events/Zoom Events SAAS", &[]));
        }
        for (name, begins) in [
            ("zoom_events_capacity", "You cannot downgrade the Zoom Events feature"),
            ("zoom_events_unlimited_capacities", "You can't downgrade the Zoom Events to"),
        ] {
            let (wished, now) = (self.wanted.get(name).map(largest), largest(&(self.now)(name)));
            if let Some(wished) = wished.filter(|wished| *wished < now) {
                return Err(refused(begins, &[&wished.to_string(), &now.to_string()]));
            }
        }
        Ok(())
    }
}

/// The refusal that Zoom documents for changing a user's settings with a message that begins so.
fn refused(begins: &str, values: &[&str]) -> Refusal {
    let errors = zoom_spec::operation("userSettingsUpdate").map(zoom_spec::Operation::errors).unwrap_or_default();
    let known = errors.iter().find(|error| error.message.starts_with(begins));
    let filled = known.map(|error| Refusal::new(error.status, error.code, fill(&error.message, values)));
    filled.unwrap_or_else(|| NO_PERMISSION.into())
}

/// The size of a licence where nobody says.
pub(super) const USUAL: i64 = 500;

/// Whether the refusal is for those who have the other already.
fn is_one_sided(one: &str, other: &str) -> bool {
    matches!((one, other), ("webinar", "zoom_events") | ("zoom_events", "webinar") | ("zoom_sessions_unlimited", _))
}

fn is_on(value: &Value) -> bool {
    match value {
        Value::Bool(is_on) => *is_on,
        Value::String(kind) => kind != "None",
        Value::Array(items) => !items.is_empty(),
        _ => false,
    }
}

fn types(list: &Value) -> Vec<String> {
    let kind = |info: &Value| info.get("license_type").and_then(Value::as_str).map(str::to_owned);
    list.as_array().into_iter().flatten().filter_map(kind).collect()
}

fn largest(value: &Value) -> i64 {
    match value {
        Value::Array(items) => items.iter().filter_map(Value::as_i64).max().unwrap_or(0),
        one => one.as_i64().unwrap_or(0),
    }
}
