//! `eroom sandbox`: the pretend Zoom as a program of its own.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Context as _;
use serde_json::{Value, json};
use zoom_sandbox::{Sandbox, SandboxHandle};

use crate::{
    cli::SandboxArgs,
    config::{Log, LogFormat},
    console::{say, say_json},
    lifecycle, logging,
};

/// Runs the sandbox until it is told to stop.
pub(crate) async fn run(args: SandboxArgs) -> anyhow::Result<()> {
    logging::start(&Log { filter: "warn".into(), format: LogFormat::Text })?;
    let stop = lifecycle::stop_on_signal()?;
    let listen = args.listen.unwrap_or_else(|| loopback(args.port));
    let mut builder = Sandbox::builder().listen(listen).plan(args.plan);
    for scope in &args.without_scope {
        builder = builder.without_scope(scope);
    }
    if let Some(folder) = args.data_dir {
        builder = builder.state_dir(folder);
    }
    let sandbox = builder.start().await?;
    if args.json {
        say_json(&json!({
            "sandbox": sandbox.base(),
            "api": sandbox.api(),
            "oauth": sandbox.oauth(),
            "sdk": sandbox.sdk_base(),
            "zoom": credentials(&sandbox),
        }))?;
    } else {
        announce(&sandbox)?;
    }
    stop.cancelled().await;
    sandbox.stop().await;
    Ok(())
}

/// Lists what the sandbox does with each of Zoom's operations.
pub(crate) fn operations(markdown: bool, json: bool) -> anyhow::Result<()> {
    if markdown {
        return say(zoom_sandbox::fidelity_markdown().trim_end());
    }
    let rows = zoom_sandbox::fidelity();
    if json {
        return say_json(&json!({ "operations": rows, "choices": zoom_sandbox::CHOICES }));
    }
    let line = |row: &zoom_sandbox::Fidelity| {
        format!("{:<13} {:<7} {}  {}", row.behaviour.as_str(), row.method, row.path, row.operation)
    };
    say(&rows.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// The loopback address with this port.
pub(crate) fn loopback(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

/// The app's credentials as scripts read them.
pub(crate) fn credentials(sandbox: &SandboxHandle) -> Value {
    let c = sandbox.credentials();
    json!({
        "account_id": c.account_id, "client_id": c.client_id, "client_secret": c.client_secret,
        "sdk_key": c.sdk_key, "sdk_secret": c.sdk_secret, "webhook_secret": c.webhook_secret,
    })
}

fn announce(sandbox: &SandboxHandle) -> anyhow::Result<()> {
    let c = sandbox.credentials();
    let base = sandbox.base();
    let (api, oauth, sdk) = (sandbox.api(), sandbox.oauth(), sandbox.sdk_base());
    say(&format!(
        "The pretend Zoom is ready. Nothing here reaches Zoom.\n\n  \
         Look at it      {base}/sandbox\n  REST API        {api}\n  Token address   {oauth}\n  Meeting SDK     {sdk}\n\n  \
         Account ID      {}\n  Client ID       {}\n  Client Secret   {}\n  SDK Client ID   {}\n  SDK Secret      {}\n  \
         Webhook secret  {}\n\nPoint your Zoom client at these addresses. Ctrl-C ends it.",
        c.account_id, c.client_id, c.client_secret, c.sdk_key, c.sdk_secret, c.webhook_secret
    ))
    .context("the addresses cannot be shown")
}
