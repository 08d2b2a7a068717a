//! `eroom serve`: pages, JSON API and webhooks, with or without the background work; and `eroom worker`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use anyhow::{Context as _, bail};
use model::PRODUCT;
use serde_json::json;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use url::Url;
use web::{DemoLogin, WebConfig};

use crate::{
    cli::{ConfigArgs, ServeArgs},
    config::Config,
    console::{say, say_json},
    house::{Choices, House, make_data_dir, public_url, scheme},
    lifecycle, logging, metrics, tls,
};

/// Runs the site until it is told to stop.
pub(crate) async fn run(args: ServeArgs) -> anyhow::Result<()> {
    let mut config = Config::load(&args.config)?;
    if let Some(listen) = args.listen {
        config.listen = listen;
    }
    logging::start(&config.log)?;
    let stop = lifecycle::stop_on_signal()?;
    make_data_dir(&config)?;
    let tasks = TaskTracker::new();
    let tls = tls::start(&config, &stop, &tasks)?;
    let (listener, bound) = lifecycle::listen(config.listen).await?;
    let public_url = public_url(&config, bound)?;
    let choices = Choices { allow_sandbox: args.allow_sandbox, demo: false };
    let house = House::for_serve(&config, public_url.clone(), choices).await?;
    if house.service.uses_sandbox().await? && !args.allow_sandbox {
        bail!(
            "this site is connected to a sandbox, where nothing reaches Zoom. \
             Start with --allow-sandbox to serve it all the same, or connect a Zoom account with `eroom serve --allow-sandbox` and the Zoom settings"
        );
    }
    let router = web::build(web_config(&config, &house, public_url.clone(), None, None), house.service.clone())?;
    let router = if tls.is_some() { router.layer(axum::Extension(web::OverTls)) } else { router };
    metrics::start(config.metrics.listen, &stop, &tasks).await?;
    background(&house, !args.no_worker, &stop, &tasks);
    let listening = format!("{}://{bound}", scheme(&config));
    announce(&house, &listening, &public_url, args.json).await?;
    lifecycle::serve_tls(listener, router, tls, stop).await;
    lifecycle::wait_for(&tasks).await;
    Ok(())
}

/// Runs the background work alone.
pub(crate) async fn work(args: &ConfigArgs) -> anyhow::Result<()> {
    let config = Config::load(args)?;
    logging::start(&config.log)?;
    let stop = lifecycle::stop_on_signal()?;
    let house = House::for_worker(&config).await?;
    let tasks = TaskTracker::new();
    metrics::start(config.metrics.listen, &stop, &tasks).await?;
    background(&house, true, &stop, &tasks);
    tracing::info!("the worker is running");
    stop.cancelled().await;
    lifecycle::wait_for(&tasks).await;
    Ok(())
}

/// What the pages are told by the configuration.
pub(crate) fn web_config(
    config: &Config,
    house: &House,
    public_url: Url,
    sandbox_log: Option<Url>,
    demo_login: Option<DemoLogin>,
) -> WebConfig {
    WebConfig {
        sdk_base: config.zoom.sdk.clone(),
        templates: config.templates.clone(),
        trusted_proxies: trusted_proxies(config, &public_url),
        sandbox_log,
        demo_login,
        clock: house.clock.clone(),
        entropy: house.entropy.clone(),
        public_url,
    }
}

/// Whose `X-Forwarded-For` is believed: the configured proxies; without any, this machine's own, where the site has an
/// address that this machine alone cannot have. Else every visitor behind the proxy would count as one.
fn trusted_proxies(config: &Config, public_url: &Url) -> Vec<IpAddr> {
    let here = match public_url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => true,
    };
    if config.trusted_proxies.is_empty() && !here {
        return vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
    }
    config.trusted_proxies.clone()
}

/// Starts what runs beside the pages: the watch over changes by other processes, and the worker.
pub(crate) fn background(house: &House, worker: bool, stop: &CancellationToken, tasks: &TaskTracker) {
    let (service, told) = (house.service.clone(), stop.clone());
    tasks.spawn(async move { service.watch_changes(told).await });
    if worker {
        let (worker, told) = (service::Worker::new(house.service.clone()), stop.clone());
        tasks.spawn(async move { worker.run(told).await });
    }
}

async fn announce(house: &House, listening: &str, public_url: &Url, json: bool) -> anyhow::Result<()> {
    let setup = if house.service.is_empty().await? {
        Some(house.service.setup_link().await.context("the one-time set-up address cannot be made")?)
    } else {
        None
    };
    let address = public_url.as_str().trim_end_matches('/');
    if json {
        return say_json(&json!({ "eroom": listening, "public_url": address, "setup": setup }));
    }
    say(&format!("{PRODUCT} is ready at {address}"))?;
    if let Some(link) = setup {
        say(&format!(
            "Nobody can sign in yet. Open this address once, within a day, to make the first owner:\n{link}"
        ))?;
    }
    Ok(())
}
