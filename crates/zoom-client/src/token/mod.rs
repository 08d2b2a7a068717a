//! Access tokens: what one is, where they are kept, and how one is fetched by one task for all.

mod keeper;
mod mint;
mod minter;

use std::fmt;

use clock::Timestamp;
use jiff::SignedDuration;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

pub use keeper::{KeeperFailure, Kept, MemoryKeeper, TokenKeeper};
pub(crate) use minter::Minter;

/// How long before its end a token is replaced.
const MARGIN: SignedDuration = SignedDuration::from_mins(5);

/// An access token with what Zoom said about it.
#[derive(Clone)]
pub struct Token {
    access: SecretString,
    issued_to: String,
    scopes: Vec<String>,
    api: Option<Url>,
    minted_at: Timestamp,
    expires_at: Timestamp,
    server_time: Option<Timestamp>,
}

impl Token {
    /// What the app may do: granular or classic scopes.
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// When it was fetched.
    pub fn minted_at(&self) -> Timestamp {
        self.minted_at
    }

    /// When it runs out.
    pub fn expires_at(&self) -> Timestamp {
        self.expires_at
    }

    /// How far this clock is ahead of Zoom's (negative: behind), to a second or two. Meeting SDK signatures fail when
    /// it is minutes.
    pub fn clock_ahead(&self) -> Option<SignedDuration> {
        self.server_time.map(|theirs| self.minted_at.duration_since(theirs))
    }

    /// The token as text, to be sealed and stored; [`Token::from_secret`] reads it.
    pub fn to_secret(&self) -> SecretString {
        let stored = Stored {
            access: self.access.expose_secret().to_owned(),
            issued_to: self.issued_to.clone(),
            scopes: self.scopes.clone(),
            api: self.api.clone(),
            minted_at: self.minted_at,
            expires_at: self.expires_at,
        };
        // Texts, instants and an address: serialising them cannot fail.
        serde_json::to_string(&stored).unwrap_or_default().into()
    }

    /// Reads what [`Token::to_secret`] wrote; `None` if it is something else.
    pub fn from_secret(text: &SecretString) -> Option<Self> {
        let stored: Stored = serde_json::from_str(text.expose_secret()).ok()?;
        let Stored { access, issued_to, scopes, api, minted_at, expires_at } = stored;
        Some(Self { access: access.into(), issued_to, scopes, api, minted_at, expires_at, server_time: None })
    }

    pub(crate) fn access(&self) -> &str {
        self.access.expose_secret()
    }

    /// The API's address that the token server named, if it may be followed.
    pub(crate) fn api(&self) -> Option<&Url> {
        self.api.as_ref()
    }

    /// The same, once more without an API host that must not be followed from `api`: the configuration may have changed.
    fn following(self, api: &Url) -> Self {
        let followed = self.api.as_ref().and_then(|named| mint::follow(api, named.as_str()));
        Self { api: followed, ..self }
    }

    /// Whether it should be replaced: five minutes and `early` before its end, or half its life where that is shorter.
    fn is_stale(&self, now: Timestamp, early: SignedDuration) -> bool {
        let half = self.expires_at.duration_since(self.minted_at) / 2;
        self.expires_at.duration_since(now) <= MARGIN.saturating_add(early).min(half)
    }

    fn is_over(&self, now: Timestamp) -> bool {
        self.expires_at <= now
    }

    fn is_same(&self, other: &Self) -> bool {
        self.access() == other.access()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("expires_at", &self.expires_at)
            .field("scopes", &self.scopes.len())
            .finish_non_exhaustive()
    }
}

#[derive(Serialize, Deserialize)]
struct Stored {
    access: String,
    issued_to: String,
    scopes: Vec<String>,
    api: Option<Url>,
    minted_at: Timestamp,
    expires_at: Timestamp,
}
