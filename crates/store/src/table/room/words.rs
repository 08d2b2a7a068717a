//! `room_word`: the words of a room's title, folded in Rust because SQLite folds ASCII only.

use model::{Room, RoomId};
use unicode_normalization::UnicodeNormalization as _;

use crate::{
    engine::{params, sql},
    error::Result,
    tx::Tx,
};

/// The most words that one room is found by, and that one search looks for.
const MOST: usize = 40;

/// The words of a text, each once: compatibility forms made one (NFKC), lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    let mut words: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .take(MOST)
        .collect();
    words.sort();
    words.dedup();
    words
}

pub(super) async fn put(tx: &mut Tx, room: &Room) -> Result<()> {
    drop_all(tx, room.id).await?;
    for word in words(room.title.as_str()) {
        tx.run("noting a room's words", sql!("room_word/insert"), params![room.id, word]).await?;
    }
    Ok(())
}

pub(super) async fn drop_all(tx: &mut Tx, id: RoomId) -> Result<()> {
    tx.run("dropping a room's words", sql!("room_word/delete"), params![id]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_alike_whatever_the_script_and_width() {
        assert_eq!(words("Écriture ÉCRITURE, écriture"), ["écriture"]);
        assert_eq!(words("ＹＯＧＡ yoga"), ["yoga"]);
        assert_eq!(words("week 3 of 8"), ["3", "8", "of", "week"]);
        assert_eq!(words("朝のヨガ"), ["朝のヨガ"]);
        assert!(words("🎉 — !").is_empty());
    }
}
