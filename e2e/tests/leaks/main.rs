//! The leak walk: whatever leaves the program, to every kind of person, scanned for every secret of the test world.
//!
//! Each secret is unique, so that finding it says which one leaked. The walk is fed by the table that builds the router:
//! an address whose parameters it cannot fill fails the test, so none is left out. Two people are in a call meanwhile:
//! the host, whose ZAK is one of the secrets, and a visitor; every frame to either is scanned, too. Then come logs,
//! metrics, commands, the folder of data (a copy of it is the backup), and the sandbox's own pages and log.
//!
//! The documented limit: who is admitted to a room can read that room's passcode in their own browser, because the
//! Meeting SDK needs it, as Zoom's own join link does; who starts a room as its host has the ZAK there. Those answers,
//! and the one where a member asks for a passcode, are on the walk's lists; the test demands that the scanner does catch
//! the secrets there.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test ends at its first surprise")]

mod call;
mod walk;
mod world;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use e2e::Site;
use walk::{MEANT, Walk};
use world::{OTHER_PASSCODE, World};

#[tokio::test]
async fn no_secret_leaves_by_any_way() {
    let site = Site::start(&[]).await.unwrap();
    let mut world = World::fill(&site, "Come as you are.").await;
    let walk = Walk::through(&site, &mut world).await;
    assert!(walk.seen > 4 * web::routes().len(), "the walk was short: {} answers", walk.seen);
    assert_eq!(walk.found, Vec::<String>::new());
    let elsewhere = [
        ("the call's packet", "host's ZAK"),
        ("the call's packet", "passcode of the open room"),
        ("what the SDK sends", "visitor's signature"),
        ("the SDK's answer", "visitor's ticket"),
        ("the cookie on the way", "host's grant"),
        ("/sandbox of the sandbox", "SDK secret"),
        ("eroom.key", "sealing key"),
    ];
    for (place, secret) in MEANT.iter().map(|(path, secret, _)| (*path, *secret)).chain(elsewhere) {
        let caught = walk.meant.iter().any(|meant| meant.starts_with(&format!("{place}: {secret}")));
        assert!(caught, "the scanner missed {secret} at {place}, where it is on purpose: {:?}", walk.meant);
    }
    site.stop().unwrap();
}

/// Leaks planted on purpose: an operator's own template shows the SDK secret in base64 on the list of rooms, and
/// somebody wrote another room's passcode on a room's page and in its chat.
#[tokio::test]
async fn a_planted_leak_is_caught_wherever_it_comes_out() {
    let mut site = Site::start(&[]).await.unwrap();
    let secret = STANDARD.encode(site.sandbox.program().told("/zoom/sdk_secret").unwrap());
    let built_in = include_str!("../../../crates/web/templates/list.html");
    let planted = built_in.replacen("{% block main %}", &format!("{{% block main %}}<!-- {secret} -->"), 1);
    assert_ne!(planted, built_in);
    let templates = site.database().with_file_name("templates");
    std::fs::create_dir(&templates).unwrap();
    std::fs::write(templates.join("list.html"), planted).unwrap();
    site.set("templates", &templates.display().to_string()).unwrap();

    let mut world = World::fill(&site, &format!("The other door opens with {OTHER_PASSCODE}.")).await;
    let walk = Walk::through(&site, &mut world).await;
    for leak in [
        "/: SDK secret (in base64) as visitor",
        "/: SDK secret (in base64) as owner",
        "/r/{slug}: passcode of the draft (plain) as visitor",
        "/r/{slug}/calendar.ics: passcode of the draft (plain) as visitor",
        "/api/v1/rooms: passcode of the draft (plain) as program",
        "the socket: passcode of the draft (plain) as visitor",
        "the socket: passcode of the draft (plain) as host",
        "templates/list.html: SDK secret (in base64)",
    ] {
        assert!(walk.found.iter().any(|found| found == leak), "{leak} was not caught, but {:#?}", walk.found);
    }
    site.stop().unwrap();
}
