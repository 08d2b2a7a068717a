//! A Zoom REST client: Server-to-Server OAuth, typed calls, webhook verification, Meeting SDK signature.
//!
//! Addresses, clock, HTTP client, credentials and the place where tokens are kept are given to it. Every error says
//! what the caller can do about it, and whether the request may have been executed at Zoom ([`Error::executed`]):
//! Zoom's creations have no idempotency key, so a lost answer must be looked into before anything is tried again.
//!
//! What opens a meeting as its host (`start_url`) never leaves this crate; passcodes and tokens are
//! [`SecretString`](secrecy::SecretString)s, whose `Debug` prints nothing.
//!
//! ```no_run
//! use std::sync::Arc;
//! use clock::SystemClock;
//! use zoom_client::{Credentials, NewMeeting, Places, UserId, ZoomClient};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let credentials = Credentials::new("account id", "client id", "client secret");
//! let zoom = ZoomClient::new(Places::zoom(), credentials, Arc::new(SystemClock), zoom_client::http_client()?);
//!
//! let start = "2026-12-01T17:00:00Z".parse()?;
//! let class = NewMeeting::new("Kitchen Spanish").starts_at(start).duration(60_u32).agenda("Week 3 of 8");
//! match zoom.meetings().create(&UserId::Me, &class).await {
//!     Ok(meeting) => println!("live at Zoom: {}", meeting.id),
//!     Err(error) if error.executed().is_no() => println!("{error} Try again."),
//!     Err(error) => println!("{error} Look whether Zoom has the meeting before trying again."),
//! }
//! # Ok(())
//! # }
//! ```

#![warn(missing_docs)]

#[macro_use]
mod body;
mod answer;
mod call;
mod client;
mod error;
mod extra;
mod http;
mod ids;
mod instant;
mod limit;
pub mod meetings;
mod null;
mod page;
mod raw;
mod recurrence;
mod refusal;
pub mod sdk;
mod secret;
mod send;
mod settings;
mod token;
pub mod users;
pub mod webhook;
pub mod webinars;

pub use call::{Call, calls};
pub use client::{ClientBuilder, Credentials, Places, ZoomClient};
pub use error::{CredentialProblem, Error, Executed, Found, InvalidField, Place};
pub use extra::{Extra, is_secret_name};
pub use http::{Timeouts, http_client, local_http_client};
pub use ids::{BadId, MeetingId, MeetingUuid, UserId, UserKey};
pub use limit::Limit;
pub use meetings::{ListedMeeting, Meeting, MeetingChange, MeetingKind, MeetingSettings, NewMeeting};
pub use raw::RawAnswer;
pub use recurrence::{Occurrence, Recurrence, Weekday};
pub use secrecy::{ExposeSecret, SecretString};
pub use token::{KeeperFailure, Kept, MemoryKeeper, Token, TokenKeeper};
pub use users::{NewUser, User, UserKind, Zak};
pub use webinars::{ListedWebinar, NewWebinar, Webinar, WebinarChange, WebinarKind, WebinarSettings};
