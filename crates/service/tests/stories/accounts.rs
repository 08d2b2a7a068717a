//! Stories of several Zoom accounts: side by side, one the default; new secrets; and disconnecting one.

use clock::Clock as _;
use model::{AtZoom, ConnectionId, DoorClosed, Problem, Role, RoomId, RoomKind, ZoomUserId};
use service::{ConnectionDraft, Error, Outcome, RoomsThen, StepName, WebhookRefused};

use crate::{
    connections::{failed, outcome},
    house::{House, on_both_engines, signature},
    two_zooms::TwoZooms,
};

impl TwoZooms {
    /// Somebody of the second account who may hold webinars too.
    pub(crate) fn others_host(&self) -> ZoomUserId {
        let person = self.other.world().people().into_iter().find(|person| person.webinar).unwrap();
        ZoomUserId::parse(&person.id).unwrap()
    }

    pub(crate) async fn others_room(&self, title: &str) -> RoomId {
        let mut draft = self.house.draft(RoomKind::Meeting, title);
        draft.host = self.others_host();
        self.house.service.create_room(&self.house.owner, draft).await.unwrap().room.id
    }

    async fn names(&self) -> Vec<(String, bool)> {
        let all = self.house.service.connections(&self.house.owner).await.unwrap();
        all.into_iter().map(|view| (view.name, view.is_default)).collect()
    }

    /// Has the second account tell of a room, as Zoom does.
    async fn tell_of(&self, connection: ConnectionId, room: RoomId) {
        let (house, credentials) = (&self.house, self.other.credentials());
        let number = house.room(room).await.zoom_number.unwrap();
        let (at, account) = (house.clock.now().as_second(), credentials.account_id);
        let body = format!(
            r#"{{"event":"meeting.started","event_ts":{at}000,"payload":{{"account_id":"{account}","object":{{"id":"{number}"}}}}}}"#
        );
        let signed = signature(&credentials.webhook_secret, &at.to_string(), &body);
        house.service.receive_webhook(connection, &at.to_string(), &signed, body.as_bytes()).await.unwrap();
    }

    /// How many rows there are that came of speaking with an account, and nobody would know by a name.
    async fn rows_of(&self, connection: ConnectionId) -> [(&'static str, usize); 4] {
        let mut reader = self.house.kept.read().await.unwrap();
        let tally = store::tally::get(&mut reader, connection).await.unwrap();
        let attempts = store::attempt::list(&mut reader, connection, 100).await.unwrap();
        let minutes = store::attempt_minute::since(&mut reader, connection, jiff::Timestamp::UNIX_EPOCH).await.unwrap();
        let inbox = store::inbox::list(&mut reader, None).await.unwrap();
        let events = inbox.items.iter().filter(|entry| entry.connection == connection).count();
        [
            ("tally", tally.iter().count()),
            ("attempt", attempts.len()),
            ("attempt_minute", minutes.len()),
            ("inbox", events),
        ]
    }

    fn others_meetings(&self) -> usize {
        self.other.world().meetings().len()
    }
}

/// Everything that the site keeps, as a backup has it.
async fn everything(house: &House) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.backup");
    let now = house.clock.now();
    let plan = store::backup::Plan { database: house.kept.database(), file: &file, force: false, eroom: "test", now };
    store::backup::write(plan).await.unwrap();
    std::io::read_to_string(flate2::read::GzDecoder::new(std::fs::File::open(&file).unwrap())).unwrap()
}

#[tokio::test]
async fn rooms_are_held_in_the_account_of_their_host_and_the_default_comes_first() {
    on_both_engines!(two in TwoZooms::on => {
        let house = &two.house;
        let other = two.connect_other().await;
        assert_eq!(two.names().await, [("Zoom".to_owned(), true), ("Zoom 2".to_owned(), false)]);
        house.service.name_connection(&house.owner, other, "Press office").await.unwrap();

        let (here, there) = (house.create(RoomKind::Meeting, "Here").await, two.others_room("There").await);
        house.settle().await;
        assert_eq!((house.at_zoom(), two.others_meetings()), (1, 1));
        let first = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        assert_eq!((house.room(here).await.connection, house.room(there).await.connection), (first, other));
        let accounts = house.service.accounts(&house.owner).await.unwrap();
        assert_eq!(accounts.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Zoom", "Press office"]);

        house.service.prefer_connection(&house.owner, other).await.unwrap();
        assert_eq!(two.names().await, [("Press office".to_owned(), true), ("Zoom".to_owned(), false)]);
        assert_eq!(house.service.accounts(&house.owner).await.unwrap()[0].id, other);
        // Where a room is does not change with it.
        assert_eq!(house.room(here).await.connection, first);
        house.service.refresh_hosts(&house.owner).await.unwrap();
        house.service.delete_room(&house.owner, there, true).await.unwrap();
        house.settle().await;
        assert_eq!((house.at_zoom(), two.others_meetings()), (1, 0));
    });
}

#[tokio::test]
async fn a_meeting_cannot_move_to_another_account_and_helpers_are_of_its_own() {
    on_both_engines!(two in TwoZooms::on => {
        let house = &two.house;
        two.connect_other().await;
        let room = house.create(RoomKind::Meeting, "Here").await;
        house.settle().await;
        let version = house.room(room).await.version;
        let mut draft = house.draft(RoomKind::Meeting, "Here");
        draft.host = two.others_host();
        let moved = house.service.edit_room(&house.owner, room, draft, version).await;
        assert!(matches!(moved, Err(Error::Refused { .. })), "{moved:?}");

        let mut draft = house.draft(RoomKind::Meeting, "With help");
        draft.alternative_hosts = model::AlternativeHosts::parse([two.others_host().as_str()]).unwrap();
        let Err(Error::Invalid(wrong)) = house.service.create_room(&house.owner, draft).await else { panic!("taken") };
        assert_eq!(wrong[0].field, "alternative_hosts");
    });
}

#[tokio::test]
async fn an_account_is_connected_once() {
    on_both_engines!(two in TwoZooms::on => {
        let house = &two.house;
        let named = [Problem::AccountConnected { name: "Zoom".into() }.at("account_id")];
        let fresh = house.service.fresh_connection(&house.owner).unwrap();
        let again = house.service.put_connection(&house.owner, Some(fresh), house.credentials()).await;
        assert!(matches!(&again, Err(Error::Invalid(wrong)) if wrong == &named), "{again:?}");
        // Nor by changing another one into it.
        let other = two.connect_other().await;
        let again = house.service.put_connection(&house.owner, Some(other), house.credentials()).await;
        assert!(matches!(&again, Err(Error::Invalid(wrong)) if wrong == &named), "{again:?}");
        // Many at once make one.
        house.service.disconnect(&house.owner, other, RoomsThen::Delete, Some(&house.password.into())).await.unwrap();
        let ids: Vec<_> = (0..6).map(|_| house.service.fresh_connection(&house.owner).unwrap()).collect();
        let all = ids.iter().map(|id| {
            house.service.put_connection(&house.owner, Some(*id), two.others_credentials())
        });
        let all = futures_util::future::join_all(all).await;
        assert_eq!(all.iter().filter(|saved| saved.as_ref().is_ok_and(|saved| saved.saved)).count(), 1, "{all:?}");
        assert_eq!(house.service.connections(&house.owner).await.unwrap().len(), 2);
    });
}

#[tokio::test]
async fn rooms_in_one_account_keep_its_connection_from_becoming_another_ones() {
    on_both_engines!(two in TwoZooms::on => {
        let house = &two.house;
        let room = house.create(RoomKind::Meeting, "In the first account").await;
        house.settle().await;
        let change = async || house.service.put_connection(&house.owner, None, two.others_credentials()).await;
        let refused = change().await;
        let Err(Error::Invalid(wrong)) = refused else { panic!("{refused:?}") };
        assert_eq!(wrong, [Problem::RoomsElsewhere { rooms: 1 }.at("account_id")]);
        let still = house.service.connection(&house.owner).await.unwrap().unwrap();
        assert_eq!(still.account_id, house.credentials().account_id);

        house.service.delete_room(&house.owner, room, false).await.unwrap();
        assert!(change().await.unwrap().saved, "no room is in the way any more");
    });
}

#[tokio::test]
async fn new_secrets_take_the_place_of_the_former_ones_only_once_they_are_known_to_work() {
    on_both_engines!(house in House::on => {
        let put = async |change: fn(&mut ConnectionDraft)| {
            let mut draft = house.credentials();
            change(&mut draft);
            house.service.put_connection(&house.owner, None, draft).await.unwrap()
        };
        // Refused by Zoom.
        let saved = put(|draft| draft.client_secret = Some("mistyped".into())).await;
        assert!(!saved.saved && failed(&saved, StepName::Client).contains("Client Secret"));
        house.service.refresh_hosts(&house.owner).await.unwrap();
        // Not tested, because Zoom is away.
        house.sandbox.faults().unplug();
        let saved = put(|draft| draft.client_secret = Some("perhaps-right".into())).await;
        assert!(!saved.saved, "{:?}", saved.report);
        let saved = put(|_| {}).await;
        assert!(saved.saved, "the same again takes nobody's place");
        house.sandbox.faults().plug_in();
        house.service.refresh_hosts(&house.owner).await.unwrap();
        // The pair of the Meeting SDK, by Zoom's word.
        let saved = put(|draft| draft.sdk_secret = Some("mistyped".into())).await;
        assert!(!saved.saved, "{:?}", saved.report);
        assert!(matches!(outcome(&saved, StepName::Sdk), Outcome::Failed { .. }));
        let saved = put(|_| {}).await;
        assert!(saved.saved && saved.report.is_good(), "{:?}", saved.report);
    });
}

#[tokio::test]
async fn events_go_on_to_arrive_while_the_secret_token_is_being_changed() {
    on_both_engines!(house in House::on => {
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        let send = async |secret: &str, number: i64| {
            let body = house.event("meeting.started", number, 0);
            let at = house.clock.now().as_second().to_string();
            house.service.receive_webhook(id, &at, &signature(secret, &at, &body), body.as_bytes()).await
        };
        let step = async || {
            let view = house.service.connection(&house.owner).await.unwrap().unwrap();
            view.last_report.unwrap().steps.into_iter().find(|s| s.name == StepName::Webhook).unwrap().outcome
        };
        let put = async |secret: &str| {
            let draft = ConnectionDraft { webhook_secret: Some(secret.into()), ..house.credentials() };
            assert!(house.service.put_connection(&house.owner, None, draft).await.unwrap().saved);
        };
        let former = house.sandbox.credentials().webhook_secret;
        send(&former, 1).await.unwrap();
        put("a-new-secret-token").await;
        assert!(matches!(step().await, Outcome::Unknown { reason } if reason.contains("former")));
        send(&former, 2).await.unwrap();
        assert!(matches!(send("anybody", 3).await, Err(WebhookRefused::BadSignature)));
        // A second thought: the one that worked is still kept.
        put("another-new-secret-token").await;
        send(&former, 4).await.unwrap();
        assert!(matches!(send("a-new-secret-token", 5).await, Err(WebhookRefused::BadSignature)));

        send("another-new-secret-token", 6).await.unwrap();
        assert!(matches!(step().await, Outcome::Ok { .. }));
        assert!(matches!(send(&former, 7).await, Err(WebhookRefused::BadSignature)), "it is not needed any more");
    });
}

#[tokio::test]
async fn a_stranger_cannot_turn_webhooks_red_that_are_known_to_arrive() {
    on_both_engines!(house in House::on => {
        let number = 91_234_567_890;
        house.webhook(&house.event("meeting.started", number, 0)).await.unwrap();
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        let at = house.clock.now().as_second().to_string();
        let refused = house.service.receive_webhook(id, &at, "v0=0123", b"{}").await;
        assert!(matches!(refused, Err(WebhookRefused::BadSignature)));
        let view = house.service.connection(&house.owner).await.unwrap().unwrap();
        let report = view.last_report.unwrap();
        assert!(report.is_good(), "{report:?}");
        let told = &report.steps.iter().find(|step| step.name == StepName::Webhook).unwrap().outcome;
        assert!(matches!(told, Outcome::Unknown { reason } if reason.contains("somebody else")), "{told:?}");
        // The next event that is Zoom's ends the doubt.
        house.webhook(&house.event("meeting.ended", number, 1)).await.unwrap();
        let view = house.service.connection(&house.owner).await.unwrap().unwrap();
        let told = &view.last_report.unwrap().steps.into_iter().find(|step| step.name == StepName::Webhook).unwrap();
        assert!(matches!(told.outcome, Outcome::Ok { .. }), "{told:?}");
    });
}

#[tokio::test]
async fn rooms_that_were_refused_by_the_list_of_hosts_go_on_once_it_allows_them() {
    on_both_engines!(house in House::on => {
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        let room = house.create(RoomKind::Meeting, "Out of bounds").await;
        house.service.allow_hosts(&house.owner, id, "nobody@elsewhere.example").await.unwrap();
        house.settle().await;
        assert!(matches!(house.room(room).await.at_zoom, AtZoom::Refused { .. }));
        house.service.allow_hosts(&house.owner, id, "").await.unwrap();
        house.settle().await;
        assert_eq!(house.room(room).await.at_zoom, AtZoom::Live);
        assert_eq!(house.at_zoom(), 1);
    });
}

#[tokio::test]
async fn disconnecting_leaves_nothing_of_zooms_and_the_kept_pages_can_go_on_elsewhere() {
    on_both_engines!(two in TwoZooms::on => {
        let house = &two.house;
        let other = two.connect_other().await;
        let room = two.others_room("Stays as a page").await;
        let deleted = two.others_room("Was deleted").await;
        house.settle().await;
        house.service.delete_room(&house.owner, deleted, false).await.unwrap();
        let slug = house.room(room).await.slug;
        let number = house.room(room).await.zoom_number.unwrap();
        let farewell = house.service.farewell(&house.owner, other).await.unwrap();
        assert_eq!((farewell.rooms, farewell.coming, farewell.removals), (1, 1, 0));
        let password = house.password.into();
        let wrong = house.service.disconnect(&house.owner, other, RoomsThen::Keep, Some(&"wrong".into())).await;
        assert!(matches!(wrong, Err(Error::WrongPassword)), "{wrong:?}");
        let none = house.service.disconnect(&house.owner, other, RoomsThen::Keep, None).await;
        assert!(matches!(none, Err(Error::Invalid(_))), "{none:?}");

        let people: Vec<_> = two.other.world().people().into_iter().map(|person| person.id).collect();
        house.service.disconnect(&house.owner, other, RoomsThen::Keep, Some(&password)).await.unwrap();
        assert_eq!(two.names().await, [("Zoom".to_owned(), true)]);
        let kept = house.room(room).await;
        assert_eq!(kept.at_zoom, AtZoom::Disconnected);
        assert!(kept.zoom_number.is_none() && !people.contains(&kept.host.to_string()));
        // Visitors still find the page, and nobody gets in.
        let page = house.service.page(&slug, None).await.unwrap();
        assert_eq!((page.card.title.as_str(), page.card.host_name.as_str()), ("Stays as a page", ""));
        assert_eq!(page.door, Err(DoorClosed::Disconnected), "and not told that it mends itself");
        assert!(house.service.connections(&house.owner).await.unwrap().iter().all(|view| view.id != other));
        assert!(matches!(house.service.farewell(&house.owner, other).await, Err(Error::NotFound)));
        let gone = house.service.receive_webhook(other, "1", "v0=00", b"{}").await;
        assert!(matches!(gone, Err(WebhookRefused::NobodyListens)));
        house.settle().await;
        assert_eq!(two.others_meetings(), 2, "what is at Zoom stays there");

        // With a host of another account it is made there.
        let draft = house.draft(RoomKind::Meeting, "Stays as a page");
        house.service.edit_room(&house.owner, room, draft, kept.version).await.unwrap();
        house.settle().await;
        let moved = house.room(room).await;
        assert_eq!(moved.at_zoom, AtZoom::Live);
        assert_ne!(moved.zoom_number, Some(number));
        assert_eq!((house.at_zoom(), two.others_meetings()), (1, 2));
        // The same account can be connected again.
        two.connect_other().await;
    });
}

#[tokio::test]
async fn nothing_that_came_from_a_disconnected_account_is_kept() {
    on_both_engines!(two in TwoZooms::on => {
        let house = &two.house;
        let other = two.connect_other().await;
        let room = two.others_room("Stays as a page").await;
        let maria = house.member("maria@example.org", Role::Host).await.member_id().unwrap();
        house.service.link_host(&house.owner, maria, &two.others_host(), true).await.unwrap();
        house.settle().await;
        let credentials = two.other.credentials();
        let mut traces = vec![
            house.room(room).await.zoom_number.unwrap().to_string(),
            credentials.client_id,
            credentials.sdk_key,
        ];
        traces.extend(two.other.world().people().into_iter().map(|person| person.id));
        let found = async || {
            let all = everything(house).await;
            traces.iter().filter(|trace| all.contains(trace.as_str())).cloned().collect::<Vec<_>>()
        };
        assert_eq!(found().await.len(), traces.len(), "the scan sees what is there");
        two.tell_of(other, room).await;
        assert!(two.rows_of(other).await.iter().all(|(_, rows)| *rows > 0), "{:?}", two.rows_of(other).await);
        house.service.disconnect(&house.owner, other, RoomsThen::Keep, Some(&house.password.into())).await.unwrap();
        assert_eq!(found().await, Vec::<String>::new());
        assert!(two.rows_of(other).await.iter().all(|(_, rows)| *rows == 0), "{:?}", two.rows_of(other).await);
    });
}

#[tokio::test]
async fn meetings_are_deleted_at_zoom_before_the_account_goes() {
    on_both_engines!(two in TwoZooms::on => {
        let house = &two.house;
        let other = two.connect_other().await;
        let rooms = [two.others_room("One").await, two.others_room("Two").await];
        house.settle().await;
        assert_eq!(two.others_meetings(), 2);
        // The account is away: the meetings wait, and so does the account.
        two.other.faults().unplug();
        let password = house.password.into();
        house.service.disconnect(&house.owner, other, RoomsThen::DeleteAtZoom, Some(&password)).await.unwrap();
        house.work().await;
        let view = house.service.chosen_connection(&house.owner, Some(other)).await.unwrap().unwrap();
        assert!(view.leaving && !view.is_default);
        let farewell = house.service.farewell(&house.owner, other).await.unwrap();
        assert_eq!(farewell.removals, 2);
        assert!(farewell.waits_for.is_some_and(|why| why.contains("connection")), "and it is told why");
        let health = house.service.health().await.unwrap();
        let leaving: Vec<_> = health.iter().map(|one| (one.id == other, one.leaving)).collect();
        assert_eq!(leaving, [(false, false), (true, true)], "nobody is told that it works");
        let changed = house.service.put_connection(&house.owner, Some(other), two.others_credentials()).await;
        assert!(matches!(changed, Err(Error::Refused { .. })), "{changed:?}");
        assert!(house.service.accounts(&house.owner).await.unwrap().iter().all(|account| account.id != other));
        let mut draft = house.draft(RoomKind::Meeting, "Too late");
        draft.host = two.others_host();
        let late = house.service.create_room(&house.owner, draft).await;
        assert!(matches!(&late, Err(Error::Invalid(wrong)) if wrong[0].field == "host"), "{late:?}");
        for room in rooms {
            assert!(matches!(house.service.room(&house.owner, room).await, Err(Error::NotFound)));
        }
        two.other.faults().plug_in();
        for _ in 0..40 {
            house.later(31).await;
        }
        assert_eq!(two.others_meetings(), 0);
        assert_eq!(two.names().await, [("Zoom".to_owned(), true)]);
    });
}

#[tokio::test]
async fn nothing_new_is_made_in_the_only_account_while_it_is_being_disconnected() {
    on_both_engines!(house in House::on => {
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        let past = house.create(RoomKind::Meeting, "Long ago").await;
        house.settle().await;
        house.clock.advance(jiff::SignedDuration::from_hours(24 * 30));
        let room = house.create(RoomKind::Meeting, "To come").await;
        house.settle().await;
        house.sandbox.faults().unplug();
        let password = house.password.into();
        house.service.disconnect(&house.owner, id, RoomsThen::DeleteAtZoom, Some(&password)).await.unwrap();
        let late = house.service.create_room(&house.owner, house.draft(RoomKind::Meeting, "Too late")).await;
        assert!(matches!(&late, Err(Error::Refused { reason }) if reason.contains("being disconnected")), "{late:?}");
        assert!(matches!(house.service.room(&house.owner, room).await, Err(Error::NotFound)));
        let former = house.room(past).await;
        let again = house.draft(RoomKind::Meeting, "Once more");
        let moved = house.service.edit_room(&house.owner, past, again, former.version).await;
        assert!(matches!(&moved, Err(Error::Refused { reason }) if reason.contains("being disconnected")), "{moved:?}");
        assert!(house.service.site().await.unwrap().leaving);
        // Nor is anything of it changed: a list that takes its hosts away would keep meetings from being deleted.
        for refused in [
            house.service.allow_hosts(&house.owner, id, "elsewhere.example").await.map(drop),
            house.service.ask_for(&house.owner, id, &[]).await,
        ] {
            assert!(matches!(&refused, Err(Error::Refused { .. })), "{refused:?}");
        }
    });
}

#[tokio::test]
async fn meetings_that_stay_at_zoom_because_of_the_list_of_hosts_are_told_before_and_after() {
    on_both_engines!(house in House::on => {
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        let hosts = house.service.hosts(&house.owner).await.unwrap();
        for host in [&hosts[0], &hosts[0], &hosts[1]] {
            let mut draft = house.draft(RoomKind::Meeting, "To come");
            draft.host = host.id.clone();
            house.service.create_room(&house.owner, draft).await.unwrap();
        }
        house.settle().await;
        let farewell = async || house.service.farewell(&house.owner, id).await.unwrap();
        assert_eq!((farewell().await.coming, farewell().await.stays), (3, 0));
        house.service.allow_hosts(&house.owner, id, hosts[0].email.as_str()).await.unwrap();
        assert_eq!((farewell().await.coming, farewell().await.stays), (3, 1));
        house.sandbox.faults().unplug();
        let password = house.password.into();
        house.service.disconnect(&house.owner, id, RoomsThen::DeleteAtZoom, Some(&password)).await.unwrap();
        house.work().await;
        assert_eq!((farewell().await.removals, farewell().await.given_up), (2, 1));
    });
}

#[tokio::test]
async fn whoever_cannot_wait_disconnects_at_once_and_the_rest_stays_at_zoom() {
    on_both_engines!(two in TwoZooms::on => {
        let house = &two.house;
        let other = two.connect_other().await;
        two.others_room("One").await;
        house.settle().await;
        two.other.faults().unplug();
        let leave = async |rooms| {
            house.service.disconnect(&house.owner, other, rooms, Some(&house.password.into())).await.unwrap();
        };
        leave(RoomsThen::DeleteAtZoom).await;
        house.work().await;
        leave(RoomsThen::Delete).await;
        assert_eq!(two.names().await, [("Zoom".to_owned(), true)]);
        two.other.faults().plug_in();
        house.settle().await;
        assert_eq!(two.others_meetings(), 1);
        // The only account may go too, and the site is as it was before.
        let first = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        house.service.disconnect(&house.owner, first, RoomsThen::Delete, Some(&house.password.into())).await.unwrap();
        assert!(house.service.connection(&house.owner).await.unwrap().is_none());
        let saved = house.service.put_connection(&house.owner, None, house.credentials()).await.unwrap();
        assert!(saved.saved);
    });
}

#[tokio::test]
async fn what_was_disconnected_or_renamed_while_zoom_was_asked_stays_so() {
    on_both_engines!(two in TwoZooms::on => {
        let house = &two.house;
        let other = two.connect_other().await;
        let slow = || two.other.faults().next("token", 1, zoom_sandbox::Fault::SlowAfter { ms: 700 });
        let put = || house.service.put_connection(&house.owner, Some(other), two.others_credentials());
        let soon = || clock::sleep(&*house.clock, 0.25);
        slow();
        let (saved, named) = tokio::join!(put(), async {
            soon().await;
            house.service.name_connection(&house.owner, other, "Press office").await
        });
        named.unwrap();
        assert!(saved.unwrap().saved);
        assert_eq!(two.names().await[1].0, "Press office");
        slow();
        let (saved, left) = tokio::join!(put(), async {
            soon().await;
            house.service.disconnect(&house.owner, other, RoomsThen::Delete, Some(&house.password.into())).await
        });
        left.unwrap();
        assert!(matches!(saved, Err(Error::NotFound)), "{saved:?}");
        assert_eq!(two.names().await.len(), 1);
    });
}

#[tokio::test]
async fn only_owners_have_to_do_with_accounts() {
    let Some(house) = House::on(store::Engine::Sqlite).await else { return };
    let id: ConnectionId = house.service.connection(&house.owner).await.unwrap().unwrap().id;
    let password = house.password.into();
    for role in [Role::Admin, Role::Host, Role::Viewer] {
        let actor = house.member(&format!("{role}@example.org"), role).await;
        assert!(matches!(house.service.farewell(&actor, id).await, Err(Error::Forbidden { .. })));
        assert!(matches!(house.service.name_connection(&actor, id, "Mine").await, Err(Error::Forbidden { .. })));
        assert!(matches!(house.service.prefer_connection(&actor, id).await, Err(Error::Forbidden { .. })));
        assert!(matches!(house.service.fresh_connection(&actor), Err(Error::Forbidden { .. })));
        let left = house.service.disconnect(&actor, id, RoomsThen::Delete, Some(&password)).await;
        assert!(matches!(left, Err(Error::Forbidden { .. })), "{left:?}");
    }
}
