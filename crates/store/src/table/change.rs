//! `change`: a number that grows with every committed change that visitors can see. Replicas poll it.

use clock::Entropy;

use crate::{
    engine::{Session, params, sql},
    error::Result,
    tx::Reader,
};

/// How many counters share the work. One counter would make every write wait for, or fail on, every other.
const SLOTS: u8 = 64;

/// The sum of all counters: equal to an earlier one only if nothing visible was committed in between.
pub async fn epoch(reader: &mut Reader) -> Result<i64> {
    reader.number("reading the epoch", sql!("change/epoch"), params![]).await
}

/// Counts one more change, inside the transaction that makes it.
pub(crate) async fn bump(session: &mut Session, entropy: &dyn Entropy) -> sqlx::Result<()> {
    let mut random = [0; 1];
    entropy.fill(&mut random);
    let [random] = random;
    session.run(sql!("change/bump"), params![i64::from(random % SLOTS)]).await?;
    Ok(())
}
