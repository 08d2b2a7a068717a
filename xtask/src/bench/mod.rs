//! Figures of the built binary: pages beside a bare route with the same bytes, start-up, memory. Printed, not asserted.

mod http;
mod limits;
mod load;
mod others;
mod running;
mod sandbox;
mod site;

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};

use self::{load::Figures, running::Running};
use crate::{
    environment,
    prerequisites::{self, Consent},
    process,
    report::say,
};

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    /// What is measured; the site, where nothing is named.
    #[command(subcommand)]
    what: Option<What>,
    /// Rounds of each, alternating; the median counts.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Seconds of load in each round.
    #[arg(long, default_value_t = 4)]
    seconds: u32,
    /// Starts whose median is the start-up time.
    #[arg(long, default_value_t = 20)]
    starts: usize,
    /// Seconds of rest before memory is read.
    #[arg(long, default_value_t = 60)]
    idle: u64,
    #[command(flatten)]
    profile: Profile,
}

/// What is measured.
#[derive(clap::Args)]
struct Profile {
    /// The profile it is built with: `dist` is what is shipped; `release` is built several times as fast.
    #[arg(long = "profile", default_value = "dist", value_parser = ["dist", "release"])]
    name: String,
    /// Measure the programs in this folder, such as `target/debug`, and build none.
    #[arg(long, value_name = "FOLDER", conflicts_with = "name")]
    built: Option<PathBuf>,
}

#[derive(clap::Subcommand)]
enum What {
    /// The sandbox beside a bare route, Prism and moto; goals are held.
    Sandbox(sandbox::Args),
    /// Our client, zoomus and @zoom/rivet against a sandbox that enforces its limits in real time; goals are held.
    Limits(limits::Args),
}

/// Builds the binary and prints its figures.
pub(crate) fn run(consent: Consent, args: &Args) -> Result<bool> {
    let lacking = prerequisites::provide(prerequisites::FOR_BENCH, consent)?;
    if !lacking.is_empty() {
        return Ok(false);
    }
    let profile = match &args.what {
        Some(What::Sandbox(args)) => &args.profile,
        Some(What::Limits(args)) => &args.profile,
        None => &args.profile,
    };
    let release = match &profile.built {
        Some(folder) => environment::root().join(folder),
        None => build(&profile.name, args)?,
    };
    let folder = Folder::new()?;
    match &args.what {
        Some(What::Sandbox(args)) => return sandbox::run(args, &release, &folder.0),
        Some(What::Limits(args)) => return limits::run(args, &release, &folder.0),
        None => {}
    }
    let site = site::prepare(&release.join("eroom"), &folder.0)?;
    pages(args, &release, &folder.0, &site)?;
    start_up(args, &site)?;
    memory(args, &site)?;
    Ok(true)
}

/// Builds what is measured; the folder where it is.
fn build(profile: &str, args: &Args) -> Result<PathBuf> {
    let other: &[&str] = match &args.what {
        Some(What::Limits(_)) => &["--package", "service", "--example", "limits"],
        _ => &["--package", "bare-route"],
    };
    for what in [&["--package", "eroom"], other] {
        let built = process::run(&mut process::cargo(&[&["build", "--profile", profile, "--quiet"], what].concat()))?;
        ensure!(built.ok, "{what:?} does not build:\n{}", built.output);
    }
    Ok(environment::target().join(profile))
}

/// The list and a room's page, each beside the bare route, in alternating rounds.
fn pages(args: &Args, release: &Path, folder: &Path, site: &site::Site) -> Result<()> {
    let running = site.start()?;
    let room = running.a_room()?;
    let paths = [("list of rooms", "/".to_owned()), ("page of a room", room)];
    let mut files = Vec::new();
    for (number, (_, path)) in paths.iter().enumerate() {
        let answer = http::get(running.address(), path)?;
        ensure!(answer.status == 200, "{path} answered {}", answer.status);
        let file = folder.join(format!("page-{number}.html"));
        fs::write(&file, &answer.body)?;
        files.push(file);
    }
    let bare = Running::of(&release.join("bare-route"), files.iter().map(PathBuf::as_path))?;
    let calls_before = site.calls_at_zoom()?;
    for (number, (name, path)) in paths.iter().enumerate() {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..args.rounds {
            ours.push(load::run(running.address(), path, None, args.seconds)?);
            theirs.push(load::run(bare.address(), &format!("/{number}"), None, args.seconds)?);
        }
        let (ours, theirs) = (load::median(ours)?, load::median(theirs)?);
        say(name);
        print("eRoom", &ours);
        print("bare axum route", &theirs);
        say(&format!(
            "  ratio                  {:>10.2}               p99 {:.1} ×",
            ours.per_second / theirs.per_second,
            ours.p99 / theirs.p99
        ));
    }
    say(&format!("calls to Zoom meanwhile  {:>8}", site.calls_at_zoom()? - calls_before));
    Ok(())
}

fn print(name: &str, figures: &Figures) {
    say(&format!(
        "  {name:<20} {:>12.0} requests/s   p50 {:.2} ms   p99 {:.2} ms",
        figures.per_second, figures.p50, figures.p99
    ));
}

/// From starting the process to its first page, on a database that exists.
fn start_up(args: &Args, site: &site::Site) -> Result<()> {
    let mut times = Vec::new();
    for _ in 0..args.starts {
        let started = Instant::now();
        let running = site.start()?;
        ensure!(http::get(running.address(), "/")?.status == 200, "the first page did not come");
        times.push(started.elapsed());
    }
    times.sort();
    let median = times.get(times.len() / 2).context("--starts must be at least 1")?;
    say(&format!("start to first page      {:>8.0} ms          median of {}", median.as_secs_f64() * 1e3, times.len()));
    Ok(())
}

/// Resident memory after a thousand mixed requests and a rest.
fn memory(args: &Args, site: &site::Site) -> Result<()> {
    let running = site.start()?;
    let room = running.a_room()?;
    let paths =
        ["/".to_owned(), room.clone(), format!("{room}/join"), format!("{room}.ics"), "/no-such-page".to_owned()];
    for path in paths.iter().cycle().take(1000) {
        http::get(running.address(), path)?;
    }
    std::thread::sleep(Duration::from_secs(args.idle));
    let kib = running.resident_kib()?;
    say(&format!(
        "resident memory          {:>8.1} MiB         after 1,000 requests and {} s",
        kib / 1024.0,
        args.idle
    ));
    Ok(())
}

/// A temporary folder that goes when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("eroom-bench-{}", std::process::id()));
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}
