//! What the webhooks say of changed settings: those that differ, as they are and as they were.

use serde_json::{Map, Value};

use super::super::Ask;
use crate::{
    settings::put_at,
    wire::put,
    world::{Change, Happening, Notice},
};

/// A setting that was changed.
pub(super) struct Difference {
    /// Its path, as the request called it.
    pub(super) path: String,
    pub(super) old: Value,
    pub(super) new: Value,
}

/// Tells of the differences of whoever has the id `of`; of none where there are none.
pub(super) fn tell(change: &mut Change<'_>, ask: &Ask<'_>, event: &'static str, of: &str, differences: &[Difference]) {
    if differences.is_empty() {
        return;
    }
    let object = |value: fn(&Difference) -> &Value| {
        let mut settings = Map::new();
        for one in differences {
            put_at(&mut settings, &one.path, value(one).clone());
        }
        Map::from_iter([("id".to_owned(), of.into()), ("settings".to_owned(), settings.into())])
    };
    let mut payload = Map::new();
    put(&mut payload, "operator", ask.caller.me.email.as_str());
    put(&mut payload, "operator_id", ask.caller.me.id.as_str());
    put(&mut payload, "time_stamp", change.now.as_millisecond());
    put(&mut payload, "old_object", object(|one| &one.old));
    change.happenings.push(Happening::Told(Box::new(Notice {
        event,
        account_id: ask.account_id.clone(),
        at: change.now,
        meeting: None,
        object: object(|one| &one.new),
        payload,
        envelope: Map::new(),
    })));
}
