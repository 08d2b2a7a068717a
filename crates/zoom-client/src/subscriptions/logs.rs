//! What became of webhooks.

use clock::Timestamp;
use reqwest::Method;

use super::Subscriptions;
use crate::{Call, ask::Ask};

pub(super) static CALL: Call = Call::new("getWebhookLogs", Method::GET, "/marketplace/apps/{appId}/webhook_logs");

kinds! {
    /// Which attempts to list.
    LogKind {
        /// Those that arrived.
        Delivered = 1,
        /// Those that failed.
        Failed = 2,
        /// Both.
        All = 3,
    }
}

impl crate::ask::Param for LogKind {
    fn text(&self) -> String {
        u32::from(*self).to_string()
    }
}

answer! {
    /// One attempt to tell of an event. What was sent and answered is in `extra`, without its secrets.
    WebhookLog {
        /// The event.
        event: String,
        /// The status the receiver answered with.
        status: Option<u32>,
        /// Why it failed, in Zoom's numbers.
        failed_reason_type: Option<u32>,
        /// The address of the receiver.
        endpoint: String,
        /// The subscription's id.
        subscription_id: String,
        /// When it was sent.
        date_time: Option<Timestamp>,
        /// Zoom's id of the delivery.
        trace_id: String,
        /// How many attempts there were before.
        retry_num: Option<u32>,
    }
}

impl Subscriptions {
    /// Attempts of an app (by the app's id, which is not its client id) that failed in the last days, over all pages. Medium.
    pub fn logs(&self, app: &str) -> ListWebhookLogs {
        ListWebhookLogs(Ask::new(&self.0, &CALL, &[&app]))
    }
}

list! {
    /// A list of attempts; await it for all of them.
    ListWebhookLogs of WebhookLog, "webhook_logs" {
        /// Others than the failed ones.
        kind: LogKind = "type",
        /// Of this event only.
        event: String = "event",
        /// From this instant on.
        from: Timestamp = "from",
        /// Up to this instant.
        to: Timestamp = "to",
    }
}
