//! HTTP as a test speaks it: a client that follows nothing by itself and asserts what it got.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use reqwest::{Method, RequestBuilder, redirect::Policy};
use serde_json::Value;

/// A client bound to one address, perhaps with a bearer token.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
    cookie: Option<String>,
}

/// An answer, read whole.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Header lines as they came, `name: value`.
    pub headers: Vec<String>,
    /// The body as bytes.
    pub body: Vec<u8>,
}

impl Client {
    /// A client for everything under `base`.
    pub fn new(base: &str) -> Result<Self> {
        // One TLS provider for the process; a second call only says that it is there already.
        rustls::crypto::ring::default_provider().install_default().ok();
        let http =
            reqwest::Client::builder().redirect(Policy::none()).timeout(Duration::from_mins(1)).no_proxy().build()?;
        Ok(Self { http, base: base.trim_end_matches('/').to_owned(), token: None, cookie: None })
    }

    /// The same with a bearer token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// The same with a session's cookie.
    #[must_use]
    pub fn with_cookie(&self, cookie: &str) -> Self {
        Self { cookie: Some(cookie.to_owned()), ..self.clone() }
    }

    /// The session's cookie, if there is one.
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// A request for `path` with this client's token.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        let request = match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        match &self.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        }
    }

    /// Sends a request and reads the answer whole.
    pub async fn send(&self, request: RequestBuilder) -> Result<Answer> {
        let response = request.send().await?;
        let status = response.status().as_u16();
        let header = |(name, value): (&reqwest::header::HeaderName, &reqwest::header::HeaderValue)| {
            format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()))
        };
        let headers = response.headers().iter().map(header).collect();
        Ok(Answer { status, headers, body: response.bytes().await?.to_vec() })
    }

    /// GET, whatever the answer.
    pub async fn get(&self, path: &str) -> Result<Answer> {
        self.send(self.request(Method::GET, path)).await
    }

    /// GET of JSON that must succeed.
    pub async fn json(&self, path: &str) -> Result<Value> {
        self.get(path).await?.json().with_context(|| format!("GET {path}"))
    }

    /// A request with a JSON body that must succeed; `Null` where the answer is empty.
    pub async fn send_json(&self, method: Method, path: &str, body: &Value) -> Result<Value> {
        let answer = self.send(self.request(method.clone(), path).json(body)).await?;
        answer.json().with_context(|| format!("{method} {path}"))
    }
}

impl Answer {
    /// The body of a success as JSON.
    pub fn json(&self) -> Result<Value> {
        if !(200..300).contains(&self.status) {
            bail!("answered {}: {}", self.status, self.text());
        }
        if self.body.is_empty() {
            return Ok(Value::Null);
        }
        Ok(serde_json::from_slice(&self.body)?)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The first header of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}
