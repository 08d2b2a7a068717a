//! Schedules a series, moves one sitting, and says what is planned.
//!
//! ```console
//! ZOOM_ACCOUNT_ID=… ZOOM_CLIENT_ID=… ZOOM_CLIENT_SECRET=… START=2026-12-01T18:00:00 ZONE=Europe/Madrid \
//!     cargo run --example schedule
//! ```

mod shared;

use std::fmt::Write as _;

use shared::{Env, Told};
use zoom_client::{MeetingChange, MeetingKind, MeetingSettings, NewMeeting, Recurrence, UserId, Weekday};

pub(crate) async fn run(env: Env<'_>) -> Told {
    let zoom = shared::client(env)?;
    let start: jiff::civil::DateTime = env("START").ok_or("START is not set")?.parse()?;
    let zone = env("ZONE").unwrap_or_else(|| "UTC".to_owned());

    let class = NewMeeting::new("Kitchen Spanish")
        .kind(MeetingKind::RecurringFixedTime)
        .starts_local(start, zone.clone())
        .duration(60_u32)
        .recurrence(Recurrence::weekly(1, &[Weekday::Tuesday]).times(4))
        .settings(MeetingSettings::new().waiting_room(true));
    let made = zoom.meetings().create(&UserId::Me, &class).await?;

    // The second sitting is an hour later.
    let second = made.occurrences.get(1).ok_or("a series of four has a second sitting")?;
    let was = second.start_time.ok_or("a sitting has a time")?;
    let later = MeetingChange::new().starts_at(was + jiff::SignedDuration::from_hours(1)).duration(60_u32);
    zoom.meetings().update(made.id, &later).occurrence(&*second.occurrence_id).await?;

    let mut told = format!("{} has the number {}.\n", made.topic, made.id);
    for sitting in zoom.meetings().get(made.id).await?.occurrences {
        let when = sitting.start_time.map(|at| at.to_string()).unwrap_or_default();
        writeln!(told, "- {when}")?;
    }
    Ok(told)
}

#[expect(clippy::print_stdout, clippy::disallowed_methods, reason = "an example is told by the environment, and tells")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{}", run(&|name| std::env::var(name).ok()).await?);
    Ok(())
}
