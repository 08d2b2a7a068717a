//! Stories of the Zoom console: every operation, and what the site refuses.

mod below;
mod body;
mod counted;
mod every;
mod refusals;
mod scene;
