//! Stories of rooms that were kept when their Zoom account was disconnected.

use clock::Clock as _;
use model::{AtZoom, DoorClosed, Feature, Role, RoomKind, ZoomUserId};
use service::{Error, RoomsThen};

use crate::{house::on_both_engines, two_zooms::TwoZooms};

#[tokio::test]
async fn a_kept_room_can_be_changed_and_deleted_and_is_not_tried_again_before_it_has_a_host() {
    on_both_engines!(two in TwoZooms::on => {
        let house = &two.house;
        let other = two.connect_other().await;
        let [room, deleted] = [two.others_room("Stays").await, two.others_room("Goes").await];
        house.settle().await;
        house.service.disconnect(&house.owner, other, RoomsThen::Keep, Some(&house.password.into())).await.unwrap();
        let again = house.service.retry_room(&house.owner, room).await;
        assert!(matches!(&again, Err(Error::Refused { reason }) if reason.contains("disconnected")), "{again:?}");
        let started = house.service.start_room(&house.owner, room, true).await;
        assert!(matches!(started, Err(Error::Closed(DoorClosed::Disconnected))), "{started:?}");
        let kept = house.room(room).await;
        let mut draft = house.draft(RoomKind::Meeting, "Hidden for now");
        (draft.host, draft.published) = (kept.host.clone(), false);
        house.service.edit_room(&house.owner, room, draft, kept.version).await.unwrap();
        let changed = house.room(room).await;
        assert!(changed.at_zoom == AtZoom::Disconnected && !changed.published);
        house.service.delete_room(&house.owner, deleted, true).await.unwrap();
        house.settle().await;
        let open = house.service.room(&house.owner, room).await.unwrap();
        assert!(open.work.is_none() && open.room.at_zoom == AtZoom::Disconnected, "{open:?}");
        // Its id is spoken for, and said to be.
        let taken = house.service.put_connection(&house.owner, Some(other), two.others_credentials()).await;
        assert!(matches!(&taken, Err(Error::Refused { reason }) if reason.contains("take a new one")), "{taken:?}");
        assert!(house.service.quota(&house.owner, other).await.is_err());
    });
}

#[tokio::test]
async fn kept_rooms_are_given_a_host_all_at_once_and_what_that_takes_is_told_before() {
    on_both_engines!(two in TwoZooms::on => {
        let house = &two.house;
        let other = two.connect_other().await;
        let mut rooms = Vec::new();
        for title in ["One", "Two", "Three"] {
            rooms.push(two.others_room(title).await);
        }
        house.settle().await;
        assert!(house.service.kept_rooms(&house.owner).await.unwrap().is_empty());
        house.service.disconnect(&house.owner, other, RoomsThen::Keep, Some(&house.password.into())).await.unwrap();
        let kept = house.service.kept_rooms(&house.owner).await.unwrap();
        assert_eq!(kept.len(), 3);

        // A host of their own account takes a hundred a day; what is told is what then happens.
        let (account, host) = (house.service.connection(&house.owner).await.unwrap().unwrap().id, house.host());
        let plan = house.service.adoption(&house.owner, &host).await.unwrap();
        assert_eq!((plan.rooms.len(), plan.left_today, plan.days, plan.more_hosts), (3, 100, 1, 0));
        assert!(plan.since_today && plan.unsure == 0);
        house.spend(account, &host, 98).await;
        let plan = house.service.adoption(&house.owner, &host).await.unwrap();
        assert_eq!((plan.left_today, plan.days, plan.more_hosts), (2, 2, 1));
        assert!(plan.through > house.clock.now());
        let nobody = ZoomUserId::parse("nobody").unwrap();
        for refused in [
            house.service.adoption(&house.owner, &nobody).await.map(drop),
            house.service.adopt(&house.owner, &kept[0].host).await.map(drop),
        ] {
            assert!(matches!(&refused, Err(Error::Invalid(wrong)) if wrong[0].field == "host"), "{refused:?}");
        }
        let member = house.member("host@example.org", Role::Host).await;
        assert!(matches!(house.service.adopt(&member, &host).await, Err(Error::Forbidden { .. })));
        assert!(house.service.kept_rooms(&member).await.is_err());

        assert_eq!(house.service.adopt(&house.owner, &host).await.unwrap(), 3);
        assert_eq!(house.service.adopt(&house.owner, &host).await.unwrap(), 0, "pressed twice is once");
        house.work().await;
        assert_eq!(house.at_zoom(), 2, "the hundred of the day are used up");
        assert_eq!(house.room(kept[2].id).await.at_zoom, AtZoom::Waiting, "the last to begin is the one that waits");
        assert!(house.service.kept_rooms(&house.owner).await.unwrap().is_empty());
        house.clock.set(plan.through);
        house.settle().await;
        assert_eq!(house.at_zoom(), 3);
        for room in rooms {
            let room = house.room(room).await;
            assert_eq!((&room.at_zoom, &room.host, room.connection), (&AtZoom::Live, &host, account));
        }
    });
}

#[tokio::test]
async fn what_waits_for_a_host_already_goes_before_the_rooms_they_are_given() {
    on_both_engines!(two in TwoZooms::on => {
        let house = &two.house;
        let other = two.connect_other().await;
        two.others_room("Stays as a page").await;
        house.settle().await;
        house.service.disconnect(&house.owner, other, RoomsThen::Keep, Some(&house.password.into())).await.unwrap();
        let (account, host) = (house.service.connection(&house.owner).await.unwrap().unwrap().id, house.host());
        house.spend(account, &host, 98).await;
        let plan = house.service.adoption(&house.owner, &host).await.unwrap();
        assert_eq!((plan.left_today, plan.days, plan.more_hosts), (2, 1, 0));
        for title in ["Waits", "Waits too"] {
            house.create(RoomKind::Meeting, title).await;
        }
        let plan = house.service.adoption(&house.owner, &host).await.unwrap();
        assert_eq!((plan.left_today, plan.days, plan.more_hosts), (0, 2, 1));
    });
}

#[tokio::test]
async fn webinars_stay_kept_where_the_host_cannot_hold_any() {
    on_both_engines!(two in TwoZooms::on => {
        let house = &two.house;
        let other = two.connect_other().await;
        let mut draft = house.draft(RoomKind::Webinar, "Open evening");
        draft.host = two.others_host();
        house.service.create_room(&house.owner, draft).await.unwrap();
        house.settle().await;
        house.service.disconnect(&house.owner, other, RoomsThen::Keep, Some(&house.password.into())).await.unwrap();
        // Who has the add-on is read where webinars are wanted.
        let account = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        house.service.ask_for(&house.owner, account, &[Feature::Meetings, Feature::Webinars]).await.unwrap();
        let hosts = house.service.refresh_hosts(&house.owner).await.unwrap();
        let who = |may| &hosts.iter().find(|host| host.licensed && host.webinars == Some(may)).unwrap().id;
        let plan = house.service.adoption(&house.owner, who(false)).await.unwrap();
        assert_eq!((plan.rooms.len(), plan.stay.len(), plan.days), (0, 1, 0));
        assert_eq!(house.service.adopt(&house.owner, who(false)).await.unwrap(), 0);
        assert_eq!(house.service.adopt(&house.owner, who(true)).await.unwrap(), 1);
    });
}
