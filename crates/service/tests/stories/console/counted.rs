//! What the console creates and changes is counted for each host and day, in the ledger that rooms take from.

use model::{AtZoom, RoomDraft, RoomKind, ZoomUserId};
use service::{
    Error,
    console::{Meaning, Outcome},
};
use zoom_sandbox::Fault;

use super::scene::{Scene, filled};
use crate::house::on_both_engines;

const TOPIC: &str = r#"{"topic":"Clinic"}"#;

/// Runs an operation as the owner, confirmed.
async fn run(scene: &Scene, key: &str, field: (&str, &str), json: &str) -> service::Result<Outcome> {
    let typed = [(field.0.to_owned(), field.1.to_owned())];
    scene.run(key, filled(key, &typed, json)).await.map(|answer| answer.outcome)
}

async fn done(scene: &Scene, key: &str, field: (&str, &str), json: &str) -> serde_json::Value {
    match run(scene, key, field, json).await {
        Ok(Outcome::Done { json, .. }) => json.unwrap_or_default(),
        other => panic!("{key} {field:?}: {other:?}"),
    }
}

async fn used(scene: &Scene, host: &ZoomUserId) -> u32 {
    let house = &scene.house;
    let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
    let quota = house.service.quota(&house.owner, id).await.unwrap();
    quota.hosts.iter().find(|one| one.host.id == *host).map_or(0, |one| one.used)
}

#[tokio::test]
async fn whatever_a_host_is_called_what_is_made_and_changed_for_them_is_counted_together_with_rooms() {
    on_both_engines!(scene in Scene::on => {
        let house = &scene.house;
        house.service.refresh_hosts(&house.owner).await.unwrap();
        let host = house.host();
        let person = house.sandbox.world().person(host.as_str()).unwrap();
        house.create(RoomKind::Meeting, "A room").await;
        house.work().await;
        assert_eq!(used(&scene, &host).await, 1);
        let by_id = done(&scene, "meetingCreate", ("path.userId", host.as_str()), TOPIC).await;
        done(&scene, "webinarCreate", ("path.userId", &person.email.to_uppercase()), TOPIC).await;
        let owner = house.sandbox.world().person("me").unwrap();
        let of_owner = ZoomUserId::parse(&owner.id).unwrap();
        let (before, for_another) = (used(&scene, &of_owner).await, format!(r#"{{"schedule_for":"{}"}}"#, person.email));
        done(&scene, "meetingCreate", ("path.userId", "me"), TOPIC).await;
        assert_eq!(used(&scene, &of_owner).await, before + 1);
        if of_owner != host {
            assert_eq!(used(&scene, &host).await, 3);
            let made = run(&scene, "meetingCreate", ("path.userId", "me"), &for_another).await.unwrap();
            // Whether the owner may schedule for them is Zoom's to say; what it refuses is given back.
            let is_made = matches!(made, Outcome::Done { .. });
            assert_eq!(used(&scene, &host).await, 3 + u32::from(is_made), "{made:?}");
        }
        let before = used(&scene, &host).await;
        let number = by_id["id"].to_string();
        done(&scene, "meetingUpdate", ("path.meetingId", &number), TOPIC).await;
        assert_eq!(used(&scene, &host).await, before + 1);
        done(&scene, "meeting", ("path.meetingId", &number), "").await;
        done(&scene, "meetingDelete", ("path.meetingId", &number), "").await;
        assert_eq!(used(&scene, &host).await, before + 1, "Zoom counts neither reads nor deletions");
    });
}

#[tokio::test]
async fn a_room_knows_at_once_what_the_console_did_to_its_meeting() {
    on_both_engines!(scene in Scene::on => {
        let house = &scene.house;
        for (kind, update, delete, id) in [
            (RoomKind::Meeting, "meetingUpdate", "meetingDelete", "path.meetingId"),
            (RoomKind::Webinar, "webinarUpdate", "webinarDelete", "path.webinarId"),
        ] {
            let room = house.create(kind, "A room").await;
            house.work().await;
            let made = house.room(room).await;
            let number = made.zoom_number.unwrap().to_string();
            house.clock.advance(jiff::SignedDuration::from_secs(1));
            done(&scene, update, (id, &number), TOPIC).await;
            let draft = RoomDraft {
                schedule: made.schedule.clone(),
                slug: Some(made.slug.clone()),
                passcode: Some(made.passcode.clone()),
                ..house.draft(kind, "A room")
            };
            let calls = house.calls(update);
            house.service.edit_room(&house.owner, room, draft, made.version).await.unwrap();
            house.work().await;
            assert_eq!(house.calls(update), calls + 1, "what the room is called is said to Zoom again");
            done(&scene, delete, (id, &number), "").await;
            let AtZoom::Refused { reason } = house.room(room).await.at_zoom else { panic!("{kind:?} is still there") };
            assert!(reason.contains("was deleted at Zoom") && reason.contains(&number), "{reason}");
        }
    });
}

#[tokio::test]
async fn the_hundred_and_first_of_a_day_is_refused_before_zoom_is_asked_and_says_when_it_goes() {
    on_both_engines!(scene in Scene::on => {
        let house = &scene.house;
        let host = house.host();
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        house.spend(id, &host, 99).await;
        let made = done(&scene, "meetingCreate", ("path.userId", host.as_str()), TOPIC).await;
        let number = made["id"].to_string();
        for (key, field) in [
            ("meetingCreate", ("path.userId", host.as_str())),
            ("webinarCreate", ("path.userId", host.as_str())),
            ("meetingUpdate", ("path.meetingId", &*number)),
        ] {
            let calls = house.calls(key);
            let refused = run(&scene, key, field, TOPIC).await;
            let said = |reason: &str| reason.contains("used up") && reason.contains("2026-11-24 00:00 UTC");
            assert!(matches!(&refused, Err(Error::Refused { reason }) if said(reason)), "{key}: {refused:?}");
            assert_eq!(house.calls(key), calls, "{key} was sent");
        }
        let lines = house.service.audit(&house.owner, 100).await.unwrap();
        let last = lines.iter().find(|line| line.action.starts_with("console-")).unwrap();
        assert_eq!((&*last.action, &*last.detail), ("console-refused", "not sent: the host's day is used up"));
        done(&scene, "meetingDelete", ("path.meetingId", &number), "").await;
        house.clock.set("2026-11-24T00:00:01Z".parse().unwrap());
        done(&scene, "meetingCreate", ("path.userId", host.as_str()), TOPIC).await;
        assert_eq!(used(&scene, &host).await, 1);
    });
}

#[tokio::test]
async fn what_zoom_did_not_do_is_given_back_and_what_nobody_knows_stays_taken() {
    on_both_engines!(scene in Scene::on => {
        let house = &scene.house;
        let host = house.host();
        let create = async |json: &str| run(&scene, "meetingCreate", ("path.userId", host.as_str()), json).await;
        let refused = create(r#"{"topic":"Clinic","type":8,"recurrence":{"type":9}}"#).await;
        let Ok(Outcome::Refused(refusal)) = refused else { panic!("{refused:?}") };
        assert_eq!((refusal.meaning, used(&scene, &host).await), (Meaning::Invalid, 0));
        house.sandbox.faults().next("meetingCreate", 1, Fault::CutAfter);
        let lost = create(TOPIC).await;
        let Ok(Outcome::Refused(refusal)) = lost else { panic!("{lost:?}") };
        assert!(refusal.maybe_done, "{refusal:?}");
        assert_eq!(used(&scene, &host).await, 1);
    });
}

#[tokio::test]
async fn where_users_are_named_a_change_is_counted_without_a_second_look_at_the_meeting() {
    on_both_engines!(scene in Scene::on => {
        let house = &scene.house;
        let host = house.host();
        let email = house.sandbox.world().person(host.as_str()).unwrap().email;
        let made = done(&scene, "meetingCreate", ("path.userId", host.as_str()), TOPIC).await;
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        house.service.allow_hosts(&house.owner, id, &email).await.unwrap();
        let looks = house.calls("meeting");
        done(&scene, "meetingUpdate", ("path.meetingId", &made["id"].to_string()), TOPIC).await;
        assert_eq!((house.calls("meeting"), used(&scene, &host).await), (looks + 1, 2));
    });
}

#[tokio::test]
async fn a_webinars_change_is_counted_for_who_holds_it() {
    on_both_engines!(scene in Scene::on => {
        let host = scene.house.host();
        let made = done(&scene, "webinarCreate", ("path.userId", host.as_str()), TOPIC).await;
        assert_eq!(used(&scene, &host).await, 1);
        done(&scene, "webinarUpdate", ("path.webinarId", &made["id"].to_string()), TOPIC).await;
        assert_eq!(used(&scene, &host).await, 2);
    });
}
