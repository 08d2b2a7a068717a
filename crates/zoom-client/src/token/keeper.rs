//! Where a token is kept between calls, restarts and processes.

use std::{
    fmt,
    pin::Pin,
    sync::{Mutex, PoisonError},
};

use clock::Timestamp;

use super::Token;

/// What a keeper answers, some time.
pub type Kept<'a, T> = Pin<Box<dyn Future<Output = Result<T, KeeperFailure>> + Send + 'a>>;

/// A keeper could not do its work. The client logs it and goes on with a token of its own.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the access token could not be kept: {0}")]
pub struct KeeperFailure(pub String);

/// Keeps one account's access token. What it is given must be stored sealed: [`Token::to_secret`].
pub trait TokenKeeper: Send + Sync + fmt::Debug {
    /// The token last kept, fresh or not.
    fn load(&self) -> Kept<'_, Option<Token>>;
    /// Keeps `token` instead of what was kept before, and ends a claim.
    fn store(&self, token: Token) -> Kept<'_, ()>;
    /// Whether this process is to fetch the next token, which it has until `until` for; another process has not claimed
    /// that. For keepers that only one process uses that is always so.
    fn claim(&self, now: Timestamp, until: Timestamp) -> Kept<'_, bool> {
        let _ = (now, until);
        Box::pin(async { Ok(true) })
    }
    /// Ends a claim without a token.
    fn release(&self) -> Kept<'_, ()> {
        Box::pin(async { Ok(()) })
    }
}

/// Keeps a token in memory.
#[derive(Debug, Default)]
pub struct MemoryKeeper(Mutex<Option<Token>>);

impl TokenKeeper for MemoryKeeper {
    fn load(&self) -> Kept<'_, Option<Token>> {
        Box::pin(async { Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()) })
    }

    fn store(&self, token: Token) -> Kept<'_, ()> {
        Box::pin(async {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(token);
            Ok(())
        })
    }
}
