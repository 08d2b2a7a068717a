//! Figures of the sandbox beside a bare route with the same bytes, Prism and moto, and the goals they are held to.

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::{
    http,
    load::{self, Figures},
    others,
    running::Running,
};
use crate::report::say;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Rounds of each, alternating; the median counts.
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Seconds of load in each round.
    #[arg(long, default_value_t = 3)]
    seconds: u32,
    /// Starts whose median is the time to the first answer.
    #[arg(long, default_value_t = 21)]
    starts: usize,
    /// Seconds of rest before idle memory is read.
    #[arg(long, default_value_t = 10)]
    idle: u64,
    /// How many meetings are made for the figure of memory.
    #[arg(long, default_value_t = 10_000)]
    meetings: usize,
    /// Leave Prism and moto out.
    #[arg(long)]
    alone: bool,
    #[command(flatten)]
    pub(super) profile: super::Profile,
}

/// The sandbox's share of the bare route's requests a second.
const LEAST_RATIO: f64 = 0.5;
/// Its 99th percentile as a multiple of the bare route's.
const MOST_P99: f64 = 5.0;
/// Milliseconds from exec to the first answer.
const MOST_START_MS: f64 = 20.0;
/// Resident memory at rest, in MiB.
const MOST_IDLE_MIB: f64 = 15.0;

/// A server under load: its name, where it answers with the meeting, and the header line it wants.
struct Contender {
    name: &'static str,
    running: Running,
    path: String,
    header: Option<String>,
    rounds: Vec<Figures>,
}

/// Prints all figures; whether every goal was reached.
pub(super) fn run(args: &Args, release: &Path, folder: &Path) -> Result<bool> {
    let program = release.join("eroom");
    let goals = [
        load_of_all(args, release, folder)?,
        first_answer(args, &program)?,
        idle_memory(args, &program)?,
        memory_of_meetings(args, &program)?,
    ];
    Ok(goals.iter().all(|&reached| reached))
}

fn verdict(reached: bool) -> &'static str {
    if reached { "reached" } else { "MISSED" }
}

fn sandbox(program: &Path) -> Result<Running> {
    let mut command = Command::new(program);
    command.args(["sandbox", "--port", "0", "--json"]);
    Running::start(&mut command)
}

/// A sandbox that does not count calls, as its limits are far below what is measured here, and a header with a token.
fn unlimited(program: &Path) -> Result<(Running, String)> {
    let sandbox = sandbox(program)?;
    let json = "Content-Type: application/json";
    let off = http::send(sandbox.address(), ("PUT", "/sandbox/v1/limits"), &[json], r#"{"enforced": false}"#)?;
    ensure!(off.status == 200, "the limits stayed: {}", off.status);
    let (account, client, secret) =
        (sandbox.told("zoom/account_id")?, sandbox.told("zoom/client_id")?, sandbox.told("zoom/client_secret")?);
    let body = format!("grant_type=account_credentials&account_id={account}");
    let basic = format!("Authorization: Basic {}", base64(&format!("{client}:{secret}")));
    let form = "Content-Type: application/x-www-form-urlencoded";
    let answer = http::send(sandbox.address(), ("POST", "/oauth/token"), &[form, &basic], &body)?;
    let token: Value = serde_json::from_slice(&answer.body).context("the token's answer is not JSON")?;
    let token = token.get("access_token").and_then(Value::as_str).context("no token was given")?;
    let header = format!("Authorization: Bearer {token}");
    Ok((sandbox, header))
}

/// xtask is compiled first and carries no library for this.
fn base64(text: &str) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |bits: u32| char::from(*DIGITS.get((bits & 63) as usize).unwrap_or(&b'='));
    let mut written = String::new();
    for three in text.as_bytes().chunks(3) {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | u32::from(three.get(at).copied().unwrap_or(0)));
        for place in 0..4 {
            written.push(if place <= three.len() { digit(bits >> (18 - 6 * place)) } else { '=' });
        }
    }
    written
}

/// Makes a meeting; its body.
fn meeting(sandbox: &Running, header: &str, topic: &str) -> Result<Value> {
    let body = format!(
        r#"{{"topic": "{topic}", "type": 2, "start_time": "2030-01-01T10:00:00Z", "duration": 60, "agenda": "Tea"}}"#
    );
    let headers = [header, "Content-Type: application/json"];
    let made = http::send(sandbox.address(), ("POST", "/v2/users/me/meetings"), &headers, &body)?;
    ensure!(made.status == 201, "no meeting was made: {} {}", made.status, String::from_utf8_lossy(&made.body));
    serde_json::from_slice(&made.body).context("the meeting is not JSON")
}

/// GET of one meeting, in alternating rounds.
fn load_of_all(args: &Args, release: &Path, folder: &Path) -> Result<bool> {
    let mut all = contenders(args, release, folder)?;
    for _ in 0..args.rounds {
        for one in &mut all {
            let header = one.header.as_deref();
            one.rounds.push(load::run(one.running.address(), &one.path, header, args.seconds)?);
        }
    }
    say("GET of a meeting");
    let mut medians = Vec::new();
    for one in all {
        let mib = one.running.resident_kib()? / 1024.0;
        let figures = load::median(one.rounds)?;
        say(&format!(
            "  {:<20} {:>10.0} requests/s   p50 {:>7.2} ms   p99 {:>7.2} ms   {mib:>6.1} MiB",
            one.name, figures.per_second, figures.p50, figures.p99
        ));
        medians.push(figures);
    }
    let [ours, bare, ..] = medians.as_slice() else { anyhow::bail!("nothing was measured") };
    let (ratio, p99) = (ours.per_second / bare.per_second, ours.p99 / bare.p99);
    let (enough, short) = (ratio >= LEAST_RATIO, p99 <= MOST_P99);
    say(&format!("  of the bare route    {ratio:>10.2} ×            goal at least {LEAST_RATIO}: {}", verdict(enough)));
    say(&format!("  p99                  {p99:>10.1} ×            goal at most {MOST_P99}: {}", verdict(short)));
    Ok(enough && short)
}

fn contenders(args: &Args, release: &Path, folder: &Path) -> Result<Vec<Contender>> {
    let (running, header) = unlimited(&release.join("eroom"))?;
    let made = meeting(&running, &header, "Measured")?;
    let path = format!("/v2/meetings/{}", made.get("id").context("a meeting without a number")?);
    let body = http::send(running.address(), ("GET", &path), &[&header], "")?;
    ensure!(body.status == 200, "{path} answered {}", body.status);
    let file = folder.join("meeting-body.json");
    fs::write(&file, &body.body)?;
    let bare = Running::of(&release.join("bare-route"), std::iter::once(file.as_path()))?;
    let entry = |name, running, path: &str, header| Contender {
        name,
        running,
        path: path.to_owned(),
        header,
        rounds: Vec::new(),
    };
    let mut all = vec![entry("sandbox", running, &path, Some(header)), entry("bare axum route", bare, "/0", None)];
    if args.alone {
        return Ok(all);
    }
    for (name, started) in [("Prism", others::prism(&made, folder)), ("moto (S3 object)", others::moto(&made))] {
        match started {
            Ok(running) => all.push(entry(name, running, others::PATH, None)),
            Err(problem) => say(&format!("  {name} is left out: {problem:#}")),
        }
    }
    Ok(all)
}

/// From exec to the first answer, JSON line and connection included.
fn first_answer(args: &Args, program: &Path) -> Result<bool> {
    let mut times = Vec::new();
    for _ in 0..args.starts {
        let started = Instant::now();
        let running = sandbox(program)?;
        ensure!(http::get(running.address(), "/sandbox/v1")?.status == 200, "the first answer did not come");
        times.push(started.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    let median = *times.get(times.len() / 2).context("--starts must be at least 1")?;
    let reached = median <= MOST_START_MS;
    say(&format!(
        "exec to first answer   {median:>10.1} ms           goal at most {MOST_START_MS}: {}; median of {}",
        verdict(reached),
        times.len()
    ));
    Ok(reached)
}

fn idle_memory(args: &Args, program: &Path) -> Result<bool> {
    let running = sandbox(program)?;
    ensure!(http::get(running.address(), "/sandbox/v1")?.status == 200, "the sandbox does not answer");
    std::thread::sleep(Duration::from_secs(args.idle));
    let mib = running.resident_kib()? / 1024.0;
    let reached = mib <= MOST_IDLE_MIB;
    say(&format!(
        "resident memory, idle  {mib:>10.1} MiB          goal at most {MOST_IDLE_MIB}: {}; after {} s",
        verdict(reached),
        args.idle
    ));
    Ok(reached)
}

/// What meetings take. The log of calls is filled before, so that it does not grow with them.
fn memory_of_meetings(args: &Args, program: &Path) -> Result<bool> {
    let (running, header) = unlimited(program)?;
    for number in 0..2_500 {
        meeting(&running, &header, &format!("Before {number}"))?;
    }
    let before = running.resident_kib()?;
    let started = Instant::now();
    for number in 0..args.meetings {
        meeting(&running, &header, &format!("Meeting {number}"))?;
    }
    let took = started.elapsed().as_secs_f64();
    let mib = (running.resident_kib()? - before) / 1024.0;
    let name = format!("{} meetings", args.meetings);
    say(&format!("{name:<22} {mib:>10.1} MiB          made one after the other in {took:.1} s"));
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_written_with_its_padding() {
        for (text, written) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(text), written);
        }
    }
}
