//! The settings of HTTPS without a proxy, and what of them cannot work.

use std::path::PathBuf;

use anyhow::bail;
use model::Email;
use serde::Deserialize;
use url::{Host, Url};

/// HTTPS without a proxy. What does nothing in this mode is refused.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tls {
    /// Where the certificate comes from.
    pub(crate) mode: TlsMode,
    /// The certificate and those it is signed by, in PEM (`files`).
    pub(crate) certificate: Option<PathBuf>,
    /// Its key, in PEM (`files`).
    pub(crate) key: Option<PathBuf>,
    /// Whom the authority may write to (`acme`).
    pub(crate) contact: Option<String>,
    /// The authority's directory; without it that of Let's Encrypt (`acme`).
    pub(crate) directory: Option<Url>,
    /// Whom to trust at a private authority's directory, in PEM (`acme`).
    pub(crate) authority: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "String")]
pub(crate) enum TlsMode {
    /// HTTP; a proxy in front speaks HTTPS.
    Off,
    /// A certificate that somebody else keeps valid.
    Files,
    /// A certificate that is fetched from an authority and renewed.
    Acme,
}

impl TryFrom<String> for TlsMode {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        match word.as_str() {
            "off" => Ok(Self::Off),
            "files" => Ok(Self::Files),
            "acme" => Ok(Self::Acme),
            _ => Err(format!("{word:?} is none of the choices: write off, files or acme")),
        }
    }
}

/// Endings of names that exist in one network only, or nowhere.
const PRIVATE: [&str; 8] = [".localhost", ".local", ".internal", ".lan", ".home.arpa", ".test", ".example", ".invalid"];

impl Tls {
    /// Refuses settings that cannot work together with this address, or would do nothing.
    pub(super) fn check(&self, public_url: Option<&Url>) -> anyhow::Result<()> {
        self.check_modes()?;
        if self.mode != TlsMode::Off && public_url.is_some_and(|url| url.scheme() == "http") {
            bail!("public_url begins with http:, and tls.mode has eRoom serve https only: write https:");
        }
        match self.mode {
            TlsMode::Off => Ok(()),
            TlsMode::Files => self.check_files(),
            TlsMode::Acme => self.check_acme(public_url),
        }
    }

    fn check_modes(&self) -> anyhow::Result<()> {
        let settings = [
            ("tls.certificate", self.certificate.is_some(), TlsMode::Files, "files"),
            ("tls.key", self.key.is_some(), TlsMode::Files, "files"),
            ("tls.contact", self.contact.is_some(), TlsMode::Acme, "acme"),
            ("tls.directory", self.directory.is_some(), TlsMode::Acme, "acme"),
            ("tls.authority", self.authority.is_some(), TlsMode::Acme, "acme"),
        ];
        match settings.iter().find(|(_, is_set, mode, _)| *is_set && *mode != self.mode) {
            Some((name, _, _, mode)) => {
                bail!("{name} does nothing unless tls.mode is \"{mode}\": set the one, or remove the other")
            }
            None => Ok(()),
        }
    }

    fn check_files(&self) -> anyhow::Result<()> {
        let files = [("tls.certificate", self.certificate.is_some()), ("tls.key", self.key.is_some())];
        if let Some((name, _)) = files.iter().find(|(_, is_set)| !is_set) {
            bail!("{name} is missing: tls.mode \"files\" wants tls.certificate and tls.key, two files in PEM");
        }
        Ok(())
    }

    fn check_acme(&self, public_url: Option<&Url>) -> anyhow::Result<()> {
        let Some(url) = public_url else {
            bail!(
                "public_url is missing: tls.mode \"acme\" fetches a certificate for the name in it. \
                 Set public_url = \"https://\" and the site's name"
            );
        };
        let Some(Host::Domain(name)) = url.host() else {
            bail!(
                "public_url {url} has an IP address, and tls.mode \"acme\" fetches certificates for names: \
                 give the site a name, or set tls.mode = \"files\""
            );
        };
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')) {
            bail!(
                "public_url {url} has a name for which no certificate is given: use letters, digits, dots and hyphens"
            );
        }
        let is_private = !name.contains('.') || PRIVATE.iter().any(|ending| name.ends_with(ending));
        if is_private && self.directory.is_none() {
            bail!(
                "public_url {url} has a name of a private network, and Let's Encrypt vouches for public names only: \
                 use a public name, set tls.directory to a private authority's, or set tls.mode = \"files\""
            );
        }
        match &self.directory {
            Some(directory) if directory.scheme() != "https" => {
                bail!("tls.directory {directory} does not begin with https:, as every authority's does");
            }
            None if self.authority.is_some() => bail!(
                "tls.authority says whom to trust at a private authority's directory: set tls.directory too, \
                 or remove it, as Let's Encrypt needs none"
            ),
            _ => {}
        }
        if let Some(contact) = &self.contact
            && Email::parse(contact).is_err()
        {
            bail!("tls.contact {contact:?} is not an e-mail address: write one, such as \"you@example.org\"");
        }
        Ok(())
    }
}
