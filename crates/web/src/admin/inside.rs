//! What stands around every members' page: where one can go, who one is, what was just done.

use axum::response::Response;
use http::StatusCode;
use model::{Right, Role};
use serde::Serialize;
use service::Actor;

use crate::{
    app::{App, Query},
    fault::Fault,
    language::say,
    pages::Page,
};

/// Where in the members' part a page is; the navigation marks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Rooms,
    Hosts,
    Setup,
    Zoom,
    Console,
    Team,
    Inbox,
    Audit,
    Account,
}

/// A page that stands inside the members' frame.
pub(crate) trait Content: Page {
    /// Where it is.
    const PLACE: Place;
}

/// What stands around a members' page: `shell` in templates.
#[derive(Serialize)]
pub(crate) struct Shell {
    name: String,
    role: &'static str,
    nav: Vec<NavItem>,
    /// What was just done, in a sentence.
    said: Option<String>,
}

#[derive(Serialize)]
struct NavItem {
    href: &'static str,
    key: &'static str,
    current: bool,
}

const NAV: [(Place, &str, &str, Right); 9] = [
    (Place::Rooms, "/admin/rooms", "admin-nav-rooms", Right::LookAround),
    (Place::Hosts, "/admin/hosts", "admin-nav-hosts", Right::LookAround),
    (Place::Setup, "/admin/setup", "admin-nav-setup", Right::ManageConnection),
    (Place::Zoom, "/admin/zoom", "admin-nav-zoom", Right::ManageConnection),
    (Place::Console, "/admin/zoom/console", "admin-nav-console", Right::ManageConnection),
    (Place::Team, "/admin/team", "admin-nav-team", Right::ManageTeam),
    (Place::Inbox, "/admin/inbox", "admin-nav-inbox", Right::ReadAudit),
    (Place::Audit, "/admin/audit", "admin-nav-audit", Right::ReadAudit),
    (Place::Account, "/admin/account", "admin-nav-account", Right::LookAround),
];

/// What a redirect may say on the next page: the words in its address that stand for a sentence. Nothing else of the
/// address is shown.
const SAID: [(&str, &str); 28] = [
    ("scheduled", "room-saved-new"),
    ("saved", "room-saved-edit"),
    ("saved-here", "room-saved-here"),
    ("cover-failed", "room-saved-cover-failed"),
    ("deleted", "rooms-deleted"),
    ("deleted-at-zoom", "rooms-deleted-at-zoom"),
    ("retrying", "room-retrying"),
    ("decided", "room-decided"),
    ("adopted", "kept-done"),
    ("adopted-none", "kept-none-left"),
    ("hosts-read", "hosts-refreshed"),
    ("linked", "hosts-linked"),
    ("unlinked", "hosts-unlinked"),
    ("removed", "team-removed"),
    ("role", "team-role-changed"),
    ("revoked", "tokens-revoked"),
    ("password", "account-password-changed"),
    ("zoom", "zoom-test-ok"),
    ("account", "accounts-saved"),
    ("trial", "trial-worked"),
    ("disconnected", "disconnect-done"),
    ("leaving", "disconnect-begun"),
    ("features", "zoom-features-saved"),
    ("checked", "zoom-checked"),
    ("allowed", "zoom-allowed-saved"),
    ("allowed-everybody", "zoom-allowed-everybody"),
    ("limits", "quota-saved"),
    ("app-added", "setup-app-added"),
];

impl Shell {
    /// The frame for somebody of that name and role, around an error where it is no `place`; `said` is the word of
    /// [`SAID`] that the address carries.
    pub(crate) fn of(name: String, role: Role, place: impl Into<Option<Place>>, said: Option<&str>) -> Self {
        let place = place.into();
        let nav = NAV
            .iter()
            .filter(|(.., right)| role.may(*right))
            .map(|&(of, href, key, _)| NavItem { href, key, current: Some(of) == place })
            .collect();
        let said = said.and_then(|word| SAID.iter().find(|(known, _)| *known == word)).map(|(_, key)| say(key));
        Self { name, role: role.as_str(), nav, said }
    }
}

/// Answers `actor` with a page.
pub(crate) async fn show<P: Content>(app: &App, actor: &Actor, query: &Query, page: P) -> Result<Response, Fault> {
    let said = query.get("said").map(String::as_str);
    let shell = Shell::of(actor.name(), actor.role(), P::PLACE, said);
    app.page_within(StatusCode::OK, &page, &shell).await
}

/// Answers `actor` with a page that comes of a form: what was made, or why it was not.
pub(crate) async fn show_again<P: Content>(
    app: &App,
    actor: &Actor,
    status: StatusCode,
    page: P,
) -> Result<Response, Fault> {
    app.page_within(status, &page, &Shell::of(actor.name(), actor.role(), P::PLACE, None)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(role: Role, said: Option<&str>) -> Shell {
        Shell::of("Ada".into(), role, Place::Rooms, said)
    }

    fn nav_of(role: Role) -> Vec<&'static str> {
        shell(role, None).nav.iter().map(|item| item.href).collect()
    }

    #[test]
    fn nobody_is_offered_what_their_role_may_not_see() {
        assert_eq!(nav_of(Role::Viewer), ["/admin/rooms", "/admin/hosts", "/admin/account"]);
        assert!(nav_of(Role::Admin).contains(&"/admin/audit") && !nav_of(Role::Admin).contains(&"/admin/zoom"));
        assert_eq!(nav_of(Role::Owner).len(), NAV.len());
    }

    #[test]
    fn an_address_can_only_say_sentences_that_we_wrote() {
        assert!(shell(Role::Owner, Some("<b>Hello")).said.is_none());
        for (word, key) in SAID {
            assert_ne!(shell(Role::Owner, Some(word)).said.unwrap(), key, "{key} has no sentence");
        }
    }
}
