//! Reads what `pack` wrote.

use crate::{
    field::{DocumentedError, Field},
    words::{Kind, Place},
};

/// The fields and refusals in `bytes`; nothing if they are cut or point outside the pool.
pub(crate) fn unpack(bytes: &[u8], pool: &[&str]) -> Option<(Vec<Field>, Vec<DocumentedError>)> {
    let mut from = Reader { bytes, pool };
    let count = from.count()?;
    let mut fields = Vec::with_capacity(count.min(bytes.len()));
    for _ in 0..count {
        let field = from.field(&fields)?;
        fields.push(field);
    }
    let count = from.count()?;
    let mut errors = Vec::with_capacity(count.min(bytes.len()));
    for _ in 0..count {
        errors.push(DocumentedError {
            status: u16::try_from(from.number()?).ok()?,
            code: u32::try_from(from.number()?).ok()?,
            message: from.text()?,
        });
    }
    from.bytes.is_empty().then_some((fields, errors))
}

struct Reader<'a> {
    bytes: &'a [u8],
    pool: &'a [&'a str],
}

impl Reader<'_> {
    fn field(&mut self, before: &[Field]) -> Option<Field> {
        let head = self.byte()?;
        let mask = if head & 0x80 == 0 { 0 } else { self.byte()? };
        let path = self.path(before)?;
        let items = self.when(mask & 1, Self::kind_at)?;
        let min = self.when(mask & 2, Self::signed)?;
        let max = self.when(mask & 4, Self::signed)?;
        let choices = self.when(mask & 8, Self::texts)?.unwrap_or_default();
        let format = self.when(mask & 16, Self::text)?;
        let default = self.when(mask & 32, Self::text)?;
        Some(Field {
            path,
            place: *Place::ALL.get(usize::from(head & 3))?,
            kind: *Kind::ALL.get(usize::from(head >> 2 & 7))?,
            items,
            required: head & 0x20 != 0,
            deprecated: mask & 64 != 0,
            shown: head & 0x40 != 0,
            min,
            max,
            choices,
            format,
            default,
        })
    }

    fn path(&mut self, before: &[Field]) -> Option<Box<str>> {
        let back = self.count()?;
        let rest = self.text()?;
        if back == 0 {
            return Some(rest);
        }
        let parent = before.get(before.len().checked_sub(back)?)?;
        Some([&*parent.path, &*rest].concat().into())
    }

    /// Reads one more thing if its bit is set.
    #[expect(clippy::option_option, reason = "the outer says whether it could be read, the inner whether it is there")]
    fn when<T>(&mut self, bit: u8, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if bit == 0 { Some(None) } else { read(self).map(Some) }
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn kind_at(&mut self) -> Option<Kind> {
        let index = self.byte()?;
        Kind::ALL.get(usize::from(index)).copied()
    }

    fn number(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    #[expect(clippy::cast_possible_wrap, reason = "zigzag: the sign comes from the lowest bit")]
    fn signed(&mut self) -> Option<i64> {
        let value = self.number()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    fn text(&mut self) -> Option<Box<str>> {
        let index = self.count()?;
        self.pool.get(index).map(|text| (*text).into())
    }

    fn texts(&mut self) -> Option<Vec<Box<str>>> {
        let count = self.count()?;
        (0..count).map(|_| self.text()).collect()
    }
}
