//! Passwords: rules, hashing (argon2id) and checking, away from the threads that serve requests.

use std::sync::{Arc, LazyLock};

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version, password_hash::phc::PasswordHash,
};
use clock::Entropy;
use model::Problem;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// The fewest characters of a password.
pub(crate) const MIN: usize = 10;
/// The most, so that nobody makes us hash a novel.
const MAX: usize = 1_000;

/// A hash of no password, with the same cost: checked where the address is unknown, so that both take as long.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$ZXJvb20tbm9ib2R5LXNhbHQ$+dxg5dxQvzqPHvONDlNuhU2lDJ2QFq7yqMoPRFAaIHY";

/// At most two at a time: each takes 19 MiB.
static AT_ONCE: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(2)));

/// OWASP's choice for argon2id with the least memory: 19 MiB, two passes, one lane.
fn argon() -> Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Whether people may choose this password.
pub(crate) fn check(field: &'static str, password: &SecretString) -> Result<()> {
    let length = password.expose_secret().chars().count();
    if length < MIN {
        return Err(Error::field(field, Problem::TooShort { min: MIN }));
    }
    if length > MAX {
        return Err(Error::field(field, Problem::TooLong { max: MAX }));
    }
    Ok(())
}

/// The text that is stored for a password.
pub(crate) async fn hash(password: &SecretString, entropy: &dyn Entropy) -> Result<SecretString> {
    let mut salt = [0_u8; 16];
    entropy.fill(&mut salt);
    let password = password.clone();
    aside(move || {
        argon()?
            .hash_password_with_salt(password.expose_secret().as_bytes(), &salt)
            .map(|hash| SecretString::from(hash.to_string()))
            .map_err(|e| Error::Internal(e.to_string()))
    })
    .await
}

/// Whether `password` belongs to the stored text; without one (no such member, or none chosen) it takes as long and
/// says no.
pub(crate) async fn fits(password: &SecretString, stored: Option<SecretString>) -> Result<bool> {
    let password = password.clone();
    if password.expose_secret().len() > 4 * MAX {
        return Ok(false);
    }
    aside(move || {
        let known = stored.is_some();
        let text = stored.unwrap_or_else(|| NOBODYS.into());
        let hash = PasswordHash::new(text.expose_secret()).map_err(|e| Error::Internal(e.to_string()))?;
        Ok(argon()?.verify_password(password.expose_secret().as_bytes(), &hash).is_ok() && known)
    })
    .await
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _turn = AT_ONCE.acquire().await.map_err(|e| Error::Internal(e.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Internal(e.to_string()))?
}

#[cfg(test)]
mod tests {
    use clock::SeededEntropy;

    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_hash_and_nothing_fits_nobodys() {
        let password = SecretString::from("correct horse battery");
        let stored = hash(&password, &SeededEntropy::new(7)).await.unwrap();
        assert!(stored.expose_secret().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(fits(&password, Some(stored.clone())).await.unwrap());
        assert!(!fits(&"wrong horse battery".into(), Some(stored)).await.unwrap());
        assert!(!fits(&password, None).await.unwrap());
    }

    #[test]
    fn nine_characters_are_too_few_and_ten_of_any_script_are_enough() {
        assert!(check("password", &"123456789".into()).is_err());
        check("password", &"ありがとうございます".into()).unwrap();
    }
}
