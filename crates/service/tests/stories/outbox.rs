//! Stories of the outbox: whatever goes wrong at Zoom, each room is there exactly once.

use jiff::SignedDuration;
use model::*;
use service::{Decision, Error, Worker};
use store::Engine;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use zoom_sandbox::Fault;

use crate::house::{House, LIST_WEBINARS, on_both_engines};

#[tokio::test]
async fn a_room_is_created_changed_and_deleted_at_zoom() {
    on_both_engines!(house in House::on => {
        let id = house.create(RoomKind::Meeting, "Thesis clinic").await;
        let view = house.service.room(&house.owner, id).await.unwrap();
        assert_eq!(view.room.at_zoom, AtZoom::Waiting);
        assert!(view.work.is_some(), "its work waits");
        house.work().await;
        let room = house.room(id).await;
        assert_eq!(room.at_zoom, AtZoom::Live);
        let meeting = house.sandbox.world().meeting(room.zoom_number.unwrap()).unwrap();
        assert_eq!(meeting.topic, "Thesis clinic");
        assert_eq!(meeting.agenda, format!("http://localhost:8080/m/{id}\n\nBring paper."));
        assert_eq!(meeting.passcode, room.passcode.expose());

        // Two changes before Zoom was reached are one push of the newer one.
        let mut draft = house.draft(RoomKind::Meeting, "Thesis clinic, moved");
        let view = house.service.edit_room(&house.owner, id, draft.clone(), room.version).await.unwrap();
        draft.title = Title::parse("Thesis clinic, moved again").unwrap();
        house.service.edit_room(&house.owner, id, draft.clone(), view.room.version).await.unwrap();
        let stale = house.service.edit_room(&house.owner, id, draft, view.room.version).await;
        assert!(matches!(stale, Err(Error::Conflict { version }) if version == view.room.version + 1));
        house.work().await;
        assert_eq!(house.calls("meetingUpdate"), 1);
        let meeting = house.sandbox.world().meeting(room.zoom_number.unwrap()).unwrap();
        assert_eq!(meeting.topic, "Thesis clinic, moved again");
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);

        house.service.delete_room(&house.owner, id, true).await.unwrap();
        house.work().await;
        assert!(house.sandbox.world().meeting(room.zoom_number.unwrap()).is_none());
        assert!(matches!(house.service.room(&house.owner, id).await, Err(Error::NotFound)));
        assert_eq!(house.calls("meetingCreate"), 1);
    });
}

#[tokio::test]
async fn an_answer_lost_after_success_leaves_one_meeting() {
    on_both_engines!(house in House::on => {
        house.sandbox.faults().next("meetingCreate", 1, Fault::CutAfter);
        let id = house.create(RoomKind::Meeting, "Lost answer").await;
        house.work().await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Waiting);
        assert_eq!(house.at_zoom(), 1);
        house.later(3).await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);
        house.settle().await;
        assert_eq!((house.at_zoom(), house.calls("meetingCreate")), (1, 1));
    });
}

#[tokio::test]
async fn a_meeting_that_lists_do_not_show_yet_is_waited_for() {
    on_both_engines!(house in House::on => {
        house.sandbox.faults().hide_new_meetings_for(SignedDuration::from_secs(50));
        house.sandbox.faults().next("meetingCreate", 1, Fault::CutMidAnswer);
        let id = house.create(RoomKind::Meeting, "Hidden for a while").await;
        house.work().await;
        // Early look, first look after the deadline: both find nothing.
        house.later(3).await;
        house.later(31).await;
        assert_eq!(house.room(id).await.zoom_number, None);
        house.settle().await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);
        assert_eq!((house.at_zoom(), house.calls("meetingCreate")), (1, 1));
    });
}

#[tokio::test]
async fn a_request_cut_before_zoom_had_it_is_sent_again_after_two_looks() {
    on_both_engines!(house in House::on => {
        house.sandbox.faults().next("meetingCreate", 1, Fault::CutBefore);
        let id = house.create(RoomKind::Meeting, "Never arrived").await;
        house.work().await;
        house.later(3).await;
        house.later(31).await;
        assert_eq!(house.calls("meetingCreate"), 1, "one look is not enough");
        house.settle().await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);
        assert_eq!((house.at_zoom(), house.calls("meetingCreate")), (1, 2));
    });
}

#[tokio::test]
async fn a_process_that_died_before_the_answer_leaves_one_meeting() {
    on_both_engines!(house in House::on => {
        let id = house.create(RoomKind::Meeting, "Pulled plug").await;
        house.sandbox.faults().next("meetingCreate", 1, Fault::HangAfter);
        // The first process dies while Zoom keeps its answer back.
        {
            let dying = house.worker.run_once();
            tokio::pin!(dying);
            while house.at_zoom() == 0 {
                tokio::select! {
                    biased;
                    _ = &mut dying => panic!("it was answered"),
                    () = tokio::task::yield_now() => {}
                }
            }
        }
        house.settle().await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);
        assert_eq!((house.at_zoom(), house.calls("meetingCreate")), (1, 1));
    });
}

#[tokio::test]
async fn a_missing_scope_is_named_and_the_room_goes_on_by_itself_once_it_is_there() {
    let scope = "meeting:write:meeting:admin";
    for engine in store::testing::engines() {
        let Some(house) = House::without(engine, &[scope]).await else { continue };
        let tokens = house.calls("token");
        let id = house.create(RoomKind::Meeting, "No scope").await;
        house.work().await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Waiting);
        let work = house.service.room(&house.owner, id).await.unwrap().work.unwrap();
        let reason = work.last_error.unwrap();
        assert!(reason.contains(scope) && reason.contains("Marketplace"), "{reason}");
        house.later(240).await;
        assert_eq!(house.calls("meetingCreate"), 1, "it is left alone for five minutes");
        house.later(70).await;
        assert_eq!(house.calls("meetingCreate"), 3, "once with the old token, once with a fresh one");
        assert_eq!(house.calls("token"), tokens + 1);

        house.sandbox.grant(zoom_sandbox::guide_scopes()).unwrap();
        house.later(240).await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Waiting, "tokens gain no scopes");
        house.later(140).await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);
        assert_eq!((house.at_zoom(), house.calls("token")), (1, tokens + 2));
    }
}

#[tokio::test]
async fn whoever_added_the_scope_need_not_wait_for_it() {
    let scope = "meeting:delete:meeting:admin";
    for engine in store::testing::engines() {
        let Some(house) = House::without(engine, &[scope]).await else { continue };
        let id = house.create(RoomKind::Meeting, "To be deleted").await;
        house.settle().await;
        house.service.delete_room(&house.owner, id, true).await.unwrap();
        house.work().await;
        assert_eq!(house.at_zoom(), 1, "it may not be deleted yet");
        house.sandbox.grant(zoom_sandbox::guide_scopes()).unwrap();
        let connection = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        let health = house.service.recheck(&house.owner, connection).await.unwrap();
        let meetings = health.features.iter().find(|one| one.feature == Feature::Meetings).unwrap();
        assert_eq!(meetings.standing, service::doctor::Standing::Works);
        house.work().await;
        assert_eq!(house.at_zoom(), 0);
    }
}

#[tokio::test]
async fn limits_and_a_zoom_that_is_down_are_waited_out() {
    on_both_engines!(house in House::on => {
        house.sandbox.faults().next("meetingCreate", 1, Fault::TooFast);
        let id = house.create(RoomKind::Meeting, "A second").await;
        house.work().await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Live, "a second is nothing to wait for");

        house.sandbox.faults().next("meetingCreate", 1, Fault::DailyLimit);
        let id = house.create(RoomKind::Meeting, "Patience").await;
        house.work().await;
        let work = house.service.room(&house.owner, id).await.unwrap().work.unwrap();
        assert!(work.last_error.unwrap().contains("limit"));
        house.settle().await;
        let wait = house.service.room(&house.owner, id).await.unwrap().work;
        if let Some(work) = wait {
            // Zoom's day is over at 00:00 UTC.
            house.later(work.next_try_at.duration_since(clock::Clock::now(&*house.clock)).as_secs() + 1).await;
        }
        house.settle().await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);

        house.sandbox.faults().next("meetingCreate", 1, Fault::ServerError);
        let id = house.create(RoomKind::Meeting, "Five hundred").await;
        house.settle().await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);

        house.sandbox.faults().unplug();
        let id = house.create(RoomKind::Meeting, "Unplugged").await;
        house.work().await;
        house.later(31).await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Waiting);
        house.sandbox.faults().plug_in();
        for _ in 0..4 {
            house.settle().await;
        }
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);
        assert_eq!(house.at_zoom(), 4);
    });
}

#[tokio::test]
async fn a_webinar_that_cannot_be_looked_for_stays_unknown_until_zoom_tells() {
    for engine in store::testing::engines() {
        let Some(house) = House::without(engine, &[LIST_WEBINARS]).await else { continue };
        let id = lost_webinar(&house).await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Unknown);
        // Neither time, nor an edit, nor trying again creates it a second time.
        let version = house.room(id).await.version;
        let draft = house.draft(RoomKind::Webinar, "Ask an architect, later");
        house.service.edit_room(&house.owner, id, draft, version).await.unwrap();
        house.service.retry_room(&house.owner, id).await.unwrap();
        house.settle().await;
        assert_eq!((house.at_zoom(), house.calls("webinarCreate")), (1, 1));
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Unknown);

        let number = house.sandbox.world().meetings()[0].number;
        house.webhook(&house.event("webinar.created", number, 0)).await.unwrap();
        house.settle().await;
        let room = house.room(id).await;
        assert_eq!((room.at_zoom, room.zoom_number), (AtZoom::Live, Some(number)));
        assert_eq!(house.sandbox.world().meeting(number).unwrap().topic, "Ask an architect, later");
        assert_eq!((house.at_zoom(), house.calls("webinarCreate")), (1, 1));
    }
}

#[tokio::test]
async fn an_owner_decides_about_an_unknown_webinar() {
    for engine in store::testing::engines() {
        let Some(house) = House::without(engine, &[LIST_WEBINARS]).await else { continue };
        let id = lost_webinar(&house).await;
        let number = house.sandbox.world().meetings()[0].number;
        house.service.decide_unknown(&house.owner, id, Decision::ItExists { number }).await.unwrap();
        house.work().await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);
        assert_eq!(house.at_zoom(), 1);

        let other = lost_webinar(&house).await;
        house.service.decide_unknown(&house.owner, other, Decision::CreateAgain).await.unwrap();
        house.work().await;
        assert_eq!(house.room(other).await.at_zoom, AtZoom::Live);
        let again = house.service.decide_unknown(&house.owner, other, Decision::CreateAgain).await;
        assert!(matches!(again, Err(Error::Conflict { .. })));
    }
}

#[tokio::test]
async fn with_the_list_scope_a_lost_webinar_is_found() {
    on_both_engines!(house in with_list_scope => {
        let id = lost_webinar(&house).await;
        let room = house.room(id).await;
        assert_eq!(room.at_zoom, AtZoom::Live);
        assert_eq!((house.at_zoom(), house.calls("webinarCreate")), (1, 1));
    });
}

async fn with_list_scope(engine: Engine) -> Option<House> {
    House::on(engine).await
}

async fn lost_webinar(house: &House) -> RoomId {
    house.sandbox.faults().next("webinarCreate", 1, Fault::CutAfter);
    let id = house.create(RoomKind::Webinar, "Ask an architect").await;
    house.settle().await;
    id
}

#[tokio::test]
async fn a_room_deleted_while_its_answer_is_lost_leaves_nothing_at_zoom() {
    on_both_engines!(house in House::on => {
        house.sandbox.faults().next("meetingCreate", 1, Fault::CutAfter);
        let id = house.create(RoomKind::Meeting, "Changed my mind").await;
        house.work().await;
        house.service.delete_room(&house.owner, id, true).await.unwrap();
        house.settle().await;
        assert_eq!((house.at_zoom(), house.calls("meetingCreate")), (0, 1));
    });
}

#[tokio::test]
async fn a_meeting_deleted_at_zoom_is_said_to_be_and_made_anew_only_when_asked() {
    on_both_engines!(house in House::on => {
        let id = house.create(RoomKind::Meeting, "Gone").await;
        house.work().await;
        let number = house.room(id).await.zoom_number.unwrap();
        house.webhook(&house.event("meeting.deleted", number, 0)).await.unwrap();
        house.settle().await;
        let AtZoom::Refused { reason } = house.room(id).await.at_zoom else { panic!("not refused") };
        assert!(reason.starts_with("It was deleted at Zoom."), "{reason}");
        assert_eq!(house.calls("meetingCreate"), 1);
        house.service.retry_room(&house.owner, id).await.unwrap();
        house.work().await;
        let room = house.room(id).await;
        assert_eq!(room.at_zoom, AtZoom::Live);
        assert_ne!(room.zoom_number, Some(number));
    });
}

#[tokio::test]
async fn a_running_worker_is_woken_by_a_new_room_and_stops_when_told() {
    on_both_engines!(house in House::on => {
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        tasks.spawn(Worker::new(house.service.clone()).run(stop.clone()));
        let id = house.create(RoomKind::Meeting, "At once").await;
        for _ in 0..1_000 {
            if house.room(id).await.at_zoom == AtZoom::Live {
                break;
            }
            clock::sleep(&*house.clock, 0.02).await;
        }
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);
        stop.cancel();
        tasks.close();
        tasks.wait().await;
        house.create(RoomKind::Meeting, "After the end").await;
        assert_eq!(house.at_zoom(), 1);
    });
}
