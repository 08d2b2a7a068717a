//! Stories of members who look through their rooms: drafts among many, and what was done to one.

use model::*;
use service::{Error, RoomFilter};

use crate::house::{House, on_both_engines};

#[tokio::test]
async fn drafts_are_found_among_many_page_by_page() {
    on_both_engines!(house in House::on => {
        let mut drafts = Vec::new();
        for number in 0..12 {
            let mut draft = house.draft_in(RoomKind::Meeting, &format!("Clinic {number}"), 60 + number);
            draft.published = number % 4 != 0;
            let (published, room) = (draft.published, house.service.create_room(&house.owner, draft).await.unwrap().room);
            if !published {
                drafts.insert(0, room.id);
            }
        }
        let mut filter = RoomFilter { drafts_only: true, limit: 2, ..RoomFilter::default() };
        let first = house.service.rooms(&house.owner, filter.clone()).await.unwrap();
        assert_eq!(first.items.iter().map(|view| view.room.id).collect::<Vec<_>>(), drafts[..2]);
        filter.after = first.next;
        let second = house.service.rooms(&house.owner, filter).await.unwrap();
        assert_eq!(second.items.iter().map(|view| view.room.id).collect::<Vec<_>>(), drafts[2..]);
        assert_eq!(second.next, None);
        let all = house.service.rooms(&house.owner, RoomFilter::default()).await.unwrap();
        assert_eq!(all.items.len(), 12);
    });
}

#[tokio::test]
async fn a_rooms_history_follows_it_through_new_titles_and_is_nobody_elses() {
    on_both_engines!(house in House::on => {
        let id = house.create(RoomKind::Meeting, "Clinic").await;
        let twin = house.create(RoomKind::Meeting, "Clinic").await;
        house.work().await;
        let draft = house.draft_in(RoomKind::Meeting, "Studio", 5);
        house.service.edit_room(&house.owner, id, draft, house.room(id).await.version).await.unwrap();
        house.service.set_cover(&house.owner, id, Some(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x02\x08\x02\0\0\0and so on".to_vec())).await.unwrap();
        house.service.retry_room(&house.owner, id).await.unwrap();
        house.work().await;
        let grant = house.service.start_room(&house.owner, id, true).await.unwrap();
        house.service.redeem(&grant.token).await.unwrap();
        house.service.delete_room(&house.owner, id, true).await.unwrap();
        let history = async |id| {
            let mut lines = house.service.room_history(&house.owner, id, 50).await.unwrap();
            lines.reverse();
            lines.into_iter().map(|line| (line.action, line.subject)).collect::<Vec<_>>()
        };
        let line = |action: &str, title: &str| (action.to_owned(), title.to_owned());
        let mut expected = vec![line("room-created", "Clinic")];
        let later = ["room-changed", "cover-set", "room-retried", "room-start-granted", "zak-requested", "room-deleted"];
        expected.extend(later.map(|action| line(action, "Studio")));
        // Lines of one millisecond have no order among themselves.
        let mut told = history(id).await;
        told.sort();
        expected.sort();
        assert_eq!(told, expected);
        assert_eq!(history(twin).await, [line("room-created", "Clinic")]);
        assert_eq!(house.service.room_history(&house.owner, id, 2).await.unwrap().len(), 2);
        let viewer = house.member("viewer@example.org", Role::Viewer).await;
        assert!(matches!(house.service.room_history(&viewer, id, 2).await, Err(Error::Forbidden { .. })));
    });
}
