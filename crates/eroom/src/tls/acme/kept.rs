//! What is kept in the data folder's `acme/`, for its owner only: the account at the authority, and the certificate.

use std::{
    fmt, fs, io,
    io::Write as _,
    os::unix::fs::{DirBuilderExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use instant_acme::AccountCredentials;
use rustls::{
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    sign::CertifiedKey,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::Site;

const ACCOUNT: &str = "account.json";
const CERTIFICATE: &str = "certificate.json";

/// The folder.
pub(super) struct Kept(PathBuf);

/// An account, and where it is one.
#[derive(Serialize, Deserialize)]
pub(super) struct KeptAccount {
    pub(super) directory: String,
    pub(super) contact: Option<String>,
    pub(super) credentials: AccountCredentials,
}

/// A certificate with its key, whose it is, and where it is from. One file holds both, so that they always fit.
#[derive(Serialize, Deserialize)]
pub(super) struct KeptCertificate {
    pub(super) directory: String,
    pub(super) name: String,
    /// The key, in PEM.
    pub(super) key: String,
    /// The certificate and those it is signed by, in PEM.
    pub(super) chain: String,
}

impl KeptCertificate {
    /// Whether it is this site's, from the authority that it is to have one from.
    pub(super) fn is_for(&self, site: &Site) -> bool {
        self.name == site.name && self.directory == site.directory
    }

    /// What TLS needs of it.
    pub(super) fn certified(&self) -> anyhow::Result<CertifiedKey> {
        let chain = CertificateDer::pem_slice_iter(self.chain.as_bytes())
            .collect::<Result<Vec<_>, _>>()
            .context("the certificate is not in PEM")?;
        let key =
            PrivateKeyDer::from_pem_slice(self.key.as_bytes()).map_err(|_| anyhow::anyhow!("the key is not in PEM"))?;
        CertifiedKey::from_der(chain, key, &ring::default_provider()).context("the key does not belong to it")
    }
}

impl Kept {
    /// Makes the folder, or closes it to others.
    pub(super) fn open(data_dir: &Path) -> anyhow::Result<Self> {
        let folder = data_dir.join("acme");
        let made = match fs::DirBuilder::new().mode(0o700).create(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))
            }
            made => made,
        };
        made.with_context(|| format!("the folder for certificates, {}, cannot be made or closed", folder.display()))?;
        Ok(Self(folder))
    }

    pub(super) fn account(&self) -> Option<KeptAccount> {
        self.read(ACCOUNT)
    }

    pub(super) fn certificate(&self) -> Option<KeptCertificate> {
        self.read(CERTIFICATE)
    }

    pub(super) fn put_account(&self, account: &KeptAccount) -> anyhow::Result<()> {
        self.write(ACCOUNT, account)
    }

    pub(super) fn put_certificate(&self, certificate: &KeptCertificate) -> anyhow::Result<()> {
        self.write(CERTIFICATE, certificate)
    }

    /// Notes whom the authority may write to now.
    pub(super) fn change_contact(&self, contact: Option<String>) {
        if let Some(account) = self.account()
            && let Err(problem) = self.put_account(&KeptAccount { contact, ..account })
        {
            tracing::warn!("{problem:#}; the authority is told the contact again next time");
        }
    }

    /// The next order makes a new account.
    pub(super) fn forget_account(&self) {
        drop(fs::remove_file(self.0.join(ACCOUNT)));
    }

    /// What cannot be read is fetched anew.
    fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let path = self.0.join(name);
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            read => read.map_err(|error| error.to_string()),
        };
        // What does not parse is not repeated: it may be part of a key.
        let parsed = bytes.and_then(|bytes| {
            serde_json::from_slice(&bytes).map_err(|error| format!("broken at line {}", error.line()))
        });
        parsed.map_err(|problem| tracing::warn!("{} cannot be read ({problem}) and is made anew", path.display())).ok()
    }

    /// Whole or not at all, readable by its owner only.
    fn write(&self, name: &str, value: &impl Serialize) -> anyhow::Result<()> {
        let path = self.0.join(name);
        let written = || -> io::Result<()> {
            let mut file = tempfile::NamedTempFile::new_in(&self.0)?;
            file.write_all(&serde_json::to_vec(value)?)?;
            file.as_file().sync_all()?;
            file.persist(&path)?;
            Ok(())
        };
        written().with_context(|| format!("{} cannot be written", path.display()))
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.display().fmt(f)
    }
}
