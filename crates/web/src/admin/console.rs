//! The Zoom console: find an operation, fill it in, run it, read the answer.

mod answer;
mod index;
mod operation;
mod sheet;

pub(crate) use answer::AnswerView;
pub(crate) use index::{IndexPage, index};
pub(crate) use operation::{OperationPage, ask, run};
