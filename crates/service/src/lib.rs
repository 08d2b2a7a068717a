//! What eRoom does: use cases and background jobs.
//!
//! [`Service`] is cheap to clone and is what every surface (pages, JSON API, command line) calls. Whatever a member
//! does takes an [`Actor`]; rights are asked inside. Writes to Zoom go through the outbox and are carried out by the
//! [`Worker`]; a visitor's request never calls Zoom.

mod actor;
mod address;
mod audit;
mod client_key;
pub mod connections;
pub mod console;
pub mod doctor;
mod error;
mod health;
pub mod hosts;
mod limits;
pub mod members;
pub mod outbox;
mod patience;
pub mod quota;
pub mod rooms;
mod secrets;
mod service;
mod settings;
pub mod setup;
pub mod signing_in;
pub mod verify;
pub mod visits;
pub mod webhooks;

pub use actor::{Actor, Via};
pub use address::{Arrival, NOT_MINE};
pub use audit::AuditLine;
pub use client_key::ClientKey;
pub use connections::{
    ConnectionDraft, ConnectionHealth, ConnectionView, Farewell, Outcome, RoomsThen, Saved, Step, StepName, TestReport,
};
pub use error::{Error, Result};
pub use health::NotReady;
pub use hosts::{Account, HostFilter, KnownHost};
pub use members::{MemberDraft, MemberView};
pub use outbox::{Pace, Worker};
pub use rooms::{Adoption, Decision, Listing, Once, OnceKey, RoomFilter, RoomView, Start, When, Work};
pub use service::Service;
pub use settings::{Settings, ZoomPlaces};
pub use signing_in::{ApiTokenView, LinkPurpose, SessionToken};
pub use visits::{Cover, EntryRequest, Grant, JoinPacket, NoBrowserJoin, RoomCard, RoomPage, Site};
pub use webhooks::{InboxLine, WebhookAnswer, WebhookRefused};
