//! Zoom Events: an event from draft to cancelled, its sessions, its tickets and who came.

use zoom_client::{
    Error, ExposeSecret as _,
    polls::{PollKind, PollQuestionKind},
    zoom_events::{
        AccessLink, CoEditor, CoEditorAction, EventCustomQuestion, EventDay, EventQuestions, EventStatus, EventType,
        EventWish, Interpreter, LinkKind, NewTicket, NewTickets, OneEvent, SessionKind, SessionPoll,
        SessionPollQuestion, SessionReservation, SessionWish, Speaker, TicketChange, TicketType, Validation, Viewpoint,
    },
};

use crate::world::World;

pub(crate) const EVENTS: &[&str] = &[
    "getHubList",
    "gethubhostList",
    "createHubHost",
    "deleteHubHost",
    "getEvents",
    "createEvent",
    "getEventInfo",
    "updateEvent",
    "deleteEvent",
    "EventActions",
    "getSpeakers",
    "createSpeaker",
    "getSpeaker",
    "updateSpeaker",
    "deleteSpeaker",
    "getEventAccessLinks",
    "createEventAccessLink",
    "GetEventAccessLink",
    "updateEventAccess",
    "deleteEventAccessLink",
    "getCoEditors",
    "coeditoractions",
];

/// The day after the sandbox begins, at this hour.
fn at(world: &World, hour: u8) -> String {
    let now = clock::Clock::now(&**world.sandbox.clock()).to_string();
    let day: jiff::civil::Date = now[..10].parse().unwrap();
    format!("{}T{hour:02}:00:00Z", day.tomorrow().unwrap())
}

async fn hub(world: &World) -> String {
    world.zoom.events().hubs(&Viewpoint::Host).await.unwrap()[0].hub_id.clone()
}

/// A draft of a conference tomorrow.
async fn conference(world: &World) -> OneEvent {
    let day = EventDay::new().start_time(at(world, 10)).end_time(at(world, 18));
    let wish = EventWish::new()
        .name("Days of Building")
        .description("A day about houses.")
        .timezone("Europe/London")
        .event_type(EventType::Conference)
        .hub_id(hub(world).await)
        .access_level("PRIVATE_RESTRICTED")
        .attendance_type("hybrid")
        .calendar(vec![day])
        .lobby_start_time(at(world, 9))
        .lobby_end_time(at(world, 19));
    let made = world.zoom.events().create(&wish).await.unwrap();
    assert_eq!((&*made.status, made.event_type), ("DRAFT", Some(EventType::Conference)));
    world.zoom.events().event(made.event_id)
}

#[tokio::test]
async fn an_event_goes_from_draft_to_cancelled_with_speakers_links_and_coeditors() {
    let world = World::begin().await;
    let (events, hub, (_, email)) = (world.zoom.events(), hub(&world).await, world.member());
    let host = events.add_hub_host(&hub, &email).await.unwrap();
    assert!(events.hub_hosts(&hub).await.unwrap().iter().any(|one| one.host_user_id == host));
    events.remove_hub_host(&hub, &host).await.unwrap();
    assert!(events.hub_hosts(&hub).await.unwrap().iter().all(|one| one.host_user_id != host));

    let event = conference(&world).await;
    event.update(&EventWish::new().name("Days of Making")).await.unwrap();
    assert_eq!(event.get().await.unwrap().name, "Days of Making");
    let drafts = events.list().of(Viewpoint::Host).which(EventStatus::Draft).await.unwrap();
    assert_eq!(drafts.iter().map(|one| &*one.name).collect::<Vec<_>>(), ["Days of Making"]);

    let ines = event.add_speaker(&Speaker::new().name("Ines").email("ines@guest.example")).await.unwrap();
    let id = ines.speaker_id.unwrap();
    event.update_speaker(&id, &Speaker::new().job_title("Architect")).await.unwrap();
    assert_eq!(event.speaker(&id).await.unwrap().job_title.as_deref(), Some("Architect"));
    assert_eq!(event.speakers().await.unwrap().len(), 1);
    event.remove_speaker(&id).await.unwrap();
    assert!(event.speakers().await.unwrap().is_empty());

    let door = AccessLink::new().name("Door").kind(LinkKind::Registration).authentication_method("zoom_account_otp");
    let link = event.add_access_link(&door.is_default(true)).await.unwrap().access_link_id.unwrap();
    event.update_access_link(&link, &AccessLink::new().name("Gate")).await.unwrap();
    assert_eq!(event.access_link(&link).await.unwrap().name.as_deref(), Some("Gate"));
    assert_eq!(event.access_links().await.unwrap().len(), 1);
    event.remove_access_link(&link).await.unwrap();
    assert!(event.access_links().await.unwrap().is_empty());

    let editor = CoEditor::new().email(email).permission_groups(vec!["Publish".to_owned()]);
    let failed = event.change_coeditors(&CoEditorAction::Add, std::slice::from_ref(&editor)).await.unwrap();
    assert!(failed.is_empty(), "{failed:?}");
    assert_eq!(event.coeditors().await.unwrap()[0].email, editor.email);

    assert_eq!(event.publish().await.unwrap().status, "published");
    let start = at(&world, 10).parse::<clock::Timestamp>().unwrap();
    let copy = event.duplicate("Once more", start, "Europe/London").await.unwrap().event_id;
    assert_eq!(events.event(&*copy).get().await.unwrap().name, "Once more");
    events.event(&*copy).delete().await.unwrap();
    assert!(matches!(events.event(&*copy).get().await, Err(Error::NotFound { .. })));
    event.cancel("It rains.").await.unwrap();
    let off = events.list().of(Viewpoint::Host).which(EventStatus::Cancelled).await.unwrap();
    assert_eq!(off.len(), 1);
    world.sent(EVENTS);
}

pub(crate) const SESSIONS: &[&str] = &[
    "getEventSessionList",
    "createEventSession",
    "getEventSessionInfo",
    "updateEventSession",
    "deleteEventSession",
    "getSessionInterpreterList",
    "updateSessionInterpreters",
    "getSessionJoinToken",
    "getSessionLivestreamConfiguration",
    "UpdateSessionLivestreamConfiguration",
    "getSessionPolls",
    "updateSessionPolls",
];

fn session(world: &World, name: &str, kind: SessionKind) -> SessionWish {
    SessionWish::new()
        .name(name)
        .description("How to.")
        .start_time(at(world, 11))
        .end_time(at(world, 12))
        .timezone("Europe/London")
        .kind(kind)
        .session_reservation(SessionReservation::new().allow_reservations(true).max_capacity(1_u32))
}

#[tokio::test]
async fn a_session_has_interpreters_polls_a_stream_and_a_token() {
    let world = World::begin().await;
    let event = conference(&world).await;
    let talk = event.add_session(&session(&world, "Talk", SessionKind::Webinar)).await.unwrap();
    assert_eq!(talk.kind, Some(SessionKind::Webinar));
    let talk = event.session(talk.session_id);
    talk.update(&SessionWish::new().name("Long talk")).await.unwrap();
    assert_eq!(talk.get().await.unwrap().name, "Long talk");

    let speaks = Interpreter::new().email("i@guest.example").kind(1_u8).source_language_id("US");
    talk.set_interpreters(&[speaks.target_language_id("ES")]).await.unwrap();
    assert_eq!(talk.interpreters().await.unwrap()[0].email.as_deref(), Some("i@guest.example"));
    let question = SessionPollQuestion::new()
        .name("How?")
        .kind(PollQuestionKind::Single)
        .answers(vec!["a".to_owned(), "b".to_owned()]);
    let poll = SessionPoll::new().title("Well?").anonymous(false).kind(PollKind::Basic).questions(vec![question]);
    talk.set_polls(&[poll]).await.unwrap();
    assert_eq!(talk.polls().await.unwrap()[0].title.as_deref(), Some("Well?"));

    let early = talk.join_token().await.unwrap();
    assert!(early.join_token.is_none() && early.code == 1_120, "{early:?}");
    event.publish().await.unwrap();
    assert!(talk.join_token().await.unwrap().join_token.is_some());
    assert!(talk.get().await.unwrap().webinar_id.is_some());
    talk.set_livestream(true).await.unwrap();
    let stream = talk.livestream().await.unwrap();
    assert!(stream.incoming_enabled && stream.incoming_config.unwrap().stream_key.is_some());

    let table = event.add_session(&session(&world, "Table", SessionKind::Meeting)).await.unwrap();
    assert_eq!(event.sessions().await.unwrap().len(), 2);
    event.session(&*table.session_id).delete().await.unwrap();
    assert_eq!(event.sessions().await.unwrap().len(), 1);
    world.sent(SESSIONS);
}

pub(crate) const TICKETS: &[&str] = &[
    "getEventTicketTypes",
    "createTicketType",
    "updateTicketType",
    "deleteEventTicketType",
    "getRegistrationQuestionsForEvent",
    "updateRegistrationQuestionsForEvent",
    "getRegistrationQuestionsForTicketType",
    "updateRegistrationQuestionsForTicketType",
    "getTickets",
    "createTickets",
    "getTicketDetails",
    "Updateticket",
    "deleteTicket",
    "getRegistrants",
    "getSessionAttendeeList",
    "ListSessionReservations",
    "AddSessionReservations",
    "DeleteSessionReservations",
    "ListEventAttendeeActions",
    "UpdateEventAttendeeActions",
    "ListSessionAttendeeActions",
    "UpdateSessionAttendeeActions",
    "EventAttendanceReport",
    "SessionAttendanceReport",
    "EventRegistrationsReport",
];

fn asked(title: &str) -> EventQuestions {
    let question = EventCustomQuestion::new().title(title).kind("short_answer").required(false);
    EventQuestions::new().custom_questions(vec![question])
}

#[tokio::test]
async fn tickets_are_made_changed_used_and_counted() {
    let world = World::begin().await;
    let event = conference(&world).await;
    let table = event.add_session(&session(&world, "Table", SessionKind::Meeting)).await.unwrap();
    let table = event.session(table.session_id);
    let day = TicketType::new()
        .name("Day")
        .currency("USD")
        .free(true)
        .price("0")
        .quantity(5_u32)
        .start_time("2026-01-01T00:00:00Z")
        .end_time(at(&world, 18));
    let (kind, spare) = (event.add_ticket_type(&day).await.unwrap(), event.add_ticket_type(&day).await.unwrap());
    event.update_ticket_type(&spare, &TicketType::new().name("Night")).await.unwrap();
    let names = |types: Vec<TicketType>| types.into_iter().filter_map(|one| one.name).collect::<Vec<_>>();
    assert!(names(event.ticket_types().await.unwrap()).contains(&"Night".to_owned()));
    event.set_questions(&asked("Hat?")).await.unwrap();
    assert_eq!(event.questions().await.unwrap().custom_questions.unwrap()[0].title.as_deref(), Some("Hat?"));
    event.set_ticket_type_questions(&kind, &asked("Shoes?")).await.unwrap();
    let of_kind = event.ticket_type_questions(&kind).await.unwrap();
    assert_eq!(of_kind.custom_questions.unwrap()[0].title.as_deref(), Some("Shoes?"));
    event.remove_ticket_type(&spare).await.unwrap();
    assert!(!names(event.ticket_types().await.unwrap()).contains(&"Night".to_owned()));
    event.publish().await.unwrap();

    let ticket = |name: &str| {
        NewTicket::new(format!("{name}@guest.example")).first_name(name).last_name("Hill").ticket_type_id(kind.clone())
    };
    let wanted =
        NewTickets::new(vec![ticket("ana"), ticket("bo").external_ticket_id("x-1")]).registration_source("site");
    let made = event.create_tickets(&wanted).validation(Validation::None).await.unwrap();
    assert!(made.errors.is_empty(), "{made:?}");
    let (ana, bo) = (&made.tickets[0], &made.tickets[1]);
    assert!(ana.event_join_link.as_ref().unwrap().expose_secret().starts_with("http"));
    event.update_ticket(&ana.ticket_id, &TicketChange::new().organization("Walk")).await.unwrap();
    let read = event.ticket(&ana.ticket_id).await.unwrap();
    assert_eq!(read.extra.get("organization").and_then(|org| org.as_str()), Some("Walk"));
    assert_eq!(event.tickets().external_id("x-1").await.unwrap()[0].email, "bo@guest.example");
    assert_eq!(event.registrants().await.unwrap().len(), 2);
    assert!(table.attendees().await.unwrap().iter().any(|one| one.email == "ana@guest.example"));

    table.reserve("ana@guest.example").await.unwrap();
    assert_eq!(table.reservations().await.unwrap()[0].first_name, "ana");
    assert!(table.reserve("bo@guest.example").await.unwrap_err().executed().is_no(), "one seat only");
    table.give_back("ana@guest.example").await.unwrap();
    assert!(table.reservations().await.unwrap().is_empty());

    let failed = event.check_in("door", &["ana@guest.example", "nobody@guest.example"]).await.unwrap();
    assert_eq!(failed.iter().map(|one| &*one.email).collect::<Vec<_>>(), ["nobody@guest.example"]);
    let seen = event.check_ins().email("ana@guest.example").await.unwrap();
    assert_eq!((&*seen[0].action, seen[0].source.as_deref()), ("check-in", Some("door")));
    assert!(table.check_in("door", &["ana@guest.example"]).await.unwrap().is_empty());
    assert!(table.check_ins().await.unwrap().iter().any(|one| one.email == "ana@guest.example"));

    let attendance = event.attendance().await.unwrap();
    assert!(attendance.iter().any(|one| one.email == "ana@guest.example"), "{attendance:?}");
    assert!(event.registrations().await.unwrap().iter().any(|one| one.first_name == "bo"));
    let in_session = table.attendance().await.unwrap();
    assert!(in_session.iter().all(|one| one.email.contains('@')), "{in_session:?}");
    event.remove_ticket(&bo.ticket_id).await.unwrap();
    assert_eq!(event.tickets().await.unwrap().len(), 1);
    world.sent(TICKETS);
}
