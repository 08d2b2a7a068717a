//! Who may start a room besides its host: Zoom's alternative hosts.

use crate::{host::ZoomUserId, invalid::Problem};

/// The alternative hosts of a room: a set, in the order of their ids. That none of them is the room's host, and that
/// Zoom takes each, is asked where the room is made or changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlternativeHosts(Vec<ZoomUserId>);

impl AlternativeHosts {
    /// The most a room has. Zoom documents no limit; more than this is a mistake in a form or a program.
    pub const MOST: usize = 20;

    /// Takes Zoom users, each once however often they are named; [`Problem::TooMany`] where there are too many.
    pub fn new(hosts: impl IntoIterator<Item = ZoomUserId>) -> Result<Self, Problem> {
        let mut hosts: Vec<_> = hosts.into_iter().collect();
        hosts.sort();
        hosts.dedup();
        if hosts.len() > Self::MOST { Err(Problem::TooMany { max: Self::MOST }) } else { Ok(Self(hosts)) }
    }

    /// Reads ids as forms, programs and rows have them.
    pub fn parse<'a>(ids: impl IntoIterator<Item = &'a str>) -> Result<Self, Problem> {
        let one = |id: &str| ZoomUserId::parse(id).ok_or_else(|| Problem::NotAlternative { who: id.to_owned() });
        Self::new(ids.into_iter().map(one).collect::<Result<Vec<_>, _>>()?)
    }

    /// One after the other.
    pub fn iter(&self) -> std::slice::Iter<'_, ZoomUserId> {
        self.0.iter()
    }

    /// Whether that Zoom user is among them.
    pub fn contains(&self, host: &ZoomUserId) -> bool {
        self.0.binary_search(host).is_ok()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> IntoIterator for &'a AlternativeHosts {
    type Item = &'a ZoomUserId;
    type IntoIter = std::slice::Iter<'a, ZoomUserId>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_a_set_whose_order_says_nothing() {
        let one = AlternativeHosts::parse(["u2", "u1", "u2"]).unwrap();
        assert_eq!(one, AlternativeHosts::parse(["u1", "u2"]).unwrap());
        assert_eq!(one.iter().map(ZoomUserId::as_str).collect::<Vec<_>>(), ["u1", "u2"]);
        assert!(one.contains(&ZoomUserId::parse("u2").unwrap()) && !one.contains(&ZoomUserId::parse("u3").unwrap()));
    }

    #[test]
    fn what_is_no_id_is_named_and_too_many_are_refused() {
        let wrong = AlternativeHosts::parse(["u1", "nobody@example.org"]).unwrap_err();
        assert_eq!(wrong, Problem::NotAlternative { who: "nobody@example.org".into() });
        let ids: Vec<String> = (0..=AlternativeHosts::MOST).map(|n| format!("u{n}")).collect();
        let all = ids.iter().map(String::as_str);
        assert_eq!(AlternativeHosts::parse(all.clone()), Err(Problem::TooMany { max: AlternativeHosts::MOST }));
        assert!(AlternativeHosts::parse(all.take(AlternativeHosts::MOST)).is_ok());
    }
}
