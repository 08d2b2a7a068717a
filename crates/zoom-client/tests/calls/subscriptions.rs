//! An app subscribes to events, and reads what became of them.

use std::time::Duration;

use zoom_client::{
    Error, NewMeeting, UserId,
    subscriptions::{LogKind, NewSubscription, SubscriptionScope, WebhookHeader, WebhookHeaderKind},
};

use crate::{receiver, world::World};

pub(crate) const SUBSCRIPTIONS: &[&str] = &[
    "getUserEventSubscriptions",
    "createEventSubscription",
    "subscribeEventSubscription",
    "unSubscribeEventSubscription",
    "deleteEventSubscription",
    "getWebhookLogs",
];

#[tokio::test]
async fn an_app_subscribes_changes_whom_it_hears_of_reads_its_log_and_leaves() {
    let world = World::begin().await;
    let credentials = world.sandbox.credentials();
    let url = receiver::listen(&credentials.webhook_secret, true);
    let subscriptions = world.zoom.subscriptions();
    let (member, _) = world.member();
    let header = WebhookHeader::new(WebhookHeaderKind::Basic).username("zoom").password("canary-pass".to_owned());
    assert!(!format!("{header:?}").contains("canary"));
    let new = NewSubscription::new(vec!["meeting.created".to_owned()], url.clone(), SubscriptionScope::User)
        .name("Site")
        .user_ids(vec![member.to_string()])
        .account_id("me")
        .custom_header(header);
    let id = subscriptions.create(&new).await.unwrap();
    let listed = subscriptions.list("me", &member).scope(SubscriptionScope::User).await.unwrap();
    assert_eq!((&listed[0].id, &listed[0].receiver, &*listed[0].name), (&id, &url, "Site"));
    assert_eq!(listed[0].events, ["meeting.created"]);

    let (owner, hears) = (UserId::Me, |list: Vec<zoom_client::subscriptions::EventSubscription>| !list.is_empty());
    subscriptions.subscribe(&id, "me", std::slice::from_ref(&owner)).await.unwrap();
    assert!(hears(subscriptions.list("me", &owner).scope(SubscriptionScope::User).await.unwrap()));
    subscriptions.unsubscribe(&id, "me", std::slice::from_ref(&owner)).await.unwrap();
    assert!(!hears(subscriptions.list("me", &owner).scope(SubscriptionScope::User).await.unwrap()));

    world.zoom.meetings().create(&member, &NewMeeting::new("Heard?")).await.unwrap();
    let mut logs = Vec::new();
    for _ in 0..100 {
        logs = subscriptions.logs(&credentials.app_id).kind(LogKind::Failed).await.unwrap();
        if !logs.is_empty() {
            break;
        }
        tokio::task::spawn_blocking(|| std::thread::sleep(Duration::from_millis(50))).await.unwrap();
    }
    assert_eq!((&*logs[0].event, logs[0].status, &logs[0].subscription_id), ("meeting.created", Some(500), &id));
    assert!(subscriptions.logs(&credentials.app_id).event("user.updated").await.unwrap().is_empty());

    subscriptions.delete(&id).await.unwrap();
    let gone = subscriptions.subscribe(&id, "me", &[owner]).await.unwrap_err();
    assert!(gone.executed().is_no() && matches!(gone, Error::NotFound { .. } | Error::Refused { .. }), "{gone:?}");
    world.sent(SUBSCRIPTIONS);
}
