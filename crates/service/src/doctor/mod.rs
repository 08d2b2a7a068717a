//! The scope doctor: what works with what a Zoom app was granted, and what to add where.

mod diagnosis;
mod table;

pub use diagnosis::{FeatureHealth, Held, Lack, MissingScope, Standing, diagnose};
pub(crate) use table::ADD_ON;
pub use table::{Need, Use, Used, uses, uses_among};

/// The scopes that the set-up guide of the plugin names, in its order.
pub fn scopes_of_the_guide() -> impl Iterator<Item = &'static str> {
    zoom_spec::scopes().iter().map(|scope| scope.id)
}
