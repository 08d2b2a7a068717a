//! A certificate in files that somebody else keeps valid: read at the start, and again whenever they change.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use anyhow::{Context as _, bail};
use rustls::{
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{config, lifecycle::pause};

/// How often the files are looked at.
const EVERY: Duration = Duration::from_secs(5);

/// The files and what was last read from them.
struct Files {
    certificate: PathBuf,
    key: PathBuf,
    current: RwLock<Arc<CertifiedKey>>,
}

/// The bytes of both files, which tell whether anything changed.
#[derive(PartialEq, Eq)]
struct Read {
    certificate: Vec<u8>,
    key: Vec<u8>,
}

/// Reads the certificate, and goes on looking for another one. Where the files cannot be used at the start, there is
/// nothing to serve with; later the certificate before them stays.
pub(super) fn start(
    tls: &config::Tls,
    stop: &CancellationToken,
    tasks: &TaskTracker,
) -> anyhow::Result<Arc<dyn ResolvesServerCert>> {
    let certificate = tls.certificate.clone().context("tls.certificate is missing")?;
    let key = tls.key.clone().context("tls.key is missing")?;
    let read = Read::from(&certificate, &key)?;
    let current = RwLock::new(Arc::new(read.parse(&certificate, &key)?));
    let files = Arc::new(Files { certificate, key, current });
    let (watched, stop) = (Arc::clone(&files), stop.clone());
    tasks.spawn(async move {
        tokio::select! {
            () = stop.cancelled() => {}
            () = watched.watch(read) => {}
        }
    });
    Ok(files)
}

impl Read {
    fn from(certificate: &Path, key: &Path) -> anyhow::Result<Self> {
        let read =
            |name, path: &Path| fs::read(path).with_context(|| format!("{name} {} cannot be read", path.display()));
        Ok(Self { certificate: read("tls.certificate", certificate)?, key: read("tls.key", key)? })
    }

    fn parse(&self, certificate: &Path, key: &Path) -> anyhow::Result<CertifiedKey> {
        let chain = CertificateDer::pem_slice_iter(&self.certificate)
            .collect::<Result<Vec<_>, _>>()
            .with_context(|| format!("tls.certificate {} is not in PEM", certificate.display()))?;
        if chain.is_empty() {
            bail!("tls.certificate {} holds no certificate in PEM", certificate.display());
        }
        let secret = PrivateKeyDer::from_pem_slice(&self.key)
            .map_err(|_| anyhow::anyhow!("tls.key {} holds no key in PEM", key.display()))?;
        CertifiedKey::from_der(chain, secret, &ring::default_provider()).with_context(|| {
            format!("tls.key {} does not belong to tls.certificate {}", key.display(), certificate.display())
        })
    }
}

impl Files {
    async fn watch(&self, mut known: Read) {
        loop {
            pause(EVERY).await;
            let read = match Read::from(&self.certificate, &self.key) {
                Ok(read) if read == known => continue,
                Ok(read) => read,
                // It may be in the middle of being replaced.
                Err(error) => {
                    tracing::warn!("{error:#}; the certificate that was read before stays");
                    continue;
                }
            };
            match read.parse(&self.certificate, &self.key) {
                Ok(certified) => {
                    *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(certified);
                    tracing::info!(certificate = %self.certificate.display(), "a new certificate is served from now on");
                }
                Err(error) => tracing::warn!("{error:#}; the certificate that was read before stays"),
            }
            // One that cannot be used is spoken of once.
            known = read;
        }
    }
}

impl ResolvesServerCert for Files {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Files({})", self.certificate.display())
    }
}
