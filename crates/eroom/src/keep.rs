//! `eroom backup` and `eroom restore`: everything in the database as one file, and back.

use std::sync::Arc;

use clock::{Clock as _, SystemClock, SystemEntropy};
use store::{
    OpenOptions,
    backup::{self, Plan, Restored, Secrets},
};

use crate::{
    cli::{BackupArgs, RestoreArgs},
    config::Config,
    console::say,
    house,
};

/// Writes a backup of the configured database, which may be in use.
pub(crate) async fn back_up(args: &BackupArgs) -> anyhow::Result<()> {
    let config = Config::load(&args.config)?;
    let plan = Plan {
        database: &house::database(&config)?,
        file: &args.file,
        force: args.force,
        eroom: env!("CARGO_PKG_VERSION"),
        now: SystemClock.now(),
    };
    let written = backup::write(plan).await?;
    say(&format!(
        "{} holds {} rows now ({} KiB).\nThe key is not in it, and without the key its secrets stay closed: keep a copy of {} \
         in another place.",
        args.file.display(),
        written.rows,
        written.bytes.div_ceil(1024),
        key_in_words(&config),
    ))
}

fn key_in_words(config: &Config) -> String {
    match config.key {
        Some(_) => "EROOM_KEY".into(),
        None => house::key_file(config).display().to_string(),
    }
}

/// Takes a backup in, into the configured database, which has to be empty.
pub(crate) async fn restore(args: &RestoreArgs) -> anyhow::Result<()> {
    let config = Config::load(&args.config)?;
    let is_new = !config.data_dir.exists();
    house::make_data_dir(&config)?;
    let outcome = restore_into(&config, args).await;
    if is_new && outcome.is_err() {
        // Goes only where it is empty: where nothing was restored.
        drop(std::fs::remove_dir(&config.data_dir));
    }
    say(&told(&outcome?))
}

async fn restore_into(config: &Config, args: &RestoreArgs) -> anyhow::Result<Restored> {
    let options = OpenOptions {
        database: house::database(config)?,
        keys: house::keys(config),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
    };
    let secrets = if args.without_secrets { Secrets::LeftOut } else { Secrets::Needed };
    Ok(backup::restore(&args.file, options, secrets).await?)
}

fn told(restored: &Restored) -> String {
    let Restored { header, rows, lost } = restored;
    let made_at = header.made_at.strftime("%Y-%m-%d %H:%M UTC");
    let mut lines = vec![format!(
        "Restored {rows} rows of the backup of {made_at}, made by eRoom {} on {}.",
        header.eroom, header.engine,
    )];
    if !lost.is_empty() {
        lines.push("This was left out, because no key that was given opens it:".into());
        lines.push(lost.to_string().trim_end().to_owned());
    }
    let again = |connection| format!("Enter the secrets of “{connection}” again, on the page of the Zoom settings.");
    lines.extend(lost.connections().into_iter().map(again));
    let rooms = lost.rooms().len();
    if rooms > 0 {
        lines.push(format!(
            "Rooms with a new passcode: {rooms}. It reaches Zoom once the secrets are there; whoever was given an old one \
             outside of this site needs the new one. Addresses for Zoom's app are read from Zoom then.",
        ));
    }
    lines.join("\n")
}
