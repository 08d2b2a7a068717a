//! Stories of the members' pages.

use http::{Method, StatusCode, header};
use model::Role;
use serde_json::Value;

use crate::house::{House, PASSWORD};

/// Names and texts of a form.
type Fields<'a> = &'a [(&'a str, &'a str)];

/// A form that is good as it stands, with some fields changed.
fn room<'a>(host: &'a str, changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("kind", "meeting"),
        ("title", "Clinic"),
        ("host", host),
        ("date", "2026-11-30"),
        ("time", "19:30"),
        ("zone", "Europe/Madrid"),
        ("duration", "60"),
        ("opens_before", "15"),
        ("published", "yes"),
    ];
    for (name, value) in changed {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields
}

#[tokio::test]
async fn an_owner_schedules_a_room_and_its_chip_goes_from_waiting_to_live() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let (_, empty) = house.page(&cookie, "/admin/rooms").await;
    assert!(empty.contains("No rooms yet"));
    let (status, to, page) = house.submit(&cookie, "/admin/rooms/new", &room(&house.host(), &[])).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let id = to.trim_start_matches("/admin/rooms/").split('?').next().unwrap().to_owned();
    let (_, page) = house.page(&cookie, &to).await;
    assert!(page.contains("waiting for Zoom") && page.contains("It is on its way to Zoom"), "{page}");

    house.worker.run_once().await.unwrap();
    let (status, json) = house.page(&cookie, &format!("/admin/rooms/states?ids={id}")).await;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((status, &json["items"][0]["state"]), (StatusCode::OK, &Value::from("live")));
    assert!(json["items"][0]["label"].as_str().unwrap().starts_with("ready at Zoom · "), "{json}");
    let (_, list) = house.page(&cookie, "/admin/rooms").await;
    assert!(list.contains("ready at Zoom · ") && list.contains("Clinic"));
}

#[tokio::test]
async fn nothing_typed_is_lost_over_a_mistake() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let host = house.host();
    let long = "y".repeat(10 * 1024 * 1024);
    // What is changed, where the summary leads, what the page still has.
    let cases: [(Fields<'_>, &str, &str); 7] = [
        (&[("title", ""), ("agenda", "Bring <notes> 🎉")], "#f-title", "Bring &lt;notes&gt; 🎉"),
        (&[("date", "2027-03-28"), ("time", "02:30")], "#f-date", "2027-03-28 03:30"),
        (&[("zone", "Mars/Olympus")], "#f-zone", "value=\"Mars/Olympus\""),
        (&[("duration", "soon")], "#f-duration", "value=\"soon\""),
        (&[("title", "a\u{0}b")], "#f-title", "value=\"a\u{0}b\""),
        (&[("slug", "Not A Slug")], "#f-slug", "value=\"Not A Slug\""),
        (&[("agenda", &long)], "#f-agenda", &long),
    ];
    for (changed, link, kept) in cases {
        let (status, _, page) = house.submit(&cookie, "/admin/rooms/new", &room(&host, changed)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains(&format!("href=\"{link}\"")), "no link to {link}");
        assert!(
            page.contains(kept) && page.contains("value=\"2026-11-30\"") | link.contains("date"),
            "{link} was lost"
        );
    }
    let (_, list) = house.page(&cookie, "/admin/rooms").await;
    assert!(list.contains("No rooms yet"));
}

#[tokio::test]
async fn a_taken_address_comes_with_a_free_one() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let host = house.host();
    let fields = room(&host, &[("slug", "clinic")]);
    assert_eq!(house.submit(&cookie, "/admin/rooms/new", &fields).await.0, StatusCode::SEE_OTHER);
    let (status, _, page) = house.submit(&cookie, "/admin/rooms/new", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("“clinic-2” is free"), "{page}");
}

#[tokio::test]
async fn a_viewer_is_offered_nothing_to_change_and_refused_everything_that_does() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    house.member("viewer@example.org", Role::Viewer).await;
    let (owner, viewer) = (house.cookie("owner@example.org").await, house.cookie("viewer@example.org").await);
    let (_, to, _) = house.submit(&owner, "/admin/rooms/new", &room(&house.host(), &[])).await;
    let path = to.split('?').next().unwrap().to_owned();
    let (status, page) = house.page(&viewer, &path).await;
    assert_eq!(status, StatusCode::OK);
    for offered in ["/edit", "/delete", "/start", "/passcode", "/admin/team", "/admin/zoom", "/admin/audit"] {
        assert!(!page.contains(&format!("{offered}\"")), "a viewer is offered {offered}");
    }
    for route in web::routes() {
        let changes =
            route.method != Method::GET && route.path.starts_with("/admin/") && route.parameters().next().is_some();
        if !changes || route.path.contains("{token}") {
            continue;
        }
        let id = path.rsplit('/').next().unwrap();
        let address = route.address(|_| Some(id.to_owned())).unwrap();
        let (status, ..) = house.submit(&viewer, &address, &[]).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{}", route.path);
    }
}

#[tokio::test]
async fn a_member_who_meets_an_error_keeps_the_way_on_and_nobody_else_sees_it() {
    let house = House::connected().await;
    house.member("viewer@example.org", Role::Viewer).await;
    let viewer = house.cookie("viewer@example.org").await;
    for (path, status, said) in [
        ("/admin/nothing", StatusCode::NOT_FOUND, "There is nothing here"),
        ("/admin/team", StatusCode::FORBIDDEN, "You may not do this"),
    ] {
        let (answered, page) = house.page(&viewer, path).await;
        assert_eq!(answered, status, "{path}");
        assert!(page.contains(said) && page.contains("Signed in as"), "{path}: {page}");
        assert!(page.contains("href=\"/admin/rooms\"") && !page.contains("href=\"/admin/team\""), "{path}: {page}");
        assert!(!page.contains("aria-current"), "{path} is no place of the navigation");
    }
    let (_, stranger) = house.page("", "/admin/nothing").await;
    assert!(stranger.contains("There is nothing here") && !stranger.contains("Signed in as"), "{stranger}");
    let (_, outside) = house.page(&viewer, "/nothing").await;
    assert!(!outside.contains("Signed in as"), "what visitors may reach is the same for everybody");
}

#[tokio::test]
async fn the_passcode_is_shown_to_who_keeps_the_room_and_only_when_asked_for() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let fields = room(&house.host(), &[])
        .into_iter()
        .chain([("passcode", "Zx9-canary")])
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .collect::<Vec<_>>();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let (_, to, _) = house.submit(&cookie, "/admin/rooms/new", &fields).await;
    let path = to.split('?').next().unwrap();
    for page in [path.to_owned(), format!("{path}/edit"), "/admin/rooms".into(), "/admin/audit".into()] {
        assert!(!house.page(&cookie, &page).await.1.contains("Zx9-canary"), "{page} has the passcode");
    }
    let (status, _, page) = house.submit(&cookie, &format!("{path}/passcode"), &[]).await;
    assert!(status == StatusCode::OK && page.contains("Zx9-canary"));
    let history = page.split("id=\"history-title\"").nth(1).unwrap();
    assert!(history.contains("looked at the passcode") && !history.contains("Zx9-canary"), "{history}");
    let (_, log) = house.page(&cookie, "/admin/audit").await;
    assert!(log.contains("looked at the passcode") && !log.contains("Zx9-canary"), "{log}");
}

#[tokio::test]
async fn zoom_settings_test_what_is_saved_and_never_show_a_secret() {
    let house = House::new().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let c = house.sandbox.credentials();
    let with = |secret: &str| {
        vec![
            ("account_id".to_owned(), c.account_id.clone()),
            ("client_id".to_owned(), c.client_id.clone()),
            ("client_secret".to_owned(), secret.to_owned()),
        ]
    };
    let wrong = with("not-the-secret-at-all");
    let wrong: Vec<_> = wrong.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let (status, _, page) = house.submit(&cookie, "/admin/zoom", &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    assert!(page.contains("data-step=\"client\" data-outcome=\"failed\""), "{page}");
    assert!(page.contains(&format!("value=\"{}\"", c.account_id)) && !page.contains("not-the-secret-at-all"));
    let right = with(&c.client_secret);
    let right: Vec<_> = right.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    house.submit(&cookie, "/admin/zoom", &right).await;
    let (status, page) = house.page(&cookie, "/admin/zoom").await;
    assert!(status == StatusCode::OK && page.contains("data-step=\"client\" data-outcome=\"ok\""), "{page}");
    assert!(page.contains("/webhooks/zoom/") && !page.contains(&c.client_secret));
}

#[tokio::test]
async fn a_new_member_gets_a_link_that_is_shown_once_and_opens_a_password_page() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let fields = [("name", "Hana"), ("email", "hana@example.org"), ("role", "host")];
    let (status, _, page) = house.submit(&cookie, "/admin/team", &fields).await;
    assert_eq!(status, StatusCode::CREATED, "{page}");
    let link = page.split("id=\"one-time-link\">").nth(1).unwrap().split('<').next().unwrap();
    let path = link.strip_prefix("http://localhost:8080").unwrap_or_else(|| panic!("{link}"));
    assert_eq!(house.page("", path).await.0, StatusCode::OK);
    assert!(!house.page(&cookie, "/admin/team").await.1.contains(link));
    let (status, _, page) = house.submit(&cookie, "/admin/team", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
}

#[tokio::test]
async fn an_owner_changes_a_role_which_holds_at_once_and_the_last_owner_stays_one() {
    let house = House::connected().await;
    let owner = house.member("owner@example.org", Role::Owner).await.member_id().unwrap();
    let hana = house.member("hana@example.org", Role::Admin).await.member_id().unwrap();
    let (cookie, hers) = (house.cookie("owner@example.org").await, house.cookie("hana@example.org").await);
    let of = |id| format!("/admin/team/{id}/role");
    let (_, team) = house.page(&cookie, "/admin/team").await;
    assert!(team.contains(&of(hana)) && !team.contains(&of(owner)), "one's own role is not offered: {team}");
    assert_eq!(house.page(&hers, "/admin/audit").await.0, StatusCode::OK);
    let (status, to, page) = house.submit(&cookie, &of(hana), &[("role", "viewer")]).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/admin/team?said=role"), "{page}");
    assert!(house.page(&cookie, &to).await.1.contains("The role is changed"));
    assert_eq!(house.page(&hers, "/admin/audit").await.0, StatusCode::FORBIDDEN);
    assert!(house.page(&cookie, "/admin/audit").await.1.contains("changed a role"));

    let (status, _, page) = house.submit(&cookie, &of(owner), &[("role", "host")]).await;
    assert_ne!(status, StatusCode::SEE_OTHER);
    assert!(page.contains("<li>The last owner stays"), "{page}");
    let (status, _, page) = house.submit(&cookie, &of(hana), &[("role", "emperor")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("<li>This is not one of the choices."), "{page}");
    assert_eq!(house.page(&cookie, "/admin/team").await.0, StatusCode::OK);
}

#[tokio::test]
async fn deleting_asks_first_and_whether_zooms_meeting_goes_too() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let (_, to, _) = house.submit(&cookie, "/admin/rooms/new", &room(&house.host(), &[])).await;
    house.worker.run_once().await.unwrap();
    let path = to.split('?').next().unwrap();
    let (_, question) = house.page(&cookie, &format!("{path}/delete")).await;
    assert!(question.contains("What about Zoom&#39;s meeting?"), "{question}");
    let (status, to, _) = house.submit(&cookie, &format!("{path}/delete"), &[("at_zoom", "yes")]).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/admin/rooms?said=deleted-at-zoom"));
    assert_eq!(house.page(&cookie, path).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_password_changes_with_the_old_one_only() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let change = |old, new, again| [("old", old), ("password", new), ("again", again)];
    let path = "/admin/account/password";
    for fields in [
        change("wrong", "a new long sentence", "a new long sentence"),
        change(PASSWORD, "short", "short"),
        change(PASSWORD, "a new long sentence", "another one"),
    ] {
        let (status, _, page) = house.submit(&cookie, path, &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
        assert!(!page.contains("a new long sentence"));
    }
    let (status, to, _) =
        house.submit(&cookie, path, &change(PASSWORD, "a new long sentence", "a new long sentence")).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/admin/account?said=password"));
    assert_eq!(house.page(&cookie, "/admin/rooms").await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_form_that_another_site_sends_does_nothing() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let headers = [
        (header::COOKIE, cookie.as_str()),
        (header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
        (header::HOST, "localhost:8080"),
        (header::ORIGIN, "https://evil.example"),
    ];
    let body = crate::house::form(&room(&house.host(), &[]));
    let answer = house.send(Method::POST, "/admin/rooms/new", &headers, body).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert!(house.page(&cookie, "/admin/rooms").await.1.contains("No rooms yet"));
}
