//! Stories against the sandbox: meetings and webinars, and what goes wrong on the way.

use std::sync::Arc;

use jiff::SignedDuration;
use zoom_client::{
    Error, Executed, ExposeSecret as _, Limit, MeetingChange, MeetingSettings, MemoryKeeper, NewMeeting, NewWebinar,
    Place, UserId, UserKind, WebinarChange, WebinarKind, meetings::MeetingList,
};
use zoom_sandbox::Fault;

use crate::world::{World, builder};

fn new() -> NewMeeting {
    NewMeeting::new("Kitchen Spanish")
        .starts_local("2027-03-01T18:00:00".parse().unwrap(), "Europe/Madrid")
        .duration(50_u32)
}

#[tokio::test]
async fn a_meeting_is_made_read_listed_changed_ended_and_deleted() {
    let World { sandbox, zoom } = World::begin().await;
    let settings = MeetingSettings::new().waiting_room(true).mute_upon_entry(true);
    let class = new().agenda("http://localhost/m/1\nBring an apron").settings(settings);
    let made = zoom.meetings().create(&UserId::Me, &class).await.unwrap();
    assert_eq!(made.start_time, Some("2027-03-01T17:00:00Z".parse().unwrap()));
    assert_eq!(made.settings.waiting_room, Some(true));
    assert!(made.join_url.as_ref().unwrap().expose_secret().contains(&made.id.to_string()));
    assert!(made.passcode.is_some() && made.extra.get("start_url").is_none());

    let listed = zoom.meetings().list(&UserId::Me).which(MeetingList::Upcoming).await.unwrap();
    assert_eq!(listed.iter().map(|one| one.id).collect::<Vec<_>>(), [made.id]);
    assert!(listed[0].agenda.as_deref().unwrap().starts_with("http://localhost/m/1\n"));

    let change =
        MeetingChange::new().topic("Kitchen Spanish II").settings(MeetingSettings::new().mute_upon_entry(false));
    zoom.meetings().update(made.id, &change).await.unwrap();
    let read = zoom.meetings().get(made.id).await.unwrap();
    assert_eq!((&*read.topic, read.settings.mute_upon_entry), ("Kitchen Spanish II", Some(false)));
    assert_eq!(read.uuid, made.uuid);

    sandbox.simulate(made.id.get().try_into().unwrap(), &["Ana".to_owned()]).unwrap();
    zoom.meetings().end(made.id).await.unwrap();
    zoom.meetings().delete(made.id).await.unwrap();
    let gone = zoom.meetings().get(made.id).await.unwrap_err();
    assert!(matches!(gone, Error::NotFound { operation: "meeting", .. }), "{gone:?}");
    assert!(matches!(zoom.meetings().delete(made.id).await, Err(Error::NotFound { .. })));
}

#[tokio::test]
async fn a_webinar_is_made_read_listed_changed_and_deleted() {
    let world = World::with(|sandbox| {
        let scopes = zoom_client::calls().flat_map(zoom_client::Call::scopes);
        sandbox.scopes(scopes.filter(|scope| scope.ends_with(":admin")).copied())
    });
    let world = world.await;
    let (zoom, host) = (&world.zoom, world.webinar_host());
    let new = NewWebinar::new("Ask an architect").starts_at("2027-03-01T17:00:00Z".parse().unwrap()).duration(90_u32);
    let made = zoom.webinars().create(&host, &new).await.unwrap();
    assert_eq!((made.kind, &*made.topic), (WebinarKind::Webinar, "Ask an architect"));
    assert_eq!(zoom.webinars().list(&host).await.unwrap().len(), 1);
    zoom.webinars().update(made.id, &WebinarChange::new().topic("Ask two")).await.unwrap();
    assert_eq!(zoom.webinars().get(made.id).await.unwrap().topic, "Ask two");
    let on_the_other_path = zoom.meetings().get(made.id).await.unwrap_err();
    assert_eq!(on_the_other_path.executed(), Executed::No, "{on_the_other_path:?}");
    zoom.webinars().delete(made.id).await.unwrap();
    assert!(matches!(zoom.webinars().get(made.id).await, Err(Error::NotFound { .. })));
}

#[tokio::test]
async fn a_host_without_a_webinar_licence_may_not_hold_one() {
    let world = World::begin().await;
    let people = world.sandbox.world().people();
    let host = people.iter().find(|person| !person.webinar).unwrap().id.parse().unwrap();
    let error = world.zoom.webinars().create(&host, &NewWebinar::new("t")).await.unwrap_err();
    assert!(matches!(error, Error::Forbidden { code: 200, .. }), "{error:?}");
}

#[tokio::test]
async fn users_are_listed_found_by_id_and_address_and_created() {
    let World { sandbox, zoom } = World::begin().await;
    let users = zoom.users().list().await.unwrap();
    assert_eq!(users.len(), sandbox.world().people().len());
    let owner = zoom.users().get(&UserId::Me).await.unwrap();
    assert_eq!(owner.account_id, Some(sandbox.credentials().account_id));
    assert_eq!(zoom.users().get(&owner.email.parse().unwrap()).await.unwrap().id, owner.id);
    assert_eq!(zoom.users().get(&owner.id.parse().unwrap()).await.unwrap().email, owner.email);
    assert!(matches!(zoom.users().get(&"nobody".parse().unwrap()).await, Err(Error::NotFound { .. })));
    let new =
        zoom_client::NewUser::new(zoom_client::users::SignUp::CustCreate, "desk@northlight.example", UserKind::Basic);
    let created = zoom.users().create(&new).await.unwrap();
    assert_eq!(zoom.users().get(&created.id.parse().unwrap()).await.unwrap().email, "desk@northlight.example");
    assert!(matches!(zoom.users().create(&new).await, Err(Error::Conflict { .. })));
}

#[tokio::test]
async fn a_zak_is_its_users_until_it_runs_out() {
    let World { sandbox, zoom } = World::begin().await;
    let people = sandbox.world().people();
    let host = people.iter().find(|person| !person.is_owner()).unwrap();
    let zak = zoom.users().zak(&host.id.parse().unwrap()).await.unwrap();
    let whose =
        |key: &str| sandbox.world().user_of_zak(key, clock::Clock::now(&**sandbox.clock())).map(|person| person.id);
    assert_eq!(whose(zak.key.expose_secret()), Some(host.id.clone()));
    let mine = zoom.users().my_zak().await.unwrap();
    assert!(
        people.iter().any(|person| person.is_owner() && Some(&person.id) == whose(mine.key.expose_secret()).as_ref())
    );
    sandbox.clock().advance(SignedDuration::from_mins(6));
    assert_eq!(whose(mine.key.expose_secret()), None, "five minutes");
    assert_eq!(whose(zak.key.expose_secret()), Some(host.id.clone()), "two hours");
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let world = World::with(|sandbox| sandbox.without_scope("meeting:write:meeting:admin")).await;
    let error = world.zoom.meetings().create(&UserId::Me, &new()).await.unwrap_err();
    let scopes = vec!["meeting:write:meeting".to_owned(), "meeting:write:meeting:admin".to_owned()];
    let message = zoom_spec::code::missing_scopes(&["meeting:write:meeting", "meeting:write:meeting:admin"]);
    assert_eq!(error, Error::MissingScopes { operation: "meetingCreate", scopes, code: 4711, message });
    assert_eq!(error.executed(), Executed::No);
    assert_eq!(world.tokens(), 1, "a token as young as this has every scope there is");
    world.sandbox.clock().advance(SignedDuration::from_mins(6));
    world.zoom.meetings().create(&UserId::Me, &new()).await.unwrap_err();
    assert_eq!(world.tokens(), 2, "an older one is replaced, once");
    let granted = world.zoom.token().await.unwrap();
    assert!(granted.scopes().iter().all(|scope| scope != "meeting:write:meeting:admin"));
}

#[tokio::test]
async fn a_limit_says_until_when_and_that_nothing_was_executed() {
    let World { sandbox, zoom } = World::begin().await;
    sandbox.faults().next("meetingCreate", 1, Fault::TooFast);
    sandbox.faults().next("meetingUpdate", 1, Fault::DailyLimit);
    let error = zoom.meetings().create(&UserId::Me, &new()).await.unwrap_err();
    assert!(matches!(error, Error::RateLimited { limit: Limit::PerSecond, .. }), "{error:?}");
    assert_eq!((error.executed(), sandbox.world().meetings().len()), (Executed::No, 0));
    let made = zoom.meetings().create(&UserId::Me, &new()).await.unwrap();
    match zoom.meetings().update(made.id, &MeetingChange::new().topic("x")).await.unwrap_err() {
        Error::RateLimited { limit: Limit::Daily, retry_after, .. } => assert_eq!(retry_after.as_second() % 86_400, 0),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_may_have_been_executed_is_never_sent_again() {
    let World { sandbox, zoom } = World::begin().await;
    zoom.token().await.unwrap();
    for (fault, stored) in [
        (Fault::ServerError, false),
        (Fault::CutBefore, false),
        (Fault::Hang, false),
        (Fault::CutAfter, true),
        (Fault::CutMidAnswer, true),
        (Fault::HangAfter, true),
    ] {
        let (before, calls) = (sandbox.world().meetings().len(), sandbox.calls().count("meetingCreate"));
        sandbox.faults().next("meetingCreate", 1, fault);
        let error = zoom.meetings().create(&UserId::Me, &new()).await.unwrap_err();
        assert_eq!(error.executed(), Executed::Maybe, "{fault:?}: {error:?}");
        assert!(matches!(error, Error::AnswerLost { .. } | Error::Unavailable { place: Place::Api, status: 500, .. }));
        assert_eq!(sandbox.calls().count("meetingCreate"), calls + 1, "{fault:?}: sent once");
        assert_eq!(sandbox.world().meetings().len() - before, usize::from(stored), "{fault:?}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_has_executed_nothing() {
    let World { sandbox, .. } = World::begin().await;
    let (keeper, secret) = (Arc::new(MemoryKeeper::default()), sandbox.credentials().client_secret);
    builder(&sandbox, &secret).keeper(keeper.clone()).build().token().await.unwrap();
    // A client that has the token, and no connection left over from fetching it.
    let zoom = builder(&sandbox, &secret).keeper(keeper).build();
    sandbox.stop().await;
    let error = zoom.meetings().create(&UserId::Me, &new()).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { place: Place::Api, why: "no connection", .. }), "{error:?}");
    assert_eq!(error.executed(), Executed::No);
}

#[tokio::test]
async fn a_new_meeting_may_stay_out_of_the_list_for_a_while() {
    let World { sandbox, zoom } = World::begin().await;
    sandbox.faults().hide_new_meetings_for(SignedDuration::from_secs(30));
    let made = zoom.meetings().create(&UserId::Me, &new()).await.unwrap();
    assert!(zoom.meetings().list(&UserId::Me).await.unwrap().is_empty());
    sandbox.clock().advance(SignedDuration::from_secs(31));
    assert_eq!(zoom.meetings().list(&UserId::Me).await.unwrap()[0].id, made.id);
}

#[tokio::test]
async fn every_page_of_a_long_list_is_read() {
    let World { sandbox, zoom } = World::with(zoom_sandbox::Builder::unlimited).await;
    for turn in 0..305 {
        zoom.meetings()
            .create(
                &UserId::Me,
                &NewMeeting::new(format!("No. {turn}")).kind(zoom_client::MeetingKind::RecurringNoFixedTime),
            )
            .await
            .unwrap();
    }
    let list = zoom.meetings().list(&UserId::Me).await.unwrap();
    let ids: std::collections::BTreeSet<_> = list.iter().map(|one| one.id).collect();
    assert_eq!((list.len(), ids.len()), (305, 305));
    assert_eq!(sandbox.calls().count("meetings"), 2);
}

#[tokio::test]
async fn a_question_is_asked_again_when_it_fails_and_a_change_is_not() {
    let World { sandbox, .. } = World::begin().await;
    let secret = sandbox.credentials().client_secret;
    let patient = builder(&sandbox, &secret).retries(2).build();
    patient.token().await.unwrap();
    sandbox.faults().next("users", 1, Fault::ServerError);
    sandbox.faults().next("users", 1, Fault::CutBefore);
    let asked = patient.users().list();
    let hurry = async {
        // The pauses are the clock's: 0.5 s and 1 s.
        for _ in 0..200 {
            sandbox.clock().advance(SignedDuration::from_millis(100));
            tokio::task::yield_now().await;
        }
    };
    let (users, ()) = tokio::join!(asked, hurry);
    assert!(!users.unwrap().is_empty());
    assert!(sandbox.calls().count("users") >= 2);
    sandbox.faults().next("meetingCreate", 1, Fault::ServerError);
    patient.meetings().create(&UserId::Me, &new()).await.unwrap_err();
    assert_eq!(sandbox.calls().count("meetingCreate"), 1);
}

#[tokio::test]
async fn a_slow_answer_within_patience_is_an_answer() {
    let World { sandbox, zoom } = World::begin().await;
    sandbox.faults().next("users", 1, Fault::SlowAfter { ms: 100 });
    assert!(!zoom.users().list().await.unwrap().is_empty());
}
