//! Two readings of Zoom's documents, this crate's and the table's, say the same about bodies and answers.

use serde_json::Value;
use zoom_client::{
    MeetingChange, MeetingSettings, NewMeeting, NewUser, NewWebinar, Recurrence, UserKind, WebinarChange,
    WebinarSettings, Weekday, users::SignUp,
};
use zoom_spec::{Kind, Operation, Place, operation};

/// Every member of a body is a field of the operation, of the same type, within its bounds and choices.
fn check(id: &str, body: &impl serde::Serialize) {
    let operation = operation(id).unwrap();
    let body = serde_json::to_value(body).unwrap();
    let mut seen = 0;
    walk(operation, "", &body, &mut seen);
    assert!(seen >= 3, "{id}: only {seen} fields were compared");
    for required in operation.fields().iter().filter(|field| field.place == Place::Body && field.required) {
        let parent = required.path.rsplit_once('.').map_or("", |(parent, _)| parent);
        let pointer = |path: &str| format!("/{}", path.replace('.', "/"));
        if !parent.contains("[]") && (parent.is_empty() || body.pointer(&pointer(parent)).is_some()) {
            assert!(body.pointer(&pointer(&required.path)).is_some(), "{id} wants {}", required.path);
        }
    }
}

fn walk(operation: &Operation, above: &str, value: &Value, seen: &mut usize) {
    for (name, value) in value.as_object().unwrap() {
        let path = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
        let field = operation.field(Place::Body, &path).unwrap_or_else(|| panic!("{} has no {path}", operation.id));
        *seen += 1;
        let said = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let one_of =
            field.choices.is_empty() || said.split(',').all(|one| field.choices.iter().any(|choice| **choice == *one));
        assert!(one_of, "{path}: {said} is none of {:?}", field.choices);
        let size = value.as_i64().or_else(|| Some(said.chars().count().try_into().unwrap())).unwrap();
        match value {
            Value::Bool(_) => assert_eq!(field.kind, Kind::Boolean, "{path}"),
            Value::Number(_) | Value::String(_) => {
                let kind = if value.is_string() { Kind::String } else { Kind::Integer };
                assert_eq!(field.kind, kind, "{path}");
                assert!(field.min.is_none_or(|min| size >= min) && field.max.is_none_or(|max| size <= max), "{path}");
            }
            Value::Object(_) => {
                assert_eq!(field.kind, Kind::Object, "{path}");
                walk(operation, &path, value, seen);
            }
            Value::Null | Value::Array(_) => panic!("{path} is never sent"),
        }
    }
}

#[test]
fn what_is_sent_of_a_meeting_is_what_zoom_takes() {
    let settings = MeetingSettings::new()
        .host_video(true)
        .participant_video(true)
        .join_before_host(true)
        .jbh_time(5_u16)
        .mute_upon_entry(true)
        .waiting_room(true)
        .use_pmi(false)
        .approval_type(2)
        .registration_type(1)
        .audio("both")
        .auto_recording("none")
        .alternative_hosts(["a@example.com".to_owned()])
        .meeting_authentication(true)
        .email_notification(true);
    let rule = Recurrence::weekly(2, &[Weekday::Sunday, Weekday::Saturday]).times(50);
    let (start, zone) = ("2027-03-01T18:00:00".parse().unwrap(), "Europe/Madrid");
    let new = NewMeeting::new("t")
        .starts_local(start, zone)
        .duration(60_u32)
        .passcode("0123456789".to_owned())
        .agenda("a")
        .schedule_for("x")
        .recurrence(rule.clone())
        .settings(settings.clone());
    check("meetingCreate", &new);
    let change = MeetingChange::new()
        .topic("t")
        .starts_local(start, zone)
        .duration(60_u32)
        .passcode("1".to_owned())
        .agenda("a")
        .schedule_for("x")
        .recurrence(rule)
        .settings(settings);
    check("meetingUpdate", &change);
    for rule in [
        Recurrence::daily(1),
        Recurrence::monthly_on_day(1, 31),
        Recurrence::monthly_on_weekday(1, -1, Weekday::Friday),
    ] {
        check("meetingCreate", &NewMeeting::new("t").recurrence(rule.until("2027-06-01T00:00:00Z".parse().unwrap())));
    }
}

#[test]
fn what_is_sent_of_a_webinar_is_what_zoom_takes() {
    let settings = WebinarSettings::new()
        .host_video(true)
        .panelists_video(true)
        .practice_session(true)
        .hd_video(true)
        .approval_type(0)
        .registration_type(1)
        .audio("both")
        .auto_recording("cloud")
        .alternative_hosts(["a@example.com".to_owned()])
        .meeting_authentication(true)
        .contact_email("a@example.com")
        .contact_name("A");
    let start = "2027-03-01T18:00:00Z".parse().unwrap();
    let new = NewWebinar::new("t")
        .starts_at(start)
        .timezone("Europe/Madrid")
        .duration(60_u32)
        .passcode("1".to_owned())
        .agenda("a")
        .schedule_for("x")
        .recurrence(Recurrence::daily(1))
        .settings(settings.clone());
    check("webinarCreate", &new);
    let change = WebinarChange::new()
        .topic("t")
        .starts_at(start)
        .timezone("Europe/Madrid")
        .duration(60_u32)
        .passcode("1".to_owned())
        .agenda("a")
        .settings(settings);
    check("webinarUpdate", &change);
}

#[test]
fn what_is_sent_of_a_user_is_what_zoom_takes() {
    let new = NewUser::new(SignUp::AutoCreate, "a@example.com", UserKind::Licensed);
    check("userCreate", &new.first_name("A").last_name("B").display_name("A B"));
}

#[test]
fn what_is_read_from_answers_is_what_zoom_sends() {
    let sitting = [
        "id",
        "uuid",
        "host_id",
        "host_email",
        "topic",
        "type",
        "start_time",
        "duration",
        "timezone",
        "agenda",
        "created_at",
        "join_url",
        "password",
        "registration_url",
        "recurrence",
        "occurrences",
        "settings",
        "occurrences[].occurrence_id",
        "occurrences[].start_time",
        "occurrences[].duration",
        "occurrences[].status",
    ];
    let user = ["id", "email", "first_name", "last_name", "display_name", "type", "status", "timezone", "role_id"];
    let listed = ["id", "uuid", "host_id", "topic", "type", "start_time", "duration", "timezone", "agenda", "join_url"];
    let in_list = |list: &str, names: &[&str]| names.iter().map(|name| format!("{list}[].{name}")).collect::<Vec<_>>();
    let flat = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    for (id, names) in [
        ("meeting", flat(&sitting)),
        ("webinar", flat(&sitting)),
        ("user", flat(&user)),
        ("user", flat(&["account_id", "pic_url", "language", "user_created_at"])),
        ("users", in_list("users", &user)),
        ("meetings", in_list("meetings", &listed)),
        ("webinars", in_list("webinars", &listed)),
        ("userToken", flat(&["token"])),
        ("userZak", flat(&["token"])),
        ("userCreate", flat(&["id", "email", "type"])),
    ] {
        for name in names {
            assert!(operation(id).unwrap().field(Place::Answer, &name).is_some(), "{id} answers no {name}");
        }
    }
}
