//! A running sandbox, as tests and the demo hold it.

mod renewal;

use std::{fmt, net::SocketAddr, sync::Arc, time::Duration};

use clock::{SteeredClock, Timestamp};

use crate::{
    app::App,
    call::{CannotBegin, RunningCall},
    control::{self, CannotCome, Comer},
    faults::Faults,
    hooks::{self, AgainError, Delivery, DeliveryFilter, SubscribeError},
    log::CallLog,
    table::{self, RouteFacts},
    world::{CannotDo, ChangeError, Credentials, Doings, World},
};

/// How long a stopping sandbox waits for calls that are still being answered.
const GRACE: Duration = Duration::from_secs(5);

/// A running sandbox. Dropping it begins to stop it; [`SandboxHandle::stop`] waits for the end.
pub struct SandboxHandle {
    app: App,
    address: SocketAddr,
}

impl SandboxHandle {
    pub(crate) fn new(app: App, address: SocketAddr) -> Self {
        Self { app, address }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The sandbox's own address, such as `http://127.0.0.1:40123`, without a slash at the end.
    pub fn base(&self) -> &str {
        &self.app.base
    }

    /// In place of `https://api.zoom.us/v2`.
    pub fn api(&self) -> String {
        format!("{}/v2", self.app.base)
    }

    /// In place of `https://zoom.us/oauth/token`.
    pub fn oauth(&self) -> String {
        format!("{}/oauth/token", self.app.base)
    }

    /// In place of `https://source.zoom.us`, where the Meeting SDK's files are.
    pub fn sdk_base(&self) -> String {
        format!("{}/sdk", self.app.base)
    }

    /// Where it answers by Zoom's names under TLS; nothing without [`crate::Builder::tls`].
    pub fn tls_address(&self) -> Option<SocketAddr> {
        self.app.reach.as_ref().map(|reach| reach.tls)
    }

    /// Where its proxy is; nothing without [`crate::Builder::proxy`].
    pub fn proxy_address(&self) -> Option<SocketAddr> {
        self.app.reach.as_ref()?.proxy
    }

    /// The certificate of the authority that vouches for it, for clients to trust; nothing without TLS. It is good for
    /// zoom.us and the names directly below it only.
    pub fn ca_pem(&self) -> Option<&str> {
        self.app.reach.as_ref().map(|reach| reach.ca_pem.as_str())
    }

    /// When the certificates end, by the machine's clock: seven days after the start.
    pub fn tls_ends(&self) -> Option<Timestamp> {
        self.app.reach.as_ref().map(|reach| reach.ends)
    }

    /// The app's ids and secrets.
    pub fn credentials(&self) -> Credentials {
        self.app.world.credentials()
    }

    /// People, meetings, tokens.
    pub fn world(&self) -> &World {
        &self.app.world
    }

    /// The sandbox's time.
    pub fn clock(&self) -> &Arc<SteeredClock> {
        &self.app.clock
    }

    /// What shall go wrong.
    pub fn faults(&self) -> &Faults {
        &self.app.faults
    }

    /// The log of calls, and their counters.
    pub fn calls(&self) -> &CallLog {
        &self.app.log
    }

    /// The calls that people are in.
    pub fn running_calls(&self) -> Vec<RunningCall> {
        self.app.calls.running()
    }

    /// Sends the app's webhooks to `url` from now on, once it has answered the URL validation.
    pub async fn subscribe_webhooks(&self, url: &str) -> Result<(), SubscribeError> {
        hooks::subscribe(&self.app, url).await
    }

    /// What was sent to receivers of webhooks, oldest first.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.app.hooks.sent.all(&DeliveryFilter::default())
    }

    /// Sends a delivery again, at once and once; how it stands then.
    ///
    /// # Errors
    /// Where there is no such delivery, or its app was deleted.
    pub async fn resend(&self, id: u64) -> Result<Delivery, AgainError> {
        hooks::resend(&self.app, id).await
    }

    /// Sends all deliveries that fit again, in their first order; their ids. They are under way when this returns.
    pub fn replay(&self, filter: &DeliveryFilter) -> Vec<u64> {
        hooks::replay(&self.app, filter)
    }

    /// Starts the call of a meeting, with nobody in it yet. Says whether it began now.
    ///
    /// # Errors
    /// Where there is no such meeting, or its host has as many calls as one may hold.
    pub fn start_call(&self, number: i64) -> Result<bool, CannotBegin> {
        self.app.calls.begin(number.unsigned_abs())
    }

    /// Ends the call of a meeting for everybody; with a personal meeting id, the one that is on under it. Says whether it
    /// ended now.
    pub fn end_call(&self, number: i64) -> bool {
        self.app.end_call(number)
    }

    /// Puts simulated people into the call of a meeting, which starts it.
    ///
    /// # Errors
    /// Where there is no such meeting, or its host has as many calls as one may hold.
    pub fn simulate(&self, number: i64, names: &[String]) -> Result<(), CannotBegin> {
        self.simulate_with_chat(number, names, None)
    }

    /// The same; one of them writes `chat` at once, and again to whoever comes in and is alone among them.
    ///
    /// # Errors
    /// As for [`SandboxHandle::simulate`].
    pub fn simulate_with_chat(&self, number: i64, names: &[String], chat: Option<String>) -> Result<(), CannotBegin> {
        self.app.calls.simulate(number.unsigned_abs(), names, chat).map(drop)
    }

    /// Lets somebody come into the call of a meeting without a browser, by the rules of the door; who they are there.
    ///
    /// # Errors
    /// Where they would not be let in, or are nobody.
    pub fn join_call(&self, number: i64, who: &Comer) -> Result<u32, CannotCome> {
        control::join_call(&self.app, number.unsigned_abs(), who)
    }

    /// Lets somebody go who has no browser. Says whether they were there.
    pub fn leave_call(&self, number: i64, participant: u32) -> bool {
        self.app.calls.leave_unseen(number.unsigned_abs(), participant)
    }

    /// Lets somebody in out of the waiting room of a call. Says whether they came in now.
    pub fn admit_to_call(&self, number: i64, participant: u32) -> bool {
        self.app.calls.let_in(number.unsigned_abs(), participant)
    }

    /// Lets people who are in a call write, answer polls and ask questions.
    ///
    /// # Errors
    /// Where nobody has such a name there, or the meeting has no such poll; nothing is done then but what was written.
    pub fn do_in_call(&self, number: i64, doings: &Doings) -> Result<(), CannotDo> {
        match control::do_in_call(&self.app, number.unsigned_abs(), doings) {
            Err(ChangeError::Refused(problem)) => Err(problem),
            Err(ChangeError::Disk(problem)) => {
                tracing::error!(%problem, "what people did in a call was not kept");
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// Every route of the sandbox, for walks over all of them.
    pub fn routes(&self) -> Vec<RouteFacts> {
        table::facts(&self.app)
    }

    /// Stops: no new call is taken, hanging ones are cut, running ones have five seconds.
    pub async fn stop(self) {
        self.app.stop.cancel();
        self.app.calls.stop().await;
        self.app.tasks.close();
        if tokio::time::timeout(GRACE, self.app.tasks.wait()).await.is_err() {
            tracing::warn!("the sandbox stopped with calls still open");
        }
        if let Err(problem) = self.app.world.tidy_up() {
            tracing::warn!(%problem, "the state file could not be tidied up; every change is in it");
        }
    }
}

impl Drop for SandboxHandle {
    fn drop(&mut self) {
        self.app.stop.cancel();
    }
}

impl fmt::Debug for SandboxHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxHandle").field("base", &self.app.base).finish_non_exhaustive()
    }
}
