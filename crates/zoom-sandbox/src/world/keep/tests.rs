//! Stories of the state file: what is written comes back, whatever was changed and wherever writing stopped.

use std::collections::BTreeMap;

use proptest::{collection, prelude::*};
use serde_json::{Map, json};

use super::*;
use crate::world::{Shared, Table};

/// The shapes that worlds are made of.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Small {
    table: Table<i64, Vec<String>>,
    lists: Vec<Vec<u64>>,
    sent: BTreeMap<String, Map<String, serde_json::Value>>,
    on: bool,
}

parts!(Small { table, lists, sent, on });

fn small() -> impl Strategy<Value = Small> {
    let word = || "[a-c/~\"\u{1}\u{1F600}]{0,2}";
    let rows = collection::vec(word(), 0..4).prop_map(Shared::new);
    let table = collection::btree_map(-3_i64..3, rows, 0..6).prop_map(Table::from);
    let lists = collection::vec(collection::vec(0_u64..3, 0..5), 0..4);
    let sent = collection::btree_map(word(), word(), 0..3);
    let sent = sent.prop_map(|all| {
        let row = |text: String| Map::from_iter([(text.clone(), json!([text, null, 0.1]))]);
        all.into_iter().map(|(name, text)| (name, row(text))).collect()
    });
    (table, lists, sent, any::<bool>()).prop_map(|(table, lists, sent, on)| Small { table, lists, sent, on })
}

/// What is read after `old` was written and then changed into each of `news`.
fn redo(old: &Small, news: &[Small]) -> Small {
    let (document, mut lines) = (serde_json::to_vec(old).unwrap(), b"\n".to_vec());
    let mut before = old;
    for new in news {
        let mut edits = Vec::new();
        new.differences(before, Place::Whole, &mut edits).unwrap();
        lines.extend(edit::line(&edits).unwrap());
        before = new;
    }
    serde_json::from_slice(&redone(&document, &lines).unwrap()).unwrap()
}

proptest! {
    #[test]
    fn whatever_changes_into_whatever_is_read_as_it_became(old in small(), news in collection::vec(small(), 1..4)) {
        prop_assert_eq!(&redo(&old, &news), news.last().unwrap());
    }
}

#[test]
fn what_was_not_touched_is_not_written() {
    let row = |text: &str| Shared::new(vec![text.to_owned()]);
    let table = Table::from_iter([(1, row("a")), (2, row("b")), (3, row("c"))]);
    let old = Small { table, lists: vec![vec![1, 2, 3], vec![4]], sent: BTreeMap::new(), on: false };
    let mut new = old.clone();
    new.table.get_mut(&2).unwrap().push("new".to_owned());
    new.table.remove(&3);
    new.lists[0].remove(1);
    let mut edits = Vec::new();
    new.differences(&old, Place::Whole, &mut edits).unwrap();
    let path = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let expected = [
        Edit::Rows(path(&["table", "2"]), 1, 0, vec![json!("new")]),
        Edit::Drop(path(&["table", "3"])),
        Edit::Rows(path(&["lists", "0"]), 1, 1, vec![]),
    ];
    assert_eq!(edits, expected);
}
