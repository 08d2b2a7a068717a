//! Temporary folders and configuration files of a test.

use std::{
    fmt::Write as _,
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::Program;

/// A port nobody has at this moment, for a server that is to come back at the same address.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Writes the configuration of a site on `port` whose Zoom is a running sandbox; its database is the one at `database`,
/// or a file in the folder.
pub fn configuration(
    folder: &Path,
    port: u16,
    metrics: u16,
    sandbox: &Program,
    database: Option<&str>,
) -> Result<PathBuf> {
    let (api, oauth) = (sandbox.told("/api")?, sandbox.told("/oauth")?);
    let base = sandbox.told("/sandbox")?.trim_end_matches('/');
    let data = folder.join("site").display().to_string();
    let mut text = format!(
        "data_dir = {data:?}\nlisten = \"127.0.0.1:{port}\"\n\n[zoom]\napi = {api:?}\noauth = {oauth:?}\nsdk = \"{base}/sdk\"\n\n[metrics]\nlisten = \"127.0.0.1:{metrics}\"\n"
    );
    if let Some(url) = database {
        write!(text, "\n[database]\nurl = {url:?}\n")?;
    }
    let path = folder.join("eroom.toml");
    fs::write(&path, text).context("could not write the configuration")?;
    Ok(path)
}
