//! Configuration: a TOML file, then EROOM_… from the environment, then the command line. The only place that reads either.

mod tls;

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

pub(crate) use tls::{Tls, TlsMode};

use crate::cli::ConfigArgs;

/// Everything an operator can set. Unknown names are refused, so that a misspelt one is noticed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Folder for the SQLite database and the key.
    pub(crate) data_dir: PathBuf,
    /// Where pages and the API are served.
    pub(crate) listen: SocketAddr,
    /// The address people type; links, markers at Zoom and cookies follow it. Without it: the listening address.
    pub(crate) public_url: Option<Url>,
    /// The sealing key, instead of a file in the data folder.
    pub(crate) key: Option<SecretString>,
    /// Folder with templates that replace built-in ones of the same name.
    pub(crate) templates: Option<PathBuf>,
    /// Proxies whose `X-Forwarded-For` is believed.
    #[serde(default)]
    pub(crate) trusted_proxies: Vec<IpAddr>,
    pub(crate) tls: Tls,
    pub(crate) database: Database,
    pub(crate) zoom: Zoom,
    pub(crate) metrics: Metrics,
    pub(crate) log: Log,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Database {
    /// `postgres://…`; without it SQLite in the data folder.
    pub(crate) url: Option<SecretString>,
}

/// Where Zoom is. Never taken from a form: who can change it can collect credentials.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Zoom {
    /// Base of the REST API, with `/v2`.
    pub(crate) api: Url,
    /// The token address.
    pub(crate) oauth: Url,
    /// Base of the Meeting SDK's files, without the version.
    pub(crate) sdk: Url,
    /// The Meeting SDK's version.
    pub(crate) sdk_version: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Metrics {
    /// Where Prometheus reads metrics; without it nowhere.
    pub(crate) listen: Option<SocketAddr>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Log {
    /// What to log, in tracing's filter language.
    pub(crate) filter: String,
    /// `text` or `json`.
    pub(crate) format: LogFormat,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "String")]
pub(crate) enum LogFormat {
    Text,
    Json,
}

impl TryFrom<String> for LogFormat {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        match word.as_str() {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(format!("{word:?} is none of the choices: write text or json")),
        }
    }
}

const DEFAULTS: &str = r#"
data_dir = "data"
listen = "127.0.0.1:8080"
[tls]
mode = "off"
[database]
[zoom]
api = "https://api.zoom.us/v2"
oauth = "https://zoom.us/oauth/token"
sdk = "https://source.zoom.us"
sdk_version = "6.2.0"
[metrics]
[log]
filter = "info"
format = "text"
"#;

impl Config {
    /// Reads defaults, file, environment and arguments, the later ones winning.
    pub(crate) fn load(args: &ConfigArgs) -> anyhow::Result<Self> {
        if let Some(path) = args.config.as_ref().filter(|path| path.is_dir()) {
            bail!("the configuration file {} is a folder", path.display());
        }
        let mut sources =
            config::Config::builder().add_source(config::File::from_str(DEFAULTS, config::FileFormat::Toml));
        sources = match &args.config {
            Some(path) => sources.add_source(config::File::from(path.clone()).format(config::FileFormat::Toml)),
            None => sources.add_source(config::File::new("eroom.toml", config::FileFormat::Toml).required(false)),
        };
        // One underscore ends the prefix, two separate the levels: EROOM_DATABASE__URL is database.url.
        sources = sources.add_source(
            config::Environment::with_prefix("EROOM")
                .prefix_separator("_")
                .separator("__")
                .list_separator(",")
                .with_list_parse_key("trusted_proxies")
                .try_parsing(true)
                .source(Some(environment())),
        );
        if let Some(data_dir) = &args.data_dir {
            let data_dir = data_dir.to_str().context("--data-dir is not text this system can store")?;
            sources = sources.set_override("data_dir", data_dir)?;
        }
        let config: Self = sources
            .build()
            .and_then(config::Config::try_deserialize)
            .context("the configuration cannot be used; docs/reference/configuration.md lists every setting")?;
        config.check()?;
        Ok(config)
    }

    /// The demo's configuration: nothing is read from outside, and Zoom is the sandbox.
    pub(crate) fn for_demo(folder: &Path, sandbox: &zoom_sandbox::SandboxHandle) -> anyhow::Result<Self> {
        let mut config: Self = config::Config::builder()
            .add_source(config::File::from_str(DEFAULTS, config::FileFormat::Toml))
            .build()?
            .try_deserialize()?;
        folder.clone_into(&mut config.data_dir);
        config.zoom.api = Url::parse(&sandbox.api())?;
        config.zoom.oauth = Url::parse(&sandbox.oauth())?;
        config.zoom.sdk = Url::parse(&sandbox.sdk_base())?;
        config.log.filter = "warn".into();
        Ok(config)
    }

    fn check(&self) -> anyhow::Result<()> {
        if let Some(url) = &self.public_url {
            if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
                bail!("public_url {url} is not an http or https address");
            }
            if !url.username().is_empty() || url.password().is_some() {
                bail!("public_url has a user name or a password in it: leave them out, visitors see this address");
            }
            if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
                let host = url.origin().ascii_serialization();
                bail!("public_url has a path or more behind {host}: eRoom is served at the root of its host");
            }
        }
        for (name, url) in
            [("zoom.api", &self.zoom.api), ("zoom.oauth", &self.zoom.oauth), ("zoom.sdk", &self.zoom.sdk)]
        {
            if !matches!(url.scheme(), "http" | "https") {
                bail!("{name} {url} is not an http or https address");
            }
        }
        let version = &self.zoom.sdk_version;
        if !version.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())) {
            bail!("zoom.sdk_version {version:?} is no version, like 6.2.0");
        }
        self.tls.check(self.public_url.as_ref())
    }
}

/// The environment, less what the test runner and the end-to-end tests use for themselves.
fn environment() -> std::collections::HashMap<String, String> {
    std::env::vars()
        .filter(|(name, _)| {
            name.starts_with("EROOM_") && !name.starts_with("EROOM_TEST_") && !name.starts_with("EROOM_KILL_")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_stand_on_their_own_and_point_at_zoom() {
        let parsed: Config = config::Config::builder()
            .add_source(config::File::from_str(DEFAULTS, config::FileFormat::Toml))
            .build()
            .unwrap()
            .try_deserialize()
            .unwrap();
        assert_eq!(parsed.zoom.api.as_str(), "https://api.zoom.us/v2");
        assert!(parsed.listen.ip().is_loopback());
        parsed.check().unwrap();
    }

    #[test]
    fn a_misspelt_setting_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("eroom.toml");
        std::fs::write(&path, "lisen = \"127.0.0.1:1\"\n").unwrap();
        let error = Config::load(&ConfigArgs { config: Some(path), data_dir: None }).unwrap_err();
        assert!(format!("{error:#}").contains("lisen"), "{error:#}");
    }

    #[test]
    fn what_is_no_version_of_the_sdk_and_a_folder_for_a_file_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("eroom.toml");
        let load = |config: &Path| Config::load(&ConfigArgs { config: Some(config.to_owned()), data_dir: None });
        for version in ["../..", "", "6.2.0/../x", "latest"] {
            std::fs::write(&path, format!("zoom.sdk_version = {version:?}\n")).unwrap();
            let error = load(&path).unwrap_err().to_string();
            assert!(error.contains("zoom.sdk_version") && error.contains(version), "{error}");
        }
        let error = load(folder.path()).unwrap_err().to_string();
        assert!(error.ends_with("is a folder"), "{error}");
    }

    #[test]
    fn what_the_set_up_guide_has_people_write_for_https_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let site = Url::parse("https://rooms.example.org").unwrap();
        let ways = service::setup::ways_to_https(&site);
        for way in ways.iter().filter(|way| way.file == "eroom.toml") {
            let path = folder.path().join(way.file);
            std::fs::write(&path, &way.lines).unwrap();
            let config = Config::load(&ConfigArgs { config: Some(path), data_dir: None }).unwrap();
            assert_eq!((config.public_url.as_ref(), config.listen.port()), (Some(&site), 443), "{}", way.title);
        }
    }
}

#[cfg(test)]
mod reference {
    /// Every setting of `Config`, written once more so that a new one must be documented.
    const SETTINGS: [&str; 20] = [
        "data_dir",
        "listen",
        "public_url",
        "key",
        "templates",
        "trusted_proxies",
        "tls.mode",
        "tls.certificate",
        "tls.key",
        "tls.contact",
        "tls.directory",
        "tls.authority",
        "database.url",
        "zoom.api",
        "zoom.oauth",
        "zoom.sdk",
        "zoom.sdk_version",
        "metrics.listen",
        "log.filter",
        "log.format",
    ];

    #[test]
    fn the_reference_lists_every_setting_and_no_other() {
        let page = include_str!("../../../docs/reference/configuration.md");
        let listed: Vec<_> = page.lines().filter_map(|l| l.strip_prefix("| `")?.split('`').next()).collect();
        assert_eq!(listed, SETTINGS);
    }
}
