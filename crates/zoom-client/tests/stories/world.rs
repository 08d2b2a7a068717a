//! A sandbox and a client of it, which share a clock.

use std::{sync::Arc, time::Duration};

use clock::SteeredClock;
use zoom_client::{ClientBuilder, Credentials, Places, Rests, Timeouts, UserId, ZoomClient, local_http_client};
use zoom_sandbox::{Sandbox, SandboxHandle};

pub(crate) struct World {
    pub(crate) sandbox: SandboxHandle,
    pub(crate) zoom: ZoomClient,
}

impl World {
    pub(crate) async fn begin() -> Self {
        Self::with(|builder| builder).await
    }

    pub(crate) async fn with(choose: impl FnOnce(zoom_sandbox::Builder) -> zoom_sandbox::Builder) -> Self {
        let clock = Arc::new(SteeredClock::running());
        clock.set("2026-11-23T12:00:00Z".parse().unwrap());
        let sandbox = choose(Sandbox::builder().seed(7).clock(clock)).start().await.unwrap();
        let zoom = builder(&sandbox, &sandbox.credentials().client_secret).build();
        Self { sandbox, zoom }
    }

    /// How often a token was fetched.
    pub(crate) fn tokens(&self) -> u64 {
        self.sandbox.calls().count("token")
    }

    /// A host who may hold webinars.
    pub(crate) fn webinar_host(&self) -> UserId {
        let people = self.sandbox.world().people();
        people.iter().find(|person| person.webinar).unwrap().email.parse().unwrap()
    }
}

/// A client of a sandbox with this secret: impatient, and never trying twice.
pub(crate) fn builder(sandbox: &SandboxHandle, secret: &str) -> ClientBuilder {
    let credentials = sandbox.credentials();
    let credentials = Credentials::new(&credentials.account_id, &credentials.client_id, secret);
    let places = Places::new(sandbox.oauth().parse().unwrap(), sandbox.api().parse().unwrap());
    let patience = Duration::from_secs(1);
    ZoomClient::builder(places, credentials, sandbox.clock().clone(), local_http_client().unwrap())
        .timeouts(Timeouts { answer: patience, token: patience, ..Timeouts::default() })
        .retries(0)
        .rests(Rests::never())
}

/// A client of any server on loopback.
pub(crate) fn client_of(base: &str) -> ZoomClient {
    let places = Places::new(format!("{base}/oauth/token").parse().unwrap(), format!("{base}/v2").parse().unwrap());
    let clock = Arc::new(SteeredClock::still_at("2026-11-23T21:00:00Z".parse().unwrap()));
    ZoomClient::builder(places, Credentials::new("a", "c", "s"), clock, local_http_client().unwrap()).retries(0).build()
}
