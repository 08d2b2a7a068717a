//! A site that serves HTTPS, and a visitor who looks at its certificate.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject as _},
};

/// A program that ends with the test.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// `eroom serve` with these settings, at any free port; where it listens.
pub(crate) fn serve(folder: &Path, settings: &[(&str, &str)]) -> (Running, SocketAddr) {
    listen("127.0.0.1:0", folder, settings)
}

/// The same at this address.
pub(crate) fn serve_at(address: SocketAddr, folder: &Path, settings: &[(&str, &str)]) -> Running {
    listen(&address.to_string(), folder, settings).0
}

fn listen(at: &str, folder: &Path, settings: &[(&str, &str)]) -> (Running, SocketAddr) {
    let mut serve = Command::new(assert_cmd::cargo::cargo_bin("eroom"));
    serve.current_dir(folder).env_clear().args(["serve", "--json", "--listen", at]);
    let log = std::fs::File::create(folder.join("log")).unwrap();
    let mut serve = Running(serve.envs(settings.iter().copied()).stdout(Stdio::piped()).stderr(log).spawn().unwrap());
    let mut told = String::new();
    BufReader::new(serve.0.stdout.take().unwrap()).read_line(&mut told).unwrap();
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let address = told["eroom"].as_str().unwrap().strip_prefix("https://").unwrap().parse().unwrap();
    (serve, address)
}

/// What `eroom serve` says where it does not start with these settings, the second ones winning.
pub(crate) fn refused(folder: &Path, settings: &[(&str, &str)], changed: &[(&str, &str)]) -> String {
    let mut serve = assert_cmd::Command::cargo_bin("eroom").unwrap();
    serve.current_dir(folder).env_clear().args(["serve", "--listen", "127.0.0.1:0"]);
    serve.envs(settings.iter().copied()).envs(changed.iter().copied());
    let output = serve.timeout(Duration::from_secs(20)).output().unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

pub(crate) fn roots(pem: &str) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        roots.add(certificate.unwrap()).unwrap();
    }
    roots
}

/// Connects as a browser does and sends this; the certificate shown and the answer, or why it was not trusted.
fn exchange(address: SocketAddr, name: &str, roots: RootCertStore, request: &str) -> Result<(Vec<u8>, String), String> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client = ClientConnection::new(Arc::new(config), name.to_owned().try_into().unwrap()).unwrap();
    let stream = TcpStream::connect(address).map_err(|error| error.to_string())?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut tls = StreamOwned::new(client, stream);
    tls.write_all(request.as_bytes()).map_err(|error| error.to_string())?;
    let mut answer = Vec::new();
    // The connection may end without TLS's own goodbye.
    drop(tls.read_to_end(&mut answer));
    let shown = tls.conn.peer_certificates().ok_or("the connection was ended")?[0].to_vec();
    Ok((shown, String::from_utf8_lossy(&answer).into_owned()))
}

/// The answer to a request.
pub(crate) fn send(address: SocketAddr, name: &str, roots: RootCertStore, request: &str) -> Result<String, String> {
    exchange(address, name, roots, request).map(|(_, answer)| answer)
}

/// Asks for a path; the certificate shown and the answer, where it is one.
fn ask(address: SocketAddr, name: &str, roots: RootCertStore, path: &str) -> Result<(Vec<u8>, String), String> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n");
    let (shown, answer) = exchange(address, name, roots, &request)?;
    if answer.starts_with("HTTP/1.1 200") { Ok((shown, answer)) } else { Err(answer) }
}

/// Asks for `/healthz`; the certificate shown, or why it was not trusted.
pub(crate) fn visit(address: SocketAddr, name: &str, roots: RootCertStore) -> Result<Vec<u8>, String> {
    ask(address, name, roots, "/healthz").map(|(shown, _)| shown)
}

/// What is read at a path.
pub(crate) fn page(address: SocketAddr, name: &str, roots: RootCertStore, path: &str) -> Result<String, String> {
    let (_, answer) = ask(address, name, roots, path)?;
    answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).ok_or(answer)
}

/// Asks again and again until `wanted` is answered.
pub(crate) fn until<T>(limit: Duration, what: &str, mut wanted: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = wanted() {
            return found;
        }
        assert!(begun.elapsed() < limit, "{what}: not within {limit:?}");
        std::thread::sleep(Duration::from_millis(200));
    }
}
