//! Stories of the call's page, of a draft's cover, and of a form sent after the session ended.

use http::{Method, StatusCode, header};
use model::Role;
use service::Actor;

use crate::house::{House, form, text};

/// A room that begins in five minutes of the house's time; its id.
async fn room(house: &House, cookie: &str, published: &str) -> String {
    let host = house.host();
    let fields = [
        ("kind", "meeting"),
        ("title", "Clinic"),
        ("slug", "clinic"),
        ("host", host.as_str()),
        ("date", "2026-11-23"),
        ("time", "13:05"),
        ("zone", "Europe/Madrid"),
        ("duration", "60"),
        ("opens_before", "15"),
        ("published", published),
    ];
    let (status, to, page) = house.submit(cookie, "/admin/rooms/new", &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    house.worker.run_once().await.unwrap();
    to.trim_start_matches("/admin/rooms/").split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_host_whose_start_failed_is_led_back_to_the_start_and_a_visitor_to_the_green_room() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let id = room(&house, &cookie, "yes").await;
    let (status, call, page) =
        house.submit(&cookie, &format!("/admin/rooms/{id}/start"), &[("confirmed", "yes")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, page) = house.page(&cookie, &call).await;
    assert!(page.contains(&format!("id=\"try-again\" href=\"/admin/rooms/{id}/start\"")), "{call}: {page}");
    assert!(!page.contains("/r/clinic/app\""), "the Zoom app would let a host in as a participant");
    // The script takes the entry out of the address once it is used; a reload still knows.
    let (_, page) = house.page(&cookie, "/r/clinic/call?as=host").await;
    assert!(page.contains(&format!("href=\"/admin/rooms/{id}/start\"")));

    let visitor = [("name", "Ada"), ("email", "")];
    let (status, call, page) = house.submit("", "/r/clinic/join", &visitor).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, page) = house.page("", &call).await;
    assert!(page.contains("id=\"try-again\" href=\"/r/clinic/join\"") && page.contains("/r/clinic/app\""));
    assert!(!page.contains("/admin/"), "{page}");
}

#[tokio::test]
async fn the_call_of_a_sandbox_loads_scripts_from_the_sandbox_only() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    room(&house, &cookie, "yes").await;
    let answer = house.send(Method::GET, "/r/clinic/call", &[], "").await;
    let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains(house.sandbox.base()), "{policy}");
    for foreign in ["zoom.us", "zoomgov.com", "cloudfront", " https:;", " https: "] {
        assert!(!policy.contains(foreign), "{foreign} is in {policy}");
    }
}

#[tokio::test]
async fn a_drafts_cover_is_shown_to_who_keeps_it_and_to_nobody_else() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    house.member("viewer@example.org", Role::Viewer).await;
    let (owner, viewer) = (house.cookie("owner@example.org").await, house.cookie("viewer@example.org").await);
    let id = room(&house, &owner, "no").await;
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x02\x08\x02\0\0\0and so on".to_vec();
    house.service.set_cover(&Actor::command_line(), id.parse().unwrap(), Some(png)).await.unwrap();
    let answer = house.send(Method::GET, "/r/clinic/cover", &[(header::COOKIE, &owner)], "").await;
    assert_eq!(
        (answer.status(), &answer.headers()[header::CONTENT_TYPE]),
        (StatusCode::OK, &"image/png".parse().unwrap())
    );
    assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
    for nobody in ["", viewer.as_str()] {
        let answer = house.send(Method::GET, "/r/clinic/cover", &[(header::COOKIE, nobody)], "").await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_says_how_to_send_it_again() {
    let house = House::new().await;
    let kind = (header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let body = form(&[("title", "Typed for an hour")]);
    let answer = house.send(Method::POST, "/admin/rooms/new", &[kind], body).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    let page = text(answer).await;
    assert!(page.contains("href=\"/admin/sign-in\" target=\"_blank\""), "{page}");
    assert!(page.contains("nothing was changed") && page.contains("reload this page"), "{page}");
}
