//! A Zoom of our own: a stateful emulator of the REST API, OAuth, webhooks and the Meeting SDK.
//!
//! ```
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! let zoom = zoom_sandbox::Sandbox::builder().seed(1).start().await?;
//! assert!(zoom.api().ends_with("/v2"));
//! assert!(zoom.credentials().account_id.starts_with("sbx"));
//! assert_eq!(zoom.world().people().len(), 5);
//! zoom.stop().await;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where it differs from Zoom
//!
//! Zoom's documents leave room, and this is not all of Zoom. What a reader of its answers should know:
//! - Operations without behaviour check token and scope like the others and answer 501 with a sentence that says so.
//!   So do on-behalf-of tokens.
//! - Of a series (types 8 and 9) lists by time show each occurrence, the others the series once. Months without the day
//!   are left out, weeks begin on Sunday, a series without end has fifty occurrences. A new rule, start or zone undoes
//!   the changes of single occurrences to come.
//! - Calls are counted per account and label in a bucket that holds one second's worth and fills evenly; Zoom names no
//!   window. A strict sliding window is a switch. Refusals count towards the day.
//! - `"60"` is read as 60 and `"true"` as true, as lenient parsers do; what no document names is ignored. The log notes
//!   both. A `page_size` beyond the maximum is read as the maximum.
//! - `pwd=` in join links is the passcode itself.
//! - Who registers again under the same address has the same registration. A cancelled one is in no list. The page
//!   behind `registration_url` does not exist: registrations are made by the API.
//! - Alternative hosts must be licensed users of the account and not the host; otherwise the field is invalid.
//! - Deleting a meeting whose call is on ends the call.
//! - Time is the sandbox's: tokens, ZAKs, page tokens, retries of webhooks and expired numbers follow the steered clock.
//!   Only the three seconds a webhook receiver has are the machine's, and what TLS and sockets go by.
//! - Links into meetings carry the sandbox's own address, also where they were asked for by Zoom's names: in a browser
//!   that knows nothing of the sandbox, a link to zoom.us would lead to the real Zoom.
//! - Webhooks go to this computer only; a delivery that waits for its retry is lost when the sandbox stops.
//!
//! The order of things: [`world`] is the state and its rules; `wire` writes it as Zoom does; `rest` and `oauth` are the
//! operations; `emulate` takes a call from its first byte to its last, with the faults that were asked for; `hooks` tells
//! subscribers; `call` is the Meeting SDK stand-in; `reach` is the way in by Zoom's own names; `control` and `workbench` are for those who run it; `table` lists
//! every route.

mod answer;
mod app;
mod builder;
pub mod call;
mod connection;
mod control;
mod emulate;
pub mod faults;
mod guard;
mod handle;
pub mod hooks;
mod limits;
mod line;
pub mod log;
mod oauth;
mod reach;
mod rest;
mod table;
mod wire;
mod workbench;
pub mod world;

pub use builder::{Builder, StartError};
pub use faults::{Fault, FaultRule, Faults};
pub use handle::SandboxHandle;
pub use hooks::{Delivery, DeliveryState, SubscribeError};
pub use reach::CertificateError;
pub use table::{Audience, RouteFacts};
pub use world::{Credentials, Plan, World};

/// The pretend Zoom.
#[derive(Clone, Copy, Debug)]
pub struct Sandbox;

impl Sandbox {
    /// Begins to choose how a sandbox is started.
    pub fn builder() -> Builder {
        Builder::default()
    }
}
