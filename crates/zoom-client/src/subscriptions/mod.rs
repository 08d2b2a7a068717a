//! Event subscriptions: what Zoom tells an app by webhook, and what became of it.

mod logs;
mod subscription;

pub use logs::{ListWebhookLogs, LogKind, WebhookLog};
pub use subscription::{
    EventSubscription, ListSubscriptions, NewSubscription, SubscriptionScope, WebhookHeader, WebhookHeaderKind,
};

use crate::{Call, ZoomClient};

pub(crate) const CALLS: &[&Call] = &[
    &subscription::LIST,
    &subscription::CREATE,
    &subscription::SUBSCRIBE,
    &subscription::UNSUBSCRIBE,
    &subscription::DELETE,
    &logs::CALL,
];

/// Asks about event subscriptions; from [`ZoomClient::subscriptions`]. Zoom's documents name their rate labels and no
/// scopes; refusals are [`Error::Refused`](crate::Error::Refused), [`Error::Invalid`](crate::Error::Invalid) or
/// [`Error::Forbidden`](crate::Error::Forbidden) with Zoom's words.
#[derive(Clone, Debug)]
pub struct Subscriptions(pub(crate) ZoomClient);
