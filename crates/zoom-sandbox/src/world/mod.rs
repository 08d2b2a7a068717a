//! The state of the pretend Zoom: one account, its app, its people, meetings and tokens. It knows no HTTP.

mod account;
mod attendance;
mod calls;
mod client_app;
pub(crate) mod events;
mod happening;
mod ids;
mod instance;
mod invite;
mod keep;
mod meeting;
mod meetings;
mod occurrence;
mod panelist;
mod person;
mod personal;
mod poll;
mod recording;
mod recurrence;
mod registration;
mod role;
mod said;
mod scopes;
mod settings;
mod shared;
mod snapshot;
mod state;
mod subscription;
mod summary;
mod zak;

use std::{
    cell::Cell,
    fmt, io,
    sync::{Arc, PoisonError, RwLock, RwLockWriteGuard},
};

use clock::{Clock as _, Entropy, Hands, SeededEntropy, SteeredClock, Timestamp};
use tokio::sync::{Notify, mpsc};

pub use account::{Account, Credentials, Plan};
pub use client_app::{AppKind, ClientApp, Information, KeyPair};
pub(crate) use happening::Told;
pub use happening::{Happening, Notice};
pub(crate) use ids::{digits as new_digits, opaque};
pub use instance::{Attendance, Instance};
pub(crate) use invite::mint_invite;
pub use keep::KeepError;
pub(crate) use keep::Keeper;
pub(crate) use meeting::PERSONAL_ROOM;
pub use meeting::{Kind, Meeting, Status};
pub(crate) use meetings::Meetings;
pub use occurrence::Occurrence;
pub use panelist::Panelist;
pub(crate) use person::zak_life;
pub use person::{Assistant, Licence, Person, PersonStatus};
pub use poll::Poll;
pub use recording::{FileKind, Recording, RecordingFile};
pub(crate) use recording::{TRASH_DAYS, download_token, read_download_token};
pub use recurrence::{End, MOST_OCCURRENCES, Recurrence, Rhythm};
pub(crate) use registration::Counted;
pub use registration::{Admission, Approval, Registrant, Registration};
pub use role::Role;
pub(crate) use role::system as system_roles;
pub use said::{Answers, Asks, CannotDo, Doings, Line, PollAnswer, Question, Speaker, Writes};
pub(crate) use scopes::is_scope;
pub use scopes::{every_scope, guide_scopes};
pub(crate) use settings::{USE_PMI, WEBINAR_REGISTRATION, keep as keep_setting};
pub use shared::Shared;
pub(crate) use shared::{Row, Rows, Table};
pub use snapshot::{NotAWorld, Snapshot};
pub(crate) use state::{State, TOKEN_LIFE};
pub use subscription::{CustomHeader, Subscribers, Subscription};
pub use summary::Summary;
pub(crate) use summary::{TEMPLATES, Template};
pub(crate) use zak::seal;

use crate::stream::{Stream, drawn};

/// A user's id.
pub(crate) fn new_id(entropy: &dyn Entropy) -> String {
    opaque(entropy, 22)
}

/// Everything the sandbox remembers, behind one lock.
///
/// A change is made on a copy, written to the state file where there is one, and only then becomes the state: nobody is
/// told of a change that a crash could take back.
pub struct World {
    held: RwLock<Held>,
    clock: Arc<SteeredClock>,
    entropy: Arc<Stream>,
    happenings: mpsc::UnboundedSender<Told>,
    /// Something was changed.
    changed: Notify,
}

/// The state, and how often it was replaced as a whole and changed.
struct Held {
    state: State,
    /// Grows when another world takes the place of this one: what is under way from before it concerns nobody.
    age: u64,
    /// Grows with every change.
    changes: u64,
    keeper: Option<Keeper>,
}

impl Held {
    /// Writes the world to the state file, where there is one.
    fn keep(&mut self, clock: Hands, state: &State) -> io::Result<()> {
        match &mut self.keeper {
            Some(keeper) => keeper.save(Snapshot::new(clock.shown_now(), clock, 0, state.clone())),
            None => Ok(()),
        }
    }
}

/// A change in the making: the copy of the state it is made on, and what it will have caused.
pub(crate) struct Change<'a> {
    pub(crate) state: State,
    pub(crate) now: Timestamp,
    pub(crate) entropy: &'a dyn Entropy,
    pub(crate) happenings: Vec<Happening>,
}

thread_local! {
    /// Whether this thread looks at the world or changes it: asking for it once more then would wait for itself.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Marks the thread as long as it lives.
struct Inside;

impl Inside {
    fn begin() -> Self {
        debug_assert!(!INSIDE.get(), "the world was asked for by who is looking at it or changing it");
        INSIDE.set(true);
        Self
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        INSIDE.set(false);
    }
}

impl World {
    /// A world that begins with `state` and tells of what happens in it. What a keeper has was saved before.
    pub(crate) fn new(
        state: State,
        keeper: Option<Keeper>,
        clock: Arc<SteeredClock>,
        entropy: Arc<Stream>,
        happenings: mpsc::UnboundedSender<Told>,
    ) -> Self {
        Self {
            held: RwLock::new(Held { state, age: 0, changes: 0, keeper }),
            clock,
            entropy,
            happenings,
            changed: Notify::new(),
        }
    }

    fn lock(&self) -> RwLockWriteGuard<'_, Held> {
        self.held.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the state; `look` must not wait for anything.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        let _inside = Inside::begin();
        look(&self.held.read().unwrap_or_else(PoisonError::into_inner).state)
    }

    /// Which world this is: another number after a reset or a restore.
    pub(crate) fn age(&self) -> u64 {
        self.lock().age
    }

    /// The state as it is, and the number of the change that made it so.
    pub(crate) fn copy(&self) -> (State, u64) {
        let held = self.lock();
        (held.state.clone(), held.changes)
    }

    /// Another world takes the place of this one, with a clock like `hands`, and ids are drawn from `source` from here on.
    pub(crate) fn replace(&self, state: State, source: SeededEntropy, hands: Hands) -> io::Result<()> {
        let mut held = self.lock();
        held.keep(hands, &state)?;
        self.clock.lay(hands);
        self.entropy.lay(source);
        (held.state, held.age, held.changes) = (state, held.age + 1, held.changes + 1);
        self.changed.notify_one();
        Ok(())
    }

    /// The state becomes `state`, unless it was changed after change number `since`; says whether it did.
    pub(crate) fn replace_since(&self, since: u64, state: State) -> io::Result<bool> {
        let mut held = self.lock();
        if held.changes != since {
            return Ok(false);
        }
        held.keep(self.clock.hands(), &state)?;
        (held.state, held.changes) = (state, held.changes + 1);
        self.changed.notify_one();
        Ok(true)
    }

    /// Nobody is in the calls of a world that was kept: they end, and whoever listens is told.
    pub(crate) fn cut_calls_off(&self) -> io::Result<()> {
        let kept = self.change(|change| {
            change.calls_were_cut_off();
            Ok::<_, std::convert::Infallible>(())
        });
        match kept {
            Err(ChangeError::Disk(problem)) => Err(problem),
            Ok(()) | Err(ChangeError::Refused(_)) => Ok(()),
        }
    }

    /// The world as a document.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let held = self.lock();
        let draws = drawn(self.entropy.as_ref());
        Snapshot::new(self.clock.now(), self.clock.hands(), draws, held.state.clone())
    }

    /// Keeps how the clock stands now. Whoever steers it calls this before saying so.
    pub(crate) fn keep_clock(&self) -> io::Result<()> {
        let mut held = self.lock();
        let state = held.state.clone();
        held.keep(self.clock.hands(), &state)
    }

    /// Leaves one document in the state file, as no change is expected any more. Nothing is lost where that fails: the
    /// changes are in the file.
    pub(crate) fn tidy_up(&self) -> io::Result<()> {
        let mut held = self.lock();
        let world = Snapshot::new(self.clock.now(), self.clock.hands(), 0, held.state.clone());
        held.keeper.as_mut().map_or(Ok(()), |keeper| keeper.write(world))
    }

    /// Makes a change, all of it or (where `make` or the disk refuses) nothing.
    pub(crate) fn change<T, E>(&self, make: impl FnOnce(&mut Change<'_>) -> Result<T, E>) -> Result<T, ChangeError<E>> {
        self.change_by(None, make)
    }

    /// The same, made for the person with the id `by`, whom webhooks then name.
    pub(crate) fn change_by<T, E>(
        &self,
        by: Option<&str>,
        make: impl FnOnce(&mut Change<'_>) -> Result<T, E>,
    ) -> Result<T, ChangeError<E>> {
        let _inside = Inside::begin();
        let mut held = self.lock();
        let mut change = Change {
            state: held.state.clone(),
            now: self.clock.now(),
            entropy: self.entropy.as_ref(),
            happenings: Vec::new(),
        };
        let answer = make(&mut change).map_err(ChangeError::Refused)?;
        held.keep(self.clock.hands(), &change.state).map_err(ChangeError::Disk)?;
        (held.state, held.changes) = (change.state, held.changes + 1);
        self.changed.notify_one();
        // Told under the lock, so that what happened is told in the order it happened. Nobody listening is no error.
        for happening in change.happenings {
            self.happenings.send(Told { happening, by: by.map(str::to_owned), age: held.age }).ok();
        }
        Ok(answer)
    }

    /// Returns when something has been changed since it was last called; for one task only.
    pub(crate) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// The account, as its API shows it.
    pub fn account(&self) -> Account {
        self.read(|state| Account::clone(&state.account))
    }

    /// The credentials of the first apps. For tests, scripts and the pages of the sandbox.
    pub fn credentials(&self) -> Credentials {
        self.read(State::credentials)
    }

    /// Everybody of the account, the owner first.
    pub fn people(&self) -> Vec<Person> {
        self.read(|state| state.people.to_vec())
    }

    /// The person with this id or e-mail; `me` is the owner of the primary account.
    pub fn person(&self, id_or_email: &str) -> Option<Person> {
        self.read(|state| match id_or_email {
            "me" => state.owner(&state.account.id).cloned(),
            other => state.person(other).cloned(),
        })
    }

    /// Every meeting and webinar there is, oldest first; deleted and expired ones and personal rooms are left out.
    ///
    /// Unlike Zoom's lists it shows a new meeting at once, whatever the visibility fault says: it is the truth that
    /// tests count against.
    pub fn meetings(&self) -> Vec<Meeting> {
        let now = self.clock.now();
        let mut found: Vec<_> = self.read(|state| {
            state
                .meetings
                .values()
                .filter(|m| m.exists(now) && m.code != PERSONAL_ROOM)
                .map(|m| Meeting::clone(m))
                .collect()
        });
        found.sort_by_key(|meeting: &Meeting| (meeting.created_at, meeting.number));
        found
    }

    /// The meeting or webinar with this number, unless it is deleted or has expired.
    pub fn meeting(&self, number: i64) -> Option<Meeting> {
        let now = self.clock.now();
        self.read(|state| state.meetings.get(number).filter(|m| m.exists(now)).map(|m| Meeting::clone(m)))
    }

    /// The calls of this meeting or webinar, oldest first; the last may still be on.
    pub fn instances(&self, number: i64) -> Vec<Instance> {
        self.read(|state| state.instances.get(&number).map(|held| held.to_vec())).unwrap_or_default()
    }

    /// What was recorded of this meeting or webinar, oldest first.
    pub fn recordings(&self, number: i64) -> Vec<Recording> {
        self.read(|state| state.recordings.get(&number).map(|all| all.to_vec())).unwrap_or_default()
    }

    /// The Meeting SDK secret that belongs to `client_id` (the SDK key): what a join signature is verified with.
    pub fn sdk_secret(&self, client_id: &str) -> Option<String> {
        self.read(|state| {
            let apps = state.apps.iter().filter(|app| app.active && app.meeting_sdk);
            apps.into_iter().find_map(|app| app.secret_of(client_id)).map(str::to_owned)
        })
    }

    /// Who may start meetings with this ZAK, if it is one of ours and has not expired at `now`.
    pub fn user_of_zak(&self, zak: &str, now: Timestamp) -> Option<Person> {
        self.read(|state| zak::verify(&state.key, zak, now).and_then(|id| state.person_by_id(&id).cloned()))
    }

    /// The call of this meeting has begun: its status becomes `started` and `meeting.started` (or `webinar.started`) is
    /// sent. Nothing happens when it is already on, or there is no such meeting. Says whether it began now.
    pub fn call_started(&self, number: i64) -> bool {
        self.change(|change| Ok::<_, std::convert::Infallible>(change.begin_call(number))).unwrap_or_else(|problem| {
            tracing::error!(%problem, number, "the start of a call could not be kept");
            false
        })
    }

    /// The call of this meeting is over: its status is `waiting` again, the next call gets a new UUID, and
    /// `meeting.ended` (or `webinar.ended`) is sent. Says whether it ended now.
    pub fn call_ended(&self, number: i64) -> bool {
        self.change(|change| Ok::<_, std::convert::Infallible>(change.end_call(number))).unwrap_or_else(|problem| {
            tracing::error!(%problem, number, "the end of a call could not be kept");
            false
        })
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").finish_non_exhaustive()
    }
}

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChangeError<E> {
    /// The rules said no.
    #[error("refused")]
    Refused(E),
    /// The state file could not be written; the state is as it was.
    #[error("the state file cannot be written ({0}); free space there or name another file")]
    Disk(io::Error),
}
