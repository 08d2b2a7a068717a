//! The client itself: where Zoom is, who asks, and the nouns one can ask about.

use std::sync::Arc;

use clock::{SharedClock, SharedEntropy, SystemEntropy};
use reqwest::Client;
use secrecy::SecretString;
use url::{Host, Url};

use crate::{
    Error, Rests, Timeouts,
    accounts::Accounts,
    breaker::Breaker,
    meetings::Meetings,
    pacing::{Book, Pacer, Work},
    past_meetings::{PastMeetings, PastWebinars},
    recordings::Recordings,
    reports::Reports,
    roles::Roles,
    subscriptions::Subscriptions,
    summaries::Summaries,
    token::{MemoryKeeper, Minter, Token, TokenKeeper},
    users::Users,
    webinars::Webinars,
    zoom_events::Events,
};

/// Where Zoom's servers are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The token endpoint, such as `https://zoom.us/oauth/token`.
    pub oauth: Url,
    /// The REST API, such as `https://api.zoom.us/v2`.
    pub api: Url,
}

impl Places {
    /// Two addresses of one's own, such as the sandbox's.
    pub fn new(oauth: Url, api: Url) -> Self {
        Self { oauth, api }
    }

    /// The real Zoom.
    ///
    /// # Panics
    /// Never: both addresses are constants, and a test reads them.
    #[expect(clippy::expect_used, reason = "two constants; a test reads them")]
    pub fn zoom() -> Self {
        Self {
            oauth: "https://zoom.us/oauth/token".parse().expect("an address"),
            api: "https://api.zoom.us/v2".parse().expect("an address"),
        }
    }

    /// Whether both are on this computer.
    pub fn is_local(&self) -> bool {
        is_loopback(&self.oauth) && is_loopback(&self.api)
    }
}

/// Whether an address names this computer and cannot name another.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The credentials of a Server-to-Server OAuth app.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The Account ID.
    pub account_id: String,
    /// The Client ID.
    pub client_id: String,
    /// The Client Secret.
    pub client_secret: SecretString,
}

impl Credentials {
    /// The three texts of the app's page. Blanks around them, as copying brings along, are dropped.
    pub fn new(account_id: &str, client_id: &str, client_secret: &str) -> Self {
        Self {
            account_id: account_id.trim().to_owned(),
            client_id: client_id.trim().to_owned(),
            client_secret: client_secret.trim().to_owned().into(),
        }
    }
}

/// A Zoom account one can ask. Clones share the token, the connections and the limits.
#[derive(Clone, Debug)]
pub struct ZoomClient {
    pub(crate) inner: Arc<Inner>,
    pub(crate) work: Work,
}

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) minter: Minter,
    pub(crate) places: Places,
    pub(crate) clock: SharedClock,
    pub(crate) http: Client,
    pub(crate) timeouts: Timeouts,
    pub(crate) retries: u32,
    pub(crate) entropy: SharedEntropy,
    pub(crate) breaker: Breaker,
    pub(crate) pacer: Option<Pacer>,
}

/// What a [`ZoomClient`] is made of; see [`ZoomClient::builder`].
#[derive(Debug)]
pub struct ClientBuilder {
    places: Places,
    credentials: Credentials,
    clock: SharedClock,
    http: Client,
    keeper: Arc<dyn TokenKeeper>,
    timeouts: Timeouts,
    retries: u32,
    rests: Rests,
    book: Option<Arc<dyn Book>>,
    entropy: SharedEntropy,
}

impl ClientBuilder {
    /// Keeps the token somewhere else than in memory, so that processes share it and a restart does not lose it.
    #[must_use]
    pub fn keeper(mut self, keeper: Arc<dyn TokenKeeper>) -> Self {
        self.keeper = keeper;
        self
    }

    /// Other patience than [`Timeouts::default`].
    #[must_use]
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// How often a call is sent again after a failure that may pass (2, if not said). A creation is never sent again where
    /// it may have been executed.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// When Zoom is left alone, other than [`Rests::default`].
    #[must_use]
    pub fn rests(mut self, rests: Rests) -> Self {
        self.rests = rests;
        self
    }

    /// Paces the calls by what `book` says is taken of the account's limits. Without a book calls are sent at once, and
    /// Zoom refuses those that are too many. [`MemoryBook`](crate::MemoryBook) is for one process.
    #[must_use]
    pub fn book(mut self, book: Arc<dyn Book>) -> Self {
        self.book = Some(book);
        self
    }

    /// Where chance comes from; it spreads out what would happen at the same time in several processes.
    #[must_use]
    pub fn entropy(mut self, entropy: SharedEntropy) -> Self {
        self.entropy = entropy;
        self
    }

    /// The client.
    pub fn build(self) -> ZoomClient {
        let Self { places, credentials, clock, http, keeper, timeouts, retries, rests, book, entropy } = self;
        let minter = Minter::new(places.clone(), credentials, clock.clone(), http.clone(), keeper, timeouts.token);
        let minter = minter.early_by_up_to_a_minute(&*entropy);
        let breaker = Breaker::new(rests, SharedEntropy::clone(&entropy));
        let pacer = book.map(|book| Pacer::new(book, SharedClock::clone(&clock)));
        let inner = Inner { minter, places, clock, http, timeouts, retries, entropy, breaker, pacer };
        ZoomClient { inner: Arc::new(inner), work: Work::default() }
    }
}

impl ZoomClient {
    /// A client that keeps its token in memory. `http` should come from [`http_client`](crate::http_client): one that
    /// follows redirects or waits forever breaks what the errors promise.
    pub fn new(places: Places, credentials: Credentials, clock: SharedClock, http: Client) -> Self {
        Self::builder(places, credentials, clock, http).build()
    }

    /// As [`ZoomClient::new`], with more to choose.
    pub fn builder(places: Places, credentials: Credentials, clock: SharedClock, http: Client) -> ClientBuilder {
        let (keeper, timeouts) = (Arc::new(MemoryKeeper::default()), Timeouts::default());
        let (rests, entropy) = (Rests::default(), Arc::new(SystemEntropy));
        ClientBuilder { places, credentials, clock, http, keeper, timeouts, retries: 2, rests, book: None, entropy }
    }

    /// The same account, asked for work of this kind. [`Work::Person`] is what a client is for unless it is told otherwise.
    #[must_use]
    pub fn working_for(&self, work: Work) -> Self {
        Self { inner: Arc::clone(&self.inner), work }
    }

    /// The account's users.
    pub fn users(&self) -> Users {
        Users(self.clone())
    }

    /// Meetings.
    pub fn meetings(&self) -> Meetings {
        Meetings(self.clone())
    }

    /// Webinars.
    pub fn webinars(&self) -> Webinars {
        Webinars(self.clone())
    }

    /// Reports.
    pub fn reports(&self) -> Reports {
        Reports(self.clone())
    }

    /// Recordings in Zoom's cloud.
    pub fn recordings(&self) -> Recordings {
        Recordings(self.clone())
    }

    /// Summaries of meetings and webinars.
    pub fn summaries(&self) -> Summaries {
        Summaries(self.clone())
    }

    /// Event subscriptions.
    pub fn subscriptions(&self) -> Subscriptions {
        Subscriptions(self.clone())
    }

    /// Hubs and events of Zoom Events.
    pub fn events(&self) -> Events {
        Events(self.clone())
    }

    /// Roles.
    pub fn roles(&self) -> Roles {
        Roles(self.clone())
    }

    /// The account and its sub-accounts.
    pub fn accounts(&self) -> Accounts {
        Accounts(self.clone())
    }

    /// Meetings that are over.
    pub fn past_meetings(&self) -> PastMeetings {
        PastMeetings(self.clone())
    }

    /// Webinars that are over.
    pub fn past_webinars(&self) -> PastWebinars {
        PastWebinars(self.clone())
    }

    /// How long it waits. Once [`Timeouts::answer`] has passed, a request whose answer was lost is no longer on its way.
    pub fn timeouts(&self) -> Timeouts {
        self.inner.timeouts
    }

    /// The access token in use; fetches one if there is none, or none that is fresh. Its scopes say what the app may do.
    pub async fn token(&self) -> Result<Arc<Token>, Error> {
        self.inner.breaker.may_fetch("oauth/token", self.now())?;
        self.fetched("oauth/token", None).await
    }

    /// Whether Zoom's token server knows this pair of a General App (the Meeting SDK's), at the same places and as
    /// patiently. Nothing is kept of the token it gives.
    ///
    /// # Errors
    /// [`Error::Credentials`] where it does not, or where it does not grant tokens to such apps
    /// ([`CredentialProblem::NotServerToServer`](crate::CredentialProblem::NotServerToServer)).
    pub async fn knows_app(&self, id: &str, secret: &SecretString) -> Result<(), Error> {
        self.inner.minter.knows(id, secret).await
    }

    /// A new access token whatever is kept: the first step of a connection test, and how new scopes come into force.
    pub async fn renew_token(&self) -> Result<Arc<Token>, Error> {
        let renewed = self.inner.minter.renew().await;
        match &renewed {
            Ok(_) => self.inner.breaker.answered(),
            Err(error) => self.inner.breaker.failed(error, self.now()),
        }
        renewed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_real_zoom_is_not_this_computer() {
        assert!(!Places::zoom().is_local());
        let local = |host: &str| is_loopback(&format!("http://{host}/v2").parse().unwrap());
        assert!(local("127.0.0.1:8080") && local("[::1]") && local("localhost:1"));
        assert!(!local("127.0.0.1.example.com") && !local("localhost.example") && !local("10.0.0.1"));
    }

    #[test]
    fn a_debug_print_holds_no_secret() {
        let credentials = Credentials::new(" acc ", "cid\n", "canary-secret");
        assert_eq!((&*credentials.account_id, &*credentials.client_id), ("acc", "cid"));
        let clock = Arc::new(clock::SystemClock);
        let client = ZoomClient::new(Places::zoom(), credentials, clock, crate::http_client().unwrap());
        assert!(!format!("{client:?}").contains("canary"));
    }
}
