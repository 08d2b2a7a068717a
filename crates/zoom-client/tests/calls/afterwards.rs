//! What there is when a call is over: reports, recordings, summaries.

use zoom_client::{
    Error, ExposeSecret as _, Meeting, MeetingSettings, UserId, WebinarSettings,
    recordings::{NewViewer, RecordingSettingsChange, Sharing},
    registrants::{CustomQuestion, Decision, QuestionKind, Questions, RegistrantStatus},
    reports::UpcomingKind,
};

use crate::{calls::mood, world::World};

pub(crate) const REPORTS: &[&str] = &[
    "reportDaily",
    "reportUsers",
    "reportMeetings",
    "reportUpcomingEvents",
    "reportMeetingDetails",
    "reportMeetingParticipants",
    "reportMeetingPolls",
    "reportMeetingQA",
    "reportWebinarDetails",
    "reportWebinarParticipants",
    "reportWebinarPolls",
    "reportWebinarQA",
];

/// A call of ten minutes with a poll.
async fn held(world: &World, settings: MeetingSettings) -> Meeting {
    let meeting = world.meeting(settings).await;
    world.zoom.meetings().polls(meeting.id).create(&mood()).await.unwrap();
    world.call(meeting.id).await;
    world.steer(&format!("/meetings/{}/record", meeting.id), &serde_json::json!({})).await;
    world.pass(600).await;
    world.zoom.meetings().end(meeting.id).await.unwrap();
    world.pass(130).await;
    meeting
}

#[tokio::test]
async fn reports_say_who_was_there_what_they_answered_and_what_is_to_come() {
    let world = World::begin().await;
    let reports = world.zoom.reports();
    // The day of the call: when it is over, it may be the next one.
    let now = clock::Clock::now(&**world.sandbox.clock());
    let today: jiff::civil::Date = now.to_string()[..10].parse().unwrap();
    let meeting = held(&world, MeetingSettings::new()).await;
    let (year, month) = (u16::try_from(today.year()).unwrap(), u16::from(today.month().unsigned_abs()));
    let days = reports.daily().year(year).month(month).await.unwrap();
    assert_eq!((days.year, days.month), (u32::from(year), u32::from(month)));
    assert_eq!(days.dates.iter().map(|day| day.meetings).sum::<u32>(), 1);
    let hosts = reports.hosts(today, today).await.unwrap();
    assert_eq!((hosts.len(), hosts[0].meetings, hosts[0].participants), (1, 1, 2));
    let sittings = reports.meetings(&UserId::Me, today, today).await.unwrap();
    assert_eq!((&*sittings[0].topic, sittings[0].participants_count), ("Kitchen Spanish", 2));
    let one = reports.meeting(sittings[0].uuid.clone().unwrap()).await.unwrap();
    assert_eq!((one.id, one.duration), (Some(meeting.id), 10));
    let stays = reports.meeting_participants(meeting.id).registrant_ids().await.unwrap();
    assert_eq!((stays.len(), &*stays[0].name, stays[0].duration), (2, "Ada", 600));
    let polls = reports.meeting_polls(meeting.id).await.unwrap();
    assert_eq!(polls.questions[0].question_details[0].answer, "Yes");
    let asked = reports.meeting_questions(meeting.id).await.unwrap();
    let question = &asked.questions[0].question_details[0];
    assert_eq!((&*question.question, &*question.answer_details[0].content), ("When?", "Monday"));
    let far = today.checked_sub(jiff::Span::new().days(300)).unwrap();
    assert!(matches!(reports.hosts(far, today).await, Err(Error::Invalid { .. })), "a month at most");

    let later = today.checked_add(jiff::Span::new().days(3)).unwrap();
    let webinar = world.webinar(WebinarSettings::new()).await;
    let to_come = reports.upcoming(today, later).kind(UpcomingKind::Webinar).await.unwrap();
    assert_eq!(to_come.iter().map(|one| &*one.topic).collect::<Vec<_>>(), ["Ask an architect"]);
    world.zoom.webinars().polls(webinar.id).create(&mood()).await.unwrap();
    world.call(webinar.id).await;
    world.pass(120).await;
    world.zoom.webinars().end(webinar.id).await.unwrap();
    assert_eq!(reports.webinar(webinar.id).await.unwrap().topic, "Ask an architect");
    assert!(reports.webinar_participants(webinar.id).await.unwrap().iter().any(|stay| stay.name == "Ben"));
    assert_eq!(reports.webinar_polls(webinar.id).await.unwrap().questions[0].name, "Ada");
    assert_eq!(reports.webinar_questions(webinar.id).await.unwrap().questions[0].question_details[0].question, "When?");
    world.sent(REPORTS);
}

pub(crate) const RECORDINGS: &[&str] = &[
    "recordingsList",
    "recordingGet",
    "recordingDelete",
    "recordingDeleteOne",
    "recordingStatusUpdate",
    "recordingStatusUpdateOne",
    "recordingSettingUpdate",
    "recordingSettingsUpdate",
    "meetingRecordingRegistrants",
    "meetingRecordingRegistrantCreate",
    "meetingRecordingRegistrantStatus",
    "recordingRegistrantsQuestionsGet",
    "recordingRegistrantQuestionUpdate",
    "Listmeetingsummaries",
    "Getameetingsummary",
    "Deletemeetingorwebinarsummary",
];

#[tokio::test]
async fn a_recording_is_seen_shared_thrown_away_and_taken_back() {
    let world = World::begin().await;
    let recordings = world.zoom.recordings();
    let meeting = held(&world, MeetingSettings::new()).await;
    let listed = recordings.list(&UserId::Me).await.unwrap();
    assert_eq!((listed.len(), listed[0].id), (1, Some(meeting.id)));
    let got = recordings.get(meeting.id).download_token(3_600).await.unwrap();
    assert!(got.download_access_token.is_some() && got.recording_files.len() > 1);
    assert!(got.recording_files.iter().all(|file| file.file_size > 0.0));
    assert!(got.recording_files[0].download_url.as_ref().unwrap().expose_secret().starts_with("http"));
    let (uuid, file) = (got.uuid.unwrap(), got.recording_files[0].id.clone());

    let change = RecordingSettingsChange::new().on_demand(true).approval_type(1).share_recording(Sharing::Publicly);
    recordings.set_settings(&uuid, &change.passcode("canary-77".to_owned())).await.unwrap();
    let read = recordings.settings(meeting.id).await.unwrap();
    assert_eq!((read.on_demand, read.share_recording), (Some(true), Some(Sharing::Publicly)));
    let viewers = recordings.viewers(meeting.id);
    let hat = CustomQuestion::new().title("Hat?").kind(QuestionKind::Short).required(false);
    viewers.set_questions(&Questions::new().custom_questions(vec![hat])).await.unwrap();
    assert_eq!(viewers.questions().await.unwrap().custom_questions.unwrap().len(), 1);
    let ana = viewers.create(&NewViewer::new("ana@guest.example", "Ana")).await.unwrap();
    assert_eq!(viewers.list().status(RegistrantStatus::Pending).await.unwrap().len(), 1);
    viewers.decide(&Decision::Approve, &[&ana.registrant_id]).await.unwrap();
    assert_eq!(viewers.list().await.unwrap()[0].email, "ana@guest.example");

    recordings.delete_file(meeting.id, &file).await.unwrap();
    let left = recordings.get(meeting.id).await.unwrap().recording_files;
    assert!(left.iter().all(|one| one.id != file));
    recordings.recover_file(meeting.id, &file).await.unwrap();
    assert_eq!(recordings.get(meeting.id).await.unwrap().recording_files.len(), left.len() + 1);
    recordings.delete(&uuid).await.unwrap();
    assert!(recordings.list(&UserId::Me).await.unwrap().is_empty());
    assert_eq!(recordings.list(&UserId::Me).trash(true).await.unwrap().len(), 1);
    recordings.recover(&uuid).await.unwrap();
    assert_eq!(recordings.list(&UserId::Me).await.unwrap().len(), 1);
    recordings.delete(&uuid).for_good().await.unwrap();
    assert!(matches!(recordings.get(&uuid).await, Err(Error::NotFound { .. })));
    world.sent(&RECORDINGS[..13]);
}

#[tokio::test]
async fn a_summary_is_there_a_minute_later_until_it_is_thrown_away() {
    let world = World::begin().await;
    let summaries = world.zoom.summaries();
    let meeting = held(&world, MeetingSettings::new().auto_start_meeting_summary(true)).await;
    let listed = summaries.list().await.unwrap();
    assert_eq!((listed.len(), listed[0].meeting_id), (1, Some(meeting.id)));
    let summary = summaries.get(meeting.id).await.unwrap();
    assert!(!summary.summary_content.is_empty() && summary.meeting_topic == "Kitchen Spanish", "{summary:?}");
    summaries.delete(listed[0].meeting_uuid.clone().unwrap()).await.unwrap();
    assert!(summaries.list().await.unwrap().is_empty());
    world.sent(&RECORDINGS[13..]);
}
