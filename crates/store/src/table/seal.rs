//! `seal`: which keys have sealed something in this database, each with a proof that only it opens.

use jiff::Timestamp;

use crate::{
    engine::{params, sql},
    error::{Error, Result},
    sealing::{KeyRing, Place},
    tx::Tx,
};

/// What every proof says when it is opened.
const WORDS: &[u8] = b"this key belongs to this database";

/// A key's proof.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct Proof {
    key_id: String,
    proof: Vec<u8>,
}

fn place(key_id: &str) -> Place<'_> {
    Place { table: "seal", column: "proof", row: key_id }
}

impl Proof {
    /// The proof of the key that seals now.
    fn make(tx: &Tx) -> Result<Self> {
        let key_id = tx.keys().newest_id().to_string();
        let proof = tx.seal(place(&key_id), WORDS)?;
        Ok(Self { key_id, proof })
    }

    /// Whether this is of the key that seals now.
    pub(crate) fn is_of_newest(&self, ring: &KeyRing) -> bool {
        self.key_id == ring.newest_id().to_string()
    }

    /// Whether the ring holds the key that made this.
    pub(crate) fn check(&self, ring: &KeyRing) -> Result<()> {
        let opened = ring.open(place(&self.key_id), &self.proof);
        if opened.is_ok_and(|words| words.as_slice() == WORDS) {
            Ok(())
        } else {
            Err(Error::WrongKey { key_id: self.key_id.clone() })
        }
    }
}

/// Notes the key that seals from now on. Two machines may have started on one new database, each with a key of its own:
/// the second one sees here what the first has noted, and is refused.
pub(crate) async fn note(tx: &mut Tx, now: Timestamp) -> Result<()> {
    let ring = tx.keys();
    let proofs: Vec<Proof> = tx.rows("reading the keys' proofs", sql!("seal/list"), params![]).await?;
    for proof in &proofs {
        proof.check(&ring)?;
    }
    let proof = Proof::make(tx)?;
    tx.run("noting the key", sql!("seal/note"), params![proof.key_id, proof.proof, now]).await?;
    Ok(())
}
