//! Stories of `verify`: what it tells of an account, and what it never tells.

use model::*;
use service::verify::{Difference, MARK, Outcome, steps};

use crate::house::{House, on_both_engines};

#[tokio::test]
async fn a_sandboxs_answers_are_as_documented_and_nothing_is_left_of_the_story() {
    on_both_engines!(house in House::on => {
        house.asks_freely();
        house.create(RoomKind::Meeting, "Canary Title").await;
        house.work().await;
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        let before = house.at_zoom();
        let report = house.service.verify(&house.owner, id, true).await.unwrap();
        for step in &report.steps {
            let known = matches!(step.outcome, Outcome::Same | Outcome::Skipped { .. } | Outcome::NotAllowed { .. });
            assert!(known, "{step:?}");
        }
        let same = report.steps.iter().filter(|step| step.outcome == Outcome::Same).count();
        assert!(same >= 12, "{same} of {}", report.steps.len());
        assert_eq!(house.at_zoom(), before);
        assert!(house.calls("meetingCreate") == 2 && house.calls("meetingDelete") == 1);
    });
}

#[tokio::test]
async fn reading_changes_nothing_and_the_report_tells_nothing_of_anybody() {
    on_both_engines!(house in House::on => {
        house.asks_freely();
        house.create(RoomKind::Meeting, "Canary Title").await;
        house.work().await;
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        let changes = house.calls("meetingCreate");
        let report = house.service.verify(&house.owner, id, false).await.unwrap();
        assert_eq!(report.steps.len(), steps(false).count());
        assert_eq!(house.calls("meetingCreate") + house.calls("meetingDelete"), changes);
        let text = serde_json::to_string(&report).unwrap();
        let people = house.sandbox.world().people();
        let told = house.sandbox.credentials();
        let mut secrets = vec!["Canary Title".to_owned(), MARK.to_owned(), told.account_id, told.client_secret, "http".into(), "@".into()];
        secrets.extend(people.iter().flat_map(|person| [person.id.clone(), person.email.clone(), person.last_name.clone()]));
        for secret in secrets {
            assert!(!text.contains(&secret), "{secret} is in {text}");
        }
    });
}

#[tokio::test]
async fn what_the_app_may_not_do_is_not_tried_and_what_was_cut_off_is_tidied_up() {
    on_both_engines!(house in |engine| House::without(engine, &["meeting:read:invitation:admin"]) => {
        house.asks_freely();
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        house.sandbox.faults().next("meetingDelete", 99, zoom_sandbox::Fault::ServerError);
        let cut = house.service.verify(&house.owner, id, true).await.unwrap();
        assert_eq!(house.at_zoom(), 1, "it could not be deleted");
        assert!(cut.steps.iter().any(|step| step.operation == "meetingInvitation" && matches!(step.outcome, Outcome::NotAllowed { .. } | Outcome::Skipped { .. })));
        house.sandbox.faults().clear();
        // Zoom, which failed so often, is left alone for a while.
        house.clock.advance(jiff::SignedDuration::from_secs(61));
        house.service.verify(&house.owner, id, true).await.unwrap();
        assert_eq!(house.at_zoom(), 0, "nothing is left of either");
        assert!(!cut.steps.iter().flat_map(|step| &step.differences).any(|one| matches!(one, Difference::OtherType { .. })));
    });
}

#[tokio::test]
async fn for_whom_the_site_may_not_act_nothing_is_made() {
    on_both_engines!(house in House::on => {
        house.asks_freely();
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        house.service.allow_hosts(&house.owner, id, "somebody@else.example").await.unwrap();
        let report = house.service.verify(&house.owner, id, true).await.unwrap();
        assert_eq!((house.calls("meetingCreate"), house.calls("meetings")), (0, 0));
        let skipped = report.steps.iter().filter(|step| matches!(step.outcome, Outcome::Skipped { .. })).count();
        assert!(skipped >= 8, "{skipped}");
    });
}
