//! A server that runs for the length of a measurement.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::http;

/// A process that listens; it ends when this is dropped.
pub(super) struct Running {
    child: Child,
    address: String,
    told: Value,
}

impl Running {
    /// Starts one of ours and waits for its line of JSON.
    pub(super) fn start(command: &mut Command) -> Result<Self> {
        let (child, line) = spawn(command)?;
        let told: Value = serde_json::from_str(&line).with_context(|| format!("not JSON: {line}"))?;
        let url = ["eroom", "sandbox"].iter().find_map(|key| told.get(key)).and_then(Value::as_str);
        let address = url.context("no address in the first line")?.trim_start_matches("http://").to_owned();
        let address = address.trim_end_matches('/').to_owned();
        Ok(Self { child, address, told })
    }

    /// Starts the baseline, which says its address and nothing else.
    pub(super) fn of<'a>(program: &Path, files: impl Iterator<Item = &'a Path>) -> Result<Self> {
        let (child, line) = spawn(Command::new(program).args(files))?;
        Ok(Self { child, address: line, told: Value::Null })
    }

    /// Starts somebody else's server at a port that is free now, and waits until it answers `path`.
    pub(super) fn at_port(path: &str, command: impl FnOnce(u16) -> Command) -> Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut command = command(port);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let mut running = Self { child, address: format!("127.0.0.1:{port}"), told: Value::Null };
        for _ in 0..6_000 {
            if http::get(&running.address, path).is_ok() {
                return Ok(running);
            }
            if let Some(status) = running.child.try_wait()? {
                anyhow::bail!("it ended with {status}");
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        anyhow::bail!("it did not answer within a minute")
    }

    /// Host and port.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// The path of a room on the list.
    pub(super) fn a_room(&self) -> Result<String> {
        let list = String::from_utf8_lossy(&http::get(&self.address, "/")?.body).into_owned();
        let start = list.find("href=\"/r/").context("no room on the list")? + 6;
        let path = list.get(start..).and_then(|rest| rest.split('"').next()).context("a link without an end")?;
        Ok(path.to_owned())
    }

    /// A text of its first line; `a/b` is the member `b` of `a`.
    pub(super) fn told(&self, key: &str) -> Result<&str> {
        self.told
            .pointer(&format!("/{key}"))
            .and_then(Value::as_str)
            .with_context(|| format!("the first line lacks {key}"))
    }

    /// Resident memory, in KiB.
    pub(super) fn resident_kib(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Politely first: what is measured later reads the same database.
        let id = self.child.id().to_string();
        drop(Command::new("sh").args(["-c", "kill -TERM \"$0\"", &id]).status());
        drop(self.child.wait());
    }
}

fn spawn(command: &mut Command) -> Result<(Child, String)> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().context("no standard output")?).read_line(&mut line)?;
    Ok((child, line.trim().to_owned()))
}
