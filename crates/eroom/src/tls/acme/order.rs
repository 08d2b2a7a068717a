//! One order: shows the authority that the name leads here, and takes the certificate.

use std::time::Duration;

use instant_acme::{
    Account, AuthorizationStatus, ChallengeType, Identifier, KeyAuthorization, NewOrder, Order, OrderStatus,
    RetryPolicy,
};
use rcgen::{CertificateParams, CustomExtension, KeyPair};
use rustls::{
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    sign::CertifiedKey,
};

use super::{Failure, KeptCertificate, Served, Site};

/// How patiently the authority's looking and signing is waited for.
const PATIENCE: RetryPolicy =
    RetryPolicy::new().initial_delay(Duration::from_millis(500)).backoff(1.5).timeout(Duration::from_mins(2));

/// Orders a certificate with a key of its own.
pub(super) async fn order(account: &Account, site: &Site, served: &Served) -> Result<KeptCertificate, Failure> {
    let identifiers = [Identifier::Dns(site.name.clone())];
    let mut order = account.new_order(&NewOrder::new(&identifiers)).await?;
    let shown = show(&mut order, &site.name, served).await;
    served.set_answer(None);
    shown?;
    let key = order.finalize().await?;
    let chain = order.poll_certificate(&PATIENCE).await?;
    Ok(KeptCertificate { directory: site.directory.clone(), name: site.name.clone(), key, chain })
}

async fn show(order: &mut Order, name: &str, served: &Served) -> Result<(), Failure> {
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization?;
        // It may remember an earlier time.
        if authorization.status == AuthorizationStatus::Valid {
            continue;
        }
        let mut challenge = authorization.challenge(ChallengeType::TlsAlpn01).ok_or(Failure::NoChallenge)?;
        let answer = answer(name, &challenge.key_authorization())
            .map_err(|problem| Failure::Unusable(format!("the answer to it cannot be made: {problem:#}")))?;
        served.set_answer(Some(answer));
        challenge.set_ready().await?;
    }
    match order.poll_ready(&PATIENCE).await {
        Ok(OrderStatus::Ready) => Ok(()),
        // Why is said of the name, not of the order.
        Ok(_) | Err(instant_acme::Error::Api(_)) => Err(why(order).await?),
        Err(error) => Err(error.into()),
    }
}

/// What the authority saw when it looked.
async fn why(order: &mut Order) -> Result<Failure, Failure> {
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization?;
        authorization.refresh().await?;
        if let Some(problem) = authorization.challenges.iter().find_map(|challenge| challenge.error.clone()) {
            return Ok(problem.into());
        }
    }
    Ok(order.state().error.clone().map_or(Failure::Slow, Failure::from))
}

/// A certificate for nobody but the authority: it holds what only the account's owner can reckon (RFC 8737, 3).
fn answer(name: &str, key_authorization: &KeyAuthorization) -> anyhow::Result<CertifiedKey> {
    let mut params = CertificateParams::new(vec![name.to_owned()])?;
    params.custom_extensions = vec![CustomExtension::new_acme_identifier(key_authorization.digest().as_ref())];
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    let secret = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    // Not by `from_der`, which reads the certificate and does not know the extension that makes it the answer.
    let secret = ring::default_provider().key_provider.load_private_key(secret)?;
    Ok(CertifiedKey::new(vec![certificate.der().clone()], secret))
}
