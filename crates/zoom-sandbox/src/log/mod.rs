//! The log of calls: what was asked, what was decided, what was answered. Secrets are hidden before anything leaves it.

mod body;
mod entry;
mod redact;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};

pub use body::{Body, Headers};
pub use entry::{Decision, Entry, Way};
pub(crate) use redact::{hide_in_value, shown_query};

/// How many entries are kept; older ones go.
const KEPT: usize = 2_000;

/// About how many bytes the bodies of all entries may take together; older entries go.
const HEAVIEST: usize = 32 * 1024 * 1024;

/// How many things are said beside one call.
const MOST_NOTES: usize = 40;

/// And at what length each.
const LONGEST_NOTE: usize = 1024;

#[derive(Debug, Default)]
struct Book {
    entries: VecDeque<Box<Entry>>,
    /// Of all entries, in bytes.
    weight: usize,
    counters: BTreeMap<&'static str, u64>,
    last_id: u64,
    revision: u64,
    cleared_at: u64,
}

/// The log, newest last, and how often each operation was called.
#[derive(Debug, Default)]
pub struct CallLog(Mutex<Book>);

/// Which entries somebody wants to see.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this operation.
    pub operation: Option<String>,
    /// About this meeting or webinar.
    pub meeting: Option<i64>,
    /// With this decision.
    pub decision: Option<Decision>,
}

impl Filter {
    fn fits(&self, entry: &Entry) -> bool {
        self.operation.as_deref().is_none_or(|wanted| entry.operation == Some(wanted))
            && self.meeting.is_none_or(|wanted| entry.meeting == Some(wanted))
            && self.decision.is_none_or(|wanted| entry.decision == wanted)
    }
}

/// A part of the log, and the revision to ask from next.
#[derive(Clone, Debug)]
pub(crate) struct News {
    pub(crate) entries: Vec<Entry>,
    pub(crate) revision: u64,
    /// The log was emptied since: what the reader has is gone.
    pub(crate) cleared: bool,
    /// There is more where this came from.
    pub(crate) more: bool,
}

impl Book {
    /// Takes the oldest entries out until the rest is neither too many nor too heavy. Whoever gets the last of them, mostly
    /// the only one, lets it go when the book is closed: that takes longer than writing a new one.
    fn make_room(&mut self) -> Option<Box<Entry>> {
        let mut gone = None;
        while self.entries.len() > KEPT || self.weight > HEAVIEST && self.entries.len() > 1 {
            gone = self.entries.pop_front();
            self.weight = self.weight.saturating_sub(gone.as_ref().map_or(0, |gone| gone.weighs));
        }
        gone
    }
}

impl CallLog {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a new entry and counts it; its id is the answer.
    pub(crate) fn open(&self, entry: Entry) -> u64 {
        let mut entry = Box::new(entry);
        let mut book = self.book();
        book.last_id += 1;
        book.revision += 1;
        entry.id = book.last_id;
        entry.revision = book.revision;
        if let Some(operation) = entry.operation {
            *book.counters.entry(operation).or_default() += 1;
        }
        book.weight += entry.lighten();
        book.entries.push_back(entry);
        let (id, gone) = (book.last_id, book.make_room());
        drop(book);
        drop(gone);
        id
    }

    /// Changes an entry that is still there.
    pub(crate) fn amend(&self, id: u64, change: impl FnOnce(&mut Entry)) {
        let mut book = self.book();
        let revision = book.revision + 1;
        if let Some(entry) = book.entries.iter_mut().rev().find(|entry| entry.id == id) {
            let before = entry.weighs;
            change(entry);
            let after = entry.lighten();
            entry.revision = revision;
            book.revision = revision;
            book.weight = (book.weight + after).saturating_sub(before);
            let gone = book.make_room();
            drop(book);
            drop(gone);
        }
    }

    /// The entries that fit, oldest first.
    pub fn entries(&self, filter: &Filter) -> Vec<Entry> {
        self.book().entries.iter().filter(|entry| filter.fits(entry)).map(|entry| Entry::clone(entry)).collect()
    }

    /// The entry with this id.
    pub fn entry(&self, id: u64) -> Option<Entry> {
        self.book().entries.iter().rev().find(|entry| entry.id == id).map(|entry| Entry::clone(entry))
    }

    /// The newest `limit` entries that fit, of those before the entry `before`; oldest first. Says whether there are
    /// older ones.
    pub(crate) fn page(&self, before: Option<u64>, limit: usize, filter: &Filter) -> News {
        let book = self.book();
        let is_meant = |entry: &&Entry| before.is_none_or(|before| entry.id < before) && filter.fits(entry);
        let mut found = book.entries.iter().rev().map(|entry| &**entry).filter(is_meant);
        let mut entries: Vec<Entry> = found.by_ref().take(limit).cloned().collect();
        entries.reverse();
        News { entries, revision: book.revision, cleared: false, more: found.next().is_some() }
    }

    /// What has changed since a revision, at most `limit` entries: those that changed first, if not all. The revision to
    /// ask from next is then that of the last of them.
    pub(crate) fn news(&self, since: u64, limit: usize, filter: &Filter) -> News {
        let book = self.book();
        let mut fresh: Vec<&Entry> = book
            .entries
            .iter()
            .map(|entry| &**entry)
            .filter(|entry| entry.revision > since && filter.fits(entry))
            .collect();
        let more = fresh.len() > limit;
        let mut revision = book.revision;
        if more {
            fresh.sort_by_key(|entry| entry.revision);
            fresh.truncate(limit);
            revision = fresh.last().map_or(since, |entry| entry.revision);
            fresh.sort_by_key(|entry| entry.id);
        }
        News { entries: fresh.into_iter().cloned().collect(), revision, cleared: book.cleared_at > since, more }
    }

    /// How often this operation was called since the log was last cleared.
    pub fn count(&self, operation: &str) -> u64 {
        self.book().counters.get(operation).copied().unwrap_or(0)
    }

    /// How often each operation was called since the log was last cleared.
    pub fn counters(&self) -> BTreeMap<&'static str, u64> {
        self.book().counters.clone()
    }

    /// Empties the log and the counters.
    pub fn clear(&self) {
        let mut book = self.book();
        book.entries.clear();
        book.weight = 0;
        book.counters.clear();
        book.revision += 1;
        book.cleared_at = book.revision;
    }
}
