//! Starting a sandbox.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};

use clock::{Clock as _, SeededEntropy, SteeredClock, SystemEntropy};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, mpsc},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    afterwards,
    app::{App, Parts},
    call::Calls,
    connection::{Doorman, HEAD},
    faults::Faults,
    front::Front,
    given::{Contradiction, Named},
    handle::SandboxHandle,
    hooks::{self, Hooks},
    limits::Limits,
    locks::Locks,
    log::CallLog,
    reach::{CertificateError, Wish},
    renew::{RenewError, Start},
    seed::Seed,
    shelf::Shelf,
    stream::{self, Stream},
    table,
    world::{KeepError, Keeper, Plan, Snapshot, State, World, guide_scopes, is_scope},
};

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken or not ours.
    #[error("the sandbox cannot listen on {0}: {1}; choose another port, or 0 for any")]
    Listen(SocketAddr, io::Error),
    /// The state file cannot be used.
    #[error(transparent)]
    State(#[from] KeepError),
    /// What was asked for is not what is kept.
    #[error(transparent)]
    Kept(#[from] Contradiction),
    /// There can be no world like the one that was asked for.
    #[error(transparent)]
    World(#[from] RenewError),
    /// A scope that Zoom does not have was to be left out.
    #[error("there is no scope {0:?} to leave out; look it up under Add Scopes at /marketplace")]
    NoSuchScope(String),
    /// No certificates for Zoom's names.
    #[error("the sandbox cannot make its certificates: {0}")]
    Certificates(#[from] CertificateError),
}

/// The choices for a new sandbox. See [`crate::Sandbox::builder`].
#[derive(Debug)]
pub struct Builder {
    clock: Arc<SteeredClock>,
    seed: Option<u64>,
    planted: Option<Seed>,
    listen: SocketAddr,
    scopes: Option<Vec<String>>,
    without: Vec<String>,
    scopes_at_first: Vec<String>,
    plan: Option<Plan>,
    unlimited: bool,
    state_file: Option<PathBuf>,
    hosts: Vec<String>,
    webhook_hosts: Vec<String>,
    public_base: Option<String>,
    reach: Wish,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            clock: Arc::new(SteeredClock::running()),
            seed: None,
            planted: None,
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            scopes: None,
            without: Vec::new(),
            scopes_at_first: guide_scopes(),
            plan: None,
            unlimited: false,
            state_file: None,
            hosts: Vec::new(),
            webhook_hosts: Vec::new(),
            public_base: None,
            reach: Wish::default(),
        }
    }
}

impl Builder {
    /// The sandbox's time; by default a clock that runs with the machine's and can be steered. How that of a state file
    /// was steered is laid on it.
    #[must_use]
    pub fn clock(self, clock: Arc<SteeredClock>) -> Self {
        Self { clock, ..self }
    }

    /// What ids and secrets are drawn from: two sandboxes with one seed give the same calls the same ids. Without it some
    /// seed is chosen, and `GET /sandbox/v1` says which. A state file with another seed is refused.
    #[must_use]
    pub fn seed(self, seed: u64) -> Self {
        Self { seed: Some(seed), ..self }
    }

    /// People, meetings and webinars that are there from the start, and after every reset. A state file keeps those it
    /// was begun with, and is refused where it was begun without these.
    #[must_use]
    pub fn plant(self, seed: Seed) -> Self {
        Self { planted: Some(seed), ..self }
    }

    /// Where to listen; by default any free port of 127.0.0.1.
    #[must_use]
    pub fn listen(self, listen: SocketAddr) -> Self {
        Self { listen, ..self }
    }

    /// The scopes of the ready-made app. Those of the set-up guide, or those that the world of the state file began with,
    /// unless named; a state file that began with others is refused.
    #[must_use]
    pub fn scopes<S: Into<String>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        Self { scopes: Some(scopes.into_iter().map(Into::into).collect()), ..self }
    }

    /// The scopes of the ready-made app of a new world where [`Builder::scopes`] names none.
    #[must_use]
    pub fn scopes_at_first(self, scopes: Vec<String>) -> Self {
        Self { scopes_at_first: scopes, ..self }
    }

    /// What the account has paid for: its limits follow. The business plan, or that of the state file, unless named; a
    /// state file with another plan is refused.
    #[must_use]
    pub fn plan(self, plan: Plan) -> Self {
        Self { plan: Some(plan), ..self }
    }

    /// Lets everybody call as often as they like. For tests whose clock stands still.
    #[must_use]
    pub fn unlimited(self) -> Self {
        Self { unlimited: true, ..self }
    }

    /// Leaves a scope out of what the ready-made app is granted; this names its scopes too.
    #[must_use]
    pub fn without_scope(mut self, scope: &str) -> Self {
        self.without.push(scope.to_owned());
        self
    }

    /// The scopes that were named; None where nobody named any.
    fn named_scopes(&self) -> Result<Option<Vec<String>>, StartError> {
        if let Some(unknown) = self.without.iter().find(|scope| !is_scope(scope)) {
            return Err(StartError::NoSuchScope(unknown.clone()));
        }
        let at_first = || (!self.without.is_empty()).then(|| self.scopes_at_first.clone());
        let mut scopes = self.scopes.clone().or_else(at_first);
        if let Some(scopes) = &mut scopes {
            scopes.retain(|scope| !self.without.contains(scope));
        }
        Ok(scopes)
    }

    /// Keeps the state in a file: a sandbox started with it again, even after a kill, has every change it answered for.
    /// Its clock goes on as it was steered, and never back. What is in the file must be a sandbox's state or a snapshot; one
    /// process has it at a time.
    #[must_use]
    pub fn state_file(self, file: impl Into<PathBuf>) -> Self {
        Self { state_file: Some(file.into()), ..self }
    }

    /// A host, by name or IP address, that webhooks may be sent to beside this computer.
    #[must_use]
    pub fn allow_webhook_host(mut self, host: impl Into<String>) -> Self {
        self.webhook_hosts.push(host.into());
        self
    }

    /// A host name under which workbench and controls may be opened, beside `localhost` and IP addresses.
    #[must_use]
    pub fn allow_host(mut self, name: impl Into<String>) -> Self {
        self.hosts.push(name.into());
        self
    }

    /// The address that links and `api_url` begin with, where it is not the one the sandbox listens on.
    #[must_use]
    pub fn public_base(self, base: impl Into<String>) -> Self {
        Self { public_base: Some(base.into()), ..self }
    }

    /// Also answers by Zoom's names, under TLS and a certificate of an authority made for this run. For clients whose
    /// addresses cannot be changed; [`SandboxHandle::ca_pem`] is what they must trust.
    #[must_use]
    pub fn tls(self) -> Self {
        self.tls_port(0)
    }

    /// The same, at this port.
    #[must_use]
    pub fn tls_port(mut self, port: u16) -> Self {
        self.reach.tls = Some(port);
        self
    }

    /// Also runs a proxy on this machine that leads Zoom's names to the sandbox, and nothing anywhere else. Brings
    /// [`Builder::tls`] along.
    #[must_use]
    pub fn proxy(self) -> Self {
        self.proxy_port(0)
    }

    /// The same, at this port.
    #[must_use]
    pub fn proxy_port(mut self, port: u16) -> Self {
        self.reach.proxy = Some(port);
        self
    }

    /// Starts the sandbox; it answers when this returns.
    pub async fn start(self) -> Result<SandboxHandle, StartError> {
        // Whoever installed a provider before has chosen; the sandbox only needs one for https receivers.
        rustls::crypto::ring::default_provider().install_default().ok();
        let listener = TcpListener::bind(self.listen).await.map_err(|e| StartError::Listen(self.listen, e))?;
        let address = listener.local_addr().map_err(|e| StartError::Listen(self.listen, e))?;
        let reach = self.reach.open(address.ip()).await?;
        let (tell, happenings) = mpsc::unbounded_channel();
        let mut keeper = self.state_file.as_deref().map(Keeper::open).transpose()?;
        let kept = keeper.as_ref().map(Keeper::load).transpose()?.flatten();
        let scopes = self.named_scopes()?;
        if let (Some(keeper), Some(kept)) = (&keeper, &kept) {
            let (planted, scopes) = (self.planted.as_ref(), scopes.as_deref());
            let named = Named { plan: self.plan, seed: self.seed, planted, scopes };
            named.agrees_with(&kept.state, keeper.file())?;
        }
        let before = kept.as_ref().map(|kept| &kept.state);
        let start = Start {
            scopes: scopes.or_else(|| before.map(|state| state.granted.to_vec())).unwrap_or(self.scopes_at_first),
            plan: self.plan.or_else(|| before.map(|state| state.account.plan)).unwrap_or_default(),
            unlimited: self.unlimited,
            hands: self.clock.hands(),
            seed: self.planted.or_else(|| before.and_then(|state| Option::clone(&state.planted))),
        };
        let (state, source) = begin(&start, self.seed, kept, keeper.as_mut(), &self.clock)?;
        let entropy = Arc::new(Stream::new(source));
        let world = Arc::new(World::new(state, keeper, Arc::clone(&self.clock), Arc::clone(&entropy), tell));
        world.cut_calls_off().map_err(RenewError::Disk)?;
        let base = self.public_base.map_or_else(|| own_base(address), |base| base.trim_end_matches('/').to_owned());
        let app = App::new(Parts {
            calls: Calls::new(world.clone(), self.clock.clone(), Arc::new(SystemEntropy)),
            world,
            clock: self.clock,
            entropy,
            noise: stream::noise(),
            start,
            shelf: Shelf::default(),
            log: CallLog::default(),
            faults: Faults::default(),
            limits: Limits::default(),
            locks: Locks::default(),
            hooks: Hooks::new(self.webhook_hosts),
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
            base,
            reach: reach.as_ref().map(|opened| opened.reach.clone()),
            hosts: self.hosts,
        });
        app.limits.set_enforced(!self.unlimited);
        app.calls.start();
        app.tasks.spawn(hooks::work(app.clone(), happenings));
        app.tasks.spawn(hooks::keep_validating(app.clone()));
        app.tasks.spawn(afterwards::work(app.clone()));
        let front = table::front(&app);
        if let Some(reach) = reach {
            reach.serve(&app, front.clone());
        }
        serve(&app, front, listener);
        Ok(SandboxHandle::new(app, address))
    }
}

/// The world of the state file, or a new one that is written there; and what its next ids are drawn from.
fn begin(
    start: &Start,
    seed: Option<u64>,
    kept: Option<Snapshot>,
    keeper: Option<&mut Keeper>,
    clock: &SteeredClock,
) -> Result<(State, SeededEntropy), StartError> {
    let (state, source) = match kept {
        Some(Snapshot { mut state, clock: hands, taken_at, .. }) => {
            hands.go_on(clock, taken_at);
            state.runs += 1;
            let source = stream::of_run(state.seed, state.runs);
            (state, source)
        }
        None => start.fresh(seed.unwrap_or_else(stream::any_seed), clock.now())?,
    };
    if let Some(keeper) = keeper {
        keeper.begin(Snapshot::new(clock.now(), clock.hands(), 0, state.clone()))?;
    }
    Ok((state, source))
}

fn serve(app: &App, front: Front, listener: TcpListener) {
    // People in calls stay connected for hours: here the operating system sets the number.
    let doorman = Doorman::new(Semaphore::MAX_PERMITS, HEAD, &app.stop, &app.tasks);
    app.tasks.spawn(async move {
        let each = |stream| {
            let (doorman, front) = (doorman.clone(), front.clone());
            async move { doorman.converse(stream, front).await }
        };
        doorman.receive(listener, each).await;
    });
}

/// The address to reach the sandbox by from this machine.
fn own_base(address: SocketAddr) -> String {
    let ip = match address.ip() {
        ip if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(ip, address.port()))
}
