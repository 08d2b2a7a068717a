//! Hands out a fresh token: one task fetches it, the others wait for the same one.

use std::{
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use clock::{Entropy, SharedClock, Timestamp};
use jiff::SignedDuration;
use reqwest::Client;
use secrecy::SecretString;
use tokio::sync::Mutex;

use super::{
    Token, TokenKeeper,
    mint::{knows, mint},
};
use crate::{Credentials, Error, Place, Places};

#[derive(Debug)]
pub(crate) struct Minter {
    pub(super) places: Places,
    pub(super) credentials: Credentials,
    pub(super) clock: SharedClock,
    pub(super) http: Client,
    pub(super) patience: Duration,
    keeper: Arc<dyn TokenKeeper>,
    current: RwLock<Option<Arc<Token>>>,
    /// Held by whoever fetches; the last failure is for those who waited meanwhile.
    flight: Mutex<Option<Error>>,
    failures: AtomicU64,
    /// So much earlier than it must be a token is replaced: processes that share one should not all notice at once.
    early: SignedDuration,
}

/// How often it is looked whether the process that fetches a token has it.
const LOOK_EVERY: SignedDuration = SignedDuration::from_millis(100);

impl Minter {
    pub(crate) fn new(
        places: Places,
        credentials: Credentials,
        clock: SharedClock,
        http: Client,
        keeper: Arc<dyn TokenKeeper>,
        patience: Duration,
    ) -> Self {
        let (current, flight, failures) = (RwLock::default(), Mutex::default(), AtomicU64::new(0));
        let early = SignedDuration::ZERO;
        Self { places, credentials, clock, http, patience, keeper, current, flight, failures, early }
    }

    /// Replaces its tokens earlier by a part of a minute that is this process's own.
    pub(crate) fn early_by_up_to_a_minute(self, entropy: &dyn Entropy) -> Self {
        let mut dice = [0_u8; 2];
        entropy.fill(&mut dice);
        let early = i64::from(u16::from_le_bytes(dice)) * 59_000 / i64::from(u16::MAX);
        Self { early: SignedDuration::from_millis(early), ..self }
    }

    /// A token that is fresh and is not `refused`, the one Zoom has just turned down. Fetches at most once.
    pub(crate) async fn token(&self, operation: &'static str, refused: Option<&Token>) -> Result<Arc<Token>, Error> {
        if let Some(token) = self.usable(refused) {
            return Ok(token);
        }
        let failures = self.failures.load(Ordering::Acquire);
        let mut flight = self.flight.lock().await;
        if let Some(token) = self.usable(refused) {
            return Ok(token);
        }
        if self.failures.load(Ordering::Acquire) != failures
            && let Some(error) = flight.as_ref()
        {
            // Whoever was fetching while this task waited has failed; asking again at once would be a storm.
            return Err(error.clone());
        }
        if let Some(kept) = self.kept_or_claimed(refused).await {
            return Ok(self.put(kept));
        }
        match mint(self, operation).await {
            Ok(token) => {
                *flight = None;
                Ok(self.keep(token).await)
            }
            Err(error) => {
                if let Err(failure) = self.keeper.release().await {
                    tracing::warn!(%failure, "other processes wait for a token that does not come");
                }
                self.make_do(refused, &error).ok_or_else(|| {
                    *flight = Some(error.clone());
                    self.failures.fetch_add(1, Ordering::Release);
                    error
                })
            }
        }
    }

    /// A fresh token that is kept, or nothing once this process is the one to fetch one. It waits for another process that
    /// is fetching one, but no longer than that may take.
    async fn kept_or_claimed(&self, refused: Option<&Token>) -> Option<Token> {
        let after = |time: SignedDuration| self.clock.now().checked_add(time).unwrap_or(Timestamp::MAX);
        let latest = after(SignedDuration::try_from(self.patience).unwrap_or(SignedDuration::MAX));
        loop {
            if let Some(kept) = self.kept(refused).await {
                return Some(kept);
            }
            let now = self.clock.now();
            let until = after(SignedDuration::try_from(self.patience).unwrap_or(SignedDuration::MAX));
            match self.keeper.claim(now, until).await {
                Ok(false) if now < latest => self.clock.sleep_until(after(LOOK_EVERY)).await,
                // Claimed, or nobody can say who fetches it.
                _ => return None,
            }
        }
    }

    /// A new token, whatever is there.
    pub(crate) async fn renew(&self) -> Result<Arc<Token>, Error> {
        let _flight = self.flight.lock().await;
        let token = mint(self, "oauth/token").await?;
        Ok(self.keep(token).await)
    }

    /// Whether the token server knows this pair of an app of another type.
    pub(crate) async fn knows(&self, id: &str, secret: &SecretString) -> Result<(), Error> {
        knows(self, id, secret).await
    }

    /// Who a token is issued to, and by whom: a kept token of other credentials, or of another server, is not used.
    pub(super) fn issued_to(&self) -> String {
        let Credentials { account_id, client_id, .. } = &self.credentials;
        format!("{account_id} {client_id} {}", self.places.oauth)
    }

    fn current(&self) -> Option<Arc<Token>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn usable(&self, refused: Option<&Token>) -> Option<Arc<Token>> {
        self.current()
            .filter(|token| !token.is_stale(self.clock.now(), self.early) && !refused.is_some_and(|r| r.is_same(token)))
    }

    async fn kept(&self, refused: Option<&Token>) -> Option<Token> {
        let kept = match self.keeper.load().await {
            Ok(kept) => kept?,
            Err(failure) => {
                tracing::warn!(%failure, "fetching a Zoom token of our own");
                return None;
            }
        };
        let newer = refused.is_none_or(|refused| kept.minted_at > refused.minted_at && !kept.is_same(refused));
        let ours = kept.issued_to == self.issued_to() && newer && !kept.is_stale(self.clock.now(), self.early);
        ours.then(|| kept.following(&self.places.api))
    }

    async fn keep(&self, token: Token) -> Arc<Token> {
        if let Err(failure) = self.keeper.store(token.clone()).await {
            tracing::warn!(%failure, "other processes will fetch a Zoom token of their own");
        }
        self.put(token)
    }

    fn put(&self, token: Token) -> Arc<Token> {
        let token = Arc::new(token);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&token));
        token
    }

    /// The token server is out of reach, but the token at hand still has some minutes.
    fn make_do(&self, refused: Option<&Token>, error: &Error) -> Option<Arc<Token>> {
        let out_of_reach = matches!(error, Error::Unreachable { .. } | Error::Unavailable { place: Place::OAuth, .. });
        let token = self.current().filter(|token| !token.is_over(self.clock.now()))?;
        (out_of_reach && !refused.is_some_and(|refused| refused.is_same(&token))).then_some(token)
    }
}
