//! Stories of work that waits: for Zoom, for its next time, and for an answer that may still come.

use std::sync::Arc;

use clock::{Clock as _, SeededEntropy, SteeredClock};
use jiff::{SignedDuration, Timestamp};
use model::*;
use service::{Decision, Pace, Service, Worker};
use tokio_util::sync::CancellationToken;
use zoom_sandbox::Fault;

use crate::house::{House, LIST_WEBINARS, on_both_engines};

#[tokio::test]
async fn a_webhook_that_zoom_kept_waiting_is_applied_when_zoom_is_back() {
    for engine in store::testing::engines() {
        let Some(house) = House::without(engine, &[LIST_WEBINARS]).await else { continue };
        let id = unknown_webinar(&house).await;
        let number = house.sandbox.world().meetings()[0].number;
        let event = house.event("webinar.created", number, 0);
        house.sandbox.faults().unplug();
        house.webhook(&event).await.unwrap();
        house.work().await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Unknown, "Zoom could not be asked which room it is");
        house.sandbox.faults().plug_in();
        house.settle().await;
        let room = house.room(id).await;
        assert_eq!((room.at_zoom, room.zoom_number), (AtZoom::Live, Some(number)));
        let inbox = house.service.inbox(&house.owner, 10).await.unwrap();
        assert_eq!(inbox[0].outcome.as_deref(), Some("applied"));
        assert_eq!(house.calls("webinarCreate"), 1);
    }
}

#[tokio::test]
async fn it_is_swept_every_hour_and_not_only_in_the_first() {
    on_both_engines!(house in House::on => {
        // A worker that is told to stop at once has planned the sweep, and no more.
        let stop = CancellationToken::new();
        stop.cancel();
        Worker::new(house.service.clone()).run(stop).await;
        house.webhook(&house.event("meeting.started", 123_456_789, 0)).await.unwrap();
        house.later(3_601).await;
        assert_eq!(house.service.inbox(&house.owner, 10).await.unwrap().len(), 1, "it is kept for a month");
        let next = next_job(&house).await.expect("the next sweep is planned");
        let wait = next.duration_since(house.clock.now()).as_secs();
        assert!((3_500..=3_600).contains(&wait), "{wait}");
        house.later(3_601).await;
        assert!(next_job(&house).await.is_some(), "and so on");
        house.later(31 * 24 * 3_600).await;
        assert!(house.service.inbox(&house.owner, 10).await.unwrap().is_empty());
    });
}

async fn next_job(house: &House) -> Option<Timestamp> {
    store::job::next_run_at(&mut house.kept.read().await.unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_create_whose_answer_could_come_after_its_deadline_is_not_sent() {
    on_both_engines!(house in House::on => {
        // Five seconds are less than the client waits for an answer.
        let pace = Pace { in_flight: SignedDuration::from_secs(5), ..Pace::default() };
        let entropy = Arc::new(SeededEntropy::new(5));
        let settings = house.service.settings().clone();
        let hasty = Service::with_pace(settings, house.kept.clone(), Arc::<SteeredClock>::clone(&house.clock), entropy, pace).unwrap();
        let id = house.create(RoomKind::Meeting, "In a hurry").await;
        Worker::new(hasty).twice().run_once().await.unwrap();
        assert_eq!((house.calls("meetingCreate"), house.at_zoom()), (0, 0));
        let work = house.service.room(&house.owner, id).await.unwrap().work;
        assert!(work.is_some(), "it waits to be sent in time");
        house.settle().await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);
        assert_eq!((house.calls("meetingCreate"), house.at_zoom()), (1, 1));
    });
}

#[tokio::test]
async fn create_again_pressed_during_a_look_is_not_overwritten_by_it() {
    for engine in store::testing::engines() {
        let Some(house) = House::without(engine, &[LIST_WEBINARS]).await else { continue };
        let id = unknown_webinar(&house).await;
        house.service.retry_room(&house.owner, id).await.unwrap();
        house.sandbox.faults().next("webinars", 1, Fault::Slow { ms: 1_500 });
        let decide = async {
            clock::sleep(&*house.clock, 0.5).await;
            house.service.decide_unknown(&house.owner, id, Decision::CreateAgain).await.unwrap();
        };
        tokio::join!(house.work(), decide);
        house.settle().await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);
        assert_eq!(house.calls("webinarCreate"), 2);
    }
}

/// A webinar of which nobody knows whether Zoom has it; Zoom has.
pub(crate) async fn unknown_webinar(house: &House) -> RoomId {
    house.sandbox.faults().next("webinarCreate", 1, Fault::CutAfter);
    let id = house.create(RoomKind::Webinar, "Ask an architect").await;
    house.settle().await;
    assert_eq!(house.room(id).await.at_zoom, AtZoom::Unknown);
    id
}
