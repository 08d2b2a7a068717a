//! A certificate fetched from an authority (ACME, RFC 8555), kept in the data folder and renewed in time.

mod authority;
mod failure;
mod kept;
mod order;
mod served;
mod validity;

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use clock::{Clock as _, SystemClock, Timestamp};
use instant_acme::{Account, LetsEncrypt, NewAccount};
use rustls::server::ResolvesServerCert;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{
    authority::Authority,
    failure::{Failure, Pauses},
    kept::{Kept, KeptAccount, KeptCertificate},
    served::Served,
    validity::Validity,
};
use crate::config::Config;

/// What an authority speaks that looks whether the name leads here (TLS-ALPN-01, RFC 8737).
pub(super) const CHALLENGE: &[u8] = b"acme-tls/1";

/// The longest one attempt may take.
const ATTEMPT: Duration = Duration::from_mins(5);

/// Whose certificate it is, and who gives it.
struct Site {
    name: String,
    directory: String,
    contact: Option<String>,
}

/// Keeps a fresh certificate served.
struct Keeper {
    site: Site,
    authority: Authority,
    kept: Kept,
    served: Arc<Served>,
}

/// Serves the certificate that is kept, and goes on fetching one whenever that is due. An authority that fails stops
/// nothing: what is served stays.
pub(super) fn start(
    config: &Config,
    stop: &CancellationToken,
    tasks: &TaskTracker,
) -> anyhow::Result<Arc<dyn ResolvesServerCert>> {
    let served = Arc::new(Served::default());
    let mut keeper = Keeper {
        site: Site::from(config)?,
        authority: Authority::new(config.tls.authority.as_deref())?,
        kept: Kept::open(&config.data_dir)?,
        served: Arc::clone(&served),
    };
    let current = keeper.serve_kept();
    let stop = stop.clone();
    tasks.spawn(async move {
        tokio::select! {
            () = stop.cancelled() => {}
            () = keeper.run(current) => {}
        }
    });
    Ok(served)
}

impl Site {
    fn from(config: &Config) -> anyhow::Result<Self> {
        let name = config.public_url.as_ref().and_then(|url| url.host_str()).context("public_url is missing")?;
        let directory = config.tls.directory.as_ref().map_or(LetsEncrypt::Production.url(), |url| url.as_str());
        Ok(Self {
            name: name.to_owned(),
            directory: directory.to_owned(),
            contact: config.tls.contact.as_ref().map(|contact| format!("mailto:{contact}")),
        })
    }
}

impl Keeper {
    /// What an earlier run has fetched, where it is for this name and from this authority.
    fn serve_kept(&mut self) -> Option<Validity> {
        let kept = self.kept.certificate().filter(|kept| kept.is_for(&self.site))?;
        match self.serve(&kept) {
            Ok(validity) => {
                let (until, renewal) = (in_words(validity.until), in_words(validity.renewal()));
                tracing::info!(name = %self.site.name, %until, %renewal, "the certificate that is kept is served");
                Some(validity)
            }
            Err(problem) => {
                tracing::warn!("the certificate kept in {} cannot be used: {problem:#}", self.kept);
                None
            }
        }
    }

    fn serve(&self, certificate: &KeptCertificate) -> anyhow::Result<Validity> {
        let certified = certificate.certified()?;
        let leaf = certified.cert.first().context("it is empty")?;
        let validity = Validity::of(leaf)?;
        self.served.set_certificate(certified);
        Ok(validity)
    }

    async fn run(&mut self, mut current: Option<Validity>) {
        let mut pauses = Pauses::default();
        loop {
            if let Some(validity) = current {
                SystemClock.sleep_until(validity.renewal()).await;
            }
            match self.fetch().await {
                Ok(validity) => {
                    self.tell_success(validity);
                    (current, pauses) = (Some(validity), Pauses::default());
                }
                Err(failure) => {
                    let pause = pauses.after(&failure);
                    self.tell_failure(&failure, current, pause);
                    SystemClock.sleep_until(later(pause)).await;
                }
            }
        }
    }

    /// Fetches a certificate, keeps it and serves it.
    async fn fetch(&mut self) -> Result<Validity, Failure> {
        let Site { name, directory, .. } = &self.site;
        tracing::info!(%name, %directory, "a certificate is being fetched");
        let certificate = match self.order().await {
            // It has lost its accounts, or closed ours: a new one is made, once.
            Err(failure) if failure.is_about_the_account() => {
                self.kept.forget_account();
                self.order().await?
            }
            ordered => ordered?,
        };
        let validity = self.serve(&certificate).map_err(|problem| Failure::Unusable(format!("{problem:#}")))?;
        if let Err(problem) = self.kept.put_certificate(&certificate) {
            tracing::warn!("the certificate cannot be kept, and is fetched again at the next start: {problem:#}");
        }
        if validity.renewal() <= SystemClock.now() {
            return Err(Failure::Clock(validity));
        }
        Ok(validity)
    }

    async fn order(&self) -> Result<KeptCertificate, Failure> {
        let ordered = async {
            let account = self.account().await?;
            order::order(&account, &self.site, &self.served).await
        };
        tokio::time::timeout(ATTEMPT, ordered).await.unwrap_or(Err(Failure::Slow))
    }

    /// The account kept for this authority, or a new one.
    async fn account(&self) -> Result<Account, Failure> {
        let Site { directory, contact, .. } = &self.site;
        let contacts: Vec<_> = contact.iter().map(String::as_str).collect();
        if let Some(kept) = self.kept.account().filter(|kept| kept.directory == *directory) {
            let account = self.authority.accounts().from_credentials(kept.credentials).await?;
            if kept.contact != *contact {
                account.update_contacts(&contacts).await?;
                self.kept.change_contact(contact.clone());
            }
            return Ok(account);
        }
        let new = NewAccount { contact: &contacts, terms_of_service_agreed: true, only_return_existing: false };
        let (account, credentials) = self.authority.accounts().create(&new, directory.clone(), None).await?;
        let kept = KeptAccount { directory: directory.clone(), contact: contact.clone(), credentials };
        if let Err(problem) = self.kept.put_account(&kept) {
            tracing::warn!("the account at the authority cannot be kept, and another is made next time: {problem:#}");
        }
        Ok(account)
    }

    fn tell_success(&self, validity: Validity) {
        let (until, renewal) = (in_words(validity.until), in_words(validity.renewal()));
        tracing::info!(name = %self.site.name, %until, %renewal, "a new certificate is served from now on");
    }

    fn tell_failure(&self, failure: &Failure, current: Option<Validity>, pause: Duration) {
        let Site { name, directory, .. } = &self.site;
        let meanwhile = match current {
            Some(Validity { until, .. }) => format!("the one before is served, and valid until {}", in_words(until)),
            None => "until then nobody can reach the site".to_owned(),
        };
        let (cure, pause) = (failure.cure(name), pause.as_secs());
        tracing::warn!(
            "no new certificate for {name} from {directory}: {failure}. {cure}. \
             The next attempt is in {pause} seconds; {meanwhile}"
        );
    }
}

fn later(pause: Duration) -> Timestamp {
    SystemClock.now().checked_add(pause).unwrap_or(Timestamp::MAX)
}

fn in_words(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
