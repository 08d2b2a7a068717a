//! Passwords: rules, hashing (argon2id) and checking, away from the threads that serve requests.

use std::{
    fmt,
    sync::{LazyLock, mpsc},
    thread,
};

use argon2::{Algorithm, Argon2, Block, Params, Version, password_hash::phc::PasswordHash};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use clock::Entropy;
use model::Problem;
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;
use tokio::sync::oneshot;

use crate::error::{Error, Result};

/// The fewest characters of a password.
pub(crate) const MIN: usize = 10;
/// The most, so that nobody makes us hash a novel.
const MAX: usize = 1_000;

/// A hash of no password, with the same cost: checked where the address is unknown, so that both take as long.
const NOBODYS: &str =
    "$argon2id$v=19$m=9216,t=4,p=1$ZXJvb20tbm9ib2R5LXNhbHQ$+dxg5dxQvzqPHvONDlNuhU2lDJ2QFq7yqMoPRFAaIHY";

/// What argon2id fills, kept from one password to the next: given back, an allocator would hold on to it in pieces, and
/// every few passwords take as much again for good.
type Memory = Vec<Block>;
type Work = Box<dyn FnOnce(&mut Memory) + Send>;

/// The one thread that hashes, with the one memory for it.
static HASHER: LazyLock<mpsc::Sender<Work>> = LazyLock::new(|| {
    let (sender, works) = mpsc::channel::<Work>();
    let hash = move || {
        let mut memory = Memory::new();
        for work in works {
            work(&mut memory);
        }
    };
    // Where no thread can be had, what is sent is dropped, and whoever waits for it is told.
    drop(thread::Builder::new().name("passwords".into()).spawn(hash));
    sender
});

const LENGTH: usize = 32;

/// One of the equally strong choices that OWASP lists for argon2id: 9 MiB, four passes, one lane.
fn params() -> Result<Params> {
    Params::new(9 * 1024, 4, 1, Some(LENGTH)).map_err(internal)
}

fn internal(error: impl fmt::Display) -> Error {
    Error::Internal(error.to_string())
}

/// Argon2id of a password, as many bytes as `out` has.
fn argon2id(params: Params, password: &SecretString, salt: &[u8], out: &mut [u8], memory: &mut Memory) -> Result<()> {
    let blocks = params.block_count();
    if memory.len() < blocks {
        memory.resize(blocks, Block::new());
    }
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into_with_memory(password.expose_secret().as_bytes(), salt, out, memory).map_err(internal)
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
    aside(move |memory| {
        let (params, mut out) = (params()?, [0_u8; LENGTH]);
        let costs = format!("m={},t={},p={}", params.m_cost(), params.t_cost(), params.p_cost());
        argon2id(params, &password, &salt, &mut out, memory)?;
        let (salt, out) = (STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(out));
        Ok(SecretString::from(format!("$argon2id$v=19${costs}${salt}${out}")))
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
    aside(move |memory| {
        let known = stored.is_some();
        let text = stored.unwrap_or_else(|| NOBODYS.into());
        let hash = PasswordHash::new(text.expose_secret()).map_err(internal)?;
        let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else {
            return Err(internal("a stored password has no salt or no hash"));
        };
        let params = Params::try_from(&hash).map_err(internal)?;
        let mut out = vec![0_u8; expected.as_bytes().len()];
        argon2id(params, &password, salt.as_ref(), &mut out, memory)?;
        Ok(bool::from(out.ct_eq(expected.as_bytes())) && known)
    })
    .await
}

async fn aside<T: Send + 'static>(work: impl FnOnce(&mut Memory) -> Result<T> + Send + 'static) -> Result<T> {
    let (done, answer) = oneshot::channel();
    let work = Box::new(move |memory: &mut Memory| drop(done.send(work(memory))));
    let gone = || internal("the thread that hashes passwords is gone");
    HASHER.send(work).map_err(|_| gone())?;
    answer.await.map_err(|_| gone())?
}

#[cfg(test)]
mod tests {
    use argon2::PasswordHasher as _;
    use clock::SeededEntropy;

    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_hash_and_nothing_fits_nobodys() {
        let password = SecretString::from("correct horse battery");
        let stored = hash(&password, &SeededEntropy::new(7)).await.unwrap();
        assert!(stored.expose_secret().starts_with("$argon2id$v=19$m=9216,t=4,p=1$"));
        assert!(fits(&password, Some(stored.clone())).await.unwrap());
        assert!(!fits(&"wrong horse battery".into(), Some(stored)).await.unwrap());
        assert!(!fits(&password, None).await.unwrap());
    }

    #[tokio::test]
    async fn a_hash_of_another_cost_still_fits() {
        let stored = "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IGhlcmU$".to_owned();
        let params = Params::new(19_456, 2, 1, None).unwrap();
        let other = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let hash = other.hash_password_with_salt(b"correct horse battery", b"some salt here").unwrap().to_string();
        assert!(hash.starts_with(&stored), "{hash}");
        assert!(fits(&"correct horse battery".into(), Some(hash.into())).await.unwrap());
    }

    #[test]
    fn nine_characters_are_too_few_and_ten_of_any_script_are_enough() {
        assert!(check("password", &"123456789".into()).is_err());
        check("password", &"ありがとうございます".into()).unwrap();
    }
}
