//! All calls of a sandbox: tickets, who sits where, and the lines to their sockets.

mod line;
mod seats;
mod ticket;
mod unseen;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use clock::{SharedClock, SharedEntropy, Timestamp};
use tokio::sync::{Notify, mpsc};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{
    seats::{Live, Notice, State},
    ticket::Ticket,
};
use super::{
    CallMeeting, CallWorld, PersonView, Refusal,
    admission::{JoinRequest, Pass, Standing, admit, admit_at_page},
    message::{FromClient, Parting, PersonId, ToClient},
    state::{Call, Outcome},
};

/// Every call of one sandbox. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Calls(Arc<Inner>);

struct Inner {
    world: Arc<dyn CallWorld>,
    clock: SharedClock,
    entropy: SharedEntropy,
    /// Held from the look at the world to the notice that a call began: two who come at once begin one call, and no host
    /// holds more than they may.
    door: Mutex<()>,
    state: Mutex<State>,
    due_changed: Notify,
    stop: CancellationToken,
    tasks: TaskTracker,
}

/// A running call, for the workbench and for tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningCall {
    /// Zoom's meeting number.
    pub number: u64,
    /// Everybody in it or in its waiting room.
    pub people: Vec<PersonView>,
}

/// Why a call cannot begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotBegin {
    /// There is no such meeting.
    #[error("no meeting has the number {0}; make it first")]
    NoSuchMeeting(u64),
    /// Its host is in as many calls as one may hold.
    #[error("the host of {0} holds as many calls as they may (two with a licence, one without); end one of them first")]
    HostIsBusy(u64),
}

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
            door: Mutex::default(),
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

    /// Starts the call of a meeting, with nobody in it yet. Says whether it began now.
    ///
    /// # Errors
    /// Where there is no such meeting, or its host has as many calls as one may hold.
    pub fn begin(&self, number: u64) -> Result<bool, CannotBegin> {
        let _door = self.door();
        let meeting = self.beginnable(number)?;
        let notice = self.lock().begin(meeting, self.now_ms());
        let began = notice.is_some();
        self.tell(notice);
        self.0.due_changed.notify_one();
        Ok(began)
    }

    /// Sends everybody away and forgets every call and ticket, as the world they belonged to is no more. Nobody is told
    /// of an end.
    pub(crate) fn forget(&self) {
        let mut state = self.lock();
        state.live.values_mut().for_each(Live::say_goodbye);
        *state = State::default();
    }

    /// The meeting with this number, if its call is on or may begin.
    fn beginnable(&self, number: u64) -> Result<CallMeeting, CannotBegin> {
        let meeting = self.0.world.meeting(number).ok_or(CannotBegin::NoSuchMeeting(number))?;
        if !self.is_running(meeting.number) && !self.0.world.may_begin(meeting.number) {
            return Err(CannotBegin::HostIsBusy(number));
        }
        Ok(meeting)
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
        let _door = self.door();
        let now = self.now_ms();
        let found = self.lock().tickets.get(ticket).cloned();
        let (seat, notice) = match found {
            Some(Ticket::Fresh { pass, expires }) if now < expires => {
                let meeting = self.0.world.meeting(pass.number).ok_or(Refusal::NoSuchMeeting)?;
                if !self.is_running(meeting.number) && !self.0.world.may_begin(meeting.number) {
                    return Err(Refusal::HostIsBusy);
                }
                self.lock().enter(ticket, &Pass { number: meeting.number, ..pass }, meeting, now)?
            }
            Some(Ticket::Seated { number, person }) => (self.lock().resume(number, person)?, Vec::new()),
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
                Notice::Waiting(number, who) => self.0.world.participant_waiting(number, &who),
                Notice::Joined(number, who) => self.0.world.participant_joined(number, &who),
                Notice::GaveUp(number, who, why) => self.0.world.participant_gave_up(number, &who, why),
                Notice::Left(number, who, why) => self.0.world.participant_left(number, &who, why),
                Notice::Said(number, who, text) => self.0.world.said(number, &who, &text),
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

    fn door(&self) -> MutexGuard<'_, ()> {
        self.0.door.lock().unwrap_or_else(PoisonError::into_inner)
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

#[cfg(test)]
mod tests;
