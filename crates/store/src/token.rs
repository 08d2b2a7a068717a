//! Tokens are given out once and kept as a hash: whoever reads the database cannot use them.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::engine::Value;

/// The SHA-256 of a token, in hexadecimal. A token has at least 128 random bits, so no salt is needed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TokenHash(String);

impl TokenHash {
    /// The hash of what somebody presented.
    pub fn of(token: &str) -> Self {
        Self(hex::encode(Sha256::digest(token.as_bytes())))
    }

    /// Reads a hash from a row or from a form that names a token of a list.
    pub fn parse(text: &str) -> Option<Self> {
        let ok = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        ok.then(|| Self(text.to_owned()))
    }

    /// The hexadecimal text. It opens nothing, but it names the token.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenHash({}…)", self.0.get(..8).unwrap_or_default())
    }
}

impl From<&TokenHash> for Value {
    fn from(hash: &TokenHash) -> Self {
        Self::from(hash.as_str())
    }
}
