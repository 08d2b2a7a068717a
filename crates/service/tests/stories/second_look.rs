//! Stories of what changed between a grant and its use, of who sees a draft's cover, and of a Zoom that does not answer
//! somebody who waits.

use jiff::SignedDuration;
use model::*;
use service::{EntryRequest, Error};
use store::Engine;
use zoom_sandbox::Fault;

use crate::house::{House, client, on_both_engines};

/// A room at Zoom that starts in five minutes.
async fn room_of(house: &House) -> RoomId {
    let draft = house.draft_in(RoomKind::Meeting, "Open studio", 5);
    let id = house.service.create_room(&house.owner, draft).await.unwrap().room.id;
    house.work().await;
    id
}

fn ada() -> EntryRequest {
    EntryRequest::parse("Ada", "ada@example.org").unwrap()
}

#[tokio::test]
async fn a_door_that_closed_after_the_grant_stays_closed_and_the_grant_stays_unused() {
    on_both_engines!(house in House::on => {
        let id = room_of(&house).await;
        let grant = house.service.ask_in(id, ada(), &client(2)).await.unwrap();
        let mut draft = house.draft_in(RoomKind::Meeting, "Open studio", 5);
        draft.published = false;
        let version = house.service.room(&house.owner, id).await.unwrap().room.version;
        house.service.edit_room(&house.owner, id, draft.clone(), version).await.unwrap();
        for _ in 0..2 {
            let hidden = house.service.redeem(&grant.token).await;
            assert!(matches!(hidden, Err(Error::Closed(DoorClosed::Unpublished))), "{hidden:?}");
        }
        let hidden = house.service.app_link(&grant.token).await;
        assert!(matches!(hidden, Err(Error::Closed(DoorClosed::Unpublished))), "{hidden:?}");
        draft.published = true;
        house.service.edit_room(&house.owner, id, draft, version + 1).await.unwrap();
        house.service.redeem(&grant.token).await.unwrap();

        // Moved to next week, it is too early again.
        let grant = house.service.ask_in(id, ada(), &client(2)).await.unwrap();
        let later = house.draft_in(RoomKind::Meeting, "Open studio", 7 * 24 * 60);
        let version = house.service.room(&house.owner, id).await.unwrap().room.version;
        house.service.edit_room(&house.owner, id, later, version).await.unwrap();
        let early = house.service.redeem(&grant.token).await;
        assert!(matches!(early, Err(Error::Closed(DoorClosed::TooEarly { .. }))), "{early:?}");
    });
}

#[tokio::test]
async fn whoever_is_no_longer_linked_to_the_host_gets_no_key_with_an_old_grant() {
    on_both_engines!(house in House::on => {
        let id = room_of(&house).await;
        let hired = house.member("host@example.org", Role::Host).await.member_id().unwrap();
        house.service.link_host(&house.owner, hired, &house.host(), true).await.unwrap();
        let actor = house.sign_in("host@example.org").await;
        let grant = house.service.start_room(&actor, id, false).await.unwrap();
        house.service.link_host(&house.owner, hired, &house.host(), false).await.unwrap();
        let refused = house.service.redeem(&grant.token).await;
        assert!(matches!(refused, Err(Error::NotYourHost)), "{refused:?}");
        assert_eq!(house.calls("userToken"), 0, "Zoom was asked for a key");

        // An owner who confirmed needs no link; somebody who was removed has nothing any more.
        let grant = house.service.start_room(&house.owner, id, true).await.unwrap();
        house.service.redeem(&grant.token).await.unwrap();
        house.service.link_host(&house.owner, hired, &house.host(), true).await.unwrap();
        let grant = house.service.start_room(&house.sign_in("host@example.org").await, id, false).await.unwrap();
        house.service.remove_member(&house.owner, hired).await.unwrap();
        assert!(matches!(house.service.redeem(&grant.token).await, Err(Error::Spent)));
        assert_eq!(house.calls("userToken"), 1);
    });
}

#[tokio::test]
async fn a_drafts_cover_is_for_those_who_keep_it() {
    let Some(house) = House::on(Engine::Sqlite).await else { return };
    let mut draft = house.draft(RoomKind::Meeting, "Not yet public");
    draft.published = false;
    let id = house.service.create_room(&house.owner, draft).await.unwrap().room.id;
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x02\x08\x02\0\0\0and so on".to_vec();
    house.service.set_cover(&house.owner, id, Some(png.clone())).await.unwrap();
    let viewer = house.member("viewer@example.org", Role::Viewer).await;
    assert_eq!(house.service.cover(id, Some(&house.owner)).await.unwrap().bytes, png);
    for nobody in [None, Some(&viewer)] {
        assert!(matches!(house.service.cover(id, nobody).await, Err(Error::NotFound)));
    }
}

/// Lets 21 seconds pass again and again until `waiting` has its answer, and how often. Zoom's own time-outs are real
/// ones of ten seconds and more: they would let it pass twenty times and more.
async fn passing<T>(house: &House, waiting: impl Future<Output = T>) -> (T, u32) {
    let mut times = 0;
    let mut ticks = tokio::time::interval(std::time::Duration::from_millis(500));
    ticks.tick().await;
    tokio::pin!(waiting);
    loop {
        tokio::select! {
            answer = &mut waiting => return (answer, times),
            _ = ticks.tick() => {
                house.clock.advance(SignedDuration::from_secs(21));
                times += 1;
            }
        }
    }
}

#[tokio::test]
async fn somebody_who_waits_has_an_answer_within_half_a_minute_however_long_zoom_takes() {
    let Some(house) = House::on(Engine::Sqlite).await else { return };
    let id = room_of(&house).await;
    let grant = house.service.start_room(&house.owner, id, true).await.unwrap();
    for call in ["token", "users", "userToken"] {
        house.sandbox.faults().next(call, 9, Fault::Hang);
    }
    let (answer, times) = passing(&house, Box::pin(house.service.redeem(&grant.token))).await;
    assert!(matches!(answer, Err(Error::Unavailable { .. })) && times < 15, "{times}: {answer:?}");

    let (answer, times) = passing(&house, house.service.refresh_hosts(&house.owner)).await;
    assert!(matches!(answer, Err(Error::Unavailable { .. })) && times < 15, "{times}: {answer:?}");

    let test = house.service.put_connection(&house.owner, None, house.credentials());
    let (answer, times) = passing(&house, Box::pin(test)).await;
    let saved = answer.unwrap();
    assert!(saved.saved && !saved.report.is_good() && times < 15, "{times}: {:?}", saved.report);
}
