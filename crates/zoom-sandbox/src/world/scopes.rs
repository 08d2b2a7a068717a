//! The scopes the sandbox's app holds unless somebody chooses others.

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

/// The scopes of a new sandbox's app.
pub(crate) fn default_scopes() -> Vec<String> {
    SCOPES.split(' ').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_the_guides_49_scopes_and_one_more_each_once() {
        let scopes: std::collections::BTreeSet<_> = default_scopes().into_iter().collect();
        assert_eq!(scopes.len(), 50);
        assert!(scopes.iter().all(|scope| scope.split(':').count() == 4), "{scopes:?}");
    }
}
