//! In which way the console's stories call an operation: the walk's first, but for a few.

use std::{collections::BTreeMap, sync::LazyLock};

use serde_json::{Value, json};
use zoom_spec::Operation;

use super::entry::{TABLE, Way, Ways};

/// Where the walk knows no way, or one that a console needs another for: shapes of settings, a token's kind.
static INSTEAD: LazyLock<BTreeMap<&str, Way>> = LazyLock::new(|| {
    let way = |way: Value| serde_json::from_value(way).unwrap();
    BTreeMap::from([
        ("accountSettingsUpdate", way(json!({ "body": { "in_meeting.polling": false, "in_meeting.chat": false } }))),
        ("UpdateOptions", way(json!({ "body": { "share_mc": false, "share_rc": false } }))),
        ("userToken", way(json!({ "query": { "type": "zak" } }))),
    ])
});

/// The first way in which the walk calls an operation; a bare one for those that it leaves out.
pub(super) fn way_of(operation: &Operation) -> &'static Way {
    static BARE: LazyLock<Way> = LazyLock::new(Way::default);
    if let Some(way) = INSTEAD.get(operation.id) {
        return way;
    }
    let of_area = |ways: &'static BTreeMap<String, Ways>| ways.get(operation.id);
    TABLE.areas.values().find_map(of_area).and_then(|ways| ways.all().first()).unwrap_or(&BARE)
}
