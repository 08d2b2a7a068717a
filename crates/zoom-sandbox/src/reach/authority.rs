//! The sandbox's own certificate authority: made at every start, able to vouch for Zoom's names only, gone at once.

use std::{sync::Arc, time::Duration};

use clock::{Clock as _, SystemClock, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CidrSubnet, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, KeyPair, KeyUsagePurpose, NameConstraints, date_time_ymd,
};
use rustls::{ServerConfig, crypto::ring, pki_types::PrivatePkcs8KeyDer};

use super::names::{COVERED, ZOOM};

/// How long authority and certificate hold.
const LIFE: Duration = Duration::from_hours(7 * 24);

/// A clock that is a little behind this one, in a container for instance, still takes them for valid.
const SKEW: Duration = Duration::from_mins(5);

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub enum CertificateError {
    /// It could not be made.
    Made(#[from] rcgen::Error),
    /// The TLS library does not take it.
    Taken(#[from] rustls::Error),
}

/// What TLS needs, and what those who shall trust it need. The authority's own key is not in it: it signs one
/// certificate and is dropped, never written anywhere.
#[derive(Debug)]
pub(super) struct Papers {
    pub(super) config: Arc<ServerConfig>,
    pub(super) ca_pem: String,
    pub(super) ends: Timestamp,
}

/// Makes an authority and the one certificate it will ever sign. Times are the machine's: those who check them have no
/// other clock. Keys come from the operating system even where ids are seeded: nobody may be able to guess them.
pub(super) fn issue() -> Result<Papers, CertificateError> {
    let now = SystemClock.now();
    let authority = CertifiedIssuer::self_signed(authority(now)?, KeyPair::generate()?)?;
    let (key, certificate) = (KeyPair::generate()?, certificate(now, &COVERED)?);
    let certificate = certificate.signed_by(&key, &authority)?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivatePkcs8KeyDer::from(key.serialize_der()).into())?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    let ends = Timestamp::from_second(i64::try_from((since_1970(now) + LIFE).as_secs()).unwrap_or(i64::MAX));
    Ok(Papers { config: Arc::new(config), ca_pem: authority.pem(), ends: ends.unwrap_or(Timestamp::MAX) })
}

/// A root that may sign for servers named zoom.us and below, and for nothing else: whoever trusts it, and forgets it in
/// a trust store, has not opened the rest of the web to anybody.
fn authority(now: Timestamp) -> Result<CertificateParams, rcgen::Error> {
    // The time is in the name, so that two runs' authorities can be told apart in a trust store.
    let mut params = lasting_from(now, &format!("eRoom sandbox {}, not Zoom", now.strftime("%Y-%m-%d %H:%M:%S UTC")))?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![GeneralSubtree::DnsName(ZOOM.to_owned())],
        // A rule about DNS names leaves addresses free; these two forbid them all.
        excluded_subtrees: vec![
            GeneralSubtree::IpAddress(CidrSubnet::from_v4_prefix([0; 4], 0)),
            GeneralSubtree::IpAddress(CidrSubnet::from_v6_prefix([0; 16], 0)),
        ],
    });
    Ok(params)
}

fn certificate(now: Timestamp, names: &[&str]) -> Result<CertificateParams, rcgen::Error> {
    let common = names.first().copied().unwrap_or_default();
    let mut params = lasting_from(now, common)?;
    params.subject_alt_names =
        CertificateParams::new(names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>())?.subject_alt_names;
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}

fn lasting_from(now: Timestamp, common_name: &str) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    let begun = date_time_ymd(1970, 1, 1) + since_1970(now);
    (params.not_before, params.not_after) = (begun - SKEW, begun + LIFE);
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.distinguished_name.push(DnType::OrganizationName, "eRoom sandbox");
    Ok(params)
}

/// Whole seconds, as certificates count.
fn since_1970(now: Timestamp) -> Duration {
    Duration::from_secs(u64::try_from(now.as_second()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use rustls::{
        CertificateError as Fault, Error, RootCertStore,
        client::{WebPkiServerVerifier, danger::ServerCertVerifier as _},
        pki_types::{ServerName, UnixTime},
    };

    use super::*;

    /// What a client that trusts a fresh authority says to its certificate for `names`, when it asked for `asked`.
    fn verdict(names: &[&str], asked: &str, later: Duration) -> Result<(), Error> {
        let now = SystemClock.now();
        let authority = CertifiedIssuer::self_signed(authority(now).unwrap(), KeyPair::generate().unwrap()).unwrap();
        let leaf = certificate(now, names).unwrap().signed_by(&KeyPair::generate().unwrap(), &authority).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(authority.der().clone()).unwrap();
        let provider = Arc::new(ring::default_provider());
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
        let at = UnixTime::since_unix_epoch(since_1970(now) + later);
        let name = ServerName::try_from(asked.to_owned()).unwrap();
        verifier.verify_server_cert(leaf.der(), &[], &name, &[], at).map(|_| ())
    }

    #[test]
    fn the_authority_vouches_for_zooms_names() {
        for name in ["zoom.us", "api.zoom.us", "api-eu.zoom.us", "source.zoom.us", "marketplace.zoom.us"] {
            verdict(&COVERED, name, Duration::ZERO).unwrap();
        }
    }

    #[test]
    fn whoever_trusts_the_authority_trusts_it_for_no_other_name_and_no_address() {
        for name in ["example.org", "zoom.us.example.org", "notzoom.us", "127.0.0.1", "::1"] {
            let refused = verdict(&[name], name, Duration::ZERO).unwrap_err();
            assert!(format!("{refused:?}").contains("NameConstraint"), "{name}: {refused:?}");
        }
    }

    #[test]
    fn it_ends_after_seven_days_of_the_machines_time() {
        verdict(&COVERED, "zoom.us", Duration::from_secs(7 * 86_400 - 5)).unwrap();
        let refused = verdict(&COVERED, "zoom.us", Duration::from_secs(7 * 86_400 + 5)).unwrap_err();
        assert!(
            matches!(refused, Error::InvalidCertificate(Fault::Expired | Fault::ExpiredContext { .. })),
            "{refused:?}"
        );
    }
}
