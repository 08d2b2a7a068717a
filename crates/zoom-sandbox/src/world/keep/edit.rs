//! The lines that follow the document in a state file: what became of it, change by change.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::world::NotAWorld;

/// One difference. The path to where it is has the names of members, and the numbers of rows from zero.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Edit {
    /// This stands there now.
    Set(Vec<String>, Value),
    /// Nothing stands there any more.
    Drop(Vec<String>),
    /// From this row on, so many rows of the list there have become these.
    Rows(Vec<String>, usize, usize, Vec<Value>),
}

impl Edit {
    /// Does it to a document; nothing where it has no such place.
    fn redo(self, document: &mut Value) -> Option<()> {
        match self {
            Self::Set(path, value) => {
                let (name, way) = path.split_last()?;
                match walk(document, way)? {
                    Value::Object(members) => drop(members.insert(name.clone(), value)),
                    Value::Array(rows) => *rows.get_mut(name.parse::<usize>().ok()?)? = value,
                    _ => return None,
                }
            }
            Self::Drop(path) => {
                let (name, way) = path.split_last()?;
                walk(document, way)?.as_object_mut()?.remove(name)?;
            }
            Self::Rows(path, from, gone, rows) => {
                let list = walk(document, &path)?.as_array_mut()?;
                let to = from.checked_add(gone).filter(|to| *to <= list.len())?;
                drop(list.splice(from..to, rows));
            }
        }
        Some(())
    }
}

fn walk<'a>(document: &'a mut Value, way: &[String]) -> Option<&'a mut Value> {
    way.iter().try_fold(document, |at, name| match at {
        Value::Object(members) => members.get_mut(name),
        Value::Array(rows) => rows.get_mut(name.parse::<usize>().ok()?),
        _ => None,
    })
}

/// The line of a change.
pub(super) fn line(edits: &[Edit]) -> serde_json::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(edits)?;
    line.push(b'\n');
    Ok(line)
}

/// The document after the changes in `lines`. A last line that was not written to its end does not count: the machine
/// stopped over it, and nobody had an answer yet.
pub(crate) fn redone(document: &[u8], lines: &[u8]) -> Result<Vec<u8>, NotAWorld> {
    let broken = |problem: serde_json::Error| NotAWorld::Broken(problem.to_string());
    let mut document: Value = serde_json::from_slice(document).map_err(broken)?;
    let is_cut = !lines.ends_with(b"\n");
    let mut lines =
        lines.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).enumerate().peekable();
    while let Some((index, line)) = lines.next() {
        let nowhere = || NotAWorld::Broken(format!("change {} after it leads nowhere", index + 1));
        let edits: Vec<Edit> = match serde_json::from_slice(line) {
            Ok(edits) => edits,
            Err(_) if is_cut && lines.peek().is_none() => break,
            Err(problem) => return Err(NotAWorld::Torn(format!("change {} after it: {problem}", index + 1))),
        };
        edits.into_iter().try_for_each(|edit| edit.redo(&mut document)).ok_or_else(nowhere)?;
    }
    serde_json::to_vec(&document).map_err(broken)
}
