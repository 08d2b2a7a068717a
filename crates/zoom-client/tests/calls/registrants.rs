//! Registrants of a meeting: questions, registration, decisions, ways in, lists page by page.

use futures_util::TryStreamExt as _;
use zoom_client::{
    Error, ExposeSecret as _, MeetingSettings,
    entry::{InviteLinks, Invited},
    registrants::{
        BatchRegistrant, BatchRegistration, CustomAnswer, CustomQuestion, Decision, NewRegistrant, Question,
        QuestionKind, Questions, RegistrantStatus,
    },
};

use crate::world::World;

pub(crate) const REGISTRANTS: &[&str] = &[
    "meetingRegistrants",
    "meetingRegistrantCreate",
    "addBatchRegistrants",
    "meetingRegistrantGet",
    "meetingregistrantdelete",
    "meetingRegistrantStatus",
    "meetingRegistrantsQuestionsGet",
    "meetingRegistrantQuestionUpdate",
    "meetingInviteLinksCreate",
    "meetingInvitation",
    "listUpcomingMeeting",
    "meetingLiveStreamingJoinToken",
    "meetingLocalArchivingArchiveToken",
    "meetingLocalRecordingJoinToken",
];

#[tokio::test]
async fn people_register_are_decided_about_and_listed_page_by_page() {
    let world = World::begin().await;
    let meeting = world.meeting(MeetingSettings::new().approval_type(1).registration_type(1)).await;
    let registrants = world.zoom.meetings().registrants(meeting.id);

    let hat = CustomQuestion::new().title("Hat?").kind(QuestionKind::Short).required(false);
    let org = Question::new().field_name("org").required(true);
    registrants.set_questions(&Questions::new().custom_questions(vec![hat]).questions(vec![org])).await.unwrap();
    let asked = registrants.questions().await.unwrap();
    assert_eq!(asked.custom_questions.unwrap()[0].title.as_deref(), Some("Hat?"));

    let ana = NewRegistrant::new("ana@guest.example", "Ana");
    let refused = registrants.create(&ana).await.unwrap_err();
    assert!(matches!(refused, Error::Invalid { .. }), "org is required: {refused:?}");
    let hat = CustomAnswer::new().title("Hat?").value("Blue");
    let ana = ana.last_name("Sol").org("Walk").custom_questions(vec![hat]);
    let registered = registrants.create(&ana).await.unwrap();
    assert!(registered.join_url.is_none() && registered.topic == "Kitchen Spanish", "she waits: {registered:?}");
    let pending = registrants.list().status(RegistrantStatus::Pending).await.unwrap();
    assert_eq!((&*pending[0].email, pending.len()), ("ana@guest.example", 1));

    registrants.decide(&Decision::Approve, &[&registered.registrant_id]).await.unwrap();
    let ana = registrants.get(&registered.registrant_id).await.unwrap();
    assert_eq!((&ana.status, ana.org.as_deref()), (&Some(RegistrantStatus::Approved), Some("Walk")));
    assert_eq!(ana.custom_questions[0].value.as_deref(), Some("Blue"));
    let way_in = registrants.list().await.unwrap()[0].join_url.clone().unwrap();
    assert!(way_in.expose_secret().contains("tk=") && !format!("{ana:?}").contains("tk="));

    let many = (0..5).map(|n| BatchRegistrant::new(format!("g{n}@guest.example"), "G")).collect::<Vec<_>>();
    let made = registrants.create_batch(&BatchRegistration::new(many).auto_approve(true)).await.unwrap();
    assert_eq!(made.len(), 5);

    let page = registrants.list().page_size(4).page(None).await.unwrap();
    assert_eq!((page.entries.len(), page.total), (4, Some(6)));
    let rest = registrants.list().page_size(4).page(page.next.as_ref()).await.unwrap();
    assert_eq!((rest.entries.len(), rest.next), (2, None));
    let streamed: Vec<_> = registrants.list().page_size(4).stream().try_collect().await.unwrap();
    assert_eq!(streamed.len(), 6);
    let mut first = registrants.list().page_size(1).stream();
    let before = world.sandbox.calls().count("meetingRegistrants");
    first.try_next().await.unwrap().unwrap();
    assert_eq!(world.sandbox.calls().count("meetingRegistrants"), before + 1, "a page is asked for when it is wanted");

    registrants.delete(&registered.registrant_id).await.unwrap();
    assert_eq!(registrants.list().await.unwrap().len(), 5);
    let gone = registrants.get(&registered.registrant_id).await.unwrap_err();
    assert!(matches!(gone, Error::Invalid { .. }) && gone.executed().is_no(), "{gone:?}");
    let empty = registrants.delete("").await.unwrap_err();
    assert!(matches!(empty, Error::Invalid { .. }) && empty.executed().is_no(), "an empty id leads nowhere");
    world.sent(&REGISTRANTS[..8]);
}

#[tokio::test]
async fn ways_into_a_meeting_are_links_a_text_and_tokens() {
    let world = World::begin().await;
    let meeting = world.meeting(MeetingSettings::new()).await;
    let entry = world.zoom.meetings().entry(meeting.id);
    let links = entry.invite(&InviteLinks::new(vec![Invited::new("Bo").disable_video(true)]).ttl(600_u32)).await;
    let links = links.unwrap();
    assert!(links[0].name == "Bo" && links[0].join_url.is_some());
    let text = world.zoom.meetings().invitation(meeting.id).await.unwrap().text.unwrap();
    assert!(text.expose_secret().contains("Kitchen Spanish"));
    for token in [
        entry.streaming_token().await,
        entry.archiving_token().await,
        entry.recording_token().bypass_waiting_room(true).await,
    ] {
        let token = token.unwrap();
        assert!(token.expire_in > 0 && token.token.is_some());
    }
    let upcoming = world.zoom.meetings().upcoming(&zoom_client::UserId::Me).await.unwrap();
    assert_eq!(upcoming[0].id, Some(meeting.id));
    world.sent(&REGISTRANTS[8..]);
}
