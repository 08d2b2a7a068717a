//! Stories of Zoom's limits: shared by two processes, kept for each host and day, and nothing spent on what changes
//! nothing.

use std::sync::Arc;

use clock::{Clock as _, SharedClock, SteeredClock};
use jiff::SignedDuration;
use model::*;
use service::{
    Error,
    quota::{DatabaseBook, OthersView},
};
use tokio::task::JoinSet;
use zoom_client::{Credentials, Places, UserId, Work, ZoomClient};
use zoom_sandbox::Fault;

use crate::house::{House, on_both_engines};

/// A client as another process of this site would have it.
fn replica(house: &House, id: ConnectionId) -> ZoomClient {
    house.asks_freely();
    let of = house.sandbox.credentials();
    let places = Places::new(house.sandbox.oauth().parse().unwrap(), house.sandbox.api().parse().unwrap());
    let clock: SharedClock = Arc::<SteeredClock>::clone(&house.clock);
    let book = DatabaseBook::new(house.kept.clone(), SharedClock::clone(&clock), id);
    let credentials = Credentials::new(&of.account_id, &of.client_id, &of.client_secret);
    let http = zoom_client::local_http_client().unwrap();
    ZoomClient::builder(places, credentials, clock, http).book(Arc::new(book)).build().working_for(Work::Bulk)
}

#[tokio::test]
async fn two_processes_share_one_accounts_limits_and_neither_is_refused() {
    on_both_engines!(house in House::on => {
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        house.service.agree_on_limits(&house.owner, id, ZoomPlan::Business, 100).await.unwrap();
        let replicas = [replica(&house, id), replica(&house, id)];
        for one in &replicas {
            one.token().await.unwrap();
        }
        let (mut tasks, began) = (JoinSet::new(), house.clock.now());
        for number in 0..200_usize {
            let zoom = replicas[number % 2].clone();
            tasks.spawn(async move { zoom.users().get(&UserId::Me).await.map(drop) });
        }
        let answers = tasks.join_all().await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        let took = house.clock.now().duration_since(began);
        assert!(took >= SignedDuration::from_millis(2_400), "80 a second for both together: {took}");
        house.later(5).await;
        clock::sleep(&*house.clock, 1.5).await;
        let quota = house.service.quota(&house.owner, id).await.unwrap();
        let light = quota.lanes.iter().find(|lane| lane.label == "LIGHT").unwrap();
        assert!(light.used >= 200 && light.slowed.is_none(), "{light:?}");
        assert!(quota.minutes.iter().map(|minute| minute.answered).sum::<u32>() >= 200, "{:?}", quota.minutes);
        assert_eq!(quota.attempts.first().unwrap().outcome, "done");
    });
}

#[tokio::test]
async fn the_hundred_and_first_change_of_a_hosts_day_waits_for_midnight_and_says_when() {
    on_both_engines!(house in House::on => {
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        let host = house.host();
        let first = house.create(RoomKind::Meeting, "First").await;
        house.work().await;
        house.spend(id, &host, 99).await;
        let late = house.create(RoomKind::Meeting, "One too many").await;
        let calls = house.calls("meetingCreate");
        house.work().await;
        assert_eq!((house.room(late).await.at_zoom, house.calls("meetingCreate")), (AtZoom::Waiting, calls));
        let work = house.service.room(&house.owner, late).await.unwrap().work.unwrap();
        let midnight = house.service.host_is_full(&house.owner, id, &host).await.unwrap().unwrap();
        let said = work.last_error.unwrap();
        assert!(said.contains("this host's are used up") && said.contains(&midnight.strftime("%Y-%m-%d 00:00 UTC").to_string()), "{said}");
        let quota = house.service.quota(&house.owner, id).await.unwrap();
        let day = quota.hosts.iter().find(|one| one.host.id == host).unwrap();
        assert_eq!((day.used, day.full, day.waiting, day.through), (100, true, 1, midnight));
        house.clock.advance(midnight.duration_since(house.clock.now()));
        house.settle().await;
        assert_eq!(house.room(late).await.at_zoom, AtZoom::Live);
        assert_eq!(house.room(first).await.at_zoom, AtZoom::Live);
    });
}

#[tokio::test]
async fn whom_the_site_does_not_list_is_counted_and_not_named() {
    on_both_engines!(house in House::on => {
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        let people = house.sandbox.world().people();
        let ben = people.iter().find(|one| one.email == "ben@northlight.example").unwrap();
        let ben = ZoomUserId::parse(&ben.id).unwrap();
        house.spend(id, &ben, 3).await;
        house.spend(id, &house.host(), 2).await;
        house.spend(id, &ZoomUserId::parse("hasLeftTheAccount").unwrap(), 4).await;
        let quota = async || house.service.quota(&house.owner, id).await.unwrap();
        let shown = quota().await;
        let used: Vec<_> = shown.hosts.iter().map(|one| (&one.host.id, one.used)).collect();
        assert_eq!(used, [(&ben, 3), (&house.host(), 2)]);
        assert_eq!(shown.others, OthersView { used: 4, waiting: 0 });

        house.service.allow_hosts(&house.owner, id, "ben@northlight.example").await.unwrap();
        house.work().await;
        let shown = quota().await;
        let used: Vec<_> = shown.hosts.iter().map(|one| (&one.host.id, one.used)).collect();
        assert_eq!((used, shown.others.used), (vec![(&ben, 3)], 6));
    });
}

#[tokio::test]
async fn what_other_apps_took_of_a_hosts_day_is_heard_from_zoom_and_believed() {
    on_both_engines!(house in House::on => {
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        let zoom = replica(&house, id);
        let host: UserId = house.host().as_str().parse().unwrap();
        for _ in 0..100 {
            zoom.meetings().create(&host, &zoom_client::NewMeeting::new("By another app")).await.unwrap();
        }
        let room = house.create(RoomKind::Meeting, "Afterwards").await;
        house.work().await;
        assert_eq!(house.room(room).await.at_zoom, AtZoom::Waiting);
        assert!(house.service.host_is_full(&house.owner, id, &house.host()).await.unwrap().is_some());
        let calls = house.calls("meetingCreate");
        house.create(RoomKind::Meeting, "Nor this one").await;
        house.work().await;
        assert_eq!(house.calls("meetingCreate"), calls, "it is not asked again");
    });
}

#[tokio::test]
async fn a_change_that_zoom_would_not_notice_is_not_sent_until_somebody_changes_it_there() {
    on_both_engines!(house in House::on => {
        let id = house.create(RoomKind::Meeting, "Kitchen Spanish").await;
        house.work().await;
        let edit = async |published: bool, title: &str| {
            let room = house.room(id).await;
            let draft = RoomDraft { published, ..house.draft(RoomKind::Meeting, title) };
            let draft = RoomDraft { schedule: room.schedule.clone(), slug: Some(room.slug.clone()), ..draft };
            let draft = RoomDraft { passcode: Some(room.passcode.clone()), ..draft };
            house.service.edit_room(&house.owner, id, draft, room.version).await.unwrap();
            house.work().await;
            assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);
        };
        edit(false, "Kitchen Spanish").await;
        assert_eq!((house.calls("meetingUpdate"), house.room(id).await.published), (0, false));
        edit(false, "Kitchen Catalan").await;
        edit(true, "Kitchen Catalan").await;
        assert_eq!(house.calls("meetingUpdate"), 1);
        let number = house.room(id).await.zoom_number.unwrap();
        house.webhook(&house.event("meeting.updated", number, -3_600)).await.unwrap();
        house.work().await;
        edit(false, "Kitchen Catalan").await;
        assert_eq!(house.calls("meetingUpdate"), 1, "that was this site's own change");
        house.clock.advance(SignedDuration::from_mins(1));
        house.webhook(&house.event("meeting.updated", number, 0)).await.unwrap();
        house.work().await;
        edit(true, "Kitchen Catalan").await;
        assert_eq!(house.calls("meetingUpdate"), 2, "somebody changed it at Zoom: it is said again");
    });
}

#[tokio::test]
async fn a_site_that_is_not_to_have_all_of_an_accounts_limits_has_its_share() {
    on_both_engines!(house in House::on => {
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        for share in [0, 101] {
            let refused = house.service.agree_on_limits(&house.owner, id, ZoomPlan::Free, share).await.unwrap_err();
            assert!(matches!(&refused, Error::Invalid(wrong) if wrong[0].field == "share"), "{refused:?}");
        }
        house.service.agree_on_limits(&house.owner, id, ZoomPlan::Free, 50).await.unwrap();
        let quota = house.service.quota(&house.owner, id).await.unwrap();
        assert_eq!((quota.plan, quota.share), (ZoomPlan::Free, 50));
        assert_eq!(quota.lanes.iter().map(|lane| lane.a_day).collect::<Vec<_>>(), [Some(3_000), Some(1_000), Some(500), Some(15_000)]);
        let began = house.clock.now();
        let zoom = replica(&house, id);
        for _ in 0..4 {
            zoom.users().get(&UserId::Me).await.unwrap();
        }
        let took = house.clock.now().duration_since(began);
        assert!(took >= SignedDuration::from_millis(1_500), "half of four a second: {took}");
        let host = house.member("host@example.org", Role::Host).await;
        assert!(matches!(house.service.quota(&host, id).await.unwrap_err(), Error::Forbidden { .. }));
    });
}

#[tokio::test]
async fn credentials_that_zoom_refuses_are_asked_about_seldom_until_they_are_put_right() {
    on_both_engines!(house in House::on => {
        house.service.put_connection(&house.owner, None, house.credentials()).await.unwrap();
        house.sandbox.set_active(false).unwrap();
        house.clock.advance(SignedDuration::from_hours(2));
        let room = house.create(RoomKind::Meeting, "Waits").await;
        let before = house.calls("token");
        for _ in 0..40 {
            house.later(30).await;
        }
        let asked = house.calls("token") - before;
        assert!((3..=12).contains(&asked), "asked {asked} times in 20 minutes");
        let said = house.service.room(&house.owner, room).await.unwrap().work.unwrap().last_error.unwrap();
        assert!(said.contains("activate it in the Zoom Marketplace"), "{said}");
        house.sandbox.set_active(true).unwrap();
        house.service.put_connection(&house.owner, None, house.credentials()).await.unwrap();
        house.work().await;
        assert_eq!(house.room(room).await.at_zoom, AtZoom::Live);
    });
}

#[tokio::test]
async fn zoom_that_fails_for_everybody_is_left_alone_and_found_again_within_a_minute() {
    on_both_engines!(house in House::on => {
        house.sandbox.faults().always(Fault::ServerError);
        let rooms = [house.create(RoomKind::Meeting, "One").await, house.create(RoomKind::Meeting, "Two").await];
        for _ in 0..5 {
            house.later(2).await;
        }
        let (asked, said) = (house.all_calls(), house.service.room(&house.owner, rooms[0]).await.unwrap().work.unwrap());
        assert!(said.last_error.as_ref().is_some_and(|said| said.contains("Zoom is asked again at")), "{said:?}");
        house.work().await;
        assert_eq!(house.all_calls(), asked, "it is left alone");
        house.sandbox.faults().clear();
        for _ in 0..4 {
            house.later(61).await;
        }
        for room in rooms {
            assert_eq!(house.room(room).await.at_zoom, AtZoom::Live);
        }
        assert_eq!(house.at_zoom(), 2);
    });
}
