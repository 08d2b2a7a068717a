//! The scopes the sandbox's app holds unless somebody chooses others, and all there are.

use std::collections::BTreeSet;

/// The scopes of the setup guide that site owners follow, and the one it lacks: `webinar:read:list_webinars:admin`.
const SCOPES: &str = "\
account:read:account_setting:admin account:read:account_setting:master account:read:settings:admin \
account:update:options:admin account:update:owner:master account:update:settings:admin \
account:update:settings:master meeting:delete:meeting:admin meeting:read:chat_message:admin \
meeting:read:invitation:admin meeting:read:list_meetings:admin meeting:read:list_upcoming_meetings:admin \
meeting:read:live_streaming_token:admin meeting:read:local_archiving_token:admin meeting:read:meeting:admin \
meeting:read:summary:admin meeting:update:meeting:admin meeting:update:status:admin \
meeting:write:invite_links:admin meeting:write:meeting:admin user:delete:user:admin user:read:email:admin \
user:read:list_assistants:admin user:read:list_permissions:admin user:read:list_users:admin \
user:read:settings:admin user:read:token:admin user:read:user:admin user:read:zak:admin user:update:user:admin \
user:write:user:admin webinar:delete:webinar:admin webinar:delete:webinar:master webinar:read:list_webinars:admin \
webinar:read:participant:admin webinar:read:webinar:admin webinar:read:webinar:master webinar:update:status:admin \
webinar:update:webinar:admin webinar:update:webinar:master webinar:write:invite_links:admin \
webinar:write:invite_links:master webinar:write:webinar:admin webinar:write:webinar:master \
zoom_events:delete:speaker:admin zoom_events:read:event:admin zoom_events:read:list_access_links:admin \
zoom_events:read:list_events:admin zoom_events:update:speaker:admin zoom_events:write:speaker:admin";

/// The scopes of the set-up guide: what a new sandbox's app has where nobody says otherwise.
pub fn guide_scopes() -> Vec<String> {
    SCOPES.split(' ').map(str::to_owned).collect()
}

/// Every granular scope of an administrator or a master account: an app that holds them all may call each operation and
/// hear of each event. Where an operation or event knows none of these, those it knows; and the set-up guide's. A few
/// operations know classic scopes only.
pub fn every_scope() -> Vec<String> {
    let of_operations =
        zoom_spec::operations().iter().map(|one| if one.granular.is_empty() { one.classic } else { one.granular });
    let of_events = zoom_spec::events().iter().map(|one| one.granular);
    let mut every: BTreeSet<&str> = zoom_spec::scopes().iter().map(|scope| scope.id).collect();
    for known in of_operations.chain(of_events) {
        let wide = known.iter().filter(|scope| scope.ends_with(":admin") || scope.ends_with(":master"));
        let before = every.len();
        every.extend(wide.copied());
        if every.len() == before && !known.iter().any(|scope| every.contains(scope)) {
            every.extend(known);
        }
    }
    every.into_iter().map(str::to_owned).collect()
}

/// Whether Zoom's documents name this scope anywhere, granular or classic, of whatever level.
pub(crate) fn is_scope(name: &str) -> bool {
    let of_operations = zoom_spec::operations().iter().map(|one| (one.granular, one.classic));
    let of_events = zoom_spec::events().iter().map(|one| (one.granular, one.classic));
    let mut named = of_operations.chain(of_events);
    zoom_spec::scope(name).is_some()
        || named.any(|(granular, classic)| granular.contains(&name) || classic.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_opens_each_operation_and_lets_hear_of_each_event() {
        let every = every_scope();
        let held = || every.iter().map(String::as_str);
        for operation in zoom_spec::operations() {
            assert!(operation.allowed_by(held()), "{}", operation.id);
        }
        for event in zoom_spec::events() {
            assert!(event.granular.is_empty() || event.allowed_by(held()), "{}", event.name);
        }
        assert!(zoom_spec::scopes().iter().all(|scope| every.iter().any(|one| one == scope.id)));
        assert!(every.iter().all(|scope| is_scope(scope)) && is_scope("meeting:write:meeting") && !is_scope("meeting"));
    }

    #[test]
    fn the_list_has_the_guides_49_scopes_and_one_more_each_once() {
        let scopes: BTreeSet<_> = guide_scopes().into_iter().collect();
        assert_eq!(scopes.len(), 50);
        assert!(scopes.iter().all(|scope| scope.split(':').count() == 4), "{scopes:?}");
    }
}
