//! Stories of requests that carry an idempotency key.

use futures_util::future::join_all;
use jiff::SignedDuration;
use model::*;
use service::{Actor, Error, Once, OnceKey, Result, RoomFilter};

use crate::house::{House, on_both_engines};

async fn ask(house: &House, actor: &Actor, key: &str, body: &str) -> Result<Once> {
    let once = OnceKey { key, operation: "POST /api/v1/rooms", body: body.as_bytes() };
    let answer = |view: &service::RoomView| Ok(view.room.id.to_string().into_bytes());
    house.service.create_room_once(actor, house.draft(RoomKind::Meeting, body), once, answer).await
}

async fn rooms(house: &House) -> Vec<RoomId> {
    let listing = house.service.rooms(&house.owner, RoomFilter::default()).await.unwrap();
    listing.items.iter().map(|view| view.room.id).collect()
}

#[tokio::test]
async fn of_sixteen_equal_requests_at_once_one_makes_the_room_and_all_get_its_answer() {
    on_both_engines!(house in House::on => {
        let answers = join_all((0..16).map(|_| ask(&house, &house.owner, "k-1", "Clinic"))).await;
        let made = rooms(&house).await;
        assert_eq!(made.len(), 1, "{answers:?}");
        let expected = Once::Answered { body: made[0].to_string().into_bytes() };
        for answer in answers {
            assert_eq!(answer.unwrap(), expected);
        }
        house.settle().await;
        assert_eq!((house.at_zoom(), house.calls("meetingCreate")), (1, 1));
        let lines = house.service.audit(&house.owner, 50).await.unwrap();
        assert_eq!(lines.iter().filter(|line| line.action == "room-created").count(), 1);
        // Also when the room has changed, or is gone, the answer is the first one.
        house.service.delete_room(&house.owner, made[0], true).await.unwrap();
        assert_eq!(ask(&house, &house.owner, "k-1", "Clinic").await.unwrap(), expected);
        assert!(rooms(&house).await.is_empty());
    });
}

#[tokio::test]
async fn a_key_is_its_members_own_for_one_body_and_one_day() {
    on_both_engines!(house in House::on => {
        let first = ask(&house, &house.owner, "k-1", "Clinic").await.unwrap();
        assert_eq!(ask(&house, &house.owner, "k-1", "Studio").await.unwrap(), Once::Different);
        assert_eq!(rooms(&house).await.len(), 1);
        assert_ne!(ask(&house, &house.owner, "k-2", "Clinic").await.unwrap(), first);
        let other = house.member("other@example.org", Role::Owner).await;
        assert_ne!(ask(&house, &other, "k-1", "Clinic").await.unwrap(), first);
        assert_eq!(rooms(&house).await.len(), 3);
        house.clock.advance(SignedDuration::from_hours(25));
        assert_ne!(ask(&house, &house.owner, "k-1", "Clinic").await.unwrap(), first);
        assert_eq!(rooms(&house).await.len(), 4);
    });
}

#[tokio::test]
async fn what_was_refused_leaves_its_key_free_and_nobody_gets_an_answer_without_the_right_to_ask() {
    on_both_engines!(house in House::on => {
        let once = OnceKey { key: "k-1", operation: "POST /api/v1/rooms", body: b"Clinic" };
        let draft = house.draft(RoomKind::Meeting, "Clinic");
        // The room was made already when its answer failed: it goes with it.
        let failed = house.service.create_room_once(&house.owner, draft.clone(), once, |_| Err(Error::NotFound)).await;
        assert!(matches!(failed, Err(Error::NotFound)));
        assert!(rooms(&house).await.is_empty());
        let nobodys = RoomDraft { host: ZoomUserId::parse("nobody").unwrap(), ..draft };
        let refused = house.service.create_room_once(&house.owner, nobodys, once, |_| Ok(Vec::new())).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        ask(&house, &house.owner, "k-1", "Clinic").await.unwrap();
        assert_eq!(rooms(&house).await.len(), 1);
        let viewer = house.member("viewer@example.org", Role::Viewer).await;
        assert!(matches!(ask(&house, &viewer, "k-1", "Clinic").await, Err(Error::Forbidden { .. })));
    });
}
