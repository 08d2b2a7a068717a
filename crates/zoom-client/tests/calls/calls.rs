//! Polls, surveys and what is known of a call afterwards; the same of webinars, with their panelists.

use zoom_client::{
    Error, MeetingKey, MeetingSettings, WebinarSettings,
    entry::{InviteLinks, Invited},
    panelists::NewPanelist,
    polls::{Poll, PollKind, PollQuestion, PollQuestionKind},
    registrants::{
        BatchRegistrant, BatchRegistration, CustomQuestion, Decision, NewRegistrant, QuestionKind, Questions,
    },
    surveys::{CustomSurvey, Survey},
};

use crate::world::World;

pub(crate) const POLLS: &[&str] = &[
    "meetingPolls",
    "meetingPollCreate",
    "createBatchPolls",
    "meetingPollGet",
    "meetingPollUpdate",
    "meetingPollDelete",
    "meetingSurveyGet",
    "meetingSurveyUpdate",
    "meetingSurveyDelete",
    "pastMeetingDetails",
    "pastMeetings",
    "pastMeetingParticipants",
    "listPastMeetingPolls",
    "listPastMeetingQA",
];

pub(crate) fn mood() -> Poll {
    let well = PollQuestion::new()
        .name("Well?")
        .kind(PollQuestionKind::Single)
        .answers(vec!["Yes".to_owned(), "No".to_owned()]);
    Poll::new().title("Mood").questions(vec![well])
}

fn survey() -> Survey {
    let question = PollQuestion::new()
        .name("Which?")
        .kind(PollQuestionKind::Single)
        .answers(vec!["This".to_owned(), "That".to_owned()]);
    let custom = CustomSurvey::new().title("Afterwards").anonymous(true).questions(vec![question]);
    Survey::new().custom_survey(custom).show_in_the_browser(true)
}

#[tokio::test]
async fn a_meeting_has_polls_and_a_survey_and_what_was_said_is_known_afterwards() {
    let world = World::begin().await;
    let meeting = world.meeting(MeetingSettings::new()).await;
    let polls = world.zoom.meetings().polls(meeting.id);
    let made = polls.create(&mood()).await.unwrap();
    assert_eq!((made.title.as_deref(), made.kind), (Some("Mood"), Some(PollKind::Basic)));
    let id = made.id.unwrap();
    let batch = polls.create_batch(&[mood().title("Pace"), mood().title("Heat")]).await.unwrap();
    assert_eq!(batch.len(), 2);
    polls.update(batch[0].id.as_deref().unwrap(), &mood().title("Tempo")).await.unwrap();
    assert_eq!(polls.get(batch[0].id.as_deref().unwrap()).await.unwrap().title.as_deref(), Some("Tempo"));
    polls.delete(batch[1].id.as_deref().unwrap()).await.unwrap();
    let left: Vec<_> = polls.list().await.unwrap().into_iter().filter_map(|poll| poll.title).collect();
    assert_eq!(left, ["Mood", "Tempo"]);
    assert!(polls.list().anonymous(true).await.unwrap().is_empty());
    assert_eq!(polls.get(&id).await.unwrap().questions.unwrap()[0].name.as_deref(), Some("Well?"));

    let asked = world.zoom.meetings().survey(meeting.id);
    asked.update(&survey()).await.unwrap();
    let read = asked.get().await.unwrap().custom_survey.unwrap();
    assert_eq!((read.title.as_deref(), read.questions.unwrap().len()), (Some("Afterwards"), 1));
    asked.delete().await.unwrap();
    assert!(asked.get().await.unwrap().custom_survey.is_none());

    let past = world.zoom.past_meetings();
    assert!(matches!(past.get(meeting.id).await, Err(Error::NotFound { .. })), "never held");
    world.call(meeting.id).await;
    world.pass(120).await;
    world.zoom.meetings().end(meeting.id).await.unwrap();
    let held = past.get(meeting.id).await.unwrap();
    assert_eq!((&*held.topic, held.participants_count, held.id), ("Kitchen Spanish", 2, Some(meeting.id)));
    let uuid = held.uuid.unwrap();
    let instances = past.instances(meeting.id).await.unwrap();
    assert_eq!(instances[0].uuid.as_ref(), Some(&uuid));
    let day = "2030-01-01".parse().unwrap();
    assert!(past.instances(meeting.id).from(day).to(day).await.unwrap().is_empty());
    let stays = past.participants(&uuid).await.unwrap();
    let names: Vec<&str> = stays.iter().map(|stay| &*stay.name).collect();
    assert_eq!(names, ["Ada", "Ben"]);
    let answers = past.polls(MeetingKey::from(meeting.id)).await.unwrap();
    assert_eq!(answers.questions[0].question_details[0].answer, "Yes");
    assert_eq!(past.questions(&uuid).await.unwrap().questions[0].question_details[0].question, "When?");
    world.sent(POLLS);
}

pub(crate) const WEBINARS: &[&str] = &[
    "webinarRegistrants",
    "webinarRegistrantCreate",
    "addBatchWebinarRegistrants",
    "webinarRegistrantGet",
    "deleteWebinarRegistrant",
    "webinarRegistrantStatus",
    "webinarRegistrantsQuestionsGet",
    "webinarRegistrantQuestionUpdate",
    "getTrackingSources",
    "webinarAbsentees",
    "webinarInviteLinksCreate",
    "webinarLiveStreamingJoinToken",
    "webinarLocalArchivingArchiveToken",
    "webinarLocalRecordingJoinToken",
    "webinarPanelists",
    "webinarPanelistCreate",
    "webinarPanelistDelete",
    "webinarPanelistsDelete",
    "webinarPolls",
    "webinarPollCreate",
    "webinarPollGet",
    "webinarPollUpdate",
    "webinarPollDelete",
    "webinarSurveyGet",
    "webinarSurveyUpdate",
    "webinarSurveyDelete",
    "pastWebinars",
    "listWebinarParticipants",
    "listPastWebinarPollResults",
    "listPastWebinarQA",
];

#[tokio::test]
async fn a_webinar_has_registrants_and_sources_and_those_who_stayed_away() {
    let world = World::begin().await;
    let webinar = world.webinar(WebinarSettings::new().approval_type(1).registration_type(1)).await;
    let webinars = world.zoom.webinars();
    let registrants = webinars.registrants(webinar.id);
    let radio = CustomQuestion::new().title("Hat?").kind(QuestionKind::SingleRadio).required(false);
    let radio = radio.answers(vec!["Blue".to_owned(), "Red".to_owned()]);
    registrants.set_questions(&Questions::new().custom_questions(vec![radio])).await.unwrap();
    let kind = registrants.questions().await.unwrap().custom_questions.unwrap()[0].kind.clone();
    assert_eq!(kind, Some(QuestionKind::SingleRadio));
    let new = NewRegistrant::new("ana@guest.example", "Ana").source_id("poster");
    let ana = registrants.create(&new).await.unwrap().registrant_id;
    registrants.decide(&Decision::Approve, &[&ana]).await.unwrap();
    assert_eq!(registrants.get(&ana).await.unwrap().email, "ana@guest.example");
    let sources = registrants.tracking_sources().await.unwrap();
    assert_eq!((&*sources[0].source_name, sources[0].registration_count), ("poster", 1));
    let batch = BatchRegistration::new(vec![BatchRegistrant::new("bo@guest.example", "Bo")]).auto_approve(true);
    let bo = registrants.create_batch(&batch).await.unwrap()[0].registrant_id.clone();
    assert_eq!(registrants.list().await.unwrap().len(), 2);
    registrants.delete(&bo).await.unwrap();
    assert_eq!(registrants.list().await.unwrap().len(), 1);

    let polls = webinars.polls(webinar.id);
    let poll = polls.create(&mood()).await.unwrap().id.unwrap();
    polls.update(&poll, &mood().anonymous(true)).await.unwrap();
    assert_eq!(polls.get(&poll).await.unwrap().anonymous, Some(true));
    polls.update(&poll, &mood().anonymous(false)).await.unwrap();
    let other = polls.create(&mood().title("Pace")).await.unwrap().id.unwrap();
    polls.delete(&other).await.unwrap();
    assert_eq!(polls.list().await.unwrap().len(), 1);

    world.call(webinar.id).await;
    world.pass(120).await;
    webinars.end(webinar.id).await.unwrap();
    let past = world.zoom.past_webinars();
    let uuid = past.instances(webinar.id).await.unwrap()[0].uuid.clone().unwrap();
    assert!(past.participants(webinar.id).await.unwrap().iter().any(|stay| stay.name == "Ada"));
    assert_eq!(past.polls(&uuid).await.unwrap().questions[0].question_details[0].answer, "Yes");
    assert_eq!(past.questions(&uuid).await.unwrap().questions[0].question_details[0].answer, "Monday");
    let absent = webinars.absentees(&uuid).await.unwrap();
    assert_eq!(absent.iter().map(|one| &*one.email).collect::<Vec<_>>(), ["ana@guest.example"]);
    world.sent(&WEBINARS[..10]);
}

#[tokio::test]
async fn a_webinar_has_panelists_a_survey_and_ways_in() {
    let world = World::begin().await;
    let webinar = world.webinar(WebinarSettings::new()).await;
    let webinars = world.zoom.webinars();
    let panel = webinars.panelists(webinar.id);
    let speakers = ["Cleo", "Dan"].map(|name| NewPanelist::new(name, format!("{name}@guest.example")));
    panel.add(&speakers).await.unwrap();
    let listed = panel.list().await.unwrap();
    assert!(listed.len() == 2 && listed.iter().all(|one| one.join_url.is_some()));
    panel.remove(&listed[0].id).await.unwrap();
    assert_eq!(panel.list().await.unwrap().len(), 1);
    panel.remove_all().await.unwrap();
    assert!(panel.list().await.unwrap().is_empty());

    let asked = webinars.survey(webinar.id);
    asked.update(&survey().show_in_the_follow_up_email(true)).await.unwrap();
    assert_eq!(asked.get().await.unwrap().show_in_the_follow_up_email, Some(true));
    asked.delete().await.unwrap();
    assert!(asked.get().await.unwrap().custom_survey.is_none());

    let entry = webinars.entry(webinar.id);
    let links = entry.invite(&InviteLinks::new(vec![Invited::new("Bo").disable_audio(true)])).await.unwrap();
    assert!(links[0].join_url.is_some());
    for token in [entry.streaming_token().await, entry.archiving_token().await, entry.recording_token().await] {
        assert!(token.unwrap().token.is_some());
    }
    world.sent(&WEBINARS[10..18]);
    world.sent(&WEBINARS[23..26]);
}
