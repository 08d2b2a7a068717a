//! Stories of alternative hosts, as people and programs choose them: boxes, addresses, ids.

use http::{Method, StatusCode};
use model::Role;
use serde_json::{Value, json};

use crate::{house::House, people::crowd};

/// Zoom's user with this first name: id and e-mail address.
fn user(house: &House, first: &str) -> (String, String) {
    let person = house.sandbox.world().people().into_iter().find(|person| person.first_name == first).unwrap();
    (person.id, person.email)
}

/// The form of a room that begins in five minutes of the house's time.
fn room<'a>(host: &'a str, alternatives: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("kind", "meeting"),
        ("title", "Clinic"),
        ("slug", "clinic"),
        ("host", host),
        ("date", "2026-11-23"),
        ("time", "13:05"),
        ("zone", "Europe/Madrid"),
        ("duration", "60"),
        ("opens_before", "15"),
        ("published", "yes"),
    ];
    fields.extend(alternatives.iter().map(|&id| ("alternative_hosts", id)));
    fields
}

#[tokio::test]
async fn ticked_people_are_alternative_hosts_whom_members_read_of_and_visitors_do_not() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let ((ben, _), (lucia, _), (yuki, _)) = (user(&house, "Ben"), user(&house, "Lucía"), user(&house, "Yuki"));
    let (_, form) = house.page(&cookie, "/admin/rooms/new").await;
    assert!(form.contains(&format!("value=\"{lucia}\"")) && form.contains("Alternative hosts"), "{form}");
    let (salma, _) = user(&house, "Salma");
    assert_eq!(
        form.matches(&format!("value=\"{salma}\"")).count(),
        1,
        "she has no licence: a host, no alternative one"
    );

    let (status, to, page) = house.submit(&cookie, "/admin/rooms/new", &room(&ben, &[&lucia, &yuki])).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    house.worker.run_once().await.unwrap();
    let (_, page) = house.page(&cookie, &to).await;
    let names = page.split("id=\"alternative-hosts\">").nth(1).unwrap().split('<').next().unwrap();
    assert!(names.contains("Lucía Marín") && names.contains("Yuki Tanaka"), "{names}");
    assert_eq!(house.sandbox.world().meetings()[0].alternative_hosts().len(), 2);
    for public in ["/", "/r/clinic", "/r/clinic/join", "/r/clinic.ics", "/r/clinic/state"] {
        let (_, page) = house.page("", public).await;
        for told in ["Lucía", "Yuki", lucia.as_str(), yuki.as_str()] {
            assert!(!page.contains(told), "{public} says {told}");
        }
    }

    // Who is not known any more is told in words, and the form says that saving takes them out.
    let path = to.split('?').next().unwrap().to_owned();
    house.submit(&cookie, "/admin/zoom/allowed", &[("allowed", "ben@northlight.example")]).await;
    let (_, page) = house.page(&cookie, &path).await;
    assert!(page.contains("a Zoom user who is not known here") && !page.contains(&*lucia), "{page}");
    let (_, page) = house.page(&cookie, &format!("{path}/edit")).await;
    assert!(page.contains("2 alternative hosts are not known here any more"), "{page}");
    house.submit(&cookie, "/admin/zoom/allowed", &[("allowed", "")]).await;
    house.worker.run_once().await.unwrap();

    // What is ticked is what is kept: nobody.
    let path = to.split('?').next().unwrap();
    let (_, page) = house.page(&cookie, &format!("{path}/edit")).await;
    for id in [&lucia, &yuki] {
        assert!(page.contains(&format!("name=\"alternative_hosts\" value=\"{id}\" checked")), "{page}");
    }
    let (status, _, page) = house.submit(&cookie, &format!("{path}/edit"), &room(&ben, &[])).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    house.worker.run_once().await.unwrap();
    assert!(house.sandbox.world().meetings()[0].alternative_hosts().is_empty());
    assert!(!house.page(&cookie, path).await.1.contains("id=\"alternative-hosts\""));
}

#[tokio::test]
async fn the_host_among_the_alternative_ones_is_said_at_the_field_and_nothing_is_lost() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let ((ben, _), (lucia, _), (salma, _)) = (user(&house, "Ben"), user(&house, "Lucía"), user(&house, "Salma"));
    for (alternatives, said) in [([&lucia, &ben], "This names the host"), ([&lucia, &salma], "Salma Haddad cannot be")]
    {
        let alternatives = alternatives.map(String::as_str);
        let (status, _, page) = house.submit(&cookie, "/admin/rooms/new", &room(&ben, &alternatives)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("href=\"#f-alternative_hosts\"") && page.contains(said), "{page}");
        let box_of = |id: &str| format!("name=\"alternative_hosts\" value=\"{id}\" checked");
        assert!(alternatives.iter().all(|id| page.contains(&box_of(id))), "a tick was lost: {page}");
    }
}

#[tokio::test]
async fn where_an_account_has_hundreds_of_users_people_type_addresses_and_the_page_stays_small() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let ((ben, bens), (_, lucias), (_, yukis)) = (user(&house, "Ben"), user(&house, "Lucía"), user(&house, "Yuki"));
    crowd(&house, 300).await;

    let (_, form) = house.page(&cookie, "/admin/rooms/new").await;
    assert!(form.contains("list=\"hosts\"") && form.contains("list=\"alternatives\""), "{form}");
    assert!(!form.contains("name=\"alternative_hosts\" value=\"user1\"") && form.len() < 200 * 1024, "{}", form.len());
    let both = format!("{lucias}, {yukis}");
    let (status, to, page) = house.submit(&cookie, "/admin/rooms/new", &room(&bens.to_uppercase(), &[&both])).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let path = to.split('?').next().unwrap();
    let (_, page) = house.page(&cookie, &format!("{path}/edit")).await;
    assert!(page.contains(&format!("value=\"{bens}\"")), "{page}");
    assert!(page.contains(&format!("value=\"{both}\"")) || page.contains(&format!("value=\"{yukis}, {lucias}\"")));
    house.worker.run_once().await.unwrap();
    let meeting = house.sandbox.world().meetings().remove(0);
    assert_eq!((meeting.host_id.as_str(), meeting.alternative_hosts().len()), (ben.as_str(), 2));

    let nobody = format!("{lucias}, nobody@example.org");
    let (status, _, page) = house.submit(&cookie, "/admin/rooms/new", &room(&bens, &[&nobody])).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("nobody@example.org cannot be") && page.contains(&format!("value=\"{nobody}\"")), "{page}");
}

#[tokio::test]
async fn a_program_sets_alternative_hosts_by_id_changes_them_and_takes_them_away() {
    let house = House::connected().await;
    let owner = house.member("owner@example.org", Role::Owner).await;
    let token = house.token(&owner, true).await;
    let ((ben, _), (lucia, _), (yuki, _)) = (user(&house, "Ben"), user(&house, "Lucía"), user(&house, "Yuki"));
    let new = |alternatives: Value| {
        json!({"title": "Clinic", "host": ben, "alternative_hosts": alternatives, "starts_at": "2026-11-30T19:30",
               "zone": "Europe/Madrid"})
    };
    let (status, room) = house.call(&token, Method::POST, "/api/v1/rooms", Some(new(json!([lucia])))).await;
    assert_eq!((status, &room["alternative_hosts"]), (StatusCode::CREATED, &json!([lucia])), "{room}");
    let path = format!("/api/v1/rooms/{}", room["id"].as_str().unwrap());
    let at_zoom = async || {
        house.worker.run_once().await.unwrap();
        house.sandbox.world().meetings()[0].alternative_hosts()
    };
    assert_eq!(at_zoom().await, [lucia.as_str()]);
    for (change, left) in [
        (json!({"title": "Studio"}), vec![lucia.as_str()]),
        (json!({"alternative_hosts": [yuki]}), vec![yuki.as_str()]),
        (json!({"alternative_hosts": []}), vec![]),
    ] {
        let (status, room) = house.call(&token, Method::PATCH, &path, Some(change)).await;
        assert_eq!((status, &room["alternative_hosts"]), (StatusCode::OK, &json!(left)), "{room}");
        assert_eq!(at_zoom().await, left);
    }
    for wrong in [
        json!([ben]),
        json!(["nobody"]),
        json!(["a b"]),
        json!("u1"),
        json!((0..21).map(|n| format!("u{n}")).collect::<Vec<_>>()),
    ] {
        let (status, problem) = house.call(&token, Method::POST, "/api/v1/rooms", Some(new(wrong))).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
        assert_eq!(problem["errors"][0]["field"], "alternative_hosts", "{problem}");
    }
}
