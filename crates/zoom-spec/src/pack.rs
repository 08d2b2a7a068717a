//! Writes fields and refusals as bytes. Used by the build script, and by tests against `unpack`.
//!
//! Every text is a number into one pool. A path is stored as its longest known beginning (an earlier field, counted
//! backwards) and the rest, so `settings.` is stored once however many settings there are.

use std::collections::HashMap;

use crate::{
    field::{DocumentedError, Field},
    words::{Kind, Place},
};

/// The texts seen so far, each once.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    texts: Vec<String>,
    numbers: HashMap<String, u64>,
}

impl Pool {
    /// The pool as it is stored: one text per line.
    pub(crate) fn joined(&self) -> String {
        self.texts.join("\n")
    }

    fn number(&mut self, text: &str) -> u64 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.texts.len() as u64;
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }
}

/// One operation's fields and refusals as bytes.
pub(crate) fn pack(fields: &[Field], errors: &[DocumentedError], pool: &mut Pool) -> Vec<u8> {
    let mut bytes = Vec::new();
    number(&mut bytes, fields.len() as u64);
    for (index, field) in fields.iter().enumerate() {
        let (before, _) = fields.split_at(index);
        one(&mut bytes, field, before, pool);
    }
    number(&mut bytes, errors.len() as u64);
    for error in errors {
        number(&mut bytes, error.status.into());
        number(&mut bytes, error.code.into());
        number(&mut bytes, pool.number(&error.message));
    }
    bytes
}

fn one(bytes: &mut Vec<u8>, field: &Field, before: &[Field], pool: &mut Pool) {
    let extras = [
        field.items.is_some(),
        field.min.is_some(),
        field.max.is_some(),
        !field.choices.is_empty(),
        field.format.is_some(),
        field.default.is_some(),
        field.deprecated,
    ];
    let mask = extras.iter().rev().fold(0_u8, |mask, extra| mask << 1 | u8::from(*extra));
    let head = index(Place::ALL, field.place) | index(Kind::ALL, field.kind) << 2;
    bytes.push(head | u8::from(field.required) << 5 | u8::from(field.shown) << 6 | u8::from(mask != 0) << 7);
    if mask != 0 {
        bytes.push(mask);
    }
    let (back, rest) = split(field, before);
    number(bytes, back);
    number(bytes, pool.number(rest));
    if let Some(items) = field.items {
        bytes.push(index(Kind::ALL, items));
    }
    for bound in [field.min, field.max].into_iter().flatten() {
        number(bytes, zigzag(bound));
    }
    if !field.choices.is_empty() {
        number(bytes, field.choices.len() as u64);
        field.choices.iter().for_each(|choice| number(bytes, pool.number(choice)));
    }
    for text in [&field.format, &field.default].into_iter().flatten() {
        number(bytes, pool.number(text));
    }
}

/// How many fields back the longest beginning of the path stands (0: nowhere), and what follows it.
fn split<'a>(field: &'a Field, before: &[Field]) -> (u64, &'a str) {
    let parent = |(back, earlier): (usize, &Field)| {
        let rest = field.path.strip_prefix(&*earlier.path)?;
        (!earlier.path.is_empty() && rest.starts_with(['.', '['])).then_some((back as u64 + 1, rest))
    };
    let parents = before.iter().rev().enumerate().filter_map(parent);
    parents.min_by_key(|(back, rest)| (rest.len(), *back)).unwrap_or((0, &*field.path))
}

#[expect(clippy::cast_possible_truncation, reason = "the vocabularies have fewer than eight members")]
fn index<T: PartialEq + Copy>(all: &[T], member: T) -> u8 {
    all.iter().position(|one| *one == member).unwrap_or_default() as u8
}

#[expect(clippy::cast_sign_loss, reason = "zigzag: the sign moves to the lowest bit")]
fn zigzag(value: i64) -> u64 {
    (value << 1 ^ value >> 63) as u64
}

#[expect(clippy::cast_possible_truncation, reason = "seven bits at a time")]
fn number(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}
