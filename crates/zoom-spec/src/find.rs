//! From a request's method and path to the operation it calls.

use std::sync::LazyLock;

use crate::{
    operation::{Operation, operations},
    words::{Level, Method},
};

/// The operation that `method path` calls, and its path parameters, percent-decoded once.
///
/// `path` is what follows `/v2`, without the query. Empty segments do not count: Zoom's clients send
/// `//meetings/1/status` and `/report/daily/`. A literal segment wins over a parameter (`/users/me/zak`,
/// `/users/email`), the account level over the master level. A meeting UUID with a slash arrives encoded twice: its
/// parameter is then still encoded once. Only those that begin with a slash or hold two in a row must be encoded, so
/// that clients send others as they are (`/past_meetings/ab/cd…==/instances`): that is one parameter too.
pub fn find(method: Method, path: &str) -> Option<(&'static Operation, Vec<(&'static str, String)>)> {
    let wanted: Vec<&str> = segments(path).collect();
    find_by(method, &wanted).or_else(|| find_by(method, &with_the_uuid_whole(path)?))
}

/// An operation, and its path taken apart.
struct Template {
    operation: &'static Operation,
    segments: Vec<Segment>,
}

impl Template {
    /// Where several fit, the least of these is meant: the first segment in which they differ decides, as a literal is
    /// nearer than a parameter; then the account level comes before the master level.
    fn distance(&self) -> (Vec<bool>, bool) {
        let is_parameter = |segment: &Segment| matches!(segment, Segment::Parameter(_));
        (self.segments.iter().map(is_parameter).collect(), self.operation.level == Level::Master)
    }
}

/// A segment of a path.
enum Segment {
    Literal(&'static str),
    Parameter(&'static str),
}

impl Segment {
    fn of(text: &'static str) -> Self {
        let inside = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
        inside.map_or(Self::Literal(text), Self::Parameter)
    }

    fn fits(&self, wanted: &str) -> bool {
        match self {
            Self::Literal(text) => *text == wanted,
            Self::Parameter(_) => true,
        }
    }
}

/// The operations by the number of segments in their path: each call looks through these. Of those that fit, the nearest
/// comes first.
static BY_LENGTH: LazyLock<Vec<Vec<Template>>> = LazyLock::new(|| {
    let mut by_length: Vec<Vec<Template>> = Vec::new();
    for operation in operations() {
        let segments: Vec<Segment> = segments(operation.path).map(Segment::of).collect();
        if by_length.len() <= segments.len() {
            by_length.resize_with(segments.len() + 1, Vec::new);
        }
        if let Some(templates) = by_length.get_mut(segments.len()) {
            templates.push(Template { operation, segments });
        }
    }
    for templates in &mut by_length {
        templates.sort_by_cached_key(Template::distance);
    }
    by_length
});

fn find_by(method: Method, wanted: &[&str]) -> Option<(&'static Operation, Vec<(&'static str, String)>)> {
    let fits = |template: &&Template| {
        template.operation.method == method
            && template.segments.iter().zip(wanted).all(|(segment, wanted)| segment.fits(wanted))
    };
    let Template { operation, segments } = BY_LENGTH.get(wanted.len())?.iter().find(fits)?;
    let params = segments.iter().zip(wanted).filter_map(|(segment, wanted)| match segment {
        Segment::Parameter(name) => Some((*name, decode(wanted))),
        Segment::Literal(_) => None,
    });
    Some((operation, params.collect()))
}

/// The methods that some operation offers at `path`; empty for a path Zoom does not know.
pub fn find_any(path: &str) -> Vec<Method> {
    Method::ALL.iter().copied().filter(|method| find(*method, path).is_some()).collect()
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// The segments of `path` where some neighbours make up a UUID between them, which then is one segment.
fn with_the_uuid_whole(path: &str) -> Option<Vec<&str>> {
    let slashes = path.match_indices('/').map(|(at, _)| at);
    let starts: Vec<usize> = std::iter::once(0).chain(slashes.clone().map(|at| at + 1)).collect();
    let ends: Vec<usize> = slashes.chain([path.len()]).collect();
    let (start, end) = starts.iter().enumerate().find_map(|(number, &start)| {
        let end = ends.iter().skip(number + 1).find(|&&end| path.get(start..end).is_some_and(is_uuid))?;
        Some((start, *end))
    })?;
    let (before, uuid, after) = (path.get(..start)?, path.get(start..end)?, path.get(end..)?);
    Some(segments(before).chain([uuid]).chain(segments(after)).collect())
}

/// Sixteen bytes in base64, sent as they are, with a slash that no client need encode.
fn is_uuid(text: &str) -> bool {
    let base64 = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    let read = decode(text);
    let fits = read.len() == 24 && read.strip_suffix("==").is_some_and(|digits| digits.bytes().all(base64));
    fits && !text.starts_with('/') && !text.contains("//")
}

/// Undoes percent-encoding once; what is not an escape stays as it is.
fn decode(segment: &str) -> String {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = (*first == b'%').then(|| after.split_at_checked(2)).flatten();
        let read = escaped.and_then(|(hex, after)| Some((byte(hex)?, after)));
        let (byte, after) = read.unwrap_or((*first, after));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn byte(hex: &[u8]) -> Option<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    match hex {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    }
}
