//! Stories of rooms that nobody holds for now: their account was disconnected, or the site may not act for their host.

use http::StatusCode;
use model::Role;
use service::{Actor, RoomsThen};

use crate::house::House;

/// A connected site with one published room that has begun, its owner's cookie, and the room's page for members.
async fn with_room() -> (House, String, String) {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let host = house.host();
    let room = [
        ("kind", "meeting"),
        ("title", "Clinic"),
        ("slug", "clinic"),
        ("host", &*host),
        ("date", "2026-11-23"),
        ("time", "11:45"),
        ("zone", "UTC"),
        ("duration", "60"),
        ("opens_before", "15"),
        ("published", "yes"),
    ];
    let (status, to, page) = house.submit(&cookie, "/admin/rooms/new", &room).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    house.worker.run_once().await.unwrap();
    let room = to.split('?').next().unwrap().to_owned();
    (house, cookie, room)
}

async fn disconnect(house: &House) {
    let id = house.service.connection(&Actor::command_line()).await.unwrap().unwrap().id;
    house.service.disconnect(&Actor::command_line(), id, RoomsThen::Keep, None).await.unwrap();
}

#[tokio::test]
async fn every_way_into_a_room_without_a_call_leads_to_its_page_which_says_so() {
    let (house, cookie, _) = with_room().await;
    for way in ["/r/clinic/app", "/r/clinic/join", "/r/clinic/call"] {
        assert_eq!(house.get(&cookie, way).await.0, StatusCode::OK, "{way}");
    }
    assert!(!house.page("", "/").await.1.contains("No call at present"));
    disconnect(&house).await;
    for way in ["/r/clinic/app", "/r/clinic/join", "/r/clinic/call"] {
        assert_eq!(house.get("", way).await, (StatusCode::SEE_OTHER, "/r/clinic".to_owned()), "{way}");
    }
    for page in ["/", "/r/clinic"] {
        let (_, text) = house.page("", page).await;
        assert!(text.contains("No call at present"), "{page}: {text}");
        assert!(!text.contains("Starting"), "{page}: {text}");
    }
}

#[tokio::test]
async fn without_an_account_its_pages_lead_to_where_one_is_connected() {
    let (house, cookie, room) = with_room().await;
    assert_eq!(house.get(&cookie, "/admin/zoom/quota").await.0, StatusCode::OK);
    disconnect(&house).await;
    for page in ["/admin/zoom/quota", "/admin/zoom/trial"] {
        assert_eq!(house.get(&cookie, page).await, (StatusCode::SEE_OTHER, "/admin/zoom".to_owned()), "{page}");
    }
    // Nor does the form of a kept room offer anybody; what is saved is saved here.
    let (status, form) = house.page(&cookie, &format!("{room}/edit")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(form.contains("there is nobody to choose") && !form.contains("alternative_hosts"), "{form}");
    let host = form.split("<option value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let changed = [
        ("kind", "meeting"),
        ("title", "Clinic, again"),
        ("host", &*host),
        ("date", "2026-11-23"),
        ("time", "11:45"),
        ("zone", "UTC"),
        ("duration", "60"),
        ("opens_before", "15"),
    ];
    let (_, to, page) = house.submit(&cookie, &format!("{room}/edit"), &changed).await;
    assert_eq!(to, format!("{room}?said=saved-here"), "{page}");
}

#[tokio::test]
async fn all_kept_rooms_get_a_host_on_one_page() {
    let (house, cookie, _) = with_room().await;
    let empty = house.page(&cookie, "/admin/rooms/kept").await;
    assert!(empty.0 == StatusCode::OK && empty.1.contains("No kept rooms"), "{empty:?}");
    disconnect(&house).await;
    house.service.put_connection(&Actor::command_line(), None, house.credentials()).await.unwrap();
    let (_, list) = house.page(&cookie, "/admin/rooms").await;
    assert!(list.contains("One coming room has no Zoom account") && list.contains("/admin/rooms/kept"), "{list}");
    let (_, page) = house.page(&cookie, "/admin/rooms/kept").await;
    assert!(page.contains("Clinic") && !page.contains("id=\"plan\""), "{page}");
    let host = house.host();
    let (_, page) = house.page(&cookie, &format!("/admin/rooms/kept?host={host}")).await;
    assert!(page.contains("It is made at Zoom at once") && page.contains("Give it to "), "{page}");
    let (status, page) = house.page(&cookie, "/admin/rooms/kept?host=nobody%40example.org").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("id=\"host-error\""), "{status} {page}");
    let (status, _, page) = house.submit(&cookie, "/admin/rooms/kept", &[("host", "<b>")]).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("id=\"host-error\""), "{status} {page}");
    let (_, to, _) = house.submit(&cookie, "/admin/rooms/kept", &[("host", &host)]).await;
    assert_eq!(to, "/admin/rooms?said=adopted");
    let (_, to, _) = house.submit(&cookie, "/admin/rooms/kept", &[("host", &host)]).await;
    assert_eq!(to, "/admin/rooms?said=adopted-none", "somebody else was quicker");
    house.worker.run_once().await.unwrap();
    assert!(house.page(&cookie, &to).await.1.contains("ready at Zoom"));
    assert!(!house.page("", "/").await.1.contains("No call at present"));
}

#[tokio::test]
async fn a_host_whom_nobody_knows_is_told_in_words_and_the_room_cannot_be_started() {
    let (house, cookie, room) = with_room().await;
    let host = house.host();
    let (_, before) = house.page(&cookie, &room).await;
    assert!(before.contains(&format!("{room}/start")), "{before}");
    house.submit(&cookie, "/admin/zoom/allowed", &[("allowed", "elsewhere.example")]).await;
    for page in ["/admin/rooms", &room] {
        let (_, text) = house.page(&cookie, page).await;
        assert!(!text.contains(&host), "{page} shows an id of Zoom's: {text}");
        assert!(!text.contains(&format!("{room}/start")), "{page} offers what is refused: {text}");
    }
    let (_, text) = house.page(&cookie, &room).await;
    assert!(text.contains("this site may not act for its Zoom host"), "{text}");
    let (status, refusal) = house.page(&cookie, &format!("{room}/start")).await;
    assert!(status.is_client_error() && refusal.contains("may not act for its Zoom host"), "{status} {refusal}");
}
