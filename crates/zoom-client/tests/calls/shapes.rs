//! Two readings of Zoom's documents, this crate's and the table's, agree on the members of answers.
//!
//! An answer with every member that the table has is read; what is still empty then has a name that Zoom does not use.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use zoom_client::{
    accounts, entry, meetings, panelists, past_meetings, polls, recordings, registrants, reports, roles, subscriptions,
    summaries, surveys, users, zoom_events,
};
use zoom_spec::{Field, Kind, Place, operation};

/// A value of a member: one that can be read whatever it is taken for.
fn value(field: &Field) -> Value {
    let last = field.path.rsplit('.').next().unwrap_or_default();
    let is_time =
        ["time", "_at", "recording_start", "recording_end", "register_date"].iter().any(|end| last.ends_with(end));
    match field.kind {
        Kind::Boolean => json!(true),
        Kind::Integer | Kind::Number => json!(7),
        Kind::Object => json!({}),
        Kind::Array if field.items == Some(Kind::Integer) => json!([7]),
        Kind::Array if field.items == Some(Kind::Object) => json!([]),
        Kind::Array => json!(["7"]),
        _ if last == "date" => json!("2026-11-23"),
        _ if is_time || field.format.as_deref() == Some("date-time") => json!("2026-11-23T10:00:00Z"),
        _ => field.choices.first().map_or(json!("7"), |choice| json!(&**choice)),
    }
}

/// Puts the member at `path` into `at`.
fn put(at: &mut Value, path: &str, field: &Field) {
    let Some((name, rest)) = path.split_once('.') else {
        if at.get(path).is_none() {
            at[path] = value(field);
        }
        return;
    };
    if let Some(name) = name.strip_suffix("[]") {
        if at.get(name).is_none_or(|list| !list[0].is_object()) {
            at[name] = json!([{}]);
        }
        put(&mut at[name][0], rest, field);
    } else {
        if at.get(name).is_none_or(|object| !object.is_object()) {
            at[name] = json!({});
        }
        put(&mut at[name], rest, field);
    }
}

/// The members of `T` that an answer of the operation, or of what is `under` it, leaves empty.
fn empty<T: DeserializeOwned + std::fmt::Debug>(id: &str, under: &str) -> Vec<String> {
    let mut answer = json!({});
    for field in operation(id).unwrap().fields().iter().filter(|field| field.place == Place::Answer) {
        if let Some(path) = field.path.strip_prefix(under).filter(|path| !path.is_empty()) {
            put(&mut answer, path, field);
        }
    }
    let read: T = serde_json::from_value(answer.clone()).unwrap_or_else(|error| panic!("{id}: {error} in {answer}"));
    let shown = format!("{read:#?}");
    let is_empty = |line: &&str| {
        [": None,", ": \"\",", ": 0,", ": 0.0,", ": [],", ": false,"].iter().any(|end| line.ends_with(end))
    };
    shown.lines().map(str::trim).filter(is_empty).map(|line| line.split(':').next().unwrap().to_owned()).collect()
}

macro_rules! agree {
    ($($type:ty: $id:literal $under:literal $(but $($known:literal)+)?;)+) => {
        #[test]
        fn every_member_of_an_answer_has_a_name_of_zooms() {
            let mut wrong = Vec::new();
            $(
                let known: &[&str] = &[$($($known),+)?];
                let left = empty::<$type>($id, $under);
                let left: Vec<_> = left.iter().filter(|name| !known.contains(&name.as_str())).collect();
                if !left.is_empty() {
                    wrong.push(format!("{} {}: {left:?}", $id, $under));
                }
            )+
            assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        }
    };
}

agree! {
    registrants::Registrant: "meetingRegistrants" "registrants[].";
    registrants::Registrant: "webinarRegistrants" "registrants[].";
    registrants::Registrant: "webinarAbsentees" "registrants[].";
    registrants::Registrant: "meetingRegistrantGet" "";
    registrants::Registered: "meetingRegistrantCreate" "";
    registrants::Registered: "webinarRegistrantCreate" "";
    registrants::BatchRegistered: "addBatchRegistrants" "registrants[].";
    registrants::BatchRegistered: "addBatchWebinarRegistrants" "registrants[].";
    registrants::Questions: "meetingRegistrantsQuestionsGet" "";
    registrants::Questions: "webinarRegistrantsQuestionsGet" "";
    registrants::TrackingSource: "getTrackingSources" "tracking_sources[].";
    meetings::Invitation: "meetingInvitation" "";
    meetings::UpcomingMeeting: "listUpcomingMeeting" "meetings[].";
    entry::EntryToken: "meetingLiveStreamingJoinToken" "";
    entry::InviteLink: "meetingInviteLinksCreate" "attendees[].";
    panelists::Panelist: "webinarPanelists" "panelists[].";
    polls::Poll: "meetingPollGet" "";
    polls::Poll: "webinarPolls" "polls[].";
    surveys::Survey: "webinarSurveyGet" "" but "case_sensitive" "right_answers" "prompt_right_answers";
    past_meetings::PastMeeting: "pastMeetingDetails" "";
    past_meetings::PastInstance: "pastMeetings" "meetings[].";
    past_meetings::PastInstance: "pastWebinars" "webinars[].";
    past_meetings::PastParticipant: "pastMeetingParticipants" "participants[].";
    past_meetings::PastParticipant: "listWebinarParticipants" "participants[].";
    past_meetings::PastAnswers: "listPastMeetingPolls" "";
    past_meetings::PastAnswers: "listPastWebinarQA" "" but "date_time" "polling_id";
    reports::DailyReport: "reportDaily" "";
    reports::HostReport: "reportUsers" "users[].";
    reports::MeetingReport: "reportMeetings" "meetings[].";
    reports::UpcomingEvent: "reportUpcomingEvents" "upcoming_events[].";
    reports::SittingReport: "reportMeetingDetails" "";
    reports::SittingReport: "reportWebinarDetails" "";
    reports::ReportParticipant: "reportMeetingParticipants" "participants[].";
    reports::ReportParticipant: "reportWebinarParticipants" "participants[].";
    past_meetings::PastAnswers: "reportMeetingPolls" "";
    reports::AskedIn: "reportMeetingQA" "";
    reports::AskedIn: "reportWebinarQA" "";
    recordings::Recording: "recordingGet" "" but "recording_type" "deleted_time" "share_url";
    recordings::RecordingSettings: "recordingSettingUpdate" "";
    recordings::RegisteredViewer: "meetingRecordingRegistrantCreate" "";
    summaries::MeetingSummary: "Getameetingsummary" "";
    summaries::ListedSummary: "Listmeetingsummaries" "summaries[].";
    users::Assistant: "userAssistants" "assistants[].";
    users::UserSummary: "userSummary" "";
    users::SummaryTemplate: "Getmeetingsummarytemplates" "[].";
    users::FeatureOutcome: "bulkUpdateFeature" "";
    roles::Role: "getRoleInformation" "";
    roles::RoleMember: "roleMembers" "members[].";
    accounts::ManagedDomain: "accountManagedDomain" "domains[].";
    accounts::RegistrationSettings: "accountSettingsRegistration" "";
    accounts::ListedAccount: "accounts" "accounts[].";
    accounts::CreatedSubAccount: "accountCreate" "";
    accounts::SubAccount: "GetSubAccountDetails" "";
    subscriptions::EventSubscription: "getUserEventSubscriptions" "event_subscriptions[].";
    subscriptions::WebhookLog: "getWebhookLogs" "webhook_logs[].";
    zoom_events::ZoomEvent: "getEventInfo" "";
    zoom_events::ZoomEvent: "getEvents" "events[].";
    zoom_events::EventActionDone: "EventActions" "";
    zoom_events::Hub: "getHubList" "hubs[].";
    zoom_events::HubHost: "gethubhostList" "hosts[].";
    zoom_events::Speaker: "getSpeaker" "";
    zoom_events::AccessLink: "getEventAccessLinks" "access_links[].";
    zoom_events::CoEditor: "getCoEditors" "coeditors[].";
    zoom_events::CheckIn: "ListEventAttendeeActions" "attendees[].";
    zoom_events::CheckInFailure: "UpdateEventAttendeeActions" "errors[].";
    zoom_events::EventRegistrant: "getRegistrants" "registrants[].";
    zoom_events::SessionAttendee: "getSessionAttendeeList" "attendees[].";
    zoom_events::EventAttendance: "EventAttendanceReport" "attendees[].";
    zoom_events::SessionAttendance: "SessionAttendanceReport" "attendees[].";
    zoom_events::EventRegistration: "EventRegistrationsReport" "registrations[].";
    zoom_events::Session: "getEventSessionInfo" "";
    zoom_events::Interpreter: "getSessionInterpreterList" "interpreters[].";
    zoom_events::SessionPoll: "getSessionPolls" "polls[].";
    zoom_events::JoinToken: "getSessionJoinToken" "";
    zoom_events::Livestream: "getSessionLivestreamConfiguration" "";
    zoom_events::Reservation: "ListSessionReservations" "reservations[].";
    zoom_events::EventQuestions: "getRegistrationQuestionsForEvent" "";
    zoom_events::TicketType: "getEventTicketTypes" "ticket_types[].";
    zoom_events::Ticket: "getTicketDetails" "";
    zoom_events::TicketsMade: "createTickets" "" but "ticket_type_id" "first_name" "last_name" "ticket_role_type"
        "registration_source" "custom_questions";
}
