//! Stories of the door: who gets in, when, as what, and how often.

use std::sync::Arc;

use futures_util::future::join_all;
use model::*;
use secrecy::ExposeSecret as _;
use service::{EntryRequest, Error, NoBrowserJoin, Service};
use zoom_sandbox::Fault;

use crate::house::{House, client, on_both_engines};

fn ada() -> EntryRequest {
    EntryRequest::parse("Ada", "ada@example.org").unwrap()
}

/// A room at Zoom that starts in so many minutes.
async fn room_in(house: &House, kind: RoomKind, minutes: i64) -> RoomId {
    let draft = house.draft_in(kind, "Open studio", minutes);
    let id = house.service.create_room(&house.owner, draft).await.unwrap().room.id;
    house.work().await;
    assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);
    id
}

#[tokio::test]
async fn a_visitor_waits_gets_in_and_never_calls_zoom() {
    on_both_engines!(house in House::on => {
        let id = room_in(&house, RoomKind::Meeting, 30).await;
        let room = house.room(id).await;
        house.sandbox.calls().clear();
        let early = house.service.ask_in(id, ada(), &client(2)).await;
        assert!(matches!(early, Err(Error::Closed(DoorClosed::TooEarly { opens_at })) if opens_at == room.opens_at()));
        house.clock.advance(jiff::SignedDuration::from_mins(16));
        let page = house.service.page(&room.slug, None).await.unwrap();
        assert_eq!((page.door, page.browser), (Ok(()), Ok(())));
        assert!(!format!("{page:?}").contains(room.passcode.expose()));

        let grant = house.service.ask_in(id, ada(), &client(2)).await.unwrap();
        let packet = house.service.redeem(&grant.token).await.unwrap();
        assert_eq!((packet.role, packet.zak.is_none()), (0, true));
        assert_eq!(Some(packet.meeting_number), room.zoom_number);
        assert_eq!((packet.user_name.as_str(), packet.passcode.expose()), ("Ada", room.passcode.expose()));
        assert_eq!(packet.signature.expose_secret().split('.').count(), 3);
        assert!(matches!(house.service.redeem(&grant.token).await, Err(Error::Spent)));

        let grant = house.service.ask_in(id, ada(), &client(2)).await.unwrap();
        let link = house.service.app_link(&grant.token).await.unwrap();
        assert_eq!(link.as_str(), link_at_zoom(&house, &room));
        house.service.upcoming().await.unwrap();
        house.service.site().await.unwrap();
        assert_eq!(house.all_calls(), 0);
    });
}

/// The link for visitors as Zoom has it.
fn link_at_zoom(house: &House, room: &Room) -> String {
    let meeting = house.sandbox.world().meeting(room.zoom_number.unwrap()).unwrap();
    let origin = house.service.settings().zoom.oauth.origin().ascii_serialization();
    format!("{origin}/j/{}?pwd={}", meeting.number, meeting.passcode)
}

/// Where a new visitor is sent.
async fn link(house: &House, id: RoomId) -> String {
    let grant = house.service.ask_in(id, ada(), &client(2)).await.unwrap();
    house.service.app_link(&grant.token).await.unwrap().to_string()
}

#[tokio::test]
async fn the_link_to_the_app_is_the_one_that_zoom_made_and_a_new_passcode_makes_a_new_one() {
    for kind in [RoomKind::Meeting, RoomKind::Webinar] {
        on_both_engines!(house in House::on => {
            let id = room_in(&house, kind, 5).await;
            let before = house.room(id).await;
            let old = link(&house, id).await;
            assert_eq!(old, link_at_zoom(&house, &before));
            let bare = old.split_once('?').unwrap().0;

            let mut draft = house.draft_in(kind, "Open studio", 5);
            draft.passcode = Some(Passcode::parse("newOne7").unwrap());
            house.service.edit_room(&house.owner, id, draft.clone(), before.version).await.unwrap();
            assert_eq!(link(&house, id).await, old, "Zoom does not know yet");
            house.work().await;
            assert_eq!(link(&house, id).await, format!("{bare}?pwd=newOne7"));

            // Zoom took the change and then fell silent: no link is better than the old one.
            draft.passcode = Some(Passcode::parse("newOne8").unwrap());
            let version = house.room(id).await.version;
            house.service.edit_room(&house.owner, id, draft, version).await.unwrap();
            let (read, update) = match kind {
                RoomKind::Meeting => ("meeting", "meetingUpdate"),
                RoomKind::Webinar => ("webinar", "webinarUpdate"),
            };
            house.sandbox.faults().next(read, 8, Fault::ServerError);
            house.work().await;
            assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);
            assert_eq!(link(&house, id).await, bare);
            let updates = house.calls(update);
            house.sandbox.faults().clear();
            house.later(60).await;
            assert_eq!(link(&house, id).await, format!("{bare}?pwd=newOne8"));
            assert_eq!(house.calls(update), updates, "it was only read again");
            assert!(house.service.room(&house.owner, id).await.unwrap().work.is_none());
        });
    }
}

#[tokio::test]
async fn whatever_is_stored_visitors_are_sent_to_zoom_only() {
    on_both_engines!(house in House::on => {
        let id = room_in(&house, RoomKind::Meeting, 5).await;
        let room = house.room(id).await;
        let (number, version) = (room.zoom_number.unwrap(), room.version);
        let origin = house.service.settings().zoom.oauth.origin().ascii_serialization();
        let bare = format!("{origin}/j/{number}");
        let zooms = ["https://us05web.zoom.us/j/1?pwd=enc.1", "https://zoom.us/j/1", "https://agency.zoomgov.com/j/1"];
        let others = [
            "https://evil.example/j/1?pwd=enc.1",
            "https://notzoom.us/j/1",
            "https://zoom.us.evil.example/j/1",
            "https://zoom.us@evil.example/j/1",
            "http://zoom.us/j/1",
            "http://127.0.0.1:1/j/1",
            "javascript:alert(1)",
            "//evil.example",
            "",
        ];
        for stored in zooms.into_iter().chain(others) {
            let url = &stored.into();
            let landed = store::room::Landed { number, uuid: None, join_url: Some(url), version, digest: None };
            let now = clock::Clock::now(&*house.clock);
            let write = |mut tx| async move { store::room::landed(&mut tx, id, landed, now).await };
            house.kept.write(write).await.unwrap();
            let expected = if zooms.contains(&stored) { stored } else { bare.as_str() };
            assert_eq!(link(&house, id).await, expected, "{stored}");
        }
    });
}

#[tokio::test]
async fn of_many_who_redeem_one_grant_at_once_one_gets_in() {
    on_both_engines!(house in House::on => {
        let id = room_in(&house, RoomKind::Meeting, 5).await;
        let grant = Arc::new(house.service.ask_in(id, ada(), &client(2)).await.unwrap());
        let tries = (0..16).map(|_| {
            let (service, grant) = (house.service.clone(), Arc::clone(&grant));
            async move { service.redeem(&grant.token).await }
        });
        let answers = join_all(tries).await;
        assert_eq!(answers.iter().filter(|a| a.is_ok()).count(), 1);
        assert!(answers.iter().all(|a| matches!(a, Ok(_) | Err(Error::Spent))));
    });
}

#[tokio::test]
async fn a_grant_is_good_for_two_minutes_and_only_while_the_room_is_there() {
    on_both_engines!(house in House::on => {
        let id = room_in(&house, RoomKind::Meeting, 5).await;
        let late = house.service.ask_in(id, ada(), &client(2)).await.unwrap();
        house.clock.advance(jiff::SignedDuration::from_secs(121));
        assert!(matches!(house.service.redeem(&late.token).await, Err(Error::Spent)));
        let gone = house.service.ask_in(id, ada(), &client(2)).await.unwrap();
        house.service.delete_room(&house.owner, id, false).await.unwrap();
        assert!(matches!(house.service.redeem(&gone.token).await, Err(Error::Spent)));
        assert!(matches!(house.service.redeem(&"made up".into()).await, Err(Error::Spent)));
    });
}

#[tokio::test]
async fn webinars_ask_for_an_address_and_drafts_are_not_there() {
    on_both_engines!(house in House::on => {
        let id = room_in(&house, RoomKind::Webinar, 5).await;
        assert!(house.service.page_by_id(id, None).await.unwrap().needs_email);
        let nameless = EntryRequest::parse("", "nobody").unwrap_err();
        assert_eq!(nameless.len(), 2);
        let without = house.service.ask_in(id, EntryRequest::parse("Ada", "").unwrap(), &client(2)).await;
        assert!(matches!(without, Err(Error::Invalid(wrong)) if wrong == [Problem::Missing.at("email")]));
        house.service.ask_in(id, ada(), &client(2)).await.unwrap();

        let mut draft = house.draft_in(RoomKind::Meeting, "Not yet public", 5);
        draft.published = false;
        let id = house.service.create_room(&house.owner, draft).await.unwrap().room.id;
        house.work().await;
        assert!(matches!(house.service.page_by_id(id, None).await, Err(Error::NotFound)));
        assert!(matches!(house.service.ask_in(id, ada(), &client(2)).await, Err(Error::NotFound)));
        assert!(!house.service.page_by_id(id, Some(&house.owner)).await.unwrap().published);
    });
}

#[tokio::test]
async fn a_host_starts_with_a_key_fetched_at_that_moment_and_the_log_says_so() {
    on_both_engines!(house in House::on => {
        let id = room_in(&house, RoomKind::Meeting, 5).await;
        let hired = house.member("host@example.org", Role::Host).await;
        assert!(matches!(house.service.start_room(&hired, id, true).await, Err(Error::NotYourHost)));
        house.service.link_host(&house.owner, hired.member_id().unwrap(), &house.host(), true).await.unwrap();
        let hired = house.sign_in("host@example.org").await;
        let grant = house.service.start_room(&hired, id, false).await.unwrap();
        assert_eq!(house.calls("userToken"), 0, "not before it is redeemed");
        let packet = house.service.redeem(&grant.token).await.unwrap();
        assert_eq!((packet.role, house.calls("userToken")), (1, 1));
        let zak = packet.zak.unwrap();
        let now = clock::Clock::now(&*house.clock);
        let starter = house.sandbox.world().user_of_zak(zak.expose_secret(), now).unwrap();
        assert_eq!(starter.id, house.host().as_str());

        // An owner who starts for somebody else says so first.
        let unasked = house.service.start_room(&house.owner, id, false).await;
        assert!(matches!(unasked, Err(Error::NotConfirmed { host }) if !host.is_empty()));
        let grant = house.service.start_room(&house.owner, id, true).await.unwrap();
        assert!(matches!(house.service.app_link(&grant.token).await, Err(Error::Refused { .. })));
        let lines = house.service.audit(&house.owner, 50).await.unwrap();
        let asked: Vec<_> = lines.iter().filter(|l| l.action == "zak-requested").collect();
        assert_eq!(asked.len(), 1);
        assert_eq!(asked[0].actor, "host");
        assert!(!format!("{lines:?}").contains(zak.expose_secret()));

        house.sandbox.faults().next("userToken", 3, Fault::ServerError);
        let grant = house.service.start_room(&hired, id, false).await.unwrap();
        assert!(matches!(house.service.redeem(&grant.token).await, Err(Error::Unavailable { .. })));
    });
}

#[tokio::test]
async fn where_browsers_give_no_camera_or_the_sdk_is_not_set_the_page_says_why() {
    let Some(house) = House::on(store::Engine::Sqlite).await else { return };
    let id = room_in(&house, RoomKind::Meeting, 5).await;
    let mut draft = house.credentials();
    (draft.sdk_key, draft.sdk_secret) = (String::new(), None);
    house.service.put_connection(&house.owner, None, draft).await.unwrap();
    let page = house.service.page_by_id(id, None).await.unwrap();
    assert_eq!((page.browser, page.door), (Err(NoBrowserJoin::NoSdkCredentials), Ok(())));
    let grant = house.service.ask_in(id, ada(), &client(2)).await.unwrap();
    let refused = house.service.redeem(&grant.token).await;
    assert!(matches!(refused, Err(Error::NoBrowserJoin(NoBrowserJoin::NoSdkCredentials))));

    let mut settings = house.service.settings().clone();
    settings.public_url = "http://rooms.example.org/".parse().unwrap();
    let (clock, entropy) = (Arc::clone(&house.clock), Arc::new(clock::SystemEntropy));
    let plain = Service::new(settings, house.kept.clone(), clock, entropy).unwrap();
    assert_eq!(plain.page_by_id(id, None).await.unwrap().browser, Err(NoBrowserJoin::InsecureAddress));
}

#[tokio::test]
async fn one_client_cannot_knock_without_end() {
    let Some(house) = House::on(store::Engine::Sqlite).await else { return };
    let id = room_in(&house, RoomKind::Meeting, 600).await;
    let mut limited = 0;
    for _ in 0..130 {
        let answer = house.service.ask_in(id, ada(), &client(3)).await;
        limited += usize::from(matches!(answer, Err(Error::TooMany { .. })));
    }
    assert!((1..=10).contains(&limited), "{limited}");
    assert!(matches!(house.service.ask_in(id, ada(), &client(4)).await, Err(Error::Closed(_))));
}
