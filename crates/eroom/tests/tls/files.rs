//! A certificate in two files.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    time::Duration,
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use crate::visit::{refused, roots, serve, until, visit};

const NAME: &str = "rooms.example.org";

struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// Writes a new certificate for [`NAME`] and its key.
    fn issue(&self, folder: &Path) -> Vec<u8> {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec![NAME.to_owned()]).unwrap().signed_by(&key, &self.0).unwrap();
        fs::write(folder.join("site.crt"), certificate.pem()).unwrap();
        fs::write(folder.join("site.key"), key.serialize_pem()).unwrap();
        certificate.der().to_vec()
    }
}

const SETTINGS: [(&str, &str); 4] = [
    ("EROOM_TLS__MODE", "files"),
    ("EROOM_TLS__CERTIFICATE", "site.crt"),
    ("EROOM_TLS__KEY", "site.key"),
    ("EROOM_PUBLIC_URL", "https://rooms.example.org"),
];

#[test]
fn a_site_serves_https_and_takes_a_new_certificate_from_its_files_while_it_runs() {
    let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
    let first = authority.issue(folder.path());
    let (_site, address) = serve(folder.path(), &SETTINGS);
    let see = || visit(address, NAME, roots(&authority.0.pem())).unwrap();
    assert_eq!(see(), first);
    // Who does not trust it is not let on; who speaks no TLS hears nothing of the site.
    assert!(visit(address, NAME, roots(&Authority::new().0.pem())).unwrap_err().contains("certificate"));
    let mut plain = TcpStream::connect(address).unwrap();
    plain.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut heard = Vec::new();
    drop(plain.read_to_end(&mut heard));
    assert!(!String::from_utf8_lossy(&heard).contains("200"), "{heard:?}");

    // A key that does not belong to the certificate: the one before stays, and the log says so.
    let other = tempfile::tempdir().unwrap();
    authority.issue(other.path());
    fs::copy(other.path().join("site.key"), folder.path().join("site.key")).unwrap();
    let log = || fs::read_to_string(folder.path().join("log")).unwrap();
    until(Duration::from_secs(20), "a warning", || log().contains("does not belong to").then_some(()));
    assert_eq!(see(), first);
    let second = authority.issue(folder.path());
    until(Duration::from_secs(20), "the new certificate", || (see() == second).then_some(()));
}

#[test]
fn settings_that_cannot_be_served_with_are_refused_at_the_start_by_name() {
    let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
    authority.issue(folder.path());
    fs::write(folder.path().join("letter"), "Dear site,").unwrap();
    for (changed, said) in [
        (&[("EROOM_TLS__KEY", "letter")][..], "tls.key letter holds no key in PEM"),
        (&[("EROOM_TLS__CERTIFICATE", "letter")], "tls.certificate letter holds no certificate"),
        (&[("EROOM_TLS__CERTIFICATE", "gone.crt")], "tls.certificate gone.crt cannot be read"),
        (&[("EROOM_PUBLIC_URL", "http://rooms.example.org")], "write https:"),
        (&[("EROOM_TLS__MODE", "off")], "tls.certificate does nothing unless tls.mode is \"files\""),
    ] {
        let error = refused(folder.path(), &SETTINGS, changed);
        assert!(error.contains(said), "{said:?} is not in {error}");
        assert!(!error.contains("PRIVATE KEY") && !error.contains("Dear site"), "{error}");
    }
}
