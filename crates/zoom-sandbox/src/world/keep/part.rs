//! What differs between a world and an older copy of it. Parts that both share cost nothing: that is seen by their address.

use std::{collections::BTreeMap, fmt};

use clock::Timestamp;
use imbl::{OrdMap, ordmap::DiffItem};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};

use super::edit::Edit;
use crate::{
    seed::Seed,
    world::{
        Account, Attendance, ClientApp, Line, Meeting, Panelist, Person, Poll, PollAnswer, Question, Recording,
        Registrant, Role, Shared, Summary,
        events::{Event, Hub},
        registration::Counted,
        snapshot::Clockwork,
        state::AccessToken,
    },
};

/// Where a part stands in the document, from the inside out.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    /// It is the document.
    Whole,
    /// It is a member, or a row, of something else.
    In(&'a Place<'a>, &'a dyn fmt::Display),
}

impl Place<'_> {
    fn path(&self) -> Vec<String> {
        match self {
            Self::Whole => Vec::new(),
            Self::In(around, name) => {
                let mut path = around.path();
                path.push(name.to_string());
                path
            }
        }
    }
}

/// A part of a world that is kept.
pub(crate) trait Part: PartialEq + Serialize {
    /// Notes what makes `old` into this. What is not taken apart any further is noted whole.
    fn differences(&self, old: &Self, at: Place<'_>, edits: &mut Vec<Edit>) -> serde_json::Result<()> {
        if self != old {
            edits.push(Edit::Set(at.path(), serde_json::to_value(self)?));
        }
        Ok(())
    }
}

/// Types that are noted whole.
macro_rules! whole {
    ($($part:ty),+ $(,)?) => { $(impl Part for $part {})+ };
}

whole! {
    bool, u32, u64, String, Timestamp, Option<Timestamp>, Map<String, Value>, Clockwork, Option<Seed>, Account, Role,
    ClientApp, Person, AccessToken, Meeting, Registrant, (Counted, String, Date), Panelist, Poll, Attendance, Line,
    PollAnswer, Question, Recording, Summary, Hub, Event,
}

/// Structures that are noted member by member. All must be named: one that is forgotten does not compile.
macro_rules! parts {
    ($part:ident { $($member:ident),+ $(,)? }) => {
        impl $crate::world::keep::Part for $part {
            fn differences(
                &self,
                old: &Self,
                at: $crate::world::keep::Place<'_>,
                edits: &mut Vec<$crate::world::keep::Edit>,
            ) -> serde_json::Result<()> {
                let Self { $($member),+ } = self;
                $($crate::world::keep::Part::differences(
                    $member,
                    &old.$member,
                    $crate::world::keep::Place::In(&at, &stringify!($member)),
                    edits,
                )?;)+
                Ok(())
            }
        }
    };
}
pub(crate) use parts;

impl<T: Part> Part for Shared<T> {
    fn differences(&self, old: &Self, at: Place<'_>, edits: &mut Vec<Edit>) -> serde_json::Result<()> {
        if self.is_same(old) { Ok(()) } else { T::differences(self, old, at, edits) }
    }
}

impl<K: Ord + Serialize + fmt::Display, V: Part> Part for BTreeMap<K, V> {
    fn differences(&self, old: &Self, at: Place<'_>, edits: &mut Vec<Edit>) -> serde_json::Result<()> {
        let mut before = old.iter().peekable();
        for (key, value) in self {
            while let Some((gone, _)) = before.next_if(|(known, _)| *known < key) {
                edits.push(Edit::Drop(Place::In(&at, gone).path()));
            }
            let here = Place::In(&at, key);
            match before.next_if(|(known, _)| *known == key) {
                Some((_, known)) => value.differences(known, here, edits)?,
                None => edits.push(Edit::Set(here.path(), serde_json::to_value(value)?)),
            }
        }
        edits.extend(before.map(|(gone, _)| Edit::Drop(Place::In(&at, gone).path())));
        Ok(())
    }
}

impl<K: Ord + Clone + Serialize + fmt::Display, V: Part + Clone> Part for OrdMap<K, V> {
    fn differences(&self, old: &Self, at: Place<'_>, edits: &mut Vec<Edit>) -> serde_json::Result<()> {
        // What both share is passed over whole, so that this costs what was changed.
        for difference in old.diff(self) {
            match difference {
                DiffItem::Add(key, value) => {
                    edits.push(Edit::Set(Place::In(&at, key).path(), serde_json::to_value(value)?));
                }
                DiffItem::Update { old: (key, known), new: (_, value) } => {
                    value.differences(known, Place::In(&at, key), edits)?;
                }
                DiffItem::Remove(key, _) => edits.push(Edit::Drop(Place::In(&at, key).path())),
            }
        }
        Ok(())
    }
}

impl<T: Part> Part for Vec<T> {
    fn differences(&self, old: &Self, at: Place<'_>, edits: &mut Vec<Edit>) -> serde_json::Result<()> {
        let shorter = self.len().min(old.len());
        let from = self.iter().zip(old).take_while(|(new, old)| new == old).count();
        let ends = self.iter().rev().zip(old.iter().rev());
        let tail = ends.take(shorter - from).take_while(|(new, old)| new == old).count();
        let rows = self.get(from..self.len() - tail).unwrap_or_default();
        let gone = old.get(from..old.len() - tail).unwrap_or_default();
        if rows.len() == gone.len() {
            for (index, (row, old)) in rows.iter().zip(gone).enumerate() {
                row.differences(old, Place::In(&at, &(from + index)), edits)?;
            }
            return Ok(());
        }
        let rows = rows.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
        edits.push(Edit::Rows(at.path(), from, gone.len(), rows));
        Ok(())
    }
}
