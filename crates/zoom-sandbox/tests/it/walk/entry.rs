//! The walk's table, `entries.json`: every full operation by area, and the values that must speak of real things.
//!
//! ```text
//! names   what a field of this name is sent as, where its type does not say enough
//! things  how to get what `{name}` stands for in a path or a value: the operation, what to send, where the id stands
//! areas   area → operation → one way to call it, or several where fields exclude each other
//! ```
//!
//! A value in `body` stands for a field of the generated body, by its path (`questions[].type`: in every item); `null`
//! leaves it out. `needs` are things that must be there; `before` are calls made first: method, path (of the API, or
//! `/sandbox/v1/…`), body. Of a sub-account they are made there, where Zoom has them for sub-accounts, else by an app of
//! its own. `things` swaps one thing for another in this call. `refused` names fields that Zoom documents another
//! refusal for than 300, by status and code; `unsent` names fields that no request can carry, with the reason.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;
use serde_json::Value;
use zoom_sandbox::{Behaviour, fidelity};
use zoom_spec::{Level, Operation, operation_at};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub(super) names: BTreeMap<String, Value>,
    pub(super) things: BTreeMap<String, Thing>,
    pub(super) areas: BTreeMap<String, BTreeMap<String, Ways>>,
}

/// How to get a thing: it `is` there already, or: call `by` and take what stands at the pointer `take`.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Thing {
    Known {
        is: Value,
    },
    Made {
        by: String,
        take: String,
        #[serde(flatten)]
        way: Box<Way>,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Ways {
    Several(Vec<Way>),
    One(Way),
}

impl Ways {
    pub(super) fn all(&self) -> &[Way] {
        match self {
            Self::Several(ways) => ways,
            Self::One(way) => std::slice::from_ref(way),
        }
    }
}

/// One way to call an operation.
#[derive(Default, Deserialize)]
pub(super) struct Way {
    #[serde(default)]
    pub(super) body: BTreeMap<String, Value>,
    #[serde(default)]
    pub(super) query: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) things: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) needs: Vec<String>,
    #[serde(default)]
    pub(super) before: Vec<(String, String, Value)>,
    #[serde(default)]
    pub(super) after: Vec<(String, String, Value)>,
    #[serde(default)]
    pub(super) refused: BTreeMap<String, (u16, u32)>,
    #[serde(default)]
    pub(super) unsent: BTreeMap<String, String>,
}

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| serde_json::from_str(include_str!("entries.json")).unwrap());

/// The operations that the fidelity table gives a behaviour.
pub(super) fn with_behaviour(wanted: Behaviour) -> Vec<&'static Operation> {
    let level = |is_master| if is_master { Level::Master } else { Level::Account };
    let rows = fidelity().into_iter().filter(|row| row.behaviour == wanted);
    rows.map(|row| operation_at(level(row.master), row.operation).unwrap()).collect()
}
