//! Logs go to standard error, as lines for people or as JSON for machines.

use std::io::IsTerminal as _;

use anyhow::Context as _;
use tracing_subscriber::{EnvFilter, fmt};

use crate::config::{Log, LogFormat};

/// Starts logging. What libraries say below `warn` is noise to an operator.
pub(crate) fn start(log: &Log) -> anyhow::Result<()> {
    let filter = format!("sqlx=warn,hyper=warn,reqwest=warn,{}", log.filter);
    let filter = EnvFilter::try_new(&filter).with_context(|| format!("log.filter {:?} is not a filter", log.filter))?;
    let builder = fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    let started = match log.format {
        LogFormat::Text => builder.with_ansi(std::io::stderr().is_terminal()).compact().try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("logging cannot start: {error}"))
}
