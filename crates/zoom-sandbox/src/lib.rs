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
//! Zoom's documents leave room, and this is not all of Zoom: [`fidelity`] says what each operation does here, and
//! [`CHOICES`] every deliberate difference.
//!
//! The order of things: [`world`] is the state and its rules; `settings` knows what can be set; `wire` writes it all as
//! Zoom does; `rest` and `oauth` are the operations; `emulate` takes a call from its first byte to its last, with the
//! faults that were asked for; `hooks` tells subscribers; `call` is the Meeting SDK stand-in; `reach` is the way in by
//! Zoom's own names; `marketplace` is where people make apps; `control` and `workbench` are for those who run it; `table`
//! lists every route; `front` tells calls of the API from everything else.

mod afterwards;
mod answer;
mod app;
mod builder;
pub mod call;
mod connection;
mod control;
mod emulate;
pub mod faults;
mod fidelity;
mod front;
mod given;
mod guard;
mod handle;
pub mod hooks;
mod limits;
mod line;
mod locks;
pub mod log;
mod marketplace;
mod media;
mod oauth;
mod pages;
mod reach;
mod rec;
mod register;
mod renew;
mod rest;
mod seed;
mod settings;
mod shelf;
mod stream;
mod table;
mod wire;
mod workbench;
pub mod world;

pub use builder::{Builder, StartError};
pub use control::{CannotCome, Comer};
pub use faults::{Fault, FaultRule, Faults};
pub use fidelity::{Behaviour, CHOICES, Choice, Fidelity, NEVER, fidelity, fidelity_markdown, speaks_of};
pub use given::Contradiction;
pub use handle::SandboxHandle;
pub use hooks::{AgainError, Delivery, DeliveryFilter, DeliveryState, SubscribeError};
pub use reach::CertificateError;
pub use renew::RenewError;
pub use seed::{Seed, SeedError};
pub use shelf::ShelfError;
pub use table::{Audience, RouteFacts};
pub use world::{Credentials, KeepError, NotAWorld, Plan, Snapshot, World, every_scope, guide_scopes};

/// The pretend Zoom.
#[derive(Clone, Copy, Debug)]
pub struct Sandbox;

impl Sandbox {
    /// Begins to choose how a sandbox is started.
    pub fn builder() -> Builder {
        Builder::default()
    }
}
