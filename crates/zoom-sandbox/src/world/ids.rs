//! Ids and secrets of the lengths Zoom's have; the opaque ones begin `sbx`.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use clock::Entropy;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789Qz";

pub(super) fn draw<const N: usize>(entropy: &dyn Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes);
    bytes
}

/// `start` and random letters up to `length` characters.
fn text(entropy: &dyn Entropy, start: &str, length: usize) -> String {
    let mut text = String::with_capacity(length);
    text.push_str(start);
    let mut bytes = vec![0; length.saturating_sub(start.len())];
    entropy.fill(&mut bytes);
    let letters = bytes.iter().filter_map(|byte| LETTERS.get(usize::from(*byte) % LETTERS.len()));
    text.extend(letters.map(|letter| char::from(*letter)));
    text
}

/// An id or secret of `length` characters that begins `sbx`.
pub(crate) fn opaque(entropy: &dyn Entropy, length: usize) -> String {
    text(entropy, "sbx", length)
}

/// The `pwd` of a join link: 32 characters and `.1`.
pub(crate) fn encrypted_passcode(entropy: &dyn Entropy) -> String {
    format!("{}.1", opaque(entropy, 32))
}

/// Six digits, for telephones and room systems.
pub(crate) fn digits(entropy: &dyn Entropy) -> String {
    format!("{:06}", u32::from_le_bytes(draw(entropy)) % 1_000_000)
}

/// A personal meeting id: ten digits.
pub(crate) fn pmi(entropy: &dyn Entropy) -> i64 {
    1_000_000_000 + i64::from(u32::from_le_bytes(draw(entropy))) % 8_999_999_999_i64.min(i64::from(u32::MAX))
}

/// A meeting number: eleven digits as a rule, ten or nine now and then, because programs must take them all.
pub(crate) fn number(entropy: &dyn Entropy) -> i64 {
    let [shape, rest @ ..] = draw::<9>(entropy);
    let drawn = i64::from_le_bytes(rest).unsigned_abs();
    let (floor, span) = match shape % 16 {
        0 => (100_000_000_u64, 900_000_000),
        1 | 2 => (1_000_000_000, 9_000_000_000),
        _ => (80_000_000_000, 19_999_999_999),
    };
    i64::try_from(floor + drawn % span).unwrap_or(80_000_000_000)
}

/// An instance's UUID: base64 of 16 bytes. One in eight begins with `/`, one in eight contains `//`: those must be
/// encoded twice in a path, and would otherwise be too rare to find the programs that forget it.
pub(crate) fn uuid(entropy: &dyn Entropy) -> String {
    let shape = draw::<1>(entropy);
    let mut bytes = draw::<16>(entropy);
    match shape.map(|byte| byte % 8) {
        [0] => {
            let [first, ..] = &mut bytes;
            *first |= 0xFC;
        }
        [1] => {
            let [_, _, _, third, fourth, ..] = &mut bytes;
            *third = 0xFF;
            *fourth |= 0xF0;
        }
        _ => {}
    }
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use clock::SeededEntropy;

    use super::*;

    #[test]
    fn numbers_have_nine_to_eleven_digits_and_all_three_lengths_occur() {
        let entropy = SeededEntropy::new(1);
        let lengths: std::collections::BTreeSet<_> = (0..200).map(|_| number(&entropy).to_string().len()).collect();
        assert_eq!(lengths.into_iter().collect::<Vec<_>>(), [9, 10, 11]);
    }

    #[test]
    fn uuids_are_base64_of_sixteen_bytes_and_the_awkward_ones_occur() {
        let entropy = SeededEntropy::new(2);
        let uuids: Vec<_> = (0..100).map(|_| uuid(&entropy)).collect();
        assert!(uuids.iter().all(|uuid| STANDARD.decode(uuid).is_ok_and(|bytes| bytes.len() == 16)));
        assert!(uuids.iter().any(|uuid| uuid.starts_with('/')));
        assert!(uuids.iter().any(|uuid| uuid.contains("//")));
    }

    #[test]
    fn opaque_ids_have_the_length_asked_for_and_say_where_they_are_from() {
        let id = opaque(&SeededEntropy::new(3), 22);
        assert_eq!(id.len(), 22);
        assert!(id.starts_with("sbx"));
        assert_eq!(pmi(&SeededEntropy::new(3)).to_string().len(), 10);
    }
}
