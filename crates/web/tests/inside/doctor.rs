//! Stories of what works with the Zoom account, as owners, hosts and programs read it.

use http::{Method, StatusCode};
use model::Role;

use crate::house::House;

const CREATE: &str = "webinar:write:webinar:admin";

/// All scopes of the guide but one.
fn all_but(missing: &str) -> Vec<String> {
    zoom_sandbox::guide_scopes().into_iter().filter(|scope| scope != missing).collect()
}

/// Whether the page shows a feature so.
fn shows(page: &str, feature: &str, standing: &str) -> bool {
    page.contains(&format!("data-feature=\"{feature}\" data-standing=\"{standing}\""))
}

#[tokio::test]
async fn an_owner_reads_what_works_ticks_what_is_wanted_and_has_zoom_asked_again() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    house.sandbox.grant(all_but(CREATE)).unwrap();
    assert!(shows(&house.page(&cookie, "/admin/zoom").await.1, "webinars", "works"), "nothing was asked of Zoom yet");
    let (status, to, _) = house.submit(&cookie, "/admin/zoom/check", &[]).await;
    assert_eq!((status, &*to), (StatusCode::SEE_OTHER, "/admin/zoom?said=checked#works"));
    let (_, page) = house.page(&cookie, "/admin/zoom").await;
    assert!(shows(&page, "webinars", "not-asked-for") && shows(&page, "meetings", "works"), "{page}");

    let wanted = [("feature", "meetings"), ("feature", "webinars"), ("feature", "nonsense")];
    house.submit(&cookie, "/admin/zoom/features", &wanted).await;
    let (_, page) = house.page(&cookie, "/admin/zoom").await;
    assert!(shows(&page, "webinars", "off") && page.contains(CREATE), "{page}");
    assert!(page.contains("Webinar › View and manage all user Webinars › Create a webinar for a user"), "{page}");

    let (_, form) = house.page(&cookie, "/admin/rooms/new").await;
    assert!(form.contains("data-off=\"webinar\"") && !form.contains("data-off=\"meeting\""), "{form}");
    house.sandbox.grant(zoom_sandbox::guide_scopes()).unwrap();
    house.submit(&cookie, "/admin/zoom/check", &[]).await;
    let (_, form) = house.page(&cookie, "/admin/rooms/new").await;
    assert!(!form.contains("data-off"), "it was added: {form}");
}

#[tokio::test]
async fn where_zoom_does_not_answer_asking_again_says_so_and_changes_nothing() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    house.sandbox.faults().unplug();
    let (status, _, page) = house.submit(&cookie, "/admin/zoom/check", &[]).await;
    assert!(status.is_server_error() && page.contains("cannot be reached"), "{status} {page}");
    assert!(shows(&house.page(&cookie, "/admin/zoom").await.1, "meetings", "works"));
}

#[tokio::test]
async fn a_program_reads_what_works_and_what_to_add_and_a_host_does_not() {
    let house = House::connected().await;
    let owner = house.member("owner@example.org", Role::Owner).await;
    let host = house.member("host@example.org", Role::Host).await;
    let token = house.token(&owner, true).await;
    let id = house.service.connection(&owner).await.unwrap().unwrap().id;
    let path = format!("/api/v1/connections/{id}/health");
    let (status, health) = house.call(&token, Method::GET, &path, None).await;
    assert_eq!(status, StatusCode::OK, "{health}");
    let of = |name: &str| {
        let all = health["features"].as_array().unwrap().iter();
        all.clone().find(|one| one["name"] == name).unwrap()["standing"].as_str().unwrap().to_owned()
    };
    assert_eq!([of("meetings"), of("webinars"), of("webhooks")], ["works", "works", "works"]);
    assert!(health["granted"].as_array().unwrap().len() > 40);
    let hosts = house.token(&host, false).await;
    assert_eq!(house.call(&hosts, Method::GET, &path, None).await.0, StatusCode::FORBIDDEN);
    let nobodys = "/api/v1/connections/01900000-0000-7000-8000-000000000000/health";
    assert_eq!(house.call(&token, Method::GET, nobodys, None).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_runs_the_machine_reads_the_same_beside_ready_and_it_is_ready_all_the_same() {
    let house = House::connected().await;
    house.sandbox.grant(all_but("meeting:write:meeting:admin")).unwrap();
    let owner = house.member("owner@example.org", Role::Owner).await;
    let id = house.service.connection(&owner).await.unwrap().unwrap().id;
    house.service.recheck(&owner, id).await.unwrap();
    let (status, text) = house.page("", "/readyz").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.starts_with("ready\n") && text.contains("meetings: off\n") && text.contains("users: works\n"),
        "{text}"
    );
    assert!(!text.contains("meeting:write"), "no more than how it stands: {text}");
}

#[tokio::test]
async fn an_owner_names_for_whom_the_site_may_act_and_nonsense_stays_in_the_field() {
    let house = House::connected().await;
    house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let (status, _, page) =
        house.submit(&cookie, "/admin/zoom/allowed", &[("allowed", "northlight.example\nnonsense")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"allowed-error\"") && page.contains("northlight.example\nnonsense"), "{page}");
    let (status, to, _) = house.submit(&cookie, "/admin/zoom/allowed", &[("allowed", "@elsewhere.example")]).await;
    assert_eq!((status, &*to), (StatusCode::SEE_OTHER, "/admin/zoom?said=allowed#allowed"));
    let (_, page) = house.page(&cookie, "/admin/zoom").await;
    assert!(page.contains(">elsewhere.example</textarea>"), "{page}");
    assert!(!page.contains("About nobody"), "until the users are read again nobody can tell: {page}");
    house.worker.run_once().await.unwrap();
    let (_, page) = house.page(&cookie, "/admin/zoom").await;
    assert!(page.contains("About nobody among the users read from Zoom: elsewhere.example."), "{page}");
    let (_, to, _) = house.submit(&cookie, "/admin/zoom/allowed", &[("allowed", "")]).await;
    assert_eq!(to, "/admin/zoom?said=allowed-everybody#allowed");
}
