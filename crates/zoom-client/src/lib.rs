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
#[macro_use]
mod declare;
pub mod accounts;
mod answer;
mod ask;
mod breaker;
mod call;
mod client;
mod document;
pub mod entry;
mod error;
mod extra;
mod held;
mod http;
mod ids;
mod instant;
mod limit;
pub mod meetings;
mod member;
mod null;
pub mod pacing;
mod page;
pub mod panelists;
pub mod past_meetings;
pub mod polls;
mod raw;
pub mod recordings;
mod recurrence;
mod refusal;
pub mod registrants;
pub mod reports;
pub mod roles;
pub mod sdk;
mod secret;
mod send;
mod settings;
pub mod subscriptions;
pub mod summaries;
pub mod surveys;
mod token;
pub mod users;
pub mod webhook;
pub mod webinars;
pub mod zoom_events;

pub use breaker::Rests;
pub use call::{Call, calls};
pub use client::{ClientBuilder, Credentials, Places, ZoomClient};
pub use document::{SettingsDocument, SettingsPart};
pub use error::{CredentialProblem, Error, Executed, Found, InvalidField, Place};
pub use extra::{Extra, is_secret_name};
pub use http::{Timeouts, http_client, local_http_client};
pub use ids::{BadId, MeetingId, MeetingKey, MeetingUuid, UserId, UserKey};
pub use limit::{Limit, next_utc_day};
pub use meetings::{ListedMeeting, Meeting, MeetingChange, MeetingKind, MeetingSettings, NewMeeting};
pub use pacing::{MemoryBook, Terms, Work};
pub use page::{Entries, Page, PageToken};
pub use raw::{RawAnswer, address};
pub use recurrence::{Occurrence, Recurrence, Weekday};
pub use secrecy::{ExposeSecret, SecretString};
pub use token::{KeeperFailure, Kept, MemoryKeeper, Token, TokenKeeper};
pub use users::{NewUser, User, UserKind, Zak};
pub use webinars::{ListedWebinar, NewWebinar, Webinar, WebinarChange, WebinarKind, WebinarSettings};

/// The code in the README is compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
