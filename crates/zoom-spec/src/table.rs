//! The packed facts as the build script left them: static lists, a byte table and a pool of texts.

use std::sync::LazyLock;

use crate::{
    event::Event,
    operation::{Facts, Operation},
    scope::Scope,
    words::{Label, Level, Method, Product, Status},
};

include!(concat!(env!("OUT_DIR"), "/lists.rs"));

/// Fields and refusals of all operations; see `pack`.
pub(crate) static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/table.bin"));

/// The texts that [`BYTES`] speaks of by number.
pub(crate) static POOL: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!(concat!(env!("OUT_DIR"), "/pool.txt")).split('\n').collect());
