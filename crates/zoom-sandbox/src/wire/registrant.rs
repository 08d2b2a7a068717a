//! A registrant's JSON, and the links that only they have.

use serde_json::{Map, Value, json};

use super::{instant, put};
use crate::world::{Admission, Kind, Meeting, Registrant};

/// What a registrant may be asked, by Zoom's names.
const ANSWERS: [&str; 15] = [
    "first_name",
    "last_name",
    "address",
    "city",
    "country",
    "zip",
    "state",
    "phone",
    "industry",
    "org",
    "job_title",
    "purchasing_time_frame",
    "role_in_purchase_process",
    "no_of_employees",
    "comments",
];

/// A join link that carries who joins.
pub(crate) fn personal_link(meeting: &Meeting, token: &str, base: &str) -> String {
    let link = format!("{base}/j/{}?tk={token}", meeting.shown_number());
    if meeting.passcode.is_empty() || !meeting.embeds_passcode {
        return link;
    }
    let passcode = percent_encoding::utf8_percent_encode(&meeting.passcode, percent_encoding::NON_ALPHANUMERIC);
    format!("{link}&pwd={passcode}")
}

/// The address of the page where one registers.
pub(crate) fn registration_url(meeting: &Meeting, base: &str) -> String {
    format!("{base}/{}/register/{}", meeting.kind.as_str(), meeting.number)
}

/// What all answers and webhooks say of a registrant.
pub(crate) fn registrant_head(registrant: &Registrant) -> Map<String, Value> {
    let mut members = Map::new();
    put(&mut members, "id", registrant.id.as_str());
    put(&mut members, "first_name", registrant.answer("first_name"));
    put(&mut members, "last_name", registrant.answer("last_name"));
    put(&mut members, "email", registrant.email.as_str());
    members
}

/// The join link and, of meetings, the code for telephones: for those who may come.
pub(crate) fn put_link(members: &mut Map<String, Value>, registrant: &Registrant, meeting: &Meeting, base: &str) {
    if registrant.admission == Admission::Approved {
        put(members, "join_url", personal_link(meeting, &registrant.token, base));
        if meeting.kind == Kind::Meeting {
            put(members, "participant_pin_code", registrant.pin);
        }
    }
}

/// The whole registrant.
pub(crate) fn registrant(registrant: &Registrant, meeting: &Meeting, base: &str) -> Map<String, Value> {
    let mut members = registrant_head(registrant);
    for name in ANSWERS {
        put(&mut members, name, registrant.answer(name));
    }
    put(&mut members, "custom_questions", registrant.answers.get("custom_questions").cloned().unwrap_or(json!([])));
    put(&mut members, "status", registrant.admission.as_str());
    put(&mut members, "create_time", instant(registrant.created_at));
    put_link(&mut members, registrant, meeting, base);
    members
}

/// Somebody who registered to see a recording.
pub(crate) fn viewer(registrant: &Registrant) -> Map<String, Value> {
    let mut members = registrant_head(registrant);
    for name in ANSWERS {
        put(&mut members, name, registrant.answer(name));
    }
    put(&mut members, "custom_questions", registrant.answers.get("custom_questions").cloned().unwrap_or(json!([])));
    put(&mut members, "status", registrant.admission.as_str());
    members
}

/// Where a registrant of a webinar came from.
pub(crate) fn tracking_source(webinar: &Meeting, source: &str, base: &str) -> Map<String, Value> {
    let quoted = percent_encoding::utf8_percent_encode(source, percent_encoding::NON_ALPHANUMERIC);
    let mut members = Map::new();
    put(&mut members, "id", source);
    put(&mut members, "source_name", source);
    put(&mut members, "tracking_url", format!("{}?source_id={quoted}", registration_url(webinar, base)));
    members
}
