//! Who waits for a lane, and who is next.

use std::collections::VecDeque;

use super::Work;

/// Of so many instants one is for whoever has waited longest, whoever it is.
const FAIR: u64 = 4;

/// Those who wait, each kind in the order it came.
#[derive(Debug)]
pub(super) struct Line<T> {
    kinds: [VecDeque<(u64, T)>; 4],
    came: u64,
    served: u64,
}

impl<T> Default for Line<T> {
    fn default() -> Self {
        Self { kinds: Default::default(), came: 0, served: 0 }
    }
}

impl<T> Line<T> {
    pub(super) fn push(&mut self, work: Work, one: T) {
        self.came += 1;
        if let Some(kind) = self.kinds.get_mut(work as usize) {
            kind.push_back((self.came, one));
        }
    }

    pub(super) fn len(&self) -> usize {
        self.kinds.iter().map(VecDeque::len).sum()
    }

    /// Drops those who wait no longer.
    pub(super) fn retain(&mut self, mut waits: impl FnMut(&T) -> bool) {
        self.kinds.iter_mut().for_each(|kind| kind.retain(|(_, one)| waits(one)));
    }

    /// Whoever is next: people before the others, but of every four one for whoever has waited longest. Where a person
    /// would have to wait long for the next instant (`slow`), that is only among the others.
    pub(super) fn pop(&mut self, slow: bool) -> Option<T> {
        self.served += 1;
        let person = slow && self.kinds.first().is_some_and(|people| !people.is_empty());
        let fair = self.served.is_multiple_of(FAIR) && !person;
        let heads = self.kinds.iter_mut().filter(|kind| !kind.is_empty());
        let kind = if fair {
            heads.min_by_key(|kind| kind.front().map_or(u64::MAX, |(came, _)| *came))
        } else {
            heads.into_iter().next()
        };
        kind?.pop_front().map(|(_, one)| one)
    }

    /// Everybody, to be told the same.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = T> {
        self.kinds.iter_mut().flat_map(|kind| kind.drain(..)).map(|(_, one)| one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_goes_first_then_what_follows_then_sync_then_bulk() {
        let mut line = Line::default();
        for work in [Work::Bulk, Work::Sync, Work::FollowUp, Work::Person] {
            line.push(work, work);
        }
        let order: Vec<_> = (0..3).map_while(|_| line.pop(true)).collect();
        assert_eq!(order, [Work::Person, Work::FollowUp, Work::Sync]);
    }

    #[test]
    fn nobody_starves_while_others_come_without_end() {
        for slow in [false, true] {
            let mut line = Line::default();
            line.push(Work::Bulk, Work::Bulk);
            let endless = if slow { Work::FollowUp } else { Work::Person };
            let served = (0..20).take_while(|_| {
                line.push(endless, endless);
                line.push(endless, endless);
                line.pop(slow) != Some(Work::Bulk)
            });
            assert!(served.count() < 4, "slow: {slow}");
        }
    }

    #[test]
    fn where_instants_are_rare_a_person_waits_for_nobody() {
        let mut line = Line::default();
        (0..9).for_each(|_| line.push(Work::Bulk, Work::Bulk));
        for _ in 0..9 {
            line.push(Work::Person, Work::Person);
            assert_eq!(line.pop(true), Some(Work::Person));
        }
    }
}
