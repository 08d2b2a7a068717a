//! Stories of whose meeting it is: what may be taken for a room, what is removed with one, and what is gone.

use clock::Clock as _;
use model::*;
use service::{Decision, Error};

use crate::{
    house::{House, LIST_WEBINARS, on_both_engines},
    outbox_waits::unknown_webinar,
};

/// An event about a new meeting or webinar with an agenda, as whoever holds it wrote it.
fn created(house: &House, event: &str, number: i64, host: &str, agenda: &str) -> String {
    let at = house.clock.now_ms();
    format!(
        r#"{{"event":"{event}","event_ts":{at},"payload":{{"object":{{"id":{number},"host_id":"{host}","agenda":"{agenda}"}}}}}}"#
    )
}

#[tokio::test]
async fn an_event_is_a_rooms_own_only_with_its_kind_and_its_host() {
    for engine in store::testing::engines() {
        let Some(house) = House::without(engine, &[LIST_WEBINARS]).await else { continue };
        let id = unknown_webinar(&house).await;
        let room = house.room(id).await;
        let number = house.sandbox.world().meetings()[0].number;
        let people = house.sandbox.world().people();
        let other = people.iter().find(|p| p.id != room.host.as_str()).unwrap();
        let marker = format!("http://localhost:8080/m/{id}");
        let own = room.host.as_str();
        for (event, host) in [("webinar.created", other.id.as_str()), ("meeting.created", own), ("webinar.created", "")]
        {
            house.webhook(&created(&house, event, 91_234_567_890, host, &marker)).await.unwrap();
            house.work().await;
            assert_eq!(house.room(id).await.zoom_number, None, "{event} of {host:?}");
        }
        house.webhook(&created(&house, "webinar.created", number, own, &marker)).await.unwrap();
        house.settle().await;
        let room = house.room(id).await;
        assert_eq!((room.at_zoom, room.zoom_number), (AtZoom::Live, Some(number)));
    }
}

#[tokio::test]
async fn a_room_deleted_while_unknown_is_removed_at_zoom_when_zoom_tells_of_it() {
    for engine in store::testing::engines() {
        let Some(house) = House::without(engine, &[LIST_WEBINARS]).await else { continue };
        let id = unknown_webinar(&house).await;
        house.service.delete_room(&house.owner, id, true).await.unwrap();
        house.settle().await;
        assert_eq!(house.at_zoom(), 1, "nobody knows its number");
        let number = house.sandbox.world().meetings()[0].number;
        house.webhook(&house.event("webinar.created", number, 0)).await.unwrap();
        house.settle().await;
        assert_eq!(house.at_zoom(), 0);

        // One that was to be kept at Zoom is left there.
        let kept = unknown_webinar(&house).await;
        house.service.delete_room(&house.owner, kept, false).await.unwrap();
        let number = house.sandbox.world().meetings()[0].number;
        house.webhook(&house.event("webinar.created", number, 0)).await.unwrap();
        house.settle().await;
        assert_eq!(house.at_zoom(), 1);
    }
}

#[tokio::test]
async fn a_meeting_deleted_at_zoom_has_no_open_door() {
    on_both_engines!(house in House::on => {
        let told = open_room(&house).await;
        let number = house.room(told).await.zoom_number.unwrap();
        house.webhook(&house.event("meeting.deleted", number, 0)).await.unwrap();
        house.work().await;
        gone(&house, told, number).await;

        // Without the event an update finds it out.
        let found = open_room(&house).await;
        let room = house.room(found).await;
        let number = room.zoom_number.unwrap();
        delete_at_zoom(&house, number).await;
        let draft = house.draft_in(RoomKind::Meeting, "Moved", 6);
        house.service.edit_room(&house.owner, found, draft, room.version).await.unwrap();
        house.work().await;
        gone(&house, found, number).await;
        house.service.retry_room(&house.owner, found).await.unwrap();
        house.work().await;
        let room = house.room(found).await;
        assert_eq!(room.at_zoom, AtZoom::Live);
        assert_ne!(room.zoom_number, Some(number));
    });
}

async fn open_room(house: &House) -> RoomId {
    let draft = house.draft_in(RoomKind::Meeting, "Open studio", 5);
    let id = house.service.create_room(&house.owner, draft).await.unwrap().room.id;
    house.work().await;
    assert!(house.room(id).await.door(house.clock.now(), true, Entrant::Visitor).is_ok());
    id
}

async fn gone(house: &House, id: RoomId, number: i64) {
    let room = house.room(id).await;
    assert_eq!(room.door(house.clock.now(), true, Entrant::Visitor), Err(DoorClosed::NotAtZoom));
    assert_eq!(room.door(house.clock.now(), true, Entrant::Host), Err(DoorClosed::NotAtZoom));
    let AtZoom::Refused { reason } = room.at_zoom else { panic!("not refused: {:?}", room.at_zoom) };
    assert!(reason.starts_with("It was deleted at Zoom.") && reason.contains(&number.to_string()), "{reason}");
}

/// Deletes a meeting at Zoom, of which Zoom sends no event.
async fn delete_at_zoom(house: &House, number: i64) {
    let (http, held) = (zoom_client::local_http_client().unwrap(), house.sandbox.credentials());
    let ask = format!("{}?grant_type=account_credentials&account_id={}", house.sandbox.oauth(), held.account_id);
    let issued = http.post(ask).basic_auth(held.client_id, Some(held.client_secret)).send().await.unwrap();
    let issued: serde_json::Value = serde_json::from_str(&issued.text().await.unwrap()).unwrap();
    let url = format!("{}/meetings/{number}", house.sandbox.api());
    let answer =
        http.delete(url).bearer_auth(issued.pointer("/access_token").unwrap().as_str().unwrap()).send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.status());
}

#[tokio::test]
async fn a_number_is_taken_for_an_unknown_room_only_when_zoom_says_it_can_be() {
    for engine in store::testing::engines() {
        let Some(house) = House::without(engine, &[LIST_WEBINARS]).await else { continue };
        let other = house.create(RoomKind::Webinar, "Another one").await;
        let meeting = house.create(RoomKind::Meeting, "A meeting").await;
        house.work().await;
        let meeting = house.room(meeting).await.zoom_number.unwrap();
        let id = unknown_webinar(&house).await;
        let taken = house.room(other).await.zoom_number.unwrap();
        let own = house.sandbox.world().meetings().into_iter().map(|m| m.number);
        let own = own.filter(|n| ![meeting, taken].contains(n)).max().unwrap();
        let say = async |number| house.service.decide_unknown(&house.owner, id, Decision::ItExists { number }).await;
        for number in [taken, meeting, 98_765_432_109] {
            let refused = say(number).await;
            assert!(matches!(refused, Err(Error::Refused { .. })), "{number}: {refused:?}");
            assert_eq!(house.room(id).await.at_zoom, AtZoom::Unknown);
        }
        // Forgotten here, the other one is still the other one: its agenda says so.
        house.service.delete_room(&house.owner, other, false).await.unwrap();
        let refused = say(taken).await;
        assert!(matches!(refused, Err(Error::Refused { .. })), "{refused:?}");

        let hired = house.member("host@example.org", Role::Host).await.member_id().unwrap();
        house.service.link_host(&house.owner, hired, &house.host(), true).await.unwrap();
        let host = house.sign_in("host@example.org").await;
        let small = house.service.decide_unknown(&host, id, Decision::ItExists { number: own }).await;
        assert!(matches!(small, Err(Error::Forbidden { .. })), "{small:?}");
        say(own).await.unwrap();
        house.settle().await;
        assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);
    }
}

#[tokio::test]
async fn about_a_host_whom_the_owner_does_not_name_zoom_is_asked_nothing_whatever_it_tells() {
    for engine in store::testing::engines() {
        let Some(house) = House::without(engine, &[LIST_WEBINARS]).await else { continue };
        let id = unknown_webinar(&house).await;
        let number = house.sandbox.world().meetings()[0].number;
        let connection = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        house.service.allow_hosts(&house.owner, connection, "elsewhere.example").await.unwrap();
        house.work().await;
        let before = house.all_calls();
        house.webhook(&house.event("webinar.created", number, 0)).await.unwrap();
        house.work().await;
        let decided = house.service.decide_unknown(&house.owner, id, Decision::ItExists { number }).await;
        assert!(matches!(decided, Err(Error::Refused { reason }) if reason.contains("may not act")));
        assert_eq!(house.all_calls(), before);
    }
}
