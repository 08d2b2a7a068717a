//! Who is at the Marketplace: the person chosen at sign-in, kept in a signed cookie. There are no passwords.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
    response::Redirect,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq as _;

use crate::{
    app::App,
    world::{ClientApp, Person, PersonStatus, Role, State, seal},
};

const COOKIE: &str = "sandbox_person";
const ATTRIBUTES: &str = "Path=/marketplace; HttpOnly; SameSite=Lax";

/// The person who is signed in. A handler that asks for it sends everybody else to the sign-in page.
#[derive(Debug)]
pub(crate) struct Me {
    pub(crate) person: Person,
    /// The name of their role.
    pub(crate) role: String,
    /// Whether they look after everybody's apps: owners and admins do.
    pub(crate) is_admin: bool,
}

impl Me {
    /// Members see their own apps, owners and admins all of the account.
    pub(crate) fn sees(&self, client: &ClientApp) -> bool {
        client.account_id == self.person.account_id && (self.is_admin || client.owner_id == self.person.id)
    }

    fn of(state: &State, id: &str) -> Option<Self> {
        let person = state.person_by_id(id).filter(|person| may_sign_in(person))?;
        let role = state.role_of(person);
        Some(Self {
            role: role.map_or_else(|| "Member".to_owned(), |role| role.name.clone()),
            is_admin: role.is_some_and(Role::may_everything),
            person: person.clone(),
        })
    }
}

impl FromRequestParts<App> for Me {
    type Rejection = Redirect;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Redirect> {
        let found = app.world.read(|state| {
            let id = id_in(&parts.headers, &state.key)?;
            Self::of(state, &id)
        });
        found.ok_or_else(|| Redirect::to("/marketplace/sign-in"))
    }
}

/// Whether somebody is on the sign-in page; people of sub-accounts are, and make apps of their account.
pub(crate) fn may_sign_in(person: &Person) -> bool {
    person.status == PersonStatus::Active
}

/// The seal is of more than the id, so that nothing else sealed with the key can stand for a session.
fn sealed(key: &str, id: &str) -> String {
    URL_SAFE_NO_PAD.encode(seal(key, &format!("marketplace session:{id}")))
}

/// The `Set-Cookie` of a person who signs in.
pub(crate) fn cookie(key: &str, id: &str) -> String {
    format!("{COOKIE}={id}.{}; {ATTRIBUTES}", sealed(key, id))
}

/// The `Set-Cookie` of somebody who signs out.
pub(crate) fn no_cookie() -> String {
    format!("{COOKIE}=; Max-Age=0; {ATTRIBUTES}")
}

/// Whose cookie a request carries, if it is one of ours.
fn id_in(headers: &HeaderMap, key: &str) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE)
        .find_map(|(_, value)| {
            let (id, given) = value.split_once('.')?;
            bool::from(sealed(key, id).as_bytes().ct_eq(given.as_bytes())).then(|| id.to_owned())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str, key: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, value.parse().unwrap());
        id_in(&headers, key)
    }

    #[test]
    fn only_a_cookie_sealed_with_this_worlds_key_names_a_person() {
        let given = cookie("key", "sbxADA");
        let sent = format!("other=1; {}", given.split(';').next().unwrap());
        assert_eq!(read(&sent, "key").as_deref(), Some("sbxADA"));
        assert_eq!(read(&sent, "another"), None);
        assert_eq!(read(&sent.replace("ADA", "EVE"), "key"), None);
        assert_eq!(read("sandbox_person=sbxADA", "key"), None);
        assert!(given.contains("HttpOnly") && given.contains("SameSite=Lax"));
    }
}
