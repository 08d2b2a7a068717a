//! Stories of roles that change: what holds at once, who stays an owner, and what the log says.

use futures_util::future::join_all;
use model::*;
use service::{Actor, Error, MemberDraft};

use crate::house::{House, client, on_both_engines};

#[tokio::test]
async fn a_lesser_role_holds_at_once_for_sessions_tokens_and_grants_that_are_out() {
    on_both_engines!(house in House::on => {
        let draft = house.draft_in(RoomKind::Meeting, "Open studio", 5);
        let id = house.service.create_room(&house.owner, draft).await.unwrap().room.id;
        house.work().await;
        let second = house.member("second@example.org", Role::Owner).await;
        let member = second.member_id().unwrap();
        let session = house.service.sign_in("second@example.org", &house.password.into(), &client(3)).await.unwrap();
        let token = house.service.create_api_token(&second, member, "Planner", true).await.unwrap();
        let grant = house.service.start_room(&second, id, true).await.unwrap();

        house.service.set_role(&house.owner, member, Role::Viewer).await.unwrap();
        let now = house.service.member_of_session(&session.token).await.unwrap().unwrap();
        assert_eq!((now.role(), now.may(Right::ManageTeam)), (Role::Viewer, false));
        let program = house.service.actor_of_api_token(&token).await.unwrap().unwrap();
        assert!(!program.may(Right::KeepOwnRooms));
        assert!(matches!(house.service.redeem(&grant.token).await, Err(Error::Forbidden { .. })));
        assert_eq!(house.calls("userToken"), 0, "Zoom was asked for a key");
        let refused = house.service.set_role(&now, member, Role::Owner).await;
        assert!(matches!(refused, Err(Error::Forbidden { right: Right::ManageTeam })), "{refused:?}");

        // The same role once more is no change, and no line.
        house.service.set_role(&house.owner, member, Role::Viewer).await.unwrap();
        let lines = house.service.audit(&house.owner, 50).await.unwrap();
        let told: Vec<_> = lines.iter().filter(|line| line.action == "role-changed").collect();
        assert_eq!(told.len(), 1);
        let line = (told[0].actor.as_str(), told[0].subject.as_str(), told[0].detail.as_str());
        assert_eq!(line, ("owner", "second@example.org", "viewer, was owner"));
        house.service.set_role(&house.owner, member, Role::Admin).await.unwrap();
        let now = house.service.member_of_session(&session.token).await.unwrap().unwrap();
        assert!(now.may(Right::KeepAllRooms));
    });
}

#[tokio::test]
async fn of_sixteen_owners_who_lose_the_role_at_once_one_stays() {
    on_both_engines!(house in |engine| House::unconnected(engine, &[]) => {
        let mut owners = vec![house.owner.member_id().unwrap()];
        for number in 1..16 {
            let draft = MemberDraft {
                email: Email::parse(&format!("owner{number}@example.org")).unwrap(),
                name: PersonName::parse("Ada").unwrap(),
                role: Role::Owner,
                password: None,
            };
            owners.push(house.service.create_member(&Actor::command_line(), draft).await.unwrap());
        }
        let tries = owners.into_iter().map(|id| {
            let service = house.service.clone();
            async move { service.set_role(&Actor::command_line(), id, Role::Admin).await }
        });
        let answers = join_all(tries).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 15, "{answers:?}");
        let refused = answers.iter().filter(|a| matches!(a, Err(Error::Refused { reason }) if reason.contains("last owner")));
        assert_eq!(refused.count(), 1, "{answers:?}");
        let team = house.service.members(&Actor::command_line()).await.unwrap();
        assert_eq!(team.iter().filter(|view| view.member.role == Role::Owner).count(), 1);
    });
}

#[tokio::test]
async fn whoever_looks_at_a_passcode_is_in_the_log_and_the_passcode_is_not() {
    on_both_engines!(house in House::on => {
        let mut draft = house.draft(RoomKind::Meeting, "Clinic");
        draft.passcode = Some(Passcode::parse("canary7").unwrap());
        let id = house.service.create_room(&house.owner, draft).await.unwrap().room.id;
        let shown = house.service.room_with_passcode(&house.owner, id).await.unwrap();
        assert_eq!(shown.room.passcode.expose(), "canary7");
        let viewer = house.member("viewer@example.org", Role::Viewer).await;
        let refused = house.service.room_with_passcode(&viewer, id).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
        let lines = house.service.room_history(&house.owner, id, 50).await.unwrap();
        let told: Vec<_> = lines.iter().filter(|line| line.action == "passcode-shown").collect();
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].actor.as_str(), told[0].subject.as_str(), told[0].detail.as_str()), ("owner", "Clinic", ""));
        assert!(!format!("{lines:?}").contains("canary7"));
    });
}
