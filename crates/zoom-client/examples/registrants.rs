//! Makes a meeting where people register, registers somebody, approves, and lists who may come.
//!
//! ```console
//! ZOOM_ACCOUNT_ID=… ZOOM_CLIENT_ID=… ZOOM_CLIENT_SECRET=… START=2026-12-01T17:00:00Z EMAIL=ana@example.com \
//!     cargo run --example registrants
//! ```

mod shared;

use shared::{Env, Told};
use zoom_client::{
    MeetingSettings, NewMeeting, UserId,
    registrants::{Decision, NewRegistrant, RegistrantStatus},
};

pub(crate) async fn run(env: Env<'_>) -> Told {
    let zoom = shared::client(env)?;
    let start = env("START").ok_or("START is not set")?.parse()?;
    let email = env("EMAIL").ok_or("EMAIL is not set")?;

    // 1: the host approves by hand.
    let settings = MeetingSettings::new().approval_type(1);
    let evening = NewMeeting::new("Ask an architect").starts_at(start).settings(settings);
    let meeting = zoom.meetings().create(&UserId::Me, &evening).await?;

    let registrants = zoom.meetings().registrants(meeting.id);
    registrants.create(&NewRegistrant::new(email, "Ana").last_name("Sol")).await?;
    let waiting = registrants.list().status(RegistrantStatus::Pending).await?;
    let ids: Vec<&str> = waiting.iter().map(|one| &*one.id).collect();
    registrants.decide(&Decision::Approve, &ids).await?;

    let who = registrants.list().await?;
    let who: Vec<String> = who.iter().map(|one| format!("{} <{}>", one.first_name, one.email)).collect();
    Ok(format!("{} may come to {}.", who.join(", "), meeting.topic))
}

#[expect(clippy::print_stdout, clippy::disallowed_methods, reason = "an example is told by the environment, and tells")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{}", run(&|name| std::env::var(name).ok()).await?);
    Ok(())
}
