//! The table of rights, asked of the use cases themselves.

use model::*;
use secrecy::SecretString;
use service::{Actor, Error, MemberDraft, RoomFilter};

use crate::house::{House, on_both_engines};

fn is_allowed<T>(answer: Result<T, Error>) -> bool {
    match answer {
        Err(Error::Forbidden { .. } | Error::NotYourHost) => false,
        Ok(_) | Err(Error::NotFound | Error::NotConfirmed { .. } | Error::Refused { .. }) => true,
        Err(other) => panic!("{other}"),
    }
}

/// What `actor` may do, in the order of [`WHAT`].
async fn allowed(house: &House, actor: &Actor, room: RoomId) -> Vec<bool> {
    let s = &house.service;
    let host = house.host();
    let me = actor.member_id().unwrap();
    let new = MemberDraft {
        email: Email::parse(&format!("by-{}@example.org", actor.role())).unwrap(),
        name: PersonName::parse("New").unwrap(),
        role: Role::Viewer,
        password: None,
    };
    vec![
        is_allowed(s.rooms(actor, RoomFilter::default()).await),
        is_allowed(s.hosts(actor).await),
        is_allowed(s.create_room(actor, house.draft(RoomKind::Meeting, "By right")).await),
        is_allowed(s.start_room(actor, room, false).await),
        is_allowed(s.retry_room(actor, room).await),
        is_allowed(s.audit(actor, 1).await),
        is_allowed(s.inbox(actor, 1).await),
        is_allowed(s.connection(actor).await),
        is_allowed(s.link_host(actor, me, &host, false).await),
        is_allowed(s.create_member(actor, new).await),
        is_allowed(s.set_site(actor, "Northlight", 200).await),
    ]
}

const WHAT: [&str; 11] =
    ["list", "hosts", "create", "start", "retry", "audit", "inbox", "connection", "link", "add member", "name site"];

#[tokio::test]
async fn each_role_may_do_what_the_table_says() {
    on_both_engines!(house in House::on => {
        let room = house.create(RoomKind::Meeting, "Somebody's").await;
        house.work().await;
        let table = [
            (Role::Owner, [true; 11]),
            (Role::Admin, [true, true, true, false, true, true, true, false, false, false, false]),
            (Role::Host, [true, true, false, false, false, false, false, false, false, false, false]),
            (Role::Viewer, [true, true, false, false, false, false, false, false, false, false, false]),
        ];
        for (role, expected) in table {
            let actor = house.member(&format!("{role}-of-table@example.org"), role).await;
            for ((what, is), expected) in WHAT.iter().zip(allowed(&house, &actor, room).await).zip(expected) {
                assert_eq!(is, expected, "{role}: {what}");
            }
        }
    });
}

#[tokio::test]
async fn a_host_keeps_the_rooms_of_the_zoom_users_linked_to_them_and_no_others() {
    on_both_engines!(house in House::on => {
        let hired = house.member("host@example.org", Role::Host).await;
        house.service.link_host(&house.owner, hired.member_id().unwrap(), &house.host(), true).await.unwrap();
        let hired = house.sign_in("host@example.org").await;
        let mut draft = house.draft(RoomKind::Meeting, "Mine");
        let mine = house.service.create_room(&hired, draft.clone()).await.unwrap();
        assert!(mine.may_keep);
        let other = house.sandbox.world().people().into_iter().find(|p| p.id != draft.host.as_str()).unwrap();
        draft.host = ZoomUserId::parse(&other.id).unwrap();
        let refused = house.service.create_room(&hired, draft.clone()).await;
        assert!(matches!(refused, Err(Error::Forbidden { right: Right::KeepAllRooms })));
        let theirs = house.service.create_room(&house.owner, draft).await.unwrap();
        assert!(!house.service.room(&hired, theirs.room.id).await.unwrap().may_keep);
        let refused = house.service.delete_room(&hired, theirs.room.id, false).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })));
    });
}

#[tokio::test]
async fn a_token_that_only_reads_changes_nothing_even_for_an_owner() {
    on_both_engines!(house in House::on => {
        let me = house.owner.member_id().unwrap();
        let reads = house.service.create_api_token(&house.owner, me, "Calendar", false).await.unwrap();
        let writes = house.service.create_api_token(&house.owner, me, "Planner", true).await.unwrap();
        let program = house.service.actor_of_api_token(&reads).await.unwrap().unwrap();
        let planner = house.service.actor_of_api_token(&writes).await.unwrap().unwrap();
        let draft = house.draft(RoomKind::Meeting, "By program");
        assert!(matches!(house.service.create_room(&program, draft.clone()).await, Err(Error::Forbidden { .. })));
        house.service.rooms(&program, RoomFilter::default()).await.unwrap();
        house.service.create_room(&planner, draft).await.unwrap();
        // Whoever rewrites the token's beginning has another token.
        let text = secrecy::ExposeSecret::expose_secret(&reads).replace("eroom_r_", "eroom_w_");
        assert!(house.service.actor_of_api_token(&SecretString::from(text)).await.unwrap().is_none());

        let tokens = house.service.api_tokens(&house.owner).await.unwrap();
        assert_eq!(tokens.len(), 2);
        for token in tokens {
            house.service.revoke_api_token(&house.owner, &token.id).await.unwrap();
        }
        assert!(house.service.actor_of_api_token(&writes).await.unwrap().is_none());
    });
}
