//! Stories of webhooks: twice, late, forged, and what they change.

use clock::Clock as _;
use model::*;
use service::{WebhookAnswer, WebhookRefused};

use crate::house::{House, on_both_engines, signature};

async fn room_at_zoom(house: &House) -> (RoomId, i64) {
    let draft = house.draft_in(RoomKind::Meeting, "Open studio", 5);
    let id = house.service.create_room(&house.owner, draft).await.unwrap().room.id;
    house.work().await;
    (id, house.room(id).await.zoom_number.unwrap())
}

#[tokio::test]
async fn started_and_ended_are_applied_once_by_when_they_happened() {
    on_both_engines!(house in House::on => {
        let (id, number) = room_at_zoom(&house).await;
        let before = house.service.epoch();
        house.clock.advance(jiff::SignedDuration::from_mins(6));
        let started = house.event("meeting.started", number, 0);
        assert_eq!(house.webhook(&started).await, Ok(WebhookAnswer::Taken));
        assert_eq!(house.webhook(&started).await, Ok(WebhookAnswer::Taken), "Zoom sends some twice");
        house.work().await;
        let phase = async || house.service.page_by_id(id, None).await.unwrap().card.phase;
        assert_eq!(phase().await, Phase::Live);
        assert!(house.service.epoch() > before);
        assert!(house.service.connection(&house.owner).await.unwrap().unwrap().webhooks_proven);

        let ended = house.event("meeting.ended", number, 60);
        let late = house.event("meeting.started", number, -600);
        house.clock.advance(jiff::SignedDuration::from_mins(2));
        house.webhook(&ended).await.unwrap();
        house.webhook(&late).await.unwrap();
        house.work().await;
        assert_eq!(phase().await, Phase::Ended, "an older start does not open it again");
        let inbox = house.service.inbox(&house.owner, 10).await.unwrap();
        assert_eq!(inbox.len(), 3, "the duplicate is kept once");
        assert!(inbox.iter().all(|line| line.outcome.is_some()));
        house.clock.advance(jiff::SignedDuration::from_secs(1));
        house.webhook(&house.event("meeting.started", number, 0)).await.unwrap();
        house.work().await;
        assert_eq!(phase().await, Phase::Live, "a newer one does");
    });
}

#[tokio::test]
async fn what_comes_from_the_future_or_from_another_account_changes_nothing_for_good() {
    on_both_engines!(house in House::on => {
        let (id, number) = room_at_zoom(&house).await;
        house.clock.advance(jiff::SignedDuration::from_mins(6));
        let phase = async || house.service.page_by_id(id, None).await.unwrap().card.phase;
        // Three years ahead: it counts as of now, so that what is told later is newer.
        house.webhook(&house.event("meeting.ended", number, 3 * 365 * 86_400)).await.unwrap();
        house.work().await;
        house.clock.advance(jiff::SignedDuration::from_secs(2));
        house.webhook(&house.event("meeting.started", number, 0)).await.unwrap();
        house.work().await;
        assert_eq!(phase().await, Phase::Live);

        house.clock.advance(jiff::SignedDuration::from_secs(2));
        let account = house.sandbox.credentials().account_id;
        let stranger = house.event("meeting.ended", number, 0).replace(&account, "another-account");
        house.webhook(&stranger).await.unwrap();
        house.work().await;
        assert_eq!(phase().await, Phase::Live, "another account's meeting ended");
    });
}

#[tokio::test]
async fn forged_stale_and_unreadable_ones_are_refused_and_the_address_check_is_answered() {
    on_both_engines!(house in House::on => {
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        let secret = house.sandbox.credentials().webhook_secret;
        let now = house.clock.now().as_second();
        let body = r#"{"event":"meeting.started","event_ts":1,"payload":{"object":{"id":"1"}}}"#;
        let send = async |at: i64, signed_with: &str, body: &str| {
            let at = at.to_string();
            house.service.receive_webhook(id, &at, &signature(signed_with, &at, body), body.as_bytes()).await
        };
        assert_eq!(send(now, "another secret", body).await, Err(WebhookRefused::BadSignature));
        assert_eq!(send(now - 301, &secret, body).await, Err(WebhookRefused::OutOfTime));
        assert_eq!(send(now, &secret, "not json").await, Err(WebhookRefused::Unreadable));
        let unsigned = house.service.receive_webhook(id, "", "", body.as_bytes()).await;
        assert_eq!(unsigned, Err(WebhookRefused::BadSignature));
        let nobody = ConnectionId::from_parts(1, [1; 10]);
        let elsewhere = house.service.receive_webhook(nobody, "", "", body.as_bytes()).await;
        assert_eq!(elsewhere, Err(WebhookRefused::NobodyListens));
        assert!(house.service.inbox(&house.owner, 10).await.unwrap().is_empty());

        let check = r#"{"event":"endpoint.url_validation","event_ts":1,"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}"#;
        let Ok(WebhookAnswer::Validation { json }) = send(now, &secret, check).await else { panic!("not answered") };
        assert!(json.contains("qgg8vlvZRS6UYooatFL8Aw") && json.contains("encryptedToken"));
    });
}

#[tokio::test]
async fn what_means_nothing_here_is_kept_as_seen() {
    on_both_engines!(house in House::on => {
        house.webhook(&house.event("meeting.started", 123_456_789, 0)).await.unwrap();
        house.webhook(r#"{"event":"user.created","event_ts":1626230691572,"payload":{"object":{"id":"u"}}}"#).await.unwrap();
        house.work().await;
        let inbox = house.service.inbox(&house.owner, 10).await.unwrap();
        assert_eq!(inbox.iter().filter(|l| l.outcome.as_deref() == Some("seen")).count(), 2);
    });
}
