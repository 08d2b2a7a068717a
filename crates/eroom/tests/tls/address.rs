//! A site that calls itself by its own address, as an owner sees it in the set-up guide.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    thread,
    time::Duration,
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use store::{Engine, testing};

use crate::{
    pebble::free,
    visit::{Running, roots, send},
};

/// Writes a certificate for this computer, and the root it is signed under, which the site is told to trust.
fn certificate(folder: &Path) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    fs::write(folder.join("site.crt"), certificate.pem()).unwrap();
    fs::write(folder.join("site.key"), key.serialize_pem()).unwrap();
    fs::write(folder.join("root.pem"), authority.pem()).unwrap();
}

/// A site with an owner.
struct Site {
    _running: Running,
    listen: SocketAddr,
    /// Who is trusted, where it speaks TLS.
    root: Option<String>,
    /// The owner's.
    cookie: String,
}

impl Site {
    /// `eroom serve` that trusts the root in its folder, with these settings.
    fn start(folder: &Path, database: &str, listen: SocketAddr, settings: &[(&str, &str)]) -> Self {
        let mut serve = Command::new(assert_cmd::cargo::cargo_bin("eroom"));
        serve.current_dir(folder).env_clear().args(["serve", "--json", "--listen", &listen.to_string()]);
        serve.env("EROOM_DATABASE__URL", database).env("SSL_CERT_FILE", folder.join("root.pem"));
        let mut running = Running(serve.envs(settings.iter().copied()).stdout(Stdio::piped()).spawn().unwrap());
        let mut told = String::new();
        BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut told).unwrap();
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        let is_tls = told["eroom"].as_str().unwrap().starts_with("https:");
        let root = is_tls.then(|| fs::read_to_string(folder.join("root.pem")).unwrap());
        let mut site = Self { _running: running, listen, root, cookie: String::new() };
        let setup = told["setup"].as_str().unwrap();
        let path = &setup[setup.find("/setup/").unwrap()..];
        let answer = site.post(path, "name=Ada&email=ada%40example.org&password=a+long+enough+sentence");
        let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        cookie.split(';').next().unwrap().clone_into(&mut site.cookie);
        site
    }

    /// Posts a form as the owner's browser does.
    fn post(&self, path: &str, form: &str) -> String {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{form}",
            self.cookie,
            form.len()
        );
        match &self.root {
            Some(root) => send(self.listen, "localhost", roots(root), &request).unwrap(),
            None => plain(self.listen, &request),
        }
    }

    /// What the guide says of the address after the button was pressed.
    fn checked(&self) -> String {
        let page = self.post("/admin/setup/address", "");
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("Check again"), "{page}");
        let (_, said) = page.split_once("role=\"status\" data-outcome=\"").unwrap();
        said.split_once("</p>").unwrap().0.to_owned()
    }
}

fn plain(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// Who answers at an address, with a certificate: what comes in is given to `answers`.
fn proxy(folder: &Path, answers: impl Fn(String) -> String + Send + 'static) -> SocketAddr {
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    let chain = CertificateDer::pem_slice_iter(&read("site.crt")).map(Result::unwrap).collect();
    let key = PrivateKeyDer::from_pem_slice(&read("site.key")).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let (listener, config) = (TcpListener::bind("127.0.0.1:0").unwrap(), Arc::new(config));
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
            let mut tls = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream);
            let (mut head, mut part) = (String::new(), [0; 4096]);
            while !head.contains("\r\n\r\n") {
                let Ok(read @ 1..) = tls.read(&mut part) else { break };
                head.push_str(&String::from_utf8_lossy(&part[..read]));
            }
            if head.contains("\r\n\r\n") {
                drop(tls.write_all(answers(head).as_bytes()));
                tls.conn.send_close_notify();
                drop(tls.flush());
            }
        }
    });
    address
}

/// Passes a request on with these lines added, and gives back what is answered.
fn passing(to: SocketAddr, added: &'static str) -> impl Fn(String) -> String + Send + 'static {
    move |head| plain(to, &head.replacen("\r\n\r\n", &format!("\r\n{added}Connection: close\r\n\r\n"), 1))
}

/// An empty database, and what has to live as long as it.
async fn empty(engine: Engine) -> (String, impl Sized) {
    let (database, kept) = testing::bare_database(engine).await.unwrap();
    (testing::url(&database), kept)
}

#[tokio::test]
async fn a_site_with_a_certificate_of_its_own_finds_itself() {
    for engine in testing::engines() {
        let folder = tempfile::tempdir().unwrap();
        certificate(folder.path());
        let (database, _kept) = empty(engine).await;
        let listen = free();
        let address = format!("https://localhost:{}", listen.port());
        let settings = [
            ("EROOM_TLS__MODE", "files"),
            ("EROOM_TLS__CERTIFICATE", "site.crt"),
            ("EROOM_TLS__KEY", "site.key"),
            ("EROOM_PUBLIC_URL", &address),
        ];
        let said = Site::start(folder.path(), &database, listen, &settings).checked();
        assert!(said.starts_with("ok\"") && said.contains("leads here, its certificate is good"), "{said}");
    }
}

#[tokio::test]
async fn a_site_behind_a_proxy_is_told_what_the_proxy_keeps_from_it() {
    const FORWARDED: &str = "X-Forwarded-For: 203.0.113.9\r\n";
    for engine in testing::engines() {
        let folder = tempfile::tempdir().unwrap();
        certificate(folder.path());
        for (added, trusted, outcome, words) in [
            (FORWARDED, "127.0.0.1", "ok\"", "leads here"),
            ("", "127.0.0.1", "failed\"", "X-Forwarded-For"),
            (FORWARDED, "10.0.0.7", "failed\"", "trusted_proxies"),
        ] {
            let (database, _kept) = empty(engine).await;
            let listen = free();
            let address = format!("https://localhost:{}", proxy(folder.path(), passing(listen, added)).port());
            let settings = [("EROOM_PUBLIC_URL", &*address), ("EROOM_TRUSTED_PROXIES", trusted)];
            let said = Site::start(folder.path(), &database, listen, &settings).checked();
            assert!(said.starts_with(outcome) && said.contains(words), "{said}");
        }
    }
}

#[tokio::test]
async fn another_site_nobody_and_a_stranger_s_certificate_are_told_apart() {
    for engine in testing::engines() {
        let folder = tempfile::tempdir().unwrap();
        certificate(folder.path());
        let strangers = tempfile::tempdir().unwrap();
        certificate(strangers.path());
        let welcome = |_| "HTTP/1.1 200 OK\r\nContent-Length: 8\r\nConnection: close\r\n\r\nWelcome!".to_owned();
        for (answers_at, words) in [
            (proxy(folder.path(), welcome), "it is not this eRoom (status 200)"),
            (proxy(strangers.path(), welcome), "from nobody whom this machine trusts"),
            (free(), "Nothing listens at"),
        ] {
            let (database, _kept) = empty(engine).await;
            let address = format!("https://localhost:{}", answers_at.port());
            let said = Site::start(folder.path(), &database, free(), &[("EROOM_PUBLIC_URL", &address)]).checked();
            assert!(said.starts_with("failed\"") && said.contains(words), "{said}");
        }
    }
}
