//! Stories of the set-up guide in the browser's view.

use http::{Method, StatusCode};
use model::Role;

use crate::house::House;

#[tokio::test]
async fn an_owner_marks_steps_copies_what_zoom_wants_and_finds_the_marks_again() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let (status, page) = house.page(&cookie, "/admin/setup").await;
    assert_eq!(status, StatusCode::OK, "{page}");
    for wanted in ["http://localhost:8080", "/webhooks/zoom/", "meeting:write:meeting:admin", "0 of 23 done"] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    // The ways to https have the documentation's lines; Zoom's own page about scopes is one press away; and an address
    // without https is no redirect URL.
    for wanted in [
        "mode = &quot;acme&quot;",
        "reverse_proxy 127.0.0.1:8080",
        "href=\"https://developers.zoom.us/docs/internal-apps/oauth-scopes-overview/\"",
        "Zoom takes an address with https only",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    let (fewest, whole) = page.split_once("id=\"whole-list\"").unwrap();
    assert!(!fewest.contains("zoom_events:") && !fewest.contains("copy-missing"), "the fewest, and all are granted");
    assert_eq!(whole.matches("<code>").count(), 49, "{whole}");
    for wanted in ["Zoom Events", "in none of Zoom", "eRoom uses none of them", "Meetings, Webinars, Users"] {
        assert!(whole.contains(wanted), "{wanted}: {whole}");
    }
    let (status, to, _) = house.submit(&cookie, "/admin/setup", &[("step", "who"), ("done", "yes")]).await;
    assert_eq!((status, &*to), (StatusCode::SEE_OTHER, "/admin/setup#step-who"));
    let (_, page) = house.page(&cookie, "/admin/setup").await;
    assert!(page.contains("1 of 23 done") && page.contains("data-step=\"who\" class=\"done\""), "{page}");
    assert_eq!(house.submit(&cookie, "/admin/setup", &[("step", "x")]).await.0, StatusCode::NOT_FOUND);
    let picture = page.split("src=\"").find(|part| part.contains("marketplace-sign-in.png")).unwrap();
    let picture = picture.split('"').next().unwrap();
    let answer = house.send(Method::GET, picture, &[], "").await;
    assert_eq!((answer.status(), answer.headers()["content-type"].to_str().unwrap()), (StatusCode::OK, "image/png"));
}

#[tokio::test]
async fn who_keeps_the_zoom_account_gets_a_page_with_scopes_reasons_and_what_is_never_done() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let (status, page) = house.page(&cookie, "/admin/setup/ask").await;
    assert_eq!(status, StatusCode::OK);
    let secret = house.sandbox.credentials().client_secret;
    for wanted in [
        "user:read:zak:admin",
        "no meetings can be made",
        "What is never done",
        "Admin-managed",
        "<code>User:Edit</code>",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    assert!(!page.contains(&secret));
}

#[tokio::test]
async fn scopes_follow_from_what_is_ticked_before_there_is_an_account_and_in_the_page_to_send() {
    let house = House::new().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let fewest = async || {
        let (_, page) = house.page(&cookie, "/admin/setup").await;
        page.split_once("id=\"whole-list\"").unwrap().0.to_owned()
    };
    let before = fewest().await;
    assert!(before.contains("value=\"meetings\" checked") && !before.contains("webinar:write:webinar:admin"));
    assert!(before.contains("Registration on a room&#39;s page") && !before.contains("registrant"), "{before}");
    let ticked = [("feature", "webinars"), ("feature", "nonsense")];
    let (status, to, _) = house.submit(&cookie, "/admin/setup/features", &ticked).await;
    assert_eq!((status, &*to), (StatusCode::SEE_OTHER, "/admin/setup?said=features#step-s2s-scopes"));
    let after = fewest().await;
    assert!(after.contains("value=\"webinars\" checked") && !after.contains("value=\"meetings\" checked"), "{after}");
    let line = after.split("<li>").find(|line| line.contains("<code id=\"scope-2\">")).unwrap();
    assert!(line.contains("webinar:write:webinar:admin") && line.contains(">required<"), "{line}");
    assert!(after.contains("webinar:read:list_webinars:admin") && after.contains(">optional<"), "{after}");
    assert!(!after.contains("meeting:write:meeting:admin"), "{after}");
    let (_, letter) = house.page(&cookie, "/admin/setup/ask").await;
    assert!(letter.contains("It is for: Webinars.") && letter.contains("webinar:write:webinar:admin"), "{letter}");
    assert!(!letter.contains("meeting:write:meeting:admin"), "{letter}");
    // One app is asked for where nobody joins here; and what comes of events and the console is said where they are wanted.
    assert!(!letter.contains("user:read:zak:admin") && !letter.contains("Secret Token"), "{letter}");
    let all =
        [("feature", "webhooks"), ("feature", "webhooks"), ("feature", "start-as-host"), ("feature", "zoom-events")];
    house.submit(&cookie, "/admin/setup/features", &all).await;
    let (_, letter) = house.page(&cookie, "/admin/setup/ask").await;
    for wanted in
        ["It is for: Start as host, Webhooks, Zoom Events.", "user:read:zak:admin", "Secret Token", "have a console"]
    {
        assert!(letter.contains(wanted), "{wanted}: {letter}");
    }
    // Nothing ticked is taken as it is said.
    house.submit(&cookie, "/admin/setup/features", &[]).await;
    let none = fewest().await;
    assert!(!none.contains(" checked") && !none.contains("scope-1"), "{none}");
    assert!(house.page(&cookie, "/admin/setup/ask").await.1.contains("Nothing was chosen yet"), "no empty order");
}

#[tokio::test]
async fn the_address_is_checked_at_the_press_of_a_button_and_by_owners_only() {
    let house = House::new().await;
    for (email, role) in [("owner@example.org", Role::Owner), ("host@example.org", Role::Host)] {
        house.member(email, role).await;
    }
    let cookie = house.cookie("owner@example.org").await;
    let (_, page) = house.page(&cookie, "/admin/setup").await;
    assert!(page.contains("Check this address") && !page.contains("data-outcome"), "{page}");
    let (status, _, page) = house.submit(&cookie, "/admin/setup/address", &[]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("which is this computer") && page.contains("Check again"), "{page}");
    let host = house.cookie("host@example.org").await;
    assert_eq!(house.submit(&host, "/admin/setup/address", &[]).await.0, StatusCode::FORBIDDEN);
    // Who asks without having been sent by the check hears nothing.
    let answer = house.send(Method::GET, "/address/0123456789abcdef", &[], "").await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert_eq!(crate::house::text(answer).await, service::NOT_MINE);
}

#[tokio::test]
async fn zooms_redirect_leads_back_to_the_guide_and_its_code_goes_no_further() {
    let house = House::connected().await;
    let answer = house.send(Method::GET, "/?code=canary-code&state=x", &[], "").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()["location"], "/admin/setup?said=app-added");
    assert_eq!(house.page("", "/?page=2").await.0, StatusCode::OK, "anything else is the list of rooms");
}

#[tokio::test]
async fn what_the_app_lacks_can_be_copied_alone() {
    let house = House::connected().await;
    let owner = house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let missing = "user:read:token:admin";
    house.sandbox.grant(zoom_sandbox::guide_scopes().into_iter().filter(|scope| scope != missing)).unwrap();
    let id = house.service.connection(&owner).await.unwrap().unwrap().id;
    house.service.recheck(&owner, id).await.unwrap();
    let (_, page) = house.page(&cookie, "/admin/setup").await;
    let copied = page.split("id=\"copy-missing\">").nth(1).unwrap().split("</pre>").next().unwrap();
    assert_eq!(copied.trim(), missing);
}
