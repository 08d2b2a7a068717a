//! Personal links into meetings: those of registrants and panelists, and invite links that carry a name and an end.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use clock::Timestamp;

use super::{Admission, Panelist, State, zak::seal};
use crate::call::Guest;

/// The `tk` of a link for a guest into the meeting `number` that is good until `until`.
pub(crate) fn mint_invite(key: &str, number: i64, guest: &Guest, until: Timestamp) -> String {
    let off = format!("{}{}", if guest.without_sound { "a" } else { "" }, if guest.without_picture { "v" } else { "" });
    let claims = format!("{}.{}{off}", URL_SAFE_NO_PAD.encode(&guest.name), until.as_second());
    format!("{claims}.{}", URL_SAFE_NO_PAD.encode(seal(key, &format!("invite\n{number}\n{claims}"))))
}

/// Whom an invite link names, if it is one of ours for this meeting and has not ended at `now`.
fn invited(key: &str, number: i64, token: &str, now: Timestamp) -> Option<Guest> {
    let (claims, given) = token.rsplit_once('.')?;
    let right = URL_SAFE_NO_PAD.encode(seal(key, &format!("invite\n{number}\n{claims}")));
    let (name, until) = claims.split_once('.')?;
    let is_ours = bool::from(subtle::ConstantTimeEq::ct_eq(given.as_bytes(), right.as_bytes()));
    let second = until.trim_end_matches(['a', 'v']);
    if !is_ours || now.as_second() >= second.parse().ok()? {
        return None;
    }
    let name = String::from_utf8(URL_SAFE_NO_PAD.decode(name).ok()?).ok()?;
    let is_off = |what: char| until.contains(what);
    Some(Guest { name, without_sound: is_off('a'), without_picture: is_off('v'), ..Guest::default() })
}

impl State {
    /// Whom the `tk` of a link lets into this meeting: an approved registrant, a panelist, or who was invited by name.
    pub(super) fn guest(&self, number: i64, token: &str, now: Timestamp) -> Option<Guest> {
        if let Some(guest) = invited(&self.key, number, token, now) {
            return Some(guest);
        }
        let is_its = |known: &str| bool::from(subtle::ConstantTimeEq::ct_eq(known.as_bytes(), token.as_bytes()));
        let registered = self.registrations.get(&number).into_iter().flat_map(|registration| &registration.registrants);
        let registrant = registered
            .filter(|one| one.admission == Admission::Approved && is_its(&one.token))
            .map(|one| Guest {
                name: format!("{} {}", one.answer("first_name"), one.answer("last_name")).trim().to_owned(),
                email: one.email.clone(),
                ..Guest::default()
            })
            .next();
        let panel = self.panels.get(&number).into_iter().flatten();
        let panelist = || {
            let guest =
                |one: &Panelist| Guest { name: one.name().to_owned(), email: one.email.clone(), ..Guest::default() };
            panel.filter(|one| is_its(&one.token)).map(guest).next()
        };
        registrant.or_else(panelist)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invite_names_its_guest_in_its_own_meeting_until_it_ends() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let zoe = Guest { name: "Zoë. B".to_owned(), without_picture: true, ..Guest::default() };
        let token = mint_invite("key", 81, &zoe, at(100));
        assert_eq!(invited("key", 81, &token, at(99)), Some(zoe));
        assert_eq!(invited("key", 81, &token, at(100)), None);
        assert_eq!(invited("key", 82, &token, at(99)), None);
        assert_eq!(invited("other", 81, &token, at(99)), None);
        assert_eq!(invited("key", 81, "", at(99)), None);
    }
}
