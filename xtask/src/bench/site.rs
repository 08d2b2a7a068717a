//! The site that is measured: the demo's rooms in a folder, served by `eroom serve` beside a sandbox of its own.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::http;

/// A prepared folder and the sandbox its configuration points to.
pub(super) struct Site {
    binary: PathBuf,
    config: PathBuf,
    sandbox: Running,
}

/// A process of ours that said where it listens; it ends when this is dropped.
pub(super) struct Running {
    child: Child,
    address: String,
    told: Value,
}

/// Lets the demo fill a folder, then writes a configuration that serves it.
pub(super) fn prepare(binary: &Path, folder: &Path) -> Result<Site> {
    let data = folder.join("data");
    let mut demo = Command::new(binary);
    demo.args(["demo", "--port", "0", "--sandbox-port", "0", "--json", "--data-dir"]).arg(&data);
    drop(Running::start(&mut demo)?);
    let mut sandbox = Command::new(binary);
    sandbox.args(["sandbox", "--port", "0", "--json"]);
    let sandbox = Running::start(&mut sandbox)?;
    let (base, api, oauth) = (sandbox.told("sandbox")?, sandbox.told("api")?, sandbox.told("oauth")?);
    let config = folder.join("eroom.toml");
    let text = format!(
        "data_dir = \"{}\"\nlisten = \"127.0.0.1:0\"\n[zoom]\napi = \"{api}\"\noauth = \"{oauth}\"\nsdk = \"{base}/sdk\"\n",
        data.display()
    );
    fs::write(&config, text)?;
    Ok(Site { binary: binary.to_path_buf(), config, sandbox })
}

impl Site {
    /// `eroom serve` on the prepared folder.
    pub(super) fn start(&self) -> Result<Running> {
        let mut serve = Command::new(&self.binary);
        serve.args(["serve", "--json", "--allow-sandbox", "--config"]).arg(&self.config);
        Running::start(&mut serve)
    }

    /// How many calls Zoom, that is the sandbox, has had.
    pub(super) fn calls_at_zoom(&self) -> Result<u64> {
        let answer = http::get(self.sandbox.address(), "/sandbox/v1/counters")?;
        let counters: Value = serde_json::from_slice(&answer.body).context("the sandbox's counters are not JSON")?;
        let calls = counters.get("calls").and_then(Value::as_object).context("the sandbox counted no calls")?;
        Ok(calls.values().filter_map(Value::as_u64).sum())
    }
}

impl Running {
    /// Starts one of ours and waits for its line of JSON.
    fn start(command: &mut Command) -> Result<Self> {
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

    fn told(&self, key: &str) -> Result<&str> {
        self.told.get(key).and_then(Value::as_str).with_context(|| format!("the first line lacks {key}"))
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
