//! A certificate from an authority.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    time::{Duration, Instant},
};

use crate::{
    pebble::{Pebble, free},
    visit::{refused, roots, serve_at, until, visit},
};

const NAME: &str = "rooms.example.org";

fn settings(directory: &str) -> [(&str, &str); 6] {
    [
        ("EROOM_TLS__MODE", "acme"),
        ("EROOM_TLS__DIRECTORY", directory),
        ("EROOM_TLS__AUTHORITY", "authority.pem"),
        ("EROOM_TLS__CONTACT", "owner@example.org"),
        ("EROOM_PUBLIC_URL", "https://rooms.example.org"),
        ("EROOM_LOG__FILTER", "debug"),
    ]
}

fn log(folder: &Path) -> String {
    fs::read_to_string(folder.join("log")).unwrap()
}

/// Secrets of the folder: the account's key and the certificate's.
fn secrets(folder: &Path) -> Vec<String> {
    let read = |name: &str| -> serde_json::Value {
        serde_json::from_slice(&fs::read(folder.join("data/acme").join(name)).unwrap()).unwrap()
    };
    let account = read("account.json")["credentials"]["key_pkcs8"].as_str().unwrap().to_owned();
    let certificate = read("certificate.json")["key"].as_str().unwrap().to_owned();
    let key = certificate.lines().nth(1).unwrap().to_owned();
    vec![account, key]
}

#[test]
fn a_site_fetches_its_certificate_and_a_restart_keeps_it_without_asking_again() {
    let (folder, address) = (tempfile::tempdir().unwrap(), free());
    let mut pebble = Pebble::planned(folder.path(), address, 3600);
    let (root, directory) = (pebble.start(), pebble.directory());
    let site = serve_at(address, folder.path(), &settings(&directory));
    let see = || visit(address, NAME, roots(&root));
    let first = until(Duration::from_mins(1), "the first certificate", || see().ok());

    // Readable by the site alone, and in no line of the log.
    let mode = |path: &str| fs::metadata(folder.path().join(path)).unwrap().permissions().mode() & 0o777;
    until(Duration::from_secs(10), "what is kept", || {
        folder.path().join("data/acme/certificate.json").exists().then_some(())
    });
    assert_eq!(
        [mode("data/acme"), mode("data/acme/account.json"), mode("data/acme/certificate.json")],
        [0o700, 0o600, 0o600]
    );
    let said = log(folder.path());
    assert!(said.contains("a new certificate is served from now on"), "{said}");
    for secret in secrets(folder.path()) {
        assert!(secret.len() > 40 && !said.contains(&secret), "{said}");
    }

    // Even with the authority gone.
    drop(site);
    pebble.stop();
    let _site = serve_at(address, folder.path(), &settings(&directory));
    assert_eq!(see().unwrap(), first);
    let said = log(folder.path());
    assert!(said.contains("the certificate that is kept is served"), "{said}");
    assert!(!said.contains("being fetched") && !said.contains("no new certificate"), "{said}");
}

#[test]
fn an_authority_that_comes_and_goes_stops_nobody_and_the_certificate_is_renewed_by_itself() {
    let (folder, address) = (tempfile::tempdir().unwrap(), free());
    let mut pebble = Pebble::planned(folder.path(), address, 45);
    let directory = pebble.directory();
    let _site = serve_at(address, folder.path(), &settings(&directory));
    let said = || log(folder.path());
    let cure = "whether this machine may connect there";
    until(Duration::from_secs(20), "a warning", || said().contains(cure).then_some(()));
    assert!(said().contains("until then nobody can reach the site"), "{}", said());

    // It comes up once the authority is there.
    let root = pebble.start();
    let first = until(Duration::from_mins(1), "a certificate", || visit(address, NAME, roots(&root)).ok());
    let fetched = Instant::now();
    // Gone when the renewal is due: what was served is served on.
    pebble.stop();
    until(Duration::from_secs(45), "a renewal that fails", || {
        said().contains("the one before is served, and valid until").then_some(())
    });
    assert!(fetched.elapsed() > Duration::from_secs(20), "it was renewed long before it was due");
    assert_eq!(visit(address, NAME, roots(&root)).unwrap(), first);
    // Back, it knows nobody any more; the site makes itself known again and has another certificate by itself.
    let root = pebble.start();
    let second = until(Duration::from_mins(1), "the renewal", || visit(address, NAME, roots(&root)).ok());
    assert_ne!(second, first);
}

#[test]
fn an_authority_that_looks_and_does_not_find_the_site_is_not_asked_again_at_once() {
    let (folder, address) = (tempfile::tempdir().unwrap(), free());
    let mut pebble = Pebble::planned(folder.path(), free(), 3600);
    pebble.start();
    let directory = pebble.directory();
    let _site = serve_at(address, folder.path(), &settings(&directory));
    let said = || log(folder.path());
    until(Duration::from_mins(1), "a warning", || said().contains("no new certificate").then_some(()));
    let said = said();
    assert!(said.contains("The authority connects to rooms.example.org at port 443"), "{said}");
    assert!(said.contains("the authority says "), "{said}");
    assert!(said.contains("The next attempt is in 300 seconds"), "{said}");
}

#[test]
fn settings_that_no_certificate_can_come_of_are_refused_at_the_start_with_the_cure() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("authority.pem"), "Dear site,").unwrap();
    let of_a_private_one = settings("https://localhost:1/dir");
    let of_lets_encrypt = [of_a_private_one[0], of_a_private_one[4]];
    for (settings, changed, said) in [
        (&of_lets_encrypt[..1], &[][..], "public_url is missing"),
        (&of_lets_encrypt[..], &[("EROOM_PUBLIC_URL", "http://rooms.example.org")], "write https:"),
        (&of_lets_encrypt, &[("EROOM_PUBLIC_URL", "https://203.0.113.7")], "give the site a name"),
        (&of_lets_encrypt, &[("EROOM_PUBLIC_URL", "https://localhost")], "use a public name"),
        (&of_lets_encrypt, &[("EROOM_PUBLIC_URL", "https://rooms.lan")], "set tls.directory to a private"),
        (&of_lets_encrypt, &[("EROOM_PUBLIC_URL", "https://me:canary@rooms.example.org")], "leave them out"),
        (&of_lets_encrypt, &[("EROOM_PUBLIC_URL", "https://*.example.org")], "letters, digits, dots and hyphens"),
        (&of_lets_encrypt, &[("EROOM_PUBLIC_URL", "https://_x.example.org")], "letters, digits, dots and hyphens"),
        (&of_lets_encrypt, &[("EROOM_TLS__AUTHORITY", "authority.pem")], "set tls.directory too"),
        (&of_lets_encrypt, &[("EROOM_TLS__CONTACT", "owner")], "tls.contact \"owner\" is not an e-mail address"),
        (&of_lets_encrypt, &[("EROOM_TLS__DIRECTORY", "http://localhost/")], "does not begin with https:"),
        (&of_lets_encrypt, &[("EROOM_TLS__KEY", "site.key")], "tls.key does nothing unless tls.mode is \"files\""),
        (&of_a_private_one, &[("EROOM_TLS__MODE", "off")], "tls.contact does nothing unless tls.mode is \"acme\""),
        (&of_a_private_one, &[], "tls.authority authority.pem holds no certificate in PEM"),
        (&of_a_private_one, &[("EROOM_TLS__AUTHORITY", "gone.pem")], "tls.authority gone.pem cannot be read"),
    ] {
        let error = refused(folder.path(), settings, changed);
        assert!(error.contains(said), "{said:?} is not in {error}");
    }
}
