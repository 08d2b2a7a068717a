//! Stories of the Zoom console's pages: for owners only, with a confirmation, a password and no secret in sight.

use http::StatusCode;
use model::Role;

use crate::house::{House, PASSWORD};

/// A house with an owner at its console.
async fn house() -> (House, String) {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    (house, cookie)
}

fn address(operation: &str) -> String {
    format!("/admin/zoom/console/{operation}")
}

/// The number of a meeting that the console has just made, as its page shows it.
fn number(page: &str) -> String {
    let (_, rest) = page.split_once("&quot;id&quot;: ").unwrap();
    rest.chars().take_while(char::is_ascii_digit).collect()
}

#[tokio::test]
async fn nobody_but_an_owner_comes_near_it() {
    let house = House::connected().await;
    for (email, role) in
        [("admin@example.org", Role::Admin), ("host@example.org", Role::Host), ("viewer@example.org", Role::Viewer)]
    {
        house.member(email, role).await;
        let cookie = house.cookie(email).await;
        for path in ["/admin/zoom/console".to_owned(), address("users")] {
            assert_eq!(house.page(&cookie, &path).await.0, StatusCode::FORBIDDEN, "{email} {path}");
        }
        let calls = house.sandbox.calls().count("users");
        assert_eq!(house.submit(&cookie, &address("users"), &[]).await.0, StatusCode::FORBIDDEN);
        assert_eq!(house.sandbox.calls().count("users"), calls);
        assert!(!house.page(&cookie, "/admin/rooms").await.1.contains("/admin/zoom/console"));
    }
    let (status, to, _) = house.submit("", &address("users"), &[]).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED, "{to}");
}

#[tokio::test]
async fn operations_are_found_by_words_part_and_scope() {
    let (house, cookie) = house().await;
    let rows = |page: &str| page.matches("data-operation=").count();
    let (_, all) = house.page(&cookie, "/admin/zoom/console").await;
    assert!(rows(&all) >= 47, "{}", rows(&all));
    let (_, found) = house.page(&cookie, "/admin/zoom/console?q=Delete+meeting").await;
    assert!(found.contains("data-operation=\"meetingDelete\"") && rows(&found) < 6, "{found}");
    let (_, found) = house.page(&cookie, "/admin/zoom/console?group=events").await;
    assert!(found.contains("data-operation=\"createSpeaker\"") && rows(&found) == 6, "{}", rows(&found));
    let (_, found) = house.page(&cookie, "/admin/zoom/console?scope=webinar%3Aread%3Awebinar%3Amaster").await;
    assert!(found.contains("data-operation=\"master.webinar\""), "{found}");
    let (status, none) = house.page(&cookie, "/admin/zoom/console?q=%3Cb%3Enonsense").await;
    assert!(status.is_success() && rows(&none) == 0 && !none.contains("<b>nonsense"), "{none}");
    assert_eq!(house.page(&cookie, &address("nonsense")).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_change_wants_its_tick_and_a_deletion_the_password_and_no_secret_is_shown() {
    let (house, cookie) = house().await;
    let path = address("meetingCreate");
    let typed = [("path.userId", "me"), ("body.topic", "Clinic"), ("body.password", "canary1")];
    let (status, _, page) = house.submit(&cookie, &path, &typed).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"confirmed-error\"") && page.contains("value=\"Clinic\""), "{page}");
    assert!(!page.contains("canary1"), "what was typed as a secret is not sent back");
    assert_eq!(house.sandbox.calls().count("meetingCreate"), 0);

    let confirmed = [&typed[..], &[("confirmed", "yes")]].concat();
    let (status, _, page) = house.submit(&cookie, &path, &confirmed).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("data-voice=\"good\"") && page.contains("&quot;start_url&quot;: &quot;(hidden)&quot;"),
        "{page}"
    );
    assert!(!page.contains("canary1") && !page.contains("zak="), "{page}");
    assert!(page.contains("$ZOOM_TOKEN") && page.contains("curl -X POST"), "{page}");

    let number = number(&page);
    let path = address("meetingDelete");
    let delete = |password: &'static str| {
        [("path.meetingId", number.clone()), ("confirmed", "yes".into()), ("password", password.into())]
    };
    for (password, message) in [("", "password-error"), ("wrong horse battery", "That is not your password")] {
        let fields = delete(password);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let (status, _, page) = house.submit(&cookie, &path, &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains(message) && !page.contains("wrong horse"), "{page}");
    }
    assert_eq!(house.sandbox.calls().count("meetingDelete"), 0);
    let fields = delete(PASSWORD);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let (status, _, page) = house.submit(&cookie, &path, &fields).await;
    assert!(status == StatusCode::OK && page.contains("The answer is empty"), "{page}");
    assert!(!page.contains(PASSWORD));
    let (_, audit) = house.page(&cookie, "/admin/audit").await;
    assert!(audit.contains(&format!("meetingDelete {number}")) && audit.contains("ran an operation in the console"));
    assert!(!audit.contains("canary1"));
}

#[tokio::test]
async fn the_request_can_be_seen_before_it_is_sent_and_wrong_values_stand_at_their_fields() {
    let (house, cookie) = house().await;
    let path = address("meetingCreate");
    let typed = [("path.userId", "me"), ("body.topic", "Ada's <i>"), ("body.password", "canary1"), ("do", "show")];
    let (status, _, page) = house.submit(&cookie, &path, &typed).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("id=\"curl\"") && !page.contains("<i>") && !page.contains("canary1"), "{page}");
    let typed = [("path.userId", "me"), ("body.duration", "long"), ("body.settings.audio", "loud")];
    let (status, _, page) = house.submit(&cookie, &path, &typed).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"body.duration-error\"") && page.contains("id=\"body.settings.audio-error\""), "{page}");
    assert!(page.contains("href=\"#f-body.duration\"") && page.contains("value=\"long\""), "{page}");
    assert_eq!(house.sandbox.calls().count("meetingCreate"), 0);
}

#[tokio::test]
async fn what_comes_twice_leads_elsewhere_or_cannot_be_seen_is_told_at_its_field_and_not_sent() {
    let (house, cookie) = house().await;
    let path = address("meetings");
    let calls = house.sandbox.calls().counters().values().sum::<u64>();
    for (typed, said) in [
        (vec![("path.userId", "me"), ("path.userId", "ben@northlight.example")], "Give it once"),
        (vec![("path.userId", "..")], "a step in a path"),
        (vec![("path.userId", "m\te")], "cannot be seen"),
    ] {
        for what in ["run", "show"] {
            let (status, _, page) = house.submit(&cookie, &path, &[&typed[..], &[("do", what)]].concat()).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{typed:?}");
            assert!(page.contains("id=\"path.userId-error\"") && page.contains(said), "{typed:?}: {page}");
            assert!(!page.contains("id=\"curl\""), "{typed:?}: {page}");
        }
    }
    assert_eq!(house.sandbox.calls().counters().values().sum::<u64>(), calls);
}

#[tokio::test]
async fn settings_are_shown_as_zoom_has_them_though_their_names_speak_of_passwords() {
    let (house, cookie) = house().await;
    let (_, _, page) = house.submit(&cookie, &address("userSettings"), &[("path.userId", "me")]).await;
    let page = page.replace("&quot;", "\"");
    assert!(page.contains("\"require_password_for_pmi_meetings\": \"all\""), "{page}");
}

#[tokio::test]
async fn a_refusal_of_zooms_says_what_it_means_and_which_scope_to_add_where() {
    let (house, cookie) = house().await;
    let missing = "meeting:read:list_meetings:admin";
    house.sandbox.grant(zoom_sandbox::guide_scopes().into_iter().filter(|scope| scope != missing)).unwrap();
    house.submit(&cookie, "/admin/zoom/check", &[]).await;
    let (_, page) = house.page(&cookie, &address("meetings")).await;
    assert!(page.contains("lacks the scope"), "before it is run: {page}");
    let (status, _, page) = house.submit(&cookie, &address("meetings"), &[("path.userId", "me")]).await;
    assert_eq!(status, StatusCode::OK);
    let place = place_of(missing);
    for wanted in ["4711", "does not contain scopes", &format!("Add the scope {missing}"), &place] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    house.sandbox.faults().unplug();
    let (_, _, page) = house.submit(&cookie, &address("users"), &[]).await;
    assert!(page.contains("What now") && !page.contains("data-voice=\"good\""), "{page}");
}

/// Where the Marketplace shows a scope, as pages say it.
fn place_of(scope: &str) -> String {
    service::console::facts::scope(scope).unwrap().title.replace('\'', "&#39;")
}

#[tokio::test]
async fn whom_the_site_may_not_act_for_is_refused_and_left_out_of_lists() {
    let (house, cookie) = house().await;
    house.submit(&cookie, "/admin/zoom/allowed", &[("allowed", "ben@northlight.example")]).await;
    let calls = house.sandbox.calls().count("meetings");
    let (status, _, page) =
        house.submit(&cookie, &address("meetings"), &[("path.userId", "ada@northlight.example")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("may not act for this Zoom user"), "{page}");
    assert_eq!(house.sandbox.calls().count("meetings"), calls);
    let (_, _, page) = house.submit(&cookie, &address("users"), &[]).await;
    assert!(page.contains("ben@northlight.example") && !page.contains("ada@northlight.example"), "{page}");
    assert!(page.contains("left out"), "{page}");
    let (_, page) = house.page(&cookie, &address("getEvents")).await;
    assert!(page.contains("That cannot be told"), "{page}");
}
