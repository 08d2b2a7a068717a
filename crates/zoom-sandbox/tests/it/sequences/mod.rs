//! Random sequences of calls: whatever is called, and in whatever order, what is told fits together.

mod account;
mod fits;
mod series;
