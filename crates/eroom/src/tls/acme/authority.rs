//! How the authority is spoken to: over HTTPS, patiently but not for ever, and never on to another address.

use std::{fs, future::Future, io, path::Path, pin::Pin, time::Duration};

use anyhow::{Context as _, bail};
use bytes::Bytes;
use instant_acme::{Account, AccountBuilder, BodyWrapper, BytesResponse, Error, HttpClient};
use reqwest::{Body, Certificate, Client, redirect::Policy};

/// More than any authority has to say.
const LARGEST: usize = 1 << 20;

/// A client for one authority.
#[derive(Clone)]
pub(super) struct Authority(Client);

impl Authority {
    /// Trusts whom the system trusts; with a file, whom that names and nobody else.
    pub(super) fn new(trusted: Option<&Path>) -> anyhow::Result<Self> {
        let mut client = Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(30))
            .redirect(Policy::none())
            .https_only(true);
        if let Some(path) = trusted {
            client = client.tls_certs_only(certificates(path)?);
        }
        client.build().map(Self).context("a client for the certificate authority cannot be made")
    }

    pub(super) fn accounts(&self) -> AccountBuilder {
        Account::builder_with_http(Box::new(self.clone()))
    }
}

fn certificates(path: &Path) -> anyhow::Result<Vec<Certificate>> {
    let pem = fs::read(path).with_context(|| format!("tls.authority {} cannot be read", path.display()))?;
    let certificates = Certificate::from_pem_bundle(&pem)
        .with_context(|| format!("tls.authority {} is not in PEM", path.display()))?;
    if certificates.is_empty() {
        bail!("tls.authority {} holds no certificate in PEM", path.display());
    }
    Ok(certificates)
}

type Answer = Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>>;

impl HttpClient for Authority {
    fn request(&self, request: http::Request<BodyWrapper<Bytes>>) -> Answer {
        let client = self.0.clone();
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let asked = client.request(parts.method, parts.uri.to_string()).headers(parts.headers);
            let sent = asked.body(Body::wrap(body)).send();
            let mut response = sent.await.map_err(other)?;
            let mut answer = http::Response::new(());
            *answer.status_mut() = response.status();
            *answer.headers_mut() = response.headers().clone();
            let mut read = Vec::new();
            while let Some(chunk) = response.chunk().await.map_err(other)? {
                if read.len() + chunk.len() > LARGEST {
                    return Err(Error::Other(Box::new(io::Error::other("its answer is too large"))));
                }
                read.extend_from_slice(&chunk);
            }
            Ok(BytesResponse { parts: answer.into_parts().0, body: Box::new(Bytes::from(read)) })
        })
    }
}

fn other(error: reqwest::Error) -> Error {
    Error::Other(Box::new(error))
}
