//! Calls to servers of all kinds on this machine.

use std::{net::SocketAddr, sync::Arc};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::{ServerConfig, crypto::ring, pki_types::PrivatePkcs8KeyDer};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

use super::*;
use crate::{
    address::{Arrival, words},
    connections::Outcome,
};

const HERE: Arrival =
    Arrival { peer: IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), is_forwarded: true, is_believed: true, over_tls: false };

/// How a server answers to the path it is asked for.
type Answers = dyn Fn(&str) -> String + Send + Sync;

/// Everything a call meets.
struct Place {
    calls: Arc<Calls>,
    authority: CertifiedIssuer<'static, KeyPair>,
    tasks: tokio::task::JoinSet<()>,
}

impl Place {
    fn new() -> Self {
        ring::default_provider().install_default().ok();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        Self { calls: Arc::default(), authority, tasks: tokio::task::JoinSet::new() }
    }

    fn certificate(&self, name: &str, change: impl Fn(&mut CertificateParams)) -> TlsAcceptor {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.authority).unwrap().der().clone();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], PrivatePkcs8KeyDer::from(key.serialize_der()).into());
        TlsAcceptor::from(Arc::new(config.unwrap()))
    }

    /// A server that answers, over TLS where it has a certificate.
    async fn serve(&mut self, tls: Option<TlsAcceptor>, answers: Box<Answers>) -> Url {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        self.tasks.spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                match &tls {
                    None => respond(&mut stream, &*answers).await,
                    Some(tls) => {
                        let Ok(mut stream) = tls.accept(stream).await else { continue };
                        respond(&mut stream, &*answers).await;
                    }
                }
            }
        });
        url(address)
    }

    /// What is found by whoever trusts the authority.
    async fn found(&self, url: &Url) -> Found {
        let trusted = reqwest::Certificate::from_pem(self.authority.pem().as_bytes()).unwrap();
        let http = client().tls_certs_only([trusted]).build().unwrap();
        let looked = look(&http, url, &self.calls, ["ask".into(), "right".into()]).await;
        assert_eq!(self.calls.reached("ask", HERE), None, "a call that is over is forgotten");
        assert_eq!(looked.public, None);
        looked.found
    }
}

fn url(address: SocketAddr) -> Url {
    format!("https://localhost:{}/", address.port()).parse().unwrap()
}

async fn respond<S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin>(stream: &mut S, answers: &Answers) {
    let mut head = vec![0; 4096];
    let read = stream.read(&mut head).await.unwrap_or_default();
    let head = String::from_utf8_lossy(&head[..read]).into_owned();
    let answer = answers(head.split(' ').nth(1).unwrap_or_default());
    drop(stream.write_all(answer.as_bytes()).await);
    drop(stream.shutdown().await);
}

fn answer(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

fn words_of(url: &Url, found: &Found) -> (&'static str, String) {
    words_from(url, found, None)
}

/// What is told where the name leads to this address on the internet.
fn words_from(url: &Url, found: &Found, public: Option<IpAddr>) -> (&'static str, String) {
    let outcome = words::outcome(url, &Looked { found: found.clone(), public });
    (outcome.as_str(), outcome.text().to_owned())
}

#[tokio::test]
async fn the_site_finds_itself_and_what_a_proxy_keeps_from_it() {
    let mut place = Place::new();
    for (arrival, outcome, said) in [
        (HERE, "ok", "leads here"),
        (Arrival { is_forwarded: false, over_tls: true, ..HERE }, "ok", "its certificate is good"),
        (Arrival { is_forwarded: false, ..HERE }, "failed", "add the address it sees to X-Forwarded-For"),
        (Arrival { is_believed: false, ..HERE }, "failed", "Add \"127.0.0.1\" to trusted_proxies"),
    ] {
        let calls = Arc::clone(&place.calls);
        let here = move |path: &str| {
            let asked = path.strip_prefix("/address/").unwrap();
            assert_eq!(calls.reached("another", arrival), None);
            let body = calls.reached(asked, arrival).unwrap();
            assert_eq!(calls.reached(asked, arrival), None, "it is answered once");
            answer("200 OK", &body)
        };
        let tls = place.certificate("localhost", |_| {});
        let url = place.serve(Some(tls), Box::new(here)).await;
        let found = place.found(&url).await;
        assert_eq!(found, Found::Here(arrival));
        let told = words_of(&url, &found);
        assert!(told.0 == outcome && told.1.contains(said), "{told:?}");
    }
}

#[tokio::test]
async fn another_site_is_told_from_this_one_and_nobody_is_followed_elsewhere() {
    let mut place = Place::new();
    for (status, body) in
        [("200 OK", "Welcome to nginx!"), ("200 OK", ""), ("404 Not Found", "right"), ("502 Bad Gateway", "x")]
    {
        let tls = place.certificate("localhost", |_| {});
        let url = place.serve(Some(tls), Box::new(move |_| answer(status, body))).await;
        let found = place.found(&url).await;
        assert!(matches!(found, Found::Wrong(Wrong::SomebodyElse(_))), "{found:?}");
        assert!(words_of(&url, &found).1.contains("it is not this eRoom"));
    }
    let tls = place.certificate("localhost", |_| {});
    let url = place.serve(Some(tls), Box::new(|_| answer("404 Not Found", NOT_MINE))).await;
    let (outcome, said) = words_of(&url, &place.found(&url).await);
    assert!(outcome == "unknown" && said.contains("not this process"), "{said}");
    let sent = "HTTP/1.1 302 Found\r\nlocation: https://www.rooms.example/private?a=b\r\ncontent-length: 0\r\n\r\n";
    let tls = place.certificate("localhost", |_| {});
    let url = place.serve(Some(tls), Box::new(move |_| sent.to_owned())).await;
    let found = place.found(&url).await;
    assert_eq!(found, Found::Wrong(Wrong::SentOn("https://www.rooms.example".into())));
    assert!(words_of(&url, &found).1.contains("sends people on to https://www.rooms.example: set public_url"));
}

#[tokio::test]
async fn a_certificate_that_will_not_do_is_told_by_what_is_wrong_with_it() {
    let mut place = Place::new();
    let unasked = || Box::new(|_: &str| answer("200 OK", "nobody asks under such a certificate")) as Box<Answers>;
    let (years_ago, in_years) = (date_time_ymd(2020, 1, 1), date_time_ymd(2090, 1, 1));
    let expired = place.certificate("localhost", |params| {
        (params.not_before, params.not_after) = (years_ago, date_time_ymd(2020, 2, 1));
    });
    let early = place.certificate("localhost", |params| {
        (params.not_before, params.not_after) = (in_years, date_time_ymd(2090, 2, 1));
    });
    let strangers = Place::new().certificate("localhost", |_| {});
    let another = place.certificate("rooms.example", |_| {});
    for (tls, bad, said) in [
        (expired, BadCertificate::Expired, "has expired: renew it"),
        (early, BadCertificate::NotValidYet, "not valid yet: set this machine's clock"),
        (another, BadCertificate::AnotherName, "for another name: get one for localhost"),
        (strangers, BadCertificate::Untrusted, "from nobody whom this machine trusts"),
    ] {
        let url = place.serve(Some(tls), unasked()).await;
        let found = place.found(&url).await;
        assert_eq!(found, Found::Wrong(Wrong::Certificate(bad)));
        let told = words_of(&url, &found);
        assert!(told.0 == "failed" && told.1.contains(said), "{told:?}");
    }
    let url = place.serve(None, Box::new(|_| answer("200 OK", "plain"))).await;
    assert_eq!(place.found(&url).await, Found::Wrong(Wrong::NoTls));
}

#[tokio::test]
async fn nobody_at_home_is_red_and_behind_a_router_nobody_can_tell() {
    let place = Place::new();
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let found = place.found(&url(free)).await;
    assert_eq!(found, Found::Nobody { is_refused: true });
    assert!(words_of(&url(free), &found).1.contains("Nothing listens at"));
    let nobodys: Url = "https://rooms.invalid/".parse().unwrap();
    let found = place.found(&nobodys).await;
    assert_eq!(found, Found::NoName);
    assert!(words_of(&nobodys, &found).1.contains("rooms.invalid leads nowhere"));

    let (site, silent) = ("https://rooms.example/".parse().unwrap(), Found::Nobody { is_refused: false });
    assert!(words_of(&site, &silent).1.contains("Nothing answers in time"));
    let public = "203.0.113.7".parse().ok();
    let (outcome, said) = words_from(&site, &silent, public);
    assert!(outcome == "unknown" && said.contains("open https://rooms.example from elsewhere"), "{said}");
    // It may be the router's own page.
    let (outcome, said) = words_from(&site, &Found::Wrong(Wrong::Certificate(BadCertificate::Untrusted)), public);
    assert!(outcome == "failed" && said.contains("a router may answer in its own name"), "{said}");
}

#[tokio::test]
async fn whoever_says_nothing_is_nobody() {
    let place = Place::new();
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap();
    let http = client().timeout(Duration::from_millis(300)).build().unwrap();
    let looked = look(&http, &url(address), &place.calls, ["ask".into(), "right".into()]).await;
    assert_eq!(looked.found, Found::Nobody { is_refused: false });
    // Connected, and no word of TLS came.
    drop(silent.accept().await.unwrap());
}

#[tokio::test]
async fn an_answer_without_end_is_not_listened_to() {
    let mut place = Place::new();
    let tls = place.certificate("localhost", |_| {});
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (tell, told) = tokio::sync::oneshot::channel();
    place.tasks.spawn(async move {
        let mut stream = tls.accept(listener.accept().await.unwrap().0).await.unwrap();
        let mut head = vec![0; 4096];
        assert!(stream.read(&mut head).await.unwrap() > 0);
        let mut said = 0;
        let mut line = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
        while said < MUCH && stream.write_all(&line).await.is_ok() {
            said += line.len();
            line = vec![b'x'; 64 * 1024];
        }
        tell.send(said).unwrap();
    });
    assert_eq!(place.found(&url(address)).await, Found::Wrong(Wrong::SomebodyElse(200)));
    assert!(told.await.unwrap() < MUCH, "it hung up");
}

/// Bytes: far more than what lies on the way between two who talk on one machine.
const MUCH: usize = 256 * 1024 * 1024;

#[test]
fn addresses_behind_a_router_are_told_from_those_on_the_internet() {
    let is = |ip: &str| is_public(&ip.parse().unwrap());
    for public in ["203.0.113.7", "8.8.8.8", "100.128.0.1", "2001:db8::1", "::ffff:8.8.8.8"] {
        assert!(is(public), "{public}");
    }
    for private in [
        "127.0.0.1",
        "10.1.2.3",
        "172.20.0.1",
        "192.168.1.1",
        "169.254.1.1",
        "100.64.0.1",
        "::1",
        "fd00::1",
        "fe80::1",
        "::ffff:10.1.2.3",
    ] {
        assert!(!is(private), "{private}");
    }
}

#[test]
fn plain_http_is_good_on_this_computer_only() {
    let outcome = |url: &str, wanted| {
        let at = |text: &str| text.parse::<Url>().unwrap();
        let zoom = crate::ZoomPlaces {
            oauth: at("https://zoom.us/oauth/token"),
            api: at("https://api.zoom.us/v2"),
            sdk_base: at("https://source.zoom.us"),
            sdk_version: "6.2.0".into(),
        };
        let settings = crate::Settings { public_url: at(url), zoom, allow_sandbox: false, demo: false };
        words::without_https(&settings, wanted)
    };
    let Outcome::Ok { found } = outcome("http://localhost:8080/", true) else { panic!("it is good for trying") };
    assert!(found.contains("which is this computer"), "{found}");
    assert!(matches!(outcome("http://rooms.example/", true), Outcome::Failed { .. }));
    assert!(matches!(outcome("http://rooms.example/", false), Outcome::Unwanted { .. }));
}
