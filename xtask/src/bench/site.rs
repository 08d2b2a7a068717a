//! The site that is measured: the demo's rooms in a folder, served by `eroom serve` beside a sandbox of its own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::{http, running::Running};

/// A prepared folder and the sandbox its configuration points to.
pub(super) struct Site {
    binary: PathBuf,
    config: PathBuf,
    sandbox: Running,
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
