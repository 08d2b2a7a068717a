//! Stories of connecting a Zoom account.

use clock::SystemEntropy;
use model::Feature;
use service::{Actor, ConnectionDraft, Error, Outcome, Saved, Service, Start, StepName};
use zoom_sandbox::Fault;

use crate::house::{House, LIST_WEBINARS, on_both_engines};

pub(crate) fn outcome(saved: &Saved, name: StepName) -> Outcome {
    saved.report.steps.iter().find(|s| s.name == name).unwrap().outcome.clone()
}

pub(crate) fn failed(saved: &Saved, name: StepName) -> String {
    match outcome(saved, name) {
        Outcome::Failed { reason } => reason,
        other => panic!("{name:?}: {other:?}"),
    }
}

#[tokio::test]
async fn good_credentials_are_stored_and_bring_the_hosts_with_them() {
    on_both_engines!(house in |engine| House::without(engine, &[LIST_WEBINARS]) => {
        let view = house.service.connection(&house.owner).await.unwrap().unwrap();
        assert!(view.sandbox && view.has_client_secret && view.has_sdk_secret && view.has_webhook_secret);
        assert!(view.last_report.as_ref().unwrap().is_good(), "{:?}", view.last_report);
        assert_eq!(view.webhook_url, format!("http://localhost:8080/webhooks/zoom/{}", view.id));
        assert_eq!(house.service.hosts(&house.owner).await.unwrap().len(), house.sandbox.world().people().len());
        let printed = format!("{view:?}");
        assert!(!printed.contains(&house.sandbox.credentials().client_secret));
        // Where webinars are wanted, the absent scope is told, and is no failure; and who has the add-on is looked up.
        let report = view.last_report.unwrap();
        let said = |name| report.steps.iter().find(|step| step.name == name).unwrap().outcome.text();
        assert!(!said(StepName::Scopes).contains(LIST_WEBINARS) && !said(StepName::Plan).contains("add-on"));
        house.service.ask_for(&house.owner, view.id, &[Feature::Meetings, Feature::Webinars]).await.unwrap();
        let saved = house.service.put_connection(&house.owner, None, house.credentials()).await.unwrap();
        assert!(matches!(outcome(&saved, StepName::Scopes), Outcome::Ok { found } if found.contains(LIST_WEBINARS)));
        let people = house.sandbox.world().people();
        let able = people.iter().filter(|person| person.webinar).count();
        let plan = outcome(&saved, StepName::Plan);
        assert!(matches!(&plan, Outcome::Ok { found } if found.ends_with(&format!(" {able} the webinar add-on."))), "{plan:?}");
    });
}

#[tokio::test]
async fn each_mistake_is_named_at_its_step_and_refused_credentials_replace_nothing() {
    on_both_engines!(house in House::on => {
        let put = async |change: fn(&mut ConnectionDraft)| {
            let mut draft = house.credentials();
            change(&mut draft);
            house.service.put_connection(&house.owner, None, draft).await.unwrap()
        };
        let saved = put(|d| d.client_secret = Some("wrong-secret".into())).await;
        assert!(!saved.saved);
        assert!(failed(&saved, StepName::Client).contains("Client Secret"));
        assert!(matches!(outcome(&saved, StepName::Users), Outcome::Skipped { .. }));
        assert!(house.service.refresh_hosts(&house.owner).await.is_ok(), "the former credentials still work");

        let saved = put(|d| {
            d.sdk_key = d.client_id.clone();
            d.sdk_secret = d.client_secret.clone();
        })
        .await;
        assert!(failed(&saved, StepName::Sdk).contains("General app"));

        house.sandbox.faults().unplug();
        let saved = put(|_| {}).await;
        assert!(saved.saved, "an unreachable Zoom says nothing about credentials");
        assert!(!saved.report.is_good());
        house.sandbox.faults().plug_in();

        let saved = put(|d| d.client_secret = None).await;
        assert!(saved.saved && saved.report.is_good(), "an absent secret is the stored one: {:?}", saved.report);
    });
}

#[tokio::test]
async fn a_connection_is_made_under_the_id_a_program_gives_and_the_same_account_only_once() {
    on_both_engines!(house in |engine| House::unconnected(engine, &[]) => {
        let [mine, other] = [1, 2].map(|n| model::ConnectionId::from_parts(1_796_000_000_000, [n; 10]));
        let put = async |id| house.service.put_connection(&house.owner, Some(id), house.credentials()).await;
        let saved = put(mine).await.unwrap();
        assert!(saved.saved && saved.id == Some(mine));
        assert_eq!(put(mine).await.unwrap().id, Some(mine), "the same again changes nothing");
        assert!(matches!(put(other).await, Err(Error::Invalid(wrong)) if wrong[0].field == "account_id"));
        assert_eq!(house.service.connections(&house.owner).await.unwrap().len(), 1);
    });
}

#[tokio::test]
async fn of_many_who_connect_the_site_at_once_there_is_one_connection_and_the_others_are_told() {
    on_both_engines!(house in |engine| House::unconnected(engine, &[]) => {
        let all = (0..8).map(|_| house.service.put_connection(&house.owner, None, house.credentials()));
        let all = futures_util::future::join_all(all).await;
        assert!(all.iter().any(|saved| saved.as_ref().is_ok_and(|saved| saved.saved)), "{all:?}");
        // Who came late enough changed what was there; who did not is told to look at it.
        assert!(all.iter().all(|saved| matches!(saved, Ok(_) | Err(Error::Refused { .. }))), "{all:?}");
        assert_eq!(house.service.connections(&house.owner).await.unwrap().len(), 1);
    });
}

#[tokio::test]
async fn without_a_connection_rooms_say_what_to_do_first() {
    let Some(house) = House::unconnected(store::Engine::Sqlite, &[]).await else { return };
    assert!(house.service.connection(&house.owner).await.unwrap().is_none());
    assert!(house.service.hosts(&house.owner).await.unwrap().is_empty());
    let draft = house.draft(model::RoomKind::Meeting, "Too early");
    let refused = house.service.create_room(&house.owner, draft).await;
    assert!(matches!(refused, Err(Error::Refused { reason }) if reason.contains("Connect a Zoom account")));
}

#[tokio::test]
async fn a_sandbox_is_not_taken_where_it_is_not_allowed() {
    let Some(house) = House::unconnected(store::Engine::Sqlite, &[]).await else { return };
    let mut settings = house.service.settings().clone();
    settings.allow_sandbox = false;
    let (clock, entropy) = (std::sync::Arc::clone(&house.clock), std::sync::Arc::new(SystemEntropy));
    let strict = Service::new(settings, house.kept.clone(), clock, entropy).unwrap();
    let saved = strict.put_connection(&Actor::command_line(), None, house.credentials()).await.unwrap();
    assert!(!saved.saved);
    assert!(failed(&saved, StepName::Account).contains("--allow-sandbox"));
    assert_eq!(house.all_calls(), 0, "it is not even asked");
}

#[tokio::test]
async fn the_token_is_shared_through_the_database() {
    on_both_engines!(house in House::on => {
        house.service.refresh_hosts(&house.owner).await.unwrap();
        let (clock, entropy) = (std::sync::Arc::clone(&house.clock), std::sync::Arc::new(SystemEntropy));
        let settings = house.service.settings().clone();
        let other = Service::new(settings, house.kept.again().await, clock, entropy).unwrap();
        let before = house.calls("token");
        other.refresh_hosts(&house.owner).await.unwrap();
        assert_eq!(house.calls("token"), before, "a second process asks for no token of its own");
        // A token that Zoom takes no longer is replaced.
        house.sandbox.faults().next("users", 1, Fault::Unauthorized);
        other.refresh_hosts(&house.owner).await.unwrap();
    });
}

/// What each mistake is told as: the step that fails, and words of its message.
pub(crate) async fn told(house: &House, change: impl FnOnce(&mut ConnectionDraft), step: StepName, words: &[&str]) {
    let mut draft = house.credentials();
    change(&mut draft);
    told_by(house, &house.service, draft, step, words).await;
}

/// The same of a service that is set up otherwise.
pub(crate) async fn told_by(house: &House, service: &Service, draft: ConnectionDraft, step: StepName, words: &[&str]) {
    let saved = service.put_connection(&house.owner, None, draft).await.unwrap();
    let reason = failed(&saved, step);
    assert!(words.iter().all(|word| reason.contains(word)), "{step:?}: {reason}");
    let failures = saved.report.steps.iter().filter(|one| matches!(one.outcome, Outcome::Failed { .. }));
    assert_eq!(failures.count(), 1, "one mistake is one red step: {:?}", saved.report.steps);
    let order: Vec<_> = saved.report.steps.iter().map(|one| one.name.as_str()).collect();
    let all = ["reach", "clock", "client", "account", "app", "scopes", "users", "plan", "address", "sdk", "webhook"];
    assert_eq!(order, all, "every step is told, in its order");
}

#[tokio::test]
async fn every_mistake_is_one_red_step_with_its_cure() {
    let Some(house) = House::unconnected(store::Engine::Sqlite, &[]).await else { return };
    let sdk = house.credentials();
    told(
        &house,
        |d| d.client_secret = Some("wrong".into()),
        StepName::Client,
        &["copy both", "Zoom's words: “Invalid client_id or client_secret”"],
    )
    .await;
    told(&house, |d| d.account_id = "somebody-elses".into(), StepName::Account, &["Account ID"]).await;
    let swapped = |d: &mut ConnectionDraft| {
        (d.client_id, d.client_secret) = (sdk.sdk_key.clone(), sdk.sdk_secret.clone());
        (d.sdk_key, d.sdk_secret) = (String::new(), None);
    };
    told(&house, swapped, StepName::Client, &["another type of app", "Meeting SDK"]).await;
    told(&house, |d| d.sdk_secret = Some("wrong".into()), StepName::Sdk, &["Development", "Production"]).await;
    let same = |d: &mut ConnectionDraft| (d.sdk_key, d.sdk_secret) = (d.client_id.clone(), d.client_secret.clone());
    told(&house, same, StepName::Sdk, &["Server-to-Server", "Embed"]).await;

    let scopes = zoom_sandbox::guide_scopes();
    let fewer = scopes.iter().filter(|scope| *scope != "meeting:write:meeting:admin").cloned();
    house.sandbox.grant(fewer).unwrap();
    told(&house, |_| {}, StepName::Scopes, &["meeting:write:meeting:admin", "no meetings can be made"]).await;
    house.sandbox.grant(scopes).unwrap();
    house.sandbox.faults().unplug();
    told(&house, |_| {}, StepName::Reach, &["cannot be reached"]).await;
    house.sandbox.faults().plug_in();

    let view = house.service.put_connection(&house.owner, None, house.credentials()).await.unwrap();
    assert!(view.report.is_good(), "{:?}", view.report);
    assert!(matches!(outcome(&view, StepName::Webhook), Outcome::Unknown { reason } if reason.contains("Validate")));
    let without = |d: &mut ConnectionDraft| d.webhook_secret = None;
    let mut draft = house.credentials();
    without(&mut draft);
    let kept = house.service.put_connection(&house.owner, None, draft).await.unwrap();
    assert!(matches!(outcome(&kept, StepName::Webhook), Outcome::Unknown { .. }), "an absent secret is the stored one");
}

#[tokio::test]
async fn feature_and_the_meeting_sdk_may_be_skipped_and_nothing_is_red() {
    let Some(house) = House::unconnected(store::Engine::Sqlite, &[]).await else { return };
    let draft =
        ConnectionDraft { sdk_key: String::new(), sdk_secret: None, webhook_secret: None, ..house.credentials() };
    let saved = house.service.put_connection(&house.owner, None, draft).await.unwrap();
    assert!(saved.saved && saved.report.is_good());
    assert!(matches!(outcome(&saved, StepName::Webhook), Outcome::Unwanted { reason } if reason.contains("Feature")));
    assert!(matches!(outcome(&saved, StepName::Sdk), Outcome::Unknown { reason } if reason.contains("Zoom app")));
}

#[tokio::test]
async fn a_site_acts_for_whom_its_owner_names_and_nobody_else_is_listed_kept_or_asked_about() {
    on_both_engines!(house in House::on => {
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        let people = house.sandbox.world().people();
        let host = people.iter().find(|one| one.id == house.host().as_str()).unwrap();
        let kept = house.create(model::RoomKind::Meeting, "Made before").await;
        house.settle().await;
        let names = async || {
            let hosts = house.service.hosts(&house.owner).await.unwrap();
            hosts.into_iter().map(|one| one.email.as_str().to_owned()).collect::<Vec<_>>()
        };
        let wrong = house.service.allow_hosts(&house.owner, id, "ada@northlight.example nonsense").await;
        assert!(matches!(wrong, Err(Error::Invalid(wrong)) if wrong.iter().any(|one| one.field == "allowed")));

        let list = house.service.allow_hosts(&house.owner, id, &format!("{}, club.example", host.email)).await.unwrap();
        assert!(!list.is_everybody());
        let nobodys = async || house.service.connection(&house.owner).await.unwrap().unwrap().nobodys;
        assert!(nobodys().await.is_empty(), "until the users are read again nobody can tell");
        assert_eq!(names().await, [host.email.as_str()], "the others are forgotten at once");
        house.work().await;
        assert_eq!(nobodys().await, ["club.example"], "an entry that is about nobody is told");
        house.service.refresh_hosts(&house.owner).await.unwrap();
        assert_eq!(names().await, [host.email.as_str()], "and not read again");
        house.service.put_connection(&house.owner, None, house.credentials()).await.unwrap();
        assert_eq!(names().await, [host.email.as_str()], "nor by new credentials");
        house.create(model::RoomKind::Meeting, "For who is named").await;
        house.settle().await;
        assert_eq!(house.at_zoom(), 2);

        house.service.allow_hosts(&house.owner, id, "@elsewhere.example").await.unwrap();
        let barred = house.service.room(&house.owner, kept).await.unwrap();
        assert_eq!(barred.start, Start::NotAllowed, "what would be refused is not offered");
        let started = house.service.start_room(&house.owner, kept, true).await;
        assert!(matches!(&started, Err(Error::Refused { reason }) if reason.contains("may not act")), "{started:?}");
        let refused = house.service.create_room(&house.owner, house.draft(model::RoomKind::Meeting, "Not any more")).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        house.work().await;
        let before = house.all_calls();
        house.service.delete_room(&house.owner, kept, true).await.unwrap();
        house.work().await;
        assert_eq!((house.all_calls(), house.at_zoom()), (before, 2), "Zoom is not asked");

        assert!(house.service.allow_hosts(&house.owner, id, " , ").await.unwrap().is_everybody());
        house.work().await;
        assert_eq!(names().await.len(), people.len(), "everybody again");
    });
}
