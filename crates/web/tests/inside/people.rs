//! Stories of an account with many users, as programs list them.

use http::{Method, StatusCode};
use model::{Email, Host, Role, ZoomUserId};
use serde_json::Value;

use crate::house::House;

/// Adds so many licensed users to those whom the house knows of.
pub(crate) async fn crowd(house: &House, count: usize) {
    let actor = service::Actor::command_line();
    let connection = house.service.connection(&actor).await.unwrap().unwrap().id;
    let mut hosts = house.service.hosts(&actor).await.unwrap();
    hosts.extend((0..count).map(|n| Host {
        id: ZoomUserId::parse(&format!("user{n}")).unwrap(),
        email: Email::parse(&format!("user{n}@northlight.example")).unwrap(),
        name: format!("User {n}"),
        licensed: true,
        webinars: None,
        zone: None,
        active: true,
    }));
    let (now, hosts) = ("2026-11-23T12:00:00Z".parse().unwrap(), &hosts);
    let write = |mut tx| async move { store::host::replace_all(&mut tx, connection, hosts, now).await };
    house.store.write(write).await.unwrap();
}

#[tokio::test]
async fn hosts_are_walked_page_by_page_and_found_by_name_or_address() {
    let house = House::connected().await;
    let owner = house.member("owner@example.org", Role::Owner).await;
    let token = house.token(&owner, false).await;
    crowd(&house, 300).await;
    let known = house.service.hosts(&owner).await.unwrap().len();
    let (mut seen, mut next) = (Vec::new(), Some(String::new()));
    while let Some(after) = next {
        let after = if after.is_empty() { String::new() } else { format!("&after={after}") };
        let (status, page) = house.call(&token, Method::GET, &format!("/api/v1/hosts?limit=200{after}"), None).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        seen.extend(page["items"].as_array().unwrap().iter().map(|host| host["id"].as_str().unwrap().to_owned()));
        next = page["next"].as_str().map(str::to_owned);
    }
    assert_eq!(seen.len(), known);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), known, "somebody was seen twice");

    let ask = async |query: &str| house.call(&token, Method::GET, &format!("/api/v1/hosts?{query}"), None).await;
    let (_, usual) = ask("").await;
    assert_eq!((usual["items"].as_array().unwrap().len(), usual["next"].is_string()), (50, true));
    for (query, found) in [("q=LUC%C3%8DA", 1), ("q=carter+ben", 1), ("q=user299%40", 1), ("q=tango", 0)] {
        let (status, page) = ask(query).await;
        assert_eq!((status, page["items"].as_array().unwrap().len()), (StatusCode::OK, found), "{query}: {page}");
        assert_eq!(page["next"], Value::Null);
    }
    for query in ["limit=0", "limit=201", "colour=red"] {
        assert_eq!(ask(query).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
    assert_eq!(ask("after=nobody").await.0, StatusCode::NOT_FOUND);
}
