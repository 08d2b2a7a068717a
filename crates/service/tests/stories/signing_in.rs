//! Stories of signing in.

use jiff::SignedDuration;
use model::*;
use secrecy::SecretString;
use service::{Actor, Error, LinkPurpose};

use crate::house::{House, client, on_both_engines};

fn token_of(link: &str) -> SecretString {
    link.rsplit('/').next().unwrap().into()
}

#[tokio::test]
async fn a_session_lasts_while_it_is_used_and_ends_when_told() {
    on_both_engines!(house in |engine| House::unconnected(engine, &[]) => {
        let password = house.password.into();
        let session = house.service.sign_in("Owner@Example.org ", &password, &client(9)).await.unwrap();
        for _ in 0..4 {
            house.clock.advance(SignedDuration::from_hours(13 * 24));
            assert!(house.service.member_of_session(&session.token).await.unwrap().is_some());
        }
        house.clock.advance(SignedDuration::from_hours(14 * 24 + 1));
        assert!(house.service.member_of_session(&session.token).await.unwrap().is_none());

        let session = house.service.sign_in("owner@example.org", &password, &client(9)).await.unwrap();
        house.service.sign_out(&session.token).await.unwrap();
        assert!(house.service.member_of_session(&session.token).await.unwrap().is_none());
        house.service.sign_out(&session.token).await.unwrap();
    });
}

#[tokio::test]
async fn the_sixth_wrong_password_waits_and_so_does_the_right_one() {
    on_both_engines!(house in |engine| House::unconnected(engine, &[]) => {
        house.clock.advance(SignedDuration::from_mins(10));
        for _ in 0..5 {
            let wrong = house.service.sign_in("owner@example.org", &"wrong password".into(), &client(20)).await;
            assert!(matches!(wrong, Err(Error::WrongPassword)));
        }
        let right = house.service.sign_in("owner@example.org", &house.password.into(), &client(20)).await;
        assert!(matches!(right, Err(Error::TooMany { retry_after }) if retry_after <= 61));
        let unknown = house.service.sign_in("nobody@example.org", &house.password.into(), &client(21)).await;
        assert!(matches!(unknown, Err(Error::WrongPassword)));
        house.clock.advance(SignedDuration::from_secs(61));
        house.service.sign_in("owner@example.org", &house.password.into(), &client(20)).await.unwrap();
        let lines = house.service.audit(&house.owner, 100).await.unwrap();
        assert_eq!(lines.iter().filter(|l| l.action == "sign-in-refused").count(), 6);
    });
}

#[tokio::test]
async fn a_new_password_ends_all_other_sessions() {
    on_both_engines!(house in |engine| House::unconnected(engine, &[]) => {
        house.clock.advance(SignedDuration::from_mins(10));
        let (old, new) = (SecretString::from(house.password), SecretString::from("a new and long one"));
        let here = house.service.sign_in("owner@example.org", &old, &client(30)).await.unwrap();
        let there = house.service.sign_in("owner@example.org", &old, &client(31)).await.unwrap();
        let me = house.service.member_of_session(&here.token).await.unwrap().unwrap();
        let short = house.service.change_password(&me, &old, &"short".into(), Some(&here.token)).await;
        assert!(matches!(short, Err(Error::Invalid(w)) if w == [Problem::TooShort { min: 10 }.at("new_password")]));
        let wrong = house.service.change_password(&me, &new, &new, Some(&here.token)).await;
        assert!(matches!(wrong, Err(Error::WrongPassword)));
        house.service.change_password(&me, &old, &new, Some(&here.token)).await.unwrap();
        assert!(house.service.member_of_session(&here.token).await.unwrap().is_some());
        assert!(house.service.member_of_session(&there.token).await.unwrap().is_none());
        house.service.sign_in("owner@example.org", &new, &client(32)).await.unwrap();
    });
}

#[tokio::test]
async fn a_password_link_works_once_and_for_a_day() {
    on_both_engines!(house in |engine| House::unconnected(engine, &[]) => {
        let email = Email::parse("owner@example.org").unwrap();
        let by = Actor::command_line();
        let first = token_of(&house.service.password_link(&by, &email).await.unwrap());
        let link = house.service.password_link(&by, &email).await.unwrap();
        assert!(link.starts_with("http://localhost:8080/password/"));
        let token = token_of(&link);
        assert!(matches!(house.service.link_purpose(&first).await, Err(Error::Spent)), "a newer one replaces it");
        assert_eq!(house.service.link_purpose(&token).await.unwrap(), LinkPurpose::Password { email: email.clone() });
        let owner = house.owner.member_id().unwrap();
        let robbed = house.service.create_api_token(&by, owner, "in a script", true).await.unwrap();
        assert!(house.service.actor_of_api_token(&robbed).await.unwrap().is_some());
        let session = house.service.choose_password(&token, &"chosen by link".into()).await.unwrap();
        assert!(house.service.actor_of_api_token(&robbed).await.unwrap().is_none(), "whoever has it may be the reason");
        assert!(house.service.member_of_session(&session.token).await.unwrap().is_some());
        assert!(matches!(house.service.choose_password(&token, &"once more please".into()).await, Err(Error::Spent)));
        let late = token_of(&house.service.password_link(&by, &email).await.unwrap());
        house.clock.advance(SignedDuration::from_hours(25));
        assert!(matches!(house.service.choose_password(&late, &"too late for this".into()).await, Err(Error::Spent)));
    });
}

#[tokio::test]
async fn an_empty_site_is_set_up_once_and_keeps_an_owner() {
    on_both_engines!(house in |engine| House::unconnected(engine, &[]) => {
        assert!(matches!(house.service.setup_link().await, Err(Error::Refused { .. })));
        let last = house.service.remove_member(&Actor::command_line(), house.owner.member_id().unwrap()).await;
        assert!(matches!(last, Err(Error::Refused { reason }) if reason.contains("last owner")));
    });
    for engine in store::testing::engines() {
        let Some(kept) = store::testing::store(engine).await else { continue };
        let Some(house) = House::unconnected(store::Engine::Sqlite, &[]).await else { continue };
        let (clock, entropy) = (std::sync::Arc::clone(&house.clock), std::sync::Arc::new(clock::SystemEntropy));
        let settings = house.service.settings().clone();
        let service = service::Service::new(settings, kept.clone(), clock, entropy).unwrap();
        assert!(service.is_empty().await.unwrap());
        let token = token_of(&service.setup_link().await.unwrap());
        assert_eq!(service.link_purpose(&token).await.unwrap(), LinkPurpose::Setup);
        let (name, email) = (PersonName::parse("Ada").unwrap(), Email::parse("ada@example.org").unwrap());
        let password = SecretString::from("long enough for her");
        let session = service.set_up(&token, name.clone(), email.clone(), &password).await.unwrap();
        let ada = service.member_of_session(&session.token).await.unwrap().unwrap();
        assert_eq!(ada.role(), Role::Owner);
        assert!(matches!(service.set_up(&token, name, email, &password).await, Err(Error::Spent)));
    }
}
