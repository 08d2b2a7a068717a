//! Stories of the set-up guide: marks that stay, and the page of the documentation that says the same.

use std::{env, fs, path::Path};

use model::{Feature, Role};
use service::{Error, RoomsThen, setup};

use crate::house::{House, on_both_engines};

#[tokio::test]
async fn marks_of_the_guide_stay_are_taken_away_and_are_owners() {
    on_both_engines!(house in |engine| House::unconnected(engine, &[]) => {
        let done = async || house.service.setup_done(&house.owner).await.unwrap();
        assert!(done().await.is_empty());
        for step in ["s2s-build", "who", "who"] {
            house.service.mark_setup(&house.owner, step, true).await.unwrap();
        }
        assert_eq!(done().await, ["who", "s2s-build"], "in the order of the guide");
        house.service.mark_setup(&house.owner, "who", false).await.unwrap();
        house.service.mark_setup(&house.owner, "room", false).await.unwrap();
        assert_eq!(done().await, ["s2s-build"]);
        assert!(matches!(house.service.mark_setup(&house.owner, "nonsense", true).await, Err(Error::NotFound)));
        let host = house.member("host@example.org", Role::Host).await;
        assert!(matches!(house.service.mark_setup(&host, "who", true).await, Err(Error::Forbidden { .. })));
        assert!(house.service.setup_done(&host).await.is_err());
    });
}

#[tokio::test]
async fn what_a_site_wants_is_said_before_there_is_an_account_and_goes_for_the_first() {
    on_both_engines!(house in |engine| House::unconnected(engine, &[]) => {
        let wanted = async || house.service.wanted(&house.owner).await.unwrap();
        assert_eq!(wanted().await, Feature::AT_FIRST);
        let host = house.member("host@example.org", Role::Host).await;
        assert!(matches!(house.service.want(&host, &[]).await, Err(Error::Forbidden { .. })));
        assert!(house.service.wanted(&host).await.is_err());
        house.service.want(&house.owner, &[]).await.unwrap();
        assert_eq!(wanted().await, [], "nothing is a wish, too");
        let both = [Feature::Meetings, Feature::Webinars];
        house.service.want(&house.owner, &both).await.unwrap();
        assert_eq!(wanted().await, both);
        let saved = house.service.put_connection(&house.owner, None, house.credentials()).await.unwrap();
        let id = saved.id.unwrap();
        let asked = async || house.service.connection_health(&house.owner, id).await.unwrap().asked;
        assert_eq!(asked().await, both, "the account is asked for what was wanted");
        // From then on what is wanted is the account's.
        house.service.want(&house.owner, &[Feature::Users]).await.unwrap();
        assert_eq!((asked().await, wanted().await), (vec![Feature::Users], vec![Feature::Users]));
        // And stays so for the next one.
        house.service.ask_for(&house.owner, id, &[Feature::Webinars]).await.unwrap();
        house.service.disconnect(&house.owner, id, RoomsThen::Delete, Some(&house.password.into())).await.unwrap();
        assert_eq!(wanted().await, [Feature::Webinars]);
    });
}

/// With `EROOM_BLESS` set it writes the page.
#[test]
fn the_page_of_the_documentation_is_made_from_the_same_steps() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/how-to-obtain-apis.md");
    let made = setup::markdown();
    if env::var_os("EROOM_BLESS").is_some() {
        fs::write(&page, &made).unwrap();
    }
    let kept = fs::read_to_string(page).unwrap_or_default();
    assert!(
        kept == made,
        "run the test with EROOM_BLESS=1: docs/guide/how-to-obtain-apis.md is made by setup::markdown"
    );
    for picture in setup::STEPS.iter().filter_map(|step| step.picture) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/images").join(picture);
        assert!(file.is_file(), "{picture}");
    }
}
