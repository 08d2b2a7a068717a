//! What every handler holds: the use cases, the pages, the cache.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    ops::Deref,
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    response::{Html, IntoResponse as _, Response},
};
use http::{StatusCode, request::Parts};
use jiff::Timestamp;
use minijinja::{Value, value::Serde};
use serde::Serialize;
use service::{ClientKey, Service};

use crate::{
    cache::PageCache,
    config::WebConfig,
    fault::Fault,
    pages::{BadTemplate, Page, Pages, SiteView},
};

/// The state of the web surface. Cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

/// What [`App`] shares.
pub(crate) struct Inner {
    pub(crate) service: Service,
    pub(crate) config: WebConfig,
    pub(crate) pages: Pages,
    pub(crate) cache: PageCache,
}

impl Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    pub(crate) fn new(config: WebConfig, service: Service) -> Result<Self, BadTemplate> {
        let pages = Pages::load(config.templates.as_deref())?;
        Ok(Self(Arc::new(Inner { service, config, pages, cache: PageCache::new() })))
    }

    /// The present instant.
    pub(crate) fn now(&self) -> Timestamp {
        self.config.clock.now()
    }

    /// Random text of `2 * N` hexadecimal digits.
    pub(crate) fn random_hex<const N: usize>(&self) -> String {
        let mut bytes = [0_u8; N];
        self.config.entropy.fill(&mut bytes);
        hex::encode(bytes)
    }

    /// Renders a page as text.
    pub(crate) async fn render<P: Page>(&self, page: &P) -> Result<String, Fault> {
        self.render_within(page, &()).await
    }

    /// Renders a page as text, with `shell` around it.
    pub(crate) async fn render_within<P: Page, S: Serialize + Sync>(
        &self,
        page: &P,
        shell: &S,
    ) -> Result<String, Fault> {
        let site = self.service.site().await?;
        let site = SiteView::new(&site, self.config.sandbox_log.as_ref(), self.config.demo_login.is_some());
        let (page, shell) = (Value::from(Serde(page)), Value::from(Serde(shell)));
        self.pages.render(&site, P::TEMPLATE, page, shell).map_err(Fault::template)
    }

    /// Answers with a page that is nobody else's business: it is not to be stored anywhere.
    pub(crate) async fn page<P: Page>(&self, status: StatusCode, page: &P) -> Result<Response, Fault> {
        self.page_within(status, page, &()).await
    }

    /// The same, with `shell` around it.
    pub(crate) async fn page_within<P: Page, S: Serialize + Sync>(
        &self,
        status: StatusCode,
        page: &P,
        shell: &S,
    ) -> Result<Response, Fault> {
        let html = self.render_within(page, shell).await?;
        Ok((status, [(http::header::CACHE_CONTROL, "no-store")], Html(html)).into_response())
    }
}

/// Who is rate-limited: the peer's address, or the one a trusted proxy names.
pub(crate) struct Client(pub(crate) ClientKey, pub(crate) IpAddr);

impl FromRequestParts<App> for Client {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let peer = peer(parts);
        let ip = if app.config.trusted_proxies.contains(&peer) { forwarded_for(parts).unwrap_or(peer) } else { peer };
        Ok(Self(ClientKey::of(ip), ip))
    }
}

/// Who connected: a visitor, or a proxy.
pub(crate) fn peer(parts: &Parts) -> IpAddr {
    let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    info.map_or(IpAddr::from([127, 0, 0, 1]), |info| info.0.ip().to_canonical())
}

/// The last entry is the one our proxy added; what stands before it anybody may have written.
pub(crate) fn forwarded_for(parts: &Parts) -> Option<IpAddr> {
    let all = parts.headers.get_all("x-forwarded-for").iter().next_back()?;
    all.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

/// Query parameters by name; a name given twice keeps its last value.
pub(crate) type Query = axum::extract::Query<HashMap<String, String>>;
