//! `eroom sandbox`: the pretend Zoom as a program of its own.

use std::{
    fs::{self, File, TryLockError},
    io::Read as _,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};
use zoom_sandbox::{Builder, Sandbox, SandboxHandle, Seed};

use crate::{
    cli::{Granted, ReachArgs, SandboxArgs},
    config::{Log, LogFormat},
    console::{say, say_json},
    lifecycle, logging,
};

/// Runs the sandbox until it is told to stop.
pub(crate) async fn run(args: SandboxArgs) -> anyhow::Result<()> {
    logging::start(&Log { filter: "warn".into(), format: LogFormat::Text })?;
    let stop = lifecycle::stop_on_signal()?;
    let listen = args.listen.unwrap_or_else(|| loopback(args.port));
    let mut builder = Sandbox::builder().listen(listen).scopes_at_first(zoom_sandbox::every_scope());
    match args.scopes {
        Some(Granted::All) => builder = builder.scopes(zoom_sandbox::every_scope()),
        Some(Granted::Guide) => builder = builder.scopes(zoom_sandbox::guide_scopes()),
        None => {}
    }
    for scope in &args.without_scope {
        builder = builder.without_scope(scope);
    }
    for host in &args.webhook_allow {
        builder = builder.allow_webhook_host(host);
    }
    if let Some(plan) = args.plan {
        builder = builder.plan(plan);
    }
    if let Some(seed) = args.seed {
        builder = builder.seed(seed);
    }
    if let Some(file) = &args.seed_file {
        builder = builder.plant(read_seed(file)?);
    }
    let same = |file: &PathBuf| args.state.as_ref().is_some_and(|state| state == file);
    ensure!(!args.reach.ca_out.as_ref().is_some_and(same), "--state and --ca-out name one file; name two");
    if let Some(file) = args.state {
        builder = builder.state_file(file);
    }
    // Before anything is started: a mistake here should cost nothing. Held until the end: whoever trusts the certificate
    // of a sandbox that runs should not find another's in its place.
    let _held = args.reach.ca_out.as_deref().map(hold).transpose()?.flatten();
    let sandbox = within_reach(builder, &args.reach).start().await?;
    if let (Some(file), Some(pem)) = (&args.reach.ca_out, sandbox.ca_pem()) {
        fs::write(file, pem).with_context(|| format!("cannot write the certificate to {}", file.display()))?;
    }
    if args.json {
        say_json(&addresses(&sandbox))?;
    } else {
        announce(&sandbox, args.reach.ca_out.as_deref())?;
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

fn read_seed(file: &Path) -> anyhow::Result<Seed> {
    let bytes = fs::read(file).with_context(|| format!("cannot read the seed in {}", file.display()))?;
    Seed::from_json(&bytes).with_context(|| format!("{} is no seed", file.display()))
}

/// A port or a file that was named is wanted, too.
fn within_reach(builder: Builder, args: &ReachArgs) -> Builder {
    let (tls, proxy) = (args.tls || args.tls_port.is_some() || args.ca_out.is_some(), args.proxy);
    let builder = if tls { builder.tls_port(args.tls_port.unwrap_or(0)) } else { builder };
    if proxy || args.proxy_port.is_some() { builder.proxy_port(args.proxy_port.unwrap_or(0)) } else { builder }
}

/// Takes the file for the certificate. That of the run before is replaced; anything else is somebody's.
fn hold(file: &Path) -> anyhow::Result<Option<File>> {
    // A pipe or a terminal keeps nothing that could be replaced, and reading it would wait.
    if file.exists() && !file.is_file() {
        return Ok(None);
    }
    let mut options = File::options();
    let opened = options.read(true).write(true).create(true).truncate(false).open(file);
    let mut opened = opened.with_context(|| format!("cannot write the certificate to {}", file.display()))?;
    let is_held = matches!(opened.try_lock(), Err(TryLockError::WouldBlock));
    ensure!(!is_held, "a sandbox that runs has its certificate in {}; name another file for --ca-out", file.display());
    let mut held = Vec::new();
    opened.read_to_end(&mut held).with_context(|| format!("cannot read {}", file.display()))?;
    let ours = held.is_empty() || held.starts_with(b"-----BEGIN CERTIFICATE-----");
    ensure!(ours, "{} holds something other than a certificate; name another file for --ca-out", file.display());
    Ok(Some(opened))
}

/// What a script needs to know.
fn addresses(sandbox: &SandboxHandle) -> Value {
    let mut addresses = json!({
        "sandbox": sandbox.base(),
        "api": sandbox.api(),
        "oauth": sandbox.oauth(),
        "sdk": sandbox.sdk_base(),
        "seed": sandbox.seed(),
        "zoom": credentials(sandbox),
    });
    if let (Some(tls), Some(ca), Some(all)) = (sandbox.tls_address(), sandbox.ca_pem(), addresses.as_object_mut()) {
        all.insert("tls".into(), json!(tls));
        all.insert("proxy".into(), json!(proxy(sandbox)));
        all.insert("ca_pem".into(), json!(ca));
    }
    addresses
}

fn proxy(sandbox: &SandboxHandle) -> Option<String> {
    sandbox.proxy_address().map(|address| format!("http://{address}"))
}

/// The loopback address with this port.
pub(crate) fn loopback(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

/// The app's credentials as scripts read them.
pub(crate) fn credentials(sandbox: &SandboxHandle) -> Value {
    let c = sandbox.credentials();
    json!({
        "account_id": c.account_id, "app_id": c.app_id, "client_id": c.client_id, "client_secret": c.client_secret,
        "sdk_key": c.sdk_key, "sdk_secret": c.sdk_secret, "webhook_secret": c.webhook_secret,
    })
}

fn announce(sandbox: &SandboxHandle, ca: Option<&Path>) -> anyhow::Result<()> {
    let c = sandbox.credentials();
    let base = sandbox.base();
    let (api, oauth, sdk) = (sandbox.api(), sandbox.oauth(), sandbox.sdk_base());
    let reach = reach(sandbox, ca);
    say(&format!(
        "The pretend Zoom is ready. Nothing here reaches Zoom.\n\n  \
         Look at it      {base}/sandbox\n  REST API        {api}\n  Token address   {oauth}\n  Meeting SDK     {sdk}\n\n  \
         Account ID      {}\n  App ID          {}\n  Client ID       {}\n  Client Secret   {}\n  SDK Client ID   {}\n  SDK Secret      {}\n  \
         Webhook secret  {}\n{reach}\nPoint your Zoom client at these addresses. Ctrl-C ends it.",
        c.account_id, c.app_id, c.client_id, c.client_secret, c.sdk_key, c.sdk_secret, c.webhook_secret
    ))
    .context("the addresses cannot be shown")
}

/// The lines about Zoom's own names, where they were asked for.
fn reach(sandbox: &SandboxHandle, ca: Option<&Path>) -> String {
    let (Some(tls), Some(ends)) = (sandbox.tls_address(), sandbox.tls_ends()) else { return String::new() };
    let proxy = proxy(sandbox).map(|proxy| format!("  HTTPS proxy     {proxy}\n")).unwrap_or_default();
    let ca = ca.map_or("name a file with --ca-out to have it".to_owned(), |file| file.display().to_string());
    let ends = ends.strftime("%Y-%m-%d %H:%M UTC");
    format!(
        "\n  zoom.us, TLS    {tls}\n{proxy}  Trust           {ca}\n                  (until {ends}, for zoom.us only)\n"
    )
}
