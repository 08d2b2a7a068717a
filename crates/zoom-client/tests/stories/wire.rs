//! A server on loopback that keeps the bytes it was sent and answers with the bytes it was told to.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use url::Url;
use zoom_client::{Credentials, MemoryKeeper, Places, SecretString, Token, TokenKeeper as _, ZoomClient};

/// What the server does with one connection.
pub(crate) enum Answer {
    /// Reads a request, writes these bytes, closes.
    Bytes(Vec<u8>),
    /// Reads a request and closes.
    Nothing,
}

pub(crate) struct Wire {
    address: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Wire {
    /// One connection for each answer, in order; then nobody listens any more.
    pub(crate) fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let seen: Arc<Mutex<Vec<String>>> = Arc::default();
        let book = Arc::clone(&seen);
        thread::spawn(move || {
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let request = request(&mut stream);
                book.lock().unwrap().push(request);
                if let Answer::Bytes(bytes) = answer {
                    stream.write_all(&bytes).unwrap();
                }
            }
        });
        Self { address, seen }
    }

    /// The requests so far: head and body as they came.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn url(&self, path: &str) -> Url {
        format!("{}{path}", self.address).parse().unwrap()
    }

    /// A client that has no token yet.
    pub(crate) fn stranger(&self) -> ZoomClient {
        self.builder().build()
    }

    /// A client that already holds the token `golden-token`, fetched ten minutes ago.
    pub(crate) async fn client(&self) -> ZoomClient {
        let keeper = Arc::new(MemoryKeeper::default());
        let token = serde_json::json!({
            "access": "golden-token", "issued_to": format!("golden-account golden-client {}", self.url("/oauth/token")),
            "scopes": ["user:read:user:admin"], "api": null,
            "minted_at": "2026-11-23T20:50:00Z", "expires_at": "2026-11-23T21:50:00Z",
        });
        let token = SecretString::from(token.to_string());
        keeper.store(Token::from_secret(&token).unwrap()).await.unwrap();
        self.builder().keeper(keeper).build()
    }

    fn builder(&self) -> zoom_client::ClientBuilder {
        let clock = clock::SteeredClock::still_at("2026-11-23T21:00:00Z".parse().unwrap());
        let places = Places::new(self.url("/oauth/token"), self.url("/v2"));
        let credentials = Credentials::new("golden-account", "golden-client", "golden-secret");
        ZoomClient::builder(places, credentials, Arc::new(clock), zoom_client::local_http_client().unwrap()).retries(0)
    }
}

/// An answer with a body of this type.
pub(crate) fn http(status: &str, content_type: &str, body: &str) -> Answer {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    Answer::Bytes([head.as_bytes(), body.as_bytes()].concat())
}

fn request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let read = stream.read(&mut chunk).unwrap();
        bytes.extend_from_slice(&chunk[..read]);
        let text = String::from_utf8(bytes.clone()).unwrap();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        assert!(read > 0, "the request was cut: {text}");
    }
}
