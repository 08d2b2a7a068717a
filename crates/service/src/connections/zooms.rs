//! One Zoom client for each connection, made from its row and kept until the row changes.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use clock::{SharedClock, SharedEntropy};
use jiff::Timestamp;
use model::ConnectionId;
use secrecy::ExposeSecret as _;
use store::{
    Store,
    connection::{Connection, KeptToken},
};
use zoom_client::{ClientBuilder, Credentials, KeeperFailure, Kept, Places, Rests, Token, TokenKeeper, ZoomClient};

use crate::{
    error::{Error, Result},
    outbox::Pace,
    quota::book::DatabaseBook,
    settings::Settings,
};

/// The clients of this process.
pub(crate) struct Zooms {
    places: Places,
    http: reqwest::Client,
    clock: SharedClock,
    entropy: SharedEntropy,
    store: Store,
    rests: Rests,
    made: Mutex<HashMap<ConnectionId, (Timestamp, ZoomClient)>>,
}

impl Zooms {
    pub(crate) fn new(
        settings: &Settings,
        store: &Store,
        clock: &SharedClock,
        entropy: &SharedEntropy,
        pace: &Pace,
    ) -> Result<Self> {
        let places = Places::new(settings.zoom.oauth.clone(), settings.zoom.api.clone());
        let http = if places.is_local() { zoom_client::local_http_client() } else { zoom_client::http_client() };
        let http = http.map_err(|e| Error::Internal(format!("no HTTP client can be made: {e}")))?;
        let rests = Rests { longest: pace.longest_wait.min(Rests::default().longest), ..Rests::default() };
        let (clock, entropy) = (SharedClock::clone(clock), SharedEntropy::clone(entropy));
        Ok(Self { places, http, clock, entropy, store: store.clone(), rests, made: Mutex::default() })
    }

    /// The client of a connection as its row is now. Clones share token and single flight.
    pub(crate) fn of(&self, connection: &Connection) -> ZoomClient {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((version, client)) = made.get(&connection.id)
            && *version == connection.updated_at
        {
            return client.clone();
        }
        let keeper = DatabaseKeeper { store: self.store.clone(), connection: connection.id };
        let book = DatabaseBook::new(self.store.clone(), SharedClock::clone(&self.clock), connection.id);
        let builder = self.builder(&credentials_of(connection)).keeper(Arc::new(keeper)).book(Arc::new(book));
        let client = builder.rests(self.rests).build();
        made.insert(connection.id, (connection.updated_at, client.clone()));
        client
    }

    /// A client for credentials that are only being tested: its token is kept nowhere, and it asks whatever was before.
    pub(crate) fn to_test(&self, credentials: &Credentials) -> ZoomClient {
        self.builder(credentials).rests(Rests::never()).build()
    }

    fn builder(&self, credentials: &Credentials) -> ClientBuilder {
        let clock = SharedClock::clone(&self.clock);
        let builder = ZoomClient::builder(self.places.clone(), credentials.clone(), clock, self.http.clone());
        builder.entropy(SharedEntropy::clone(&self.entropy))
    }
}

fn credentials_of(connection: &Connection) -> Credentials {
    Credentials::new(&connection.account_id, &connection.client_id, connection.client_secret.expose_secret())
}

/// A token as its connection's row keeps it.
pub(super) fn kept(token: &Token) -> KeptToken {
    KeptToken { token: token.to_secret(), expires_at: token.expires_at(), scopes: token.scopes().join(" ") }
}

/// Keeps the token sealed in the connection's row, so that all processes share it.
#[derive(Debug)]
struct DatabaseKeeper {
    store: Store,
    connection: ConnectionId,
}

impl TokenKeeper for DatabaseKeeper {
    fn load(&self) -> Kept<'_, Option<Token>> {
        Box::pin(async {
            let failed = |e: store::Error| KeeperFailure(e.to_string());
            let mut reader = self.store.read().await.map_err(failed)?;
            let kept = store::connection::token(&mut reader, self.connection).await.map_err(failed)?;
            Ok(kept.and_then(|kept| Token::from_secret(&kept.token)))
        })
    }

    fn store(&self, token: Token) -> Kept<'_, ()> {
        Box::pin(async move {
            let (kept, id) = (&kept(&token), self.connection);
            let write = |mut tx| async move { store::connection::put_token(&mut tx, id, kept).await };
            self.store.write(write).await.map_err(|e: store::Error| KeeperFailure(e.to_string()))
        })
    }

    fn claim(&self, now: Timestamp, until: Timestamp) -> Kept<'_, bool> {
        Box::pin(async move {
            let id = self.connection;
            let write = |mut tx| async move { store::connection::claim_token(&mut tx, id, now, until).await };
            self.store.write(write).await.map_err(|e: store::Error| KeeperFailure(e.to_string()))
        })
    }

    fn release(&self) -> Kept<'_, ()> {
        Box::pin(async move {
            let id = self.connection;
            let write = |mut tx| async move { store::connection::release_token(&mut tx, id).await };
            self.store.write(write).await.map_err(|e: store::Error| KeeperFailure(e.to_string()))
        })
    }
}
