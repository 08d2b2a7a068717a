//! All calls of a sandbox: tickets, who sits where, and the lines to their sockets.

mod line;
mod ticket;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use clock::{SharedClock, SharedEntropy, Timestamp};
use tokio::sync::{Notify, mpsc};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{line::Line, ticket::Ticket};
use super::{
    CallMeeting, CallWorld, PersonView, Refusal,
    admission::{JoinRequest, Pass, Standing, admit, admit_at_page, may_enter},
    message::{FromClient, Parting, PersonId, ToClient},
    state::{Call, Outcome},
};

/// How long a call counts as just ended, ms: late-comers hear *ended* instead of *not started*, and nobody restarts it
/// by accident.
const JUST_ENDED_MS: i64 = 120_000;

/// Every call of one sandbox. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Calls(Arc<Inner>);

struct Inner {
    world: Arc<dyn CallWorld>,
    clock: SharedClock,
    entropy: SharedEntropy,
    state: Mutex<State>,
    due_changed: Notify,
    stop: CancellationToken,
    tasks: TaskTracker,
}

#[derive(Default)]
struct State {
    live: HashMap<u64, Live>,
    tickets: HashMap<String, Ticket>,
    ended: HashMap<u64, i64>,
}

struct Live {
    call: Call,
    lines: HashMap<PersonId, Line>,
}

/// What the world must hear once the lock is free.
#[derive(Clone, Copy)]
enum Notice {
    Started(u64),
    Ended(u64),
}

/// A running call, for the workbench and for tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningCall {
    /// Zoom's meeting number.
    pub number: u64,
    /// Everybody in it or in its waiting room.
    pub people: Vec<PersonView>,
}

/// There is no such meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no meeting has the number {0}; make it first")]
pub struct NoSuchMeeting(pub u64);

/// A socket's seat: what it reads, and which of the seat's sockets it is.
pub(crate) struct Seat {
    pub(crate) number: u64,
    pub(crate) person: PersonId,
    pub(crate) generation: u64,
    pub(crate) outbox: mpsc::Receiver<ToClient>,
}

/// How a socket went away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Going {
    /// The page closed it: they are gone.
    Closed,
    /// It broke: they may come back.
    Broken,
}

impl Calls {
    /// No calls yet. [`Calls::start`] sets its time going.
    pub fn new(world: Arc<dyn CallWorld>, clock: SharedClock, entropy: SharedEntropy) -> Self {
        Self(Arc::new(Inner {
            world,
            clock,
            entropy,
            state: Mutex::default(),
            due_changed: Notify::new(),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
        }))
    }

    /// Starts the task that ends lost connections and empty calls when their time has come. Once is enough.
    pub fn start(&self) {
        let calls = self.clone();
        self.0.tasks.spawn(async move { calls.keep_time().await });
    }

    /// Closes every socket and waits for all tasks. The world hears of no end: a sandbox that stops ends no meeting.
    pub async fn stop(&self) {
        self.lock().live.values_mut().for_each(Live::say_goodbye);
        self.0.stop.cancel();
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }

    /// Ends the call for everybody, as `PUT …/status {"action":"end"}` and deleting the meeting do. Says whether one
    /// was running.
    pub fn end(&self, number: u64) -> bool {
        self.step(number, |call, _| call.end(Parting::Ended)).is_some()
    }

    /// Puts simulated people into a call, which starts it: each client draws them and lets them murmur. One of them
    /// writes `chat_text` to whoever comes in and is alone among them.
    pub fn simulate(&self, number: u64, names: &[String], chat_text: Option<String>) -> Result<(), NoSuchMeeting> {
        let meeting = self.0.world.meeting(number).ok_or(NoSuchMeeting(number))?;
        let notices = {
            let mut state = self.lock();
            let notice = state.begin(meeting);
            state.step(number, self.now_ms(), |call, _| call.simulate(names, chat_text)).into_iter().chain(notice)
        };
        self.tell(notices);
        Ok(())
    }

    /// All running calls, by number.
    pub fn running(&self) -> Vec<RunningCall> {
        let state = self.lock();
        let mut running: Vec<_> = state
            .live
            .iter()
            .map(|(number, live)| RunningCall { number: *number, people: live.call.views() })
            .collect();
        running.sort_by_key(|call| call.number);
        running
    }

    /// Whether a call with this number is running.
    pub fn is_running(&self, number: u64) -> bool {
        self.lock().live.contains_key(&number)
    }

    /// The SDK's `join`: a ticket for a seat, or why not.
    pub(crate) fn join(&self, request: &JoinRequest) -> Result<String, Refusal> {
        let (pass, _) = admit(&*self.0.world, |number| self.standing(number), request, self.now())?;
        Ok(self.issue(pass))
    }

    /// Entering at the sandbox's own page.
    pub(crate) fn join_at_page(&self, request: &JoinRequest) -> Result<String, Refusal> {
        let (pass, _) = admit_at_page(&*self.0.world, |number| self.standing(number), request, self.now())?;
        Ok(self.issue(pass))
    }

    /// Takes the seat a ticket stands for, or takes it again after a lost connection.
    pub(crate) fn take_seat(&self, ticket: &str) -> Result<Seat, Refusal> {
        let now = self.now_ms();
        let found = self.lock().tickets.get(ticket).cloned();
        let (seat, notice) = match found {
            Some(Ticket::Fresh { pass, expires }) if now < expires => {
                let meeting = self.0.world.meeting(pass.number).ok_or(Refusal::NoSuchMeeting)?;
                self.lock().enter(ticket, &pass, meeting, now)?
            }
            Some(Ticket::Seated { number, person }) => (self.lock().resume(number, person)?, None),
            Some(Ticket::Fresh { .. }) | None => return Err(Refusal::SignatureExpired),
        };
        self.tell(notice);
        self.0.due_changed.notify_one();
        Ok(seat)
    }

    /// A message from a seat.
    pub(crate) fn hear(&self, seat: &Seat, message: FromClient) {
        self.step(seat.number, |call, _| call.handle(seat.person, message));
    }

    /// A seat's socket went away. Ignored if the seat has a newer one.
    pub(crate) fn socket_gone(&self, seat: &Seat, how: Going) {
        let is_current = {
            let mut state = self.lock();
            let line = state.live.get_mut(&seat.number).and_then(|live| live.lines.get_mut(&seat.person));
            line.is_some_and(|line| line.unplug(seat.generation))
        };
        if is_current {
            self.step(seat.number, |call, now| match how {
                Going::Closed => call.gone(seat.person, now),
                Going::Broken => call.lost(seat.person, now),
            });
        }
    }

    pub(crate) fn world(&self) -> &dyn CallWorld {
        &*self.0.world
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    pub(crate) fn stopping(&self) -> &CancellationToken {
        &self.0.stop
    }

    pub(crate) fn tasks(&self) -> &TaskTracker {
        &self.0.tasks
    }

    fn now_ms(&self) -> i64 {
        self.0.clock.now_ms()
    }

    fn standing(&self, number: u64) -> Standing {
        self.lock().standing(number, self.now_ms())
    }

    fn issue(&self, pass: Pass) -> String {
        let mut bytes = [0; 16];
        self.0.entropy.fill(&mut bytes);
        let name = hex::encode(bytes);
        let now = self.now_ms();
        let mut state = self.lock();
        state.tickets.retain(|_, ticket| ticket.is_alive(now));
        state.tickets.insert(name.clone(), Ticket::fresh(pass, now));
        name
    }

    /// Runs one step of a call, sends what comes of it, and tells the world if that was its end.
    fn step(&self, number: u64, how: impl FnOnce(&mut Call, i64) -> Outcome) -> Option<()> {
        let now = self.now_ms();
        let (known, notice) = {
            let mut state = self.lock();
            (state.live.contains_key(&number).then_some(()), state.step(number, now, how))
        };
        self.tell(notice);
        self.0.due_changed.notify_one();
        known
    }

    fn tell(&self, notices: impl IntoIterator<Item = Notice>) {
        for notice in notices {
            match notice {
                Notice::Started(number) => self.0.world.call_started(number),
                Notice::Ended(number) => self.0.world.call_ended(number),
            }
        }
    }

    async fn keep_time(&self) {
        loop {
            let due = self.lock().live.values().filter_map(|live| live.call.due()).min();
            let due = due.and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or(Timestamp::MAX);
            tokio::select! {
                () = self.0.stop.cancelled() => return,
                () = self.0.due_changed.notified() => {}
                () = self.0.clock.sleep_until(due) => self.tick(),
            }
        }
    }

    fn tick(&self) {
        let now = self.now_ms();
        let due: Vec<u64> = {
            let state = self.lock();
            let is_due = |live: &Live| live.call.due().is_some_and(|at| at <= now);
            state.live.iter().filter(|(_, live)| is_due(live)).map(|(number, _)| *number).collect()
        };
        for number in due {
            self.step(number, Call::tick);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Calls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let running: Vec<u64> = self.running().into_iter().map(|call| call.number).collect();
        f.debug_struct("Calls").field("running", &running).finish_non_exhaustive()
    }
}

impl State {
    fn standing(&self, number: u64, now: i64) -> Standing {
        match self.live.get(&number) {
            Some(live) => live.call.standing(),
            None if self.ended.get(&number).is_some_and(|at| now < at.saturating_add(JUST_ENDED_MS)) => {
                Standing::JustEnded
            }
            None => Standing::Idle,
        }
    }

    /// Makes sure the call runs; the notice says that it began now.
    fn begin(&mut self, meeting: CallMeeting) -> Option<Notice> {
        let number = meeting.number;
        if self.live.contains_key(&number) {
            return None;
        }
        self.ended.remove(&number);
        self.live.insert(number, Live { call: Call::new(meeting), lines: HashMap::new() });
        Some(Notice::Started(number))
    }

    fn enter(
        &mut self,
        ticket: &str,
        pass: &Pass,
        meeting: CallMeeting,
        now: i64,
    ) -> Result<(Seat, Option<Notice>), Refusal> {
        let number = pass.number;
        // Two sockets may have shown the same ticket at once; it stands for one seat.
        if !matches!(self.tickets.get(ticket), Some(Ticket::Fresh { .. })) {
            return Err(Refusal::SignatureExpired);
        }
        may_enter(&meeting, pass.host, self.standing(number, now))?;
        let notice = self.begin(meeting);
        let running = self.live.get_mut(&number).ok_or(Refusal::NoSuchMeeting)?;
        let (person, outcome) = running.call.enter(pass, now)?;
        let (line, outbox) = Line::plugged();
        let generation = line.generation();
        running.lines.insert(person, line);
        running.apply(outcome);
        self.tickets.insert(ticket.to_owned(), Ticket::Seated { number, person });
        Ok((Seat { number, person, generation, outbox }, notice))
    }

    fn resume(&mut self, number: u64, person: PersonId) -> Result<Seat, Refusal> {
        let running = self.live.get_mut(&number).ok_or(Refusal::Ended)?;
        let seated = running.lines.get_mut(&person).ok_or(Refusal::SignatureExpired)?;
        let (generation, outbox) = seated.plug_again();
        let outcome = running.call.back(person);
        running.apply(outcome);
        if let Some(seated) = running.lines.get_mut(&person) {
            seated.send_what_was_missed();
        }
        Ok(Seat { number, person, generation, outbox })
    }

    fn step(&mut self, number: u64, now: i64, how: impl FnOnce(&mut Call, i64) -> Outcome) -> Option<Notice> {
        let live = self.live.get_mut(&number)?;
        let outcome = how(&mut live.call, now);
        let ended = outcome.ended;
        live.apply(outcome);
        if !ended {
            return None;
        }
        self.live.remove(&number);
        self.ended.insert(number, now);
        self.tickets.retain(|_, ticket| !ticket.sits_in(number));
        Some(Notice::Ended(number))
    }
}

impl Live {
    fn apply(&mut self, outcome: Outcome) {
        for (to, message) in outcome.sends {
            if let Some(line) = self.lines.get_mut(&to) {
                line.send(message);
            }
        }
        for id in outcome.closes {
            self.lines.remove(&id);
        }
    }

    fn say_goodbye(&mut self) {
        for line in self.lines.values_mut() {
            line.send(ToClient::Closed { reason: Parting::Stopped });
        }
    }
}

#[cfg(test)]
mod tests;
