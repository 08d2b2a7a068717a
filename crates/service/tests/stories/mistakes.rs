//! Stories of mistakes that are not in what was typed: an app that is not activated, a clock, an address, a Secret Token.

use std::sync::Arc;

use clock::{Clock as _, SteeredClock, SystemEntropy};
use jiff::SignedDuration;
use service::{ConnectionDraft, Outcome, Service, Settings, StepName};
use store::Engine;

use crate::{
    connections::{outcome, told, told_by},
    house::{House, on_both_engines},
};

/// A service over the same database, with settings or a clock of its own.
async fn another(house: &House, settings: Settings, clock: Arc<SteeredClock>) -> Service {
    Service::new(settings, house.kept.again().await, clock, Arc::new(SystemEntropy)).unwrap()
}

/// Somebody deactivates the ready-made app at the Marketplace, or activates it again.
async fn at_the_marketplace(house: &House, press: &str) {
    let (base, app) = (house.sandbox.base(), house.sandbox.credentials().app_id);
    let owner = house.sandbox.world().people().into_iter().find(|one| one.display_name == "Ada Okafor").unwrap();
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let form = |text: String| (("content-type", "application/x-www-form-urlencoded"), text);
    let ((name, value), body) = form(format!("person={}", owner.id));
    let entered = http.post(format!("{base}/marketplace/sign-in")).header(name, value).body(body).send().await.unwrap();
    let cookie = entered.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let pressed = http.post(format!("{base}/marketplace/apps/{app}/{press}")).header("cookie", cookie);
    let pressed = pressed.header(name, value).body("").send().await.unwrap();
    assert!(pressed.status().is_redirection(), "{press}: {}", pressed.status());
}

#[tokio::test]
async fn an_app_that_is_not_activated_is_one_red_step_with_its_cure() {
    let Some(house) = House::unconnected(Engine::Sqlite, &[]).await else { return };
    at_the_marketplace(&house, "deactivate").await;
    told(&house, |_| {}, StepName::App, &["deactivated", "activate it in the Zoom Marketplace"]).await;
    at_the_marketplace(&house, "activate").await;
    let saved = house.service.put_connection(&house.owner, None, house.credentials()).await.unwrap();
    assert!(saved.report.is_good(), "{:?}", saved.report);
}

#[tokio::test]
async fn a_clock_that_is_ten_minutes_off_is_one_red_step_whichever_way() {
    let Some(house) = House::unconnected(Engine::Sqlite, &[]).await else { return };
    for (minutes, words) in [(10, "600 seconds ahead of"), (-10, "600 seconds behind")] {
        let wrong = SteeredClock::still_at(house.clock.now() + SignedDuration::from_mins(minutes));
        let service = another(&house, house.service.settings().clone(), Arc::new(wrong)).await;
        // To the second: the header is no finer.
        let words = words.split_once(' ').unwrap().1;
        told_by(&house, &service, house.credentials(), StepName::Clock, &[words, "set the clock", "NTP"]).await;
    }
}

#[tokio::test]
async fn an_address_without_https_is_one_red_step_only_where_people_would_join_in_the_browser() {
    let Some(house) = House::unconnected(Engine::Sqlite, &[]).await else { return };
    let mut settings = house.service.settings().clone();
    settings.public_url = "http://rooms.example/".parse().unwrap();
    let service = another(&house, settings, Arc::clone(&house.clock)).await;
    let cure = ["http://rooms.example:", "Serve the site under https", "public_url"];
    told_by(&house, &service, house.credentials(), StepName::Address, &cure).await;
    let draft = ConnectionDraft { sdk_key: String::new(), sdk_secret: None, ..house.credentials() };
    let saved = service.put_connection(&house.owner, None, draft).await.unwrap();
    assert!(saved.report.is_good(), "{:?}", saved.report);
    assert!(matches!(outcome(&saved, StepName::Address), Outcome::Unwanted { reason } if reason.contains("Zoom app")));
}

#[tokio::test]
async fn an_address_that_does_not_lead_here_is_one_red_step() {
    on_both_engines!(house in |engine| House::unconnected(engine, &[]) => {
        let nobodys = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let silent = format!("https://localhost:{}/", nobodys.port());
        for (address, cure) in [(&*silent, "Nothing listens at"), ("https://rooms.invalid/", "leads nowhere")] {
            let mut settings = house.service.settings().clone();
            settings.public_url = address.parse().unwrap();
            let service = another(&house, settings, Arc::clone(&house.clock)).await;
            told_by(&house, &service, house.credentials(), StepName::Address, &[cure, "public_url"]).await;
        }
    });
}

#[tokio::test]
async fn a_secret_token_that_is_not_the_apps_turns_red_with_the_first_delivery_and_green_with_the_first_good_one() {
    on_both_engines!(house in House::on => {
        let webhook = async || {
            let view = house.service.connection(&house.owner).await.unwrap().unwrap();
            view.last_report.unwrap().steps.into_iter().find(|step| step.name == StepName::Webhook).unwrap().outcome
        };
        let save = async |secret: &str| {
            let draft = ConnectionDraft { webhook_secret: Some(secret.into()), ..house.credentials() };
            house.service.put_connection(&house.owner, None, draft).await.unwrap()
        };
        let right = house.sandbox.credentials().webhook_secret;
        assert!(save("anotherAppsToken00").await.report.is_good(), "nobody can tell before something comes");
        // Whatever has no signature at all is a stranger's.
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        let at = house.clock.now().as_second().to_string();
        house.service.receive_webhook(id, &at, "", b"{}").await.unwrap_err();
        assert!(matches!(webhook().await, Outcome::Unknown { .. }), "{:?}", webhook().await);

        let event = house.event("meeting.started", 123_456_789, 0);
        house.webhook(&event).await.unwrap_err();
        let Outcome::Failed { reason } = webhook().await else { panic!("{:?}", webhook().await) };
        for words in ["could not be verified", "UTC", "not that of the app's Feature page", "press Validate"] {
            assert!(reason.contains(words), "{reason}");
        }
        assert!(!save("anotherAppsToken00").await.report.is_good(), "saving the same again changes nothing");

        assert!(save(&right).await.report.is_good(), "another token has not been seen to fail");
        house.webhook(&event).await.unwrap();
        assert!(matches!(webhook().await, Outcome::Ok { .. }), "{:?}", webhook().await);
        // Anybody can send something badly signed: after good ones it proves nothing, and the next good one ends it.
        house.service.receive_webhook(id, &at, "v0=00", b"{}").await.unwrap_err();
        assert!(matches!(webhook().await, Outcome::Unknown { .. }));
        house.webhook(&house.event("meeting.ended", 123_456_789, 1)).await.unwrap();
        assert!(matches!(webhook().await, Outcome::Ok { .. }), "{:?}", webhook().await);
        // So does Zoom's check of the address.
        house.service.receive_webhook(id, &at, "v0=00", b"{}").await.unwrap_err();
        house.webhook(r#"{"event":"endpoint.url_validation","event_ts":1,"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}"#).await.unwrap();
        assert!(matches!(webhook().await, Outcome::Ok { .. }), "{:?}", webhook().await);
    });
}
