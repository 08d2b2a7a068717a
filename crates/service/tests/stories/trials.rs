//! Stories of test joins: a meeting is made, somebody tries to join it in the browser, and it is gone again.

use model::{ConnectionId, Role, RoomKind};
use service::{ConnectionDraft, Error, Outcome, RoomsThen, StepName};
use zoom_sandbox::Fault;

use crate::house::{House, on_both_engines};

impl House {
    async fn account(&self) -> ConnectionId {
        self.service.connection(&self.owner).await.unwrap().unwrap().id
    }

    async fn step(&self, name: StepName) -> Outcome {
        let view = self.service.connection(&self.owner).await.unwrap().unwrap();
        view.last_report.unwrap().steps.into_iter().find(|step| step.name == name).unwrap().outcome
    }
}

#[tokio::test]
async fn a_test_join_that_got_in_is_told_and_its_meeting_is_deleted() {
    on_both_engines!(house in House::on => {
        let id = house.account().await;
        assert!(matches!(house.step(StepName::Sdk).await, Outcome::Ok { found } if found.contains("shows when")));
        let packet = house.service.begin_trial(&house.owner, id).await.unwrap();
        assert_eq!((packet.role, packet.zak.is_none(), house.at_zoom()), (0, true, 1));
        let meeting = house.sandbox.world().meeting(packet.meeting_number).unwrap();
        assert_eq!(meeting.settings["join_before_host"], true, "nobody has to start it");
        house.service.end_trial(&house.owner, id, packet.meeting_number, None).await.unwrap();
        assert!(matches!(house.step(StepName::Sdk).await, Outcome::Ok { found } if found.contains("got in")));
        house.later(21).await;
        assert_eq!(house.at_zoom(), 0);
        let again = house.service.end_trial(&house.owner, id, packet.meeting_number, Some("3712")).await;
        assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    });
}

#[tokio::test]
async fn what_zooms_software_said_stays_until_other_credentials_are_stored() {
    on_both_engines!(house in House::on => {
        let id = house.account().await;
        let packet = house.service.begin_trial(&house.owner, id).await.unwrap();
        house.service.end_trial(&house.owner, id, packet.meeting_number, Some("3712<b>")).await.unwrap();
        let Outcome::Failed { reason } = house.step(StepName::Sdk).await else { panic!("not red") };
        assert!(reason.contains("3712b."), "nothing but a code is kept: {reason}");
        let put = async |draft: ConnectionDraft| house.service.put_connection(&house.owner, None, draft).await.unwrap();
        let saved = put(house.credentials()).await;
        assert!(saved.saved && !saved.report.is_good(), "the same pair is still the one that did not get in");
        assert!(!put(house.credentials()).await.report.is_good(), "however often it is saved");
        // Somebody mends it at Zoom, and the next test join gets in.
        let packet = house.service.begin_trial(&house.owner, id).await.unwrap();
        house.service.end_trial(&house.owner, id, packet.meeting_number, None).await.unwrap();
        assert!(matches!(house.step(StepName::Sdk).await, Outcome::Ok { .. }), "{:?}", house.step(StepName::Sdk).await);
        put(ConnectionDraft { sdk_key: String::new(), sdk_secret: None, ..house.credentials() }).await;
        assert!(put(house.credentials()).await.report.is_good());
    });
}

#[tokio::test]
async fn a_test_join_that_failed_for_another_reason_says_nothing_of_the_credentials() {
    on_both_engines!(house in House::on => {
        let id = house.account().await;
        for (code, said) in
            [("1", "said 1."), ("-3000", "said -3000."), ("script", "could not be loaded"), ("unknown", "no reason")]
        {
            let packet = house.service.begin_trial(&house.owner, id).await.unwrap();
            house.service.end_trial(&house.owner, id, packet.meeting_number, Some(code)).await.unwrap();
            let Outcome::Unknown { reason } = house.step(StepName::Sdk).await else { panic!("{code} is a verdict") };
            assert!(reason.contains(said), "{reason}");
        }
        let packet = house.service.begin_trial(&house.owner, id).await.unwrap();
        house.service.end_trial(&house.owner, id, packet.meeting_number, Some("3704")).await.unwrap();
        assert!(matches!(house.step(StepName::Sdk).await, Outcome::Failed { .. }));
    });
}

#[tokio::test]
async fn a_meeting_of_a_test_that_nobody_ended_is_deleted_ten_minutes_later() {
    on_both_engines!(house in House::on => {
        let id = house.account().await;
        house.service.begin_trial(&house.owner, id).await.unwrap();
        house.later(9 * 60).await;
        assert_eq!(house.at_zoom(), 1);
        house.sandbox.faults().unplug();
        house.later(61).await;
        house.sandbox.faults().plug_in();
        for _ in 0..20 {
            house.later(61).await;
        }
        assert_eq!(house.at_zoom(), 0, "also where Zoom is away just then");
    });
}

#[tokio::test]
async fn a_test_join_whose_answer_was_lost_leaves_no_meeting_at_zoom() {
    on_both_engines!(house in House::on => {
        let id = house.account().await;
        // Another meeting of the same host, which nobody may touch.
        let room = house.create(RoomKind::Meeting, "Not of the test").await;
        house.settle().await;
        let (holder, number) = (house.room(room).await.host, house.room(room).await.zoom_number.unwrap());
        let packet = house.service.begin_trial(&house.owner, id).await.unwrap();
        let tester = house.sandbox.world().meeting(packet.meeting_number).unwrap().host_id;
        assert_eq!(tester, holder.as_str());
        house.later(601).await;
        let left = || (house.at_zoom(), house.sandbox.world().meeting(number).is_some());
        for fault in [Fault::CutAfter, Fault::CutBefore] {
            let before = house.at_zoom();
            house.sandbox.faults().next("meetingCreate", 1, fault);
            let lost = house.service.begin_trial(&house.owner, id).await;
            assert!(matches!(&lost, Err(Error::Unavailable { reason }) if reason.contains("two minutes")), "{lost:?}");
            assert_eq!(house.at_zoom() - before, usize::from(fault == Fault::CutAfter));
            house.later(96).await;
            assert_eq!(left(), (1, true), "{fault:?}");
            assert_eq!(house.service.farewell(&house.owner, id).await.unwrap().removals, 0, "nothing is looked for any more");
        }
        // Zoom is away when it is looked for, and its list is late.
        house.sandbox.faults().hide_new_meetings_for(jiff::SignedDuration::from_secs(200));
        house.sandbox.faults().next("meetingCreate", 1, Fault::CutAfter);
        assert!(house.service.begin_trial(&house.owner, id).await.is_err());
        house.sandbox.faults().unplug();
        house.later(96).await;
        assert_eq!(house.at_zoom(), 2);
        house.later(120).await;
        house.sandbox.faults().plug_in();
        for _ in 0..20 {
            house.later(61).await;
        }
        assert_eq!(left(), (1, true));
        // What Zoom surely did not do is not looked for.
        house.sandbox.faults().next("meetingCreate", 1, Fault::DailyLimit);
        assert!(house.service.begin_trial(&house.owner, id).await.is_err());
        assert_eq!(house.service.farewell(&house.owner, id).await.unwrap().removals, 0);
    });
}

#[tokio::test]
async fn a_process_that_died_during_a_test_join_leaves_no_meeting_at_zoom() {
    on_both_engines!(house in House::on => {
        let id = house.account().await;
        house.sandbox.faults().hide_new_meetings_for(jiff::SignedDuration::from_secs(40));
        house.sandbox.faults().next("meetingCreate", 1, Fault::HangAfter);
        {
            let dying = house.service.begin_trial(&house.owner, id);
            tokio::pin!(dying);
            while house.at_zoom() == 0 {
                tokio::select! {
                    biased;
                    _ = &mut dying => panic!("it was answered"),
                    () = tokio::task::yield_now() => {}
                }
            }
        }
        // Nobody can disconnect the account before it is sure what became of the meeting.
        let leave = async || {
            let password = house.password.into();
            house.service.disconnect(&house.owner, id, RoomsThen::Keep, Some(&password)).await
        };
        for _ in 0..2 {
            let refused = leave().await;
            assert!(matches!(refused, Err(Error::Refused { .. })), "{refused:?}");
            house.later(5).await;
        }
        assert_eq!(house.at_zoom(), 1, "lists do not show it yet");
        house.later(96).await;
        assert_eq!(house.at_zoom(), 0);
        leave().await.unwrap();
    });
}

#[tokio::test]
async fn a_test_join_needs_an_owner_credentials_and_a_free_place_in_the_hosts_day() {
    on_both_engines!(house in House::on => {
        let id = house.account().await;
        let admin = house.member("admin@example.org", Role::Admin).await;
        assert!(matches!(house.service.begin_trial(&admin, id).await, Err(Error::Forbidden { .. })));
        assert!(matches!(house.service.end_trial(&admin, id, 1, None).await, Err(Error::Forbidden { .. })));
        assert!(matches!(house.service.end_trial(&house.owner, id, 1, None).await, Err(Error::NotFound)));
        let packet = house.service.begin_trial(&house.owner, id).await.unwrap();
        let holder = house.sandbox.world().meeting(packet.meeting_number).unwrap().host_id;
        house.spend(id, &model::ZoomUserId::parse(&holder).unwrap(), 99).await;
        let full = house.service.begin_trial(&house.owner, id).await;
        assert!(matches!(&full, Err(Error::Refused { reason }) if reason.contains("UTC")), "{full:?}");

        let draft = ConnectionDraft { sdk_key: String::new(), sdk_secret: None, ..house.credentials() };
        house.service.put_connection(&house.owner, None, draft).await.unwrap();
        assert!(matches!(house.service.begin_trial(&house.owner, id).await, Err(Error::NoBrowserJoin(_))));
    });
}

#[tokio::test]
async fn no_meeting_of_a_test_is_left_behind_when_the_account_is_disconnected() {
    on_both_engines!(house in House::on => {
        let password = house.password.into();
        for rooms in [RoomsThen::Keep, RoomsThen::Delete, RoomsThen::DeleteAtZoom] {
            if house.service.connection(&house.owner).await.unwrap().is_none() {
                house.service.put_connection(&house.owner, None, house.credentials()).await.unwrap();
            }
            let id = house.account().await;
            house.service.begin_trial(&house.owner, id).await.unwrap();
            let first = house.service.disconnect(&house.owner, id, rooms, Some(&password)).await;
            if rooms == RoomsThen::DeleteAtZoom {
                first.unwrap();
                let late = house.service.begin_trial(&house.owner, id).await;
                assert!(matches!(late, Err(Error::Refused { .. })), "{late:?}");
            } else {
                assert!(matches!(first, Err(Error::Refused { .. })), "{first:?}");
                house.work().await;
                house.service.disconnect(&house.owner, id, rooms, Some(&password)).await.unwrap();
            }
            house.settle().await;
            assert_eq!(house.at_zoom(), 0, "{rooms:?}");
            assert!(house.service.connection(&house.owner).await.unwrap().is_none());
        }
    });
}

#[tokio::test]
async fn zooms_check_of_the_address_is_told_before_any_event_has_come() {
    on_both_engines!(house in House::on => {
        let check = r#"{"event":"endpoint.url_validation","event_ts":1,"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}"#;
        house.webhook(check).await.unwrap();
        let Outcome::Unknown { reason } = house.step(StepName::Webhook).await else { panic!("told too much") };
        assert!(reason.starts_with("Zoom has checked the address"), "{reason}");
        house.webhook(&house.event("meeting.started", 91_234_567_890, 0)).await.unwrap();
        assert!(matches!(house.step(StepName::Webhook).await, Outcome::Ok { .. }));
    });
}
