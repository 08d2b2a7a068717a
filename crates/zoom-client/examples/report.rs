//! Says who held meetings between two days, and who was in them.
//!
//! ```console
//! ZOOM_ACCOUNT_ID=… ZOOM_CLIENT_ID=… ZOOM_CLIENT_SECRET=… FROM=2026-11-01 TO=2026-11-30 \
//!     cargo run --example report
//! ```

mod shared;

use std::fmt::Write as _;

use shared::{Env, Told};
use zoom_client::Error;

pub(crate) async fn run(env: Env<'_>) -> Told {
    let zoom = shared::client(env)?;
    let from = env("FROM").ok_or("FROM is not set")?.parse()?;
    let to = env("TO").ok_or("TO is not set")?.parse()?;

    let mut told = String::new();
    for host in zoom.reports().hosts(from, to).await? {
        writeln!(told, "{} held {} meetings, {} minutes.", host.user_name, host.meetings, host.meeting_minutes)?;
        for sitting in zoom.reports().meetings(&host.id.parse()?, from, to).await? {
            let Some(uuid) = &sitting.uuid else { continue };
            match zoom.reports().meeting_participants(uuid).await {
                Ok(stays) => {
                    let names: Vec<&str> = stays.iter().map(|stay| &*stay.name).collect();
                    writeln!(told, "- {}: {}", sitting.topic, names.join(", "))?;
                }
                // There is no report on a call with a single participant.
                Err(Error::NotFound { .. }) => writeln!(told, "- {}: nobody else", sitting.topic)?,
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(told)
}

#[expect(clippy::print_stdout, clippy::disallowed_methods, reason = "an example is told by the environment, and tells")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{}", run(&|name| std::env::var(name).ok()).await?);
    Ok(())
}
