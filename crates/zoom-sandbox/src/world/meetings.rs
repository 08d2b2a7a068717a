//! The rows of meetings and webinars, found by their number; and by who holds them, who is invited and the personal id they
//! are held under without looking through all of them.

use std::ops::{Deref, DerefMut};

use imbl::{OrdMap, OrdSet};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{
    Meeting, Person, Shared, Table,
    keep::{Edit, Part, Place},
};

/// Every meeting and webinar by its number, also those that are deleted or have expired.
///
/// A row is changed through [`Meetings::change`] only, so that nothing can be found where it no longer belongs.
#[derive(Clone, Default)]
pub(crate) struct Meetings {
    rows: Table<i64, Meeting>,
    /// What they are looked for by, and the numbers of those that are found. It follows from the rows, so it is not kept.
    marks: OrdMap<Mark, OrdSet<i64>>,
}

/// What meetings are looked for by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// The id of who holds it.
    Host(Box<str>),
    /// The e-mail address of an invitee, in small letters.
    Invited(Box<str>),
    /// The personal id that it is held under.
    Under(i64),
}

impl Mark {
    fn host(id: &str) -> Self {
        Self::Host(id.into())
    }

    fn invited(email: &str) -> Self {
        Self::Invited(email.to_ascii_lowercase().into())
    }

    fn all_of(meeting: &Meeting) -> Vec<Self> {
        let invitees = meeting.settings.get("meeting_invitees").and_then(Value::as_array).into_iter().flatten();
        let emails = invitees.filter_map(|invitee| invitee.get("email").and_then(Value::as_str));
        let mut marks = vec![Self::host(&meeting.host_id)];
        marks.extend(emails.map(Self::invited));
        marks.extend(meeting.pmi.map(Self::Under));
        marks
    }
}

impl Meetings {
    pub(crate) fn get(&self, number: i64) -> Option<&Shared<Meeting>> {
        self.rows.get(&number)
    }

    /// The same, to change it.
    pub(crate) fn change(&mut self, number: i64) -> Option<Changing<'_>> {
        let row = self.rows.get_mut(&number)?;
        Some(Changing { number, before: Mark::all_of(row), row, marks: &mut self.marks })
    }

    /// Adds a meeting, or puts it in the place of the one that has its number.
    pub(crate) fn insert(&mut self, meeting: Meeting) {
        let number = meeting.number;
        self.remove(number);
        mark(&mut self.marks, number, &Mark::all_of(&meeting));
        self.rows.insert(number, meeting.into());
    }

    pub(crate) fn remove(&mut self, number: i64) -> Option<Shared<Meeting>> {
        let row = self.rows.remove(&number)?;
        unmark(&mut self.marks, number, &Mark::all_of(&row));
        Some(row)
    }

    /// All of them, by their numbers.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Shared<Meeting>> {
        self.rows.values()
    }

    /// The number of a row that says it has another one. Only a document that was written by hand has such a row.
    pub(crate) fn misplaced(&self) -> Option<(i64, &Meeting)> {
        let lost = self.rows.iter().find(|(number, meeting)| **number != meeting.number);
        lost.map(|(number, meeting)| (*number, &**meeting))
    }

    /// Those that the user with this id holds, by their numbers.
    pub(crate) fn of_host<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Shared<Meeting>> + use<'a> {
        self.found_by(&Mark::host(id))
    }

    /// Those that somebody holds, and those to which they are invited as well.
    pub(crate) fn concerning(&self, person: &Person) -> impl Iterator<Item = &Shared<Meeting>> {
        let invited = self.found_by(&Mark::invited(&person.email));
        self.of_host(&person.id).chain(invited.filter(|meeting| meeting.host_id != person.id))
    }

    /// Those that are held under this personal id; its room itself is not among them.
    pub(crate) fn under(&self, pmi: i64) -> impl Iterator<Item = &Shared<Meeting>> {
        self.found_by(&Mark::Under(pmi)).filter(move |meeting| meeting.number != pmi)
    }

    fn found_by<'a>(&'a self, mark: &Mark) -> impl Iterator<Item = &'a Shared<Meeting>> + use<'a> {
        self.marks.get(mark).into_iter().flatten().filter_map(|number| self.rows.get(number))
    }
}

fn mark(marks: &mut OrdMap<Mark, OrdSet<i64>>, number: i64, new: &[Mark]) {
    for one in new {
        marks.entry(one.clone()).or_default().insert(number);
    }
}

fn unmark(marks: &mut OrdMap<Mark, OrdSet<i64>>, number: i64, old: &[Mark]) {
    for one in old {
        let Some(numbers) = marks.get_mut(one) else { continue };
        numbers.remove(&number);
        if numbers.is_empty() {
            marks.remove(one);
        }
    }
}

/// A meeting that is being changed. When that is over it is found by what it has become.
pub(crate) struct Changing<'a> {
    number: i64,
    row: &'a mut Shared<Meeting>,
    before: Vec<Mark>,
    marks: &'a mut OrdMap<Mark, OrdSet<i64>>,
}

impl Deref for Changing<'_> {
    type Target = Meeting;
    fn deref(&self) -> &Meeting {
        self.row
    }
}

impl DerefMut for Changing<'_> {
    fn deref_mut(&mut self) -> &mut Meeting {
        self.row
    }
}

impl Drop for Changing<'_> {
    fn drop(&mut self) {
        let after = Mark::all_of(self.row);
        if after != self.before {
            unmark(self.marks, self.number, &self.before);
            mark(self.marks, self.number, &after);
        }
    }
}

impl From<Table<i64, Meeting>> for Meetings {
    fn from(rows: Table<i64, Meeting>) -> Self {
        let mut marks = OrdMap::new();
        for (number, meeting) in &rows {
            mark(&mut marks, *number, &Mark::all_of(meeting));
        }
        Self { rows, marks }
    }
}

impl PartialEq for Meetings {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows
    }
}

impl Serialize for Meetings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.rows.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Meetings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Table::deserialize(deserializer).map(Self::from)
    }
}

impl Part for Meetings {
    fn differences(&self, old: &Self, at: Place<'_>, edits: &mut Vec<Edit>) -> serde_json::Result<()> {
        self.rows.differences(&old.rows, at, edits)
    }
}

#[cfg(test)]
mod tests;
