//! What was written is read back: what was sent, and the twin that reads it documents too, is there as it was sent.

use serde_json::Value;
use zoom_spec::{Method, Operation, Place, operation_at};

use super::{
    body::{fields, has_members, steps},
    entry::Way,
    scene::Scene,
    things::{Things, plain},
};

/// What reads a thing that was made: by its id in a path, or as a row of a list.
#[derive(Clone, Copy)]
enum Reads {
    /// The parameter of the path, and where the answer has the id.
    One(&'static str, &'static str),
    /// The list, and the member by which the row is known.
    Row(&'static str, &'static str),
}

use Reads::{One, Row};

/// The operations that make things, what reads them, and where in the body the thing stands.
const MAKES: &[(&str, &str, Reads, &str)] = &[
    ("accountCreate", "GetSubAccountDetails", One("accountId", "/id"), ""),
    ("createRole", "getRoleInformation", One("roleId", "/id"), ""),
    ("userCreate", "user", One("userId", "/id"), "user_info."),
    ("meetingCreate", "meeting", One("meetingId", "/id"), ""),
    ("webinarCreate", "webinar", One("webinarId", "/id"), ""),
    ("meetingRegistrantCreate", "meetingRegistrantGet", One("registrantId", "/registrant_id"), ""),
    ("webinarRegistrantCreate", "webinarRegistrantGet", One("registrantId", "/registrant_id"), ""),
    ("addBatchRegistrants", "meetingRegistrants", Row("registrants", "email"), "registrants[]."),
    ("addBatchWebinarRegistrants", "webinarRegistrants", Row("registrants", "email"), "registrants[]."),
    ("meetingRecordingRegistrantCreate", "meetingRecordingRegistrants", Row("registrants", "email"), ""),
    ("webinarPanelistCreate", "webinarPanelists", Row("panelists", "email"), "panelists[]."),
    ("meetingPollCreate", "meetingPollGet", One("pollId", "/id"), ""),
    ("createBatchPolls", "meetingPolls", Row("polls", "title"), "polls[]."),
    ("webinarPollCreate", "webinarPollGet", One("pollId", "/id"), ""),
    ("createEvent", "getEventInfo", One("eventId", "/event_id"), ""),
    ("createEventSession", "getEventSessionInfo", One("sessionId", "/session_id"), ""),
    ("createSpeaker", "getSpeaker", One("speakerId", "/speaker_id"), ""),
    ("createEventAccessLink", "GetEventAccessLink", One("accessLinkId", "/access_link_id"), ""),
    ("createTicketType", "getEventTicketTypes", Row("ticket_types", "name"), ""),
    ("updateTicketType", "getEventTicketTypes", Row("ticket_types", "name"), ""),
    ("createTickets", "getTicketDetails", One("ticketId", "/tickets/0/ticket_id"), "tickets[]."),
    ("createEventSubscription", "getUserEventSubscriptions", Row("event_subscriptions", "event_subscription_name"), ""),
    ("createHubHost", "gethubhostList", Row("hosts", "email"), ""),
    ("AddSessionReservations", "ListSessionReservations", Row("reservations", "email"), ""),
];

/// What does not come back as it was sent: the operations by how their names begin, the field, and why.
const OTHERWISE: &[(&str, &str, &str)] = &[
    ("", "start_time", "a series begins with its first sitting, in UTC"),
    ("", "settings.authentication_name", "is that of the option"),
    ("", "settings.enforce_login_domains", "is the older name of `authentication_domains`, which was sent too"),
    ("meeting", "settings.global_dial_in_numbers[].city", "numbers follow the countries"),
    ("meeting", "settings.global_dial_in_numbers[].country", "numbers follow the countries"),
    ("meeting", "settings.global_dial_in_numbers[].country_name", "numbers follow the countries"),
    ("meeting", "settings.global_dial_in_numbers[].number", "numbers follow the countries"),
    ("meeting", "settings.global_dial_in_numbers[].type", "numbers follow the countries"),
    ("meeting", "settings.join_before_host", "a waiting room switches it off"),
    ("meeting", "settings.use_pmi", "series with fixed times have numbers of their own"),
    ("meeting", "sensitivity_label_id", "there are no labels"),
    ("meeting", "template_id", "there are no templates"),
    ("webinar", "template_id", "there are no templates"),
    ("webinar", "record_file_id", "no recording is played as a webinar"),
    ("webinar", "transition_to_live", "no recording is played as a webinar"),
    ("webinar", "simulive_delay_start.enable", "no recording is played as a webinar"),
    ("webinar", "simulive_delay_start.time", "no recording is played as a webinar"),
    ("webinar", "simulive_delay_start.timeunit", "no recording is played as a webinar"),
    ("createRole", "type", "the sandbox's roles are common ones"),
    ("createEvent", "recurrence.weekly_days", "the answer is of another type"),
    ("createEvent", "recurrence.monthly_days", "the answer is of another type"),
    ("createEvent", "end_time", "an event ends with its calendar"),
    ("updateEvent", "end_time", "an event ends with its calendar"),
    ("createTicketType", "sold_quantity", "is counted"),
    ("updateTicketType", "sold_quantity", "is counted"),
];

/// The operations that write and have nothing that reads it, and why.
const UNREAD: &[(&str, &str)] = &[
    ("meetingInviteLinksCreate", "links are signed, not kept"),
    ("webinarInviteLinksCreate", "links are signed, not kept"),
    ("meetingRecordingRegistrantStatus", "says what becomes of others' rows: stories of viewers read them"),
    ("AddRoleMembers", "who has a role is told by `roleMembers`, in other members"),
    ("EventActions", "the event's stage, or another event"),
    ("SwitchAUser'sAccount", "the user is read below another account"),
    ("UpdateOptions", "`GetSubAccountDetails` shows them below `options`"),
    ("UpdateTheAccountOwner", "the owner is told by the account and by roles"),
    ("meetingRegistrantStatus", "an action, not a value"),
    ("meetingStatus", "an action, not a value"),
    ("recordingStatusUpdate", "an action, not a value"),
    ("recordingStatusUpdateOne", "an action, not a value"),
    ("subscribeEventSubscription", "whose events they are is not shown"),
    ("userAssistantCreate", "`userAssistants` shows people, not what was sent"),
    ("userEmailUpdate", "the address is the user's key"),
    ("userStatus", "an action, not a value"),
    ("webinarRegistrantStatus", "an action, not a value"),
    ("webinarStatus", "an action, not a value"),
];

fn writes(operation: &Operation) -> bool {
    matches!(operation.method, Method::Post | Method::Put | Method::Patch) && fields(operation).next().is_some()
}

fn made_by(operation: &Operation) -> Option<(&'static Operation, Reads, &'static str)> {
    let (_, by, reads, inside) = MAKES.iter().find(|(id, ..)| *id == operation.id)?;
    Some((operation_at(operation.level, by)?, *reads, inside))
}

/// What reads at the same address.
fn twin(operation: &Operation) -> Option<&'static Operation> {
    zoom_spec::operations().iter().find(|one| {
        (one.path, one.level, one.method) == (operation.path, operation.level, Method::Get)
            && operation.method != Method::Post
            && zoom_sandbox::fidelity()
                .iter()
                .any(|row| row.operation == one.id && row.behaviour != zoom_sandbox::Behaviour::CheckedOnly)
    })
}

/// Reads what the call wrote, and says what is not as it was sent.
pub(super) async fn of(
    things: &mut Things<'_, Scene>,
    operation: &'static Operation,
    way: &Way,
    body: &Value,
    answer: &Value,
) -> Vec<String> {
    if !writes(operation) {
        return Vec::new();
    }
    let (reader, inside, row) = match made_by(operation) {
        Some((reader, One(param, pointer), inside)) => {
            things.put(param, answer.pointer(pointer).cloned().unwrap_or_default());
            (reader, inside, None)
        }
        Some((reader, Row(list, key), inside)) => (reader, inside, Some((list, key))),
        None => match twin(operation) {
            Some(reader) => (reader, "", None),
            None => return Vec::new(),
        },
    };
    // Of several tickets those that cannot be had are told, and are not there.
    if answer["errors"].as_array().is_some_and(|errors| !errors.is_empty()) {
        return Vec::new();
    }
    let mut query = Way::default();
    let asked = |name: &str| reader.field(Place::Query, name).is_some();
    query.query =
        way.query.iter().filter(|(name, _)| asked(name)).map(|(name, is)| (name.clone(), is.clone())).collect();
    for name in ["account_id", "subscription_scope"] {
        if let Some(sent) = body.get(name).and_then(Value::as_str).filter(|_| asked(name)) {
            query.query.insert(name.to_owned(), sent.to_owned());
        }
    }
    if asked("user_id") {
        query.query.insert("user_id".to_owned(), "me".to_owned());
    }
    let path = things.path_of(reader, &query).await;
    let (status, read) = things.send(reader, &path, None).await;
    if status != 200 {
        return vec![format!("what was written is not read: {path} is {status} {read}")];
    }
    let (read, under) = match row {
        None => (read, String::new()),
        Some((list, key)) => {
            let wanted = at(body, &steps(&format!("{inside}{key}"))).cloned().unwrap_or_default();
            let rows = read[list].as_array().cloned().unwrap_or_default();
            let found = rows.into_iter().find(|one| one[key] == wanted);
            (found.unwrap_or_default(), format!("{list}[]."))
        }
    };
    compare(operation, reader, body, &read, (inside, &under))
}

fn compare(
    operation: &Operation,
    reader: &Operation,
    body: &Value,
    read: &Value,
    (inside, under): (&str, &str),
) -> Vec<String> {
    let mut wrong = Vec::new();
    for field in fields(operation).filter(|field| !has_members(operation, field)) {
        let (Some(sent), Some(own)) = (at(body, &steps(&field.path)), field.path.strip_prefix(inside)) else {
            continue;
        };
        let shown = format!("{under}{own}");
        let documents = reader.fields().iter().any(|one| one.place == Place::Answer && *one.path == *shown);
        if !documents || OTHERWISE.iter().any(|(id, name, _)| operation.id.starts_with(id) && *name == own) {
            continue;
        }
        let is = at(read, &steps(own));
        if is.map(plain) != Some(plain(sent)) {
            let is = is.map_or("not there".to_owned(), Value::to_string);
            wrong.push(format!("{own} was sent as {sent}, and {} says it is {is}", reader.id));
        }
    }
    wrong
}

#[test]
fn every_operation_that_writes_is_read_or_it_is_said_why_not() {
    let full = super::entry::with_behaviour(zoom_sandbox::Behaviour::Full);
    let writing: Vec<_> = full.into_iter().filter(|one| writes(one)).collect();
    let is_read = |one: &Operation| made_by(one).is_some() || twin(one).is_some();
    // Some make things that Zoom reads for the account itself only.
    let is_known = |one: &Operation| MAKES.iter().any(|(id, ..)| *id == one.id);
    let unread = |one: &Operation| UNREAD.iter().any(|(id, _)| *id == one.id);
    let lacking: Vec<_> =
        writing.iter().filter(|one| !is_read(one) && !is_known(one) && !unread(one)).map(|one| one.id).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
    let idle: Vec<_> =
        UNREAD.iter().filter(|(id, _)| !writing.iter().any(|one| one.id == *id && !is_read(one))).collect();
    assert!(idle.is_empty(), "{idle:?}");
}

/// What stands at a path; of lists, in their first item.
pub(super) fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    let [step, rest @ ..] = path else { return Some(value) };
    let inner = value.get(step.trim_end_matches("[]"))?;
    if rest.is_empty() {
        return Some(inner);
    }
    if step.ends_with("[]") { at(inner.get(0)?, rest) } else { at(inner, rest) }
}
