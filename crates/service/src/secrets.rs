//! Secrets that we hand out: random text of which only a hash is kept.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use clock::Entropy;
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};

/// A new secret of 32 random bytes, as text that fits in addresses and cookies. `prefix` tells people and scanners
/// what they have found.
pub(crate) fn new_secret(entropy: &dyn Entropy, prefix: &str) -> SecretString {
    let mut bytes = [0_u8; 32];
    entropy.fill(&mut bytes);
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes)).into()
}

/// SHA-256 of bytes, in hex.
pub(crate) fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use clock::SeededEntropy;
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn two_secrets_differ_and_begin_with_what_they_are() {
        let entropy = SeededEntropy::new(1);
        let (a, b) = (new_secret(&entropy, "er_"), new_secret(&entropy, "er_"));
        assert_eq!(a.expose_secret().len(), 3 + 43);
        assert!(a.expose_secret().starts_with("er_"));
        assert_ne!(a.expose_secret(), b.expose_secret());
    }
}
