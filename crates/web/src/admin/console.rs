//! The Zoom console: find an operation, fill it in, run it, read the answer.

mod answer;
mod index;
mod operation;
#[cfg(test)]
mod samples;
mod sheet;

pub(crate) use index::index;
pub(crate) use operation::{ask, run};
#[cfg(test)]
pub(crate) use samples::samples;
