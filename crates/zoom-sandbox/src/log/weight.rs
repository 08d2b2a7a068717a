//! How much memory a body in the log takes: a client may send anything, and the log keeps what it sent.

use serde_json::Value;

/// The heaviest body that is kept, in bytes.
const HEAVIEST: usize = 512 * 1024;

/// About the bytes that a value takes; exact enough for a limit.
pub(super) fn weight(value: &Value) -> usize {
    let inside = match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight).sum(),
        // A name, its length, and its place in the tree.
        Value::Object(members) => members.iter().map(|(name, value)| name.len() + 64 + weight(value)).sum(),
        _ => 0,
    };
    size_of::<Value>() + inside
}

/// The body, or a sentence in its place where it is too heavy.
pub(super) fn bearable(body: Value) -> Value {
    let weight = weight(&body);
    if weight <= HEAVIEST { body } else { Value::from(format!("About {} KiB, too much for the log.", weight / 1024)) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn small_bodies_are_kept_and_heavy_ones_become_a_sentence() {
        let small = json!({ "topic": "Choir", "settings": { "waiting_room": true } });
        assert_eq!(bearable(small.clone()), small);
        // Two bytes each on the wire, sixteen times that in memory.
        let zeros = Value::from(vec![0; 100_000]);
        assert!(weight(&zeros) >= 100_000 * size_of::<Value>());
        assert!(bearable(zeros).as_str().is_some_and(|text| text.ends_with("too much for the log.")));
    }
}
