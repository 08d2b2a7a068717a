//! How people reach eRoom: pages, JSON API, webhooks. Nothing here decides a rule: that is `service`'s.

mod admin;
mod api;
mod app;
mod assets;
mod cache;
mod config;
mod cookies;
mod fault;
mod fields;
mod finish;
mod front;
mod guard;
mod language;
mod machine;
mod members;
mod pages;
mod router;
mod routes;
mod standing;
mod visitor;

pub use api::openapi_json;
pub use config::{DemoLogin, WebConfig};
pub use http::Method;
pub use machine::OverTls;
pub use pages::BadTemplate;
pub use router::build;
pub use routes::{Audience, Route, SampleBody, Surface, routes};
