//! Within reach of clients that cannot be configured: Zoom's names under TLS, and a proxy that leads there.
//!
//! `authority` makes certificates, `names` knows Zoom's hosts, `door` leads what they are asked for to the sandbox's own
//! routes, `tls` and `proxy` are the two ports.

mod authority;
mod door;
mod names;
mod proxy;
mod tls;

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use clock::Timestamp;
use tokio::net::TcpListener;

pub use authority::CertificateError;
pub(crate) use door::AskedAs;

use self::{authority::Papers, tls::Tls};
use crate::{
    app::App,
    builder::StartError,
    connection::{Doorman, HEAD},
    front::Front,
};

/// Connections at once, at either port. A test run has a few dozen.
const AT_ONCE: usize = 512;

/// What shall be opened beside the sandbox's own port, and where; 0 is any free port.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wish {
    pub(crate) tls: Option<u16>,
    pub(crate) proxy: Option<u16>,
}

/// What was opened.
#[derive(Clone, Debug)]
pub(crate) struct Reach {
    pub(crate) tls: SocketAddr,
    pub(crate) proxy: Option<SocketAddr>,
    /// The authority's certificate.
    pub(crate) ca_pem: String,
    /// When authority and certificate end, by the machine's clock.
    pub(crate) ends: Timestamp,
}

/// Bound, and not yet served.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) reach: Reach,
    papers: Papers,
    tls: TcpListener,
    proxy: Option<TcpListener>,
}

impl Wish {
    /// Binds what was wished for: TLS where the sandbox itself listens, the proxy for this machine only. A proxy leads
    /// to TLS, so it brings that along.
    pub(crate) async fn open(self, ip: IpAddr) -> Result<Option<Opened>, StartError> {
        let Some(tls) = self.tls.or(self.proxy.map(|_| 0)) else { return Ok(None) };
        let (tls, tls_address) = listen(SocketAddr::new(ip, tls)).await?;
        let proxy = match self.proxy {
            Some(port) => Some(listen(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?),
            None => None,
        };
        let papers = authority::issue()?;
        let reach = Reach {
            tls: tls_address,
            proxy: proxy.as_ref().map(|(_, address)| *address),
            ca_pem: papers.ca_pem.clone(),
            ends: papers.ends,
        };
        Ok(Some(Opened { reach, papers, tls, proxy: proxy.map(|(listener, _)| listener) }))
    }
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |problem: io::Error| StartError::Listen(address, problem);
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

impl Opened {
    /// Serves `own`, the sandbox's routes, by Zoom's names.
    pub(crate) fn serve(self, app: &App, own: Front) {
        let doorman = Doorman::new(AT_ONCE, HEAD, &app.stop, &app.tasks);
        let tls = Tls::new(self.papers.config, door::router(app, own), doorman.clone());
        if let Some(listener) = self.proxy {
            let (router, doorman) = (proxy::router(tls.clone()), Doorman::new(AT_ONCE, HEAD, &app.stop, &app.tasks));
            app.tasks.spawn(async move {
                let each = |stream| {
                    let (doorman, router) = (doorman.clone(), router.clone());
                    async move { doorman.converse(stream, router).await }
                };
                doorman.receive(listener, each).await;
            });
        }
        let listener = self.tls;
        app.tasks.spawn(async move { doorman.receive(listener, |stream| tls.clone().speak(stream)).await });
    }
}
