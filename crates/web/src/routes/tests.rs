//! The table itself: whole, without doubles, walkable.

use std::collections::HashSet;

use super::*;

#[test]
fn no_address_stands_twice_and_every_parameter_has_a_known_name() {
    const KNOWN: [&str; 11] =
        ["slug", "room", "connection", "token", "member", "fingerprint", "file", "hue", "id", "page_url", "operation"];
    let mut seen = HashSet::new();
    for route in routes() {
        assert!(seen.insert((route.method.clone(), route.path)), "{} {} stands twice", route.method, route.path);
        for name in route.parameters() {
            assert!(KNOWN.contains(&name), "{} has {{{name}}}, which no walk can fill in", route.path);
        }
    }
}

#[test]
fn whatever_changes_something_has_a_body_to_walk_with() {
    for route in routes() {
        let changes = !matches!(route.method, Method::GET | Method::DELETE);
        assert_eq!(changes, route.sample.is_some(), "{} {}", route.method, route.path);
    }
}

#[test]
fn what_is_under_admin_is_for_members_and_what_is_under_the_api_takes_tokens() {
    const OPEN: [&str; 2] = ["/admin/sign-in", "/admin/sign-out"];
    for route in routes() {
        let inside = matches!(route.audience, Audience::Member | Audience::Host | Audience::Owner);
        assert_eq!(inside, route.path.starts_with("/admin") && !OPEN.contains(&route.path), "{}", route.path);
        assert_eq!(route.audience == Audience::Api, route.path.starts_with("/api/v1"), "{}", route.path);
    }
}

#[test]
fn only_forms_with_a_picture_may_take_longer_than_half_a_minute() {
    let slow: Vec<_> = routes().into_iter().filter(|r| r.patience.as_secs() > 30).map(|r| r.path).collect();
    assert_eq!(slow, ["/admin/rooms/new", "/admin/rooms/{room}/edit"]);
}

#[test]
fn only_the_call_is_isolated() {
    let isolated: Vec<_> = routes().into_iter().filter(|r| r.isolated).map(|r| r.path).collect();
    assert_eq!(isolated, ["/r/{slug}/call"]);
}

#[test]
fn an_address_is_filled_in_and_encoded() {
    let route = routes().into_iter().find(|r| r.path == "/r/{slug}/state").unwrap();
    let filled = route.address(|name| (name == "slug").then(|| "朝 のヨガ".to_owned())).unwrap();
    assert_eq!(filled, "/r/%E6%9C%9D%20%E3%81%AE%E3%83%A8%E3%82%AC/state");
    assert!(route.address(|_| None).is_none());
    let file = routes().into_iter().find(|r| r.path.contains("{*file}")).unwrap();
    let filled = file.address(|name| Some(if name == "file" { "a/b.js" } else { "0" }.to_owned()));
    assert_eq!(filled.as_deref(), Some("/static/0/a/b.js"));
}
