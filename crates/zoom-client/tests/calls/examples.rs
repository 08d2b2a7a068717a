//! The examples do against the sandbox what they say.

use std::collections::HashMap;

use zoom_client::{MeetingSettings, UserId};

use crate::world::World;

#[path = "../../examples/registrants.rs"]
#[expect(dead_code, reason = "its main is for cargo")]
mod registrants;
#[path = "../../examples/report.rs"]
#[expect(dead_code, reason = "its main is for cargo")]
mod report;
#[path = "../../examples/schedule.rs"]
#[expect(dead_code, reason = "its main is for cargo")]
mod schedule;
#[path = "../../examples/users.rs"]
#[expect(dead_code, reason = "its main is for cargo")]
mod users;

/// The environment of an example: the sandbox, and what the example wants besides.
fn environment(world: &World, besides: &[(&str, &str)]) -> HashMap<String, String> {
    let credentials = world.sandbox.credentials();
    let mut environment: HashMap<String, String> = HashMap::new();
    let (oauth, api) = (world.sandbox.oauth(), world.sandbox.api());
    let own = [
        ("ZOOM_ACCOUNT_ID", &*credentials.account_id),
        ("ZOOM_CLIENT_ID", &credentials.client_id),
        ("ZOOM_CLIENT_SECRET", &credentials.client_secret),
        ("ZOOM_OAUTH", &oauth),
        ("ZOOM_API", &api),
    ];
    for (name, value) in own.iter().chain(besides) {
        environment.insert((*name).to_owned(), (*value).to_owned());
    }
    environment
}

#[tokio::test]
async fn the_examples_do_what_they_say() {
    let world = World::begin().await;
    let env = environment(&world, &[("START", "2027-03-02T18:00:00"), ("ZONE", "Europe/Madrid")]);
    let told = schedule::run(&|name| env.get(name).cloned()).await.unwrap();
    let times: Vec<&str> = told.lines().filter_map(|line| line.strip_prefix("- ")).collect();
    assert_eq!(times[..2], ["2027-03-02T17:00:00Z", "2027-03-09T18:00:00Z"], "the second is an hour later: {told}");
    assert_eq!(times.len(), 4);

    let env = environment(&world, &[("START", "2027-03-02T18:00:00Z"), ("EMAIL", "ana@guest.example")]);
    let told = registrants::run(&|name| env.get(name).cloned()).await.unwrap();
    assert_eq!(told, "Ana <ana@guest.example> may come to Ask an architect.");

    let meeting = world.meeting(MeetingSettings::new()).await;
    world.zoom.meetings().polls(meeting.id).create(&crate::calls::mood()).await.unwrap();
    world.call(meeting.id).await;
    world.pass(120).await;
    world.zoom.meetings().end(meeting.id).await.unwrap();
    let today = clock::Clock::now(&**world.sandbox.clock()).to_string()[..10].to_owned();
    let env = environment(&world, &[("FROM", &today), ("TO", &today)]);
    let told = report::run(&|name| env.get(name).cloned()).await.unwrap();
    assert!(told.contains("held 1 meetings") && told.contains("- Kitchen Spanish: Ada, Ben"), "{told}");

    let told = users::run(&|name| env.get(name).cloned()).await.unwrap();
    assert!(told.contains("licence"), "{told}");
    let nobody = users::run(&|_| None).await.unwrap_err();
    assert_eq!(nobody.to_string(), "ZOOM_ACCOUNT_ID is not set");
    assert!(world.zoom.users().get(&UserId::Me).await.is_ok());
}
