//! Starting the built program the way an operator does, and looking at what it does from outside.
//!
//! A [`Program`] is one running process: it listens on free ports, keeps its data in a temporary folder, and its log is
//! collected. [`Program::stop`] ends it politely and fails the test when the log holds an error or a panic.

mod binary;
pub mod canary;
pub mod client;
pub mod folder;
mod log;
mod program;
mod sandbox;
pub mod site;

pub use binary::eroom;
pub use client::Client;
pub use log::Log;
pub use program::{Program, Start};
pub use sandbox::Sandbox;
pub use site::Site;
