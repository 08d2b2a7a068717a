//! The store and the use cases, opened as the configuration says.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use anyhow::{Context as _, ensure};
use clock::{SharedClock, SharedEntropy, SystemClock, SystemEntropy};
use secrecy::ExposeSecret as _;
use service::{Actor, ConnectionView, Pace, Service, Settings, ZoomPlaces};
use store::{Database, KeySource, OpenOptions, Store};
use url::Url;

use crate::config::{Config, TlsMode, Zoom};

/// What every command but the sandbox works with.
pub(crate) struct House {
    pub(crate) service: Service,
    pub(crate) clock: SharedClock,
    pub(crate) entropy: SharedEntropy,
}

/// What is decided outside the configuration.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Choices {
    /// Take a connection to a sandbox.
    pub(crate) allow_sandbox: bool,
    /// This is the demo.
    pub(crate) demo: bool,
}

impl House {
    /// Opens the database, running its migrations, and checks that the key fits.
    pub(crate) async fn open(config: &Config, public_url: Url, choices: Choices) -> anyhow::Result<Self> {
        let foundation = Foundation::open(config).await?;
        Self::on(foundation, config, public_url, choices)
    }

    /// The same for `serve`: where no `public_url` is set, commands and workers learn from the database which address
    /// this one listens on.
    pub(crate) async fn for_serve(config: &Config, public_url: Url, choices: Choices) -> anyhow::Result<Self> {
        let foundation = Foundation::open(config).await?;
        if config.public_url.is_none() {
            let (url, now) = (public_url.as_str(), foundation.clock.now());
            let write = |mut tx| async move { store::address::put(&mut tx, url, now).await };
            foundation.store.write(write).await?;
        }
        Self::on(foundation, config, public_url, choices)
    }

    /// The same for commands that serve nothing: a sandbox connection is nothing to refuse there. Their links lead to
    /// where `serve` listens, or would with this configuration.
    pub(crate) async fn for_command(config: &Config) -> anyhow::Result<Self> {
        let foundation = Foundation::found(config).await?;
        let address = match foundation.address(config).await? {
            Some(address) => address,
            None => public_url(config, config.listen)?,
        };
        Self::on(foundation, config, address, Choices { allow_sandbox: true, demo: false })
    }

    /// The same for `worker`, which writes the site's address into meetings at Zoom and so must know it.
    pub(crate) async fn for_worker(config: &Config) -> anyhow::Result<Self> {
        let foundation = Foundation::found(config).await?;
        let address = foundation.address(config).await?.context(
            "the worker writes the site's address into meetings at Zoom and does not know it: \
             set public_url, or start `eroom serve` on this database first",
        )?;
        Self::on(foundation, config, address, Choices { allow_sandbox: true, demo: false })
    }

    /// The Zoom account of that name or id, or the default one.
    pub(crate) async fn account(&self, actor: &Actor, called: Option<&str>) -> anyhow::Result<ConnectionView> {
        let all = self.service.connections(actor).await?;
        ensure!(!all.is_empty(), "no Zoom account is connected; open /admin/zoom and enter its credentials");
        let names = all.iter().map(|view| view.name.clone()).collect::<Vec<_>>().join(", ");
        let Some(called) = called else { return all.into_iter().next().context("no Zoom account is connected") };
        let mut meant = all.into_iter().filter(|view| view.name == called || view.id.to_string() == called);
        let first = meant.next().with_context(|| format!("no Zoom account is called {called}; there are: {names}"))?;
        ensure!(meant.next().is_none(), "several Zoom accounts are called {called}; name one by its id");
        Ok(first)
    }

    fn on(foundation: Foundation, config: &Config, public_url: Url, choices: Choices) -> anyhow::Result<Self> {
        let Foundation { store, clock, entropy } = foundation;
        let settings = Settings {
            public_url,
            zoom: places(&config.zoom),
            allow_sandbox: choices.allow_sandbox,
            demo: choices.demo,
        };
        let pace = if choices.demo { Pace::of_demo() } else { Pace::default() };
        let service = Service::with_pace(settings, store, Arc::clone(&clock), Arc::clone(&entropy), pace)?;
        Ok(Self { service, clock, entropy })
    }
}

/// What a house stands on, before its address is known.
struct Foundation {
    store: Store,
    clock: SharedClock,
    entropy: SharedEntropy,
}

impl Foundation {
    /// For whoever works on a site that is there: another folder than the right one is not made into one.
    async fn found(config: &Config) -> anyhow::Result<Self> {
        let folder = &config.data_dir;
        ensure!(
            config.database.url.is_some() || folder.is_dir(),
            "there is no data folder {}: name the one that `eroom serve` uses with --data-dir, EROOM_DATA_DIR or \
             data_dir, or make it",
            folder.display()
        );
        Self::open(config).await
    }

    async fn open(config: &Config) -> anyhow::Result<Self> {
        let clock: SharedClock = Arc::new(SystemClock);
        let entropy: SharedEntropy = Arc::new(SystemEntropy);
        let options = OpenOptions {
            database: database(config)?,
            keys: keys(config),
            clock: Arc::clone(&clock),
            entropy: Arc::clone(&entropy),
        };
        Ok(Self { store: Store::open(options).await?, clock, entropy })
    }

    /// The configured address, or the one `serve` noted.
    async fn address(&self, config: &Config) -> anyhow::Result<Option<Url>> {
        if config.public_url.is_some() {
            return Ok(config.public_url.clone());
        }
        let noted = store::address::get(&mut self.store.read().await?).await?;
        noted.map(|url| Url::parse(&url)).transpose().context("the address that serve noted in the database is broken")
    }
}

/// The address people type: the configured one, or the one listened on.
pub(crate) fn public_url(config: &Config, listening: SocketAddr) -> anyhow::Result<Url> {
    if let Some(url) = &config.public_url {
        return Ok(url.clone());
    }
    // 0.0.0.0 is no address to type; on this machine the site answers as localhost.
    let host = if listening.ip().is_unspecified() { "localhost".to_owned() } else { host_of(listening) };
    Url::parse(&format!("{}://{host}:{}/", scheme(config), listening.port()))
        .context("the listening address makes no URL; set public_url")
}

/// What is spoken at the listening address.
pub(crate) fn scheme(config: &Config) -> &'static str {
    if config.tls.mode == TlsMode::Off { "http" } else { "https" }
}

fn host_of(address: SocketAddr) -> String {
    if address.is_ipv6() { format!("[{}]", address.ip()) } else { address.ip().to_string() }
}

/// The configured key, or the file in the data folder.
pub(crate) fn keys(config: &Config) -> KeySource {
    match &config.key {
        Some(text) => KeySource::Text(text.clone()),
        None => KeySource::File(key_file(config)),
    }
}

/// Where the key is, unless it is configured.
pub(crate) fn key_file(config: &Config) -> PathBuf {
    config.data_dir.join("eroom.key")
}

/// The configured database, or the file in the data folder.
pub(crate) fn database(config: &Config) -> anyhow::Result<Database> {
    if let Some(url) = &config.database.url {
        return Database::parse(url.expose_secret()).context("database.url cannot be used");
    }
    Ok(Database::Sqlite(config.data_dir.join("eroom.db")))
}

fn places(zoom: &Zoom) -> ZoomPlaces {
    ZoomPlaces {
        oauth: zoom.oauth.clone(),
        api: zoom.api.clone(),
        sdk_base: zoom.sdk.clone(),
        sdk_version: zoom.sdk_version.clone(),
    }
}

/// Makes the data folder, for its owner only.
pub(crate) fn make_data_dir(config: &Config) -> anyhow::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder
        .create(&config.data_dir)
        .with_context(|| format!("cannot make the data folder {}", config.data_dir.display()))
}
