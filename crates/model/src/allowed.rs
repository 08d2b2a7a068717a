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
        list.sort();
        list.dedup();
        if list.len() > MOST { Err(Problem::TooMany { max: MOST }) } else { Ok(Self(list)) }
    }

    /// Whether the site may act for whoever has this address.
    pub fn allows(&self, email: &Email) -> bool {
        let email = email.as_str().to_lowercase();
        let domain = email.rsplit('@').next().unwrap_or_default();
        self.0.is_empty() || self.0.iter().any(|entry| *entry == email || *entry == domain)
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

fn entry(text: &str) -> Result<String, Problem> {
    let text = text.to_lowercase();
    // People write a domain with the sign in front.
    let name = text.strip_prefix('@').unwrap_or(&text);
    let is_domain = name.contains('.')
        && name.len() <= 253
        && name.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
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
    fn an_empty_list_is_everybody_and_nonsense_is_named() {
        let list = AllowedHosts::parse(" \n,").unwrap();
        assert!(list.is_everybody() && list.allows(&email("anybody@example.org")));
        for wrong in ["nonsense", "@", "a@", "school..example", "*.example.org"] {
            let problem = AllowedHosts::parse(&format!("ada@x.example {wrong}")).unwrap_err();
            assert_eq!(problem, Problem::NotAllowEntry { entry: wrong.into() });
        }
    }
}
