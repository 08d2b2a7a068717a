//! For which Zoom users a site may act.

use crate::{invalid::Problem, text::Email};

/// The most lines of the list.
const MOST: usize = 500;

/// The Zoom users a site may act for: by address, or by the domain of their addresses. An empty list is everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedHosts(Vec<String>);

impl AllowedHosts {
    /// Reads one address or domain on each line, in any case; commas and blanks separate too.
    ///
    /// # Errors
    /// Names the first entry that is neither, and too long a list.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let entries = text.split([',', ';']).flat_map(str::split_whitespace);
        let mut list = entries.map(entry).collect::<Result<Vec<_>, _>>()?;
        list.sort_by_cached_key(|entry| spelled(entry));
        list.dedup_by_key(|entry| spelled(entry));
        list.sort();
        if list.len() > MOST { Err(Problem::TooMany { max: MOST }) } else { Ok(Self(list)) }
    }

    /// Whether the site may act for whoever has this address.
    pub fn allows(&self, email: &Email) -> bool {
        self.0.is_empty() || self.0.iter().any(|entry| covers(entry, email))
    }

    /// The entries that are about none of these addresses.
    pub fn about_nobody_of(&self, emails: &[&Email]) -> Vec<String> {
        self.0.iter().filter(|entry| !emails.iter().any(|email| covers(entry, email))).cloned().collect()
    }

    /// Whether it is everybody.
    pub fn is_everybody(&self) -> bool {
        self.0.is_empty()
    }

    /// The entries, one on each line: what [`AllowedHosts::parse`] reads.
    pub fn to_text(&self) -> String {
        self.0.join("\n")
    }
}

/// Whether an entry is about this address, in whichever of its two spellings a domain is written (`münchen.example`,
/// `xn--mnchen-3ya.example`).
fn covers(entry: &str, email: &Email) -> bool {
    let (local, domain) = email.as_str().rsplit_once('@').unwrap_or(("", email.as_str()));
    match entry.rsplit_once('@') {
        Some((of_entry, its)) => of_entry == local && is_same_domain(its, domain),
        None => is_same_domain(entry, domain),
    }
}

/// An entry with its domain in ASCII: the same for both spellings.
fn spelled(entry: &str) -> String {
    let (local, domain) = entry.rsplit_once('@').map_or(("", entry), |(local, domain)| (local, domain));
    format!("{local}@{}", in_ascii(domain).unwrap_or_else(|| domain.to_owned()))
}

fn is_same_domain(one: &str, other: &str) -> bool {
    one == other || in_ascii(one).is_some_and(|one| in_ascii(other) == Some(one))
}

fn in_ascii(domain: &str) -> Option<String> {
    match url::Host::parse(domain) {
        Ok(url::Host::Domain(ascii)) => Some(ascii),
        _ => None,
    }
}

fn entry(text: &str) -> Result<String, Problem> {
    let text = text.to_lowercase();
    // People write a domain with the sign in front.
    let name = text.strip_prefix('@').unwrap_or(&text);
    let is_domain = name.contains('.')
        && name.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-'))
        && in_ascii(name).is_some_and(|ascii| ascii.len() <= 253);
    if is_domain || Email::parse(name).is_ok() {
        return Ok(name.to_owned());
    }
    Err(Problem::NotAllowEntry { entry: text.chars().take(100).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(text: &str) -> Email {
        Email::parse(text).unwrap()
    }

    #[test]
    fn an_address_and_a_domain_allow_exactly_those() {
        let list = AllowedHosts::parse("Ada@Northlight.example,\n @school.example\nschool.example").unwrap();
        assert_eq!(list.to_text(), "ada@northlight.example\nschool.example");
        assert!(list.allows(&email("ada@northlight.example")) && list.allows(&email("Ben@School.example")));
        for other in ["ben@northlight.example", "ada@sub.school.example", "ada@notschool.example"] {
            assert!(!list.allows(&email(other)), "{other}");
        }
        assert_eq!(AllowedHosts::parse(&list.to_text()).unwrap(), list);
    }

    #[test]
    fn a_domain_in_its_own_script_is_the_same_in_either_spelling() {
        for text in ["München.example", "xn--mnchen-3ya.example", "ada@münchen.example"] {
            let list = AllowedHosts::parse(text).unwrap();
            for known in ["ada@münchen.example", "ada@xn--mnchen-3ya.example"] {
                assert!(list.allows(&email(known)), "{text} {known}");
            }
            assert!(!list.allows(&email("ada@munchen.example")), "{text}");
        }
        let twice = AllowedHosts::parse("münchen.example xn--mnchen-3ya.example").unwrap();
        assert_eq!(twice.to_text(), "münchen.example", "one entry");
    }

    #[test]
    fn an_entry_that_is_about_nobody_is_named() {
        let list = AllowedHosts::parse("ada@school.example ben@school.example club.example").unwrap();
        assert_eq!(list.about_nobody_of(&[&email("ada@school.example")]), ["ben@school.example", "club.example"]);
        assert_eq!(AllowedHosts::default().about_nobody_of(&[]), [""; 0]);
    }

    #[test]
    fn an_empty_list_is_everybody_and_nonsense_is_named() {
        let list = AllowedHosts::parse(" \n,").unwrap();
        assert!(list.is_everybody() && list.allows(&email("anybody@example.org")));
        for wrong in ["nonsense", "@", "a@", "school..example", "*.example.org"] {
            let problem = AllowedHosts::parse(&format!("ada@x.example {wrong}")).unwrap_err();
            assert_eq!(problem, Problem::NotAllowEntry { entry: wrong.into() });
        }
    }
}
