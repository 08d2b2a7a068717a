//! Stories of the Zoom console: every operation, and what the site refuses. How calls are filled in and what they speak of
//! is told once, by the sandbox's own walk over Zoom's operations.

mod below;
#[path = "../../../../zoom-sandbox/tests/it/walk/body.rs"]
mod body;
mod counted;
#[expect(dead_code, reason = "the walk tries what is refused too")]
#[path = "../../../../zoom-sandbox/tests/it/walk/entry.rs"]
mod entry;
mod every;
mod refusals;
mod scene;
#[expect(dead_code, reason = "the walk reads back what it wrote, and asks for what nobody has")]
#[path = "../../../../zoom-sandbox/tests/it/walk/things.rs"]
mod things;
mod way;
