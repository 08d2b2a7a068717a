//! What Zoom tells us: taken at the door, applied by a job.

mod apply;
pub(crate) mod event;
mod receive;
mod views;

pub use views::{InboxLine, WebhookAnswer, WebhookRefused};
