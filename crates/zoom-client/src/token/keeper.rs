//! Where a token is kept between calls, restarts and processes.

use std::{
    fmt,
    pin::Pin,
    sync::{Mutex, PoisonError},
};

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
    /// Keeps `token` instead of what was kept before.
    fn store(&self, token: Token) -> Kept<'_, ()>;
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
