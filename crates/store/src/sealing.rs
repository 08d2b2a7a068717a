//! Secrets at rest: sealed under a key of the ring, bound to the table, column and row they stand in.

use std::fmt;

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use clock::Entropy;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::error::{Error, Result};

const KEY_BYTES: usize = 32;
const ID_BYTES: usize = 4;
const NONCE_BYTES: usize = 24;

/// Base64, with or without its padding: keys are pasted from many places.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Where a sealed value stands; it opens nowhere else.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) table: &'static str,
    pub(crate) column: &'static str,
    pub(crate) row: &'a str,
}

impl Place<'_> {
    /// The place as associated data: no name holds a zero byte, so two places never give the same bytes.
    fn bytes(&self) -> Vec<u8> {
        [self.table.as_bytes(), self.column.as_bytes(), self.row.as_bytes()].join(&0)
    }

    pub(crate) fn corrupt(&self) -> Error {
        Error::Corrupt { table: self.table, row: self.row.to_owned(), column: self.column }
    }
}

/// A name of a key that tells nothing of it: the first bytes of a hash over it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyId([u8; ID_BYTES]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

struct Key {
    id: KeyId,
    bytes: Zeroizing<[u8; KEY_BYTES]>,
}

impl Key {
    fn new(bytes: Zeroizing<[u8; KEY_BYTES]>) -> Self {
        let digest = Sha256::new().chain_update(b"eroom key id\0").chain_update(*bytes).finalize();
        let mut id = [0; ID_BYTES];
        id.iter_mut().zip(digest.iter()).for_each(|(to, from)| *to = *from);
        Self { id: KeyId(id), bytes }
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.bytes).into())
    }
}

/// The keys that open what is sealed here. The newest seals; the older ones stay until nothing needs them.
pub struct KeyRing {
    newest: Key,
    older: Vec<Key>,
}

impl KeyRing {
    /// Reads a key text: keys of 32 bytes in base64, separated by white space or commas, the newest last. Lines that
    /// begin with `#` are remarks.
    ///
    /// ```
    /// let ring = store::KeyRing::parse("# made in May\nMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")?;
    /// assert_eq!(format!("{ring:?}"), "KeyRing(1 key)");
    /// # Ok::<(), store::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self> {
        let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
        let words = lines.flat_map(|line| line.split([' ', '\t', ','])).filter(|word| !word.is_empty());
        let mut older = words.map(parse_key).collect::<Result<Vec<_>>>()?;
        let newest = older.pop().ok_or(Error::BadKey { why: "is empty" })?;
        Ok(Self { newest, older })
    }

    /// A ring of one new key.
    pub fn generate(entropy: &dyn Entropy) -> Self {
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        entropy.fill(bytes.as_mut());
        Self { newest: Key::new(bytes), older: Vec::new() }
    }

    /// The ring as [`KeyRing::parse`] reads it, one key to a line.
    pub fn to_text(&self) -> SecretString {
        let mut text = Zeroizing::new(String::new());
        for key in self.keys() {
            text.push_str(&Zeroizing::new(BASE64.encode(*key.bytes)));
            text.push('\n');
        }
        SecretString::from(text.as_str())
    }

    fn keys(&self) -> impl Iterator<Item = &Key> {
        self.older.iter().chain([&self.newest])
    }

    pub(crate) fn newest_id(&self) -> KeyId {
        self.newest.id
    }

    /// Seals `plain` for `place`: key id, nonce, then the ciphertext with its tag.
    pub(crate) fn seal(&self, entropy: &dyn Entropy, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE_BYTES];
        entropy.fill(&mut nonce);
        let payload = Payload { msg: plain, aad: &place.bytes() };
        let sealed = self.newest.cipher().encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| Error::Unstorable { table: place.table, column: place.column })?;
        Ok([self.newest.id.0.as_slice(), &nonce, &sealed].concat())
    }

    /// Opens what [`KeyRing::seal`] made for this very place.
    pub(crate) fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let (id, rest) = sealed.split_first_chunk::<ID_BYTES>().ok_or_else(|| place.corrupt())?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>().ok_or_else(|| place.corrupt())?;
        let id = KeyId(*id);
        let key = self.keys().find(|key| key.id == id).ok_or_else(|| Error::WrongKey { key_id: id.to_string() })?;
        let payload = Payload { msg: sealed, aad: &place.bytes() };
        let plain = key.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| place.corrupt())?;
        Ok(Zeroizing::new(plain))
    }

    /// Opens a sealed text.
    pub(crate) fn open_text(&self, place: Place<'_>, sealed: &[u8]) -> Result<SecretString> {
        let plain = self.open(place, sealed)?;
        let text = std::str::from_utf8(&plain).map_err(|_| place.corrupt())?;
        Ok(SecretString::from(text))
    }

    pub(crate) fn seal_text(&self, entropy: &dyn Entropy, place: Place<'_>, text: &SecretString) -> Result<Vec<u8>> {
        self.seal(entropy, place, text.expose_secret().as_bytes())
    }
}

fn parse_key(word: &str) -> Result<Key> {
    let decoded = BASE64.decode(word).map_err(|_| Error::BadKey { why: "is not base64" })?;
    let decoded = Zeroizing::new(decoded);
    let bytes =
        <[u8; KEY_BYTES]>::try_from(decoded.as_slice()).map_err(|_| Error::BadKey { why: "is not of 32 bytes" })?;
    Ok(Key::new(Zeroizing::new(bytes)))
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = self.older.len() + 1;
        write!(f, "KeyRing({keys} key{})", if keys == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use clock::{SeededEntropy, SystemEntropy};
    use proptest::prelude::*;

    use super::*;

    const HERE: Place<'_> = Place { table: "room", column: "passcode", row: "a" };

    fn ring(seed: u64) -> KeyRing {
        KeyRing::generate(&SeededEntropy::new(seed))
    }

    #[test]
    fn an_old_key_opens_and_the_newest_seals() {
        let old = ring(1);
        let sealed = old.seal(&SystemEntropy, HERE, b"before").unwrap();
        let text = format!("{}\n{}", old.to_text().expose_secret(), ring(2).to_text().expose_secret());
        let both = KeyRing::parse(&text).unwrap();
        assert_eq!(both.open(HERE, &sealed).unwrap().as_slice(), b"before");
        let sealed = both.seal(&SystemEntropy, HERE, b"after").unwrap();
        assert_eq!(ring(2).open(HERE, &sealed).unwrap().as_slice(), b"after");
        assert!(matches!(old.open(HERE, &sealed), Err(Error::WrongKey { .. })));
    }

    #[test]
    fn a_key_text_that_is_none_is_refused_without_being_repeated() {
        for text in ["", "# only a remark", "c2hvcnQ=", "not base64!"] {
            let error = KeyRing::parse(text).unwrap_err();
            assert!(matches!(error, Error::BadKey { .. }), "{error}");
            assert!(!error.to_string().contains("c2hvcnQ"), "{error}");
        }
    }

    #[test]
    fn nothing_of_a_key_is_printed() {
        let ring = ring(3);
        assert_eq!(format!("{ring:?}"), "KeyRing(1 key)");
        assert!(!format!("{:?}", ring.to_text()).contains(ring.to_text().expose_secret().trim()));
    }

    proptest! {
        #[test]
        fn any_bytes_come_back_and_never_stand_in_clear(plain in prop::collection::vec(any::<u8>(), 0..400), seed: u64) {
            let ring = ring(seed);
            let sealed = ring.seal(&SystemEntropy, HERE, &plain).unwrap();
            prop_assert_eq!(sealed.len(), plain.len() + ID_BYTES + NONCE_BYTES + 16);
            let opened = ring.open(HERE, &sealed).unwrap();
            prop_assert_eq!(opened.as_slice(), plain.as_slice());
            if plain.len() > 8 {
                prop_assert!(!sealed.windows(plain.len()).any(|part| part == plain));
            }
            prop_assert_ne!(sealed, ring.seal(&SystemEntropy, HERE, &plain).unwrap());
        }

        #[test]
        fn what_was_moved_to_another_place_does_not_open(table in 0..2_usize, column in 0..2_usize, row in "[a-b]{0,2}") {
            let there = Place { table: ["room", "roo"][table], column: ["passcode", "mpasscode"][column], row: &row };
            let ring = ring(7);
            let sealed = ring.seal(&SystemEntropy, HERE, b"secret").unwrap();
            let same = (table, column, row.as_str()) == (0, 0, "a");
            prop_assert_eq!(ring.open(there, &sealed).is_ok(), same);
        }

        #[test]
        fn what_was_changed_or_cut_does_not_open(at in any::<prop::sample::Index>(), bit in 0..8_u8, cut in any::<bool>()) {
            let ring = ring(7);
            let mut sealed = ring.seal(&SystemEntropy, HERE, b"secret").unwrap();
            let at = at.index(sealed.len());
            if cut { sealed.truncate(at) } else { sealed[at] ^= 1 << bit }
            prop_assert!(ring.open(HERE, &sealed).is_err());
        }

        #[test]
        fn any_key_text_is_answered(text in any::<String>()) {
            prop_assert!(KeyRing::parse(&text).is_err());
        }
    }
}
