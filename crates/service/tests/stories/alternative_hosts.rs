//! Stories of alternative hosts: who may be one, what Zoom has of them, and who starts a room as whom.

use model::*;
use secrecy::ExposeSecret as _;
use service::{Actor, Error, Start};

use crate::house::{House, on_both_engines};

/// Two people whom Zoom takes as alternative hosts of the house's rooms, and one whom it does not.
struct Cast {
    first: Host,
    second: Host,
    basic: Host,
}

async fn cast(house: &House) -> Cast {
    let hosts = house.service.hosts(&house.owner).await.unwrap();
    let others = || hosts.iter().filter(|host| host.active && host.id != house.host()).cloned();
    let mut licensed = others().filter(|host| host.licensed);
    let (first, second) = (licensed.next().unwrap(), licensed.next().unwrap());
    Cast { first, second, basic: others().find(|host| !host.licensed).unwrap() }
}

fn these<'a>(hosts: impl IntoIterator<Item = &'a Host>) -> AlternativeHosts {
    AlternativeHosts::new(hosts.into_iter().map(|host| host.id.clone())).unwrap()
}

fn draft(house: &House, kind: RoomKind, alternative_hosts: AlternativeHosts) -> RoomDraft {
    RoomDraft { alternative_hosts, ..house.draft_in(kind, "Open studio", 5) }
}

/// Whom Zoom has as alternative hosts of the room.
async fn at_zoom(house: &House, id: RoomId) -> AlternativeHosts {
    let number = house.room(id).await.zoom_number.unwrap();
    let names = house.sandbox.world().meeting(number).unwrap().alternative_hosts();
    AlternativeHosts::parse(names.iter().map(String::as_str)).unwrap()
}

/// A member with the role, linked to a Zoom user.
async fn linked(house: &House, email: &str, role: Role, host: &ZoomUserId) -> Actor {
    let member = house.member(email, role).await.member_id().unwrap();
    house.service.link_host(&house.owner, member, host, true).await.unwrap();
    house.sign_in(email).await
}

/// As which Zoom user the call's host comes in with this grant.
async fn starter(house: &House, grant: &service::Grant) -> String {
    let packet = house.service.redeem(&grant.token).await.unwrap();
    assert_eq!(packet.role, 1);
    let now = clock::Clock::now(&*house.clock);
    house.sandbox.world().user_of_zak(packet.zak.unwrap().expose_secret(), now).unwrap().id
}

#[tokio::test]
async fn zoom_has_the_alternative_hosts_that_the_room_has_and_none_when_they_are_taken_away() {
    for kind in [RoomKind::Meeting, RoomKind::Webinar] {
        on_both_engines!(house in House::on => {
            let Cast { first, second, .. } = cast(&house).await;
            let both = these([&first, &second]);
            let id = house.service.create_room(&house.owner, draft(&house, kind, both.clone())).await.unwrap().room.id;
            house.work().await;
            assert_eq!(house.room(id).await.at_zoom, AtZoom::Live);
            assert_eq!(at_zoom(&house, id).await, both);
            let view = house.service.room(&house.owner, id).await.unwrap();
            assert_eq!(these(&view.alternative_hosts), both);

            for now in [these([&second]), AlternativeHosts::default()] {
                let version = house.room(id).await.version;
                house.service.edit_room(&house.owner, id, draft(&house, kind, now.clone()), version).await.unwrap();
                house.work().await;
                assert_eq!(at_zoom(&house, id).await, now);
            }
        });
    }
}

#[tokio::test]
async fn whom_zoom_would_not_take_is_named_at_the_field_before_anything_is_sent() {
    on_both_engines!(house in House::on => {
        let Cast { first, basic, .. } = cast(&house).await;
        let host = house.service.hosts(&house.owner).await.unwrap().into_iter().find(|h| h.id == house.host()).unwrap();
        let nobody = ZoomUserId::parse("nobody").unwrap();
        let cases = [
            (these([&first, &basic]), Problem::NotAlternative { who: basic.name.clone() }),
            (AlternativeHosts::new([nobody]).unwrap(), Problem::NotAlternative { who: "nobody".into() }),
            (these([&host]), Problem::HostTwice),
        ];
        let id = house.create(RoomKind::Meeting, "Open studio").await;
        for (wanted, problem) in cases {
            let wanted = draft(&house, RoomKind::Meeting, wanted);
            let expected = [problem.at("alternative_hosts")];
            let refused = house.service.create_room(&house.owner, wanted.clone()).await;
            assert!(matches!(&refused, Err(Error::Invalid(wrong)) if *wrong == expected), "{refused:?}");
            let refused = house.service.edit_room(&house.owner, id, wanted, 1).await;
            assert!(matches!(&refused, Err(Error::Invalid(wrong)) if *wrong == expected), "{refused:?}");
        }
        assert_eq!(house.room(id).await.version, 1);
    });
}

#[tokio::test]
async fn a_refusal_of_zooms_says_what_to_do_and_the_room_goes_on_once_it_is_done() {
    on_both_engines!(house in House::on => {
        // Zoom has let somebody go since its users were read.
        let connection = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        let mut hosts = house.service.hosts(&house.owner).await.unwrap();
        let gone = Host { id: ZoomUserId::parse("gone").unwrap(), name: "Gone".into(), ..cast(&house).await.first };
        hosts.push(Host { email: Email::parse("gone@example.org").unwrap(), ..gone.clone() });
        let (now, hosts) = (clock::Clock::now(&*house.clock), &hosts);
        let write = |mut tx| async move { store::host::replace_all(&mut tx, connection, hosts, now).await };
        house.kept.write(write).await.unwrap();

        let wanted = draft(&house, RoomKind::Meeting, these([&gone]));
        let id = house.service.create_room(&house.owner, wanted).await.unwrap().room.id;
        house.work().await;
        let refused = house.room(id).await.at_zoom;
        let AtZoom::Refused { reason } = &refused else { panic!("{refused:?}") };
        assert!(reason.contains("alternative_hosts") && reason.ends_with("edit the room and choose others."), "{reason}");
        let version = house.room(id).await.version;
        let without = draft(&house, RoomKind::Meeting, AlternativeHosts::default());
        house.service.edit_room(&house.owner, id, without, version).await.unwrap();
        house.work().await;
        assert_eq!((house.room(id).await.at_zoom, house.at_zoom()), (AtZoom::Live, 1));
    });
}

#[tokio::test]
async fn each_member_starts_a_room_as_the_zoom_user_linked_to_them_and_the_log_names_that_one() {
    on_both_engines!(house in House::on => {
        let Cast { first, second, .. } = cast(&house).await;
        let mut wanted = draft(&house, RoomKind::Meeting, these([&first]));
        wanted.published = false;
        let id = house.service.create_room(&house.owner, wanted).await.unwrap().room.id;
        house.work().await;
        let main = linked(&house, "main@example.org", Role::Host, &house.host()).await;
        let deputy = linked(&house, "deputy@example.org", Role::Host, &first.id).await;
        let stranger = linked(&house, "stranger@example.org", Role::Host, &second.id).await;
        let viewer = linked(&house, "viewer@example.org", Role::Viewer, &first.id).await;

        let grant = house.service.start_room(&main, id, false).await.unwrap();
        assert_eq!(starter(&house, &grant).await, house.host().as_str());
        let grant = house.service.start_room(&deputy, id, false).await.unwrap();
        assert_eq!(starter(&house, &grant).await, first.id.as_str());
        let lines = house.service.room_history(&house.owner, id, 50).await.unwrap();
        let key = lines.iter().find(|line| line.action == "zak-requested" && line.actor == "deputy").unwrap();
        assert!(key.detail.contains(first.id.as_str()) && key.detail.contains(&first.name), "{key:?}");
        let start = lines.iter().find(|line| line.action == "room-start-granted" && line.actor == "deputy").unwrap();
        assert_eq!(start.detail, format!("as alternative host {}", first.name));

        // To start it is not to keep it; whoever may start it sees it before visitors do.
        let view = house.service.room(&deputy, id).await.unwrap();
        assert_eq!((view.start, view.may_keep), (Start::Yes, false));
        assert!(matches!(house.service.delete_room(&deputy, id, true).await, Err(Error::Forbidden { .. })));
        house.service.page_by_id(id, Some(&deputy)).await.unwrap();
        for other in [&stranger, &viewer] {
            assert!(house.service.start_room(other, id, true).await.is_err());
            assert!(matches!(house.service.page_by_id(id, Some(other)).await, Err(Error::NotFound)));
        }

        // An owner who is linked to nobody starts for the host; one who is an alternative host, as that.
        let asked = house.service.start_room(&house.owner, id, false).await;
        assert!(matches!(asked, Err(Error::NotConfirmed { .. })), "{asked:?}");
        let grant = house.service.start_room(&house.owner, id, true).await.unwrap();
        assert_eq!(starter(&house, &grant).await, house.host().as_str());
        let owner = linked(&house, "second-owner@example.org", Role::Owner, &first.id).await;
        let grant = house.service.start_room(&owner, id, false).await.unwrap();
        assert_eq!(starter(&house, &grant).await, first.id.as_str());
    });
}

#[tokio::test]
async fn an_alternative_host_who_is_one_no_longer_gets_no_key_with_an_old_grant() {
    on_both_engines!(house in House::on => {
        let Cast { first, second, .. } = cast(&house).await;
        let wanted = draft(&house, RoomKind::Meeting, these([&first]));
        let id = house.service.create_room(&house.owner, wanted).await.unwrap().room.id;
        house.work().await;
        let deputy = linked(&house, "deputy@example.org", Role::Host, &first.id).await;
        let owner = linked(&house, "second-owner@example.org", Role::Owner, &first.id).await;
        let grants = [
            house.service.start_room(&deputy, id, false).await.unwrap(),
            house.service.start_room(&owner, id, false).await.unwrap(),
        ];
        let version = house.room(id).await.version;
        let other = draft(&house, RoomKind::Meeting, these([&second]));
        house.service.edit_room(&house.owner, id, other, version).await.unwrap();
        for grant in grants {
            let refused = house.service.redeem(&grant.token).await;
            assert!(matches!(refused, Err(Error::NotYourHost)), "{refused:?}");
        }
        assert_eq!(house.calls("userToken"), 0, "Zoom was asked for a key");
    });
}
